"""What is slow to import, and seldom asked, waits until it is asked."""

from __future__ import annotations

import subprocess
import sys

IS_HERE = "import sys\nprint('rfc3987_syntax' in sys.modules)"
ASK = """
from jsonschema import FormatChecker
for address in ("https://example.org/жито", "no address"):
    print(FormatChecker().conforms(address, "iri"))
"""


def say(code: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_charts_are_imported_without_the_grammar_of_addresses() -> None:
    assert say(f"from briefing import dot_range\n{IS_HERE}") == ["False"]


def test_the_grammar_of_addresses_is_imported_once_it_is_asked() -> None:
    assert say(f"import briefing.ahead{ASK}{IS_HERE}") == ["True", "False", "True"]

"""The palette is the one place that names colours."""

from __future__ import annotations

import re
from pathlib import Path

import briefing
from briefing.values.palette import CHARTED, DARK, LIGHT

SRC = Path(briefing.__file__).parent

#: Doctests, and what vega writes for black.
EXAMPLES = {"looks.py", "style.py", "svg.py"}


def test_every_colour_of_the_page_has_one_by_night() -> None:
    assert LIGHT.keys() == DARK.keys() and CHARTED.items() <= LIGHT.items()


def test_no_other_file_names_a_colour() -> None:
    files = [path for path in SRC.rglob("*") if path.suffix in (".py", ".css", ".js", ".j2")]
    named = {path.name for path in files if re.search(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8"))}
    assert named - EXAMPLES == {"palette.py"}

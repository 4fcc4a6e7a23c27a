"""An edition with an error is held: the last good page stays, and the reason is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli.main import main

SAY = "import briefing as b\nb.say('{}')"


def test_an_edition_with_a_typed_number_is_held(
    write_notebook: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_notebook(SAY.format("The lorries are current."))
    good = CliRunner().invoke(main, ["render", "tiny"])
    page = Path("reports/tiny/2031-04-12.html")
    before = page.read_bytes()
    assert good.exit_code == 0 and "warning: T09: tiny.ipynb: cell 3" in good.stderr
    assert b"names no day" in before
    write_notebook(SAY.format("They sent 98 lorries."))
    held = CliRunner().invoke(main, ["render", "tiny"])
    assert held.exit_code == 1 and held.stderr.startswith("held ")
    assert 'F01: tiny.ipynb: cell 3: "98" is typed' in held.stderr
    assert page.read_bytes() == before

"""Texts that mean harm to a terminal: whoever wrote them, nothing that the command line prints commands it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from norway import ROWS, write_dossier

from briefing.errors import UNPRINTABLE, printable

Run = Callable[..., Result]
#: Clears the screen, sets the title, steps back over what stands there, turns the direction, and half a pair.
EVIL = "\x1b[2J\x1b]0;title\x07 \x9b31m \r\x08 \u202etxt \ud800 \U000e0041"


def unprintable(result: Result) -> list[str]:
    """List the characters that a terminal would not show: all but lines, tabs and the sign for what is missing."""
    return [char for char in UNPRINTABLE.findall(result.output) if char not in "\n\t\ufffd"]


def test_what_no_reader_sees_is_printed_as_json_escapes_it() -> None:
    shown = printable(EVIL)
    assert (UNPRINTABLE.search(shown), json.loads(f'"{shown}"')) == (None, EVIL)
    assert printable("a line\n\tand another: Łukašenka \ufffd 😀") == "a line\n\tand another: Łukašenka \ufffd 😀"


def forged(**cells: object) -> str:
    manifest = {"manifest": 1, "edition": EVIL, "rows": {}, "parameters": {}, "versions": {}, "page": EVIL} | cells
    return f'<p {EVIL}><script type="application/json" id="page_manifest">{json.dumps(manifest)}</script>'


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize(
    "cells",
    [
        {"rows": {"claims": {EVIL: EVIL}, EVIL: {EVIL: EVIL}}},
        {"parameters": {EVIL: EVIL}},
        {"parameters": {"as_of": EVIL, "window": EVIL}},
        {"versions": {"pandas": EVIL, EVIL: EVIL}},
        {"edition": f"{EVIL}/x"},
        {"edition": "\0"},
    ],
    ids=range(6),
)
def test_a_page_that_somebody_sent_commands_no_terminal(
    run: Run, write_notebook: Callable[..., Path], cells: dict[str, object], form: list[str]
) -> None:
    write_notebook("1")
    text = forged(**cells)
    Path("sent.html").write_bytes(text.encode("utf-8", "replace"))
    result = run("verify", "sent.html", "--notebook", "tiny", *form)
    assert (result.exit_code, type(result.exception)) == (5, SystemExit)
    assert unprintable(result) == []


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_dossier_commands_no_terminal(run: Run, form: str) -> None:
    evil = EVIL.replace("\ud800", "")
    rows = [row | {"title": evil, "url": evil, "language": evil, "source_id": evil} for row in ROWS["sources"]]
    folder = write_dossier(Path("data"), ROWS | {"sources": rows})
    (folder / "actors.csv").write_text(f"{evil},actor_id,name\n{evil},{evil},{evil}\n", encoding="utf-8")
    result = run("check", "data", "--format", form)
    assert result.exit_code == 3
    assert unprintable(result) == []
    if form != "text":
        json.loads(result.stdout)


@pytest.mark.parametrize(
    "entry",
    [
        "notebook = {0}", 'notebook = "tiny"\ntitle = [{0}]', 'notebook = "tiny"\n{0} = 1',
        'notebook = "tiny"\nas_of = {0}', 'notebook = "tiny"\nwindow = {0}', 'notebook = "tiny"\nsince = {0}',
        'notebook = "tiny"\nlanguage = {0}',
        'notebook = "tiny"\nschedule = {0}', 'notebook = "tiny"\nschedule = "0 0 * * *"\ntime_zone = {0}',
        'notebook = "tiny"\nbudget = {{ raw = {0} }}', 'notebook = "tiny"\nenvironment = [{0}]', "{0} = 3\n[[x]]\n",
    ],
    ids=range(12),
)  # fmt: skip
def test_a_catalog_commands_no_terminal(run: Run, write_notebook: Callable[..., Path], entry: str) -> None:
    path = write_notebook("1").parent / "briefings.toml"
    evil = json.dumps(EVIL.replace("\ud800", "").replace("\U000e0041", ""))
    path.write_text("[[briefing]]\n" + entry.format(evil), encoding="utf-8")
    result = run("status")
    assert result.exit_code in (0, 2), result.exception
    assert unprintable(result) == []


def test_a_failing_cell_commands_no_terminal_and_its_page_is_text(
    run: Run, write_notebook: Callable[..., Path]
) -> None:
    write_notebook(f"raise ValueError({EVIL!r} + '<script>alert(1)</script>')")
    result = run("render", "tiny")
    assert result.exit_code == 1 and unprintable(result) == []
    page = Path("reports/tiny/2031-04-12.failed.html").read_text(encoding="utf-8")
    assert "<script" not in page and re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", page) is None
    assert page.count("\u202e") == page.count("\u202c")


@pytest.mark.parametrize(
    ("name", "value"),
    [("as_of", EVIL), ("window", EVIL), (EVIL, "1"), ("as_of", "2031-02-30\x1b[2J"), ("window", "9" * 5_000)],
    ids=range(5),
)
def test_a_parameter_commands_no_terminal(run: Run, write_notebook: Callable[..., Path], name: str, value: str) -> None:
    write_notebook("1")
    result = run("render", "tiny", "-p", name, value)
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert unprintable(result) == []

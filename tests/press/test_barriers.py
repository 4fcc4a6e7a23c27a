"""`briefing check --pages`: what keeps readers out of built pages, against what is known."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from real import ROOT

from briefing.press.barriers import Barrier, list_pages, part_known, read_baseline

pytestmark = pytest.mark.browser

FAINT = """<!doctype html><html lang="en"><title>Faint</title><style>@media screen { p { color: #ccc } }</style>
<main><h1>Faint</h1><p>Grey</p></main></html>"""
LINE = "tiny/faint.html: color-contrast: <p>Grey</p>"


def write_page(text: str) -> None:
    Path("reports/tiny").mkdir(parents=True)
    Path("reports/tiny/faint.html").write_text(text, encoding="utf-8")


def test_an_element_that_breaks_a_rule_is_printed_with_its_states_and_exits_1(run: Callable[..., Result]) -> None:
    write_page(FAINT)
    told = run("check", "--pages")
    assert told.stdout == f"{LINE}  [light, dark, 360 px]\n1 barrier\n"
    assert told.exit_code == 1


def test_what_the_baseline_has_is_counted_and_exits_0(run: Callable[..., Result]) -> None:
    write_page(FAINT)
    Path("known.txt").write_text(f"# known\n\n{LINE}  [light]\n", encoding="utf-8")
    told = run("check", "--pages", "reports", "--baseline", "known.txt")
    assert (told.stdout, told.exit_code) == ("0 barriers, and 1 known\n", 0)


def test_the_json_names_page_rule_element_and_states(run: Callable[..., Result]) -> None:
    write_page(FAINT)
    assert json.loads(run("check", "--pages", "--json").stdout) == [
        {"page": "tiny/faint.html", "rule": "color-contrast", "element": "<p>Grey</p>",
         "states": ["light", "dark", "360 px"]}
    ]  # fmt: skip


def test_a_baseline_is_heeded_page_by_page(tmp_path: Path) -> None:
    (path := tmp_path / "known.txt").write_text(f"{LINE}\n", encoding="utf-8")
    here = Barrier("tiny/faint.html", "color-contrast", "<p>Grey</p>", ("print",))
    there = Barrier("tiny/other.html", "color-contrast", "<p>Grey</p>", ("print",))
    assert part_known([here, there], read_baseline(path)) == ([there], [here])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--pages", "nowhere"), "nowhere: has no page; .* Run briefing build first"),
        (("--pages", "--baseline", "nothing.txt"), "nothing.txt: cannot be read"),
        (("--pages", "--format", "sarif"), "Ask for text or JSON"),
    ],
)
def test_what_cannot_be_looked_at_is_said_in_a_line(
    run: Callable[..., Result], arguments: tuple[str, ...], told: str
) -> None:
    found = run("check", *arguments)
    assert found.exit_code == 2 and found.stdout == ""
    assert re.search(told, found.stderr)


@pytest.mark.parametrize(
    ("hidden", "cure"),
    [("playwright", "pip install 'briefing[dev]'"), ("", "playwright install chromium")],
    ids=["no extra", "no browser"],
)
def test_without_the_extra_or_a_browser_the_cure_is_told(tmp_path: Path, hidden: str, cure: str) -> None:
    (tmp_path / "page.html").write_text(FAINT, encoding="utf-8")
    hide = f"import sys; sys.modules[{hidden!r}] = None; from briefing.cli.main import main; main()"
    environment = os.environ | {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", hide, "check", "--pages", str(tmp_path)], env=environment, capture_output=True, text=True
    )
    assert said.returncode == 2 and cure in said.stderr and len(said.stderr.splitlines()) == 1


@pytest.mark.long
def test_the_shipped_pages_keep_nobody_out(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "briefing")]
    subprocess.run([*command, "build", "--out", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    assert len(list_pages(tmp_path)) > 18
    baseline = ROOT / "tests" / "page" / "barriers.txt"
    asked = ["check", "--pages", str(tmp_path), "--baseline", str(baseline)]
    found = subprocess.run([*command, *asked], capture_output=True, text=True)
    assert (found.stdout, found.returncode) == ("0 barriers\n", 0), found.stderr

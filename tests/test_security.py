"""The figures that SECURITY.md states are those of the code, and what it says of files is so."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from briefing.dossier.cells import MOST_CHARACTERS
from briefing.dossier.plain import MOST_BYTES
from briefing.engine.environment import MEMORY_LIMIT
from briefing.engine.kernel import _DEVICES
from briefing.engine.run import TIME_LIMIT
from briefing.engine.seams.nbclient import OUTPUT_LIMIT
from briefing.page.budget import INTERACTIVE, STATIC

ROOT = Path(__file__).parent.parent
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
DETAIL = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
STATED = dict(re.findall(r"^\| ([^|]+?) \| ([^|]*\d[^|]*?) \|", SECURITY, re.MULTILINE))
ROWS = 100_000


@pytest.mark.parametrize(
    ("what", "figures"),
    [
        ("a file of a dossier", [f"{MOST_BYTES // 1024**2} megabytes"]),
        ("its rows", [f"{ROWS:,}"]),
        ("a cell", [f"{MOST_CHARACTERS:,} characters"]),
        ("all cells of an edition together", [f"{TIME_LIMIT} seconds"]),
        ("what the cells of an edition leave", [f"{OUTPUT_LIMIT // 10**6} megabytes"]),
        ("memory of a kernel, beyond its start", [f"{MEMORY_LIMIT:,} megabytes"]),
        ("a page", [f"{STATIC.raw / 10**6} megabytes", f"{INTERACTIVE.raw / 10**6}"]),
    ],
)
def test_a_limit_that_is_stated_is_the_codes(what: str, figures: list[str]) -> None:
    print(f"{what}: {STATED[what]}")
    assert [figure for figure in figures if figure not in STATED[what]] == []


def test_every_limit_that_is_stated_is_held_to_the_code() -> None:
    assert len(STATED) == 7


def test_a_file_holds_the_rows_that_are_stated() -> None:
    rows = [row for path in ROOT.glob("data/*.csv") for row in csv.reader(path.read_text("utf-8").splitlines())]
    assert MOST_BYTES // max(len(",".join(row).encode()) for row in rows) >= ROWS


def test_the_terminals_that_a_notebook_may_write_to_are_named() -> None:
    assert [device for device in _DEVICES if device in ("/dev/ptmx", "/dev/pts") and f"`{device}`" not in DETAIL] == []


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", SECURITY))
def test_what_it_links_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()

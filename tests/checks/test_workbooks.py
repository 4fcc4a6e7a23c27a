"""A workbook that was saved after the tables is a warning: what is in it is in no page."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from briefing.checks import check_folder
from briefing.checks.workbooks import find_newer_workbooks

LISTED = '<workbook><sheets><sheet name="{}" sheetId="1"/><sheet name="{}" sheetId="2"/></sheets></workbook>'


def write_workbook(path: Path, *, sheets: tuple[str, str] = ("sources", "transfers"), older_by: int = -60) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", LISTED.format(*sheets))
    newest = max(file.stat().st_mtime for file in path.parent.rglob("*.csv"))
    os.utime(path, (newest - older_by, newest - older_by))
    return path


def test_a_newer_workbook_among_the_tables_is_a_warning_that_names_the_command(small: Path) -> None:
    write_workbook(small / "mine.xlsx", sheets=("Tabelle1", "Tabelle2"))
    (found,) = [problem for problem in check_folder(small).problems if problem.id == "D02"]
    assert (found.severity, found.file) == ("warning", f"{small.name}/mine.xlsx")
    assert "briefing sheet import mine.xlsx" in found.cure


def test_one_beside_the_folder_counts_where_it_holds_its_tables(small: Path) -> None:
    write_workbook(small.parent / "budget.xlsx", sheets=("Budget", "Notes"))
    write_workbook(small.parent / "dossier.xlsx")
    (small.parent / "broken.xlsx").write_bytes(b"PK")
    assert [problem.file for problem in find_newer_workbooks(small)] == ["dossier.xlsx"]


@pytest.mark.parametrize(
    ("name", "older_by"), [("old.xlsx", 60), ("same.xlsx", 0), ("~$open.xlsx", -60), ("a.ods", -60)]
)
def test_an_older_one_or_the_lock_of_an_open_one_is_none(small: Path, name: str, older_by: int) -> None:
    write_workbook(small / name, older_by=older_by)
    assert find_newer_workbooks(small) == []


def test_a_folder_without_tables_has_no_newer_workbook(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"PK")
    assert find_newer_workbooks(tmp_path) == find_newer_workbooks(tmp_path / "nowhere") == []

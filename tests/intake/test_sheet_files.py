"""A workbook that somebody sent: read within bounds as values alone, or refused in a line that says what to do."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from briefing.cli.main import main
from briefing.dossier.example import FOLDER
from briefing.errors import UsageError
from briefing.intake.sheets.export import export_workbook
from briefing.intake.sheets.opened import read_workbook
from briefing.intake.sheets.plan import plan_sheets

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def workbook_of(**parts: str | bytes) -> bytes:
    """Make a workbook of one sheet, with parts of it written otherwise."""
    made, changed = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.title = "actors"
    book.active.append(["actor_id", "name", "kind"])
    book.save(made)
    with ZipFile(made) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return changed.getvalue()


def zipped(name: str, content: str = "") -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xd0\xcf\x11\xe0old", "is an old .xls, or has a password"),
        (b"actor_id,name\n", "is text, such as CSV"),
        (zipped("content.xml"), r"is an OpenDocument file \(.ods\)"),
        (zipped("xl/workbook.bin"), "is an .xlsb"),
        (zipped("readme.txt"), "cannot be read as a workbook"),
        (workbook_of()[:900], "cannot be read as a workbook"),
        (workbook_of(sheet1="<worksheet><sheetData>"), "cannot be read as a workbook"),
        (workbook_of(sheet1=f"{LAUGHS}<worksheet>&b;</worksheet>"), "declares entities"),
        (workbook_of(sheet1=f"<!--{'-' * 5000} -->{LAUGHS}<worksheet>&b;</worksheet>"), "cannot be read as a workbook"),
        (workbook_of(workbook=f"{LAUGHS}<workbook>&b;</workbook>".encode("utf-16")), "declares entities"),
        (b"", "is text, such as CSV, or empty"),
    ],
    ids=[
        "xls",
        "csv",
        "ods",
        "xlsb",
        "zip",
        "cut",
        "broken",
        "entities",
        "entities far in",
        "entities in the book",
        "empty",
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_a_line(raw: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(raw)
    with pytest.raises(UsageError, match=said) as caught:
        read_workbook(path)
    assert len(str(caught.value).splitlines()) == 1


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_of(sheet1=" " * 10_000_000))
    monkeypatch.setattr("briefing.intake.sheets.opened.MOST_UNPACKED", 9_000_000)
    with pytest.raises(UsageError, match="unpacks to more than"):
        read_workbook(path)


def test_a_cell_at_the_far_end_of_a_sheet_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "actors"
    book.active["XFD1048576"] = "far"
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(UsageError, match="sheet actors has the cell XFD1048576"):
        read_workbook(tmp_path / "book.xlsx")


def test_a_workbook_without_a_table_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "book.xlsx")
    ran = CliRunner().invoke(main, ["sheet", "import", str(tmp_path / "book.xlsx"), "--data", str(FOLDER)])
    assert ran.exit_code == 2
    assert "none of its sheets is a table (Sheet); a sheet has the name of its table." in ran.output


def test_two_sheets_of_one_table_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "indicator_log"
    book.create_sheet("Indicator log")
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(UsageError, match="sheets indicator_log and Indicator log are both of indicator_log"):
        plan_sheets(FOLDER, tmp_path / "book.xlsx")


def test_a_workbook_is_written_under_a_workbooks_name_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"actors.csv: ends otherwise; a workbook is an .xlsx file. Write actors.xlsx"):
        export_workbook(FOLDER, tmp_path / "actors.csv")


def test_a_missing_workbook_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["sheet", "import", str(tmp_path / "none.xlsx"), "--data", str(FOLDER)])
    assert "Make one: briefing sheet export FILE.xlsx." in ran.output and ran.exit_code == 2


@pytest.mark.parametrize("command", ["export", "import"])
def test_help_has_an_example(command: str) -> None:
    assert (
        f"Example: briefing sheet {command} harbour.xlsx"
        in CliRunner().invoke(main, ["sheet", command, "--help"]).output
    )

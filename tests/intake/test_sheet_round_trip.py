"""A workbook that nobody edited changes no byte of the tables, whatever their cells hold and whoever saved it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import tempfile
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from briefing.dossier.cells import Count, Day
from briefing.dossier.example import FOLDER
from briefing.errors import UsageError
from briefing.intake.sheets.export import export_workbook
from briefing.intake.sheets.plan import import_workbook
from briefing.intake.sheets.shown import is_as_shown, read_shown, show_text

ROOT = Path(__file__).parent.parent.parent
DOSSIERS = [
    pytest.param(ROOT / "data", marks=pytest.mark.long),
    FOLDER,
    *sorted((ROOT / "tests" / "support" / "dossiers_of_tests").iterdir()),
]

#: Cells that a spreadsheet would change, were they not text.
AWKWARD = [
    "007", "1.50", "=1+1", "+49 30", "-5", "@quay", "#N/A", "2031-10", "2031-10-09", "TRUE", "true", "1e5", " both ",
    "a\nb", "a\r\nb", 'say "no"', "_x000D_", "\u00a0", "\x0b", "12345678901234567890", "NO", "0.1", "-0",
    "1/2", "l" * 40_000,
]  # fmt: skip


def copy_of(dossier: Path, place: Path) -> Path:
    shutil.copytree(dossier, place / "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return place / "data"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def add_rows(folder: Path, cells: list[str], *, ends: str = "\n", mark: str = "") -> None:
    """Write places whose cells nobody would accept: wrong cells come back as they were too."""
    made = io.StringIO(newline="")
    rows = [[f"p-{n}", cell, "NO", cell, cell, "2", cell] for n, cell in enumerate(cells)]
    header = ["place_id", "name", "country", "lat", "x_note", "precision", "x_more"]  # others are left out
    csv.writer(made, lineterminator=ends).writerows([header, *rows])
    (folder / "places.csv").write_bytes((mark + made.getvalue()).encode())


def save_again(path: Path) -> None:
    """Open a workbook in another program, and save it: styles stay, and texts are shared."""
    load_workbook(path).save(path)


@pytest.mark.parametrize("dossier", DOSSIERS, ids=["data", "example", "sylvania", "tollgate"])
def test_a_round_trip_changes_no_byte(dossier: Path, tmp_path: Path) -> None:
    folder = copy_of(dossier, tmp_path)
    before = bytes_of(folder)
    made = export_workbook(folder, tmp_path / "book.xlsx")
    came = import_workbook(folder, made.path, delete=True)
    assert (came.plan.changes, came.plan.mends, came.plan.notes, came.written) == ([], [], [], ())
    assert bytes_of(folder) == before


@pytest.mark.parametrize(("ends", "mark"), [("\n", ""), ("\r\n", "\ufeff")])
def test_awkward_cells_come_back_as_they_were(ends: str, mark: str, tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    add_rows(folder, AWKWARD, ends=ends, mark=mark)
    before = bytes_of(folder)
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    save_again(path)
    assert import_workbook(folder, path, delete=True).plan.changes == []
    assert bytes_of(folder) == before


def test_awkward_cells_come_back_without_stamps_too(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    add_rows(folder, [cell for cell in AWKWARD if cell != "_x000D_"])  # which the library takes for a line's end
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    book = load_workbook(path)
    del book["as exported"]
    book.save(path)
    assert import_workbook(folder, path, delete=True).plan.changes == []


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8")), st.sampled_from([None, Count, Day]))
def test_any_text_is_read_as_it_was_shown(text: str, kind: object) -> None:
    shown = show_text(text, kind)
    assert is_as_shown(shown, text, kind)
    assert read_shown(shown) == text


@pytest.mark.long
@settings(max_examples=12)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1), min_size=3, max_size=5))
def test_a_table_of_any_texts_comes_back(cells: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        folder.mkdir()
        add_rows(folder, cells)
        before = bytes_of(folder)
        path = export_workbook(folder, Path(place) / "book.xlsx").path
        assert import_workbook(folder, path, delete=True).plan.changes == []
        assert bytes_of(folder) == before


def test_a_changed_cell_changes_its_line_alone(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    before = (folder / "actors.csv").read_bytes().splitlines()
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    book = load_workbook(path)
    book["actors"]["B3"] = "Another name"
    book.save(path)
    came = import_workbook(folder, path)
    assert [list(change.tell())[1].split(" -> ")[1] for change in came.plan.changes] == ["Another name"]
    after = (folder / "actors.csv").read_bytes().splitlines()
    assert [n for n, line in enumerate(after) if line != before[n]] == [2]


def test_rows_sorted_and_columns_moved_in_the_sheet_change_nothing(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    with (folder / "actors.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    book = Workbook()
    book.active.title = "Actors"
    for row in [header[::-1], *(row[::-1] for row in sorted(rows, reverse=True)), [None] * 9, [" "]]:
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    came = import_workbook(folder, tmp_path / "book.xlsx", delete=True)
    assert (came.plan.changes, came.plan.mends, came.plan.notes) == ([], [], [])


def test_a_workbook_older_than_its_tables_undoes_nothing_in_them(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    table = folder / "actors.csv"
    lines = table.read_text().splitlines()
    table.write_text(
        "\n".join([lines[0], lines[1].replace(",", ",New ", 1), *lines[2:], "late,Late,monitor,,,,"]) + "\n"
    )
    before = bytes_of(folder)
    came = import_workbook(folder, path, delete=True)
    assert [note.split(": ")[0] for note in came.plan.notes] == ["actors!A2", "actors"]
    assert bytes_of(folder) == before


def test_rows_that_a_sheet_lacks_go_only_when_asked(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    book = load_workbook(path)
    gone = book["events"]["A2"].value
    book["events"].delete_rows(2)
    book.save(path)
    stays = import_workbook(folder, path)
    assert stays.plan.changes == [] and stays.plan.notes[0].startswith(f"events: {gone} is in events.csv, and not")
    assert [change.kind for change in import_workbook(folder, path, delete=True).plan.changes] == ["gone"]
    assert gone not in (folder / "events.csv").read_text()


def test_the_same_dossier_makes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1950000000")
    made = [export_workbook(FOLDER, tmp_path / name).path.read_bytes() for name in ("a.xlsx", "b.xlsx")]
    assert made[0] == made[1]


def test_every_part_of_a_workbook_is_sound_xml_and_no_cell_a_formula(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    add_rows(folder, AWKWARD)
    with ZipFile(export_workbook(folder, tmp_path / "book.xlsx").path) as parts:
        for name in parts.namelist():
            root = ElementTree.fromstring(parts.read(name))
            assert not [each for each in root.iter() if each.tag.endswith("main}f")]


def test_days_are_days_and_what_is_less_is_text(tmp_path: Path) -> None:
    book = load_workbook(export_workbook(FOLDER, tmp_path / "book.xlsx").path)
    header = {cell.value: cell.column for cell in book["sources"][1]}
    accessed, published = (book["sources"].cell(2, header[name]) for name in ("accessed", "published"))
    assert isinstance(accessed.value, dt.datetime) and accessed.number_format == "yyyy-mm-dd"
    assert isinstance(published.value, str) and published.number_format == "@"


def test_a_sheet_has_drop_downs_notes_and_a_frozen_header(tmp_path: Path) -> None:
    book = load_workbook(export_workbook(FOLDER, tmp_path / "book.xlsx").path)
    sheet = book["transfers"]
    rules = {str(rule.sqref).split("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    assert rules[letters["counting"]] == '"increment,cumulative,running"'
    area = rules[letters["claimant_id"]].split("!")[1].replace("$", "")
    who = {row[0].value: row[0].offset(column=1).value for row in book["who is who"][area]}
    assert who["ferry-union"] == "Ferry Union" or "ferry-union" in who
    assert sheet["A1"].comment.text.startswith("Required. Id of the claim.")
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2], book["as exported"].sheet_state) == ("B2", "A1", "hidden")
    assert sheet["A1"].font.bold and not sheet[f"{letters['note']}1"].font.bold


def test_what_check_finds_is_marked_in_the_sheet(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    add_rows(folder, ["fine", "bad\tcell"])
    made = export_workbook(folder, tmp_path / "book.xlsx")
    cell = load_workbook(made.path)["places"]["B3"]
    assert cell.fill.start_color.rgb == "00F8CBAD"
    assert "error D01: name: the cell holds the character U+0009" in cell.comment.text
    assert made.marked["error"] > 0


def test_a_workbook_with_unread_edits_is_not_written_over(tmp_path: Path) -> None:
    folder = copy_of(FOLDER, tmp_path)
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    export_workbook(folder, path)  # nothing is lost
    book = load_workbook(path)
    book["actors"]["B2"] = "Somebody"
    book.save(path)
    with pytest.raises(UsageError, match="holds 1 row that the tables do not have"):
        export_workbook(folder, path)
    export_workbook(folder, path, force=True)
    assert import_workbook(folder, path).plan.changes == []

"""What a spreadsheet wrote otherwise and surely means: mended, and told by its cell. What may mean two is not."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from briefing.cli.main import main
from briefing.dossier.cells import Count, Day, Latitude, Truth, When
from briefing.dossier.example import FOLDER
from briefing.intake.sheets.export import export_workbook
from briefing.intake.sheets.mends import mend_text
from briefing.intake.sheets.plan import import_workbook

EVENT = {
    "event_id": "ev-new", "date": "11/20/2031", "title": " Ferries stop ", "summary": "No ferry left the south quay.",
    "kind": "Protest", "actor_ids": "Harbour Watch | ferry-union", "place_id": "South Quay",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def write_sheet(path: Path, title: str, *rows: list[object]) -> Path:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def read_row(path: Path, row_id: str) -> str:
    return next(line for line in path.read_text().splitlines() if line.startswith(row_id))


@pytest.mark.parametrize(
    ("typed", "kind", "meant"),
    [
        ("11,000", Count, "11000"), ("11 000", Count, "11000"), ("11\u00a0000", Count, "11000"),
        ("12000.0", Count, "12000"), ("1,234,567.5", Count, "1234567.5"), ("53.90", Latitude, "53.90"),
        ("TRUE", Truth, "true"), ("False ", Truth, "false"), ("11/20/2031", Day, "2031-11-20"),
        ("20.11.2031", When, "2031-11-20"), ("2031/11/20", Day, "2031-11-20"), ("5/5/2031", Day, "2031-05-05"),
        ("2031-11-20T00:00:00", Day, "2031-11-20"), ("20 Nov 2031", When, "2031-11-20"),
        ("Nov 20, 2031", When, "2031-11-20"), ("October 2031", When, "2031-10"), ("\u00a02031-10 ", When, "2031-10"),
    ],
)  # fmt: skip
def test_what_surely_means_something_is_mended(typed: str, kind: object, meant: str) -> None:
    assert mend_text(typed, kind) == meant


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("3/4/2031", Day), ("53,901", Latitude), ("1.500", Count), ("12,5", Count), ("about 5", Count), ("yes", Truth),
     ("31/31/2031", Day), ("Octember 2031", When), ("2031-10/2031-11", When), ("1/2", When)],
)  # fmt: skip
def test_what_may_mean_two_things_stays(typed: str, kind: object) -> None:
    assert mend_text(typed, kind) == typed


def test_a_row_as_other_programs_write_it_is_mended_and_every_change_told(folder: Path, tmp_path: Path) -> None:
    source = (folder / "events.csv").read_text().splitlines()[1].rsplit(",", 1)[1]
    row = EVENT | {"source_id": source}
    path = write_sheet(tmp_path / "book.xlsx", "events", [*row, None, None], [*row.values()], [None] * 3, ["", " "])
    told = [str(mend) for mend in import_workbook(folder, path).plan.mends]
    assert told == [
        'events!B2: "11/20/2031" -> 2031-11-20', 'events!C2: " Ferries stop " -> Ferries stop',
        'events!E2: "Protest" -> protest', 'events!F2: "Harbour Watch | ferry-union" -> harbour-watch|ferry-union',
        'events!G2: "South Quay" -> south-quay',
    ]  # fmt: skip
    made = read_row(folder / "events.csv", "ev-new")
    assert made.startswith("ev-new,2031-11-20,Ferries stop,") and made.endswith(
        f"harbour-watch|ferry-union,south-quay,{source}"
    )


def test_a_name_in_an_ids_place_leads_to_a_row_that_the_workbook_brings(folder: Path, tmp_path: Path) -> None:
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    book = load_workbook(path)
    book["actors"].append(["quay-watch", "Quay Watch", "monitor"])
    book["transfers"]["P2"] = "quay watch"
    book.save(path)
    came = import_workbook(folder, path)
    assert [str(mend) for mend in came.plan.mends] == ['transfers!P2: "quay watch" -> quay-watch']
    assert [problem.severity for problem in came.warnings if problem.severity == "error"] == []


def test_a_date_is_no_more_exact_than_its_cell_shows_it(folder: Path, tmp_path: Path) -> None:
    path = export_workbook(folder, tmp_path / "book.xlsx").path
    book = load_workbook(path)
    cell = book["transfers"]["C2"]
    cell.value, cell.number_format = dt.date(2031, 10, 1), "mmm-yy"  # what becomes of a typed 2031-10
    book["sources"]["H2"], book["sources"]["H3"] = dt.datetime(2031, 12, 24), True
    book.save(path)
    ran = CliRunner().invoke(main, ["sheet", "import", str(path), "--data", str(folder), "--dry-run"])
    assert 'sources!H3: accessed: "true" is not a date' in ran.output
    book["sources"]["H3"] = "2031-12-24"
    book.save(path)
    ran = CliRunner().invoke(main, ["sheet", "import", str(path), "--data", str(folder), "--dry-run"])
    assert 'mended transfers!C2: "the date 2031-10-01" -> 2031-10\n' in ran.output
    assert "    accessed: " in ran.output


def test_a_dry_run_tells_and_writes_nothing(folder: Path, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "book.xlsx", "actors", ["actor_id", "name"], ["ferry-union", "The Union"])
    before = (folder / "actors.csv").read_bytes()
    ran = CliRunner().invoke(main, ["sheet", "import", str(path), "--data", str(folder), "--dry-run"])
    assert ran.exit_code == 0, ran.output
    assert "~ actors.csv ferry-union" in ran.output and "1 row would change; nothing is written" in ran.output
    assert (folder / "actors.csv").read_bytes() == before


def test_json_tells_what_changed_what_was_mended_and_what_was_written(folder: Path, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "book.xlsx", "actors", ["actor_id", "name"], ["ferry-union", " The Union"], ["x"])
    ran = CliRunner().invoke(main, ["sheet", "import", str(path), "--data", str(folder), "--json"])
    told = json.loads(ran.stdout)
    assert (told["exit"], {problem["file"] for problem in told["problems"]}) == (3, {"actors!B3", "actors!A3"})
    path = write_sheet(tmp_path / "book.xlsx", "actors", ["actor_id", "name"], ["ferry-union", " The Union"])
    told = json.loads(CliRunner().invoke(main, ["sheet", "import", str(path), "--data", str(folder), "--json"]).stdout)
    assert told["mended"] == [{"cell": "actors!B2", "before": " The Union", "after": "The Union"}]
    assert [change["kind"] for change in told["changes"]] == ["changed"]
    assert told["written"] == [str(folder / "actors.csv")]


def test_sheets_that_are_no_table_and_rows_beside_the_table_are_told(folder: Path, tmp_path: Path) -> None:
    book = load_workbook(export_workbook(folder, tmp_path / "book.xlsx").path)
    book.create_sheet("Transfer").append(["see there"])
    book["events"]["M3"] = "ask Ann"
    book.save(tmp_path / "book.xlsx")
    ran = CliRunner().invoke(main, ["sheet", "import", str(tmp_path / "book.xlsx"), "--data", str(folder)])
    assert "events!M3: is in a column without a name" in ran.output and ran.exit_code == 3
    book["events"]["M3"] = None
    book.save(tmp_path / "book.xlsx")
    ran = CliRunner().invoke(main, ["sheet", "import", str(tmp_path / "book.xlsx"), "--data", str(folder)])
    assert 'sheet Transfer is no table, and nothing of it is read. Did you mean "transfers"?' in ran.output

"""A workbook with the mistakes that people make: each is named by its sheet and cell, and nothing is written."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from briefing.cli.main import main
from briefing.dossier.example import FOLDER
from briefing.errors import DossierError
from briefing.intake.sheets.export import export_workbook
from briefing.intake.sheets.plan import import_workbook


def put(book: Any, place: str, value: object) -> None:
    """Type a value into a cell: ``transfers.status 2``."""
    sheet, _, rest = place.partition(".")
    column, row = rest.split()
    header = {cell.value: cell.column for cell in book[sheet][1]}
    book[sheet].cell(int(row), header[column]).value = value


def fail(book: Any) -> None:
    book["transfers"]["L13"].value = "#REF!"
    book["transfers"]["L13"].data_type = "e"


def merge(book: Any) -> None:
    book["places"].merge_cells("B2:B3")


def name_alike(book: Any) -> None:
    put(book, "actors.aliases 2", "the Guard")
    put(book, "actors.aliases 3", "the Guard")
    put(book, "quotes.speaker_id 2", "the guard")


def add_column(book: Any) -> None:
    book["events"]["I1"], book["events"]["I3"] = "weather", "rain"


def typed(place: str, value: object) -> Callable[[Any], None]:
    return lambda book: put(book, place, value)


#: The mistake, how its line begins, and what it says.
MISTAKES: dict[str, tuple[Callable[[Any], None], str, str]] = {
    "wrong choice": (typed("transfers.status 2", "sent"), "transfers!O2", '"sent" is not a choice'),
    "unknown id": (typed("transfers.claimant_id 3", "nobody"), "transfers!P3", '"nobody" is in no row'),
    "bad date": (typed("transfers.period 4", "early May"), "transfers!C4", '"early May" is not a date'),
    "text in a number": (typed("transfers.best 5", "about 20"), "transfers!K5", "is no number"),
    "low above high": (typed("transfers.low 6", 900), "transfers!J6", "low is 900 but best is"),
    "missing words": (typed("transfers.wording 7", None), "transfers!R7", "wording is empty"),
    "id twice": (typed("transfers.claim_id 9", "tr-0001"), "transfers!A9", "already the id of transfers!A2"),
    "wrong unit": (typed("transfers.unit 10", "kg"), "transfers!N10", 'unit "kg" is in no row'),
    "day number": (typed("transfers.period 11", 48172), "transfers!C11", "write 2031-11-20"),
    "formula": (typed("transfers.low 12", "=J2+1"), "transfers!J12", "is a formula without a value"),
    "error": (fail, "transfers!L13", "holds the error #REF!"),
    "day in a number": (typed("transfers.high 14", dt.date(2031, 3, 4)), "transfers!L14", "is the day"),
    "time of day": (typed("transfers.note 15", dt.time(9, 30)), "transfers!Y15", "is the time 09:30:00"),
    "unknown column": (add_column, "events!I1", 'column "weather" is unknown'),
    "merged cells": (merge, "places!B2:B3", "holds merged cells"),
    "names alike": (name_alike, "quotes!C2", "are called alike"),
    "capitals in an id": (typed("sources.source_id 3", "New-One"), "sources!A3", "Write new-one"),
    "no scheme": (typed("sources.url 4", "quay.example/x"), "sources!D4", "is no web address"),
    "day or month": (typed("sources.accessed 5", "3/4/2031"), "sources!H5", "2031-03-04 or 2031-04-03"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("harbour") / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


@pytest.fixture(scope="module")
def book(folder: Path) -> Path:
    return export_workbook(folder, folder.parent / "harbour.xlsx").path


@pytest.fixture(scope="module")
def wrong(folder: Path, book: Path) -> list[str]:
    """All mistakes in one workbook."""
    opened = load_workbook(book)
    for make, _, _ in MISTAKES.values():
        make(opened)
    opened.save(path := book.with_name("wrong.xlsx"))
    with pytest.raises(DossierError) as caught:
        import_workbook(folder, path)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_by_its_sheet_and_cell(name: str, wrong: list[str]) -> None:
    _, place, what = MISTAKES[name]
    assert [line for line in wrong if line.startswith(f"{place}: ") and what in line], "\n".join(wrong)


def test_a_workbook_with_mistakes_writes_nothing_and_ends_with_three(folder: Path, wrong: list[str]) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    path = folder.parent / "wrong.xlsx"
    ran = CliRunner().invoke(main, ["sheet", "import", str(path), "--data", str(folder)])
    assert ran.exit_code == 3
    assert len(ran.output.splitlines()) == len(wrong)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_sheet_whose_first_row_is_a_title_has_no_header(folder: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "actors"
    book.active.append(["Actors of the harbour"])
    book.active.append(["actor_id", "name", "kind"])
    book.save(tmp_path / "titled.xlsx")
    with pytest.raises(DossierError, match=r"actors!A1: is no header; .* delete what is above them"):
        import_workbook(folder, tmp_path / "titled.xlsx")

"""Somebody's file is read as its mapping says; what is otherwise is told, and whose file it seems to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign_files import SIPRI_ROWS, ged_file, ged_row, sipri_file, workbook

from briefing.errors import UsageError
from briefing.intake.foreign import read_their_file
from briefing.intake.preset_files import parse_preset, read_preset

SHEET = {
    "name": "mine", "title": "Mine",
    "file": {"header": ["Day", "What"], "missing": ["-"]},
    "makes": [{"table": "events", "cells": {"date": {"column": "Day", "read": "day"}, "title": "{What}"}}],
}  # fmt: skip


def mine(**shape: object) -> object:
    return parse_preset({**SHEET, "file": {**SHEET["file"], **shape}}, where="mine.toml")  # type: ignore[dict-item]


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "mine.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(path: Path, preset: object) -> str:
    with pytest.raises(UsageError) as caught:
        read_their_file(path, preset)  # type: ignore[arg-type]
    return str(caught.value)


def test_columns_without_a_name_are_called_after_the_one_before(tmp_path: Path) -> None:
    read = read_their_file(sipri_file(tmp_path), read_preset("sipri-trade-register"))
    assert [name for name in read.header if name.startswith("after ")] == [
        "after Year of order", "after Number ordered", "after Number delivered",
    ]  # fmt: skip
    assert (len(read.rows), read.rows[0].line, read.remarks) == (30, 13, ())


def test_a_row_over_two_lines_is_one_and_later_lines_keep_their_numbers(tmp_path: Path) -> None:
    read = read_their_file(sipri_file(tmp_path), read_preset("sipri-trade-register"))
    assert [(row.line, row.cells["Comments"]) for row in read.rows[3:5]] == [
        (16, "Delivery expected from 2025"), (18, "Number ordered not known"),
    ]  # fmt: skip


def test_a_register_of_some_years_calls_a_column_otherwise(tmp_path: Path) -> None:
    path = sipri_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b",Number delivered,", b",Deliveries in the Year Range,"))
    cells = read_their_file(path, read_preset("sipri-trade-register")).rows[1].cells
    assert (cells["Number delivered"], cells["after Number delivered"]) == ("30", "?")


def test_a_header_in_another_line_is_found_and_told(tmp_path: Path) -> None:
    path = sipri_file(tmp_path)
    path.write_bytes(path.read_bytes().split(b"\n", 3)[3])
    assert read_their_file(path, read_preset("sipri-trade-register")).remarks == (
        "register.csv: the header is in line 9, not 12",
    )


def test_a_file_in_utf_8_is_read_as_that_and_told(tmp_path: Path) -> None:
    path = sipri_file(tmp_path)
    path.write_bytes(path.read_bytes().decode("latin-1").encode())
    read = read_their_file(path, read_preset("sipri-trade-register"))
    assert read.remarks == ("register.csv is UTF-8 and not latin-1, and was read as that",)
    assert read.rows[24].cells["Comments"] == "Ciudad de Fútbol programme"


def test_a_wrong_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    told = refused(write(tmp_path, "Day,What\n2031-10-05,Café\n", "latin-1"), mine())
    assert told.startswith("mine.csv:2: byte 0xE9 is not utf-8;")
    assert 'encoding = "latin-1"' in told


def test_utf_16_is_told(tmp_path: Path) -> None:
    assert "mine.csv: is UTF-16;" in refused(write(tmp_path, "Day,What\n", "utf-16"), mine())


def test_a_wrong_header_is_told_with_what_it_lacks(tmp_path: Path) -> None:
    told = refused(write(tmp_path, "Date,What\n2031-10-05,A ferry\n"), mine())
    assert told == (
        "mine.csv: is no file of mine: the nearest row lacks Day; a header is looked for by its names. "
        "Mend the header that the mapping names."
    )


def test_a_file_of_another_preset_is_told_as_that(tmp_path: Path) -> None:
    told = refused(sipri_file(tmp_path, rows=SIPRI_ROWS), read_preset("ucdp-ged"))
    assert told.endswith("Did you mean the preset sipri-trade-register?")
    assert "Did you mean the preset ucdp-ged?" in refused(ged_file(tmp_path, ged_row()), read_preset("acled"))


def test_a_row_of_another_length_is_told(tmp_path: Path) -> None:
    told = refused(write(tmp_path, "Day,What\n2031-10-05,A ferry, and a lorry\n"), mine())
    assert told == "mine.csv:2: has 3 cells; each row has the 2 cells of the header. Look for a lost comma or mark."


def test_empty_rows_and_what_is_not_stated_are_left_out(tmp_path: Path) -> None:
    read = read_their_file(write(tmp_path, "Day,What\n,\n2031-10-05,-\n"), mine())  # type: ignore[arg-type]
    assert [(row.line, dict(row.cells)) for row in read.rows] == [(3, {"Day": "2031-10-05", "What": ""})]


def test_a_sheet_is_found_by_its_name_and_another_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "mine.xlsx", [["Day", "What"], ["2031-10-05", "A ferry"]], sheet="Events ")
    assert len(read_their_file(path, mine(sheet="events")).rows) == 1  # type: ignore[arg-type]
    assert 'has no sheet "Event"; the mapping names its sheet. Did you mean "Events "?' in refused(
        path, mine(sheet="Event")
    )


@pytest.mark.parametrize(("name", "content"), [("mine.xlsx", b"PK\3\4 no zip"), ("mine.xls", b"\xd0\xcf\x11")])
def test_a_workbook_that_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert "Save it" in refused(tmp_path / name, mine())

"""A workbook opened with care: whoever sent it, it is read as values alone, within bounds, or refused in a line."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

from briefing.dossier.plain import read_plain
from briefing.errors import UsageError, in_a_line
from briefing.intake.sheets.shown import Shown

#: A workbook of 50,000 rows has 5 MB, and 100 MB unpacked.
MOST_PACKED, MOST_UNPACKED = 64 * 1024 * 1024, 512 * 1024 * 1024

_RULE = "a workbook is an .xlsx file"
_CURE = "Save it as .xlsx (Excel workbook)"

#: How the files begin that are something else.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "is an old .xls, or has a password", "Save it as .xlsx, without a password"),
    (b"%PDF", "is a PDF", _CURE),
    (b"\x1f\x8b", "is packed with gzip", _CURE),
)  # fmt: skip

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,20})"')
_FAR = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{3}\d{1,7})"')

#: What a format of dates is, once its words in quotation marks and brackets are out.
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell that holds something."""

    place: str  #: Such as ``F12``.
    shown: Shown
    flaw: Literal["", "error", "formula"] = ""  #: An error such as #REF!, or a formula whose value nobody computed.
    part: Literal["day", "month", "year"] = "day"  #: How much of a date its format shows.


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: the names in its first row, each with its cell, and below them the rows that hold anything."""

    title: str
    header: tuple[tuple[int, BookCell], ...]
    rows: tuple[tuple[int, Mapping[int, BookCell]], ...]  #: The number of each row, and its cells by column.
    merged: tuple[str, ...] = ()


def read_workbook(path: Path) -> list[BookSheet]:
    """Read the sheets of a workbook.

    Raises `UsageError` where the file is none, is locked, too large or broken.
    """
    raw = _read_packed(path)
    try:
        return list(_read_sheets(path, raw))
    except UsageError:
        raise
    except Exception as error:  # a broken part raises whatever the library or the standard library trips over
        what = f"cannot be read as a workbook ({in_a_line(error, most=120)})"
        raise UsageError(f"{path}: {what}; {_RULE}. Open it in a spreadsheet, and save it anew.") from None


def _read_packed(path: Path) -> bytes:
    try:
        raw = read_plain(path, most=MOST_PACKED)
    except OSError as error:
        cure = "Name a workbook" if path.exists() else "Make one: briefing sheet export FILE.xlsx"
        raise UsageError(f"{path}: cannot be read ({error.strerror}); {_RULE}. {cure}.") from None
    for magic, what, cure in _OTHERS:
        if raw.startswith(magic):
            raise UsageError(f"{path}: {what}; {_RULE}. {cure}.")
    if not raw.startswith(b"PK"):
        is_text = b"\0" not in raw[:4096]
        cure = "A table of the dossier is edited as it is; other rows: briefing import" if is_text else _CURE
        raise UsageError(f"{path}: is {'text, such as CSV, or empty' if is_text else 'no workbook'}; {_RULE}. {cure}.")
    return raw


def _read_sheets(path: Path, raw: bytes) -> Iterator[BookSheet]:
    from openpyxl import load_workbook  # takes its time, and one command alone needs it
    from openpyxl.reader.excel import ExcelReader  # the same

    with ZipFile(io.BytesIO(raw)) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on extensions that are not kept: nothing is written back
        _refuse_parts(path, archive)
        reader = ExcelReader(io.BytesIO(raw), read_only=True, data_only=True)
        reader.read()
        parts = {sheet.name: part.target for sheet, part in reader.parser.find_sheets()}
        formulas: Any = None
        for sheet in reader.wb.worksheets:
            content = archive.read(parts[sheet.title])
            if far := _FAR.search(content):
                what, cure = f"has the cell {far[1].decode()}", "Delete the columns beyond it"
                raise UsageError(f"{path}: sheet {_title(sheet)} {what}; a table ends before column ZZ. {cure}.")
            merged = tuple(found.decode() for found in _MERGED.findall(content))
            has_formulas = _FORMULA.search(content) is not None
            del content
            if has_formulas:
                formulas = formulas or load_workbook(io.BytesIO(raw), read_only=True)
            yield _take_sheet(sheet, formulas[sheet.title] if has_formulas else None, merged)


def _refuse_parts(path: Path, archive: ZipFile) -> None:
    """Refuse what unpacks to more than fits in memory, what is locked, and what is another program's."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UsageError(f"{path}: is locked with a password; {_RULE}. Take the password off.")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        what, rule = "unpacks to more than 512 MB", "no dossier is nearly as large"
        raise UsageError(f"{path}: {what}; {rule}. Delete empty rows and pictures, and save it anew.")
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names or "content.xml" in names:
        what = "is an .xlsb" if "xl/workbook.bin" in names else "is an OpenDocument file (.ods)"
        raise UsageError(f"{path}: {what}; {_RULE}. {_CURE}.")
    if "[Content_Types].xml" not in names:
        raise BadZipFile("it has no [Content_Types].xml")
    if any(_declares(archive, part.filename) for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise UsageError(f"{path}: declares entities, as no spreadsheet does; {_RULE}. Ask its sender for another.")


def _declares(archive: ZipFile, name: str) -> bool:
    """Say whether a part begins with declarations; what hides them deeper the library's parser refuses."""
    with archive.open(name) as part:
        head = part.read(4096).replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _take_sheet(sheet: Any, formulas: Any, merged: tuple[str, ...]) -> BookSheet:
    sheet.reset_dimensions()  # some programs write wrong ones
    written = _find_formulas(formulas) if formulas is not None else {}
    rows = ((number, _take_row(number, row, written)) for number, row in enumerate(sheet.iter_rows(), start=1))
    full = [(number, cells) for number, cells in rows if cells]
    header = full[0][1] if full and full[0][0] == 1 else {}
    body = full[1:] if header else full
    return BookSheet(_title(sheet), tuple(header.items()), tuple(body), merged)


def _title(sheet: Any) -> str:
    return " ".join(sheet.title.split())  # messages name it, and are lines


def _find_formulas(sheet: Any) -> dict[tuple[int, int], str]:
    sheet.reset_dimensions()
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    return {(cell.row, cell.column): str(cell.value)[:200] for cell in cells}


def _take_row(number: int, row: Any, formulas: Mapping[tuple[int, int], str]) -> dict[int, BookCell]:
    cells: dict[int, BookCell] = {}
    for column, cell in enumerate(row, start=1):
        formula = formulas.get((number, column))
        if cell.value is not None and cell.value != "":
            is_date = cell.data_type == "d"
            flaw: Literal["", "error"] = "error" if cell.data_type == "e" else ""
            part = _part_shown(cell.number_format) if is_date else "day"
            cells[column] = BookCell(f"{name_column(column)}{number}", cell.value, flaw, part)
        elif formula is not None and cell.data_type not in ("s", "str"):  # an empty text is a formula's value too
            cells[column] = BookCell(f"{name_column(column)}{number}", formula, "formula")
    return cells


def _part_shown(format_code: str) -> Literal["day", "month", "year"]:
    """Say how much of a date a format shows: what was typed as ``Oct 2031`` is kept as a first of October."""
    letters = _ASIDE.sub("", format_code.split(";")[0]).lower()
    if "d" in letters or "y" not in letters:
        return "day"
    return "month" if "m" in letters else "year"


def name_column(number: int) -> str:
    """Give the letters of a column, counted from 1.

    Examples
    --------
    >>> name_column(1), name_column(26), name_column(27), name_column(702)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

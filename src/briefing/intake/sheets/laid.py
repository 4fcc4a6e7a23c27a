"""A sheet laid on its table: which column is where, which rows hold anything, and what is wrong with it as a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from briefing.dossier.csvfile import OWN, check_header
from briefing.dossier.tabletext import TableText
from briefing.errors import Problem
from briefing.intake.sheets.mends import Mend, refuse_at, strip_ends
from briefing.intake.sheets.opened import BookCell, BookSheet, name_column
from briefing.intake.sheets.shown import read_shown

#: The cells of a row of a sheet, by the names of their columns.
Named = Mapping[str, BookCell]


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet laid on its table."""

    sheet: BookSheet
    table: TableText
    columns: Mapping[str, int]  #: The names that the table has a column for, and where each is.
    rows: tuple[tuple[int, Named], ...]  #: The number of each row that holds anything, and its cells.
    mends: tuple[Mend, ...]
    refused: tuple[Problem, ...]

    def place(self, number: int, column: str | None) -> str:
        """Name a cell, ``transfers!F12``; that of the row's id where no column of the sheet is named."""
        at = self.columns.get(column or "", self.columns.get(self.table.table.key[0], 1))
        return f"{self.sheet.title}!{name_column(at)}{number}"


def lay(sheet: BookSheet, table: TableText) -> Laid:
    """Lay a sheet on its table."""
    known = tuple(dict.fromkeys((*table.table.columns, *table.header)))
    typed = {at: read_shown(cell.shown) for at, cell in sheet.header}
    names = {at: _name(text, known) for at, text in typed.items()}
    columns: dict[str, int] = {}
    for at, name in names.items():
        if name in known or name.startswith(OWN):
            columns.setdefault(name, at)
    rows = ((number, _name_cells(cells, columns)) for number, cells in sheet.rows)
    refused = (*_check_names(sheet, names, known, table), *_find_loose(sheet, names), *_find_merged(sheet))
    places = {at: f"{sheet.title}!{name_column(at)}1" for at in names}
    mends = tuple(Mend(places[at], typed[at], name) for at, name in names.items() if name != typed[at])
    return Laid(sheet, table, columns, tuple((number, cells) for number, cells in rows if cells), mends, refused)


def table_name(title: str) -> str:
    """Give the name of the table that the title of a sheet means.

    Examples
    --------
    >>> table_name(" Indicator log")
    'indicator_log'
    """
    return re.sub("[ -]+", "_", strip_ends(title).lower())


def _name(text: str, known: tuple[str, ...]) -> str:
    if text in known:
        return text
    name = strip_ends(text)
    return name.lower() if name not in known and name.lower() in known else name


def _name_cells(cells: Mapping[int, BookCell], columns: Mapping[str, int]) -> dict[str, BookCell]:
    named = {name: cells[at] for name, at in columns.items() if at in cells}
    return {name: cell for name, cell in named.items() if _is_filled(cell)}


def _is_filled(cell: BookCell) -> bool:
    return bool(strip_ends(read_shown(cell.shown)))


def _check_names(
    sheet: BookSheet, names: Mapping[int, str], known: tuple[str, ...], table: TableText
) -> Iterator[Problem]:
    if not set(names.values()) & set(table.table.columns):
        what, rule = "is no header", "the first row of a sheet names the columns"
        cure = f"Write {', '.join(table.table.columns[:3])} and so on, and delete what is above them"
        yield Problem(f"{sheet.title}!A1", None, None, None, what, rule, cure)
        return
    columns: dict[str, int] = {}
    for at, name in names.items():
        if name in columns:
            wrong = (f"stands in {name_column(columns[name])}1 too", "a column stands once", "Keep one of the two")
            yield refuse_at(f"{sheet.title}!{name_column(at)}1", name, name, wrong)
        columns.setdefault(name, at)
    for problem in check_header(tuple(columns), known, table.table.key, sheet.title):
        place = columns.get(problem.column or "")
        yield replace(problem, file=f"{sheet.title}!{name_column(place)}1" if place else sheet.title, row=None)


def _find_loose(sheet: BookSheet, names: Mapping[int, str]) -> Iterator[Problem]:
    """Find the first cell that is in a column without a name."""
    for _, cells in sheet.rows:
        loose = [(at, cell) for at, cell in cells.items() if at not in names and _is_filled(cell)]
        for at, cell in loose[:1] if names else ():
            rule = "the first row names the columns"
            cure = f"Write {OWN}note, or another name that begins with {OWN}, into {name_column(at)}1, or delete it"
            what = "is in a column without a name"
            yield Problem(f"{sheet.title}!{cell.place}", None, None, None, what, rule, cure)
            return


def _find_merged(sheet: BookSheet) -> Iterator[Problem]:
    for cells in sheet.merged:
        rule, cure = "each row has cells of its own", "Unmerge them, and fill in each"
        yield Problem(f"{sheet.title}!{cells}", None, None, None, "holds merged cells", rule, cure)

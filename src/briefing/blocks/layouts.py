"""Cells of tables for readers: words, and beside them what they sort by, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.blocks.blocks import Column, TableData, Text
from briefing.values.bounds import Bounds
from briefing.values.dates import parse_date


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that sorts by a value that its words only tell in some language."""

    text: Text
    by: str | float | None = None  #: a day, as 2022-10-09, or a number; ``None`` where it tells neither


def lay_out(columns: Iterable[Column], rows: Iterable[Iterable[Text | Cell]], *, ids: Iterable[str] = ()) -> TableData:
    """Lay cells out as a table for readers.

    A text sorts by its words, where no other cell of its column carries a value; `ids` names the row of the dossier
    behind each row.
    """
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    order = tuple(tuple(cell.by for cell in row) for row in cells)
    return TableData(
        columns=tuple(columns),
        rows=tuple(tuple(cell.text for cell in row) for row in cells),
        ids=tuple(ids),
        order=order if any(value is not None for row in order for value in row) else (),
    )


def day_cell(date: str, words: str = "") -> Cell:
    """Make a cell of a date as a source states it; it sorts by the first day that the date can mean."""
    stated = parse_date(date)
    return Cell((words or str(stated),), first_day(stated.first, stated.last))


def first_day(first: dt.date | None, last: dt.date | None) -> str | None:
    """Give what a period sorts by: its first day, or its last where it has no first."""
    day = first or last
    return day.isoformat() if day else None


def number_cell(number: int) -> Cell:
    """Make a cell of a count."""
    return Cell((str(number),), number)


def least(bounds: Bounds) -> float | None:
    """Give the number that bounds sort by: the least that is stated; ``None`` where none is."""
    return bounds.stated[0] if bounds.stated else None

"""Reads the table that a library shows as HTML: pandas, its Styler, great_tables. Only the words of cells are kept."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Literal

from briefing.blocks.records import Column, TableData
from briefing.errors import PageError

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+(e[-+]?\d+)?%?|nan", re.IGNORECASE)
_PARTS = {"thead": "head", "tbody": "body", "tfoot": "foot"}
#: What a cell may not hold: dropping it would drop what it shows.
_REFUSED = frozenset({"script", "iframe", "img", "svg", "object", "embed", "form", "input", "button", "video"})


@dataclass(frozen=True, slots=True)
class Found:
    """A table as a library shows it: what stands above it, its cells, what stands below."""

    title: str
    data: TableData
    foot: str


@dataclass(slots=True)
class _Cell:
    across: int = 1
    down: int = 1
    text: str = ""


@dataclass(slots=True)
class _Row:
    part: Literal["head", "body", "foot"]
    cells: list[_Cell] = field(default_factory=list)

    @property
    def is_one(self) -> bool:
        """Whether one cell spans the row: a title, or the name of a group."""
        return len(self.cells) == 1 and self.cells[0].across > 1


class _Cells(HTMLParser):
    """Reads rows of cells, and what stands beside the table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Row] = []
        self.tables, self.refused, self.beside = 0, "", ""
        self._part: Any = "body"
        self._cell: _Cell | None = None
        self._is_quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tables += tag == "table"
        self.refused = self.refused or (tag if tag in _REFUSED else "")
        self._is_quiet = tag in ("style", "script", "title")
        if tag in _PARTS:
            self._part = _PARTS[tag]
        elif tag == "tr":
            self.rows.append(_Row(self._part))
        elif tag in ("td", "th") and self.rows:
            spans = dict(attrs)
            self._cell = _Cell(_span(spans.get("colspan")), _span(spans.get("rowspan")))
            self.rows[-1].cells.append(self._cell)
        elif tag == "br" and self._cell is not None:
            self._cell.text += " "

    def handle_endtag(self, tag: str) -> None:
        self._is_quiet = False
        if tag in ("td", "th"):
            self._cell = None
        elif tag in _PARTS:
            self._part = "body"

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.text += data
        elif not self._is_quiet:
            self.beside += data


def _span(text: str | None) -> int:
    return min(int(text), 100) if text and text.isascii() and text.isdigit() and int(text) else 1


def has_table(html: str) -> bool:
    """Whether HTML holds a table."""
    return re.search(r"<table\b", html, re.IGNORECASE) is not None


def read_table(html: str) -> Found:
    """Read the one table of an output.

    A heading over several columns is written before each of them, a cell that spans rows into each of them.

    Raises `PageError` where more than a table is there, where rows are left out, or cells hold more than words.
    """
    cells = _Cells()
    cells.feed(html)
    beside = " ".join(cells.beside.split())
    if re.fullmatch(r"\d+ rows × \d+ columns", beside):
        raise PageError(
            f"left a frame that pandas cut short ({beside}); nothing is left out. Choose fewer rows, or use b.own(...)."
        )
    if cells.tables != 1 or beside or cells.refused:
        what = f"<{cells.refused}>" if cells.refused else f"{beside[:60]!r}" if beside else f"{cells.tables} tables"
        raise PageError(f"left HTML that is more than one table of words: {what}; {_RULE}. {_CURE}.")
    title = " – ".join(_say_row(row) for row in cells.rows if row.part == "head" and row.is_one)
    foot = " ".join(_say_row(row) for row in cells.rows if row.part == "foot")
    names = _lay_out([row for row in cells.rows if row.part == "head" and not row.is_one])
    body = _lay_out([row for row in cells.rows if row.part == "body"])
    if not names or len({len(row) for row in (*names, *body)}) != 1:
        raise PageError(f"left a table without a heading for each column; {_RULE}. {_CURE}.")
    heads = [": ".join(dict.fromkeys(filter(None, column))) for column in zip(*names, strict=True)]
    return Found(title, lay_out_plain(heads, body), foot)


_RULE = "a page takes words, numbers and pictures, and no markup of others"
_CURE = "Use b.own(...) with the frame or figure itself, or the library's verb for it"


def _say_row(row: _Row) -> str:
    return " ".join(filter(None, (" ".join(cell.text.split()) for cell in row.cells)))


def _lay_out(rows: Sequence[_Row]) -> list[list[str]]:
    """Write each cell into every place that it spans; the name of a group of rows stands once, at their head."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while column in grid[at]:
                column += 1
            text = " ".join(cell.text.split())
            for line in grid[at : at + cell.down]:
                line.update(dict.fromkeys(range(column, column + cell.across), "" if row.is_one else text))
            if row.is_one:
                grid[at][column] = text
            column += cell.across
    return [[line.get(column, "") for column in range(max(line) + 1)] for line in grid if line]


def lay_out_plain(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> TableData:
    """Lay cells of plain words out, and sort those columns by number in which every cell is one."""
    numbers = [_is_number([row[at] for row in rows if row[at]]) for at in range(len(heads))]
    columns = tuple(Column(name=name or "–", is_number=number) for name, number in zip(heads, numbers, strict=True))
    order = [[_read_number(row[at]) if number else None for at, number in enumerate(numbers)] for row in rows]
    return TableData(columns=columns, rows=tuple(tuple((cell,) for cell in row) for row in rows), order=order)


def _is_number(cells: Sequence[str]) -> bool:
    return bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)


def _read_number(cell: str) -> float | None:
    """Read a number as libraries write it; ``None`` where it is missing or beyond counting."""
    if not cell:
        return None
    number = float(cell.replace(",", "").rstrip("%"))
    return number if math.isfinite(number) else None

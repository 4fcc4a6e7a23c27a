"""Outputs that are no blocks: the few that have a documented fallback, and what becomes of them.

- A pandas frame (``text/html`` with ``class="dataframe"``) becomes a table of its cells, whose caption says that no
  claim stands behind its numbers.
- A picture (``image/png`` or ``image/jpeg``) is shown where its cell's metadata has an alternative text:
  ``{"alt": "what it shows"}``.
"""

from __future__ import annotations

import math
import re
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from briefing.blocks.blocks import Column, Table, TableData
from briefing.errors import PageError

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+(e[-+]?\d+)?%?|nan", re.IGNORECASE)
_PICTURES = ("image/png", "image/jpeg")


class _Cells(HTMLParser):
    """Reads the cells of the table that pandas writes."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.heads = 0
        self._in_cell = self._in_head = False
        self.after = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self.heads += self._in_head
        elif tag in ("td", "th"):
            self._in_cell = True
            self.rows[-1].append("")
        elif tag == "thead":
            self._in_head = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False
        elif tag == "thead":
            self._in_head = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data
        elif re.search(r"\d+ rows × \d+ columns", data):
            self.after = data.strip()


def read_frame(html: str, *, caption: str) -> Table:
    """Read the table that pandas shows as a block without evidence.

    Raises `PageError` where pandas has left rows out, or wrote two rows of headings.
    """
    cells = _Cells()
    cells.feed(html)
    if cells.after:
        told = f"left a frame that pandas cut short ({cells.after})"
        raise PageError(f"{told}; nothing is left out. Use briefing's table.")
    if cells.heads != 1 or len({len(row) for row in cells.rows}) != 1:
        raise PageError(
            "left a frame with headings in layers; a page's table has one row of them. Use briefing's table."
        )
    head, *body = cells.rows
    numbers = [all(_NUMBER.fullmatch(row[i].strip()) for row in body) for i in range(len(head))]
    named = zip(head, numbers, strict=True)
    columns = tuple(Column(name=name.strip() or "–", is_number=number) for name, number in named)
    rows = tuple(tuple((cell.strip(),) for cell in row) for row in body)
    order = [
        [_read_number(cell) if number else None for cell, number in zip(row, numbers, strict=True)] for row in body
    ]
    return Table(caption=caption, data=TableData(columns=columns, rows=rows, order=order))


def _read_number(cell: str) -> float | None:
    """Read a number as pandas writes it; ``None`` where it is missing or beyond counting."""
    number = float(cell.strip().replace(",", "").rstrip("%"))
    return number if math.isfinite(number) else None


def find_frame(data: Any) -> str | None:
    """Find the table that pandas left among an output's faces."""
    html = "".join(data.get("text/html", ""))
    return html if 'class="dataframe"' in html else None


def find_picture(data: Any, *, alt: str) -> Markup | None:
    """Find the picture among an output's faces, and show it inside the page.

    Raises `PageError` where nobody says what it shows.
    """
    for kind in _PICTURES:
        if kind in data:
            if not alt.strip():
                raise PageError(
                    f"left {kind} without an alternative text; not every reader sees it. "
                    'Add "alt": "what it shows" to the cell\'s metadata.'
                )
            picture = "".join("".join(data[kind]).split())
            shown = Markup('<figure class="picture"><img src="data:{};base64,{}" alt="{}"></figure>')
            return shown.format(kind, picture, alt)
    return None

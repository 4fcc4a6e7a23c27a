"""What a block shows of a long list: as much as somebody reads, and how much it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from briefing.blocks.blocks import TableData
from briefing.blocks.walk import figures_in

Item = TypeVar("Item")

#: So many rows a table has: what somebody looks through at most; a longer list is a matter for the file.
MOST_ROWS = 100

#: So many counts a chart draws: with more no mark can be told from the next, least of all on a phone.
MOST_MARKS = 60

#: So many quotations stand under one caption, and so many events on one timeline.
MOST_QUOTATIONS, MOST_ENTRIES = 60, 60


def cut_rows(rows: Sequence[Item], *, most: int = MOST_ROWS) -> tuple[Sequence[Item], int]:
    """Give the first rows, and how many more there are.

    Examples
    --------
    >>> cut_rows(["a", "b", "c"], most=2)
    (['a', 'b'], 1)
    """
    return rows[:most], max(len(rows) - most, 0)


def cited_in(data: TableData) -> tuple[str, ...]:
    """Give the claims that the rows of a table cite, each once: what stands behind a table that is cut."""
    cited = (claim for figure in figures_in(data) for claim in figure.claims)
    return tuple(dict.fromkeys([*cited, *data.ids]))

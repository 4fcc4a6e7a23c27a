"""Whether all cells of a column surely fit it, found in one look at all of them, as nearly all columns of a file do.

What is not sure is checked cell by cell (`rows`): there are the rules, and the cures for what breaks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from briefing.dossier.cells import (
    HIDDEN,
    MOST_CHARACTERS,
    MOST_OF_QUOTATION,
    MOST_OF_WORDING,
    Count,
    Id,
    QuotationCell,
    TextCell,
    WordingCell,
)
from briefing.errors import FIGURE_MARKS, LONGEST_NAME, UNPRINTABLE

#: Ids, and numbers without a point that are surely not too large, one a line.
_IDS = re.compile(rf"(?:[a-z0-9][a-z0-9-]{{0,{LONGEST_NAME - 1}}}\n)*+", re.ASCII)
_COUNTS = re.compile(r"(?:\d{1,15}\n)*+", re.ASCII)


def are_fit(cells: Sequence[str], kind: Any) -> bool:
    """Say whether all cells, none of them empty, surely fit a kind of column; ``False`` says nothing of any.

    Examples
    --------
    >>> are_fit(["a-1", "b"], Id), are_fit(["a-1", "B"], Id)
    (True, False)
    """
    return kind in _LOOKS and _LOOKS[kind](cells)


def _are_lines(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    lines = "\n".join([*cells, ""])
    return lines.count("\n") == len(cells) and pattern.fullmatch(lines) is not None


def _are_texts(most: int, cells: Sequence[str]) -> bool:
    ends = {cell[0] for cell in cells} | {cell[-1] for cell in cells}
    if any(map(str.isspace, ends)) or max(map(len, cells), default=0) > most:
        return False
    together = "".join(cells)
    if together.isascii() and together.isprintable():
        return True
    return not any(odd.search(together) for odd in (FIGURE_MARKS, UNPRINTABLE, HIDDEN))


_LOOKS: Mapping[Any, Callable[[Sequence[str]], bool]] = {
    Id: partial(_are_lines, _IDS),
    Count: partial(_are_lines, _COUNTS),
    TextCell: partial(_are_texts, MOST_CHARACTERS),
    WordingCell: partial(_are_texts, MOST_OF_WORDING),
    QuotationCell: partial(_are_texts, MOST_OF_QUOTATION),
}

"""How a cell sorts: numbers by their bound, dates by their day, whatever words a reader sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.blocks.blocks import TableData
from briefing.blocks.walk import plain

_NUMBER = re.compile(
    r"\s*(?:denies (?:any: )?)?(?:[≥≤><~≈±]|at least|about|up to|nearly)?\s*(-?\d[\d,  ]*(?:\.\d+)?)(?![\d-])"
)


def sort_keys(data: TableData, *, months: Sequence[str]) -> list[list[str | None]]:
    """Give what each cell of a table sorts by; a column sorts by day only where every cell is a date or empty."""
    columns = []
    for n, column in enumerate(data.columns):
        texts = [plain(row[n]) for row in data.rows]
        keys = [sort_key(text, months=months, is_number=column.is_number) for text in texts]
        is_sorted = column.is_number or all(key for key, text in zip(keys, texts, strict=True) if text.strip())
        columns.append(keys if is_sorted else [None] * len(keys))
    return [list(row) for row in zip(*columns, strict=True)]


def sort_key(text: str, *, months: Sequence[str], is_number: bool) -> str | None:
    """Give what a cell sorts by; ``None`` where its own words do.

    Examples
    --------
    >>> months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
    >>> sort_key("≥ 65,089 t", months=months, is_number=True)
    '65089'
    >>> sort_key("9–28 October 2022", months=months, is_number=False)
    '2022-10-09'
    >>> sort_key("9 October to 3 September 2022", months=months, is_number=False)
    '2022-10-09'
    >>> sort_key("denies 10,000–15,000", months=months, is_number=True)
    '10000'
    >>> sort_key("The Ferrymen", months=months, is_number=False) is None
    True
    """
    if is_number:
        found = _NUMBER.match(text)
        return re.sub(r"[^\d.-]", "", found[1]) if found else ""
    return _find_day(text, tuple(months))


def _find_day(text: str, months: tuple[str, ...]) -> str | None:
    """Find the first day that a text of dates names, as it sorts; a span's first day may leave its year to the last."""
    found = _dates(months).match(text)
    if not found:
        return None
    day, name, year = found["day"], found["month"], found["year"]
    later = re.search(r"\b\d{4}\b", text)
    year = year or (later[0] if later else "")
    if not year:
        return None
    month = f"{months.index(name) + 1:02}" if name else "00"
    return f"{year}-{month}-{int(day or 0):02}"


@lru_cache(maxsize=8)
def _dates(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, months))
    before = r"(?:about |since |until )?"
    return re.compile(
        rf"{before}(?:(?P<day>\d{{1,2}})(?:–\d{{1,2}})? )?(?:(?P<month>{names})\b ?)?(?P<year>\d{{4}})?(?=$|[ (,])"
    )

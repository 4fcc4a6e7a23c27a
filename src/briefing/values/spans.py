"""Spans of days: whether one of many holds another, without looking at each."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Many spans, each of a first and a last day.

    Examples
    --------
    >>> march, april = (dt.date(2031, 3, 1), dt.date(2031, 3, 31)), (dt.date(2031, 4, 1), dt.date(2031, 4, 30))
    >>> Spans([march, april]).hold(dt.date(2031, 4, 2), dt.date(2031, 4, 9))
    True
    >>> Spans([march, april]).hold(dt.date(2031, 3, 31), dt.date(2031, 4, 9))
    False
    """

    def __init__(self, spans: Iterable[tuple[dt.date, dt.date]]) -> None:
        ordered = sorted(spans)
        self._firsts = [first for first, _ in ordered]
        #: The latest last day of all spans up to each: of those that begin early enough only that one matters.
        self._lasts = list(accumulate((last for _, last in ordered), max))

    def hold(self, first: dt.date, last: dt.date) -> bool:
        """Whether one of them holds every day from a first to a last one."""
        begun = bisect_right(self._firsts, first)
        return begun > 0 and last <= self._lasts[begun - 1]

"""The axis of days: which days it names, in words that do not depend on the machine's locale or zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt

from briefing.values.dates import PartialDate, shift_day

#: From one named day to the next: days, or months.
_STEPS = (("days", 1), ("days", 2), ("days", 7), ("days", 14), ("months", 1), ("months", 2), ("months", 3),
          ("months", 6), ("months", 12), ("months", 24), ("months", 60), ("months", 120),
          ("months", 600), ("months", 1200), ("months", 6000), ("months", 24000))  # fmt: skip
#: From so many days on an axis names months.
_MONTHS = 60
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a chart spans, with air on both sides."""

    first: dt.date
    last: dt.date

    @property
    def long(self) -> int:
        """How many days lie between."""
        return (self.last - self.first).days

    def along(self, day: dt.date, width: float) -> float:
        """Give where a day stands on an axis of so many pixels."""
        return (day - self.first).days / self.long * width


def span_days(days: Iterable[dt.date], *, air: float = 0.05) -> Days:
    """Span some days, with air on both sides, so that one day alone has an axis too.

    Examples
    --------
    >>> span_days([dt.date(2022, 10, 9)])
    Days(first=datetime.date(2022, 10, 7), last=datetime.date(2022, 10, 11))
    """
    known = sorted(days)
    more = max(round((known[-1] - known[0]).days * air), 2)
    return Days(shift_day(known[0], -more), shift_day(known[-1], more))


def named_days(days: Days, *, at_most: int) -> tuple[list[dt.date], str]:
    """Choose the days that an axis names, and how it prints them.

    Examples
    --------
    >>> named_days(Days(dt.date(2022, 9, 20), dt.date(2022, 12, 19)), at_most=4)
    ([datetime.date(2022, 10, 1), datetime.date(2022, 11, 1), datetime.date(2022, 12, 1)], '%b %Y')
    """
    for kind, step in _STEPS:
        if kind == "days" and days.long > _MONTHS:
            continue
        found = _every_day(days, step) if kind == "days" else _every_month(days, step)
        if 0 < len(found) <= at_most:
            break
    return found, "%-d %b %Y" if kind == "days" else "%b %Y" if step < 12 else "%Y"


def _every_day(days: Days, step: int) -> list[dt.date]:
    return [days.first + n * step * _DAY for n in range(days.long // step + 1)] if days.long / step < 60 else []


def _every_month(days: Days, step: int) -> list[dt.date]:
    months = range(days.first.year * 12 + days.first.month - 1, days.last.year * 12 + days.last.month)
    found = [dt.date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    return [day for day in found if day >= days.first]


def day_axis(days: Days, *, narrow: bool, grid: bool = False) -> Any:
    """Give a maker of channels along an axis of days."""
    ticks, words = named_days(days, at_most=3 if narrow else 6)
    axis = alt.Axis(title=None, values=[stamp(day) for day in ticks], format=words, grid=grid, labelFlush=False)
    scale = alt.Scale(type="utc", domain=[stamp(days.first), stamp(days.last)], nice=False)

    def along(field: str) -> Any:
        return alt.X(field=field, type="temporal", scale=scale, axis=axis)

    return along


def drawn_on(date: PartialDate, *, as_of: dt.date | None) -> dt.date | None:
    """Give the day on which a partial date is drawn: the last that it can mean, and none that had not come yet.

    A month in which `as_of` lies is drawn on that day; what is all to come keeps its own. ``None`` where the date has
    neither a first nor a last day.

    Examples
    --------
    >>> from briefing.values.dates import parse_date
    >>> drawn_on(parse_date("2022-12"), as_of=dt.date(2022, 12, 19))
    datetime.date(2022, 12, 19)
    """
    if date.first and date.last and as_of and date.first <= as_of < date.last:
        return as_of
    return date.last or date.first


def stamp(day: dt.date) -> int:
    """Give a day as Vega counts it: milliseconds since 1970, UTC."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000

"""Partial dates: what a source says of a day, and the first and last day that it can mean.

A subset of ISO 8601-2 (EDTF): ``2022``, ``2022-10``, ``2022-10-11``, a trailing ``~`` (approximate) or ``?``
(uncertain), and intervals ``A/B``, ``A/..``, ``../B``. Nothing is padded in silence: a month stays a month.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from briefing.errors import UsageError, quoted
from briefing.usage import verb

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

RULE = "a date is 2022, 2022-10 or 2022-10-11, with ~ or ? behind it, or two of them with / between"

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?]?)", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)


class DateError(UsageError, ValueError):
    """A text that is no partial date: what is wrong, the rule, the cure."""

    def __init__(self, what: str, cure: str, rule: str = RULE) -> None:
        self.what, self.rule, self.cure = what, rule, cure
        super().__init__(f"{what}; {rule}. {cure}.")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, month, year or interval as a source states it."""

    text: str  #: as written in the dossier
    first: dt.date | None  #: the first day that it can mean; ``None`` where an interval is open on this side
    last: dt.date | None
    mark: str = ""  #: ``~`` approximate, ``?`` uncertain, or empty

    def __str__(self) -> str:
        return _words(self)

    @property
    def is_day(self) -> bool:
        """Whether it means one day and no other."""
        return self.first is not None and self.first == self.last

    def overlaps(self, other: PartialDate) -> bool:
        """Whether some day may belong to both."""
        starts_late = self.first is not None and other.last is not None and self.first > other.last
        ends_early = self.last is not None and other.first is not None and self.last < other.first
        return not (starts_late or ends_early)

    def is_inside(self, other: PartialDate) -> bool:
        """Whether every day of it is surely one of the other's; a side that is open is inside nothing."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return other.first <= self.first and self.last <= other.last

    @property
    def length(self) -> float:
        """How many days lie between its first and its last; without end where a side is open."""
        return math.inf if self.first is None or self.last is None else (self.last - self.first).days

    @property
    def order(self) -> tuple[bool, dt.date]:
        """Where it stands in order of time: by its last day, and behind all others where it has none."""
        return self.last is None, self.last or dt.date.max


class Dated(Protocol):
    """Whatever speaks of a day or period: a claim, a quotation, an event."""

    @property
    def when(self) -> PartialDate:
        """The day or period."""
        ...


_Dated = TypeVar("_Dated", bound=Dated)


def keep_during(dated: Iterable[_Dated], during: str | None) -> list[_Dated]:
    """Keep what may have been in some time, a partial date or interval; all of it where no time is asked for.

    Raises `DateError` where that is no date.
    """
    if during is None:
        return list(dated)
    window = parse_date(during)
    return [each for each in dated if each.when.overlaps(window)]


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> PartialDate:
    """Read a partial date.

    Raises `DateError` where the text is no such date, or an interval runs backwards.

    Examples
    --------
    >>> parse_date("2022-02-24/..").last is None
    True
    >>> parse_date("2022-02-30")
    Traceback (most recent call last):
    briefing.values.dates.DateError: 2022-02-30 is not in the calendar; February 2022 has 28 days. ...
    """
    if "/" in text and not _SLASHED.fullmatch(text):
        return _parse_interval(text)
    return _parse_single(text)


def _parse_interval(text: str) -> PartialDate:
    left, _, right = text.partition("/")
    if not left or not right or "/" in right:
        cure = "Give a date on each side, or .. on the side that is open"
        raise DateError(f"{quoted(text)} is no interval", cure)
    start = None if left == ".." else _parse_single(left)
    end = None if right == ".." else _parse_single(right)
    if start is None and end is None:
        raise DateError(f"{quoted(text)} is open on both sides", "Give one side or leave the cell empty")
    first = start.first if start else None
    last = end.last if end else None
    if first and last and first > last:
        raise DateError(
            f"{quoted(text)} runs backwards", "Put the earlier date first", "an interval runs from early to late"
        )
    mark = "".join(sorted({side.mark for side in (start, end) if side and side.mark}))[:1]
    return PartialDate(text, first, last, mark)


def _parse_single(text: str) -> PartialDate:
    match = _DAY.fullmatch(text)
    if match is None:
        raise DateError(f"{quoted(text)} is not a date", _cure(text))
    year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
    if not year:
        raise DateError(f"{quoted(text)} is not in the calendar", "Give a year from 0001")
    if month is None:
        return PartialDate(text, dt.date(year, 1, 1), dt.date(year, 12, 31), match["mark"])
    if not 1 <= month <= 12:
        raise DateError(f"{text} is not in the calendar", "Give a month from 01 to 12", "a year has 12 months")
    days = monthrange(year, month)[1]
    if day is None:
        return PartialDate(text, dt.date(year, month, 1), dt.date(year, month, days), match["mark"])
    if not 1 <= day <= days:
        rule = f"{MONTHS[month - 1]} {year} has {days} days"
        raise DateError(f"{text} is not in the calendar", "Give a day that exists or leave the day out", rule)
    on = dt.date(year, month, day)
    return PartialDate(text, on, on, match["mark"])


def _cure(text: str) -> str:
    """Say how the text that a spreadsheet or a person wrote becomes a date."""
    if _SERIAL.fullmatch(text):
        on = dt.date(1899, 12, 30) + dt.timedelta(days=int(float(text)))
        return f"It looks like a spreadsheet's day number; if it is, write {on.isoformat()}"
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        return f"Write year-month-day, for instance {_from_slashed(*map(int, slashed.groups()))}"
    return "Write it as year-month-day, as far as the source states it"


def _from_slashed(first: int, second: int, year: int) -> str:
    """Read 12/19/2022 and 19/12/2022; where both readings exist, offer both rather than guess."""
    readings = [(month, day) for month, day in ((first, second), (second, first)) if _exists(year, month, day)]
    texts = dict.fromkeys(f"{year:04}-{month:02}-{day:02}" for month, day in readings)
    return " or ".join(texts) or "2022-12-19"


def _exists(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _words(date: PartialDate) -> str:
    words = _interval_words(date) if "/" in date.text else _single_words(date.text.rstrip("~?"))
    if date.mark == "~" and ".." in date.text:
        opening, _, day = words.partition(" ")
        return f"{opening} about {day}"
    return {"~": f"about {words}", "?": f"{words} (uncertain)"}.get(date.mark, words)


def _interval_words(date: PartialDate) -> str:
    left, right = (side.rstrip("~?") for side in date.text.split("/"))
    if left == "..":
        return f"until {_single_words(right)}"
    if right == "..":
        return f"since {_single_words(left)}"
    if left == right:
        return _single_words(left)
    if len(left) == 7 and len(right) == 10 and left[:4] == right[:4]:
        return f"{_single_words(left).removesuffix(left[:4]).strip()} to {_single_words(right)}"
    if len(left) == len(right) and left[:4] == right[:4] and len(left) > 4:
        if len(left) == 10 and left[:7] == right[:7]:
            return f"{int(left[8:])}–{_single_words(right)}"
        return f"{_single_words(left).removesuffix(left[:4]).strip()} to {_single_words(right)}"
    return f"{_single_words(left)} to {_single_words(right)}"


def _single_words(text: str) -> str:
    year, month, day = [*text.split("-"), "", ""][:3]
    parts = [str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year]
    return " ".join(part for part in parts if part)


def day_of(text: str) -> dt.date:
    """Read a date that means one day and no other; of any other, give the last day that it can mean.

    Examples
    --------
    >>> day_of("2022-10-09")
    datetime.date(2022, 10, 9)
    """
    date = parse_date(text)
    return date.last or date.first or dt.date.max


def say_date(text: str) -> str:
    """Say a date of a dossier in words; an empty one is said too, and a text that is no date stays as it is.

    Examples
    --------
    >>> say_date("2022-10"), say_date(""), say_date("last autumn")
    ('October 2022', 'day unknown', 'last autumn')
    """
    try:
        return str(parse_date(text)) if text else "day unknown"
    except DateError:
        return text


def day_words(on: dt.date) -> str:
    """Say a day in words, never in the machine's locale."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year:04d}"


def shift_day(day: dt.date, days: int) -> dt.date:
    """Give the day so many days later, or before where they are below zero; the calendar's first or last at its ends.

    Examples
    --------
    >>> shift_day(dt.date(2022, 12, 19), -30), shift_day(dt.date.max, 30)
    (datetime.date(2022, 11, 19), datetime.date(9999, 12, 31))
    """
    number = day.toordinal() + days
    return dt.date.fromordinal(min(max(number, dt.date.min.toordinal()), dt.date.max.toordinal()))


@verb
def days_before(day: str | dt.date, days: int) -> str:
    """Give the interval that ends on a day and is so many days long, as the verbs' ``during`` takes it.

    Examples
    --------
    >>> import briefing as b
    >>> b.days_before("2022-12-19", 30)
    '2022-11-20/2022-12-19'
    """
    last = day if isinstance(day, dt.date) else parse_date(day).last
    if last is None:
        raise DateError(f"{quoted(str(day))} has no last day", "Give a day")
    return f"{shift_day(last, 1 - max(days, 1))}/{last}"

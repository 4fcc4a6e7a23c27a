"""What a spreadsheet or its typist wrote otherwise than a table does, and what surely was meant: told, one by one.

What may mean two things is mended by nobody: it is refused, by its cell.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from briefing.dossier.cells import Count, Day, Latitude, Longitude, Truth, When
from briefing.errors import Problem, quoted
from briefing.intake.sheets.opened import BookCell
from briefing.intake.sheets.shown import read_shown
from briefing.values.dates import MONTHS

#: Spaces of all widths, and what has none: nobody typed them on purpose at the ends of a cell.
_SPACES = " \t\r\n\v\f\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff"
_ENDS = re.compile(f"^[{_SPACES}]+|[{_SPACES}]+$")

_GROUPED = re.compile(r"-?\d{1,3}([, \u00a0\u2009\u202f'\u2019]\d{3})+(\.\d+)?", re.ASCII)
_POINTED = re.compile(r"(-?\d+)\.0+", re.ASCII)

_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?Z?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_DAY_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
_MONTH_WORDED = re.compile(r"([A-Za-z]{3,9})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mend:
    """A cell that means something, written otherwise."""

    place: str  #: Such as ``transfers!F12``.
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.place}: {quoted(self.before)} -> {self.after or '(empty)'}"

    def to_dict(self) -> dict[str, str]:
        """Give it as plain values, for JSON."""
        return {"cell": self.place, "before": self.before, "after": self.after}


def strip_ends(text: str) -> str:
    """Take away the spaces at the ends of a text, of all widths and of none.

    Examples
    --------
    >>> strip_ends("\u00a0eight lorries \u200b")
    'eight lorries'
    """
    return _ENDS.sub("", text)


def mend_text(text: str, kind: Any) -> str:
    """Write a text as a table does where it surely means that; or else give it as it is.

    Examples
    --------
    >>> mend_text(" 11,000", Count), mend_text("TRUE", Truth), mend_text("11/20/2031", Day), mend_text("3/4/2031", Day)
    ('11000', 'true', '2031-11-20', '3/4/2031')
    """
    text = strip_ends(text)
    if kind in (Count, Latitude, Longitude):
        return _mend_number(text, groups=kind == Count)
    if kind == Truth:
        return text.lower() if text.lower() in ("true", "false") else text
    if kind in (Day, When):
        return _mend_date(text)
    if get_origin(kind) is Literal:
        return _mend_choice(text, get_args(kind))
    return text


def read_cell(cell: BookCell, kind: Any) -> str:
    """Give the text of a cell; a date whose format shows its month alone is that month."""
    text = read_shown(cell.shown)
    if isinstance(cell.shown, dt.date) and kind in (Day, When):
        return text[: {"day": 10, "month": 7, "year": 4}[cell.part]]
    return text


def refuse_cell(cell: BookCell, kind: Any) -> tuple[str, str, str] | None:
    """Say what is wrong with a cell as a workbook's, with the rule and the cure; ``None`` where it is good."""
    if cell.flaw == "error":
        rule = "an error is no value"
        return f"holds the error {cell.shown}", rule, "Mend the formula, or type the value"
    if cell.flaw == "formula":
        rule = "a formula's value is read, and a spreadsheet computes it"
        cure = "Open the workbook in a spreadsheet and save it, or type the value"
        return f"is a formula without a value ({str(cell.shown)[:60]})", rule, cure
    if isinstance(cell.shown, dt.time | dt.timedelta):
        return (
            f"is the time {cell.shown}",
            "a table holds no time of day",
            "Format the column as text, and type it anew",
        )
    if isinstance(cell.shown, dt.date) and kind in (Count, Latitude, Longitude):
        rule = "the column holds a number"
        return f"is the day {read_shown(cell.shown)}", rule, "Format the cell as a number, and type it anew"
    return None


def refuse_at(place: str, column: str, value: str, wrong: tuple[str, str, str]) -> Problem:
    """Give a problem of a cell of a workbook."""
    what, rule, cure = wrong
    return Problem(place, None, column, value[:200], f"{column} {what}", rule, cure)


def _mend_number(text: str, *, groups: bool) -> str:
    if groups and _GROUPED.fullmatch(text):
        text = re.sub("[^0-9.-]", "", text)
    pointed = _POINTED.fullmatch(text)
    # three digits behind a point may be thousands
    return pointed[1] if pointed and len(text) - len(pointed[1]) != 4 else text


def _mend_choice(text: str, choices: tuple[str, ...]) -> str:
    found = [choice for choice in choices if _plain_choice(choice) == _plain_choice(text)]
    return found[0] if len(found) == 1 else text


def _plain_choice(text: str) -> str:
    return re.sub("[ _-]+", "_", text.casefold())


def _mend_date(text: str) -> str:
    if timed := _TIMED.fullmatch(text):
        return timed[1]
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(*map(int, found.groups())) or text
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, found.groups())
        readings = {day for day in (_date(year, first, second), _date(year, second, first)) if day}
        return readings.pop() if len(readings) == 1 else text
    if found := _DAY_WORDED.fullmatch(text):
        return _date(int(found[3]), _month(found[2]), int(found[1])) or text
    if found := _MONTH_WORDED.fullmatch(text):
        month, year = _month(found[1]), int(found[3])
        return (_date(year, month, int(found[2])) if found[2] else month and f"{year:04}-{month:02}") or text
    return text


def _date(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(word: str) -> int:
    """Give the number of a month by its name, or its first three letters; 0 where it is none."""
    names = [name.lower() for name in MONTHS]
    word = word.lower()
    return next((n for n, name in enumerate(names, 1) if word in (name, name[:3]) or (word == "sept" and n == 9)), 0)

"""One given value: from the text of a command line or the value of a catalog to the literal that a notebook gets."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.dossier.files import LATEST, latest_day
from briefing.errors import UNPRINTABLE, did_you_mean, quoted
from briefing.values.clock import today
from briefing.values.dates import DateError, parse_date

#: What a notebook can be given.
Literal = str | int | float | bool | None

#: Words for a day: the last day on which the dossier learned something, and days of the calendar (UTC).
DAY_WORDS = (LATEST, "yesterday", "today")

#: What 64 bits hold, as in TOML; Python cannot even write a number of 5,000 digits.
MOST = 2**63

_INT = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_DIGITS = re.compile(r"[+-]?\d+", re.ASCII)
_FLOAT = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


class GivenError(ValueError):
    """A value that a parameter cannot have: what is wrong, the rule, the cure."""

    def __init__(self, what: str, rule: str, cure: str) -> None:
        super().__init__(f"{what}; {rule}. {cure}")


def read_value(value: object, *, kind: str, choices: Sequence[Literal] = (), data: Path | None = None) -> Literal:
    """Read a value as its parameter's type wants it.

    Raises `GivenError` where the parameter cannot have this value.
    """
    if kind == "date":
        return _read_day(value, data=data)
    if kind in _READERS:
        return _READERS[kind](value)
    return _read_choice(value, choices)


def _read_choice(value: object, choices: Sequence[Literal]) -> Literal:
    """Read one of several values: itself, or its text as a command line has it (``2``, ``true``, ``none``)."""
    if any(value == choice and type(value) is type(choice) for choice in choices):
        return value  # type: ignore[return-value]  # it is one of them
    text = _read_text(value) if not isinstance(value, (int, float, type(None))) else show_value(value)
    known = {str(choice): choice for choice in choices}
    plain = {name.lower(): choice for name, choice in known.items() if choice is None or isinstance(choice, bool)}
    if text not in known and text.lower() not in plain:
        rule = "it is one of " + (", ".join(known) if len(known) <= 12 else f"{len(known)} in the dossier")
        raise GivenError(f"{quoted(text)} is no choice", rule, did_you_mean(text, list(known)))
    return known[text] if text in known else plain[text.lower()]


def _read_text(value: object) -> str:
    if isinstance(value, str):
        # a page shows it, and some of these characters stand for figures where a notebook writes a sentence
        if found := next((char for char in UNPRINTABLE.findall(value) if char not in "\n\t"), ""):
            what = f"it holds the character U+{ord(found):04X}"
            raise GivenError(what, "a text is printable", "Delete the character.")
        return value
    shown = show_value(value)
    raise GivenError(f"{shown} is not a text", "a text stands in quotation marks", f'Write "{shown}".')


def show_value(value: object, *, write: Callable[[object], str] = str) -> str:
    """Write a value as text; a number of thousands of digits cannot be."""
    try:
        return write(value)
    except ValueError:
        return "a number of thousands of digits"


def _read_int(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST:
        return value
    if isinstance(value, str) and _INT.fullmatch(value) and abs(int(value)) <= MOST:
        return int(value)
    if type(value) is int or (isinstance(value, str) and _DIGITS.fullmatch(value)):
        raise GivenError(
            f"{quoted(show_value(value))} is too large", "a whole number fits into 64 bits", "Give it as a text."
        )
    raise GivenError(f"{quoted(show_value(value))} is not a whole number", "it is digits alone", "Write it as 30.")


def _read_float(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return float(value)
    if isinstance(value, str) and _FLOAT.fullmatch(value) and abs(float(value)) < float("inf"):
        return float(value)
    raise GivenError(
        f"{quoted(show_value(value))} is not a number", "it is digits, with a point for decimals", "Write it as 2.5."
    )


def _read_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise GivenError(
        f"{quoted(show_value(value))} is neither true nor false", "it is one of these two words", "Write true or false."
    )


def _read_period(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else _read_text(value)
    try:
        return parse_date(text).text
    except DateError as error:
        raise GivenError(error.what, error.rule, f"{error.cure}.") from None


def _read_day(value: object, *, data: Path | None) -> str:
    if isinstance(value, str) and value in DAY_WORDS:
        return _day_of(value, data=data).isoformat()
    text = _read_period(value)
    date = parse_date(text)
    if not date.is_day or date.mark or date.first is None:
        near = f"Write {date.last} for its end." if date.last else "Write year-month-day."
        raise GivenError(f'"{text}" is not one day', "this parameter is a day of the calendar", near)
    return date.first.isoformat()


def _day_of(word: str, *, data: Path | None) -> dt.date:
    if word == LATEST:
        if data is None:
            raise GivenError('"latest" needs a dossier', "it is the last day that one knows of", "Name the folder.")
        return latest_day(data)
    return today() - dt.timedelta(days=word == "yesterday")


_READERS: dict[str, Callable[[object], Literal]] = {
    "int": _read_int,
    "float": _read_float,
    "bool": _read_bool,
    "str": _read_text,
    "period": _read_period,
}

#: The types that are not choices.
PLAIN_KINDS = ("date", *_READERS)

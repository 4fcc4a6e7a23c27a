"""What a cell of a workbook holds for the text of a table's cell, and the text again for what it holds.

A number or day is one in the workbook where that loses nothing; all else is text, so that no program turns ``2022-10``
into a day, ``007`` into 7 or ``=cmd`` into a formula.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from briefing.dossier.cells import Count, Day, Latitude, Longitude

#: The most characters that a cell of a workbook holds.
MOST_SHOWN = 32_767

#: What a cell of a workbook may hold.
Shown = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

#: From here on all programs count days alike: some know a 29 February 1900.
_FIRST_DAY = dt.date(1900, 3, 1)

#: Of these digits a workbook's numbers keep each.
_DIGITS = 15

_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
#: What XML cannot hold, or changes, and what would be read as standing for it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")


def show_text(text: str, kind: Any) -> Shown:
    """Give what a workbook's cell holds for a table's cell, in a column of some kind.

    Examples
    --------
    >>> show_text("12000", Count), show_text("007", Count), show_text("2031-10-09", Day)
    (12000, '007', datetime.date(2031, 10, 9))
    """
    if kind in (Count, Latitude, Longitude) and _PLAIN.fullmatch(text):
        number = float(text) if "." in text else int(text)
        if len(text.strip("-").replace(".", "")) <= _DIGITS and write_number(number) == text:
            return number
    if kind == Day and (day := _day(text)):
        return day
    return _cut(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def read_shown(shown: Shown) -> str:
    """Give the text of what a workbook's cell holds.

    Examples
    --------
    >>> read_shown(12000.0), read_shown(True), read_shown(dt.datetime(2031, 10, 9)), read_shown(None)
    ('12000', 'true', '2031-10-09', '')
    """
    if isinstance(shown, bool):
        return str(shown).lower()
    if isinstance(shown, int | float):
        return write_number(shown)
    if isinstance(shown, dt.datetime):
        return shown.date().isoformat() if shown.time() == dt.time() else shown.isoformat(" ", "seconds")
    return "" if shown is None else _WRITTEN.sub(lambda found: chr(int(found[1], 16)), str(shown))


def is_as_shown(shown: Shown, text: str, kind: Any) -> bool:
    """Say whether a workbook's cell holds what was put there for a text: then nobody edited it."""
    read = read_shown(shown)
    return text in (read, shown) or _in_lines(read) == _in_lines(read_shown(show_text(text, kind)))


def write_number(number: float) -> str:
    """Write a number in digits, with as many as a workbook keeps.

    Examples
    --------
    >>> write_number(0.1 + 0.2), write_number(1e-7), write_number(-0.0)
    ('0.3', '0.0000001', '0')
    """
    if isinstance(number, int):
        return str(number)
    digits = f"{Decimal(f'{number:.{_DIGITS}g}'):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day >= _FIRST_DAY else None


def is_cut(text: str) -> bool:
    """Say whether a text is longer than what a cell of a workbook holds."""
    return _cut(text) != text


def _cut(text: str) -> str:
    """Cut a text to what a cell holds; programs count characters beyond the first 65,536 twice."""
    if len(text) * 2 <= MOST_SHOWN:
        return text
    return text.encode("utf-16-le")[: 2 * MOST_SHOWN].decode("utf-16-le", "ignore")


def _in_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

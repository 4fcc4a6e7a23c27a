"""The marks around a figure's words inside plain text: no reader sees them, and `say` finds the figure again.

They are variation selectors that no script uses. Printed, a text with marks reads as its words do.
"""

from __future__ import annotations

import re

from briefing.errors import FIGURE_MARKS

_DIGITS, _OPEN, _CLOSE = 0xE01E0, "\U000e01ee", "\U000e01ef"
_WRITTEN = {ord(str(digit)): _DIGITS + digit for digit in range(10)}
_READ = {mark: chr(digit) for digit, mark in _WRITTEN.items()}

#: A marked figure: the marks of its number, and its words.
MARKED = re.compile(f"{_OPEN}([\U000e01e0-\U000e01e9]+)([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def mark_words(number: int, words: str) -> str:
    """Put marks around the words of a figure that has a number."""
    return f"{_OPEN}{str(number).translate(_WRITTEN)}{words}{_CLOSE}"


def number_of(mark: re.Match[str]) -> int:
    """Give the number of a marked figure (`MARKED`)."""
    return int(mark[1].translate(_READ))


def unmark(text: str) -> str:
    """Give a text without marks: a title or caption has words alone.

    Examples
    --------
    >>> unmark(f"They sent {mark_words(7, '98 tanks')}.")
    'They sent 98 tanks.'
    """
    return FIGURE_MARKS.sub("", text)

"""What one cell may hold: the types of the columns, each with its rule and its cure.

The types are pydantic's, so that a row model reads as a list of columns. A cell that breaks its rule raises
`CellError`; nothing is trimmed, guessed or repaired.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from briefing.dates import DateError, parse_date

#: More than any honest note needs; a longer cell is a pasted page or a missing quotation mark.
MOST_CHARACTERS = 2_000

_ID = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}([,  '’ ]\d{3})+(\.\d+)?", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"'`\\]+", re.ASCII)
# Control characters, and the private-use characters with which `prose` marks figures inside a sentence.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ud800-\udfff\ufffe\uffff]")


class CellError(ValueError):
    """A cell breaks its column's rule: what is wrong, the rule, the cure."""

    def __init__(self, what: str, rule: str, cure: str) -> None:
        self.what, self.rule, self.cure = what, rule, cure
        super().__init__(f"{what}; {rule}. {cure}.")


def quoted(text: str) -> str:
    """Quote a cell inside a message, shortened so that the message stays a line.

    Examples
    --------
    >>> quoted("x" * 60)
    '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."'
    """
    shown = text if len(text) <= 40 else text[:40] + "..."
    return '"' + _UNPRINTABLE.sub("�", shown) + '"'


def _text(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > most:
            cure = "Shorten it, or look for a missing quotation mark"
            raise CellError(f"the cell has {len(text):,} characters", f"it may have at most {most:,}", cure)
        if text != text.strip():
            raise CellError(f"{quoted(text)} has a space at an end", "cells are kept as they are", "Delete the space")
        if not text.isprintable() and _UNPRINTABLE.search(text):
            found = _UNPRINTABLE.search(text)
            assert found is not None
            what = f"the cell holds the character U+{ord(found[0]):04X}"
            raise CellError(what, "a cell is one line of printable text", "Delete the character")
        return text

    return check


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
        cure = f"Write {slug}" if slug else "Give it an id"
        raise CellError(f"{quoted(text)} is no id", "an id is lower-case letters, digits and hyphens", cure)
    return text


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    rule = "a number is digits, with a point for decimals"
    if _GROUPED.fullmatch(text):
        raise CellError(f"{quoted(text)} is no number", rule, f"Write {re.sub('[^0-9.-]', '', text)}")
    cure = "Put the number alone here and the hedge into `qualifier`" if re.search(r"\d", text) else "Leave it empty"
    raise CellError(f"{quoted(text)} is no number", rule, cure)


def _count(text: str) -> float:
    number = _number(text)
    if number < 0:
        raise CellError(f"{text} is below zero", "things are counted from 0", "Leave the cell empty where unknown")
    return number


def _when(text: str) -> str:
    try:
        parse_date(text)
    except DateError as error:
        raise CellError(error.what, error.rule, error.cure) from None
    return text


def _day(text: str) -> str:
    _when(text)
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        cure = "Write year-month-day"
        raise CellError(f"{quoted(text)} is not one day", "this column holds a whole day", cure) from None
    return text


def _url(text: str) -> str:
    if not _URL.fullmatch(text):
        cure = "Give the page's address, spaces written as %20"
        raise CellError(f"{quoted(text)} is no web address", "an address begins with http:// or https://", cure)
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text, re.ASCII):
        cure = "Write the two capital letters of ISO 3166-1, or EU"
        raise CellError(f"{quoted(text)} is no country code", "a country is two capital letters", cure)
    return text


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        lower = text.lower()
        cure = f"Write {lower}" if lower in {"true", "false"} else "Write true or false"
        raise CellError(f"{quoted(text)} is neither true nor false", "the column holds true or false", cure)
    return text == "true"


Id = Annotated[str, AfterValidator(_id)]
Text = Annotated[str, AfterValidator(_text(MOST_CHARACTERS))]
Wording = Annotated[str, AfterValidator(_text(200))]
Quotation = Annotated[str, AfterValidator(_text(300))]
Url = Annotated[str, AfterValidator(_text(MOST_CHARACTERS)), AfterValidator(_url)]
Country = Annotated[str, AfterValidator(_country)]
When = Annotated[str, AfterValidator(_when)]
Day = Annotated[str, AfterValidator(_day)]
Number = Annotated[float, BeforeValidator(_number)]
Count = Annotated[float, BeforeValidator(_count)]
Truth = Annotated[bool, BeforeValidator(_truth)]

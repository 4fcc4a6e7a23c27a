"""What one cell may hold: the types of the columns, each with its rule and its cure.

The types are pydantic's, so that a row model reads as a list of columns. A cell that breaks its rule raises
`CellError`; nothing is trimmed, guessed or repaired.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pandas as pd
from pydantic import AfterValidator, BeforeValidator

from briefing.errors import FIGURE_MARKS, LONGEST_NAME, UNPRINTABLE, quoted
from briefing.values.addresses import address_problem
from briefing.values.dates import DateError, parse_date
from briefing.values.languages import is_tag, tag_for
from briefing.values.words import drop_accents

#: More than any honest note needs; a longer cell is a pasted page or a missing quotation mark.
MOST_CHARACTERS = 2_000

#: What is copied from a document is quoted, not the document.
MOST_OF_WORDING, MOST_OF_QUOTATION = 200, 300

#: Up to here a float keeps every whole number; nothing that a dossier counts is near it.
MOST = 1_000_000_000_000_000.0

_ID = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}([, \u00a0\u2009\u202f'\u2019]\d{3})+(\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_POWER = re.compile(r"(-?\d+(?:[.,]\d+)?)[eE]\+?(-?\d{1,2})", re.ASCII)
_WORDED = re.compile(r"(-?\d+(?:[.,]\d{1,2})?) ?(k|thousand|m|mn|mln|million|bn|billion)", re.ASCII | re.IGNORECASE)
_POWERS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "bn": 9, "billion": 9}
_DIGEST = re.compile(r"[0-9a-f]{16}", re.ASCII)
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
_DOTTED = re.compile(r"-?\d{1,3}(\.\d{3}){2,}(,\d+)?", re.ASCII)
_SIDED = re.compile(r"(\d{1,3}(?:\.\d+)?) ?\u00b0? ?([NSEW])", re.ASCII | re.IGNORECASE)
#: What joins or turns letters of other alphabets, and pictures; between letters that never join it is only hidden.
HIDDEN = re.compile(
    r"(?<=[A-Za-z\u00c0-\u024f\u0370-\u052f])[\u200c-\u200f\ufe00-\ufe0f](?=[A-Za-z\u00c0-\u024f\u0370-\u052f])"
)
_URL = re.compile(r"https?://[^\s<>\"'`\\]+", re.ASCII)


class CellError(ValueError):
    """A cell breaks its column's rule: what is wrong, the rule, the cure, and the id of the rule."""

    def __init__(self, what: str, rule: str, cure: str, *, id: str = "D01") -> None:
        self.what, self.rule, self.cure, self.id = what, rule, cure, id
        super().__init__(f"{what}; {rule}. {cure}.")


def _text(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > most:
            cure = "Shorten it, or look for a missing quotation mark"
            raise CellError(f"the cell has {len(text):,} characters", f"it may have at most {most:,}", cure)
        if text != text.strip():
            raise CellError(f"{quoted(text)} has a space at an end", "cells are kept as they are", "Delete the space")
        is_odd = not text.isascii() or not text.isprintable()
        if is_odd and (found := FIGURE_MARKS.search(text) or UNPRINTABLE.search(text) or HIDDEN.search(text)):
            what = f"the cell holds the character U+{ord(found[0]):04X}"
            raise CellError(what, "a cell is one line of printable text", "Delete the character")
        return text

    return check


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        if "://" in text:
            what, rule = f"{quoted(text)} is a web address and no id", "an id is lower-case letters, digits and hyphens"
            raise CellError(what, rule, "Give it an id")
        raise CellError(f"{quoted(text)} is no id", "an id is lower-case letters, digits and hyphens", _id_cure(text))
    if len(text) > LONGEST_NAME:
        what = f"the id has {len(text):,} characters"
        raise CellError(what, f"it may have at most {LONGEST_NAME}", "Give it a shorter id")
    return text


def _id_cure(text: str) -> str:
    """Propose the id that was meant; a letter that only looks like a plain one is named, since nobody sees it."""
    plain = drop_accents(UNPRINTABLE.sub("", HIDDEN.sub("", text[: 4 * LONGEST_NAME]))).lower()
    alike = next((char for char in plain if char.isalnum() and not char.isascii()), "")
    if alike and re.search("[a-z]", plain):
        return f"Write a plain letter for U+{ord(alike):04X}, {unicodedata.name(alike, 'a letter').lower()}"
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    return f"Write {slug}" if slug else "Give it an id"


def _list(text: str) -> str:
    parts = text.split("|")
    if any(part != part.strip() or not part for part in parts):
        mended = "|".join(part.strip() for part in parts if part.strip())
        can_be_told = 0 < len(mended) <= LONGEST_NAME and mended.isprintable()
        cure = f"Write {mended}" if can_be_told else "Keep what stands between the lines alone"
        raise CellError(f"{quoted(text)} has an empty part or a space", "a list is its parts with | between", cure)
    return text


def _number(text: str) -> float:
    rule = "a number is digits, with a point for decimals"
    if not _NUMBER.fullmatch(text):
        raise CellError(f"{quoted(text)} is no number", rule, _number_cure(text))
    number = float(text)
    if abs(number) > MOST:
        cure = "Look for two cells run together"
        raise CellError(f"{quoted(text)} is too large", f"a number is at most {MOST:,.0f}", cure)
    return number


def _number_cure(text: str) -> str:
    if _DOTTED.fullmatch(text):
        return f"Write {text.replace('.', '').replace(',', '.')}"
    if _GROUPED.fullmatch(text):
        return f"Write {re.sub('[^0-9.-]', '', text)}"
    if _COMMA.fullmatch(text):
        return f"Write {text.replace(',', '.')}"
    power = _POWER.fullmatch(text) or _WORDED.fullmatch(text)
    if power:
        number, unit = Decimal(power[1].replace(",", ".")), power[2].lower()
        written = f"{number.scaleb(_POWERS[unit] if unit in _POWERS else int(unit)):f}"
        return f"Write {written.rstrip('0').rstrip('.') if '.' in written else written}"
    return "Put the number alone here and the hedge into `qualifier`" if re.search(r"\d", text) else "Leave it empty"


def _count(text: str) -> float:
    number = _number(text)
    if text.startswith("-"):
        raise CellError(f"{text} is below zero", "things are counted from 0", "Leave the cell empty where unknown")
    if _THOUSANDS.fullmatch(text):
        whole, rule = text.replace(".", ""), "three digits behind a point may be thousands"
        raise CellError(f"{text} may be {int(whole):,}", rule, f"Write {whole}, or {text}0 where it is a fraction")
    return number


def _degrees(most: int) -> Callable[[str], float]:
    def check(text: str) -> float:
        if not _NUMBER.fullmatch(text):
            sided = _SIDED.fullmatch(text)
            written = f"Write {'-' if sided[2] in 'SWsw' else ''}{sided[1]}" if sided else ""
            cure = written or (f"Write {text.replace(',', '.')}" if _COMMA.fullmatch(text) else "")
            cure = cure or "Write 53.9; south and west are below zero, and what is not known is empty"
            raise CellError(f"{quoted(text)} is no number of degrees", "degrees are digits, with a point", cure)
        number = _number(text)
        if abs(number) > most:
            cure = "Look for a lost point, or latitude and longitude swapped"
            raise CellError(f"{quoted(text)} is not on the globe", f"it runs from -{most} to {most} degrees", cure)
        return number

    return check


def _when(text: str) -> str:
    try:
        parse_date(text)
    except DateError as error:
        raise CellError(error.what, error.rule, error.cure, id="T08") from None
    return text


def _day(text: str) -> str:
    _when(text)
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        cure = "Write year-month-day"
        raise CellError(f"{quoted(text)} is not one day", "this column holds a whole day", cure, id="T08") from None
    return text


def _url(text: str) -> str:
    if not _URL.fullmatch(text):
        cure = "Give the page's address whole, spaces written as %20"
        raise CellError(f"{quoted(text)} is no web address", "an address begins with http:// or https://", cure)
    if wrong := address_problem(text):
        rule = "an address leads where it seems to, and everybody can follow it"
        raise CellError(f"{quoted(text)} {wrong}", rule, "Give the page's address as a browser shows it")
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text, re.ASCII):
        cure = "Write the two capital letters of ISO 3166-1, or EU"
        raise CellError(f"{quoted(text)} is no country code", "a country is two capital letters", cure)
    return text


def _language(text: str) -> str:
    if not is_tag(text):
        cure = (
            f"Write {near}" if (near := tag_for(text[:LONGEST_NAME])) else "Write its code, such as en, uk or zh-Hant"
        )
        raise CellError(f"{quoted(text)} is no language tag", "a language is a tag of BCP 47", cure)
    return text


def _wikidata(text: str) -> str:
    if not _WIKIDATA.fullmatch(text):
        inside = re.search(r"\b[Qq]([1-9]\d{0,11})/?$", text, re.ASCII)
        cure = f"Write Q{inside[1]}" if inside else "Write the id that stands behind the name there, such as Q42"
        raise CellError(f"{quoted(text)} is no id of Wikidata", "an id of Wikidata is Q and a number", cure)
    return text


def _digest(text: str) -> str:
    if not _DIGEST.fullmatch(text):
        cure = "Let briefing review write it"
        raise CellError(f"{quoted(text)} is no digest", "a digest is 16 digits and letters from a to f", cure)
    return text


def _relayed(text: str) -> str:
    actor, at, day = text.partition("@")
    if not (at and actor and day):
        cure = "Write the actor's id, @ and the day, month or year: ministry@2031-11"
        raise CellError(f"{quoted(text)} names no original", "an original is an actor, @ and a partial date", cure)
    _id(actor)
    _when(day)
    return text


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        lower = text.lower()
        cure = f"Write {lower}" if lower in {"true", "false"} else "Write true or false"
        raise CellError(f"{quoted(text)} is neither true nor false", "the column holds true or false", cure)
    return text == "true"


Id = Annotated[str, AfterValidator(_id)]
TextCell = Annotated[str, AfterValidator(_text(MOST_CHARACTERS))]
Listed = Annotated[str, AfterValidator(_text(MOST_CHARACTERS)), AfterValidator(_list)]
WordingCell = Annotated[str, AfterValidator(_text(MOST_OF_WORDING))]
QuotationCell = Annotated[str, AfterValidator(_text(MOST_OF_QUOTATION))]
Url = Annotated[str, AfterValidator(_text(MOST_CHARACTERS)), AfterValidator(_url)]
Language = Annotated[str, AfterValidator(_text(LONGEST_NAME)), AfterValidator(_language)]
WikidataId = Annotated[str, AfterValidator(_wikidata)]
Country = Annotated[str, AfterValidator(_country)]
When = Annotated[str, AfterValidator(_when)]
Day = Annotated[str, AfterValidator(_day)]
Digest = Annotated[str, AfterValidator(_digest)]
Relayed = Annotated[str, AfterValidator(_relayed)]
Latitude = Annotated[float, BeforeValidator(_degrees(90))]
Longitude = Annotated[float, BeforeValidator(_degrees(180))]
Count = Annotated[float, BeforeValidator(_count)]
Truth = Annotated[bool, BeforeValidator(_truth)]


def is_filled(cell: Any) -> bool:
    """Say whether a cell of a frame holds anything: an empty one is ``None``, ``NaN`` or ``NaT``, by column."""
    # NaN and NaT are unlike themselves; pd.isna asks first what sort of thing a cell is, twenty times as long
    return cell is not None and cell is not pd.NA and bool(cell == cell)


def filled(cell: Any) -> Any:
    """Give what a cell of a frame holds, and ``None`` where it is empty."""
    return cell if is_filled(cell) else None


def keys_in(cell: Any) -> tuple[str, ...]:
    """Give the keys of a list cell, which stand with ``|`` between them; none where it is empty."""
    return tuple(str(cell).split("|")) if is_filled(cell) else ()

"""Entries: what a search looks through, a line an edition and a line a claim, as plain words.

The fields of a line are parted by tabs; several texts in one field, by a sign that no text holds. The browser itself
folds case and accents, so that a line is both what is searched and what is shown.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.archive.records import Details, Record, RecordedTile
from briefing.archive.sheet import name_question
from briefing.page.tame import tame_text
from briefing.page.words import Words

#: What parts the texts of one field.
_PART = "\x1f"

#: The cells of a claim in the order of its line; so many come first that what is found in them is told first.
TITLE = 3
_CLAIM = ("id", "quantity_title", "item", "shown", "wording", "claimant", "parties", "where")
_SOURCE = ("publisher", "title")

#: Half of a key names the source of a claim, half the claim: rows of one source lie together, and are packed well.
_HALF = 4


def write_edition(record: Record, *, words: Words) -> str:
    """Write the line of an edition: question, answer, day, tiles, headings, judgements, and what it is called."""
    day = words.date(record.as_of) if record.as_of else ""
    told = [judgement.statement for judgement in record.judgements]
    tiles = map(_write_tile, record.tiles)
    answer = [record.answer] if record.term in record.answer else [record.answer, record.term]
    fields = ([name_question(record)], answer, [day, record.as_of], tiles, record.headings, told)
    return "\t".join(_join(field) for field in (*fields, [record.title, record.name]))


def _write_tile(tile: RecordedTile) -> str:
    return f"{tile.label}: {', '.join(filter(None, (tile.words, tile.hedge, tile.claimant)))}"


def write_claims(details: Details, *, words: Words) -> dict[int, str]:
    """Write the line of each claim that a page carries, by its key: where all of a line is alike, so is the key."""
    sources = {str(source["id"]): source for source in details.cells("sources")}
    return dict(_write_claim(claim, sources.get(str(claim["source"]), {}), words) for claim in details.cells("claims"))


def _write_claim(claim: Mapping[str, Any], source: Mapping[str, Any], words: Words) -> tuple[int, str]:
    when = words.date(str(claim["when"])) if claim.get("when") else ""
    cells = [*(claim.get(name, "") for name in _CLAIM), when, *(source.get(name, "") for name in _SOURCE)]
    line = "\t".join(_say(str(cell)) for cell in cells)
    return int.from_bytes(_digest(str(claim["source"])) + _digest(line)), line


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HALF).digest()


def _join(texts: Iterable[str]) -> str:
    return _PART.join(filter(None, map(_say, texts)))


def _say(text: str) -> str:
    """Write a text on one line, its letters composed: a browser is given no other signs than it shows."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", tame_text(text))
    return " ".join(text.split())

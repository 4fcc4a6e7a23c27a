"""What is near a claim that is to be added: the quantities that it may be about, the rows that may say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.tables import TABLES
from briefing.intake.edits import Edits
from briefing.intake.questions import Answers
from briefing.values.dates import DateError, parse_date

_WORD = re.compile(r"[^\W_]{3,}")
_SIDES = ("qualifier", "low", "best", "high")


@dataclass(frozen=True, slots=True)
class NearQuantity:
    """A quantity that a claim may be about."""

    id: str
    title: str
    claims: int  #: How many claims are about it already.


@dataclass(frozen=True, slots=True)
class Double:
    """A claim that may be the one that is to be added."""

    id: str
    table: str
    why: str

    def __str__(self) -> str:
        file = TABLES[self.table].file
        return f"{self.id} ({file}) may be the same: {self.why}. If it is, leave this one out or give --same-as"


def list_near_quantities(edits: Edits, answers: Answers, text: str = "", *, most: int = 3) -> list[NearQuantity]:
    """List the quantities nearest to what is told of a claim: by its item, parties and words, nearest first.

    `answers` are ids where the rows are known. Quantities that share nothing with it are left out.
    """
    about: dict[str, list[Mapping[str, str]]] = {}
    for table in CLAIM_TABLES:
        for row in edits.rows(table):
            about.setdefault(row.get("quantity_id", ""), []).append(row)
    words = _words(" ".join((text, answers.get("quantity", ""), answers.get("item", ""))))
    ranked = []
    for row in edits.rows("quantities"):
        claims = about.get(row["quantity_id"], [])
        score = _score(row, claims, answers, words)
        ranked.append((-score, row["quantity_id"], NearQuantity(row["quantity_id"], row.get("title", ""), len(claims))))
    return [near for score, _, near in sorted(ranked, key=lambda each: each[:2])[:most] if score < 0]


def _score(
    quantity: Mapping[str, str], claims: list[Mapping[str, str]], answers: Answers, words: frozenset[str]
) -> float:
    of_words = len(words & _words(f"{quantity.get('title', '')} {quantity.get('scope', '')}"))
    same_item = any(claim.get("item") == answers.get("item") for claim in claims)
    same_day = any(_overlap(claim.get("period") or claim.get("date", ""), answers.get("when", "")) for claim in claims)
    parties = {answers[flag] for flag in ("from-actor", "to", "force", "host", "side") if answers.get(flag)}
    sides = {claim.get(column, "") for claim in claims for column in ("from", "to", "force", "host", "side")}
    return of_words + 2 * same_item + same_item * same_day + 0.5 * len(parties & sides) * bool(of_words or same_item)


def find_doubles(edits: Edits, table: str, key: str) -> Iterator[Double]:
    """Find the claims that may be the very one with this key: the same number or day by the same claimant, or words."""
    claim = edits.find(table, key) or {}
    for name in CLAIM_TABLES:
        for row in edits.rows(name):
            if row["claim_id"] == key or row["claim_id"] in (claim.get("same_as_candidate"), claim.get("supersedes")):
                continue
            why = _alike(claim, row) if name == table else _same_words(claim, row)
            if why and not _is_relay(edits, claim, row):
                yield Double(row["claim_id"], name, why)


def _is_relay(edits: Edits, claim: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether one is read in a document that passes the other's on: then both are wanted."""
    ids = (claim.get("source_id", ""), other.get("source_id", ""))
    origins = [(edits.find("sources", source) or {}).get("origin_id", "") for source in ids]
    return origins[0] == ids[1] or origins[1] == ids[0]


def _alike(claim: Mapping[str, str], other: Mapping[str, str]) -> str:
    if any(claim.get(column) != other.get(column) for column in ("claimant_id", "quantity_id")):
        return _same_words(claim, other)
    if all(claim.get(column, "") == other.get(column, "") for column in _SIDES):
        return "the same claimant, quantity and number"
    days = (claim.get("period") or claim.get("date", ""), other.get("period") or other.get("date", ""))
    return "the same claimant, quantity and day" if days[0] == days[1] else _same_words(claim, other)


def _same_words(claim: Mapping[str, str], other: Mapping[str, str]) -> str:
    same = all(claim.get(column) and claim.get(column) == other.get(column) for column in ("source_id", "wording"))
    return "the same words of the same source" if same else ""


def _overlap(one: str, other: str) -> bool:
    try:
        return bool(one and other) and parse_date(one).overlaps(parse_date(other))
    except DateError:
        return False


def _words(text: str) -> frozenset[str]:
    """Give the words of a text as stems, so that a shell is near to shells."""
    return frozenset(word.casefold().removesuffix("s") for word in _WORD.findall(text))

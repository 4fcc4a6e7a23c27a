"""Drafts of a page, made of blocks, for one test: mules that Freedonia lends to Sylvania."""

from __future__ import annotations

from typing import Any

from dossiers import Cells

from briefing.blocks.blocks import Block, Cited, ClaimRecord, Evidence, Headline, Made, Prose, SourceRecord
from briefing.blocks.walk import blocks_in
from briefing.checks.draft import Draft, Placed
from briefing.checks.registry import DRAFT_RULES
from briefing.checks.rule import Location
from briefing.dossier.dossier import Dossier


def claim(key: str, number: float | None = 98, **cells: Any) -> ClaimRecord:
    """Make the record of a claim; a number given is exact."""
    given = {
        "id": key, "table": "transfers", "quantity": "q-a", "quantity_title": "Mules lent", "item": "mules",
        "when": "1 January 2031", "shown": str(number), "unit": "items", "qualifier": "exact", "low": number,
        "best": number, "high": number, "status": "delivered", "claimant": "The Ferrymen", "wording": f"[{number}]",
        "source": "s-1", "counting": "increment",
    } | cells  # fmt: skip
    return ClaimRecord(**given)


def source(key: str, **cells: Any) -> SourceRecord:
    """Make the record of a source, an origin."""
    given = {"id": key, "publisher": "The Gazette", "title": "Mules", "url": f"https://{key}.example/",
             "published": "2 January 2031", "origin": key} | cells  # fmt: skip
    return SourceRecord(**given)


def evidence(*claims: ClaimRecord, origins: bool = True) -> Evidence:
    """Gather claims; each has a source of its own, so that no figure rests on one origin, unless told otherwise."""
    sources = {one.source: source(one.source) for one in claims}
    return Evidence(claims=claims, sources=tuple(sources.values()))


def added(*claims: str, **fields: Any) -> Made:
    """Say of a figure that it is the sum of claims."""
    return Made(kind="sum", parts=claims, **fields)


def say(text: str, *claims: ClaimRecord, made: Made | None = None, cites: tuple[str, ...] | None = None) -> Prose:
    """Write a paragraph that is one figure; it cites all the claims."""
    ids = tuple(one.id for one in claims) if cites is None else cites
    return Prose(text=("Freedonia lent ", Cited(text=text, claims=ids, made=made), "."), evidence=evidence(*claims))


def draft(*blocks: Block, dossier: Dossier | None = None, as_of: str | None = None) -> Draft:
    """Make a draft of blocks, one a cell."""
    head = (Headline(title="Who has the mules?", as_of=as_of),) if as_of else ()
    cells = enumerate((*head, *blocks), 1)
    placed = tuple(Placed(Location("", cell=at), inner) for at, block in cells for inner in blocks_in(block))
    return Draft(placed, dossier=dossier, typed=frozenset())


def trip(*blocks: Block, **options: Any) -> set[str]:
    """Give the rules over drafts that some blocks trip, hints left out."""
    found = draft(*blocks, **options)
    return {problem.id for rule in DRAFT_RULES if rule.severity != "info" for problem in rule.check(found)}


def judgement(key: str, **cells: object) -> Cells:
    """Write a row of judgements: on whether Freedonia crosses the river."""
    return {
        "judgement_id": key, "question": "War?", "statement": "Freedonia crosses the river by 1 June 2031",
        "actor_id": "freedonia", "event": "crosses", "horizon": "2031-06-01", "resolution": "By the ferrymen",
        "scale": "icd203", "term": "likely", "confidence": "low", "confidence_reason": "one origin",
        "would_change_if": "the mules come back", "made_by": "gazette", "made_on": "2031-01-02",
    } | cells  # fmt: skip

"""A dossier of texts that mean harm: each in every column of words of every table, with the column's name behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import get_args

import hostile
from norway import ROWS

from briefing.dossier.cells import MOST_CHARACTERS, Listed, QuotationCell, TextCell, WordingCell
from briefing.dossier.rows import columns_of
from briefing.dossier.tables import TABLES
from briefing.errors import UNPRINTABLE

Rows = dict[str, list[dict[str, str]]]

#: What a dossier may hold; the others are refused where they stand, and never reach a page.
FIT = tuple(text for text in hostile.STRINGS if not UNPRINTABLE.search(text) and text == text.strip())
#: What a cell holds no more than that, each kind of character by itself; of half a pair or a nul the file is refused.
UNFIT = (
    *(text for text in hostile.STRINGS if text not in FIT and "\ud800" not in text),
    "a bell \x07", "an escape \x1b[31m", "a short escape \x9b31m", "a delete \x7f", "a figure \ue0000\ue001",
    "a line\nand another", "a line\r\nand another", "a line\u2028and another", "no width\u200b", "a mark \ufeff within",
    "a tag \U000e0041", "trailing ", "\u00a0leading",
)  # fmt: skip
#: As long as a cell may be: a million characters are refused.
LONGEST = "y" * MOST_CHARACTERS

#: The types of words, and how many characters each holds.
WORDS = {TextCell: MOST_CHARACTERS, Listed: MOST_CHARACTERS, WordingCell: 200, QuotationCell: 300}

#: Columns whose type takes any words, but whose words must be known: the terms of a scale, names of tables and columns.
KNOWN_WORDS = {"corrections.table", "corrections.row_id", "corrections.field"}

#: Columns of words that no page shows; why each is kept all the same.
UNSHOWN = {
    "sources.reliability_basis": "why a grade was given is between analysts; the grade is on the page",
    "sources.retraction_note": "a document that was withdrawn is on no page",
    "sources.licence": "for whoever copies the text",
    "actors.aliases": "for finding the row",
    "units.singular": "an item's own noun stands in its place",
    "units.plural": "an item's own noun stands in its place",
    "items.singular": "nothing here is one",
    "places.aliases": "for finding the row",
    "quantities.scope": "for whoever codes the next claim",
    "quantities.note": "for whoever codes the next claim",
    "deployments.unit_name": "for telling claims apart",
    "deployments.credibility_basis": "why a grade was given is between analysts; the grade is on the page",
    "transfers.credibility_basis": "why a grade was given is between analysts; the grade is on the page",
    "losses.credibility_basis": "why a grade was given is between analysts; the grade is on the page",
    "links.note": "the analyst's own",
    "quotes.topic": "notebooks choose by it",
    "hypotheses.question": "notebooks choose by it, and write the question themselves",
    "judgements.question": "notebooks choose by it, and write the question themselves",
    "judgements.term": "its scale has few terms, and what is none of them ends the run",
    "scenarios.question": "notebooks choose by it, and write the question themselves",
    "indicators.question": "notebooks choose by it, and write the question themselves",
    "indicators.note": "the analyst's own",
    "reviews.reviewer": "a page counts reviews, and names nobody",
    "reviews.note": "between analysts",
    "waivers.rule": "a waiver of no rule is a finding of `briefing check`, and waives nothing",
}


def columns() -> dict[str, object]:
    """Give every column of every table as ``table.column``, and its type."""
    return {f"{name}.{column.name}": column.kind for name, table in TABLES.items() for column in columns_of(table)}


def room(kind: object) -> int:
    """Say how many characters of words a column holds: none where it is no column of words."""
    bare = [one for one in get_args(kind) if one in WORDS] if kind not in WORDS else [kind]
    return WORDS[bare[0]] if bare else 0


#: The columns that hold words of any kind: neither keys nor days, numbers, addresses, choices.
WORDED = tuple(
    name
    for name, kind in columns().items()
    if room(kind) and name.split(".")[1] not in TABLES[name.split(".")[0]].references() and name not in KNOWN_WORDS
)
SHOWN = tuple(name for name in WORDED if name not in UNSHOWN)
REFUSING = tuple(name for name in columns() if name not in WORDED)


def bare(table: str, at: int) -> dict[str, str]:
    """Give a row of the small dossier without its words."""
    return {column: cell for column, cell in ROWS[table][at].items() if f"{table}.{column}" not in WORDED}


#: A row of each table whose words are put in its place: the cells that are not words, with ``{n}`` for its number.
LIKE: dict[str, list[dict[str, str]]] = {
    "sources": [bare("sources", 1) | {"source_id": "s-{n}", "origin_id": ""}],
    "actors": [{"actor_id": "a-{n}", "kind": "person"}],
    "places": [bare("places", 1) | {"place_id": "p-{n}"}],
    "units": [{"unit_id": "u-{n}", "of": "count"}],
    "items": [{"item_id": "i-{n}", "unit": "items"}],
    "quantities": [{"quantity_id": "q-{n}"}],
    "deployments": [
        bare("deployments", 0) | {
            "claim_id": "d-x-{n}", "quantity_id": "q-{n}", "force": "a-{n}", "place_id": "p-{n}", "item": "i-{n}",
            "claimant_id": "a-{n}", "source_id": "s-{n}",
        },
    ],
    "transfers": [
        bare("transfers", 0) | {
            "claim_id": "c-{n}", "quantity_id": "q-{n}", "item": "i-{n}", "claimant_id": "a-{n}", "source_id": "s-{n}",
        },
    ],
    "losses": [
        {
            "claim_id": "l-{n}", "quantity_id": "q-{n}", "period": "2031-04-01/2031-04-09", "side": "a-{n}",
            "place_id": "p-{n}", "item": "i-{n}", "kind": "destroyed", "counting": "cumulative", "low": "20",
            "best": "20", "high": "20", "qualifier": "exact", "unit": "items", "status": "delivered",
            "claimant_id": "a-{n}", "source_id": "s-{n}",
        },
    ],
    "links": [{"claim_id": "c-{n}", "relation": "converts", "other_id": "l-{n}"}],
    "quotes": [
        bare("quotes", 0) | {"quote_id": "w-{n}", "source_id": "s-{n}", "speaker_id": "a-{n}", "translated": "false"}
    ],
    "events": [bare("events", 0) | {"event_id": "ev-{n}", "source_id": "s-{n}", "place_id": "p-{n}"}],
    "hypotheses": [{"hypothesis_id": "h-{n}", "posed_on": "2031-04-20"}],
    "evidence": [
        {
            "evidence_id": "x-{n}", "date": "2031-04-12", "kind": "statement", "source_id": "s-{n}",
            "credibility": "high", "relevance": "low", "claim_ids": "c-{n}", "quote_ids": "w-{n}",
            "event_ids": "ev-{n}",
        },
    ],
    "ratings": [
        {
            "evidence_id": "x-{n}", "hypothesis_id": "h-{n}", "rating": "I", "rated_by": "a-{n}",
            "rated_on": "2031-04-20",
        },
    ],
    "judgements": [
        {
            "judgement_id": "r-{n}", "actor_id": "a-{n}", "place_id": "p-{n}", "horizon": "2031-04-25",
            "scale": "icd203", "term": "likely", "confidence": "low", "made_by": "a-{n}", "made_on": "2031-04-20",
            "outcome": "true", "resolved_on": "2031-04-22", "resolved_by": "ev-{n}",
        },
        {
            "judgement_id": "j-{n}", "actor_id": "a-{n}", "place_id": "p-{n}", "horizon": "2031-06-30",
            "scale": "icd203", "term": "unlikely", "confidence": "low", "made_by": "a-{n}", "made_on": "2031-04-24",
            "previous_id": "r-{n}", "supported_by": "x-{n}",
        },
    ],
    "indicators": [{"indicator_id": "k-{n}", "judgement_id": "j-{n}", "bears": "for", "added_on": "2031-04-24"}],
    "indicator_log": [
        {"indicator_id": "k-{n}", "date": "2031-04-24", "status": "observed", "logged_on": "2031-04-24"}
    ],
    "scenarios": [
        {"scenario_id": "z-{n}", "hypothesis_id": "h-{n}", "raised_by": "w-{n}|x-{n}|ev-{n}", "made_by": "a-{n}",
         "made_on": "2031-04-20"},
    ],
    "corrections": [{"date": "2031-04-25", "table": "sources", "row_id": "s-{n}", "field": "title"}],
    "reviews": [{"row_id": "c-{n}", "reviewed_on": "2031-04-20", "digest": "0123456789abcdef"}],
    "waivers": [
        {"rule": "F14", "subject": "c-{n}", "by": "harbour-watch", "expires": "2031-12-31"},
        {"subject": "c-{n}", "by": "harbour-watch", "expires": "2031-12-31"},
    ],
}  # fmt: skip


#: The unit of the small dossier: one that names units has those alone.
UNIT = {"unit_id": "items", "singular": "item", "plural": "items", "of": "count"}


def hostile_rows(texts: Iterable[str]) -> Rows:
    """Give the rows of a dossier: for every text one of each kind, with the text in all its columns of words."""
    made = {name: list(rows) for name, rows in ROWS.items()} | {"units": [UNIT]}
    for n, text in enumerate(texts):
        for name, likes in LIKE.items():
            made.setdefault(name, []).extend(_fill(name, like, text, n=n) for like in likes)
    return made


def _fill(table: str, like: Mapping[str, str], text: str, *, n: int) -> dict[str, str]:
    words = {name.split(".")[1]: marked(name, text) for name in WORDED if name.startswith(f"{table}.")}
    return words | {key: cell.format(n=n) for key, cell in like.items()}


def marked(name: str, text: str) -> str:
    """Give a text with the name of its column behind it, shortened to what the column holds."""
    return f"{text[: room(columns()[name]) - len(name) - 1]} {name}"


def outlines_text(names: Iterable[str]) -> str:
    """Write outlines for maps, whose names are texts too: small squares in rows, far from every place of `ROWS`."""
    shapes = []
    for n, name in enumerate(names):
        x, y = 60 + 10 * (n % 6), -40 + 8 * (n // 6)
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y]]
        told = {"name": name, "label": [x, y]}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        shapes.append({"type": "Feature", "properties": told, "geometry": geometry})
    whole = {"type": "FeatureCollection", "bbox": [0, -60, 130, 60], "attribution": "".join(names), "features": shapes}
    return json.dumps(whole)

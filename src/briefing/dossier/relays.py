"""Originals and their relays: rows for originals that nobody saw, and what a relay's reader could have known before.

A source that `relays` an actor's words of a day leads to an original without a row of its own. It gets one here, so
that all that counts origins counts it. Its id is what the column says: ``ministry@2031-11-14``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from briefing.dossier.cells import is_filled
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.rules import origin_of
from briefing.values.dates import PartialDate, parse_date

Frames = Mapping[str, pd.DataFrame]

#: What sort of document an actor's words are, where that follows from what the actor is.
_KINDS = {"media": "news_agency", "think_tank": "think_tank", "monitor": "monitoring_group", "person": "interview"}

#: What nobody can say of an original that nobody saw.
_UNSTATED = ("archived_url", "language", "origin_id", "relays", "licence")

#: The ties that make a claim less than its original: it was known from its own document's day only.
GARBLED = frozenset({"garbles", "misattributes"})

#: What two relays of one original must have alike to say the same of a quantity.
_SAID = ("low", "best", "high", "qualifier", "status", "claimant_id")


def is_implied(source_id: str) -> bool:
    """Say whether a document is an original that has no row: nobody saw it."""
    return "@" in source_id


def kind_of_original(actor_kind: str) -> str:
    """Give what sort of document an original that nobody saw is, by what its maker is."""
    return _KINDS.get(actor_kind, "official_statement")


def add_implied_originals(frames: Frames) -> dict[str, pd.DataFrame]:
    """Add a row of sources for each original that only `relays` names, and lead its relays to it.

    Such a row has the number of its first relay's row, below zero.
    """
    sources = frames["sources"]
    named = sources.loc[sources["relays"].notna()].sort_values("published_last", kind="stable")
    if named.empty:
        return dict(frames)
    first = named.drop_duplicates("relays")
    originals = [_read_original(cell) for cell in first["relays"].tolist()]
    actors = {actor: (name, kind) for actor, name, kind in _cells(frames["actors"], "actor_id", "name", "kind")}
    makers = [actors.get(actor, (actor, "")) for actor, _ in originals]
    texts: dict[str, list[str | None]] = {
        "source_id": first["relays"].tolist(),
        "publisher": [name for name, _ in makers],
        "title": [f"[original not seen: {name}, {day}]" for (name, _), (_, day) in zip(makers, originals, strict=True)],
        "published": [day.text for _, day in originals],
        "published_basis": ["inferred" if day.mark else "stated" for _, day in originals],
        "kind": [kind_of_original(kind) for _, kind in makers],
        "reliability": ["F"] * len(first),
        "reliability_basis": ["Nobody here saw the original"] * len(first),
        "note": [f"Original not seen; known from {relay}." for relay in first["source_id"].tolist()],
    }
    texts |= {column: [None] * len(first) for column in _UNSTATED}
    days = {"first": [day.first for _, day in originals], "last": [day.last for _, day in originals]}
    implied = first.assign(
        **{column: pd.array(cells, dtype="str") for column, cells in texts.items()},
        **{f"published_{end}": np.array(ends, dtype="datetime64[s]") for end, ends in days.items()},
        row=-first["row"],
    )
    led = sources.assign(origin_id=sources["origin_id"].fillna(sources["relays"]))
    return {**frames, "sources": pd.concat([led, implied], ignore_index=True)}


def _read_original(cell: str) -> tuple[str, PartialDate]:
    actor, _, day = cell.partition("@")
    return actor, parse_date(day)


def known_from_originals(frames: Frames) -> dict[str, dt.datetime]:
    """Give the claims that were known before the document in which they were read: from their original's day.

    The original's day is stated, and the relay is faithful: no link says that it garbles, and no other relay of the
    same original says anything else of the quantity.
    """
    roots = origin_of(frames["sources"])
    days = _original_days(frames["sources"], roots)
    if not days:
        return {}
    garbled = set(frames["links"].loc[frames["links"]["relation"].isin(GARBLED), "claim_id"])
    columns = ["claim_id", "quantity_id", "source_id", *_SAID]
    claims = pd.concat([frames[name][columns] for name in CLAIM_TABLES])
    claims = claims.assign(source_id=claims["source_id"].astype(object))
    claims = claims.assign(root=claims["source_id"].map(roots).fillna(claims["source_id"]))
    claims = claims.loc[claims["root"].isin({roots[source] for source in days})]  # what nobody knew earlier is left out
    relayed = claims.loc[claims["source_id"].isin(days) & ~claims["claim_id"].isin(garbled)]
    said = claims[["quantity_id", "root", *_SAID]].drop_duplicates()
    differ = said.loc[said.duplicated(["quantity_id", "root"]), ["quantity_id", "root"]]
    apart = set(zip(differ["quantity_id"].tolist(), differ["root"].tolist(), strict=True))
    cells = _cells(relayed, "claim_id", "quantity_id", "source_id", "root")
    return {claim: days[source] for claim, quantity, source, root in cells if (quantity, root) not in apart}


def _original_days(sources: pd.DataFrame, roots: Mapping[str, str]) -> dict[str, dt.datetime]:
    """Give the relays whose original states an earlier day than theirs, each with that day."""
    cells = _cells(sources, "source_id", "published_last", "published_basis")
    published = {source: (day, basis) for source, day, basis in cells if is_filled(day)}
    days = {}
    for source, root in roots.items():
        day, basis = published.get(root, (None, ""))
        if root != source and basis == "stated" and source in published and day < published[source][0]:
            days[source] = day
    return days


def cite_originals(claims: pd.DataFrame, sources: pd.DataFrame, *, shown: Collection[str]) -> pd.DataFrame:
    """Let claims cite their original where the relay in which they were read is not among the documents shown."""
    unseen = claims["source_id"].notna() & ~claims["source_id"].isin(shown)
    if not unseen.any():
        return claims
    roots = origin_of(sources)
    cited = [roots.get(source, source) if is_new else source
             for source, is_new in zip(claims["source_id"].tolist(), unseen.tolist(), strict=True)]  # fmt: skip
    return claims.assign(source_id=pd.array(cited, dtype="str"))


def _cells(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))

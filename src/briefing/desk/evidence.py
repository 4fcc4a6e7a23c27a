"""From rows to records: what the annex and the list of sources print of a claim.

A block carries its evidence with it. This module makes it: the claims that a figure cites, the rivals that stand beside
them, and every source that any of them names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from briefing.blocks.blocks import ClaimRecord, Entry, Evidence, Quotation, SourceRecord
from briefing.dossier.claims import _number, bounds_of, find_rows, gather_claims, sources_by_id
from briefing.dossier.dossier import Dossier
from briefing.values.bounds import Bounds
from briefing.values.dates import say_date


def denial(bounds: Bounds, status: str) -> str:
    """Say what stands before the number of a claim that denies it; nothing before any other.

    Who denies that there was any may count none: "none" is the answer then, and not what is denied.

    Examples
    --------
    >>> denial(Bounds(low=10_000, high=15_000), "denied"), denial(Bounds(0, 0, 0), "denied"), denial(Bounds(), "denied")
    ('denies ', 'denies any: ', '')
    """
    if status != "denied" or not bounds.is_known:
        return ""
    return "denies any: " if bounds.extent == (0, 0) else "denies "


def collect_evidence(
    dossier: Dossier,
    claim_ids: Iterable[str] = (),
    *,
    source_ids: Iterable[str] = (),
    row_ids: Iterable[str] = (),
    rivals: bool = True,
) -> Evidence:
    """Collect the records behind some figures.

    Parameters
    ----------
    dossier : Dossier
        Where the claims are.
    claim_ids : iterable of str
        The claims that are cited.
    source_ids : iterable of str
        Further sources that are cited, for quotations and events.
    row_ids : iterable of str
        Quotations and events that are named; those that are not known on the dossier's day are left out.
    rivals : bool
        Whether every other claim about the same quantity comes along, so that the annex shows it beside.

    Returns
    -------
    Evidence
        Claims in the order given, then their rivals; and their sources.
    """
    claims = gather_claims(dossier)
    wanted = list(dict.fromkeys(claim_ids))
    cited = claims.loc[claims["claim_id"].isin(wanted)]
    beside = claims.loc[claims["quantity_id"].isin(cited["quantity_id"]) & ~claims["claim_id"].isin(wanted)]
    found = [*cited["claim_id"].tolist(), *(beside["claim_id"].tolist() if rivals else ())]
    by_id = dict(zip(found, find_rows(dossier, found), strict=True))
    order = [claim for claim in wanted if claim in by_id] + [claim for claim in by_id if claim not in wanted]
    known = set(claims["claim_id"])
    records = tuple(claim_record(dossier, by_id[claim], known=known) for claim in order)
    quotes, events = _named_rows(dossier, list(dict.fromkeys(row_ids)))
    cited_in = [*(one.source for one in records), *(one.source for one in quotes), *(one.source for one in events)]
    sources = dict.fromkeys([*cited_in, *source_ids])
    return Evidence(claims=records, sources=tuple(source_records(dossier, sources)), quotes=quotes, events=events)


def _named_rows(dossier: Dossier, row_ids: list[str]) -> tuple[tuple[Quotation, ...], tuple[Entry, ...]]:
    if not row_ids:
        return (), ()
    quotes = dossier.where("quotes", quote_id=row_ids).to_dict("records")
    events = dossier.where("events", event_id=row_ids).to_dict("records")
    return tuple(quotation_record(dossier, row) for row in quotes), tuple(event_record(dossier, row) for row in events)


def quotation_record(dossier: Dossier, row: Any) -> Quotation:
    """Make what a page prints of a quotation from its row."""
    speaker = dossier.actors.loc[dossier.actors["actor_id"] == row["speaker_id"], "role"]
    return Quotation(
        id=row["quote_id"],
        speaker=dossier.name_of(row["speaker_id"]),
        role=(_text(speaker.iloc[0]) or "") if len(speaker) else "",
        date=row["date"],
        text=row["text"],
        is_direct=row["kind"] == "direct",
        is_translated=bool(row["translated"]),
        relay=None if pd.isna(row["relay"]) else dossier.name_of(row["relay"]),
        stance=row["stance"],
        target=row["target"],
        source=row["source_id"],
        note=_text(row["note"]),
        language=_language_of(dossier, row),
    )


def _language_of(dossier: Dossier, row: Any) -> str:
    """Give the language of a quotation's words: the document's, where they are the speaker's own and not translated."""
    if row["kind"] != "direct" or row["translated"]:
        return ""
    found = dossier.sources.loc[dossier.sources["source_id"] == row["source_id"], "language"].dropna()
    return str(found.iloc[0]) if len(found) else ""


def event_record(dossier: Dossier, row: Any) -> Entry:
    """Make what a page prints of an event from its row."""
    # "until March" has no first day: it stands at its last
    day = row["date_last"] if pd.isna(row["date_first"]) else row["date_first"]
    return Entry(
        id=row["event_id"],
        date=row["date"],
        day=str(day)[:10],
        title=row["title"],
        summary=row["summary"],
        kind=row["kind"],
        where="" if pd.isna(row["place_id"]) else dossier.name_of(row["place_id"]),
        source=row["source_id"],
    )


def claim_record(dossier: Dossier, row: Any, *, known: set[str]) -> ClaimRecord:
    """Make the annex's record of a claim from a row of the gathered claims; it names no claim that is not yet known."""
    quantity = str(row["quantity_id"])
    places = [dossier.name_of(row[column]) for column in ("place", "place_to") if _text(row.get(column))]
    return ClaimRecord(
        id=row["claim_id"],
        table=row["table"],
        quantity=quantity,
        quantity_title=dossier.name_of(quantity),
        item=dossier.name_of(row["item"]),
        when=row["when"],
        where=" to ".join(places),
        parties=_parties(dossier, row),
        shown=str(bounds_of(row)),
        unit=row["unit"],
        **{side: _number(row[side]) for side in ("low", "best", "high")},
        qualifier=row["qualifier"],
        status=row["status"],
        claimant=dossier.name_of(row["claimant_id"]),
        wording=row["wording"],
        source=row["source_id"],
        grade=grade_of(dossier, row),
        counting=_text(row.get("counting")),
        **{name: _visible(row.get(name), known) for name in ("part_of", "supersedes", "same_as_candidate")},
        note=_text(row.get("note")),
    )


def source_records(dossier: Dossier, source_ids: Iterable[str]) -> list[SourceRecord]:
    """Make the list of sources' records, in the order given; an unknown id is left out by the as-of rule."""
    roots, rows = dossier.roots, sources_by_id(dossier)
    records = []
    for source_id in source_ids:
        row = rows.get(source_id)
        if row is not None:
            root = rows.get(roots.get(source_id, source_id), row)
            records.append(_source_record(row, root))
    return records


def name_origin(dossier: Dossier, origin: str) -> str:
    """Name an origin as a reader knows it: who published it, and when; one that is not known by its id."""
    row = sources_by_id(dossier).get(origin)
    return f"{row['publisher']}, {say_date(_text(row['published']) or '')}" if row else origin


def _source_record(row: Any, root: Any) -> SourceRecord:
    return SourceRecord(
        id=row["source_id"],
        publisher=row["publisher"],
        title=row["title"],
        url=row["url"],
        archived_url=_text(row["archived_url"]),
        published=_text(row["published"]) or "",
        published_basis=row["published_basis"],
        kind=row["kind"],
        language=_text(row["language"]),
        origin=root["source_id"],
        origin_name=f"{root['publisher']}, {root['title']}",
        reliability=_text(row["reliability"]),
        note=_text(row["note"]),
    )


def _parties(dossier: Dossier, row: Any) -> str:
    giver, getter = dossier.name_of(row["giver"]), dossier.name_of(row["getter"])
    if giver == getter:  # an army at home
        return giver
    return f"{giver} in {getter}" if row["table"] == "deployments" else f"{giver} to {getter}"


def grade_of(dossier: Dossier, row: Any) -> str:
    """Give the Admiralty grade: the source's letter, then the claim's digit; what is not graded is left out."""
    source = sources_by_id(dossier).get(row["source_id"])
    letter = _text(source["reliability"]) if source else None
    return (letter or "") + (_text(row["credibility"]) or "")


def _visible(value: Any, known: set[str]) -> str | None:
    claim = _text(value)
    return claim if claim in known else None


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)

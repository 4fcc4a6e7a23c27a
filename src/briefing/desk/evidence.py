"""From rows to records: what the annex and the list of sources print of a claim.

A block carries its evidence with it. This module makes it: the claims that a figure cites, the rivals that stand beside
them, and every source that any of them names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from briefing.blocks.blocks import ClaimRecord, Entry, Evidence, Further, Quotation, SourceRecord
from briefing.blocks.walk import figures_in
from briefing.dossier.claims import Claim, find_claims_about, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of, rows_by_id, rows_where
from briefing.dossier.relays import is_implied
from briefing.dossier.tables import Actor, Event, Quote, Source
from briefing.values.bounds import Bounds
from briefing.values.dates import say_date
from briefing.values.words import possessive

Record = TypeVar("Record", ClaimRecord, SourceRecord, Quotation, Entry)

#: So many claims that nothing cites lie beside those that are cited, of one quantity: a reader compares a handful.
MOST_RIVALS = 40

#: What one does, and what several do, who say of a number that it is not so, or that nothing supports it.
DISPUTES = {"denied": ("denies", "deny"), "doubted": ("doubts", "doubt")}


def denial(bounds: Bounds, status: str) -> str:
    """Say what stands before the number of a claim that denies or doubts it; nothing before any other.

    Who denies that there was any may count none: "none" is the answer then, and not what is denied. Who has seen
    nothing that supports a number doubts it, and denies nothing.

    Examples
    --------
    >>> denial(Bounds(low=10_000, high=15_000), "denied"), denial(Bounds(0, 0, 0), "denied"), denial(Bounds(), "denied")
    ('denies ', 'denies any: ', '')
    >>> denial(Bounds(best=15_000), "doubted")
    'doubts '
    """
    if status not in DISPUTES or not bounds.is_known:
        return ""
    verb = DISPUTES[status][0]
    return f"{verb} any: " if bounds.extent == (0, 0) else f"{verb} "


def say_counting(statuses: Iterable[str], *, many: bool = False) -> str:
    """Say what those do who give a number: they count it, unless all of them deny or doubt it.

    Examples
    --------
    >>> say_counting(["present"]), say_counting(["doubted", "doubted"], many=True), say_counting(["denied", "doubted"])
    ('counts', 'doubt', 'denies or doubts')
    """
    found = set(statuses)
    verbs = [forms[many] for status, forms in DISPUTES.items() if status in found]
    return " or ".join(verbs) if verbs and found <= DISPUTES.keys() else ("counts", "count")[many]


def say_verb(claims: Iterable[Claim]) -> str:
    """Say what claimants do with their number: they count it, announce it, or speak of a plan."""
    each = list(claims)
    many, statuses = len({claim.claimant for claim in each}) > 1, {claim.status for claim in each}
    if statuses == {"announced"}:
        return "announce" if many else "announces"
    if {claim.status_class for claim in each} == {"planned"}:
        return "speak of" if many else "speaks of"
    return say_counting(statuses, many=many)


def collect_evidence(
    dossier: Dossier,
    claim_ids: Iterable[str] = (),
    *,
    source_ids: Iterable[str] = (),
    row_ids: Iterable[str] = (),
    rivals: bool = True,
    said: object = (),
) -> Evidence:
    """Collect the records behind some figures: claims in the order given, then their rivals; and their sources.

    `source_ids` are further sources that are cited, for quotations and events. `row_ids` are quotations and events that
    are named. What is not known on the dossier's day is left out. With `rivals`, every other claim about the same
    quantity comes along, so that the annex shows it beside; of a crowd the newest, and what a text (`said`) cites.
    """
    known = gather(dossier).claims
    cited = {claim: known[claim] for claim in claim_ids if claim in known}
    about = {claim.quantity for claim in cited.values()} if rivals else ()
    others = [claim for claim in find_claims_about(dossier, about) if claim.id not in cited]
    beside, further = _part_rivals(others, {claim for figure in figures_in(said) for claim in figure.claims})
    records = tuple(claim_record(dossier, claim, known=known) for claim in (*cited.values(), *beside))
    quotes, events = _named_rows(dossier, list(dict.fromkeys(row_ids)))
    cited_in = [*(one.source for one in records), *(one.source for one in quotes), *(one.source for one in events)]
    sources = dict.fromkeys([*cited_in, *source_ids])
    listed = tuple(source_records(dossier, sources))
    return Evidence(claims=records, sources=listed, quotes=quotes, events=events, further=further)


def _part_rivals(rivals: Sequence[Claim], said: Collection[str]) -> tuple[list[Claim], tuple[Further, ...]]:
    """Part rivals into those that are carried, what is cited and of each quantity the newest, and those only named."""
    groups: dict[str, list[Claim]] = {}
    for claim in rivals:
        if claim.id not in said:
            groups.setdefault(claim.quantity, []).append(claim)
    left_out: dict[str, tuple[str, ...]] = {}
    for quantity, group in groups.items():
        if len(group) > MOST_RIVALS:
            older = sorted(group, key=lambda claim: (claim.when.order, claim.id))[:-MOST_RIVALS]
            left_out[quantity] = tuple(claim.id for claim in older)
    out = {claim for ids in left_out.values() for claim in ids}
    carried = [claim for claim in rivals if claim.id not in out]
    return carried, tuple(Further(quantity=quantity, claims=ids) for quantity, ids in left_out.items())


def join_evidence(parts: Iterable[Evidence]) -> Evidence:
    """Join the evidence of several texts: each row once, in the order in which it comes first."""
    parts = list(parts)
    return Evidence(
        claims=_once(row for part in parts for row in part.claims),
        sources=_once(row for part in parts for row in part.sources),
        quotes=_once(row for part in parts for row in part.quotes),
        events=_once(row for part in parts for row in part.events),
        further=tuple(dict.fromkeys(further for part in parts for further in part.further)),
    )


def _once(rows: Iterable[Record]) -> tuple[Record, ...]:
    kept: dict[str, Record] = {}
    for row in rows:
        kept.setdefault(row.id, row)
    return tuple(kept.values())


def _named_rows(dossier: Dossier, row_ids: list[str]) -> tuple[tuple[Quotation, ...], tuple[Entry, ...]]:
    if not row_ids:
        return (), ()
    quotes = rows_where(dossier, Quote, quote_id=row_ids)
    events = rows_where(dossier, Event, event_id=row_ids)
    return tuple(quotation_record(dossier, row) for row in quotes), tuple(event_record(dossier, row) for row in events)


def quotation_record(dossier: Dossier, quote: Quote) -> Quotation:
    """Make what a page prints of a quotation."""
    speaker = rows_by_id(dossier, Actor).get(quote.speaker_id)
    return Quotation(
        id=quote.quote_id,
        speaker=dossier.name_of(quote.speaker_id),
        role=(speaker.role if speaker else None) or "",
        date=quote.date,
        text=quote.text,
        is_direct=quote.is_direct,
        is_translated=bool(quote.translated),
        relay=None if quote.relay is None else dossier.name_of(quote.relay),
        stance=quote.stance,
        target=quote.target,
        source=quote.source_id,
        note=quote.note,
        language=_language_of(dossier, quote),
    )


def _language_of(dossier: Dossier, quote: Quote) -> str:
    """Give the language of a quotation's words: the document's, where they are the speaker's own and not translated."""
    if not quote.is_direct or quote.translated:
        return ""
    document = documents_of(dossier).get(quote.source_id)
    return (document.language if document else None) or ""


def event_record(dossier: Dossier, event: Event) -> Entry:
    """Make what a page prints of an event."""
    return Entry(
        id=event.event_id,
        date=event.date,
        day=str(event.when.first or event.when.last),  # "until March" has no first day: it stands at its last
        title=event.title,
        summary=event.summary,
        kind=event.kind,
        where="" if event.place_id is None else dossier.name_of(event.place_id),
        source=event.source_id,
    )


def claim_record(dossier: Dossier, claim: Claim, *, known: Collection[str]) -> ClaimRecord:
    """Make the annex's record of a claim; it names no claim that is not yet known."""
    places = [dossier.name_of(place) for place in (claim.place, claim.place_to) if place is not None]
    return ClaimRecord(
        id=claim.id,
        table=claim.table,
        quantity=claim.quantity,
        quantity_title=dossier.name_of(claim.quantity),
        item=dossier.name_of(claim.item),
        when=claim.when.text,
        where=" to ".join(places),
        parties=name_parties(dossier, claim),
        shown=str(claim.bounds),
        unit=claim.unit,
        low=claim.bounds.low,
        best=claim.bounds.best,
        high=claim.bounds.high,
        qualifier=claim.qualifier,
        status=claim.status,
        claimant=dossier.name_of(claim.claimant),
        wording=claim.wording,
        source=claim.source,
        grade=grade_of(dossier, claim),
        counting=claim.counting,
        part_of=claim.part_of if claim.part_of in known else None,
        supersedes=claim.supersedes if claim.supersedes in known else None,
        same_as_candidate=claim.same_as_candidate if claim.same_as_candidate in known else None,
        note=claim.note,
    )


def source_records(dossier: Dossier, source_ids: Iterable[str]) -> list[SourceRecord]:
    """Make the list of sources' records, in the order given; an unknown id is left out by the as-of rule."""
    roots, documents = dossier.roots, documents_of(dossier)
    known = [documents[source] for source in source_ids if source in documents]
    return [_source_record(document, documents.get(roots[document.source_id], document)) for document in known]


def name_origin(dossier: Dossier, origin: str) -> str:
    """Name an origin as a reader knows it: who published it, and when; one that is not known by its id."""
    document = documents_of(dossier).get(origin)
    return f"{document.publisher}, {say_date(document.published or '')}" if document else origin


def _source_record(document: Source, root: Source) -> SourceRecord:
    return SourceRecord(
        id=document.source_id,
        publisher=document.publisher,
        title=document.title,
        url=document.url,
        archived_url=document.archived_url,
        published=document.published or "",
        published_basis=document.published_basis,
        kind=document.kind,
        language=document.language,
        origin=root.source_id,
        origin_name=_name_root(root),
        reliability=document.reliability,
        note=document.note,
    )


def _name_root(root: Source) -> str:
    """Name an origin on the line of what relays it: by its title or, where it has no row, by its day."""
    told = f"{say_date(root.published or '')} [original not seen]" if is_implied(root.source_id) else root.title
    return f"{root.publisher}, {told}"


def name_parties(dossier: Dossier, claim: Claim) -> str:
    """Name who has or sends it and who hosts or gets it; of a loss, whose it is and how it was lost."""
    if claim.table == "losses":
        return f"{possessive(dossier.name_of(claim.giver))} loss, {claim.kind}"
    giver, getter = dossier.name_of(claim.giver), dossier.name_of(claim.getter)
    if giver == getter:  # an army at home
        return giver
    return f"{giver} in {getter}" if claim.table == "deployments" else f"{giver} to {getter}"


def name_status(claim: Claim) -> str:
    """Name a claim's status; of a loss only what makes it none: a plan, a denial, a doubt."""
    return "" if claim.table == "losses" and claim.status_class == "real" else claim.status


def grade_of(dossier: Dossier, claim: Claim) -> str:
    """Give the Admiralty grade: the source's letter, then the claim's digit; what is not graded is left out."""
    document = documents_of(dossier).get(claim.source)
    return ((document.reliability if document else None) or "") + (claim.credibility or "")

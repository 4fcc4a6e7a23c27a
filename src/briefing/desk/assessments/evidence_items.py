"""Items of evidence as a page shows them: in words, with the claims that hold their numbers."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.blocks import Cited, Evidence, Exhibit, Text
from briefing.blocks.walk import figures_in
from briefing.desk.evidence import collect_evidence, denial
from briefing.desk.nouns import noun
from briefing.dossier.assessments import EvidenceItem
from briefing.dossier.cells import keys_in
from briefing.dossier.claims import find_claims
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of, rows_by_id, rows_where
from briefing.dossier.tables import Actor, Event, Quote
from briefing.errors import UsageError, did_you_mean
from briefing.values.words import list_words


def exhibits_of(dossier: Dossier, evidence_ids: Iterable[str]) -> tuple[Exhibit, ...]:
    """Give items of evidence as a page shows them, in the order given; one that is not yet known is left out."""
    every = rows_by_id(dossier, EvidenceItem)
    items = [every[key] for key in dict.fromkeys(evidence_ids) if key in every]
    known = _known(dossier, items)
    return tuple(_exhibit(dossier, item, known) for item in items)


def evidence_behind(
    exhibits: Iterable[Exhibit], dossier: Dossier, *, source_ids: Iterable[str] = (), row_ids: Iterable[str] = ()
) -> Evidence:
    """Collect what a block carries with some exhibits: claims with their rivals, quotations, events, sources."""
    exhibits = list(exhibits)
    claims = [claim for exhibit in exhibits for figure in figures_in(exhibit) for claim in figure.claims]
    rests_on = [key for exhibit in exhibits for key in exhibit.rests_on]
    sources = [*(exhibit.source for exhibit in exhibits), *source_ids]
    return collect_evidence(dossier, claims, source_ids=sources, row_ids=[*rests_on, *row_ids])


def _exhibit(dossier: Dossier, item: EvidenceItem, known: set[str]) -> Exhibit:
    rests_on = (*keys_in(item.quote_ids), *keys_in(item.event_ids))
    return Exhibit(
        id=item.evidence_id,
        text=_text(dossier, item),
        kind=item.kind,
        date=item.date,
        source=item.source_id,
        credibility=item.credibility,
        relevance=item.relevance,
        rests_on=tuple(key for key in rests_on if key in known),
        by=list_words(find_authors(dossier, item)),
        read_in=_publisher_of(dossier, item.source_id),
        note=item.note or "",
        statement=item.statement,
    )


def find_authors(dossier: Dossier, item: EvidenceItem) -> list[str]:
    """Name whose an item of evidence is: an argument is not the newspaper's in which it was read.

    It is the speakers' on whose words it rests, or else the claimants' of its numbers, or else whoever published the
    origin that the document relays. What was seen is theirs who told of it there: words that it rests on, and numbers
    that were read elsewhere, stand beside it. An assumption is the analyst's own.
    """
    if item.kind == "assumption":
        return []
    origin, quotes, claims = (
        dossier.roots.get(item.source_id, item.source_id),
        rows_by_id(dossier, Quote),
        keys_in(item.claim_ids),
    )
    rests_on = keys_in(item.quote_ids) if item.kind != "observation" else ()
    said = [quotes[key].speaker_id for key in rests_on if key in quotes]
    counted = [one.claimant for one in (find_claims(dossier, claims) if claims else ()) if one.origin == origin]
    if said or counted:
        return [dossier.name_of(key) for key in dict.fromkeys(said or counted)]
    return [_publisher_of(dossier, origin) or _publisher_of(dossier, item.source_id)]


def _publisher_of(dossier: Dossier, source: str) -> str:
    document = documents_of(dossier).get(source)
    return document.publisher if document else ""


def _text(dossier: Dossier, item: EvidenceItem) -> Text:
    """Write the statement, and in brackets behind it what each claim that is known counts, its number and whose it is.

    A number is its claimant's, whoever printed it; what is only planned, denied or doubted says so.
    """
    named = keys_in(item.claim_ids)
    claims = find_claims(dossier, named) if named else ()
    if not claims:
        return (item.statement,)
    spans: list[str | Cited] = []
    for claim in claims:
        number = Cited(text=f"{claim.bounds} {noun(dossier, claim)}", claims=(claim.id,))
        opening, who = "; " if spans else f"{item.statement} (", dossier.name_of(claim.claimant)
        if disputed := denial(claim.bounds, claim.status):
            spans += [f"{opening}{dossier.name_of(claim.quantity)}: {who} {disputed}", number]
        else:
            status = "" if claim.status_class == "real" else f", {claim.status}"
            spans += [f"{opening}{dossier.name_of(claim.quantity)}: ", number, f"{status}, says {who}"]
    return (*spans, ")")


def _known(dossier: Dossier, items: Iterable[EvidenceItem]) -> set[str]:
    """Find which of the quotations and events that items rest on are known on the dossier's day."""
    asked = {key for item in items for cell in (item.quote_ids, item.event_ids) for key in keys_in(cell)}
    if not asked:
        return set()
    return asked & {*rows_by_id(dossier, Quote), *rows_by_id(dossier, Event)}


def check_question(question: str, known: Iterable[str | None]) -> None:
    """Refuse a question that no row of the whole folder asks: what is only not known yet is no mistake."""
    asked = {cell for cell in known if cell is not None}
    if asked and question not in asked:
        raise UsageError(f'no row has the question "{question}". {did_you_mean(question, asked)}')


def name_analyst(dossier: Dossier, key: str) -> str:
    """Name somebody who judges or rates, with their role: a reader is told whose view it is, and of what kind."""
    role = role_of(dossier, key)
    return f"{dossier.name_of(key)} ({role})" if role else dossier.name_of(key)


def role_of(dossier: Dossier, key: str) -> str:
    """Give what the dossier says of somebody; empty where it says nothing."""
    return next((actor.role for actor in rows_where(dossier, Actor, actor_id=key) if actor.role), "")

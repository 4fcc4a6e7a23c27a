"""A chart of one number is a sentence; and what a chart is called where nobody gives it a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.blocks.blocks import Cited, Prose
from briefing.charts.marks import find_unit, is_hollow
from briefing.charts.tips import Drawn
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import contested, split_newest
from briefing.desk.claims.counts import lead_figure
from briefing.desk.evidence import DISPUTES, collect_evidence, denial
from briefing.desk.nouns import noun
from briefing.dossier.claims import Claim
from briefing.dossier.models import documents_of
from briefing.values.bounds import Bounds
from briefing.values.words import counted


def say_one(claims: Claims, claim: Claim) -> Prose:
    """Say the one number that claims give: whose it is, the number as hedged, of what and when, and where it was read.

    Examples
    --------
    >>> import briefing as b
    >>> hay = b.choose_claims(b.read_example(), claim="tr-0006")
    >>> from briefing.blocks.records import plain
    >>> plain(say_one(hay, hay.each[0]).text)
    'Harbour Watch counts 48 items: Lorries ferried in October, October 2031 (read in Harbour Watch).'
    """
    document, others = documents_of(claims.dossier).get(claim.source), len(claims) - 1
    read = f" (read in {document.publisher})" if document else ""
    rest = f" {counted(others, 'claim')} without a number: see the annex." if others else ""
    text = (*_say_claim(claims, claim), f", {claim.when}{read}.{rest}")
    return Prose(text=text, evidence=collect_evidence(claims.dossier, claims.ids))


def entitle(claims: Claims) -> str:
    """Give the title of a chart: who counts how many on the newest day, or what is counted where several do."""
    newest, _ = split_newest(claims.each)
    if len(newest) != 1:
        return f"{claims.title or 'Counts'}, by claimant"
    lead = lead_figure(contested(claims.only(newest)))  # with the hedge that only one relay may keep
    claim = replace(newest[0], bounds=lead.bounds) if lead.bounds.is_known else newest[0]
    said = "".join(part.text if isinstance(part, Cited) else part for part in _say_claim(claims, claim))
    return f"{said}, {claim.when}"


def _say_claim(claims: Claims, claim: Claim) -> tuple[str | Cited, ...]:
    """Say who gives which number of what; what is planned is spoken of, and not counted."""
    dossier = claims.dossier
    who, what = dossier.name_of(claim.claimant), dossier.name_of(claim.quantity)
    number = f"{claim.bounds.words()}{' of' if claim.bounds.order else ''} {noun(dossier, claim)}"
    if claim.status in DISPUTES:
        verb, hedge = denial(claim.bounds, claim.status).strip(), ""
    else:
        verb, hedge = ("speaks of", f" ({claim.status})") if is_hollow(claim.status) else ("counts", "")
    return f"{who} {verb} ", Cited(text=f"{number}{hedge}", claims=(claim.id,)), f": {what}"


def name_axis(claims: Claims, drawn: Sequence[Drawn]) -> str:
    """Name what an axis counts, in the plural. Raises `ClaimError` where that has several units."""
    unit = find_unit(one.claim.bounds for one in drawn)
    return noun(claims.dossier, {one.claim.item for one in drawn}, Bounds(unit=unit))

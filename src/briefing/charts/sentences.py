"""A chart of one number is a sentence; and what a chart is called where nobody gives it a title."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.blocks.blocks import Prose
from briefing.blocks.records import plain
from briefing.charts.marks import find_unit
from briefing.charts.tips import Drawn
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import contested, split_newest
from briefing.desk.claims.counts import say_count
from briefing.desk.evidence import collect_evidence
from briefing.desk.figures import read_marks
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
    'Harbour Watch puts lorries ferried in October at 48 (October 2031). Read in Harbour Watch.'
    """
    document, others = documents_of(claims.dossier).get(claim.source), len(claims) - 1
    said, _ = read_marks(say_count(contested(claims.only([claim]))))
    read = f". Read in {document.publisher}." if document else "."
    text = (*said, read + tell_bare(others))
    return Prose(text=text, evidence=collect_evidence(claims.dossier, claims.ids, said=text))


def tell_bare(number: int) -> str:
    """Say how many claims give no number; empty where all do."""
    are = "is" if number == 1 else "are"
    return f" {counted(number, 'claim')} without a number {are} in the annex." if number else ""


def entitle(claims: Claims) -> str:
    """Give the title of a chart: who puts it at what on the newest day, or what is counted where several do."""
    newest, _ = split_newest(claims.each)
    if len(newest) != 1:
        return f"{claims.title or 'Counts'}, by claimant"
    said, _ = read_marks(say_count(contested(claims.only(newest))))
    return plain(said)


def name_axis(claims: Claims, drawn: Sequence[Drawn]) -> str:
    """Name what an axis counts, in the plural. Raises `ClaimError` where that has several units."""
    unit = find_unit(one.claim.bounds for one in drawn)
    return noun(claims.dossier, {one.claim.item for one in drawn}, Bounds(unit=unit))

"""Whose word a figure rests on: a lone origin or claimant, and sources of which the figure would not stand without."""

from __future__ import annotations

from collections.abc import Callable

from briefing.desk.claims.claims import Claims
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.dossier.relays import is_implied
from briefing.dossier.tables import Source
from briefing.values.words import count_words, list_words

#: Grades of a source on which nothing should hang unsaid, and what they say of it.
WEAK_GRADES = {"E": "graded E, unreliable", "F": "graded F, cannot be judged"}

#: Kinds of document that anybody may write, and what a reader calls one.
WEAK_KINDS = {"social_media": "a post on social media or a forum"}


def tell_lone(claims: Claims) -> str:
    """Say whose one voice several claims are: those of one origin, or of a claimant in several documents."""
    origins = {claim.origin for claim in claims.each}
    if len(origins) == 1:
        return "All go back to one origin"
    return f"All come from one claimant, {claims.dossier.name_of(claims.each[0].claimant)}"


def are_comparable(before: Claims, after: Claims) -> bool:
    """Whether one count may be higher or lower than another: a claimant makes both, or they are of one time."""
    same = {claim.claimant for claim in before.each} & {claim.claimant for claim in after.each}
    times = {claim.when.text for claim in before.each} & {claim.when.text for claim in after.each}
    return bool(same or times) or not (before.each and after.each)


def why_weak(dossier: Dossier, claim: Claim) -> tuple[str, ...]:
    """Say why the document in which a claim was read is weak: its grade, its kind; nothing where it is not.

    An original that nobody saw is no document in which anybody read.
    """
    document = documents_of(dossier).get(claim.source)
    if document is None or is_implied(document.source_id):
        return ()
    return _reasons(document)


def _reasons(document: Source) -> tuple[str, ...]:
    told = (WEAK_KINDS.get(document.kind, ""), WEAK_GRADES.get(document.reliability or "", ""))
    return tuple(words for words in told if words)


def tell_weak(claims: Claims, *, read: Callable[[Claims], object]) -> str:
    """Say that a figure hangs on weak sources, in a sentence; empty where it would read the same without them.

    `read` gives what the figure says of claims. Claims without a number bear nothing.
    """
    known = [claim for claim in claims.each if claim.bounds.is_known]
    weak = {claim.id: reasons for claim in known if (reasons := why_weak(claims.dossier, claim))}
    rest = [claim for claim in known if claim.id not in weak]
    if not weak or (rest and read(claims.only(rest)) == read(claims)):
        return ""
    documents = documents_of(claims.dossier)
    named = {
        claim.source: f"{documents[claim.source].publisher} ({', '.join(weak[claim.id])})"
        for claim in known
        if claim.id in weak
    }
    sources = f"{count_words(len(named), 'weak source')}: {list_words(list(dict.fromkeys(named.values())))}"
    return f" The figure {'would be different without' if rest else 'rests only on'} {sources}."

"""The count that leads where there is little room: of several dates the newest, of several claimants who says it."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.blocks import Cited
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.relays import Original, find_originals
from briefing.desk.figures import Figure
from briefing.dossier.claims import Claim, gather
from briefing.values.rivals import core
from briefing.values.words import name_few


def lead_of(counted: Contested | Claims) -> tuple[Contested, Contested]:
    """Give the counts that lead, and those of earlier dates: of a series the newest, of all else every one."""
    rivals = counted if isinstance(counted, Contested) else contested(counted)
    newest, earlier = rivals.parted
    if len(earlier.claims) and newest.quantified:
        return newest, earlier
    return rivals, Contested(rivals.claims.only([]))


def cite_counted(figure: Figure, *, opens: bool = False) -> Cited:
    """Cite a figure with its noun and without its hedge; it may open a sentence, or stand by itself."""
    text = f"{figure.beside} {figure.noun}" if figure.noun else figure.number
    return Cited(text=text[:1].upper() + text[1:] if opens else text, claims=figure.claims, made=figure.made)


def saying(rivals: Contested) -> Claims:
    """Give the claims that say the number, of which others only leave room for it."""
    extent = rivals.figure.bounds.extent
    says = [bounds.extent == extent for bounds in rivals.claims.bounds]
    if rivals.has_conflict or not any(says):
        return rivals.counting
    return Contested(
        rivals.claims.only(claim for claim, fits in zip(rivals.claims.each, says, strict=True) if fits)
    ).counting


def find_differing(claims: Claims) -> list[Original]:
    """Find the originals of which documents give different numbers, chosen or not."""
    behind = {(claim.quantity, claim.origin) for claim in claims.each}
    every = gather(claims.dossier).claims.values()
    same = claims.only(claim for claim in every if (claim.quantity, claim.origin) in behind)
    return [original for original in find_originals(same) if "figure" in original.differ and _is_material(original)]


def _is_material(original: Original) -> bool:
    """Whether numbers exclude each other, or one stands with a hedge and without; a rounded one does neither."""
    said = {claim.bounds for claim in original.claims.each if claim.bounds.is_known}
    printed = {tuple(sorted(set(bounds.stated))) for bounds in said}
    return core(list(said)) is None or len(printed) < len(said)


def name_claimants(claims: Claims) -> str:
    """Name one or two claimants; more are told by the first and how many others."""
    return name_few((claims.dossier.name_of(claim.claimant) for claim in claims.each), most=1)


def is_many(claims: Iterable[Claim]) -> bool:
    """Whether several claimants say it, so that the verb behind their names is a plural."""
    return len({claim.claimant for claim in claims}) > 1

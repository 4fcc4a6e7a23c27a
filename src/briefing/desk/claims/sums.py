"""Adding what may be added, and refusing what may not with the rule's name.

The rules are those of DATA, *What may be added*: one unit, one status class, one level of the item tree, disjoint
periods; increments add, a cumulative row stands alone for its period; a part does not join its whole; stocks are never
added over time; rivals are never added at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import pandas as pd

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims, items_below
from briefing.desk.figures import Figure, figure_of, no_figure
from briefing.dossier.cells import is_filled
from briefing.dossier.claims import Claim, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import CLAIM_TABLES
from briefing.errors import ClaimError, Named, did_you_mean
from briefing.usage import verb
from briefing.values.bounds import Bounds, add_bounds, difference, number_words
from briefing.values.chains import follow


@verb
def total(claims: Claims) -> Figure:
    """Add claims that are disjoint.

    Parts whose whole is among the claims are left out, and so are increments inside a cumulative count of the same
    things; the figure says so. Where two claims may be about the very same things (`same_as_candidate`), the figure
    spans both answers.

    Parameters
    ----------
    claims : Claims
        What to add.

    Returns
    -------
    Figure
        The sum, with the claims behind it.

    Raises
    ------
    ClaimError
        Where the claims may not be added: F06 rivals, F07 mixed units, statuses or item levels, F10 stocks over time.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.total(b.choose_claims(d, item="lorry", counting="increment")).words
    '48'
    """
    if not len(claims):
        return no_figure(claims.dossier)
    kept = leave_out_parts(claims.each, _wholes(claims.dossier))
    _refuse_mixtures(kept)
    kept = _leave_out_increments(kept, claims.dossier)
    _refuse_overlaps(kept, claims.dossier)
    bounds = add_bounds([claim.bounds for claim in kept])
    twins = _find_twins(kept)
    if twins:
        bounds = _span_twins(kept, twins, bounds)
    return figure_of(bounds, _ids(kept), claims.dossier, made=_made(kept, claims.each, bounds, twins))


def leave_out_parts(claims: Sequence[Claim], wholes: Mapping[str, str]) -> list[Claim]:
    """Leave out each claim whose whole, or whole's whole, is among the claims; `wholes` gives each part's whole."""
    chosen = {claim.id for claim in claims}
    return [claim for claim in claims if not any(whole in chosen for whole in follow(claim.id, wholes))]


def _wholes(dossier: Dossier) -> dict[str, str]:
    """Give each part's whole, as far as it is known by the day.

    The chain runs through rows that nobody chose and through rows that no longer stand: a part does not become another
    thing than its whole's whole because the row in between was replaced.
    """
    return dossier.known.once(_all_wholes, *CLAIM_TABLES)


def _all_wholes(*frames: pd.DataFrame) -> dict[str, str]:
    rows = (row for frame in frames for row in zip(frame["claim_id"].tolist(), frame["part_of"].tolist(), strict=True))
    return {part: whole for part, whole in rows if is_filled(whole)}


def _refuse_mixtures(claims: Sequence[Claim]) -> None:
    kinds = {"unit": {claim.unit for claim in claims}, "status": {claim.status_class for claim in claims}}
    kinds["kind of claim"] = {"stock" if claim.is_stock else "flow" for claim in claims}
    kinds["kind of loss"] = {claim.kind or "what was not lost" for claim in claims}
    for name, found in kinds.items():
        if len(found) > 1:
            raise ClaimError(
                f"{' and '.join(sorted(found))} cannot be added",
                rule=f"a sum has one {name}",
                cure=f"Choose one {name}.",
                id="F07",
            )


def _leave_out_increments(claims: Sequence[Claim], dossier: Dossier) -> list[Claim]:
    """Leave out increments that a cumulative claim about the same things already counts."""
    cumulative = [claim for claim in claims if claim.counting == "cumulative"]
    return [
        claim
        for claim in claims
        if claim.counting != "increment" or not any(_counts(whole, claim, dossier) for whole in cumulative)
    ]


def _counts(whole: Claim, part: Claim, dossier: Dossier) -> bool:
    inside = part.when.is_inside(whole.when)
    return whole.parties == part.parties and inside and part.item in items_below(dossier, whole.item)


def _refuse_overlaps(claims: Sequence[Claim], dossier: Dossier) -> None:
    for claim, other in combinations(claims, 2):
        pair = Named("claim", claim.id), " and ", Named("claim", other.id)
        if claim.is_stock and claim.when.text != other.when.text:
            raise ClaimError(
                *pair,
                " are of different dates",
                rule="stocks are never added over time",
                cure="Show a series.",
                id="F10",
            )
        if claim.quantity == other.quantity and not _are_disjoint_steps(claim, other):
            raise ClaimError(
                *pair,
                " are rivals about ",
                Named("quantity", claim.quantity),
                rule="rivals are never added",
                cure="Lay them side by side with contested().",
                id="F06",
            )
        if _same_things(claim, other, dossier) and claim.when.overlaps(other.when):
            raise ClaimError(
                *pair,
                " count the same things over periods that overlap",
                rule="a sum needs disjoint periods",
                cure="Choose one of the two.",
                id="F06",
            )


def _are_disjoint_steps(claim: Claim, other: Claim) -> bool:
    are_steps = claim.counting == other.counting == "increment"
    return are_steps and (not claim.when.overlaps(other.when) or _are_twins(claim, other))


def _are_twins(claim: Claim, other: Claim) -> bool:
    """Whether either row says that both may be about the very same things."""
    return claim.same_as_candidate == other.id or other.same_as_candidate == claim.id


def _same_things(claim: Claim, other: Claim, dossier: Dossier) -> bool:
    """Whether two claims may count the same things: the same way, one item at or above the other, one route."""
    if claim.parties != other.parties:
        return False
    if claim.part_of is not None and claim.part_of == other.part_of:
        return False  # two parts of one whole are two parts
    if claim.counting == other.counting == "increment" and claim.item == other.item:
        return False  # two movements on one day are two movements, unless they share a quantity or are said to be twins
    related = claim.item in items_below(dossier, other.item) or other.item in items_below(dossier, claim.item)
    return related and (not claim.is_stock or claim.place == other.place)


def _find_twins(claims: Sequence[Claim]) -> list[Claim]:
    """Find the claims that may repeat another of them; of each set of twins the one with most stays."""
    groups: list[list[Claim]] = []
    for claim in claims:
        joined = [group for group in groups if any(_are_twins(claim, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([claim, *(twin for group in joined for twin in group)])
    return [claim for group in groups for claim in sorted(group, key=_least, reverse=True)[1:]]


def _least(claim: Claim) -> tuple[float, str]:
    return claim.bounds.low or 0, claim.id


def _span_twins(claims: Sequence[Claim], twins: Sequence[Claim], different: Bounds) -> Bounds:
    """Span both answers: the same things (counted once, by the twin that counts most), or different things."""
    left_out = {twin.id for twin in twins}
    same = add_bounds([claim.bounds for claim in claims if claim.id not in left_out])
    return replace(different, low=same.low, low_strict=same.low_strict, best=None, about=False)


def _made(kept: Sequence[Claim], chosen: Sequence[Claim], bounds: Bounds, twins: Sequence[Claim]) -> Made | None:
    """Say how a sum was made; nothing is to be said of one claim that is its own sum."""
    ids, left_out = _ids(kept), tuple(claim for claim in _ids(chosen) if claim not in set(_ids(kept)))
    if len(ids) == 1 and not left_out and not bounds.no_low:
        return None
    return Made(kind="sum", parts=ids, left_out=left_out, twins=_ids(twins), no_low=bounds.no_low)


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


# --- parts and wholes -------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Parts:
    """A whole and the parts that claims name of it."""

    whole: Claims  #: The one claim about it, or none.
    parts: Claims
    residual: Bounds  #: The whole less its parts: what no part accounts for. Below zero, the parts exceed the whole.

    @property
    def exceed(self) -> bool:
        """Whether the parts surely exceed the whole (PARTS_EXCEED_WHOLE)."""
        return self.residual.high is not None and self.residual.high < 0

    @property
    def sum(self) -> Bounds:
        """The parts added up."""
        return add_bounds(self.parts.bounds) if len(self.parts) else Bounds(unit=self.whole.bounds[0].unit)

    @property
    def figure(self) -> Figure:
        """The sum of the parts as a figure."""
        return self._figure("sum")

    @property
    def excess(self) -> Figure:
        """By how much the parts exceed the whole, as a figure."""
        return self._figure("difference")

    def _figure(self, kind: Literal["sum", "difference"]) -> Figure:
        if not len(self.parts):
            return no_figure(self.whole.dossier)
        bounds = self.sum if kind == "sum" else difference(self.sum, self.whole.bounds[0])
        made = Made(kind=kind, parts=self.parts.ids, wholes=self.whole.ids)
        return figure_of(bounds, (*self.parts.ids, *self.whole.ids), self.whole.dossier, made=made)

    def __repr__(self) -> str:
        if not len(self.whole):
            return "Parts(nothing is known)"
        told = f"exceed by {number_words(-(self.residual.high or 0))}" if self.exceed else f"leave {self.residual}"
        return f"Parts({self.sum} of {self.whole.bounds[0]}: {told})"


@verb
def find_parts(dossier: Dossier, whole: str, *, instead: dict[str, str] | None = None) -> Parts:
    """Hold the parts of a whole against it.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    whole : str
        The claim about the whole.
    instead : dict of str to str, optional
        Claims to put in the place of parts, to see whether a rival figure would fit: ``{"tr-0106": "tr-0002"}``.
        Where such a claim is not yet known, there is nothing to hold against the whole.

    Returns
    -------
    Parts
        With the residual, and whether the parts exceed the whole.

    Raises
    ------
    ClaimError
        Where there is no such claim on any day, or the claim to be replaced is no part of the whole on any day. A
        whole that is not yet known has no parts, and nothing is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.find_parts(d, "tr-0005")
    Parts(110 of 110: leave 0)
    >>> b.find_parts(d, "tr-0005", instead={"tr-0006": "tr-0010"})
    Parts(134 of 110: exceed by 24)
    """
    claims, swap = gather(dossier).claims, instead or {}
    _check_parts(dossier, whole, swap)
    if whole not in claims or not set(swap.values()) <= set(claims):
        none = Claims((), dossier)
        return Parts(none, none, Bounds())
    ids = [swap.get(claim.id, claim.id) for claim in claims.values() if claim.part_of == whole]
    held, parts = claims[whole], Claims(tuple(claims[claim] for claim in ids), dossier)
    sum_ = add_bounds(parts.bounds) if len(parts) else Bounds(low=0, best=0, high=0, unit=held.unit)
    return Parts(Claims((held,), dossier), parts, difference(held.bounds, sum_))


def _check_parts(dossier: Dossier, whole: str, swap: Mapping[str, str]) -> None:
    """Refuse a whole or a rival that is no claim, and a part that is none of the whole's."""
    part_of = {
        claim: whole
        for name in CLAIM_TABLES
        for claim, whole in zip(
            *(dossier.everything.peek(name)[cells] for cells in ("claim_id", "part_of")), strict=True
        )
    }
    for claim in (whole, *swap.values()):
        if claim not in part_of:
            near = did_you_mean(claim, part_of)
            raise ClaimError(f'"{claim}" is no claim', rule="parts are held against a claim", cure=near)
    parts = [claim for claim in part_of if part_of[claim] == whole]
    for claim in swap:
        if claim not in parts:
            cure = did_you_mean(claim, parts)
            raise ClaimError(
                f'"{claim}" is no part of {whole}', rule="a rival stands in the place of a part", cure=cure
            )

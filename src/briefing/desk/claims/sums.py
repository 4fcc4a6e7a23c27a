"""Adding what may be added, and refusing what may not with the rule's name.

The rules are those of DATA, *What may be added*: one unit, one status class, one kind of thing, one level of the item
tree, disjoint periods; increments add, a cumulative row stands alone for its period, and of a running total the newest
end; a part does not join its whole, nor what lies inside it, nor the same goods in another unit; stocks are never added
over time; rivals and alternatives are never added at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

import pandas as pd

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims, items_below
from briefing.desk.claims.left_out import ALL_LOSSES, leave_out_earlier_ends, leave_out_held, leave_out_increments
from briefing.desk.figures import Figure, figure_of, no_figure
from briefing.dossier.claims import Claim, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.ties import Ties, ties_of
from briefing.errors import ClaimError, Named, did_you_mean
from briefing.usage import glance, verb
from briefing.values.bounds import Bounds, add_bounds, number_words, subtract_bounds
from briefing.values.rivals import envelope
from briefing.values.words import list_words

#: What a claim of each table counts: things of several of them are never one number.
_KINDS = {"deployments": "what is there", "transfers": "what moved", "losses": "what was lost"}


@verb
def total(claims: Claims) -> Figure:
    """Add claims that are disjoint.

    Parts whose whole is among the claims are left out. So are claims that a link says lie inside another of them, or
    give the same goods in another unit; increments inside a total of the same things; and running totals that a later
    one counts on. The figure says so. Where two claims may be about the very same things (`same_as_candidate`), the
    figure spans both answers.

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
        Where the claims may not be added: F06 rivals and alternatives, F07 mixed units, statuses, kinds of thing or
        item levels, F10 stocks over time.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.total(b.choose_claims(d, item="lorry", counting="increment")).words
    '48'
    """
    if not len(claims):
        return no_figure(claims.dossier)
    dossier, ties = claims.dossier, ties_of(claims.dossier)
    kept = leave_out_held(claims.each, ties)
    _refuse_one_or_other(kept, ties)
    _refuse_mixtures(kept)
    kept = leave_out_increments(leave_out_earlier_ends(kept, ties), ties)
    _refuse_overlaps(kept, dossier)
    are_single = all(claim.counting == "increment" for claim in kept)
    refuse_branches({claim.item for claim in kept}, dossier, done="added", is_root_enough=are_single)
    bounds = add_bounds([claim.bounds for claim in kept])
    twins = _find_twins(kept)
    if twins:
        bounds = _span_twins(kept, twins, bounds)
    made = _made(kept, claims.each, bounds, twins, ties)
    return figure_of(bounds, _ids(kept), dossier, made=made)


def _refuse_one_or_other(claims: Sequence[Claim], ties: Ties) -> None:
    """Refuse claims of which only one can be so, and one thing told in two ways."""
    for claim, other in _find_tied(claims, ties):
        if ties.are_alternatives(claim.id, other.id):
            told, rule = " are alternatives", "of alternatives only one can be so, and they are never added"
        elif ties.are_conversions(claim.id, other.id) or other.id in ties.find_above(claim.id):
            told, rule = " count the same goods in two ways", "the same goods are counted once"
        else:
            continue
        pair = Named("claim", claim.id), " and ", Named("claim", other.id)
        raise ClaimError(*pair, told, rule=rule, cure="Choose one of the two.", id="F06")


def _find_tied(claims: Sequence[Claim], ties: Ties) -> Iterator[tuple[Claim, Claim]]:
    """Give the pairs of claims between which a tie may lead, in order; most claims have none."""
    places = {claim.id: place for place, claim in enumerate(claims)}
    groups: dict[str, list[str]] = {}
    for claim in claims:
        named = [f"rival {ties.rivals[claim.id]}"] if claim.id in ties.rivals else []
        for name in (*named, *ties.converts.get(claim.id, ())):
            groups.setdefault(name, []).append(claim.id)
    near: dict[str, set[str]] = {}
    for group in groups.values():
        for name in group:
            near.setdefault(name, set()).update(group)
    for place, claim in enumerate(claims):
        tied = {places[name] for name in near.get(claim.id, set()) | ties.find_above(claim.id) if name in places}
        yield from ((claim, claims[other]) for other in sorted(tied) if other > place)


def _refuse_mixtures(claims: Sequence[Claim]) -> None:
    kinds = {"unit": {claim.unit for claim in claims}, "status": {claim.status_class for claim in claims}}
    kinds["kind of claim"] = {_KINDS[claim.table] for claim in claims}
    kinds["kind of loss"] = {claim.kind or "what was not lost" for claim in claims}
    for name, found in kinds.items():
        if len(found) > 1:
            raise ClaimError(
                f"{list_words(sorted(found))} cannot be added",
                rule=f"a sum has one {name}",
                cure=f"Choose one {name}.",
                id="F07",
            )


def refuse_branches(items: Collection[str], dossier: Dossier, *, done: str, is_root_enough: bool = False) -> None:
    """Refuse items that are not one kind of thing: no item holds them all, or only a root that nobody counts.

    Single movements were each seen as a load, so that any item above them is enough; what is counted over a period, or
    on a day, may lie inside what is counted beside it. Raises `ClaimError`; `done` is what would be done: added ...
    """
    ties, names = ties_of(dossier), sorted(items)
    kind = ties.find_kind(names)
    if kind is not None and (len(names) < 2 or is_root_enough or ties.is_counted(kind)):
        return
    ands = [" and " if at == len(names) - 1 else ", " if at else "" for at in range(len(names))]
    told = [piece for word, name in zip(ands, names, strict=True) for piece in (word, Named("item", name)) if piece]
    where = ("",) if kind is None else (", different branches of ", Named("item", kind), ",")
    cure = "" if kind is None else f" Where things under {kind} are counted together, give it a plural in items.csv."
    raise ClaimError(
        *told,
        *where,
        f" cannot be {done}",
        rule="numbers are added and compared within one kind of thing, which claimants count together",
        cure=f"Choose one item.{cure}",
        id="F07",
    )


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
    if claim.part_of is not None and claim.part_of == other.part_of and _are_true_parts(claim, other, dossier):
        return False  # two parts of one whole are two parts
    if claim.kind != other.kind and ALL_LOSSES not in (claim.kind, other.kind):
        return False  # who was killed was not captured
    if claim.counting == other.counting == "increment" and claim.item == other.item:
        return False  # two movements on one day are two movements, unless they share a quantity or are said to be twins
    related = claim.item in items_below(dossier, other.item) or other.item in items_below(dossier, claim.item)
    return related and (not claim.is_stock or claim.place == other.place)


def _are_true_parts(claim: Claim, other: Claim, dossier: Dossier) -> bool:
    ties = ties_of(dossier)
    return all(ties.is_same_kind(part, whole) for part in (claim, other) for whole in [part.part_of] if whole)


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


def _made(
    kept: Sequence[Claim], chosen: Sequence[Claim], bounds: Bounds, twins: Sequence[Claim], ties: Ties
) -> Made | None:
    """Say how a sum was made; nothing is to be said of one claim that is its own sum."""
    ids = _ids(kept)
    out = [claim for claim in chosen if claim.id not in set(ids)]
    if len(ids) == 1 and not out and not bounds.no_low:
        return None
    is_linked = {claim.id: claim.id in ties.linked or claim.id in ties.alternatives for claim in out}
    linked = [claim for claim in out if is_linked[claim.id] and ties.find_above(claim.id) & set(ids)]
    earlier = [claim for claim in out if claim.counting == "running" and claim not in linked and not claim.part_of]
    return Made(
        kind="sum",
        parts=ids,
        left_out=_ids(out),
        linked=_ids(linked),
        earlier=_ids(earlier),
        twins=_ids(twins),
        no_low=bounds.no_low,
    )


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


# --- parts and wholes -------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Parts:
    """A whole and the parts that claims name of it."""

    whole: Claims  #: The one claim about it, or none.
    parts: Claims
    residual: Bounds  #: The whole less its parts: what no part accounts for. Below zero, the parts exceed the whole.
    left_out: Claims | None = None  #: Claims that name the whole but count other things, or the same in another unit.
    either: tuple[tuple[str, ...], ...] = ()  #: The parts of which only one can be so: they count once.

    @property
    def exceed(self) -> bool:
        """Whether the parts surely exceed the whole (PARTS_EXCEED_WHOLE)."""
        return self.residual.high is not None and self.residual.high < 0

    @property
    def sum(self) -> Bounds:
        """The parts added up, of alternatives one."""
        return _add_parts(self.parts, self.either) if len(self.parts) else Bounds(unit=self.whole.bounds[0].unit)

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
        bounds = self.sum if kind == "sum" else subtract_bounds(self.sum, self.whole.bounds[0])
        either = tuple(claim for group in self.either for claim in group)
        made = Made(kind=kind, parts=self.parts.ids, wholes=self.whole.ids, either=either)
        return figure_of(bounds, (*self.parts.ids, *self.whole.ids), self.whole.dossier, made=made)

    def __repr__(self) -> str:
        if not len(self.whole):
            return "Parts(nothing is known)"
        told = f"exceed by {number_words(-(self.residual.high or 0))}" if self.exceed else f"leave {self.residual}"
        out = f"; {len(self.left_out)} left out" if self.left_out is not None and len(self.left_out) else ""
        return f"Parts({self.sum} of {self.whole.bounds[0]}: {told}{out})"

    def _repr_html_(self) -> str:
        named = [("whole", self.whole), ("part", self.parts), ("left out", self.left_out)]
        rows = [
            (role, claim.id, claims.dossier.name_of(claim.item), claim.bounds, claim.unit)
            for role, claims in named if claims is not None for claim in claims.each
        ]  # fmt: skip
        return glance(repr(self)[len("Parts(") : -1], ("Role", "Claim", "What", "Figure", "Unit"), rows)


@verb
def find_parts(dossier: Dossier, whole: str, *, instead: dict[str, str] | None = None) -> Parts:
    """Hold the parts of a whole against it.

    What lies inside the whole, counts it in another unit or is of another kind of thing is no part to take from it, and
    is left out. Of parts that are alternatives one counts, whichever it is.

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
    if whole not in claims or any(claim not in claims for claim in swap.values()):
        none = Claims((), dossier)
        return Parts(none, none, Bounds())
    ids = [swap.get(claim, claim) for claim in gather(dossier).parts.get(whole, ())]
    held, ties = claims[whole], ties_of(dossier)
    named = [claims[claim] for claim in ids]
    true = [part for part in named if part.unit == held.unit and ties.is_true_part(part, held)]
    out, parts = (Claims(tuple(some), dossier) for some in ([part for part in named if part not in true], true))
    either = _find_either(true, ties)
    sum_ = _add_parts(parts, either) if true else Bounds(low=0, best=0, high=0, unit=held.unit)
    return Parts(Claims((held,), dossier), parts, subtract_bounds(held.bounds, sum_), out, either)


def _find_either(parts: Sequence[Claim], ties: Ties) -> tuple[tuple[str, ...], ...]:
    """Find the sets of parts of which only one can be so."""
    sets = {tuple(other.id for other in parts if _is_either(part, other, ties)) for part in parts}
    return tuple(sorted(found for found in sets if len(found) > 1))


def _is_either(part: Claim, other: Claim, ties: Ties) -> bool:
    return part is other or ties.are_one_or_other(part.id, other.id)


def _add_parts(parts: Claims, either: tuple[tuple[str, ...], ...]) -> Bounds:
    """Add parts; of alternatives the hull is added, since any of them may be the one that is so."""
    once = {claim for group in either for claim in group}
    bounds = dict(zip(parts.ids, parts.bounds, strict=True))
    hulls = [envelope([bounds[claim] for claim in group]) for group in either]
    return add_bounds([*(bounds[claim] for claim in bounds if claim not in once), *hulls])


def _check_parts(dossier: Dossier, whole: str, swap: Mapping[str, str]) -> None:
    """Refuse a whole or a rival that is no claim, and a part that is none of the whole's."""
    reading = dossier.everything.reading
    part_of = reading.memo.once(_map_wholes, {name: reading.frames[name] for name in CLAIM_TABLES})
    for claim in (whole, *swap.values()):
        if claim not in part_of:
            near = did_you_mean(claim, part_of)
            raise ClaimError(f'"{claim}" is no claim', rule="parts are held against a claim", cure=near)
    for claim in swap:
        if part_of.get(claim) != whole:
            cure = did_you_mean(claim, [part for part in part_of if part_of[part] == whole])
            raise ClaimError(
                f'"{claim}" is no part of {whole}', rule="a rival stands in the place of a part", cure=cure
            )


def _map_wholes(*tables: pd.DataFrame) -> dict[str, Any]:
    """Give what each claim of a whole folder names as its whole, whatever the day; most name none."""
    return {
        claim: whole
        for table in tables
        for claim, whole in zip(table["claim_id"].tolist(), table["part_of"].tolist(), strict=True)
    }

"""Parts that exceed their whole: as printed, and with each single rival in the place of a part.

Of a dossier of thousands of rivals most say the same number of the same kind of thing: those are tried once a part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field

from briefing.desk.claims.claims import Claims
from briefing.desk.claims.sums import Parts, find_parts
from briefing.dossier.claims import Claim
from briefing.dossier.ties import Ties, ties_of
from briefing.values.bounds import Bounds, add_bounds, subtract_bounds


@dataclass(frozen=True, slots=True)
class Excess:
    """A whole that its parts exceed; with a rival in the place of a part, or as printed."""

    printed: Parts
    part: Claim | None = None
    rival: Claim | None = None

    @property
    def parts(self) -> Parts:
        """The parts that exceed the whole."""
        if self.part is None or self.rival is None:
            return self.printed
        whole = self.printed.whole
        return find_parts(whole.dossier, whole.ids[0], instead={self.part.id: self.rival.id})


@dataclass(frozen=True, slots=True)
class _Rivals:
    """The claims that give a number for the same, and how many of them say what."""

    each: list[Claim] = field(default_factory=list)
    said: Counter[Hashable] = field(default_factory=Counter)  #: of those that no tie sets apart
    first: dict[Hashable, Claim] = field(default_factory=dict)
    apart: list[Claim] = field(default_factory=list)  #: those with ties of their own
    parts: dict[str, list[Claim]] = field(default_factory=dict)  #: by the whole that they name


def find_wholes(claims: Claims) -> list[Parts]:
    """Give every claim about a whole of which parts are known, with those parts."""
    known = set(claims.ids)
    named = dict.fromkeys(claim.part_of for claim in claims.each if claim.part_of is not None)
    return [find_parts(claims.dossier, whole) for whole in named if whole in known]


def count_excesses(claims: Claims) -> tuple[int, int]:
    """Count the wholes that their parts exceed as printed, and the rivals that make parts exceed one."""
    printed, swapped = 0, 0
    for parts, part, exceeds, rivals in _try_all(claims):
        if part is None or rivals is None:
            printed += parts.exceed
            continue
        same = sum(_say(other) in exceeds for other in _set_apart(rivals, parts) if other not in rivals.apart)
        swapped += sum(rivals.said[said] for said in exceeds if said in rivals.said) - same
        swapped += sum(other.id in exceeds for other in _set_apart(rivals, parts))
    return printed, swapped


def find_excesses(claims: Claims) -> Iterator[Excess]:
    """Give every whole that its parts exceed, as printed first, and then with each single rival that makes them."""
    for parts, part, exceeds, rivals in _try_all(claims):
        if part is None or rivals is None:
            yield from (Excess(parts) for _ in range(parts.exceed))
        elif exceeds:
            apart = {other.id for other in _set_apart(rivals, parts)}
            for rival in rivals.each:
                if (rival.id if rival.id in apart else _say(rival)) in exceeds:
                    yield Excess(parts, part, rival)


def _try_all(claims: Claims) -> Iterator[tuple[Parts, Claim | None, set[Hashable], _Rivals | None]]:
    """Give each whole as printed, and for each of its parts what rivals say that would exceed it."""
    ties, wholes = ties_of(claims.dossier), find_wholes(claims)
    groups = _gather_rivals(claims, ties) if wholes else {}
    for parts in wholes:
        yield parts, None, set(), None
        for part in parts.parts.each:
            rivals = groups[_about(part)]
            yield parts, part, _find_exceeding(parts, part, rivals, ties), rivals


def _gather_rivals(claims: Claims, ties: Ties) -> dict[Hashable, _Rivals]:
    tied = {*ties.rivals, *ties.converts, *ties.linked, *(held for names in ties.linked.values() for held in names)}
    groups: dict[Hashable, _Rivals] = {}
    for claim in claims.each:
        group = groups.setdefault(_about(claim), _Rivals())
        group.each.append(claim)
        if claim.part_of is not None:
            group.parts.setdefault(claim.part_of, []).append(claim)
        if claim.id in tied:
            group.apart.append(claim)
        else:
            group.said[_say(claim)] += 1
            group.first.setdefault(_say(claim), claim)
    return groups


def _set_apart(rivals: _Rivals, parts: Parts) -> list[Claim]:
    """Give the rivals that are tried each by itself: those with ties, and those that are parts of the whole already."""
    named = rivals.parts.get(parts.whole.ids[0], ())
    return [*rivals.apart, *(claim for claim in named if claim not in rivals.apart)]


def _find_exceeding(parts: Parts, part: Claim, rivals: _Rivals, ties: Ties) -> set[Hashable]:
    """Find what rivals say that would exceed a whole in a part's place; those set apart by their ids."""
    exceeds: set[Hashable] = set()
    for said, rival in rivals.first.items():
        if _ends(rival) != _ends(part) and _is_too_much(parts, part, rival, ties):
            exceeds.add(said)
    for rival in _set_apart(rivals, parts):
        if _ends(rival) != _ends(part) and Excess(parts, part, rival).parts.exceed:
            exceeds.add(rival.id)
    return exceeds


def _is_too_much(parts: Parts, part: Claim, rival: Claim, ties: Ties) -> bool:
    """Whether the parts exceed their whole with a rival, which has no ties, in the place of one of them."""
    if parts.either:
        return Excess(parts, part, rival).parts.exceed
    whole = parts.whole.each[0]
    is_part = rival.unit == whole.unit and ties.is_true_part(rival, whole)
    kept: Collection[Bounds] = [claim.bounds for claim in parts.parts.each if claim is not part]
    bounds = [*kept, *([rival.bounds] if is_part else [])]
    residual = subtract_bounds(whole.bounds, add_bounds(bounds)) if bounds else whole.bounds
    return residual.high is not None and residual.high < 0


def _about(claim: Claim) -> Hashable:
    """Give what rivals share: they give another number for the same."""
    return claim.quantity, claim.unit, claim.status_class


def _say(claim: Claim) -> Hashable:
    """Give all that decides what becomes of a sum with a claim in it that has no ties."""
    return claim.bounds, claim.item


def _ends(claim: Claim) -> tuple[float | None, ...]:
    return claim.bounds.low, claim.bounds.best, claim.bounds.high

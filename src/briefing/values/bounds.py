"""Bounds: what a claim says of a number, its arithmetic and its wording.

An empty side means that the claimant does not say. It is not zero, and no midpoint is ever made: ``best`` exists only
where the claimant gives it. Rival claims are never added or averaged: `rivals` says what they have in common.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.errors import ClaimError

#: The words that `order` stands for, by the lower bound that they imply.
ORDERS = {10.0: "tens", 12.0: "dozens", 100.0: "hundreds"}

#: What each qualifier needs (True), may have (None) and must not have (False): low, best, high.
QUALIFIERS: dict[str, tuple[bool | None, bool | None, bool | None]] = {
    "exact": (True, True, True),
    "about": (False, True, False),
    "at_least": (True, False, False),
    "more_than": (True, False, False),
    "at_most": (False, False, True),
    "fewer_than": (False, False, True),
    "nearly": (False, False, True),
    "range": (True, None, True),
    "order": (True, False, False),
    "unquantified": (False, False, False),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is said of one number: a lower side, a stated best, an upper side.

    Parameters
    ----------
    low, best, high : float or None
        In units of `unit`; ``None`` is *not stated*.
    unit : str
        ``persons``, ``items``, ``tonnes`` ...; kinds are never converted into one another.
    low_strict, high_strict : bool
        Whether the bound itself is excluded ("more than 65,000").
    about : bool
        Whether the claimant hedges `best` ("about 9,000").
    nearly : bool
        Whether the number lies close under `high`, which is excluded ("nearly 5,000").
    order : bool
        Whether the claimant gave an order of magnitude in a word ("dozens").
    no_low : int
        How many parts of a sum give no lower figure and so add 0 to `low`.

    Examples
    --------
    >>> tanks, trucks = claimed("at_least", low=94), claimed("range", low=36, high=44)
    >>> str(add_bounds([tanks, trucks, claimed("exact", best=20)]))
    '≥ 150'
    """

    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str = ""
    low_strict: bool = False
    high_strict: bool = False
    about: bool = False
    order: bool = False
    no_low: int = 0
    nearly: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether both sides and the best figure are one number."""
        return self.low is not None and self.low == self.best == self.high

    @property
    def is_known(self) -> bool:
        """Whether anything at all is quantified."""
        return self.low is not None or self.best is not None or self.high is not None

    @property
    def stated(self) -> tuple[float, ...]:
        """The numbers that are printed, smallest first."""
        return tuple(sorted(side for side in (self.low, self.best, self.high) if side is not None))

    @property
    def extent(self) -> tuple[float, float]:
        """The numbers that the claim leaves open, as far as it says; the point itself where only a point is given."""
        if self.low is None and self.high is None and self.best is not None:
            return self.best, self.best
        return -math.inf if self.low is None else self.low, math.inf if self.high is None else self.high

    def contains(self, number: float) -> bool:
        """Whether the claim leaves this number open (strict sides excluded)."""
        low, high = self.extent
        above = number > low if self.low_strict else number >= low
        below = number < high if self.high_strict else number <= high
        return above and below

    def __str__(self) -> str:
        return shown(self)

    def words(self) -> str:
        """Say the bounds in words, for a sentence."""
        if not self.is_known:
            return "an unstated number"
        low, best, high = self.low, self.best, self.high
        if self.order and low is not None:
            return ORDERS[low]
        if best is not None:
            return f"{'about ' if self.about else ''}{number_words(best)}" + _beside(self)
        if self.nearly:
            return f"nearly {number_words(_known(high))}" + _beside(self)
        if low is not None and high is not None:
            if not (self.low_strict or self.high_strict):
                return shown(self)
            least = f"more than {number_words(low)}" if self.low_strict else number_words(low)
            return f"{least} to {'fewer than ' if self.high_strict else ''}{number_words(high)}"
        if high is None:
            return f"{'more than' if self.low_strict else 'at least'} {number_words(_known(low))}"
        return f"{'fewer than' if self.high_strict else 'up to'} {number_words(high)}"


def claimed(
    qualifier: str, *, low: float | None = None, best: float | None = None, high: float | None = None, unit: str = ""
) -> Bounds:
    """Read a claim's columns as bounds; a number given once fills the sides that its qualifier implies.

    ``None`` and ``NaN`` are *not stated*. Raises `ClaimError` where the qualifier is none of `QUALIFIERS`, asks for
    sides that are not there, or the sides are out of order.
    """
    low, best, high = (None if side is None or math.isnan(side) else side for side in (low, best, high))
    given = {side for side in (low, best, high) if side is not None}
    if qualifier == "exact" and len(given) == 1:
        low = best = high = given.pop()
    if disorder := order_problem(low, best, high):
        raise ClaimError(disorder[1], rule="bounds run low <= best <= high", cure="Swap them or leave one empty.")
    if wrong := qualifier_problem(qualifier, low, best, high):
        raise ClaimError(wrong, rule="a qualifier and its bounds agree", cure="Mend the qualifier or the bounds.")
    return qualified(qualifier, low, best, high, unit)


def qualified(qualifier: str, low: float | None, best: float | None, high: float | None, unit: str) -> Bounds:
    """Make bounds of the sides that a row or record states, hedged as its qualifier says; nothing is checked."""
    return Bounds(
        low, best, high, unit,
        low_strict=qualifier == "more_than",
        high_strict=qualifier in {"fewer_than", "nearly"},
        about=qualifier == "about",
        order=qualifier == "order",
        nearly=qualifier == "nearly",
    )  # fmt: skip


def qualifier_problem(qualifier: str, low: float | None, best: float | None, high: float | None) -> str | None:
    """Say how a qualifier and its bounds disagree, or ``None`` where they agree."""
    if qualifier not in QUALIFIERS:
        return f'"{qualifier}" is no qualifier'
    sides = {"low": low, "best": best, "high": high}
    needs = dict(zip(sides, QUALIFIERS[qualifier], strict=True))
    missing = [side for side in sides if needs[side] is True and sides[side] is None]
    excess = [side for side in sides if needs[side] is False and sides[side] is not None]
    if missing or excess:
        faults = [f"needs {' and '.join(missing)}"] * bool(missing) + [f"has no {' and '.join(excess)}"] * bool(excess)
        return f"{qualifier} {' and '.join(faults)}"
    if qualifier == "exact" and not low == best == high:
        return "exact has low, best and high alike"
    if qualifier == "order" and low not in ORDERS:
        return "order means tens (10), dozens (12) or hundreds (100)"
    return None


def order_problem(low: float | None, best: float | None, high: float | None) -> tuple[str, str] | None:
    """Say which side is out of order, and how; ``None`` where low <= best <= high, as far as they are stated."""
    sides = [(name, side) for name, side in (("low", low), ("best", best), ("high", high)) if side is not None]
    for (one, smaller), (other, larger) in pairwise(sides):
        if smaller > larger:
            return one, f"{one} is {number_words(smaller)} but {other} is {number_words(larger)}"
    return None


# --- arithmetic -------------------------------------------------------------------------------------------------


def add_bounds(parts: Iterable[Bounds]) -> Bounds:
    """Add disjoint quantities.

    Lows add and highs add; one missing high makes the high missing; ``best`` survives only if all parts have it;
    strictness and *about* carry over. A part with no low adds 0 and is counted in ``no_low``.

    Raises `ClaimError` where there is no part, or the units differ.
    """
    parts = list(parts)
    unit = one_unit(parts, "added")
    lows = [part.low for part in parts if part.low is not None]
    bests = [part.best for part in parts if part.best is not None]
    highs = [part.high for part in parts if part.high is not None]
    no_low = sum(part.no_low or part.low is None for part in parts)
    nearly = any(part.nearly for part in parts) and all(part.nearly or part.is_exact for part in parts)
    return Bounds(
        low=math.fsum(lows) if lows else None,
        best=math.fsum(bests) if len(bests) == len(parts) else None,
        high=math.fsum(highs) if len(highs) == len(parts) else None,
        unit=unit,
        low_strict=any(part.low_strict for part in parts),
        high_strict=len(highs) == len(parts) and any(part.high_strict for part in parts),
        about=any(part.about for part in parts),
        order=parts[0].order if len(parts) == 1 else False,
        no_low=no_low if lows else 0,
        nearly=nearly,
    )


def subtract_bounds(a: Bounds, b: Bounds) -> Bounds:
    """Subtract: from ``a.low - b.high`` to ``a.high - b.low``, a side missing where either is.

    Examples
    --------
    >>> str(subtract_bounds(claimed("exact", best=211), claimed("exact", best=235)))
    '-24'
    """
    unit = one_unit([a, b], "subtracted")
    return Bounds(
        low=a.low - b.high if a.low is not None and b.high is not None else None,
        best=a.best - b.best if a.best is not None and b.best is not None else None,
        high=a.high - b.low if a.high is not None and b.low is not None else None,
        unit=unit,
        low_strict=a.low is not None and b.high is not None and (a.low_strict or b.high_strict),
        high_strict=a.high is not None and b.low is not None and (a.high_strict or b.low_strict),
        about=a.about or b.about,
        nearly=a.nearly and b.is_exact,
    )


def direction(change: Bounds) -> str | None:
    """Say ``rose`` or ``fell`` where the interval of a change excludes 0, and nothing otherwise."""
    if change.low is not None and (change.low > 0 or (change.low == 0 and change.low_strict)):
        return "rose"
    if change.high is not None and (change.high < 0 or (change.high == 0 and change.high_strict)):
        return "fell"
    return None


def divide_bounds(a: Bounds, b: Bounds) -> Bounds:
    """Divide `a` by `b`, which have one unit: it cancels.

    Raises `ClaimError` where the units differ, or the divisor has no positive low.

    Examples
    --------
    >>> str(divide_bounds(claimed("exact", best=30), claimed("range", low=10, high=15)))
    '2–3'
    """
    one_unit([a, b], "divided")
    if b.low is None or b.low <= 0:
        raise ClaimError(
            f"{b} cannot divide", rule="a divisor has a positive low", cure="Compare the two side by side instead."
        )
    low, low_strict = _quotient((a.low, a.low_strict), by=b, least=True)
    high, high_strict = _quotient((a.high, a.high_strict), by=b, least=False)
    best = a.best / b.best if a.best is not None and b.best is not None else None
    nearly = a.nearly and b.is_exact
    about = a.about or b.about
    return Bounds(low, best, high, low_strict=low_strict, high_strict=high_strict, about=about, nearly=nearly)


def _quotient(side: tuple[float | None, bool], *, by: Bounds, least: bool) -> tuple[float | None, bool]:
    """Divide one side by the divisor's side that makes it least or greatest: a fall is largest by the smallest."""
    number, strict = side
    if number is None:
        return None, False
    widest = (number >= 0) == least
    divisor, divisor_strict = (by.high, by.high_strict) if widest else (by.low, by.low_strict)
    if divisor is None:
        return None, False
    return number / divisor, strict or (divisor_strict and number != 0)


def round_ratio(bounds: Bounds) -> Bounds:
    """Round a ratio as a reader says it, to a tenth or to whole numbers, and never to say more than is known.

    The least is rounded down and the most up; a ratio of two exact numbers that is not round is about so many.

    Examples
    --------
    >>> [round_ratio(Bounds(low=80 / 30)).words(), round_ratio(Bounds(8 / 3, 8 / 3, 8 / 3)).words()]
    ['at least 2.6', 'about 2.7']
    """
    low, best, high = bounds.low, bounds.best, bounds.high
    if bounds.is_exact and best is not None:
        near = _to_tenth(best, round)
        return bounds if math.isclose(near, best) else replace(bounds, low=near, best=near, high=near, about=True)
    return replace(
        bounds,
        low=None if low is None else _to_tenth(low, math.floor),
        best=None if best is None else _to_tenth(best, round),
        high=None if high is None else _to_tenth(high, math.ceil),
    )


def _to_tenth(number: float, to_whole: Callable[[float], int]) -> float:
    """Round to a tenth, from a hundred on to a whole number, below one to a hundredth."""
    steps = 1 if abs(number) >= 100 else 10 if abs(number) >= 1 else 100
    near = round(number * steps)
    return (near if math.isclose(near, number * steps) else to_whole(number * steps)) / steps


# --- wording ----------------------------------------------------------------------------------------------------


def number_words(number: float) -> str:
    """Print a number as a page does: thousands by comma, no invented decimals.

    Examples
    --------
    >>> number_words(65_089.0), number_words(2.5)
    ('65,089', '2.5')
    """
    return f"{number:,.0f}" if number == int(number) else f"{number:,.4g}"


def shown(bounds: Bounds) -> str:
    """Print bounds, hedged: ``211``, ``~9,000``, ``≥ 94``, ``> 65,000``, ``≤ 12,000``, ``36–44``, ``nearly 5``."""
    low, best, high = bounds.low, bounds.best, bounds.high
    if not bounds.is_known:
        return "not quantified"
    if bounds.order and low is not None:
        return ORDERS[low]
    if best is not None:
        return f"{'~' if bounds.about else ''}{number_words(best)}" + _beside(bounds)
    if bounds.nearly:
        return f"nearly {number_words(_known(high))}" + _beside(bounds)
    if low is not None and high is not None:
        if low == high:
            return number_words(low)
        if not (bounds.low_strict or bounds.high_strict):
            return f"{number_words(low)}–{number_words(high)}"
        least = f"> {number_words(low)}" if bounds.low_strict else number_words(low)
        return f"{least} to {'< ' if bounds.high_strict else ''}{number_words(high)}"
    if low is not None:
        return f"{'>' if bounds.low_strict else '≥'} {number_words(low)}"
    return f"{'<' if bounds.high_strict else '≤'} {number_words(_known(high))}"


def _beside(bounds: Bounds) -> str:
    """Print the sides that stand beside a best figure, or one that is nearly reached, in brackets."""
    low, high = bounds.low, None if bounds.nearly else bounds.high
    if (low is None and high is None) or low == bounds.best == high:
        return ""
    return f" ({shown(replace(bounds, best=None, high=high, about=False, nearly=False))})"


def _known(side: float | None) -> float:
    assert side is not None
    return side


def one_unit(parts: Sequence[Bounds], verb: str) -> str:
    """Give the unit that all parts share, or refuse.

    Raises `ClaimError` where there is no part, or the units differ.
    """
    if not parts:
        raise ClaimError(
            f"nothing can be {verb}", rule="there must be at least one figure", cure="Choose claims that exist."
        )
    units = sorted({part.unit for part in parts})
    if len(units) > 1:
        named = " and ".join(unit or "no unit" for unit in units)
        raise ClaimError(
            f"{named} cannot be {verb}", rule="units are never converted", cure="Choose claims of one unit."
        )
    return units[0]

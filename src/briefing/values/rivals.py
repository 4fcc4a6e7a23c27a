"""Rival claims about one quantity: what is printed, what they span, what they share, and how that reads.

They are never added or averaged. Three summaries: the *stated range* (the smallest and the largest number printed),
the *envelope* (the hull; a missing side stays missing) and the *core* (the intersection; empty: the sources conflict).
`agreed` and `spread` say how that reads: in the words of rivals, with every side that they leave open.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.values.bounds import ORDERS, Bounds, number_words, one_unit
from briefing.values.words import NUMBER_WORDS


def stated_range(rivals: Iterable[Bounds]) -> tuple[float, float] | None:
    """Give the smallest and the largest number that any rival prints; ``None`` where none prints one."""
    numbers = [float(number) for rival in rivals for number in rival.stated]
    return (min(numbers), max(numbers)) if numbers else None


def envelope(rivals: Sequence[Bounds]) -> Bounds:
    """Give the hull of rival claims; a side that any rival leaves open stays open."""
    unit = one_unit(rivals, "compared")
    lows = [rival.low for rival in rivals if rival.low is not None]
    highs = [rival.high for rival in rivals if rival.high is not None]
    low = min(lows) if len(lows) == len(rivals) else None
    high = max(highs) if len(highs) == len(rivals) else None
    return Bounds(
        low=low,
        best=low if low is not None and low == high else None,
        high=high,
        unit=unit,
        low_strict=low is not None and all(rival.low_strict for rival in rivals if rival.low == low),
        high_strict=high is not None and all(rival.high_strict for rival in rivals if rival.high == high),
    )


def hull(rivals: Sequence[Bounds]) -> Bounds:
    """Give the least and the most that any rival leaves open; a hedged point counts as that point."""
    known = [rival for rival in rivals if rival.is_known]
    low = min((rival.extent[0] for rival in known), default=-math.inf)
    high = max((rival.extent[1] for rival in known), default=math.inf)
    ends = [rival for rival in known if low in rival.extent or high in rival.extent]
    open_below = [rival for rival in known if rival.extent[0] == -math.inf]
    return Bounds(
        low=None if low == -math.inf else low,
        high=None if high == math.inf else high,
        unit=one_unit(rivals, "compared"),
        low_strict=low != -math.inf and all(rival.low_strict for rival in known if rival.extent[0] == low),
        high_strict=high != math.inf and all(rival.high_strict for rival in known if rival.extent[1] == high),
        about=any(rival.about for rival in ends),
        nearly=bool(open_below) and high != math.inf and all(rival.nearly for rival in open_below),
    )


def core(rivals: Sequence[Bounds]) -> Bounds | None:
    """Give what every rival leaves open, or ``None`` where the sources conflict.

    A claim that gives a point and no bounds ("about 3,200") counts as that point: no tolerance is invented for it.
    Bounds that only touch ("up to 5", "at least 5") make no number, for nobody counts it.
    """
    shared = _meet(rivals)
    if shared is None or shared.low is None or shared.low != shared.high:
        return shared
    number = shared.low
    points = [rival for rival in rivals if rival.is_known and rival.extent == (number, number)]
    if not points:
        return None
    if all(rival.about for rival in points):
        return Bounds(None, number, None, shared.unit, about=True)
    return Bounds(number, number, number, shared.unit)


def share_number(rivals: Sequence[Bounds]) -> bool:
    """Whether some number fits all rivals, though none of them may count it."""
    return _meet(rivals) is not None


def _meet(rivals: Sequence[Bounds]) -> Bounds | None:
    unit = one_unit(rivals, "compared")
    known = [rival for rival in rivals if rival.is_known]
    low = max((rival.extent[0] for rival in known), default=-math.inf)
    high = min((rival.extent[1] for rival in known), default=math.inf)
    low_strict = any(rival.low_strict for rival in known if rival.extent[0] == low)
    high_strict = any(rival.high_strict for rival in known if rival.extent[1] == high)
    if low > high or (low == high and (low_strict or high_strict)):
        return None
    return Bounds(
        low=None if low == -math.inf else low,
        high=None if high == math.inf else high,
        unit=unit,
        low_strict=low_strict,
        high_strict=high_strict,
        nearly=any(rival.nearly for rival in known if rival.extent == (low, high)),
    )


# --- wording ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one rival says, or what lies between the numbers of two: the lower and the higher."""

    first: Bounds
    last: Bounds | None = None
    is_under: bool = False  #: "nearly 50" beside "at least 50": there it only says under 50.

    @property
    def ends(self) -> tuple[Bounds, ...]:
        """The rivals that give it its ends."""
        return (self.first,) if self.last is None else (self.first, self.last)

    def words(self) -> str:
        """Say it in a sentence: "up to 50", "about 6,700 to 10,000 or more"."""
        if self.last is None:
            return f"under {number_words(_most(self.first))}" if self.is_under else self.first.words()
        return " to ".join(_say_ends(self.first, self.last, about="about "))

    def shown(self) -> str:
        """Print it in a table: ``≤ 50``, ``98–122``, ``~6,700–10,000 or more``."""
        if self.last is None:
            return self.words() if self.is_under else str(self.first)
        low, high = _say_ends(self.first, self.last, about="~")
        is_plain = high[0].isdigit() and low[-1].isdigit() and not self.first.nearly
        return f"{low}–{high}" if is_plain else f"{low} to {high}"


def agreed(rivals: Sequence[Bounds]) -> tuple[Bounds, ...]:
    """Give the rival that says what all leave open, or the two that do so together; none where they conflict.

    Examples
    --------
    >>> from briefing.values.bounds import claimed
    >>> [str(one) for one in agreed([claimed("exact", best=65_089), claimed("more_than", low=65_000)])]
    ['65,089']
    >>> [str(one) for one in agreed([claimed("at_least", low=10), claimed("range", low=5, high=20)])]
    ['≥ 10', '5–20']
    """
    shared = core(rivals)
    known = sorted((rival for rival in rivals if rival.is_known), key=_order)
    if shared is None or not known:
        return ()
    limits = _limits(shared)
    same = [rival for rival in known if _limits(rival) == limits]
    if same:
        return (min(same, key=lambda one: (one.best is None, one.about, not one.nearly, not one.order)),)
    floor = min((rival for rival in known if _limits(rival)[0] == limits[0]), key=lambda one: one.extent[1])
    ceiling = max((rival for rival in known if _limits(rival)[1] == limits[1]), key=lambda one: one.extent[0])
    return floor, ceiling


def spread(rivals: Sequence[Bounds]) -> tuple[Stretch, ...]:
    """Lay out what rivals say, lowest first: sides that are open as they are stated, and the numbers between.

    An open side that starts inside the numbers is left out: "more than 120" fits 122, whatever else is counted.

    Examples
    --------
    >>> from briefing.values.bounds import claimed
    >>> say_spread(spread([claimed("at_least", low=10_000), claimed("about", best=6_700)]))
    'about 6,700 to 10,000 or more'
    >>> say_spread(spread([claimed("at_most", high=50), claimed("exact", best=90)]))
    'up to 50, or 90'
    """
    known = sorted((rival for rival in rivals if rival.is_known), key=_order)
    under = sorted((rival for rival in known if _is_under(rival)), key=lambda one: (_most(one), not one.high_strict))
    over = [rival for rival in known if _is_over(rival)]
    closed = [rival for rival in known if not _is_under(rival) and not _is_over(rival)]
    if not closed:
        return _single([*under[:1], *under[-1:], *over[:1], *over[-1:]])
    first, last = closed[0], max(reversed(closed), key=_most)
    before = [
        one
        for one in (*under[:1], *under[-1:])
        if not _least(first) <= _most(one) <= _most(last) or (one.high_strict and _most(one) == _least(first))
    ]
    before += [one for one in over[:1] if _least(one) < _least(first)]
    top = [one for one in over[-1:] if _most(one) >= _most(last)]
    end = top[0] if top else last
    return tuple(dict.fromkeys((*_single(before), *_between(first, end))))


def _between(first: Bounds, end: Bounds) -> tuple[Stretch, ...]:
    if first == end or (not _is_over(end) and _most(end) <= _most(first) and _least(first) < _most(first)):
        return (Stretch(first),)
    if _least(first) < _most(end):
        return (Stretch(first, end),)
    return Stretch(first, is_under=first.nearly and _is_over(end)), Stretch(end)


def _single(rivals: Iterable[Bounds]) -> tuple[Stretch, ...]:
    return tuple(dict.fromkeys(map(Stretch, rivals)))


def either(words: Sequence[str]) -> str:
    """List what is said by one or by another: "up to 50, or 90"."""
    return ", or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def say_spread(stretches: Sequence[Stretch]) -> str:
    """Say in a sentence what rivals spread over."""
    return either([stretch.words() for stretch in stretches])


def show_spread(stretches: Sequence[Stretch]) -> str:
    """Print what rivals spread over, for a table."""
    return either([stretch.shown() for stretch in stretches])


def say_factor(rivals: Sequence[Bounds]) -> str:
    """Say how many times the lowest count the highest is, as far as bounds allow; empty below one and a half.

    Examples
    --------
    >>> from briefing.values.bounds import claimed
    >>> say_factor([claimed("at_least", low=3_000), claimed("about", best=1_100)])
    'about 2.7 times the lower or more'
    >>> say_factor([claimed("exact", best=300), claimed("exact", best=100)]), say_factor([claimed("exact", best=300)])
    ('three times the lower', '')
    """
    known = [rival for rival in rivals if rival.is_known]
    lower, higher = min(known, key=lambda one: one.extent[1]), max(known, key=lambda one: one.extent[0])
    floor, ceiling = higher.extent[0], lower.extent[1]
    if higher.order or not 0 < ceiling < math.inf or floor < 1.5 * ceiling:
        return ""
    factor = floor / ceiling
    is_point, is_about = all(one.extent[0] == one.extent[1] for one in (lower, higher)), lower.about or higher.about
    times = {float(number): f"{word} times" for word, number in NUMBER_WORDS.items()} | {2.0: "twice"}
    near = math.ceil(factor)
    if is_point and not is_about and 0 < near - factor <= 0.3 and near in times:
        return f"nearly {times[near]} the lower"
    floored = math.floor(factor * 10) / 10
    many = f"{number_words(floored)} times" if floored >= 10 else times.get(floored, f"{floored:g} times")
    many = times.get(factor, many)
    if is_about:
        return f"about {many} the lower{'' if is_point else ' or more'}"
    if is_point:
        return f"{'about ' if factor * 10 % 1 else ''}{many} the lower"
    return f"{'more than' if higher.low_strict or lower.high_strict else 'at least'} {many} the lower"


def _order(rival: Bounds) -> tuple[object, ...]:
    """Order rivals by their numbers, and the less hedged first, so that the order in which they come is no matter."""
    return (
        _least(rival), _most(rival), rival.low_strict, not rival.high_strict, rival.best is None, rival.about,
        rival.order, rival.nearly, rival.best or 0.0,
    )  # fmt: skip


def _is_under(rival: Bounds) -> bool:
    return rival.low is None and rival.best is None and not rival.nearly


def _is_over(rival: Bounds) -> bool:
    return rival.high is None and rival.best is None


def _least(rival: Bounds) -> float:
    return next(side for side in (rival.low, rival.best, rival.high) if side is not None)


def _most(rival: Bounds) -> float:
    return next(side for side in (rival.high, rival.best, rival.low) if side is not None)


def _limits(rival: Bounds) -> tuple[tuple[float, bool], tuple[float, bool]]:
    low, high = rival.extent
    return (low, rival.low_strict), (high, rival.high_strict)


def _say_ends(first: Bounds, last: Bounds, *, about: str) -> tuple[str, str]:
    return _say_end(first, _least(first), about), _say_end(last, _most(last), about)


def _say_end(rival: Bounds, number: float, about: str) -> str:
    """Say the number at one end of a stretch, hedged as its claimant does."""
    if rival.order:
        return ORDERS[number]
    words = number_words(number)
    if _is_over(rival):
        return f"more than {words}" if rival.low_strict else f"{words} or more"
    if rival.nearly:
        return f"nearly {words}"
    return f"{about}{words}" if rival.about and number == rival.best else words

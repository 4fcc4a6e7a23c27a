"""Rival claims about one quantity: what is printed, what they span, what they share.

They are never added or averaged. Three summaries: the *stated range* (the smallest and the largest number printed),
the *envelope* (the hull; a missing side stays missing) and the *core* (the intersection; empty: the sources conflict).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from briefing.values.bounds import Bounds, one_unit


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


def core(rivals: Sequence[Bounds]) -> Bounds | None:
    """Give what every rival leaves open, or ``None`` where the sources conflict.

    A claim that gives a point and no bounds ("about 3,200") counts as that point: no tolerance is invented for it.
    """
    unit = one_unit(rivals, "compared")
    known = [rival for rival in rivals if rival.is_known]
    low = max((rival.extent[0] for rival in known), default=-math.inf)
    high = min((rival.extent[1] for rival in known), default=math.inf)
    low_strict = any(rival.low_strict for rival in known if rival.extent[0] == low)
    high_strict = any(rival.high_strict for rival in known if rival.extent[1] == high)
    if low > high or (low == high and (low_strict or high_strict)):
        return None
    if low == high:
        points = [rival for rival in known if rival.extent == (low, high)]
        hedged = bool(points) and all(rival.about for rival in points)
        return Bounds(None, low, None, unit, about=True) if hedged else Bounds(low, low, low, unit)
    return Bounds(
        low=None if low == -math.inf else low,
        high=None if high == math.inf else high,
        unit=unit,
        low_strict=low_strict,
        high_strict=high_strict,
    )

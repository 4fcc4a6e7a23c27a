"""How bounds are drawn: a bar between stated bounds, a dotted line to a side not stated, a point only for a point.

No midpoint is ever drawn, and "nearly 5,000" is a point: nothing leads from it to zero. Bars mean stated bounds, and
every chart says so: readers take a bar for 95 % otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from briefing.charts.pen import Datum, Layer, Look, layer
from briefing.desk.evidence import denial
from briefing.desk.nouns import noun
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import STATUS_CLASSES
from briefing.dossier.models import rows_by_id
from briefing.dossier.tables import Unit
from briefing.values.bounds import Bounds, one_unit
from briefing.values.palette import PAPER


def mark_of(bounds: Bounds, status: str, *, edge: float, again: bool = False) -> Datum:
    """Turn one claim into what the marks draw: a missing key draws nothing, and `at` is where the figure is written.

    `edge` is the end of the axis, as far as which a side that is not stated is dotted. `again` says that the claim
    repeats one that is drawn already (`repeats`): it is drawn small.

    Examples
    --------
    >>> from briefing.values.bounds import claimed
    >>> mark_of(claimed("at_most", high=12), "present", edge=20)
    {'open_from': 0, 'open_to': 12, 'high': 12, 'at': 12}
    """
    mark: Datum = {}
    if is_hollow(status):
        mark["hollow"] = True
    if again:
        mark["again"] = True
    point = bounds.high if bounds.nearly and bounds.best is None else bounds.best
    if point is not None:
        mark["point"] = point
    if bar := bar_of(bounds):
        mark |= {"from": bar[0], "to": bar[1]}
    if dots := dots_of(bounds, edge=edge):
        mark |= {"open_from": dots[0], "open_to": dots[1]}
    mark |= ends_of(bounds)
    return mark | ({"at": written_at(bounds)} if bounds.is_known else {})


def bar_of(bounds: Bounds) -> tuple[float, float] | None:
    """Give the numbers between which a bar is drawn, where both sides are stated and differ."""
    low, high = bounds.low, bounds.high
    return (low, high) if low is not None and high is not None and low != high else None


def dots_of(bounds: Bounds, *, edge: float) -> tuple[float, float] | None:
    """Give the numbers between which a dotted line is drawn, where one side only is stated."""
    low, high = bounds.low, bounds.high
    if low is not None and high is None:
        return low, edge
    return (0, high) if high is not None and low is None and not bounds.nearly else None


def ends_of(bounds: Bounds) -> dict[str, float]:
    """Give the sides that are drawn as an end: those stated, unless both are one number."""
    high = None if bounds.nearly else bounds.high
    sides = {"low": bounds.low, "high": high} if bounds.low != bounds.high else {}
    return {name: side for name, side in sides.items() if side is not None}


def written_at(bounds: Bounds) -> float:
    """Give the number at which the figure is written: the upper end, the one end that is stated, or else the point."""
    low, best, high = bounds.low, bounds.best, bounds.high
    if best is None or low != high:
        return next(end for end in (high, low, best) if end is not None)
    return best


def tell_marks(claims: Iterable[tuple[Bounds, str]]) -> str:
    """Say what the marks of some claims (bounds, status) mean, as far as they are drawn; empty where all are points."""
    each = [(mark_of(bounds, status, edge=1), status) for bounds, status in claims]
    solid = [status for mark, status in each if mark.keys() & {"from", "point", "low", "high"}]
    told = {
        "bars run between stated bounds": any("from" in mark for mark, _ in each),
        "dotted lines lead to a side that is not stated": any("open_from" in mark for mark, _ in each),
        f"hollow marks show what is {name_hollow(solid)}": any(map(is_hollow, solid)),
    }
    said = "; ".join(words for words, is_drawn in told.items() if is_drawn)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def name_hollow(statuses: Iterable[str]) -> str:
    """Name the statuses of some claims that are drawn hollow: "announced, denied or doubted"."""
    found = set(statuses)
    *most, last = [status for status in STATUS_CLASSES if status in found and is_hollow(status)] or [""]
    return f"{', '.join(most)} or {last}" if most else last


def is_hollow(status: str) -> bool:
    """Whether a claim is drawn hollow: what it counts is only to come, or is said not to be."""
    return STATUS_CLASSES[status] != "real"


def shown_with(bounds: Bounds, status: str, unit: str = "") -> str:
    """Print bounds with the status that makes them hollow, and what is denied as denied."""
    return _with_status(str(bounds), bounds, status, unit)


def shown_of(dossier: Dossier, claim: Claim) -> str:
    """Print the number of a claim with its noun, or behind the name of what is counted where that has none."""
    word, unit = noun(dossier, claim), rows_by_id(dossier, Unit).get(claim.unit)
    if unit is None or word not in {unit.singular, unit.plural}:
        return shown_with(claim.bounds, claim.status, word)
    beside = "" if claim.unit == "items" else word
    return f"{dossier.name_of(claim.item)}: {shown_with(claim.bounds, claim.status, beside)}"


def _with_status(number: str, bounds: Bounds, status: str, unit: str) -> str:
    counted = f"{number}{' of' if bounds.order else ''} {unit}" if unit and bounds.is_known else number
    denied = denial(bounds, status)
    if denied and bounds.extent == (0, 0):
        return f"{denied.removesuffix(': ')} {unit}".strip()
    return f"{denied}{counted}" if denied else f"{counted} ({status})" if is_hollow(status) else counted


def draw_marks(at: Mapping[str, Any], along: Any, *, upright: bool, **hue: Any) -> list[Layer]:
    """Draw the marks of bounds on the channels that all of them share (`at`) and one of numbers (`along`).

    `hue` is the colour of all marks, where no channel gives it.
    """
    main, second = ("y", alt.Y2) if upright else ("x", alt.X2)
    plain = {name: channel for name, channel in at.items() if name != "shape"}

    def span(first: str, last: str) -> dict[str, object]:
        return {**plain, main: along(first), f"{main}2": second(field=last)}

    inner = {name: channel for name, channel in plain.items() if name != "color"}
    bar = {**inner, main: along("from"), f"{main}2": second(field="to")}
    dotted = {"strokeWidth": 2, "strokeDash": [1, 4], "strokeCap": "round"}
    layers = [
        layer("rule", "isValid(datum.open_from)", on=span("open_from", "open_to"), **dotted, **hue),
        layer("rule", "isValid(datum.from)", on=span("from", "to"), strokeWidth=_sized(7, 5), **hue),
        layer("rule", "isValid(datum.from) && datum.hollow", on=bar, strokeWidth=_sized(3, 2), color=PAPER),
    ]
    for side in ("low", "high"):
        on = {**plain, main: along(side)}
        layers += [
            layer("tick", f"isValid(datum.{side}) && !datum.hollow", on=on, **_TICK, thickness=3, **hue),
            layer("tick", f"isValid(datum.{side}) && datum.hollow", on=on, **_TICK, **_hollow(5, hue)),
        ]
    point, is_solid = {**at, main: along("point")}, "!datum.hollow && !datum.again"
    return [
        *layers,
        layer("point", f"isValid(datum.point) && {is_solid}", on=point, filled=True, size=90, opacity=1, **hue),
        layer("point", f"isValid(datum.point) && !({is_solid})", on=point, filled=False, fill=PAPER, opacity=1,
              size=_sized(70, 28), strokeWidth=_sized(2, 1.5), **hue),
    ]  # fmt: skip


def _sized(full: float, small: float) -> Any:
    """Size a mark: small where it repeats what is drawn already."""
    return alt.ExprRef(expr=f"datum.again ? {small} : {full}")


_TICK = {"size": _sized(15, 9), "opacity": 1}


def _hollow(thickness: float, hue: Look) -> Look:
    """Outline a tick; a hue given becomes its outline."""
    outline = {"stroke": hue["color"]} if "color" in hue else {}
    return {"filled": False, "fill": PAPER, "thickness": thickness, "strokeWidth": 1.5, **outline}


def find_edge(bounds: Iterable[Bounds]) -> float:
    """Find where the axis ends: beyond the largest number printed, with room for its label."""
    largest = max((number for one in bounds for number in one.stated), default=1.0) or 1.0
    step = 10 ** (len(str(int(largest))) - 1) / 2
    edge = largest * 1.15
    return float(-(-edge // step) * step) if largest >= 10 else edge


def find_unit(bounds: Iterable[Bounds]) -> str:
    """Give the unit of an axis. Raises `ClaimError` where there are several: they are never converted."""
    return one_unit(list(bounds), "drawn on one axis")


def describe(label: str, claim: Claim, noun: str, *, again: bool = False) -> str:
    """Say in words what the marks of a claim show; `noun` is that of what it counts."""
    number = claim.bounds.words() if claim.bounds.is_known else "no number stated"
    told = _with_status(number, claim.bounds, claim.status, noun)
    return f"{label}: {told}{' (same origin again)' if again else ''}"

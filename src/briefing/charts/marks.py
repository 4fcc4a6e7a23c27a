"""How bounds are drawn: a bar between stated bounds, a dotted line to a side not stated, a point only for a point.

No midpoint is ever drawn. Bars mean stated bounds, and every chart says so: readers take a bar for 95 % otherwise.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import altair as alt

from briefing.bounds import Bounds
from briefing.claims import STATUS_CLASSES
from briefing.theme import BLUE, INK, PAPER

#: Any chart of altair: its stubs give each step of a chain a type of its own.
Drawing: TypeAlias = Any

#: Splits a line's name into its two lines beside a wide chart.
SPLIT = "\n"
TWO_LINES = "split(datum.label, '\\n')"

LEGEND = (
    "Bars are stated bounds, dotted lines a side that is not stated, hollow marks what is only announced or denied."
)


def mark_row(label: str, bounds: Bounds, status: str, *, edge: float) -> dict[str, Any]:
    """Turn one claim into what the marks draw.

    Parameters
    ----------
    label : str
        The line's name on the chart.
    bounds : Bounds
        What the claim says.
    status : str
        Of the claim: what is not there or has not moved is drawn hollow.
    edge : float
        Where the axis ends: a side that is not stated is drawn dotted as far as there.

    Returns
    -------
    dict
        ``label from to open_from open_to low high point hollow shown``; a missing key draws nothing.

    Examples
    --------
    >>> from briefing.bounds import claimed
    >>> mark_row("Ministry", claimed("at_most", high=12), "present", edge=20)["open_from"]
    0
    """
    hollow = STATUS_CLASSES[status] != "real"
    row: dict[str, Any] = {"label": label, "line": label.replace(SPLIT, ", "), "hollow": hollow}
    row["shown"] = f"{bounds} ({status})" if hollow else str(bounds)
    low, high = bounds.low, bounds.high
    if bounds.best is not None:
        row |= {"point": bounds.best, "at": bounds.best}
    if low is not None and high is not None and low != high:
        row |= {"from": low, "to": high}
    if low is not None and high is None:
        row |= {"open_from": low, "open_to": edge, "at": low}
    if high is not None and low is None:
        row |= {"open_from": 0, "open_to": high, "at": high}
    if low is not None and low != high:
        row |= {"low": low}
    if high is not None and low != high:
        row |= {"high": high, "at": high}
    return row


def draw_marks(rows: list[dict[str, Any]], *, edge: float, order: list[str], narrow: bool) -> Drawing:
    """Draw one line of marks a row, in the order given, with the hedged figure as label."""
    data = alt.Data(values=rows)
    y = alt.Y("label", type="nominal", sort=order, axis=None if narrow else alt.Axis(title=None, labelExpr=TWO_LINES))
    scale = alt.Scale(domain=[0, edge], nice=False)
    axis = alt.Axis(title=None, tickCount=3 if narrow else 6, format=",d", grid=True)

    def x(field: str) -> alt.X:
        return alt.X(field, type="quantitative", scale=scale, axis=axis)

    rule = alt.Chart(data).mark_rule(color=BLUE)
    layers = [
        rule.transform_filter("isValid(datum.open_from)").encode(y=y, x=x("open_from"), x2=alt.X2("open_to"))
        .mark_rule(color=BLUE, strokeWidth=2, strokeDash=[1, 4], strokeCap="round"),
        rule.transform_filter("isValid(datum.from)").encode(y=y, x=x("from"), x2=alt.X2("to"))
        .mark_rule(color=BLUE, strokeWidth=7),
        rule.transform_filter("isValid(datum.from) && datum.hollow").encode(y=y, x=x("from"), x2=alt.X2("to"))
        .mark_rule(color=PAPER, strokeWidth=3),
        _ticks(data, "low", x("low"), y),
        _ticks(data, "high", x("high"), y),
        _points(data, x("point"), y, hollow=False),
        _points(data, x("point"), y, hollow=True),
        alt.Chart(data).mark_text(align="left", dx=9, dy=-9, color=INK).encode(
            y=y, x=x("at"), text=alt.Text("shown", type="nominal")
        ),
    ]  # fmt: skip
    if narrow:  # a phone has no room beside the chart: the label stands above its line
        name = alt.Chart(data).mark_text(align="left", dy=-24, color=INK)
        layers.append(name.encode(y=y, x=alt.value(0), text=alt.Text("line", type="nominal")))
    return alt.layer(*layers)


def find_edge(bounds: list[Bounds]) -> float:
    """Find where the axis ends: beyond the largest number printed, with room for its label.

    Examples
    --------
    >>> find_edge([Bounds(best=12_000, low=12_000, high=12_000)])
    15000.0
    """
    largest = max((number for one in bounds for number in one.stated), default=1.0) or 1.0
    step = 10 ** (len(str(int(largest))) - 1) / 2
    edge = largest * 1.15
    return float(-(-edge // step) * step) if largest >= 10 else edge


def describe(label: str, bounds: Bounds, status: str, unit: str) -> str:
    """Say in words what one line of marks shows."""
    said = "" if STATUS_CLASSES[status] == "real" else f" ({status})"
    return f"{label.replace(SPLIT, ', ')}: {bounds.words()} {unit if bounds.is_known else ''}{said}".rstrip()


def _ticks(data: alt.Data, side: str, x: alt.X, y: alt.Y) -> Drawing:
    tick = alt.Chart(data).transform_filter(f"isValid(datum.{side})")
    return tick.mark_tick(color=BLUE, thickness=3, size=16, opacity=1).encode(y=y, x=x)


def _points(data: alt.Data, x: alt.X, y: alt.Y, *, hollow: bool) -> Drawing:
    chosen = alt.Chart(data).transform_filter(f"isValid(datum.point) && {'' if hollow else '!'}datum.hollow")
    filled = chosen.mark_point(color=BLUE, filled=not hollow, size=80, strokeWidth=2, opacity=1)
    return filled.encode(y=y, x=x)

"""A stock at its dates, by claimant; no line ever joins different claimants."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd

from briefing.blocks.blocks import Chart, Note
from briefing.charts.days import Days, day_axis, drawn_on, span_days, stamp
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.labels import Anchor, Box, place
from briefing.charts.marks import describe, draw_marks, find_edge, find_unit, mark_row, shown_with, tell_marks
from briefing.charts.pen import PLACED, Layer, Row, compose, layer, numbers, width_of, written
from briefing.charts.repeats import tell_repeats
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import dress
from briefing.desk.claims.claims import Claims
from briefing.dossier.claims import bounds_of
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.palette import CATEGORIES, QUIET, SHAPES

_HEIGHT = 300
#: How far marks of one day stand apart, each and all of them, in pixels.
_APART, _WIDEST = 9, 90
#: How far under its mark the time is drawn in which the day of a count lies.
_UNDER = 9


@verb
def dated_series(claims: Claims, *, title: str) -> Chart | Note:
    """Show a stock at its dates, by claimant; no line ever joins different claimants.

    Parameters
    ----------
    claims : Claims
        Deployments of one quantity.
    title : str
        What is seen.

    Returns
    -------
    Chart or Note
        A block; a note where no claim gives a number. Claims of one day stand side by side, a few pixels apart.

    Raises
    ------
    ClaimError
        Where the claims count in several units.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.dated_series(b.choose_claims(d, quantity="guards-there"), title="Guards, by claimant and date")
    Chart('Guards, by claimant and date', 4 rows, 4 claims, 4 sources)
    """
    known = [row for row in claims.rows if bounds_of(row).is_known]
    days = [drawn_on(row["when_first"], row["when_last"], as_of=claims.dossier.as_of) for row in known]
    rows = dress(claims, [row | {"drawn_on": day} for row, day in zip(known, days, strict=True) if day])
    if not rows:
        return nothing_known(claims, title)
    groups = _group(claims, rows)
    unit = find_unit(bounds_of(row) for row in rows)
    told = [
        describe(f"{parse_date(row['when'])}, {claims.dossier.name_of(row['claimant_id'])}", bounds_of(row),
                 row["status"], row["unit"], again=row["again"])
        for row in rows
    ]  # fmt: skip
    remark = " ".join(_remarks(rows, left_out=len(known) - len(rows)))

    def draw(narrow: bool) -> dict[str, Any]:
        return _draw(rows, groups, unit, narrow=narrow)

    return frame_chart(title, draw, f"{title}. {'; '.join(told)}.", behind=claims_behind(claims), remark=remark)


def _remarks(rows: Sequence[dict[str, Any]], *, left_out: int) -> Iterator[str]:
    """Say what the marks mean, as far as they are drawn, and what is not drawn."""
    if meant := tell_marks((bounds_of(row), row["status"]) for row in rows):
        yield meant
    if told := tell_repeats([row["again"] for row in rows]):
        yield told
    if any((since := _since(row)) and since < row["drawn_on"] for row in rows):
        yield "A thin line under a mark is the time in which the day of a count lies."
    if left_out:
        yield f"{left_out} without a day, in the table only."


def _group(claims: Claims, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Name each row's group: its claimant, or "others" where claimants are more than shapes."""
    names = [claims.dossier.name_of(row["claimant_id"]) for row in rows]
    known = Counter(names)
    kept = set(known) if len(known) <= len(SHAPES) else {name for name, _ in known.most_common(len(SHAPES) - 1)}
    return [name if name in kept else "others" for name in names]


def _since(row: dict[str, Any]) -> dt.date | None:
    return None if pd.isna(row["when_first"]) else row["when_first"].date()


def _draw(rows: Sequence[dict[str, Any]], groups: Sequence[str], unit: str, *, narrow: bool) -> dict[str, Any]:
    edge = find_edge(bounds_of(row) for row in rows)
    width = (NARROW if narrow else WIDE) - width_of(f"{edge:,.0f}") - 40
    days = span_days(day for row in rows for day in (row["drawn_on"], _since(row)) if day is not None)
    marks = [_mark(row, group, edge) for row, group in zip(rows, groups, strict=True)]
    _stand_apart(marks, rows, days, width)
    _place_figures(marks, rows, days, edge, width)
    along, x = numbers(alt.Y, edge=edge, unit=unit, narrow=False, grid=True), day_axis(days, narrow=narrow)
    keys = _keys([name for name, _ in Counter(groups).most_common()], width)
    figures = written(
        "shown", keep="isValid(datum.shown)", on={"x": x("day"), "y": along("at")}, **PLACED, fontSize=11.5
    )
    leader = layer("rule", "isValid(datum.lead_day)", on={"x": x("day"), "x2": alt.X2(field="lead_day"),
                   "y": along("at"), "y2": alt.Y2(field="lead_at")}, color=QUIET, strokeWidth=0.7)  # fmt: skip
    spans = _spans(x, along, keys["color"])
    layers: list[Layer] = [*spans, leader, *draw_marks({"x": x("day"), **keys}, along, upright=True), *figures]
    return compose(layers, marks, width=width, height=_HEIGHT)


def _spans(x: Any, along: Any, color: alt.Color) -> list[Layer]:
    """Draw the time in which the day of a count lies: under its mark and with two ends, so that it joins no counts."""
    keep, up = "isValid(datum.since)", {"y": along("at"), "color": color}
    end = {"shape": "M0,-0.5V0.5", "size": 49, "filled": False, "opacity": 1, "strokeWidth": 1, "yOffset": _UNDER}
    return [
        layer("rule", keep, on={"x": x("since"), "x2": alt.X2(field="day"), **up}, strokeWidth=1, yOffset=_UNDER),
        *(layer("point", keep, on={"x": x(side), **up}, **end) for side in ("since", "day")),
    ]


def _keys(names: list[str], width: float) -> dict[str, Any]:
    """Tell claimants apart by hue and by shape, under one legend whose names are never cut."""
    groups = sorted(names, key=lambda name: name == "others")
    columns = max(int(width // (max(width_of(group) for group in groups) + 40)), 1)
    legend = alt.Legend(columns=columns, labelLimit=int(width))
    hues, shapes = (alt.Scale(domain=groups, range=list(values[: len(groups)])) for values in (CATEGORIES, SHAPES))
    return {
        "color": alt.Color(field="group", type="nominal", scale=hues, legend=legend),
        "shape": alt.Shape(field="group", type="nominal", scale=shapes, legend=legend),
    }


def _mark(row: dict[str, Any], group: str, edge: float) -> Row:
    day, since = row["drawn_on"], _since(row)
    dated = {"group": group, "day": stamp(day), "tip": row["tip"]}
    return (
        mark_row(bounds_of(row), row["status"], edge=edge, again=row["again"])
        | dated
        | ({"since": stamp(since)} if since and since < day else {})
    )


def _stand_apart(marks: Sequence[Row], rows: Sequence[dict[str, Any]], days: Days, width: float) -> None:
    """Move marks of one day apart, a few pixels each, so that none hides another."""
    pixel = days.long * 86_400_000 / width
    for day in {mark["day"] for mark in marks}:
        same = [mark for mark in marks if mark["day"] == day]
        apart = min(_APART, _WIDEST / len(same)) * pixel
        for number, mark in enumerate(same):
            mark["day"] = round(day + (number - (len(same) - 1) / 2) * apart)


def _place_figures(marks: Sequence[Row], rows: Sequence[dict[str, Any]], days: Days, edge: float, width: float) -> None:
    """Write each figure beside its mark, or further off at the end of a line to it."""
    pixel = days.long * 86_400_000 / width

    def at(stamped: float) -> float:
        return (stamped - stamp(days.first)) / pixel

    def up(number: float) -> float:
        return _HEIGHT - number / edge * _HEIGHT

    boxes = [_boxes(mark, at, up) for mark in marks]
    taken, lines = ([box for pair in boxes for box in pair[side]] for side in (0, 1))
    texts = [shown_with(bounds_of(row), row["status"]) for row in rows]
    anchors = [Anchor(at(mark["day"]), up(mark["at"]), text) for mark, text in zip(marks, texts, strict=True)]
    spots = place(anchors, width=width, height=_HEIGHT, taken=taken, lines=lines)
    for mark, anchor, spot in zip(marks, anchors, spots, strict=True):
        if spot is None:
            continue
        if "to" in spot:
            across, down = spot.pop("to")
            mark.update(lead_day=round(mark["day"] + across * pixel), lead_at=mark["at"] - down * edge / _HEIGHT)
        mark.update(spot, shown=anchor.text)


def _boxes(mark: Row, at: Callable[[float], float], up: Callable[[float], float]) -> tuple[list[Box], list[Box]]:
    """Give what a mark covers, its point and its bar, and its thin lines."""
    x, y = at(mark["day"]), up(mark["at"])
    solid, thin = [Box(x - 6, y - 6, x + 6, y + 6)], []
    if "from" in mark:
        solid.append(Box(x - 4, up(mark["to"]), x + 4, up(mark["from"])))
    if "open_from" in mark:
        thin.append(Box(x - 4, up(mark["open_to"]), x + 4, up(mark["open_from"])))
    if "since" in mark:
        since = at(mark["since"])
        thin.append(Box(since - 2, y + _UNDER - 4, x + 2, y + _UNDER + 4))
    return solid, thin

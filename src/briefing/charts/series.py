"""A stock at its dates, by claimant; no line ever joins different claimants."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from briefing.blocks import Chart, Note
from briefing.charts.frame import frame_chart, nothing_known
from briefing.charts.marks import LEGEND, Drawing, find_edge, mark_row
from briefing.claims import Claims
from briefing.dates import parse_date
from briefing.evidence import bounds_of
from briefing.theme import CATEGORIES, INK, NARROW, SHAPES, WIDE


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
        A block; a note where no claim gives a number.
    """
    rows = [row for row in claims.rows if bounds_of(row).is_known]
    if not rows:
        return nothing_known(claims, title)
    edge = find_edge([bounds_of(row) for row in rows])
    names = list(dict.fromkeys(claims.dossier.name_of(row["claimant_id"]) for row in rows))
    kept = names[: len(CATEGORIES) - 1] if len(names) > len(CATEGORIES) else names
    groups = [*kept, "others"] if len(kept) < len(names) else kept
    marks = [_dated_mark(claims, row, kept, edge) for row in rows]
    told = [
        f"{parse_date(row['when'])}, {claims.dossier.name_of(row['claimant_id'])}: {bounds_of(row)}" for row in rows
    ]

    def draw(width: int) -> Drawing:
        return _draw_series(marks, groups, edge=edge, narrow=width == NARROW).properties(height=280)

    return frame_chart(claims, title, draw, f"{title}. {'; '.join(told)}. {LEGEND}", width=WIDE - 80)


def _dated_mark(claims: Claims, row: dict[str, Any], kept: list[str], edge: float) -> dict[str, Any]:
    name = claims.dossier.name_of(row["claimant_id"])
    mark = mark_row(name, bounds_of(row), row["status"], edge=edge)
    first, last = (row[side].date() if not pd.isna(row[side]) else None for side in ("when_first", "when_last"))
    day = last or first
    return mark | {
        "day": f"{day}T00:00:00Z",
        "since": f"{first or day}T00:00:00Z",
        "group": name if name in kept else "others",
    }


def _draw_series(marks: list[dict[str, Any]], groups: list[str], *, edge: float, narrow: bool) -> Drawing:
    data = alt.Data(values=marks)
    axis = alt.Axis(title=None, format="%-d %b %Y", tickCount=3 if narrow else 6, labelOverlap=True, grid=False)
    scale = alt.Scale(type="utc", padding=24)
    x = alt.X("day", type="temporal", timeUnit="utcyearmonthdate", scale=scale, axis=axis)
    legend = alt.Legend(columns=1 if narrow else 0)
    hues, shapes = (alt.Scale(domain=groups, range=list(values[: len(groups)])) for values in (CATEGORIES, SHAPES))
    color = alt.Color("group", type="nominal", scale=hues, legend=legend)
    shape = alt.Shape("group", type="nominal", scale=shapes, legend=legend)

    def y(field: str) -> alt.Y:
        ticks = alt.Axis(title=None, format=",d", grid=True, tickCount=5)
        return alt.Y(field, type="quantitative", scale=alt.Scale(domain=[0, edge], nice=False), axis=ticks)

    def layer(mark: str, keep: str, **style: Any) -> alt.Chart:
        chosen = alt.Chart(data).transform_filter(keep)
        return getattr(chosen, f"mark_{mark}")(**style)

    span = layer("rule", "datum.since != datum.day", strokeWidth=1).encode(
        x=alt.X("since", type="temporal", timeUnit="utcyearmonthdate", scale=scale, axis=axis),
        x2=alt.X2("day", timeUnit="utcyearmonthdate"), y=y("at"), color=color,
    )  # fmt: skip
    return alt.layer(
        span,
        layer("rule", "isValid(datum.open_from)", strokeDash=[1, 4], strokeWidth=2, strokeCap="round").encode(
            x=x, y=y("open_from"), y2=alt.Y2("open_to"), color=color
        ),
        layer("rule", "isValid(datum.from)", strokeWidth=6).encode(x=x, y=y("from"), y2=alt.Y2("to"), color=color),
        layer("tick", "isValid(datum.low)", size=14, thickness=3, opacity=1).encode(x=x, y=y("low"), color=color),
        layer("tick", "isValid(datum.high)", size=14, thickness=3, opacity=1).encode(x=x, y=y("high"), color=color),
        layer("point", "isValid(datum.point) && !datum.hollow", filled=True, size=80, opacity=1).encode(
            x=x, y=y("point"), color=color, shape=shape
        ),
        layer("point", "isValid(datum.point) && datum.hollow", filled=False, size=80, strokeWidth=2).encode(
            x=x, y=y("point"), color=color, shape=shape
        ),
        layer("text", "isValid(datum.at)", dy=-13, color=INK, fontSize=11).encode(
            x=x, y=y("at"), text=alt.Text("shown", type="nominal")
        ),
    )

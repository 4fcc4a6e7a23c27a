"""One function a chart, named for what is seen. Each takes claims and answers with a block.

A chart carries its words: a description made from the same rows, its table, and a line that says as of when, from how
many documents and how many origins. Where nothing is known it says so instead of drawing an empty frame.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from briefing.blocks import Chart, Note
from briefing.bounds import number_words
from briefing.claims import Claims, counted
from briefing.dates import day_words, parse_date
from briefing.evidence import bounds_of, collect_evidence
from briefing.grids import lay_out_claims
from briefing.marks import LEGEND, SPLIT, TWO_LINES, Drawing, describe, draw_marks, find_edge, mark_row
from briefing.theme import BLUE, CATEGORIES, INK, NARROW, ORANGE, PAPER, QUIET, SHAPES, WIDE, theme
from briefing.totals import Parts


def dot_range(claims: Claims, *, title: str) -> Chart | Note:
    """Show rival claims by claimant: bars between stated bounds, dotted lines to a side that is not stated.

    Parameters
    ----------
    claims : Claims
        About one quantity; a claim without a number has no line and stands in the table.
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
    labels = _labels(claims, rows)
    marks = [mark_row(label, bounds_of(row), row["status"], edge=edge) for label, row in zip(labels, rows, strict=True)]
    told = [
        describe(label, bounds_of(row), row["status"], row["unit"]) for label, row in zip(labels, rows, strict=True)
    ]

    def draw(width: int) -> Drawing:
        narrow = width == NARROW
        drawn = draw_marks(marks, edge=edge, order=labels, narrow=narrow)
        return drawn.properties(height=alt.Step(46 if narrow else 40))

    return _chart(claims, title, draw, f"{title}. {'; '.join(told)}. {LEGEND}", width=WIDE - 250)


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

    return _chart(claims, title, draw, f"{title}. {'; '.join(told)}. {LEGEND}", width=WIDE - 80)


def part_and_whole(parts: Parts, *, title: str, rival: Parts | None = None) -> Chart | Note:
    """Show the parts of a whole end to end beneath it, what they leave unaccounted, and by how much they exceed it.

    Parameters
    ----------
    parts : Parts
        With single figures; a part without one is told in words and not drawn.
    title : str
        What is seen.
    rival : Parts, optional
        The same whole with rival figures in the place of parts.

    Returns
    -------
    Chart or Note
        A block; a note where no part is known.
    """
    claims = parts.whole
    if not len(parts.parts):
        return nothing_known(claims, title)
    whole = claims.bounds[0].stated[-1]
    lines = [("The whole, as printed", parts.whole), ("Its parts", parts.parts)]
    lines += [("With the rival figure", rival.parts)] if rival else []
    cells = [cell for name, shown in lines for cell in _segments(name, shown, whole)]
    order = [name for name, _ in lines]
    edge = max(cell["to"] for cell in cells) * 1.12

    def draw(width: int) -> Drawing:
        drawn = _draw_segments(cells, order, whole, edge=edge, narrow=width == NARROW)
        return drawn.properties(height=alt.Step(64 if width == NARROW else 74))

    told = "; ".join(f"{name}: {', '.join(c['told'] for c in cells if c['line'] == name)}" for name in order)
    shown = _join(claims, parts.parts, rival.parts if rival else None)
    return _chart(shown, title, draw, f"{title}. {told}.", width=WIDE - 160)


def nothing_known(claims: Claims, title: str) -> Note:
    """Say that no claim gives a number, instead of drawing an empty frame."""
    told = f"{title}: no claim known on {_day(claims)} gives a number."
    if len(claims):
        told += f" {counted(len(claims), 'claim')} without one: see the annex."
    return Note(label="Nothing known", text=(told,), evidence=collect_evidence(claims.dossier, claims.ids))


# --- what all charts carry --------------------------------------------------------------------------------------


def _chart(claims: Claims, title: str, draw: Callable[[int], Drawing], description: str, *, width: int) -> Chart:
    return Chart(
        title=title,
        spec=draw(WIDE).properties(width=width).to_dict() | {"config": theme()},
        narrow=draw(NARROW).properties(width=NARROW - 40).to_dict() | {"config": theme()},
        description=description,
        source_line=source_line(claims),
        data=lay_out_claims(claims),
        evidence=collect_evidence(claims.dossier, claims.ids),
    )


def source_line(claims: Claims) -> str:
    """Say as of when a chart speaks, and from how many documents and origins."""
    return f"As of {_day(claims)}. {counted(claims.documents, 'document')}, {counted(claims.origins, 'origin')}."


def _day(claims: Claims) -> str:
    day = claims.dossier.as_of
    return day_words(day) if day else "any day"


def _labels(claims: Claims, rows: list[dict[str, Any]]) -> list[str]:
    """Name each line by claimant and date; two lines of one name are told apart by their claim's id."""
    labels = [f"{claims.dossier.name_of(row['claimant_id'])}{SPLIT}{parse_date(row['when'])}" for row in rows]
    return [
        f"{label} ({row['claim_id']})" if labels.count(label) > 1 else label
        for label, row in zip(labels, rows, strict=True)
    ]


def _join(*claims: Claims | None) -> Claims:
    given = [one for one in claims if one is not None]
    frame = pd.concat([one.frame for one in given], ignore_index=True).drop_duplicates("claim_id", ignore_index=True)
    return Claims(frame, given[0].dossier)


# --- dated series -----------------------------------------------------------------------------------------------


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


# --- parts and wholes -------------------------------------------------------------------------------------------


def _segments(line: str, claims: Claims, whole: float) -> list[dict[str, Any]]:
    """Lay claims end to end, then what they leave unaccounted or are too many; only a stated figure has a length."""
    cells: list[dict[str, Any]] = []
    at = 0.0
    for row in claims.rows:
        bounds = bounds_of(row)
        length = bounds.best if bounds.best is not None else bounds.low
        if length is not None:
            told = row["wording"].strip("[]") if len(row["wording"]) <= 32 else f"{bounds} {row['item']}"
            cells.append({"line": line, "kind": "part", "from": at, "to": at + length, "told": told})
            at += length
    if at < whole:
        told = f"{number_words(whole - at)} unaccounted for"
        cells.append({"line": line, "kind": "rest", "from": at, "to": whole, "told": told})
    if at > whole:
        told = f"{number_words(at - whole)} too many"
        cells.append({"line": line, "kind": "excess", "from": whole, "to": at, "told": told})
    for place, cell in enumerate(cells):
        length = number_words(cell["to"] - cell["from"])
        cell |= {"middle": (cell["from"] + cell["to"]) / 2, "shown": length, "level": place % 2}
    return cells


def _draw_segments(
    cells: list[dict[str, Any]], order: list[str], whole: float, *, edge: float, narrow: bool
) -> Drawing:
    data = alt.Data(values=cells)
    y = alt.Y("line", type="nominal", sort=order, axis=None if narrow else alt.Axis(title=None, labelExpr=TWO_LINES))
    axis = alt.Axis(title=None, format=",d", tickCount=3 if narrow else 6)

    def x(field: str) -> alt.X:
        return alt.X(field, type="quantitative", scale=alt.Scale(domain=[0, edge], nice=False), axis=axis)

    def bar(kind: str, **style: Any) -> Drawing:
        chosen = alt.Chart(data).transform_filter(f"datum.kind == '{kind}'")
        return chosen.mark_bar(height=22, strokeWidth=2, **style).encode(y=y, x=x("from"), x2=alt.X2("to"))

    def name(level: int, dy: int) -> Drawing:
        chosen = alt.Chart(data).transform_filter(f"datum.level == {level}")
        text = chosen.mark_text(align="left", color=QUIET, fontSize=11, dy=dy)
        return text.encode(y=y, x=x("from"), text=alt.Text("told", type="nominal"))

    number = alt.Chart(data).transform_filter("datum.kind == 'part'").mark_text(color=PAPER)
    limit = alt.Chart(alt.Data(values=[{"whole": whole}])).mark_rule(color=ORANGE, strokeDash=[4, 3], strokeWidth=2)
    layers = [
        bar("part", color=BLUE, stroke=PAPER),
        bar("rest", filled=False, stroke=QUIET, strokeDash=[3, 3]),
        bar("excess", color=ORANGE, stroke=PAPER),
        number.encode(y=y, x=x("middle"), text=alt.Text("shown", type="nominal")),
        limit.encode(x=x("whole")),
    ]
    if narrow:  # a phone has room for the numbers only: what they count stands in the table
        above = alt.Chart(data).transform_filter("datum.from == 0").mark_text(align="left", dy=-22, color=INK)
        return alt.layer(*layers, above.encode(y=y, x=alt.value(0), text=alt.Text("line", type="nominal")))
    return alt.layer(*layers, name(0, 19), name(1, 33))

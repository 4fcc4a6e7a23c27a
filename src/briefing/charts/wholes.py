"""A whole and its parts end to end beneath it: what they leave unaccounted, and by how much they exceed it."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from briefing.blocks import Chart, Note
from briefing.bounds import number_words
from briefing.charts.frame import frame_chart, nothing_known
from briefing.charts.marks import TWO_LINES, Drawing
from briefing.claims import Claims
from briefing.evidence import bounds_of
from briefing.theme import BLUE, INK, NARROW, ORANGE, PAPER, QUIET, WIDE
from briefing.totals import Parts


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
    beside = rival.parts if rival and len(rival.parts) else None  # a rival that is not yet known has no line
    lines += [("With the rival figure", beside)] if beside else []
    cells = [cell for name, shown in lines for cell in _segments(name, shown, whole)]
    order = [name for name, _ in lines]
    edge = max(cell["to"] for cell in cells) * 1.12

    def draw(width: int) -> Drawing:
        drawn = _draw_segments(cells, order, whole, edge=edge, narrow=width == NARROW)
        return drawn.properties(height=alt.Step(64 if width == NARROW else 74))

    told = "; ".join(f"{name}: {', '.join(c['told'] for c in cells if c['line'] == name)}" for name in order)
    shown = _join(claims, parts.parts, beside)
    return frame_chart(shown, title, draw, f"{title}. {told}.", width=WIDE - 160)


def _join(*claims: Claims | None) -> Claims:
    given = [one for one in claims if one is not None]
    frame = pd.concat([one.frame for one in given], ignore_index=True).drop_duplicates("claim_id", ignore_index=True)
    return Claims(frame, given[0].dossier)


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
        counted = number_words(cell["to"] - cell["from"])
        cell |= {"middle": (cell["from"] + cell["to"]) / 2, "shown": counted, "level": place % 2}
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

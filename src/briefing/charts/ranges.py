"""Rival claims by claimant: bars between stated bounds, a line each."""

from __future__ import annotations

from typing import Any

import altair as alt

from briefing.blocks import Chart, Note
from briefing.charts.frame import frame_chart, nothing_known
from briefing.charts.marks import LEGEND, SPLIT, Drawing, describe, draw_marks, find_edge, mark_row
from briefing.claims import Claims
from briefing.dates import parse_date
from briefing.evidence import bounds_of
from briefing.theme import NARROW, WIDE


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

    return frame_chart(claims, title, draw, f"{title}. {'; '.join(told)}. {LEGEND}", width=WIDE - 250)


def _labels(claims: Claims, rows: list[dict[str, Any]]) -> list[str]:
    """Name each line by claimant and date; two lines of one name are told apart by their claim's id."""
    labels = [f"{claims.dossier.name_of(row['claimant_id'])}{SPLIT}{parse_date(row['when'])}" for row in rows]
    return [
        f"{label} ({row['claim_id']})" if labels.count(label) > 1 else label
        for label, row in zip(labels, rows, strict=True)
    ]

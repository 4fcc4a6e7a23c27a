"""What all charts carry: their words, their table, and a line that says as of when and from how many origins.

Where nothing is known a note says so, instead of an empty frame.
"""

from __future__ import annotations

from collections.abc import Callable

from briefing.blocks import Chart, Note
from briefing.charts.marks import Drawing
from briefing.claims import Claims, counted
from briefing.dates import day_words
from briefing.evidence import collect_evidence
from briefing.grids import lay_out_claims
from briefing.theme import NARROW, WIDE, theme


def frame_chart(claims: Claims, title: str, draw: Callable[[int], Drawing], description: str, *, width: int) -> Chart:
    """Frame a drawing with what all charts carry; `draw` is asked once for a wide page and once for a narrow one."""
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
    return f"As of {day_known(claims)}. {counted(claims.documents, 'document')}, {counted(claims.origins, 'origin')}."


def day_known(claims: Claims) -> str:
    """Say the day that claims speak for."""
    day = claims.dossier.as_of
    return day_words(day) if day else "any day"


def nothing_known(claims: Claims, title: str) -> Note:
    """Say that no claim gives a number, instead of drawing an empty frame."""
    told = f"{title}: no claim known on {day_known(claims)} gives a number."
    if len(claims):
        told += f" {counted(len(claims), 'claim')} without one: see the annex."
    return Note(label="Nothing known", text=(told,), evidence=collect_evidence(claims.dossier, claims.ids))

"""What all charts carry: their words, their table, and a line that says as of when and from how many origins.

Where nothing is known a note says so, instead of an empty frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefing.blocks.blocks import Chart, Evidence, Note, TableData
from briefing.charts.pen import Spec, quickly
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.tables import lay_out_claims
from briefing.desk.evidence import collect_evidence
from briefing.dossier.dossier import Dossier
from briefing.values.dates import day_words
from briefing.values.words import counted


@dataclass(frozen=True, slots=True)
class Behind:
    """What a chart rests on: its rows for a reader, the records of them, and what it says of their sources."""

    data: TableData
    evidence: Evidence
    source_line: str


def claims_behind(claims: Claims) -> Behind:
    """Give what a chart of claims rests on."""
    return Behind(lay_out_claims(claims), collect_evidence(claims.dossier, claims.ids), source_line(claims))


def frame_chart(
    title: str, draw: Callable[[bool], Spec], description: str, *, behind: Behind, remark: str = ""
) -> Chart:
    """Frame a drawing with what all charts carry.

    Parameters
    ----------
    title : str
        What is seen.
    draw : function
        Draws the chart, for a narrow page or a wide one.
    description : str
        The same in words, made from the same rows.
    behind : Behind
        What it rests on.
    remark : str, optional
        What the source line adds: what could not be drawn.
    """
    with quickly():
        wide, narrow = draw(False), draw(True)
    return Chart(
        title=title,
        spec=wide,
        narrow=narrow,
        description=f"{description} {remark}".strip(),
        source_line=f"{behind.source_line} {remark}".strip(),
        data=behind.data,
        evidence=behind.evidence,
    )


def source_line(claims: Claims) -> str:
    """Say as of when a chart of claims speaks, and from how many documents and origins."""
    return _source_line(claims.dossier, claims.documents, claims.origins)


def line_of_sources(dossier: Dossier, source_ids: Iterable[str]) -> str:
    """Say as of when a chart speaks, and from how many documents and origins, where it rests on no claims."""
    cited, roots = set(source_ids), dossier.roots
    documents = dossier.sources.loc[dossier.sources["source_id"].isin(cited), "url"].nunique()
    return _source_line(dossier, int(documents), len({roots.get(source, source) for source in cited}))


def _source_line(dossier: Dossier, documents: int, origins: int) -> str:
    return f"As of {day_known(dossier)}. {counted(documents, 'document')}, {counted(origins, 'origin')}."


def nothing_known(claims: Claims, title: str) -> Note:
    """Say that no claim gives a number, instead of drawing an empty frame."""
    told = f"{title}: no claim known on {day_known(claims.dossier)} gives a number."
    if len(claims):
        told += f" {counted(len(claims), 'claim')} without one: see the annex."
    return Note(label="Nothing known", text=(told,), evidence=collect_evidence(claims.dossier, claims.ids))


def nothing_said(dossier: Dossier, title: str, *, what: str, instead: str = "") -> Note:
    """Say that nothing of a kind is known, instead of drawing an empty frame; `instead` where there is some outside."""
    if instead:
        return Note(label="Not in this time", text=(f"{title}: {instead}.",))
    return Note(label="Nothing known", text=(f"{title}: no {what} is known on {day_known(dossier)}.",))


def day_known(dossier: Dossier) -> str:
    """Say the day that a dossier speaks for."""
    return day_words(dossier.as_of) if dossier.as_of else "any day"

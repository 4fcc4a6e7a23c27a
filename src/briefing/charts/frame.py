"""What all charts carry: their words, their table, and a line that says as of when and from how many origins.

Where nothing is known a note says so, instead of an empty frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.blocks.blocks import Chart, Evidence, Note, Sourcing, TableData
from briefing.charts.pen import Spec, quickly
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.tables import lay_out_claims
from briefing.desk.evidence import collect_evidence
from briefing.desk.tables import nothing_claimed
from briefing.dossier.dossier import Dossier
from briefing.values.dates import day_words
from briefing.values.words import counted


@dataclass(frozen=True, slots=True)
class Behind:
    """What a chart rests on: its rows for a reader, the records of them, and what it says of their sources."""

    data: TableData
    evidence: Evidence
    source_line: str
    sourcing: Sourcing


def claims_behind(claims: Claims) -> Behind:
    """Give what a chart of claims rests on."""
    sourcing = Sourcing(as_of=day_known(claims.dossier), documents=claims.documents, origins=claims.origins)
    evidence = collect_evidence(claims.dossier, claims.ids)
    return Behind(lay_out_claims(claims, is_drawn=True), evidence, _source_line(sourcing), sourcing)


def sources_behind(dossier: Dossier, data: TableData, evidence: Evidence) -> Behind:
    """Give what a chart rests on that rests on no claims: the sources of its evidence."""
    cited, roots = {source.id for source in evidence.sources}, dossier.roots
    documents = dossier.sources.loc[dossier.sources["source_id"].isin(cited), "url"].nunique()
    origins = len({roots.get(source, source) for source in cited})
    sourcing = Sourcing(as_of=day_known(dossier), documents=int(documents), origins=origins)
    return Behind(data, evidence, _source_line(sourcing), sourcing)


def _source_line(sourcing: Sourcing) -> str:
    """Say as of when a chart speaks, and from how many documents and origins."""
    documents, origins = counted(sourcing.documents or 0, "document"), counted(sourcing.origins or 0, "origin")
    return f"As of {sourcing.as_of}. {documents}, {origins}."


def frame_chart(
    title: str, draw: Callable[..., Spec], description: str, *, behind: Behind, remark: str = "", left_out: int = 0
) -> Chart:
    """Frame a drawing with what all charts carry; `draw` is asked for a narrow page and for a wide one.

    `remark` is what the source line adds: what could not be drawn. `left_out` counts what there is besides.
    """
    with quickly():
        wide, narrow = draw(narrow=False), draw(narrow=True)
    return Chart(
        title=title,
        spec=wide,
        narrow=narrow,
        description=f"{description} {remark}".strip(),
        source_line=f"{behind.source_line} {remark}".strip(),
        sourcing=behind.sourcing,
        data=behind.data,
        left_out=left_out,
        evidence=behind.evidence,
    )


def nothing_known(claims: Claims, title: str) -> Note:
    """Say that no claim gives a number, instead of drawing an empty frame."""
    if claims.elsewhere:
        return nothing_claimed(title, claims.elsewhere)
    told = f"{title}: no claim known on {day_known(claims.dossier)} gives a number."
    told += _in_the_annex(claims)
    return Note(label="Nothing known", text=(told,), evidence=collect_evidence(claims.dossier, claims.ids))


def nothing_placed(claims: Claims, title: str) -> Note:
    """Say that no claim names a place that a map can show, instead of drawing an empty one."""
    if claims.elsewhere or not len(claims):
        return nothing_known(claims, title)
    told = f"{title}: no claim known on {day_known(claims.dossier)} names a place with a point on the map."
    told += _in_the_annex(claims)
    return Note(label="Nothing known", text=(told,), evidence=collect_evidence(claims.dossier, claims.ids))


def _in_the_annex(claims: Claims) -> str:
    """Say where claims that are not drawn stand; how many they are is no figure with claims behind it (F01)."""
    noun = "claim" if len(claims) == 1 else "claims"
    return f" The {noun} without one {'is' if len(claims) == 1 else 'are'} in the annex." if len(claims) else ""


def nothing_said(dossier: Dossier, title: str, *, what: str, instead: str = "") -> Note:
    """Say that nothing of a kind is known, instead of drawing an empty frame; `instead` where there is some outside."""
    if instead:
        return Note(label="Not in this time", text=(f"{title}: {instead}.",))
    return Note(label="Nothing known", text=(f"{title}: no {what} is known on {day_known(dossier)}.",))


def day_known(dossier: Dossier) -> str:
    """Say the day that a dossier speaks for."""
    return day_words(dossier.as_of) if dossier.as_of else "any day"

"""Rows of assessments for one test: whether Freedonia goes to war."""

from __future__ import annotations

from dossiers import Cells

QUESTION = "Will Freedonia go to war?"


def judgement(judgement_id: str, term: str = "unlikely", **cells: object) -> Cells:
    """Write a row of judgements."""
    return {
        "judgement_id": judgement_id, "question": QUESTION, "statement": "Freedonia attacks by 31 March 2031",
        "actor_id": "freedonia", "event": "An attack", "horizon": "2031-03-31", "resolution": "True when mules cross",
        "scale": "icd203", "term": term, "confidence": "low", "confidence_reason": "one ferryman saw it",
        "would_change_if": "the mules come home", "made_by": "gazette", "made_on": "2031-01-10",
    } | cells  # fmt: skip


def hypothesis(label: str, **cells: object) -> Cells:
    """Write a row of hypotheses."""
    return {
        "hypothesis_id": label.lower(), "label": label, "statement": f"{label} is the case", "question": QUESTION,
        "posed_on": "2031-01-05",
    } | cells  # fmt: skip


def item(evidence_id: str, credibility: str = "moderate", relevance: str = "moderate", **cells: object) -> Cells:
    """Write a row of evidence."""
    return {
        "evidence_id": evidence_id, "date": "2031-01-01", "statement": f"Statement of {evidence_id}",
        "kind": "argument", "source_id": "s-1", "credibility": credibility, "relevance": relevance,
    } | cells  # fmt: skip


def ratings(evidence_id: str, letters: str, **cells: object) -> list[Cells]:
    """Rate one item of evidence by H1, H2 ... in order: ``ratings("e-1", "C I N")``; a dot rates nothing."""
    given = {"evidence_id": evidence_id, "rated_by": "gazette", "rated_on": "2031-01-06"} | cells
    return [
        given | {"hypothesis_id": f"h{at}", "rating": letter}
        for at, letter in enumerate(letters.split(), start=1)
        if letter != "."
    ]


def indicator(indicator_id: str, **cells: object) -> Cells:
    """Write a row of indicators."""
    return {
        "indicator_id": indicator_id, "question": QUESTION, "observable": "Mules at the pass", "threshold": "Ten mules",
        "where_to_look": "The pass", "judgement_id": "j-1", "bears": "for", "added_on": "2031-01-10",
    } | cells  # fmt: skip


def look(indicator_id: str, status: str, logged_on: str, **cells: object) -> Cells:
    """Write a row of the log."""
    given = {"indicator_id": indicator_id, "date": logged_on, "status": status, "logged_on": logged_on}
    return given | {"note": f"Note of {logged_on}"} | cells

"""Hypotheses and evidence, after Heuer: what speaks against which answer.

Only inconsistency counts: evidence that fits an answer fits others too, and what fits all of them tells none apart. The
answer with the least against it survives; it is not proved. The method is an audit trail, and experiments show no gain
in accuracy; its scores are no probabilities.
"""

from __future__ import annotations

from briefing.blocks.blocks import Hypothesis, Matrix, MatrixRow
from briefing.desk.assessments.evidence_items import check_question, evidence_behind, exhibits_of, name_analyst
from briefing.dossier import assessments
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id, rows_of
from briefing.usage import verb
from briefing.values.inconsistency import WEIGHTS, Ratings, find_survivors, is_diagnostic, score
from briefing.values.words import count_words, list_words


@verb
def hypothesis_matrix(dossier: Dossier, *, question: str | None = None, caption: str = "") -> Matrix:
    """Lay evidence against hypotheses, and say which of them survive.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.
    caption : str, optional
        What the reader sees here.

    Returns
    -------
    Matrix
        A block: one row an item of evidence that somebody has rated, one column a hypothesis.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.hypothesis_matrix(d, question="Will Corvia close the strait?").result[0]
    'H2 survives with the least against it; that does not prove it.'
    """
    hypotheses, items, ratings, reasons = _choose(dossier, question)
    exhibits = exhibits_of(dossier, items)
    rows = [tuple(ratings.get((exhibit.id, each.hypothesis_id), "") for each in hypotheses) for exhibit in exhibits]
    weights = [WEIGHTS[one.credibility] * WEIGHTS[one.relevance] for one in exhibits]
    weighted = list(zip(weights, rows, strict=True))
    labels = [each.label for each in hypotheses]
    scores = score(weighted, len(labels))
    alive = find_survivors(scores) if rows else ()
    lines = [
        MatrixRow(
            exhibit=exhibit,
            ratings=row,
            is_diagnostic=is_diagnostic(row),
            without=tuple(labels[at] for at in find_survivors(score(weighted[:n] + weighted[n + 1 :], len(labels)))),
            reasons=tuple(reasons.get((exhibit.id, each.hypothesis_id), "") for each in hypotheses),
        )
        for n, (exhibit, row) in enumerate(zip(exhibits, rows, strict=True))
    ]
    return Matrix(
        caption=caption or "Hypotheses and evidence",
        hypotheses=tuple(
            Hypothesis(
                id=each.hypothesis_id,
                label=labels[at],
                statement=each.statement,
                score=scores[at],
                survives=at in alive,
                note=each.note or "",
            )
            for at, each in enumerate(hypotheses)
        ),
        rows=tuple(lines),
        result=tuple(_result(labels, alive, lines)),
        method=_method(dossier, {exhibit.id for exhibit in exhibits}),
        evidence=evidence_behind(exhibits, dossier),
    )


def name_survivors(dossier: Dossier, *, question: str | None = None) -> list[str]:
    """Give the statements of the hypotheses with the least against them; none where nothing is rated."""
    matrix = hypothesis_matrix(dossier, question=question)
    return [hypothesis.statement for hypothesis in matrix.hypotheses if hypothesis.survives]


def _choose(
    dossier: Dossier, question: str | None
) -> tuple[list[assessments.HypothesisRow], list[str], dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """Choose hypotheses, the items of evidence that are rated by one of them, the ratings, and their reasons."""
    if question is not None:
        check_question(question, dossier.everything.peek_cells("hypotheses", "question"))
    hypotheses = [row for row in rows_of(dossier, assessments.HypothesisRow) if question in (None, row.question)]
    ours = {row.hypothesis_id for row in hypotheses}
    given = {(row.evidence_id, row.hypothesis_id): row for row in rows_of(dossier, assessments.Rating)}
    given = {key: row for key, row in given.items() if row.hypothesis_id in ours}
    rated = {evidence for evidence, _ in given}
    items = [key for key in rows_by_id(dossier, assessments.EvidenceItem) if key in rated]
    ratings = {key: str(row.rating) for key, row in given.items()}
    return hypotheses, items, ratings, {key: row.reason or "" for key, row in given.items()}


def _result(labels: list[str], alive: tuple[int, ...], rows: list[MatrixRow]) -> list[str]:
    """Say what the matrix says: survivors, ties, what it hangs on, what tells nothing apart, what is not rated."""
    if not rows:
        return ["Nobody had rated any evidence by this day."]
    names = [labels[at] for at in alive]
    told = [_tell_survivors(labels, names), _leave_one_out(names, rows)]
    if flat := [str(at) for at, row in enumerate(rows, start=1) if not row.is_diagnostic]:
        alike = (
            "is rated alike for every hypothesis and tells"
            if len(flat) == 1
            else "are rated alike for every hypothesis and tell"
        )
        told.append(f"{_name_rows(flat).capitalize()} {alike} none apart.")
    if missing := sum(rating == "" for row in rows for rating in row.ratings):
        cells = count_words(missing, "cell is", "cells are").capitalize()
        told.append(f"{cells} not rated; an empty cell speaks against nothing.")
    return told


def _tell_survivors(labels: list[str], names: list[str]) -> str:
    """Say which of the hypotheses has the least against it."""
    if len(labels) == 1:
        return f"{labels[0]} is the only hypothesis, so there is none to hold it against."
    if len(names) == 1:
        return f"{names[0]} survives with the least against it; that does not prove it."
    proved = "neither" if len(names) == 2 else "none of them"
    return f"{list_words(names)} tie with equally little against them; {proved} is proved."


def _leave_one_out(names: list[str], rows: list[MatrixRow]) -> str:
    flips: dict[tuple[str, ...], list[str]] = {}
    for at, row in enumerate(rows, start=1):
        if list(row.without) != names:
            flips.setdefault(row.without, []).append(str(at))
    if not flips:
        return "Leaving out any one row does not change that."
    told = "; ".join(f"without {_name_rows(at, 'or')}, {_outcome(without)}" for without, at in flips.items())
    return f"A single row can change that: {told}."


def _name_rows(numbers: list[str], word: str = "and") -> str:
    *others, last = numbers
    noun = "rows" if others and word == "and" else "row"
    return f"{noun} {', '.join(others)} {word} {last}" if others else f"{noun} {last}"


def _outcome(labels: Ratings) -> str:
    return f"{list_words(labels)} tie" if len(labels) > 1 else f"{labels[0]} survives"


def _method(dossier: Dossier, shown: set[str]) -> str:
    raters = dict.fromkeys(row.rated_by for row in rows_of(dossier, assessments.Rating) if row.evidence_id in shown)
    if not raters:
        return ""
    who = list_words([name_analyst(dossier, key) for key in raters])
    return (
        f"Rated by {who}. The score adds up what speaks against a hypothesis, counts twice what speaks strongly, and "
        "weighs it by credibility and relevance; it is not a probability."
    )

"""What is watched for, and how it stood at the last look. That nobody looked is not that nothing was there."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.blocks import Indicator, Indicators
from briefing.desk.assessments.evidence_items import check_question
from briefing.desk.evidence import collect_evidence
from briefing.dossier import assessments
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id, rows_of
from briefing.usage import verb
from briefing.values.chains import find_end
from briefing.values.dates import parse_date

#: What an indicator is that nobody has looked at.
UNSEEN = "no_coverage"


@verb
def indicator_board(dossier: Dossier, *, question: str | None = None, caption: str = "Indicators") -> Indicators:
    """Show what is watched for, each as it stood at the last look before the dossier's day.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.
    caption : str
        What the reader sees here.

    Returns
    -------
    Indicators
        A block: one entry an indicator. One that nobody has looked at is shown as without coverage.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.indicator_board(d).indicators[2].status
    'no_coverage'
    """
    if question is not None:
        check_question(question, dossier.everything.peek_cells("indicators", "question"))
    rows = [row for row in rows_of(dossier, assessments.IndicatorRow) if question in (None, row.question)]
    shown = indicators_of(dossier, rows)
    sources = [one.source for one in shown if one.source]
    return Indicators(caption=caption, indicators=shown, evidence=collect_evidence(dossier, source_ids=sources))


def indicators_of(dossier: Dossier, rows: Iterable[assessments.IndicatorRow]) -> tuple[Indicator, ...]:
    """Give indicators as blocks carry them, each by the edition of its judgement that is the latest on the day."""
    looks = _looks(dossier)
    judged = rows_by_id(dossier, assessments.JudgementRow)
    later = {row.previous_id: key for key, row in judged.items() if row.previous_id is not None}
    return tuple(
        _indicator(row, looks.get(row.indicator_id, []), judged[find_end(row.judgement_id, later)]) for row in rows
    )


def _looks(dossier: Dossier) -> dict[str, list[assessments.IndicatorEntry]]:
    """Give the looks at each indicator, the last one last: by the days that they cover, then by the day known."""
    known_on = dossier.frames.cut("indicator_log")["known_on"]
    log = zip(rows_of(dossier, assessments.IndicatorEntry), known_on, strict=True)
    looks: dict[str, list[assessments.IndicatorEntry]] = {}
    for entry, _ in sorted(log, key=lambda look: (parse_date(look[0].date).order, look[1])):
        looks.setdefault(entry.indicator_id, []).append(entry)
    return looks


def _indicator(
    row: assessments.IndicatorRow, looks: list[assessments.IndicatorEntry], judgement: assessments.JudgementRow
) -> Indicator:
    last = looks[-1] if looks else None
    return Indicator(
        id=row.indicator_id,
        observable=row.observable,
        threshold=row.threshold,
        where=row.where_to_look,
        bears=row.bears,
        judgement=judgement.statement,
        looks=len(looks),
        status=last.status if last else UNSEEN,
        when=last.date if last else "",
        source=last.source_id if last else None,
        note=(last.note or "") if last else "The log holds no look at it",
    )

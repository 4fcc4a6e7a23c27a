"""What is watched for, and how it stood at the last look. That nobody looked is not that nothing was there."""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing.blocks.blocks import Indicator, Indicators
from briefing.desk.assessments.evidence_items import check_question
from briefing.desk.evidence import collect_evidence
from briefing.dossier.dossier import Dossier
from briefing.usage import verb

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
        check_question(question, dossier.everything.peek("indicators")["question"])
    frame = dossier.indicators
    rows = (frame if question is None else frame.loc[frame["question"] == question]).to_dict("records")
    log = dossier.indicator_log.sort_values(["date_last", "known_on", "row"])
    judged = dossier.judgements.set_index("judgement_id")
    shown = tuple(_indicator(row, log.loc[log["indicator_id"] == row["indicator_id"]], judged) for row in rows)
    sources = [one.source for one in shown if one.source]
    return Indicators(caption=caption, indicators=shown, evidence=collect_evidence(dossier, source_ids=sources))


def find_edition(judgements: pd.DataFrame, key: str) -> str:
    """Find the last edition of a judgement among those that are known; itself where nothing replaces it.

    Parameters
    ----------
    judgements : DataFrame
        By ``judgement_id``, with ``previous_id``.
    key : str
        Any edition.
    """
    later = {previous: at for at, previous in judgements["previous_id"].items() if isinstance(previous, str)}
    while key in later:
        key = str(later[key])
    return key


def _indicator(row: dict[Any, Any], looks: pd.DataFrame, judgements: pd.DataFrame) -> Indicator:
    edition = find_edition(judgements, row["judgement_id"])
    given = {
        "id": row["indicator_id"],
        "observable": row["observable"],
        "threshold": row["threshold"],
        "where": row["where_to_look"],
        "bears": row["bears"],
        "judgement": str(judgements.loc[edition, "statement"]),
        "looks": len(looks),
    }
    if looks.empty:
        return Indicator(**given, status=UNSEEN, note="No look at it is logged")
    last = looks.iloc[-1]
    return Indicator(
        **given,
        status=last["status"],
        when=last["date"],
        source=None if pd.isna(last["source_id"]) else last["source_id"],
        note="" if pd.isna(last["note"]) else last["note"],
    )

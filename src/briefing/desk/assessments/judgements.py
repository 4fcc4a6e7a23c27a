"""What we judge, how likely we hold it, how sure we are of that, and what became of it.

Likelihood and confidence never share a sentence: one speaks of the odds, the other of sources and argument.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from briefing.blocks.blocks import Decided, Earlier, Judgement, Judgements, Odds
from briefing.desk.assessments.evidence_items import check_question, evidence_behind, exhibits_of, name_analyst
from briefing.dossier.assessments import JudgementRow, find_open
from briefing.dossier.cells import keys_in
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id, rows_of
from briefing.dossier.tables import Event
from briefing.errors import ClaimError
from briefing.usage import verb
from briefing.values.dates import day_of
from briefing.values.likelihood import Band, Scale, find_scale
from briefing.values.words import list_words

#: A judgement above this said rather yes, one below rather no.
EVEN = 50

#: Printed with every judgement and score.
METHOD = "Judged by {who}."


@verb
def key_judgements(
    dossier: Dossier, *, question: str | None = None, caption: str = "Key judgements", decided: bool = True
) -> Judgements:
    """Show the judgements that stand on the dossier's day, and those that have been decided since they were made.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.
    caption : str
        What the reader sees here.
    decided : bool
        Whether judgements that are decided are listed below.

    Returns
    -------
    Judgements
        A block: for each judgement a sentence of likelihood, one of confidence with its reason, what points to it
        happening and what points away, what would change it, and what moved since the edition before.

    Raises
    ------
    UsageError
        Where no judgement of the folder has such a question, or a term is not of its scale.
    ClaimError
        Where the judgements are in two rows of words.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.key_judgements(d, question="Will Corvia close the strait?").judgements[0].likelihood
    'It is very unlikely (5–20 %) that Corvia closes the strait by 31 March 2032.'
    """
    rows = choose_judgements(dossier, question=question)
    standing = find_standing(rows)
    scale = find_one_scale(rows)
    shown = tuple(judgement_of(dossier, row, rows) for row in standing)
    settled = tuple(decided_of(dossier, row) for row in find_decided(rows)) if decided else ()
    exhibits = [exhibit for one in shown for exhibit in (*one.supporting, *one.contrary)]
    events = [event for one in settled for event, _, _ in one.events]
    return Judgements(
        caption=caption,
        scale=scale.name if scale else "",
        scale_title=scale.title if scale else "",
        bands=tuple(odds_of(band) for band in scale.bands) if scale else (),
        judgements=shown,
        decided=settled,
        method=tell_judges(dossier, rows),
        evidence=evidence_behind(exhibits, dossier, row_ids=events),
    )


def choose_judgements(dossier: Dossier, *, question: str | None = None) -> list[JudgementRow]:
    """Choose the editions of judgements on a question, oldest first.

    Raises `UsageError` where no judgement of the whole folder has such a question, naming the nearest.
    """
    if question is not None:
        check_question(question, dossier.everything.peek_cells("judgements", "question"))
    rows = [row for row in rows_of(dossier, JudgementRow) if question in (None, row.question)]
    return sorted(rows, key=lambda row: row.made)


def find_standing(rows: Iterable[JudgementRow]) -> list[JudgementRow]:
    """Find the editions that stand, neither replaced nor decided: the latest first, then as they come."""
    return sorted(find_open(rows), key=lambda row: row.made, reverse=True)


def find_decided(rows: Iterable[JudgementRow]) -> list[JudgementRow]:
    """Find the editions that are decided, the latest decision first."""
    decided = [(row.decided, row) for row in rows if row.is_decided and row.decided is not None]
    return [row for _, row in sorted(decided, key=lambda pair: pair[0], reverse=True)]


def find_one_scale(rows: Iterable[JudgementRow]) -> Scale | None:
    """Find the one row of words that judgements are written in; raises `ClaimError` where there are two."""
    rows = list(rows)
    names = sorted({row.scale for row in rows})
    if len(names) > 1:
        titles = " and ".join(find_scale(name).title for name in names)
        raise ClaimError(
            f"these judgements are written in {titles}",
            rule="a briefing uses one row of words, never two",
            cure="Choose a question.",
            claims=[row.judgement_id for row in rows],
        )
    return find_scale(names[0]) if names else None


def odds_of(band: Band) -> Odds:
    """Give a band as blocks carry it."""
    return Odds(term=band.term, range=band.range, low=band.low, high=band.high)


def band_of(row: JudgementRow) -> Band:
    """Give the band of a judgement's term."""
    return find_scale(row.scale).find_band(row.term)


def judgement_of(dossier: Dossier, row: JudgementRow, rows: Iterable[JudgementRow]) -> Judgement:
    """Give one judgement as blocks carry it."""
    band = band_of(row)
    return Judgement(
        id=row.judgement_id,
        opening=band.opening,
        odds=odds_of(band),
        statement=row.statement,
        confidence=row.confidence,
        confidence_reason=row.confidence_reason,
        supporting=exhibits_of(dossier, keys_in(row.supported_by)),
        contrary=exhibits_of(dossier, keys_in(row.contradicted_by)),
        would_change_if=row.would_change_if,
        earlier=_earlier(row, (*rows, *rows_of(dossier, JudgementRow))),
        actor=dossier.name_of(row.actor_id),
        event=row.event,
        where="" if row.place_id is None else dossier.name_of(row.place_id),
        horizon=row.horizon,
        resolution=row.resolution,
        made_by=dossier.name_of(row.made_by),
        made_on=row.made.isoformat(),
        is_overdue=dossier.as_of is not None and dossier.as_of > day_of(row.horizon),
    )


def _earlier(row: JudgementRow, rows: Iterable[JudgementRow]) -> Earlier | None:
    before = next((other for other in rows if other.judgement_id == row.previous_id), None)
    if before is None:
        return None
    now, then = band_of(row), band_of(before)
    return Earlier(
        id=before.judgement_id,
        odds=odds_of(then),
        made_on=before.made.isoformat(),
        statement=before.statement,
        move="kept" if now.low == then.low else "raised" if now.low > then.low else "lowered",
        reason=row.change_reason or "",
    )


def lean_of(row: JudgementRow) -> Literal["right", "wrong", "neither"]:
    """Say whether a decided judgement leaned to what then happened; a chance that is roughly even leans nowhere."""
    band = band_of(row)
    said = True if band.low >= EVEN else False if band.high <= EVEN else None
    if said is None or row.outcome not in ("true", "false"):
        return "neither"
    return "right" if said == (row.outcome == "true") else "wrong"


def decided_of(dossier: Dossier, row: JudgementRow) -> Decided:
    """Give a decided judgement as blocks carry it."""
    events = rows_by_id(dossier, Event)
    known = [events[key] for key in keys_in(row.resolved_by) if key in events]
    return Decided(
        id=row.judgement_id,
        statement=row.statement,
        odds=odds_of(band_of(row)),
        made_on=row.made.isoformat(),
        outcome=row.outcome,
        on=(row.decided or row.made).isoformat(),
        how=row.resolution_note or "",
        events=tuple((event.event_id, event.title, event.source_id) for event in known),
        leaned=lean_of(row),
    )


def tell_judges(dossier: Dossier, rows: Iterable[JudgementRow]) -> str:
    """Say who judges, with what the dossier says of them; nothing where nothing is judged."""
    judges = dict.fromkeys(row.made_by for row in rows)
    return METHOD.format(who=list_words([name_analyst(dossier, key) for key in judges])) if judges else ""

"""The bottom line of a page: two judgements, what the evidence speaks least against, what was misjudged."""

from __future__ import annotations

from briefing.blocks.blocks import Prose
from briefing.desk.assessments.evidence_items import name_analyst
from briefing.desk.assessments.hypotheses import name_survivors
from briefing.desk.assessments.judgements import (
    METHOD,
    band_of,
    choose_judgements,
    find_decided,
    find_one_scale,
    find_standing,
    judgement_of,
    lean_of,
    odds_of,
)
from briefing.desk.prose import say
from briefing.dossier.assessments import JudgementRow
from briefing.dossier.dossier import Dossier
from briefing.usage import verb
from briefing.values.dates import day_words
from briefing.values.words import count_words

#: So many misses are told by name.
_NAMED = 3


@verb
def bottom_line(dossier: Dossier, *, question: str | None = None) -> Prose:
    """Say the first two judgements that stand, what the evidence speaks least against, and what was misjudged.

    How sure the first is stands in a sentence of its own. What the dossier says of its author (that it is an
    illustration, or was written in hindsight) is said with it.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question, and explanations are not told.

    Returns
    -------
    Prose
        A block, for `headline` or a paragraph of its own.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.bottom_line(d)
    Prose('It is very unlikely (5–20 %) that Corvia closes the strait by 31 March 2032. Our confidence ...')
    """
    rows = choose_judgements(dossier, question=question)
    find_one_scale(rows)
    standing = find_standing(rows)
    if not standing:
        return say(f"No judgement is open{' on this day' if dossier.as_of else ''}.")
    first, *others = (judgement_of(dossier, row, rows) for row in standing[:2])
    told = [first.likelihood, first.assurance, *(other.likelihood for other in others)]
    told += _tell_survivors(dossier, question) + _tell_misses(rows)
    judge = METHOD.format(who=name_analyst(dossier, standing[0].made_by))
    if judge != METHOD.format(who=first.made_by):  # a name alone stands with the judgement
        told.append(judge)
    return say(" ".join(told))


def _tell_survivors(dossier: Dossier, question: str | None) -> list[str]:
    """Say what the evidence speaks least against, as long as that tells anything apart."""
    alive = name_survivors(dossier, question=question) if question is not None else []
    if len(alive) == 1:
        return [f"The evidence speaks least against one hypothesis: {alive[0]}."]
    return (
        [f"The evidence speaks equally little against two hypotheses: {'; '.join(alive)}."] if len(alive) == 2 else []
    )


def _tell_misses(rows: list[JudgementRow]) -> list[str]:
    """Own the judgements that came out otherwise than they leaned, by name."""
    missed = [row for row in find_decided(rows) if lean_of(row) == "wrong"]
    told = [_tell_miss(row) for row in missed[:_NAMED]]
    if len(missed) > _NAMED:
        told.append(f"and {count_words(len(missed) - _NAMED, 'other')}")
    return [f"We misjudged {count_words(len(missed), 'thing')}: {'; '.join(told)}."] if missed else []


def _tell_miss(row: JudgementRow) -> str:
    band, came = band_of(row), "it happened" if row.outcome == "true" else "it did not happen"
    said = f"{band.opening[:1].lower()}{band.opening[1:]} {odds_of(band).words}"
    return f"on {day_words(row.made)} we wrote that {said} that {row.statement}, but {came}"

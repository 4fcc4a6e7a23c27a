"""Why a judgement is as it is, in a sentence."""

from __future__ import annotations

from briefing.desk.assessments.judgements import EVEN, band_of, choose_judgements, find_standing, judgement_of
from briefing.dossier.dossier import Dossier
from briefing.usage import verb
from briefing.values.dates import day_of, day_words


@verb
def main_reason(dossier: Dossier, *, question: str | None = None) -> str:
    """Say why the latest judgement that stands is as it is: for the standfirst of a front.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.

    Returns
    -------
    str
        A sentence. Of a judgement that replaces another, what was held before and the analyst's reason for the change;
        of a first one, the first item of evidence on the side to which it leans, and whose it is. Empty where there is
        neither.

    Examples
    --------
    >>> import briefing as b
    >>> b.main_reason(b.read_example())
    'The judgement of 22 October 2031, roughly even chance (45–55 %), changed because the agreement ran out and ...'
    """
    rows = choose_judgements(dossier, question=question)
    standing = find_standing(rows)
    if not standing:
        return ""
    judgement, leans_to = judgement_of(dossier, standing[0], rows), band_of(standing[0]).low >= EVEN
    if before := judgement.earlier:
        held = f"The judgement of {day_words(day_of(before.made_on))}, {before.odds.words},"
        return f"{held} changed because {before.reason}." if before.reason else ""
    evidence = judgement.supporting if leans_to else judgement.contrary
    if not evidence:
        return ""
    whose = f" ({evidence[0].by})" if evidence[0].by else ""
    return f"{'For' if leans_to else 'Against'} it: {evidence[0].statement}{whose}."

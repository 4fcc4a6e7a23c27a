"""How judgements fared: a score over the whole band of a term, and a calibration table once there is enough to count.

A term stands for a band of odds, so a judgement has no one Brier score but two: as if each end of its band had been
said. No midpoint is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import fmean

from briefing.blocks.blocks import CAME, Column, Prose, Table, Text
from briefing.blocks.layouts import Cell, lay_out, number_cell
from briefing.desk.assessments.judgements import band_of, choose_judgements, find_decided, find_one_scale, tell_judges
from briefing.dossier.assessments import JudgementRow
from briefing.dossier.dossier import Dossier
from briefing.usage import verb
from briefing.values.dates import day_words
from briefing.values.likelihood import Band
from briefing.values.words import count_words

#: So many judgements must be decided before shares of them say anything.
ENOUGH = 20


def brier(band: Band, came_true: bool) -> tuple[float, float]:
    """Score a band against what happened: the square of the miss, at its better and at its worse end.

    0 is best, 1 is worst, and always saying 50 % gets 0.25.
    """
    least, most = sorted((end / 100 - came_true) ** 2 for end in (band.low, band.high))
    return least, most


@verb
def scores(dossier: Dossier, *, question: str | None = None, caption: str = "Judgements that are decided") -> Table:
    """List the judgements that are decided, with the score of each.

    Parameters
    ----------
    dossier : Dossier
        As of its day: what is decided later is open.
    question : str, optional
        As in the rows. Left out, every question.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table
        A block: one row an edition of a judgement, the latest decision first.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.scores(d).data.rows[0][-1]
    ('0.04–0.20',)
    """
    rows = find_decided(choose_judgements(dossier, question=question))
    names = ("Judgement", "Made", "Term", "Outcome", "Decided", "Brier score")
    columns = [Column(name=name, is_number=name == "Brier score") for name in names]
    return Table(caption=caption, data=lay_out(columns, (_line(row) for row in rows)))


@verb
def say_scores(dossier: Dossier, *, question: str | None = None) -> Prose:
    """Say how the judgements that are decided fared, and how many are lacking before shares of them mean anything.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.

    Returns
    -------
    Prose
        A block.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.say_scores(d).text[0]
    'One judgement is decided. Its Brier score is 0.04 to 0.20, from the better to ...'
    """
    rows = choose_judgements(dossier, question=question)
    settled = [row for row in rows if row.outcome in ("true", "false")]
    void = sum(row.outcome == "void" for row in rows)
    if not settled:
        return Prose(text=("No judgement is decided yet, so there is nothing to score.",))
    ends = [brier(band_of(row), row.outcome == "true") for row in settled]
    least, most = fmean(better for better, _ in ends), fmean(worse for _, worse in ends)
    decided = count_words(len(settled), "judgement is", "judgements are").capitalize()
    mean = "Its Brier score is" if len(settled) == 1 else "Their mean Brier score is"
    lacking = count_words(ENOUGH - len(settled), "is", "are")
    void_words = count_words(void, "judgement became void and counts", "judgements became void and count").capitalize()
    told = [
        f"{decided} decided. {mean} {least:.2f} to {most:.2f}, from the better to the worse end of each band. 0 is "
        "best; always saying 50 % gets 0.25.",
        f"{void_words} for nothing." if void else "",
        f"A calibration table needs {ENOUGH} decided judgements; {lacking} still missing."
        if len(settled) < ENOUGH
        else "",
        tell_judges(dossier, settled),
    ]
    return Prose(text=(" ".join(sentence for sentence in told if sentence),))


@verb
def calibration(dossier: Dossier, *, question: str | None = None, caption: str = "Calibration") -> Table:
    """Count, for each term, how many judgements came true; without rows as long as too few are decided.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.
    caption : str
        What the reader sees here; where too few are decided, it says so.

    Returns
    -------
    Table
        A block: one row a term that was used, lowest first.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.calibration(d).caption
    'Calibration: 19 judgements are missing of the 20 it needs'
    """
    rows = [row for row in choose_judgements(dossier, question=question) if row.outcome in ("true", "false")]
    lacking = ENOUGH - len(rows)
    if lacking > 0:
        caption = (
            f"{caption}: {count_words(lacking, 'judgement is', 'judgements are')} missing of the {ENOUGH} it needs"
        )
    columns = (Column(name="Term"), *(Column(name=name, is_number=True) for name in ("Judged", "Happened", "Share")))
    lines = () if lacking > 0 else tuple(_count(rows))
    return Table(caption=caption, data=lay_out(columns, lines))


def _line(row: JudgementRow) -> tuple[Text | Cell, ...]:
    band = band_of(row)
    made, decided = (Cell((day_words(day),), day.isoformat()) for day in (row.made, row.decided or row.made))
    outcome = str(row.outcome)
    least, most = brier(band, outcome == "true")
    ends = Cell(("",)) if outcome == "void" else Cell((f"{least:.2f}–{most:.2f}",), least)
    return ((row.statement,), made, Cell((band.words,), band.low), (CAME[outcome],), decided, ends)


def _count(rows: list[JudgementRow]) -> Iterable[tuple[Text | Cell, ...]]:
    scale = find_one_scale(rows)
    judged = Counter(band_of(row).low for row in rows)
    came = Counter(band_of(row).low for row in rows if row.outcome == "true")
    for band in scale.bands if scale else ():
        if number := judged[band.low]:
            share = came[band.low] / number
            counts = number_cell(number), number_cell(came[band.low])
            yield Cell((band.words,), band.low), *counts, Cell((f"{share:.0%}",), share)

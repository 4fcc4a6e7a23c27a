"""Who argues or reports what: the items of evidence on a question, with whose they are and where they were read."""

from __future__ import annotations

from typing import get_args

from briefing.blocks.blocks import Column, Exhibit, Note, Table, Text
from briefing.blocks.layouts import Cell, day_cell, lay_out
from briefing.desk.assessments.evidence_items import check_question, evidence_behind, exhibits_of
from briefing.dossier.assessments import EvidenceItem, HypothesisRow, JudgementRow, Rating
from briefing.dossier.cells import keys_in
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id, rows_of
from briefing.dossier.tables import Quote
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb

_NAMES = ("When", "What is argued or reported", "Kind", "Whose it is", "Read in", "In words")


@verb
def arguments(dossier: Dossier, *, caption: str, question: str | None = None, kind: str | None = None) -> Table | Note:
    """Show who argues or reports what: the evidence on a question, whose it is, where it was read, and their words.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    caption : str
        What the reader sees here.
    question : str, optional
        As in the rows. Left out, every question.
    kind : str, optional
        ``argument``, ``observation``, ``assumption`` or ``statement``; left out, all of them.

    Returns
    -------
    Table or Note
        A block: one row an item that a judgement names or somebody has rated; a note where there is none. Words that
        are a paraphrase stand in square brackets.

    Raises
    ------
    UsageError
        Where no row of the folder has such a question, or the kind is none.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.arguments(d, caption="What was said of the strait", kind="statement").data.rows[0][3]
    ('Orla Venn',)
    """
    kinds = get_args(EvidenceItem.model_fields["kind"].annotation)
    if kind is not None and kind not in kinds:
        raise UsageError(f'kind: "{kind}" is the kind of no evidence. {did_you_mean(kind, kinds)}')
    items = [item for item in _named(dossier, question) if kind in (None, item.kind)]
    if not items:
        return Note(label="Nothing known", text=(f"{caption.rstrip('.')}: no such evidence is known on this day.",))
    exhibits = exhibits_of(dossier, (item.evidence_id for item in items))
    rows = (_row(exhibit, _words(dossier, item)) for exhibit, item in zip(exhibits, items, strict=True))
    data = lay_out((Column(name=name) for name in _NAMES), rows, ids=[exhibit.id for exhibit in exhibits])
    return Table(caption=caption, data=data, evidence=evidence_behind(exhibits, dossier))


def _named(dossier: Dossier, question: str | None) -> list[EvidenceItem]:
    """Give the evidence that judgements on a question name, or its hypotheses are rated by, in order of the file."""
    if question is not None:
        check_question(question, dossier.everything.peek_cells("judgements", "question"))
    judged = [row for row in rows_of(dossier, JudgementRow) if question in (None, row.question)]
    ours = {row.hypothesis_id for row in rows_of(dossier, HypothesisRow) if question in (None, row.question)}
    named = {key for row in judged for cell in (row.supported_by, row.contradicted_by) for key in keys_in(cell)}
    named |= {row.evidence_id for row in rows_of(dossier, Rating) if row.hypothesis_id in ours}
    return [item for key, item in rows_by_id(dossier, EvidenceItem).items() if key in named]


def _row(exhibit: Exhibit, words: str) -> tuple[Text | Cell, ...]:
    return day_cell(exhibit.date), exhibit.text, (exhibit.kind,), (exhibit.by,), (exhibit.read_in,), (words,)


def _words(dossier: Dossier, item: EvidenceItem) -> str:
    """Give the quotations that an item rests on, as they are printed: with their hedges."""
    quotes = rows_by_id(dossier, Quote)
    said = [quotes[key] for key in keys_in(item.quote_ids) if key in quotes]
    return " ".join(f"“{quote.text}”" if quote.is_direct else f"[{quote.text}]" for quote in said)

"""What changed between two editions of a question, from what both pages printed: nothing is run again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.archive.judged import ChangedJudgement, find_changed_judgements
from briefing.archive.moved import FigureMove, find_moved
from briefing.archive.newsworthy import RowChange, list_changed_rows
from briefing.archive.records import Details, Record, RecordedCorrection


@dataclass(frozen=True, slots=True)
class Since:
    """What changed from one edition to another.

    Where the run of either cannot be read, only their answers are compared; where a part of it cannot, nothing is said
    to be new, or gone, that may stand in that part.
    """

    before: Record | None  #: ``None`` where the later is the first edition
    after: Record
    figures: tuple[FigureMove, ...] = ()  #: that say another number; those that lead a page first
    restated: tuple[FigureMove, ...] = ()  #: that say the same number on other claims
    judgements: tuple[ChangedJudgement, ...] = ()  #: misses first
    corrections: tuple[RecordedCorrection, ...] = ()  #: our errors that were mended in between
    rows: tuple[RowChange, ...] = ()  #: new, gone and changed, by table and there by news value
    unread: tuple[Record, ...] = ()  #: the editions that cannot be read, or not whole

    @property
    def has_new_answer(self) -> bool:
        """Whether the page answers otherwise than before."""
        return self.before is not None and (self.before.answer, self.before.term) != (
            self.after.answer,
            self.after.term,
        )

    @property
    def is_unchanged(self) -> bool:
        """Whether all that both pages say is the same."""
        parts = (self.figures, self.restated, self.judgements, self.corrections, self.rows, self.unread)
        return self.before is not None and not self.has_new_answer and not any(parts)

    def rows_of(self, kind: str, table: str = "") -> list[RowChange]:
        """List the rows of one kind, of one table where it is named."""
        return [row for row in self.rows if row.kind == kind and table in ("", row.table)]


def find_since(before: Record | None, after: Record, *, then: Details, now: Details) -> Since:
    """Find what changed between two editions; without an earlier one the later is the first.

    `then` and `now` are the details of both.
    """
    if before is None:
        return Since(None, after, unread=(after,) if after.flaw else ())
    unread = tuple(record for record in (before, after) if record.flaw)
    if any(not record.details for record in unread):
        return Since(before, after, unread=unread)
    corrections = tuple(_list_mended(then, now))
    found = find_moved(before, after, then=then, now=now, corrections=corrections)
    moved = tuple(figure for figure in found if figure.has_moved)
    rows = list_changed_rows(before, after, then=then, now=now, moved=moved, corrections=corrections)
    hidden = {"gone": bool(after.flaw), "new": bool(before.flaw), "changed": False}
    return Since(
        before,
        after,
        figures=moved,
        restated=tuple(figure for figure in found if not figure.has_moved),
        judgements=tuple(_keep_known(find_changed_judgements(before, after), hidden)),
        corrections=corrections,
        rows=tuple(row for row in rows if not hidden[row.kind]),
        unread=unread,
    )


def _keep_known(changes: Iterable[ChangedJudgement], hidden: dict[str, bool]) -> Iterable[ChangedJudgement]:
    return (change for change in changes if not hidden.get(change.kind, False))


def _list_mended(then: Details, now: Details) -> Iterable[RecordedCorrection]:
    """List the corrections that the later page tells and the earlier did not, of what both could have printed.

    One that was made after the day of the later page was made in between only where the earlier page has the row.
    """
    known = {(told.date, told.row, told.field, told.new) for told in then.corrections}
    rows = {key for table in then.rows.values() for key in table}
    for told in now.corrections:
        is_new = (told.date, told.row, told.field, told.new) not in known
        if is_new and (not told.is_later or told.row in rows):
            yield told

"""What changed since an earlier day: what became known, what stands no more, figures and judgements that moved."""

from __future__ import annotations

import datetime as dt

from briefing.blocks import Column, Note, Table, TableData, Text
from briefing.claims import STATUS_CLASSES, Claims, choose, contested, counted
from briefing.dates import day_words
from briefing.dossier import Dossier
from briefing.errors import UsageError
from briefing.evidence import collect_evidence
from briefing.judgements import choose_judgements, find_standing
from briefing.overviews import by_quantity, cite_figure

COLUMNS = (Column(name="What"), Column(name="Then"), Column(name="Now", is_number=True))


def changes(dossier: Dossier, *, since: str | dt.date, question: str | None = None) -> Table | Note:
    """Show what moved between an earlier day and the dossier's day; nothing where nothing moved.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    since : date or str
        The earlier day, the previous edition's for one; of an interval its first day.
    question : str, optional
        The judgements' question; left out, every question.

    Returns
    -------
    Table or Note
        A block. Its caption counts the claims that became known and those that stand no more; one row a figure or
        judgement that moved. A figure that nobody gave before is counted as new claims and not listed.

    Raises
    ------
    UsageError
        Where the earlier day is after the dossier's, or the dossier is of no day.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> moved = b.changes(d, since="2031-11-15")
    >>> moved.caption
    'Since 15 November 2031: 9 claims became known, 1 claim no longer stands.'
    >>> moved.data.rows[1][:2]
    (('Lorries ferried in October',), ('72',))
    """
    if dossier.as_of is None:
        raise UsageError("the whole dossier is of no day; what changed is told between two days. Read it as of a day.")
    earlier = dossier.at(str(since).partition("/")[0])
    now, then = choose(dossier), choose(earlier)
    rows = [*_moved_figures(then, now), *_moved_judgements(earlier, dossier, question)]
    caption = f"Since {day_words(earlier.as_of or dossier.as_of)}: {_claims_told(then, now)}."
    if not rows:
        return Note(label="What changed", text=(f"{caption} No figure and no judgement moved.",))
    cited = [span for row in rows for cell in row for span in cell if not isinstance(span, str)]
    ids = dict.fromkeys(claim for span in cited for claim in span.claims)
    evidence = collect_evidence(dossier, ids)
    return Table(caption=caption, data=TableData(columns=COLUMNS, rows=tuple(rows)), evidence=evidence)


def _claims_told(then: Claims, now: Claims) -> str:
    """Count the claims that became known, and those that were replaced or withdrawn."""
    new = len(set(now.ids) - set(then.ids))
    gone = len(set(then.ids) - set(now.ids))
    told = f"{counted(new, 'claim')} became known" if new else "no claim became known"
    return f"{told}, {counted(gone, 'claim')} no longer {'stands' if gone == 1 else 'stand'}" if gone else told


def _moved_figures(then: Claims, now: Claims) -> list[tuple[Text, ...]]:
    """Give the quantities that had a figure before and read otherwise now, in the order of the newest claim."""
    before = {_key(group): contested(group).figure for group in by_quantity(then)}
    rows: list[tuple[Text, ...]] = []
    for group in sorted(by_quantity(now), key=lambda group: group.frame["known_on"].max(), reverse=True):
        old, new = before.get(_key(group)), contested(group).figure
        if old is not None and old.short != new.short:
            title = now.dossier.name_of(group.rows[0]["quantity_id"])
            rows.append(((title,), (old.short,), (cite_figure(new),)))
    return rows


def _key(group: Claims) -> tuple[str, str]:
    """Name a group of `by_quantity`: its quantity and its class of status."""
    return group.rows[0]["quantity_id"], STATUS_CLASSES[group.rows[0]["status"]]


def _moved_judgements(earlier: Dossier, dossier: Dossier, question: str | None) -> list[tuple[Text, ...]]:
    """Give the judgements that are new, raised, lowered, reworded, decided or dropped."""
    rows_now = choose_judgements(dossier, question=question)
    standing = {row["judgement_id"]: row for row in find_standing(rows_now)}
    by_id = {row["judgement_id"]: row for row in rows_now}
    moved: list[tuple[Text, ...]] = []
    followed = set()
    for row in standing.values():
        followed.add(row["previous_id"])
        if row["made_on_last"].date() > (earlier.as_of or dt.date.max):
            before = by_id.get(row["previous_id"])
            old = before["term"] if before else "not judged"
            moved.append(((f"Judgement: {row['statement']}",), (old,), (row["term"],)))
    for row in find_standing(choose_judgements(earlier, question=question)):
        if row["judgement_id"] not in standing and row["judgement_id"] not in followed:
            outcome = by_id[row["judgement_id"]]["outcome"]
            became = {"true": "it came true", "false": "it did not come true"}.get(outcome, "given up")
            moved.append(((f"Judgement: {row['statement']}",), (row["term"],), (became,)))
    return moved

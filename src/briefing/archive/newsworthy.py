"""Rows that a page has and the earlier one had not, or the other way round: the most telling first.

News is what newsrooms take for it, and what ranks the counts of a page: what became known since and speaks of the time
since comes before what became known late, a count that others contradict or that surely moved before one more, what is
counted before what is announced, the newest before the older.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.archive.moved import FigureMove, bounds_of_cells, find_way
from briefing.archive.pairing import when_of
from briefing.archive.records import Details, Record, RecordedCorrection
from briefing.dossier.groups import STATUS_CLASSES
from briefing.errors import ClaimError
from briefing.values.bounds import Bounds
from briefing.values.rivals import core

#: The tables of which a reader first wants to hear; others come behind them by name, documents last.
TABLES = ("claims", "events", "quotes", "evidence", "judgements", "decided")
_LAST = "sources"

#: The levels of an item of evidence.
_LEVELS = ("high", "moderate", "medium", "low")
_THIRDS = 3


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is new on a page, gone from it, or reads otherwise."""

    kind: Literal["new", "gone", "changed"]
    table: str
    id: str
    then: Mapping[str, Any] | None = None
    now: Mapping[str, Any] | None = None
    source: Mapping[str, Any] | None = None  #: the document that it was read in
    is_told: bool = False  #: whether it is about what a moved figure counts, so that it is told there
    corrections: tuple[RecordedCorrection, ...] = ()

    @property
    def cells(self) -> Mapping[str, Any]:
        """Its cells as they last read."""
        return self.now if self.now is not None else self.then or {}


@dataclass(frozen=True, slots=True)
class _Window:
    """The time between two editions, and the counts that rank others."""

    first: dt.date | None
    last: dt.date | None
    claims: Sequence[tuple[dt.date, Mapping[str, Any]]]  #: with the days on which they became known


def list_changed_rows(
    before: Record,
    after: Record,
    *,
    then: Details,
    now: Details,
    moved: Iterable[FigureMove] = (),
    corrections: Iterable[RecordedCorrection] = (),
) -> list[RowChange]:
    """List the rows that are new, gone or changed between two pages, by table and there by news value.

    Claims by which figures moved, and others about the same quantities, come behind the rest.
    """
    days = [day.last if day else None for day in (when_of({"when": before.as_of}), when_of({"when": after.as_of}))]
    window = _Window(days[0], days[1], [*_list_known(then), *_list_known(now)])
    mended: dict[str, list[RecordedCorrection]] = {}
    for correction in corrections:
        mended.setdefault(correction.row, []).append(correction)
    told = {reason.claim for figure in moved for reason in figure.reasons}
    told |= {figure.now.quantity for figure in moved if figure.now.quantity}
    rows = list(_compare_rows(then, now, told, mended))
    return sorted(rows, key=lambda row: (_order_table(row.table), _KINDS.index(row.kind), _rank(row, window)))


def _list_known(details: Details) -> Iterator[tuple[dt.date, Mapping[str, Any]]]:
    documents = details.rows.get("sources", {})
    for cells in details.cells("claims"):
        document = documents.get(str(cells.get("source", "")))
        yield _known_on(document.cells if document else None), cells


def _known_on(document: Mapping[str, Any] | None) -> dt.date:
    return _day_of(document or {}, "published") or dt.date.min


_KINDS = ("new", "changed", "gone")


def _compare_rows(
    then: Details, now: Details, told: set[str], mended: Mapping[str, Sequence[RecordedCorrection]]
) -> Iterator[RowChange]:
    documents = {**then.rows.get("sources", {}), **now.rows.get("sources", {})}
    for table in dict.fromkeys([*now.rows, *then.rows]):
        was, is_now = then.rows.get(table, {}), now.rows.get(table, {})
        for key in dict.fromkeys([*is_now, *was]):
            old, new = was.get(key), is_now.get(key)
            if old and new and old.hash == new.hash:
                continue
            row = new or old
            assert row is not None
            document = documents.get(str(row.cells.get("source", "")))
            yield RowChange(
                "changed" if old and new else "new" if new else "gone", table, key,
                old.cells if old else None, new.cells if new else None, document.cells if document else None,
                is_told=table == "claims" and bool(told & {key, str(row.cells.get("quantity"))}),
                corrections=tuple(mended.get(key, ())) if old and new else (),
            )  # fmt: skip


def _order_table(table: str) -> tuple[int, str]:
    return (TABLES.index(table) if table in TABLES else len(TABLES) + (table == _LAST)), table


def _rank(row: RowChange, window: _Window) -> tuple[Any, ...]:
    """Say where a row comes among those of its table: the lower, the earlier."""
    if row.table == "claims":
        return _rank_claim(row, window)
    day = _day_of(row.cells)
    is_late = bool(window.first and day and day < window.first)
    levels = [
        _LEVELS.index(level) for name in ("relevance", "credibility") if (level := row.cells.get(name)) in _LEVELS
    ]
    return is_late, tuple(levels), not row.cells.get("is_direct", True), -(day or dt.date.min).toordinal(), row.id


def _rank_claim(row: RowChange, window: _Window) -> tuple[Any, ...]:
    cells = row.cells
    known, ends = _day_of(row.source or {}, "published"), when_of(cells)
    last = ends.last if ends else None
    is_late = bool(window.first and last and last < window.first)
    age = max((window.last - known).days, 0) if window.last and known else 0
    length = (window.last - window.first).days + 1 if window.last and window.first else 1
    status = str(cells.get("status", ""))
    return (
        row.is_told,
        is_late,
        not _is_number(cells),
        _THIRDS * age // max(length, 1),
        STATUS_CLASSES.get(status, "real") not in ("real", "withdrawn"),
        _weigh(row, window.claims),
        age,
        str(cells.get("quantity", "")),
        row.id,
    )


def _weigh(row: RowChange, claims: Iterable[tuple[dt.date, Mapping[str, Any]]]) -> int:
    """Weigh a count by those known before: 0 where it contradicts one or surely moved, 2 where one is said again."""
    cells, own_day = row.cells, (_known_on(row.source), row.id)
    about = [
        one
        for day, one in claims
        if one.get("quantity") == cells.get("quantity") and (day, str(one.get("id"))) < own_day
    ]
    own = [one for one in about if one.get("claimant") == cells.get("claimant")]
    rivals = [one for one in about if one.get("claimant") != cells.get("claimant")]
    if any(_went(one, cells) for one in own) or any(_contradicts(one, cells) for one in rivals):
        return 0
    return 2 if any(find_cell_bounds(one) == find_cell_bounds(cells) for one in own) else 1


def _went(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(find_way(find_cell_bounds(one), find_cell_bounds(other)))


def _contradicts(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two counts of one time leave no number for both."""
    bounds = [find_cell_bounds(one), find_cell_bounds(other)]
    times = [when_of(one), when_of(other)]
    is_one_time = times[0] and times[1] and times[0].overlaps(times[1])
    known = [side for side in bounds if side is not None and side.is_known]
    return bool(is_one_time) and len(known) == 2 and known[0].unit == known[1].unit and core(known) is None


def find_cell_bounds(cells: Mapping[str, Any]) -> Bounds | None:
    """Read the bounds of a recorded claim; nothing where it has none that can be read."""
    try:
        return bounds_of_cells(cells)
    except (ClaimError, ValueError):
        return None


def _is_number(cells: Mapping[str, Any]) -> bool:
    return any(isinstance(cells.get(side), int | float) for side in ("low", "best", "high"))


def _day_of(cells: Mapping[str, Any], name: str = "") -> dt.date | None:
    """Give the last day of a row's date."""
    named = name or next((key for key in ("day", "date", "on", "made_on", "published", "when") if cells.get(key)), "")
    date = when_of(cells, named)
    return date.last if date else None

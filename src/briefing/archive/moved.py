"""Figures that moved between two editions: what each said then and says now, and which claims made it move.

A figure has moved where its bounds or the numbers printed of it have. Whether it rose or fell is said only where no
number fits both, one claimant counted both or both are of one time, and time passed in between.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.archive.records import Details, Record, RecordedCorrection, RecordedFigure, RecordedRow
from briefing.values.bounds import Bounds, qualified
from briefing.values.dates import DateError, PartialDate, parse_date
from briefing.values.rivals import core

#: What became of a claim: it is new, or new and replaces another; it was on the page and is now behind the figure; our
#: error in it was corrected, or its row reads otherwise and no correction says why; the figure no longer rests on it;
#: the page no longer cites it.
ReasonKind = Literal["new", "replaced", "counted", "corrected", "edited", "dropped", "gone"]

#: Kinds of figures that stand for all that a page says of a quantity.
_WHOLE = ("rivals", "newest", "sum")

#: The cells of a claim that its number is read from.
_NUMBER = ("low", "best", "high", "unit", "qualifier", "status")


@dataclass(frozen=True, slots=True)
class FigureReason:
    """What became of one claim behind a figure."""

    kind: ReasonKind
    claim: str
    then: Mapping[str, Any] | None = None  #: its cells then, or those of the claim that it replaces
    now: Mapping[str, Any] | None = None
    corrections: tuple[RecordedCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureMove:
    """A figure of both editions: what it said then and says now."""

    label: str
    then: RecordedFigure
    now: RecordedFigure
    is_tile: bool = False  #: whether it leads either page
    way: Literal["rose", "fell", ""] = ""
    are_strangers: bool = False  #: whether other claimants counted it for another time, so that it shows no movement
    reasons: tuple[FigureReason, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Whether it says another number, and not the same one on other claims."""
        return _says_otherwise(self.then, self.now)


def find_moved(
    before: Record, after: Record, *, then: Details, now: Details, corrections: Iterable[RecordedCorrection]
) -> list[FigureMove]:
    """Find the figures that moved or rest on other claims: those that lead a page first, as the later page has them."""
    mended: dict[str, list[RecordedCorrection]] = {}
    for correction in corrections:
        mended.setdefault(correction.row, []).append(correction)
    found = []
    for label, is_tile, old, new in _pair_figures(before, after, then, now):
        reasons = tuple(_list_reasons(old, new, then, now, mended))
        if _says_otherwise(old, new) or set(old.claims) != set(new.claims):
            found.append(_tell_moved(label, is_tile, old, new, then, now, reasons))
    return [*(moved for moved in found if moved.has_moved), *(moved for moved in found if not moved.has_moved)]


def _tell_moved(
    label: str,
    is_tile: bool,
    old: RecordedFigure,
    new: RecordedFigure,
    then: Details,
    now: Details,
    reasons: tuple[FigureReason, ...],
) -> FigureMove:
    counted, recounted = _cells_of(old, then), _cells_of(new, now)
    is_alike = _are_comparable(counted, recounted)
    is_news = any(reason.kind not in ("corrected", "edited") for reason in reasons)
    way = find_way(old.bounds, new.bounds) if is_alike and is_news and _is_later(counted, recounted) else ""
    return FigureMove(label, old, new, is_tile, way, not is_alike, reasons)


def _says_otherwise(old: RecordedFigure, new: RecordedFigure) -> bool:
    """Whether a figure says another number; one without bounds does where its words and its claims are others."""
    if old.bounds is None or new.bounds is None:
        return old.words != new.words and set(old.claims) != set(new.claims)
    return (old.bounds, old.printed) != (new.bounds, new.printed)


def find_way(old: Bounds | None, new: Bounds | None) -> Literal["rose", "fell", ""]:
    """Say which way a number surely went; nothing where one number may be both."""
    if old is None or new is None or old.unit != new.unit or core([old, new]) is not None:
        return ""
    (low, high), (least, most) = old.extent, new.extent
    return "rose" if least >= high else "fell" if most <= low else ""


def bounds_of_cells(cells: Mapping[str, Any]) -> Bounds:
    """Give the bounds of a claim from the cells that are recorded of it."""
    sides = (cells.get(side) for side in ("low", "best", "high"))
    low, best, high = (float(side) if isinstance(side, int | float) else None for side in sides)
    return qualified(str(cells.get("qualifier", "")), low, best, high, str(cells.get("unit", "")))


def when_of(cells: Mapping[str, Any], name: str = "when") -> PartialDate | None:
    """Read a date among the cells of a row; nothing where there is none."""
    try:
        return parse_date(str(cells.get(name, "")))
    except DateError:
        return None


# --- which figure is which ---------------------------------------------------------------------------------------

_Pair = tuple[str, bool, RecordedFigure, RecordedFigure]


def _pair_figures(before: Record, after: Record, then: Details, now: Details) -> Iterator[_Pair]:
    """Pair the figures of two pages: tiles, what stands for a quantity, the counts of a claimant, sums of several."""
    tiles = list(_pair_tiles(before, after))
    yield from tiles
    told = {figure.quantity for _, _, *pair in tiles for figure in pair}
    old, new = _list_leads(before, then), _list_leads(after, now)
    for quantity, (figure, is_tile) in new.items():
        if quantity in old and quantity not in told:
            yield figure.title or quantity, is_tile or old[quantity][1], old[quantity][0], figure
    yield from _pair_counts(then, now, told | old.keys() | new.keys())
    yield from _pair_sums(then, now)


def _pair_tiles(before: Record, after: Record) -> Iterator[_Pair]:
    """Pair the tiles of one label, in their order where several have it, unless they are about two quantities."""
    old: dict[str, list[RecordedFigure | None]] = {}
    for tile in before.tiles:
        old.setdefault(tile.label, []).append(tile.figure)
    for tile in after.tiles:
        labelled = old.get(tile.label)
        earlier = labelled.pop(0) if labelled else None
        if earlier and tile.figure and (earlier.quantity == tile.figure.quantity or not earlier.quantity):
            yield tile.label, True, earlier, tile.figure


def _list_leads(record: Record, details: Details) -> dict[str, tuple[RecordedFigure, bool]]:
    """List what stands for each quantity of a page, and whether it leads the page: a tile, or else what tells all."""
    tiles = [(tile.figure, True) for tile in record.tiles if tile.figure]
    others = [(figure, False) for figure in details.figures if figure.kind in _WHOLE]
    leads: dict[str, tuple[RecordedFigure, bool]] = {}
    for figure, is_tile in [*tiles, *others]:
        if figure.quantity:
            leads.setdefault(figure.quantity, (figure, is_tile))
    return leads


def _pair_counts(then: Details, now: Details, told: Iterable[str]) -> Iterator[_Pair]:
    """Pair the newest counts of each claimant about a quantity of which neither page tells the whole."""
    old, new, passed = _newest_counts(then), _newest_counts(now), set(told)
    for key, figure in new.items():
        earlier = old.get(key)
        if earlier and key[0] not in passed:
            went_back = _is_later(_cells_of(figure, now), _cells_of(earlier, then))
            if not went_back:
                yield figure.title or key[0], False, earlier, figure


def _newest_counts(details: Details) -> dict[tuple[str, str], RecordedFigure]:
    """Give the newest count of each quantity by each claimant, as a page prints it."""
    newest: dict[tuple[str, str], RecordedFigure] = {}
    for figure in details.figures:
        cells = _cells_of(figure, details) if figure.kind == "claim" and figure.bounds else []
        for counted in cells[:1]:
            key = (figure.quantity, str(counted.get("claimant", "")))
            if key not in newest or _is_later(_cells_of(newest[key], details), cells):
                newest[key] = figure
    return newest


def _pair_sums(then: Details, now: Details) -> Iterator[_Pair]:
    """Pair sums over several quantities that add the same claims, or the same and others."""
    replaced = _list_successors(now)
    old = {_renew(figure, replaced): figure for figure in reversed(_sums_of(then))}
    new = {frozenset(figure.claims): figure for figure in reversed(_sums_of(now))}
    for claims, figure in reversed(new.items()):
        earlier = old.pop(claims, None) or next(
            (old.pop(others) for others in list(old) if others not in new and (others < claims or claims < others)),
            None,
        )
        if earlier:
            yield figure.place, False, earlier, figure


def _sums_of(details: Details) -> list[RecordedFigure]:
    return [figure for figure in details.figures if figure.bounds and not figure.quantity]


def _renew(figure: RecordedFigure, replaced: Mapping[str, str]) -> frozenset[str]:
    return frozenset(replaced.get(claim, claim) for claim in figure.claims)


def _list_successors(details: Details) -> dict[str, str]:
    """Give which claim of a page replaces which."""
    claims = details.rows.get("claims", {})
    return {str(row.cells["supersedes"]): key for key, row in claims.items() if row.cells.get("supersedes")}


# --- why ---------------------------------------------------------------------------------------------------------


def _list_reasons(
    old: RecordedFigure,
    new: RecordedFigure,
    then: Details,
    now: Details,
    mended: Mapping[str, Sequence[RecordedCorrection]],
) -> Iterator[FigureReason]:
    """List what became of the claims behind a figure, the newest first; what left it only where nothing came in."""
    was, is_now = then.rows.get("claims", {}), now.rows.get("claims", {})
    come = [key for key in new.claims if key not in old.claims]
    come.sort(key=lambda key: _newest_day([is_now[key].cells] if key in is_now else []), reverse=True)
    for key in come:
        yield _why_new(key, was, is_now)
    for key in old.claims:
        one, other = was.get(key), is_now.get(key)
        if key in new.claims and one and other and _is_other(one.cells, other.cells):
            told = tuple(mended.get(key, ()))
            yield FigureReason("corrected" if told else "edited", key, one.cells, other.cells, told)
        elif key not in new.claims and not come:
            yield FigureReason("dropped" if other else "gone", key, one.cells if one else None)


def _why_new(key: str, was: Mapping[str, RecordedRow], is_now: Mapping[str, RecordedRow]) -> FigureReason:
    cells = is_now[key].cells if key in is_now else None
    earlier = was.get(str(cells.get("supersedes", ""))) if cells else None
    if earlier:
        return FigureReason("replaced", key, earlier.cells, cells)
    return FigureReason("counted", key, was[key].cells, cells) if key in was else FigureReason("new", key, None, cells)


def _is_other(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(one.get(name) != other.get(name) for name in _NUMBER)


def _cells_of(figure: RecordedFigure, details: Details) -> list[Mapping[str, Any]]:
    claims = details.rows.get("claims", {})
    return [claims[key].cells for key in figure.claims if key in claims]


def _are_comparable(counted: Sequence[Mapping[str, Any]], recounted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a claimant made both counts, or both are of one time."""
    return any({c.get(name) for c in counted} & {c.get(name) for c in recounted} for name in ("claimant", "when"))


def _is_later(earlier: Iterable[Mapping[str, Any]], later: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the newest of some claims speaks of a later time than any of others."""
    return _newest_day(later) > _newest_day(earlier)


def _newest_day(claims: Iterable[Mapping[str, Any]]) -> dt.date:
    days = (when.last for cells in claims if (when := when_of(cells)))
    return max((day for day in days if day), default=dt.date.min)

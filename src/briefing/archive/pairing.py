"""Which figure of a page is which of the page before: tiles, what stands for a quantity, counts of a claimant, sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from briefing.archive.records import Details, Record, RecordedFigure
from briefing.values.dates import DateError, PartialDate, parse_date

#: What a figure is called, whether it leads either page, and what it said then and says now.
FigurePair: TypeAlias = tuple[str, bool, RecordedFigure, RecordedFigure]

#: Kinds of figures that stand for all that a page says of a quantity.
_WHOLE = ("rivals", "newest", "sum")


@dataclass(frozen=True, slots=True)
class _Leads:
    """What a page says of each quantity."""

    first: Mapping[str, RecordedFigure]  #: in a tile, or in its answer
    whole: Mapping[str, RecordedFigure]  #: wherever it says most: the first figure that rests on most claims
    of_one_time: frozenset[str]  #: of which quantities that is of one time, so that it compares with a newest count


def pair_figures(before: Record, after: Record, then: Details, now: Details) -> Iterator[FigurePair]:
    """Pair the figures of two pages: tiles, what stands for a quantity, the counts of a claimant, sums of several."""
    tiles = list(_pair_tiles(before, after))
    yield from tiles
    told = {figure.quantity for _, _, *pair in tiles for figure in pair}
    old, new = _find_leads(before, then), _find_leads(after, now)
    for quantity in dict.fromkeys([*new.first, *new.whole]):
        pair = None if quantity in told else _pair_leads(quantity, old, new)
        if pair:
            told.add(quantity)
            yield pair
    yield from _pair_counts(then, now, told | old.whole.keys() | new.whole.keys() | new.first.keys())
    yield from _pair_sums(then, now)


def _pair_tiles(before: Record, after: Record) -> Iterator[FigurePair]:
    """Pair the tiles of one label, in their order where several have it, unless they are about two quantities."""
    old: dict[str, list[RecordedFigure | None]] = {}
    for tile in before.tiles:
        old.setdefault(tile.label, []).append(tile.figure)
    for tile in after.tiles:
        labelled = old.get(tile.label)
        earlier = labelled.pop(0) if labelled else None
        if earlier and tile.figure and (earlier.quantity == tile.figure.quantity or not earlier.quantity):
            yield tile.label, True, earlier, tile.figure


def _find_leads(record: Record, details: Details) -> _Leads:
    tiles = [tile.figure for tile in record.tiles if tile.figure]
    answers = [figure for figure in details.figures if figure.is_answer and figure.bounds]
    whole: dict[str, list[RecordedFigure]] = {}
    for figure in details.figures:
        if figure.quantity and figure.kind in _WHOLE:
            whole.setdefault(figure.quantity, []).append(figure)
    widest = {key: max(told, key=lambda figure: len(figure.claims)) for key, told in whole.items()}
    even = {
        key for key, figure in widest.items() if len({newest_day([cells]) for cells in cells_of(figure, details)}) == 1
    }
    first = {figure.quantity: figure for figure in reversed([*tiles, *answers]) if figure.quantity}
    return _Leads(dict(reversed(first.items())), widest, frozenset(even))


def _pair_leads(quantity: str, old: _Leads, new: _Leads) -> FigurePair | None:
    """Pair what stands for a quantity, like with like.

    What leads a page is the newest count; elsewhere a page tells all counts together, of whatever time.
    """
    is_lead = quantity in old.first or quantity in new.first
    earlier, later = (
        leads.first.get(quantity) or (leads.whole[quantity] if quantity in leads.of_one_time else None)
        for leads in (old, new)
    )
    if not (is_lead and earlier and later):
        earlier, later = old.whole.get(quantity), new.whole.get(quantity)
    return (later.title or quantity, is_lead, earlier, later) if earlier and later else None


def _pair_counts(then: Details, now: Details, told: Iterable[str]) -> Iterator[FigurePair]:
    """Pair the newest counts of each claimant about a quantity of which neither page tells the whole."""
    old, new, passed = _newest_counts(then), _newest_counts(now), set(told)
    for key, figure in new.items():
        earlier = old.get(key)
        if earlier and key[0] not in passed:
            went_back = is_later(cells_of(figure, now), cells_of(earlier, then))
            if not went_back:
                yield figure.title or key[0], False, earlier, figure


def _newest_counts(details: Details) -> dict[tuple[str, str], RecordedFigure]:
    """Give the newest count of each quantity by each claimant, as a page prints it."""
    newest: dict[tuple[str, str], RecordedFigure] = {}
    for figure in details.figures:
        cells = cells_of(figure, details) if figure.kind == "claim" and figure.bounds else []
        for counted in cells[:1]:
            key = (figure.quantity, str(counted.get("claimant", "")))
            if key not in newest or is_later(cells_of(newest[key], details), cells):
                newest[key] = figure
    return newest


def _pair_sums(then: Details, now: Details) -> Iterator[FigurePair]:
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


def when_of(cells: Mapping[str, Any], name: str = "when") -> PartialDate | None:
    """Read a date among the cells of a row; nothing where there is none."""
    try:
        return parse_date(str(cells.get(name, "")))
    except DateError:
        return None


def cells_of(figure: RecordedFigure, details: Details) -> list[Mapping[str, Any]]:
    """Give the cells of the claims behind a figure."""
    claims = details.rows.get("claims", {})
    return [claims[key].cells for key in figure.claims if key in claims]


def is_later(earlier: Iterable[Mapping[str, Any]], later: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the newest of some claims speaks of a later time than any of others."""
    return newest_day(later) > newest_day(earlier)


def newest_day(claims: Iterable[Mapping[str, Any]]) -> dt.date:
    """Give the last day of which any of some claims speaks."""
    days = (when.last for cells in claims if (when := when_of(cells)))
    return max((day for day in days if day), default=dt.date.min)

"""Figures that moved between two editions: what each said then and says now, and which claims made it move.

A figure has moved where its bounds or the numbers printed of it have. Whether it rose or fell is said only where no
number fits both, one claimant counted both or both are of one time, and time passed in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.archive.pairing import cells_of, is_later, newest_day, pair_figures
from briefing.archive.records import Details, Record, RecordedCorrection, RecordedFigure, RecordedRow
from briefing.values.bounds import Bounds, qualified
from briefing.values.rivals import core

#: What became of a claim: it is new, or new and replaces another; it was on the page and is now behind the figure; our
#: error in it was corrected, or its row reads otherwise and no correction says why; the figure no longer rests on it;
#: the page no longer cites it.
ReasonKind = Literal["new", "replaced", "counted", "corrected", "edited", "dropped", "gone"]

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
    for label, is_tile, old, new in pair_figures(before, after, then, now):
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
    counted, recounted = cells_of(old, then), cells_of(new, now)
    is_alike = _are_comparable(counted, recounted)
    is_news = any(reason.kind not in ("corrected", "edited") for reason in reasons)
    way = find_way(old.bounds, new.bounds) if is_alike and is_news and is_later(counted, recounted) else ""
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
    come.sort(key=lambda key: newest_day([is_now[key].cells] if key in is_now else []), reverse=True)
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


def _are_comparable(counted: Sequence[Mapping[str, Any]], recounted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a claimant made both counts, or both are of one time."""
    return any({c.get(name) for c in counted} & {c.get(name) for c in recounted} for name in ("claimant", "when"))

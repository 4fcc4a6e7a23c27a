"""What a sheet brings its table: rows new, changed and gone, what was mended, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.dossier.cells import Day
from briefing.dossier.rows import columns_of
from briefing.dossier.tabletext import Cells, TableText
from briefing.errors import Problem, quoted
from briefing.intake.sheets.called import Known
from briefing.intake.sheets.laid import Laid, Named
from briefing.intake.sheets.mends import Mend, mend_text, read_cell, refuse_at, refuse_cell, strip_ends
from briefing.intake.sheets.opened import BookCell
from briefing.intake.sheets.shown import is_as_shown, read_shown, show_text
from briefing.intake.sheets.stamps import Key, stamp_cells
from briefing.values.words import name_some

#: What is said of rows that no workbook could have lost.
_LATER = "New since the workbook was made: export again to have it there"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a sheet brings its table."""

    table: TableText
    numbers: Mapping[int, int]  #: The number in the sheet of each row of the table, by its place there from 0.
    mends: tuple[Mend, ...]
    refused: tuple[Problem, ...]
    notes: tuple[str, ...]
    gone: tuple[Key, ...]  #: The rows that the sheet lacks.


@dataclass(frozen=True, slots=True)
class _Hand:
    """What is at hand while the rows of a sheet are taken, and what was found so far."""

    laid: Laid
    known: Mapping[str, Known]
    kinds: Mapping[str, Any]
    targets: Mapping[str, str]
    lists: frozenset[str]
    mends: list[Mend] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, name: str, cell: BookCell) -> str:
        """Give the text of a cell as its table has it."""
        kind = self.kinds.get(name)
        text = mend_text(read_cell(cell, kind), kind)
        known = self.known.get(self.targets.get(name, ""))
        return text if known is None else known.mend(text, is_list=name in self.lists)

    def key(self, cells: Named) -> Key:
        """Give the key of a row as it was meant."""
        names = self.laid.table.table.key
        return tuple(self.read(name, cells[name]) if name in cells else "" for name in names)

    def typed_key(self, cells: Named) -> Key:
        """Give the key of a row as it was typed."""
        names = self.laid.table.table.key
        return tuple(read_shown(cells[name].shown) if name in cells else "" for name in names)

    def is_kept(self, name: str, cell: BookCell | None, stood: str) -> bool:
        """Say whether a cell is as the table has it."""
        if cell is None:
            return not strip_ends(stood)
        return not cell.flaw and is_as_shown(cell.shown, stood, self.kinds.get(name))


def bring(laid: Laid, known: Mapping[str, Known], stamps: Mapping[str, Key] | None, *, delete: bool) -> Brought:
    """Take what a sheet brings its table; `stamps` are those of the rows that it was made from."""
    table = laid.table.table
    kinds = {column.name: column.kind for column in columns_of(table)}
    hand = _Hand(laid, known, kinds, table.references(), table.lists())
    places, fresh = _match(hand)
    changed = {at: taken for at, row in places.items() if (taken := _take_old(hand, at, *row, stamps or {}))}
    new = [(number, taken) for number, cells in fresh if (taken := _take_new(hand, number, cells, stamps or {}))]
    lacked, exported = _find_lacked(laid, places), None if stamps is None else set(stamps.values())
    gone = [at for at in lacked if exported is None or laid.table.key_of(laid.table.rows[at].cells) in exported]
    later = [at for at in lacked if at not in gone]
    hand.notes.extend(_tell_lacked(laid, gone, later, delete=delete))
    dropped = frozenset(gone if delete else ())
    is_same = not (changed or new or dropped)
    made = laid.table if is_same else laid.table.edit(changed, dropped=dropped, new=[cells for _, cells in new])
    kept = [at for at in range(len(laid.table.rows)) if at not in dropped]
    numbers = {after: places[at][0] for after, at in enumerate(kept) if at in places}
    numbers |= {len(kept) + after: number for after, (number, _) in enumerate(new)}
    lost = tuple(laid.table.key_of(laid.table.rows[at].cells) for at in gone)
    refused = (*laid.refused, *hand.refused)
    return Brought(made, numbers, (*laid.mends, *hand.mends), refused, tuple(hand.notes), lost)


def _match(hand: _Hand) -> tuple[dict[int, tuple[int, Named]], list[tuple[int, Named]]]:
    """Find the row of the table that each row of a sheet is, by its key; of rows with one key the first first."""
    waiting: dict[Key, list[int]] = defaultdict(list)
    names = hand.laid.table.table.key
    for at, row in enumerate(hand.laid.table.rows):
        shown = (show_text(row.cells.get(name, ""), hand.kinds.get(name)) for name in names)
        waiting[tuple(map(read_shown, shown))].append(at)
    places: dict[int, tuple[int, Named]] = {}
    fresh: list[tuple[int, Named]] = []
    for number, cells in hand.laid.rows:
        found = waiting.get(hand.typed_key(cells)) or waiting.get(hand.key(cells))
        if found:
            places[found.pop(0)] = (number, cells)
        else:
            fresh.append((number, cells))
    return places, fresh


def _take_old(hand: _Hand, at: int, number: int, cells: Named, stamps: Mapping[str, Key]) -> Cells | None:
    """Take a row that the table has; nothing where it is as it was exported, or as it stands."""
    stood = hand.laid.table.rows[at].cells
    if all(hand.is_kept(name, cells.get(name), stood.get(name, "")) for name in hand.laid.columns):
        return None
    if _stamp(cells) in stamps:
        hand.notes.append(
            f"{hand.laid.place(number, None)}: {' '.join(hand.typed_key(cells))} is as it was exported, and was changed"
            " in its table since; the table's row stays"
        )
        return None
    return _take(hand, cells, stood)


def _take_new(hand: _Hand, number: int, cells: Named, stamps: Mapping[str, Key]) -> Cells | None:
    """Take a row that the table has not; nothing where it was exported, and went from the table meanwhile."""
    there = hand.laid.table.find(hand.typed_key(cells)) if _stamp(cells) in stamps else {}
    if there is None:
        hand.notes.append(
            f"{hand.laid.place(number, None)}: {' '.join(hand.typed_key(cells))} is as it was exported, and was taken"
            " out of its table since; it is not put back"
        )
        return None
    return {name: text for name, text in _take(hand, cells, {}).items() if text}


def _take(hand: _Hand, cells: Named, stood: Cells) -> dict[str, str]:
    """Take the cells of a row, mended; what no table can hold is refused."""
    made: dict[str, str] = {}
    for name in hand.laid.columns:
        cell, before = cells.get(name), stood.get(name, "")
        if cell is None or hand.is_kept(name, cell, before):
            made[name] = before if hand.is_kept(name, cell, before) else ""
            continue
        made[name] = hand.read(name, cell)
        place = f"{hand.laid.sheet.title}!{cell.place}"
        if wrong := _refuse(hand, name, cell, made[name]):
            hand.refused.append(refuse_at(place, name, made[name], wrong))
        elif made[name] not in (before, typed := _typed(cell, hand.kinds.get(name))):
            hand.mends.append(Mend(place, typed, made[name]))
    return made


def _refuse(hand: _Hand, name: str, cell: BookCell, text: str) -> tuple[str, str, str] | None:
    known = hand.known.get(hand.targets.get(name, ""))
    if known is not None and (ids := known.find_alike(text)) and not cell.flaw:
        what = f"{quoted(text)} is what {name_some(ids)} are called alike"
        return what, "a key leads to one row", "Write the id of the one that is meant"
    return refuse_cell(cell, hand.kinds.get(name))


def _typed(cell: BookCell, kind: Any) -> str:
    """Give what a cell holds as its spreadsheet shows it."""
    text = read_shown(cell.shown)
    if isinstance(cell.shown, bool):
        return text.upper()
    return text if not isinstance(cell.shown, dt.date) or kind == Day else f"the date {text}"


def _stamp(cells: Named) -> str:
    return stamp_cells({name: read_shown(cell.shown) for name, cell in cells.items()})


def _find_lacked(laid: Laid, places: Collection[int]) -> list[int]:
    """Find the rows of the table that a sheet lacks, but for those that are empty."""
    rows = enumerate(laid.table.rows)
    return [at for at, row in rows if at not in places and any(map(strip_ends, row.cells.values()))]


def _tell_lacked(laid: Laid, gone: list[int], later: list[int], *, delete: bool) -> Iterator[str]:
    for places, cure in (([] if delete else gone, "To take out: --delete"), (later, _LATER)):
        if places:
            keys = [" ".join(laid.table.key_of(laid.table.rows[at].cells)) for at in places]
            are, they = ("is", "it stays") if len(keys) == 1 else ("are", "they stay")
            file = laid.table.table.file
            yield f"{laid.sheet.title}: {name_some(keys)} {are} in {file}, and not in the sheet; {they}. {cure}"

"""Corrections: our own errors, that were mended, and the editions that print the rows in which they stood.

A correction is known from the dossier and from the pages that tell it, and once known it is not forgotten: one that the
dossier no longer lists was withdrawn. A row that another replaced because more is known now is no correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.archive.keeping import FOLDER, read_details
from briefing.archive.records import Record
from briefing.dossier.csvfile import read_sheet
from briefing.dossier.groups import CITED_TABLES, CLAIM_TABLES
from briefing.errors import LONGEST_NAME
from briefing.press.publish import read_json, save_json
from briefing.press.whole import list_fields

#: What the archive knows of corrections, from builds before.
_KNOWN = f"{FOLDER}/corrections.json"

_FILE = "corrections.csv"
#: The columns of a dossier's corrections, and what they are called here.
_COLUMNS = {
    "date": "day", "table": "table", "row_id": "row", "field": "column", "old": "old", "new": "new", "reason": "reason",
}  # fmt: skip
#: The tables under which a page says that it prints a row, where they are called otherwise.
_PRINTED_AS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CLAIM_TABLES, ("claims",)),
    "judgements": ("judgements", "decided"),
}
#: What says of a row what it is about, in the order in which it is asked.
_TITLES = ("quantity_title", "title", "statement", "observable", "text")
#: So many letters of a table, a column and a day stand in an anchor; of a row all that its id may have.
_LONGEST = 40
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class KnownCorrection:
    """A cell of ours that was wrong: where, what it held, what it holds, why; and what it touched."""

    day: str
    row: str
    column: str
    old: str = ""
    new: str = ""
    reason: str = ""
    table: str = ""  #: empty where only pages tell it, which name no table
    title: str = ""  #: what a reader calls the row
    is_withdrawn: bool = False  #: the dossier listed it once and does so no more
    once: tuple[str, ...] = ()  #: the addresses of editions that printed the row before they were made anew
    editions: tuple[str, ...] = ()  #: the addresses of the editions that print the row, in the order of the archive
    printed: frozenset[str] = frozenset()  #: those of them whose page prints the row still, in whatever table

    @property
    def anchor(self) -> str:
        """Its place in the register: the same as long as it is the same cell of the same day."""
        place = (self.row, self.column, self.day)
        # the ids of rows that a page cites lead to one row; those of others may be alike in two tables
        parts = place if self.table in ("", *CITED_TABLES) else (self.row, self.table, self.column, self.day)
        return "_".join(_UNSAFE.sub("-", part)[: _LONGEST if at else LONGEST_NAME] for at, part in enumerate(parts))

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others, as a page tells it."""
        return self.day, self.row, self.column


def know_corrections(
    out: Path, records: Sequence[Record], *, data: Path | None, earlier: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[KnownCorrection, ...]:
    """List all corrections, the newest first, with the editions that they touched; and remember them.

    Without the dossier's folder, or where its file cannot be read, those that it listed last are taken. `earlier` are
    the rows that pages printed before they were made anew, by address.
    """
    noted = read_json(out / _KNOWN)
    before = [
        KnownCorrection(**{**cells, "once": tuple(cells.get("once", ()))}) for cells in noted.get("corrections", ())
    ]
    listed = _read_listed(data) if data else None
    known_now = _note_once(_join(before, listed, records), {told.key: told.once for told in before}, earlier or {})
    touched = _find_touched(known_now, records)
    known = sorted((_give_title(out, told, records) for told in touched), key=lambda told: (told.row, told.column))
    known.sort(key=lambda told: told.day, reverse=True)
    now = {"corrections": [_to_cells(told) for told in known]}
    if known and now != noted:
        save_json(out / _KNOWN, now)
    return tuple(known)


def _note_once(
    known: Iterable[KnownCorrection],
    noted: Mapping[tuple[str, str, str], tuple[str, ...]],
    earlier: Mapping[str, Mapping[str, str]],
) -> list[KnownCorrection]:
    """Note which pages printed a row before they were made anew: one that mended rows left was wrong all the same."""
    rows = {address: {row for told in printed.values() for row in told.split()} for address, printed in earlier.items()}
    return [
        replace(
            told, once=tuple(sorted({*noted.get(told.key, ()), *(at for at, held in rows.items() if told.row in held)}))
        )
        for told in known
    ]


def _to_cells(told: KnownCorrection) -> dict[str, Any]:
    return {name: cell for name, cell in list_fields(told).items() if name not in ("editions", "printed")}


def _read_listed(data: Path) -> list[KnownCorrection] | None:
    """Read the corrections that a dossier lists; ``None`` where its file cannot be read whole."""
    if not (data / _FILE).exists():
        return []
    sheet, problems = read_sheet(data / _FILE, file=_FILE, columns=tuple(_COLUMNS))
    if problems or not sheet.is_whole:
        return None
    rows = zip(*(sheet.columns[name] for name in _COLUMNS), strict=True)
    return [KnownCorrection(**dict(zip(_COLUMNS.values(), cells, strict=True))) for cells in rows]


def _join(
    before: Sequence[KnownCorrection], listed: Sequence[KnownCorrection] | None, records: Iterable[Record]
) -> list[KnownCorrection]:
    """Join what is known: what the dossier lists counts, then what is remembered, then what pages tell."""
    known = list(before)
    if listed is not None:
        titles = {told.key: told.title for told in before}
        named, keys = {(told.key, told.table) for told in listed}, {told.key for told in listed}
        gone = [told for told in before if (told.key, told.table) not in named and (told.table or told.key not in keys)]
        known = [replace(told, title=titles.get(told.key, "")) for told in listed]
        known += [replace(told, is_withdrawn=True) for told in gone]
    at = {told.key: place for place, told in enumerate(known)}
    for told in _list_told(records):
        place = at.setdefault(told.key, len(known))
        if place == len(known):
            known.append(replace(told, is_withdrawn=listed is not None))
        elif not known[place].title:
            known[place] = replace(known[place], title=told.title)
    return known


def _list_told(records: Iterable[Record]) -> Iterator[KnownCorrection]:
    """List what pages tell, each once."""
    lists = {id(record.told): record.told for record in records}  # most editions have one and the same
    for told in dict.fromkeys(told for listed in lists.values() for told in listed):
        yield KnownCorrection(
            told.date, told.row, told.field, old=told.old, new=told.new, reason=told.reason, title=told.title
        )


def _find_touched(known: Sequence[KnownCorrection], records: Sequence[Record]) -> Iterator[KnownCorrection]:
    """Find the editions that each correction touched: those whose page prints the row, or printed it once."""
    corrected = {told.row for told in known}
    printed: dict[str, list[tuple[Record, frozenset[str]]]] = {row: [] for row in corrected}
    for record in records if known else ():
        tables: dict[str, set[str]] = {}
        for table, rows in record.printed.items():
            for row in corrected.intersection(rows.split()):
                tables.setdefault(row, set()).add(table)
        for row, found in tables.items():
            printed[row].append((record, frozenset(found)))
    order = {record.address: at for at, record in enumerate(records)} if known else {}
    for told in known:
        names = set(_PRINTED_AS.get(told.table, (told.table,)))
        touched = {record.address for record, tables in printed[told.row] if not told.table or names & tables}
        touched |= order.keys() & set(told.once)
        still = frozenset(record.address for record, _ in printed[told.row])
        yield replace(told, editions=tuple(sorted(touched, key=order.__getitem__)), printed=still)


def _give_title(out: Path, told: KnownCorrection, records: Sequence[Record]) -> KnownCorrection:
    """Give a correction that no page tells the name of its row, as the first page prints it that it touched."""
    if told.title or not told.editions:
        return told
    record = next(record for record in records if record.address == told.editions[0])
    found = (rows.get(told.row) for rows in read_details(out, record).rows.values())
    cells: Mapping[str, Any] = next((row.cells for row in found if row), {})
    return replace(told, title=next((str(cells[name]) for name in _TITLES if cells.get(name)), told.row))

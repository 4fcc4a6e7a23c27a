"""Edits of a dossier: the tables as they are, as they are to be, what that changes; all of it is written or nothing.

Whoever brings rows (a claim typed in, a workbook, somebody else's file) puts them here. What they would break is found
before a byte is written, in a copy.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from briefing.checks import check_folder
from briefing.dossier.datapackage import FILE, write_descriptor
from briefing.dossier.files import OUTLINES
from briefing.dossier.plain import read_plain, write_plain
from briefing.dossier.tables import TABLES
from briefing.dossier.tabletext import Cells, TableText, parse_table
from briefing.errors import DossierError, Problem, PublishError, UsageError


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new, changed or gone: its cells before and after."""

    table: str
    key: tuple[str, ...]
    before: Cells | None  #: ``None`` where the row is new.
    after: Cells | None  #: ``None`` where it goes.

    @property
    def kind(self) -> Literal["new", "changed", "gone"]:
        """What becomes of the row."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def cells(self) -> dict[str, tuple[str, str]]:
        """The cells that differ, each as it was and as it is to be."""
        before, after = self.before or {}, self.after or {}
        pairs = {name: (before.get(name, ""), after.get(name, "")) for name in dict.fromkeys((*before, *after))}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def to_dict(self) -> dict[str, object]:
        """Give it as plain values, for JSON."""
        cells = {name: {"before": before, "after": after} for name, (before, after) in self.cells.items()}
        return {"table": self.table, "key": list(self.key), "kind": self.kind, "cells": cells}

    def tell(self) -> Iterator[str]:
        """Say it in lines, as a diff does: a line for the row, then one for each cell that is not empty or differs."""
        sign = {"new": "+", "changed": "~", "gone": "-"}[self.kind]
        yield f"{sign} {TABLES[self.table].file} {' '.join(self.key)}"
        for name, (before, after) in self.cells.items():
            if self.kind == "changed":
                yield f"    {name}: {before or '(empty)'} -> {after or '(empty)'}"
            elif self.kind == "new":
                yield f"    {name}: {after}"


@dataclass(frozen=True, slots=True)
class Edits:
    """The tables of a folder as they are, and as they are to be."""

    folder: Path
    before: Mapping[str, TableText]
    after: Mapping[str, TableText]
    files: Mapping[str, bytes]  #: The bytes that each file had; a table without a file has none.

    def put(self, table: str, *rows: Cells) -> Edits:
        """Give them with rows more, or changed, in a table; a table that has no file yet gets one."""
        return replace(self, after={**self.after, table: self._table(table).put(*rows)})

    def drop(self, table: str, *keys: tuple[str, ...]) -> Edits:
        """Give them without the rows of some keys in a table."""
        return replace(self, after={**self.after, table: self._table(table).drop(*keys)})

    def find(self, table: str, *key: str) -> Cells | None:
        """Find a row as it is to be; ``None`` where there is none."""
        return self._table(table).find(key)

    def rows(self, table: str) -> list[Cells]:
        """Give the rows of a table as they are to be."""
        return [row.cells for row in self._table(table).rows]

    def changes(self) -> list[Change]:
        """List the rows that are new, changed or gone, table by table."""
        return [change for name in TABLES for change in self._changes_of(name)]

    def _table(self, name: str) -> TableText:
        return self.after.get(name) or TableText(TABLES[name], TABLES[name].columns)

    def _changes_of(self, name: str) -> Iterator[Change]:
        if self.before.get(name) is self.after.get(name):
            return
        before, after = _by_key(self.before.get(name)), _by_key(self.after.get(name))
        for key in dict.fromkeys((*before, *after)):
            change = Change(name, key, before.get(key), after.get(key))
            if change.cells or change.kind == "gone":
                yield change


def open_edits(folder: Path) -> Edits:
    """Open the tables of a folder, to be edited.

    Raises `UsageError` where the folder holds none of them, `DossierError` where one cannot be read as text.
    """
    paths = {name: folder / table.file for name, table in TABLES.items() if (folder / table.file).is_file()}
    if not paths:
        raise UsageError(
            f"{folder}: holds no table; rows go into a dossier. Name its folder, or make one: briefing new."
        )
    files = {name: read_plain(path) for name, path in paths.items()}
    tables = {name: parse_table(TABLES[name], _text_of(folder, name, raw)) for name, raw in files.items()}
    return Edits(folder, tables, tables, files)


def check_edits(edits: Edits) -> list[Problem]:
    """List what edits would break: errors and warnings that the dossier, as it stands, does not have.

    The dossier is written in a temporary folder of the same name and checked there, so that a message names the file
    and row that will be.
    """
    return _find_new(edits, ("error", "warning"))


@contextmanager
def copied(edits: Edits) -> Iterator[Path]:
    """Give a folder with the dossier as it is to be, of the same name; it is gone when its user is done."""
    with tempfile.TemporaryDirectory(prefix="briefing-edits-") as place:
        copy = Path(place) / (edits.folder.resolve().name or "data")
        copy.mkdir()
        for name, raw in _all_files(edits).items():
            (copy / name).write_bytes(raw)
        yield copy


def write_edits(edits: Edits, *, found: Sequence[Problem] | None = None) -> list[Path]:
    """Write the tables that changed, and the descriptor; give their paths.

    `found` is what `check_edits` found in them, where that was asked before.

    Raises `DossierError` with what they would break (errors alone: warnings are the caller's to tell), `UsageError`
    where a file was saved by somebody else meanwhile, and `PublishError` where one cannot be written; then none is.
    """
    if found is None:
        errors = _find_new(edits, ("error",))
    else:
        errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise DossierError(errors)
    made = _make_files(edits)
    _refuse_saved_meanwhile(edits, made)
    written = _write_all(edits.folder, {TABLES[name].file: raw for name, raw in made.items()})
    if written and (edits.folder / FILE).is_file():
        write_descriptor(edits.folder)
    return written


def _find_new(edits: Edits, severities: Collection[str]) -> list[Problem]:
    """Find problems of some severities that the dossier, as it stands, does not have."""
    with copied(edits) as copy:
        found = [problem for problem in check_folder(copy).problems if problem.severity in severities]
    if not found:
        return []  # nothing to be compared: the dossier as it stands need not be checked
    stood = Counter(_identity(problem) for problem in check_folder(edits.folder).problems)
    return [problem for problem in found if not _take(stood, _identity(problem))]


def _write_all(folder: Path, made: Mapping[str, bytes]) -> list[Path]:
    """Write files, or none: where one cannot be written, those that were are put back as they stood."""
    stood = {name: (folder / name).read_bytes() if (folder / name).is_file() else None for name in made}
    written: list[Path] = []
    try:
        for name, raw in made.items():
            write_plain(folder / name, raw)
            written.append(folder / name)
    except OSError as error:
        for path in written:
            _put_back(path, stood[path.name])
        where, rule = folder / list(made)[len(written)], "all tables are written, or none"
        raise PublishError(
            f"{where}: cannot be written ({error.strerror or error}); {rule}. Make room, or give the right to write."
        ) from None
    return written


def _put_back(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink(missing_ok=True)
    else:
        write_plain(path, raw)


def _refuse_saved_meanwhile(edits: Edits, names: Iterable[str]) -> None:
    for name in names:
        path = edits.folder / TABLES[name].file
        stands = read_plain(path) if path.is_file() else None
        if stands != edits.files.get(name):
            rule = "what somebody else writes is not written over"
            raise UsageError(f"{path}: was saved meanwhile; {rule}. Run the command again.")


def _make_files(edits: Edits) -> dict[str, bytes]:
    """Give the bytes of the tables whose file is to have others, by their names."""
    touched = {name: table for name, table in edits.after.items() if table is not edits.before.get(name)}
    return {name: raw for name, table in touched.items() if (raw := table.to_bytes()) != edits.files.get(name)}


def _all_files(edits: Edits) -> dict[str, bytes]:
    """Give the bytes of each file of the dossier as it is to be."""
    outlines = edits.folder / OUTLINES
    kept = {OUTLINES: read_plain(outlines)} if outlines.is_file() else {}
    return kept | {TABLES[name].file: raw for name, raw in {**edits.files, **_make_files(edits)}.items()}


def _by_key(table: TableText | None) -> dict[tuple[str, ...], Cells]:
    return {table.key_of(row.cells): row.cells for row in table.rows} if table else {}


def _identity(problem: Problem) -> tuple[object, ...]:
    """Say what makes a problem the same in two states of a dossier; its row may have moved."""
    return problem.id, problem.file, problem.column, problem.value, problem.subject, problem.what


def _take(stood: Counter[tuple[object, ...]], identity: tuple[object, ...]) -> bool:
    """Say whether a problem is one that stood: as often as it did and no more, since two cells may be empty alike."""
    stood[identity] -= 1
    return stood[identity] >= 0


def _text_of(folder: Path, name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        where, rule = f"{folder.name}/{TABLES[name].file}", "a table is UTF-8"
        problem = Problem(
            where, None, None, None, "is not UTF-8", rule, "Save it as CSV UTF-8; briefing check says where"
        )
        raise DossierError([problem]) from None

"""The history of a row: who changed which cell when, from git, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.dossier.cells import Count
from briefing.dossier.plain import read_plain
from briefing.dossier.rows import columns_of
from briefing.dossier.tables import TABLES, DossierTable
from briefing.dossier.tabletext import Cells, parse_table
from briefing.errors import UsageError, did_you_mean
from briefing.intake.edits import Change, Edits, open_edits
from briefing.intake.gitlog import Version, is_shallow, list_versions_of
from briefing.values.bounds import number_words
from briefing.values.dates import day_words


@dataclass(frozen=True, slots=True)
class RowVersion:
    """What one commit made of a row; without a commit, what is not committed yet."""

    change: Change
    version: Version | None

    def __str__(self) -> str:
        what = "; ".join(_tell_change(self.change))
        if self.version is None:
            return f"not committed yet: {what}"
        commit = f"commit {self.version.short}: {self.version.message}"
        return f"{day_words(self.version.day)}, {self.version.author}: {what} ({commit})"

    def to_dict(self) -> dict[str, object]:
        """Give it as plain values, for JSON."""
        version = self.version
        made = {
            "commit": version.commit, "author": version.author, "day": version.day.isoformat(),
            "message": version.message,
        } if version else {"commit": None, "author": None, "day": None, "message": None}  # fmt: skip
        return self.change.to_dict() | made


@dataclass(frozen=True, slots=True)
class RowHistory:
    """What became of a row, oldest first."""

    table: str
    key: tuple[str, ...]
    versions: tuple[RowVersion, ...]
    is_cut: bool = False  #: Whether git holds the newest commits alone.

    def tell(self) -> Iterator[str]:
        """Say it in lines."""
        yield f"{' '.join(self.key)} ({TABLES[self.table].file})"
        yield from (f"  {version}" for version in self.versions)
        if self.is_cut:
            yield "  what was before is not in this copy of the repository: git fetch --unshallow brings it"


def read_history(folder: Path, row: str, *, table: str = "") -> list[RowHistory]:
    """Read the history of a row by its id, in each table that has or had one; a key of several cells has | between.

    Raises `UsageError` where no table has had such a row, or git cannot tell.
    """
    edits = open_edits(folder)
    if table and table not in edits.before:
        cure = did_you_mean(table, edits.before)
        raise UsageError(f"--table {table}: is no table of this dossier; a table is named without its .csv. {cure}")
    key = tuple(row.split("|"))
    names = [name for name in edits.before if table in ("", name) and len(TABLES[name].key) == len(key)]
    holding = [name for name in names if edits.find(name, *key) is not None]
    histories, untold = list[RowHistory](), list[UsageError]()
    for name in holding or names:
        try:
            histories += _history_in(edits, name, key)
        except UsageError as error:
            untold.append(error)
    if untold and len(untold) == len(holding or names):
        raise untold[0]
    if not histories:
        known = [cells[TABLES[name].key[0]] for name in names for cells in edits.rows(name)]
        stem = row.rsplit("-", 1)[0]
        known = [name for name in known if name.rsplit("-", 1)[0] == stem] or known
        rule = "a history is a row's, by its id"
        raise UsageError(f"{row}: no table has such a row, or had one; {rule}. {did_you_mean(row, known)}")
    return histories


def _history_in(edits: Edits, name: str, key: tuple[str, ...]) -> list[RowHistory]:
    """Give the history of a row in one table; none where that never had it."""
    told: list[RowVersion] = []
    before: Cells | None = None
    path = edits.folder / TABLES[name].file
    for version in list_versions_of(path):
        after = _find_in(TABLES[name], version.raw, key)
        told += _step(name, key, before, after, version)
        before = after
    told += _step(name, key, before, _find_in(TABLES[name], read_plain(path), key), None)
    return [RowHistory(name, key, tuple(told), is_shallow(edits.folder))] if told else []


def _step(
    name: str, key: tuple[str, ...], before: Cells | None, after: Cells | None, version: Version | None
) -> list[RowVersion]:
    change = Change(name, key, before, after)
    return [RowVersion(change, version)] if change.cells else []


def _find_in(table: DossierTable, raw: bytes, key: tuple[str, ...]) -> Cells | None:
    """Find a row in a version of a file; one that cannot be read as a table has none."""
    try:
        return parse_table(table, raw.decode("utf-8")).find(key) if raw else None
    except (UnicodeDecodeError, ValueError):
        return None


def _tell_change(change: Change) -> Iterator[str]:
    if change.kind != "changed":
        yield "row written" if change.kind == "new" else "row taken out"
        return
    counts = {column.name for column in columns_of(TABLES[change.table]) if column.kind == Count}
    for column, (before, after) in change.cells.items():
        shown = [_show(cell, is_count=column in counts) for cell in (before, after)]
        yield f"{column} {shown[0]} → {shown[1]}"


def _show(cell: str, *, is_count: bool) -> str:
    if not cell:
        return "(empty)"
    return number_words(float(cell)) if is_count and cell.replace(".", "", 1).isdigit() else cell

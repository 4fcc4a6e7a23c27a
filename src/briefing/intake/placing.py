"""Placing names: whom, where and what a file means by a name, by what the dossier calls its rows. Never guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefing.dossier.cures import find_id
from briefing.dossier.plain import read_plain, write_plain
from briefing.dossier.tables import TABLES
from briefing.dossier.tabletext import Cells
from briefing.errors import PublishError, find_nearest
from briefing.intake.edits import Edits
from briefing.intake.ids import name_id
from briefing.intake.mapping import NAMED
from briefing.intake.names import called_in, known_ids
from briefing.values.clock import today

UNPLACED_COLUMNS = ("table", "name", "rows", "first_line", "nearest", "id", "file")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A name that leads to no row: in which table it was looked for, and the lines that have it."""

    table: str
    name: str
    lines: tuple[int, ...]
    nearest: str = ""  #: The name that is nearest; it is proposed, and never taken.


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the rows of a dossier are called, by table."""

    ids: Mapping[str, frozenset[str]]
    called: Mapping[str, Mapping[str, str]]
    mapped: Mapping[str, Mapping[str, str]]  #: What the mapping says of names.

    def find(self, table: str, name: str) -> str | None:
        """Find the id that a name means; ``None`` where it leads nowhere."""
        by_mapping = self.mapped.get(table, {}).get(name.casefold())
        return find_id(by_mapping or name, self.ids.get(table, frozenset()), self.called.get(table, {}))

    def nearest(self, table: str, name: str) -> str:
        """Give the name that is nearest to one that leads nowhere; nothing where none is near."""
        known = sorted({*self.ids.get(table, ()), *self.called.get(table, {})})
        near = find_nearest(name.casefold(), known)
        return self.called.get(table, {}).get(near, near) if near else ""


def read_names(edits: Edits, mapped: Mapping[str, Mapping[str, str]]) -> KnownNames:
    """Read what the rows of a dossier are called."""
    tables = ("actors", "places", "items", "sources")
    ids = {table: frozenset(known_ids(edits, table)) for table in tables}
    called = {table: called_in(edits, table) for table in tables}
    folded = {table: {name.casefold(): key for name, key in names.items()} for table, names in mapped.items()}
    return KnownNames(ids, called, folded)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    from babel import Locale  # slow to import

    territories = {str(code): str(name) for code, name in Locale("en").territories.items()}
    codes = {code for code in territories if len(code) == 2 and code.isalpha() and code != "ZZ"}
    named = {territories[code].casefold(): code for code in sorted(codes)}
    return named | {code.casefold(): code for code in codes} | {"united kingdom": "GB", "south korea": "KR"}


def country_code(name: str) -> str:
    """Give the code of a country that is called so in English; empty where none is.

    Examples
    --------
    >>> country_code("Norway"), country_code("no"), country_code("Freedonia"), country_code("XV")
    ('NO', 'NO', '', 'XV')
    """
    plain = " ".join(name.split())
    is_code = len(plain) == 2 and plain.isalpha() and plain.isascii() and plain.isupper()
    return plain if is_code else _countries().get(plain.casefold(), "")


def gather_unplaced(names: KnownNames, found: Iterable[tuple[str, str, int]]) -> tuple[Unplaced, ...]:
    """Gather names that lead nowhere, each once with its lines, the most frequent first."""
    lines: dict[tuple[str, str], dict[int, None]] = {}
    for table, name, line in found:
        lines.setdefault((table, name), {})[line] = None
    made = [Unplaced(table, name, tuple(at), names.nearest(table, name)) for (table, name), at in lines.items()]
    return tuple(sorted(made, key=lambda each: -len(each.lines)))


def read_placed(path: Path) -> dict[str, dict[str, str]]:
    """Read the ids that the analyst wrote beside names that led nowhere, by table; none where there is no file."""
    if not path.is_file():
        return {}
    rows = csv.DictReader(io.StringIO(read_plain(path).decode("utf-8-sig", errors="replace"), newline=""))
    placed: dict[str, dict[str, str]] = {}
    for row in rows:
        table, name, key = (str(row.get(column) or "").strip() for column in ("table", "name", "id"))
        if table in NAMED.values() and name and key:
            placed.setdefault(table, {})[name] = key
    return placed


def write_unplaced(
    path: Path, unplaced: Iterable[Unplaced], *, file: str, placed: Mapping[str, Mapping[str, str]]
) -> None:
    """Write names that lead nowhere as CSV, below those that the analyst has placed there.

    Raises `PublishError` where it cannot be written.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(UNPLACED_COLUMNS)
    for table, names in placed.items():
        writer.writerows((table, name, "", "", "", key, "") for name, key in names.items())
    for each in unplaced:
        if each.name not in placed.get(each.table, {}):
            writer.writerow((each.table, each.name, len(each.lines), each.lines[0], each.nearest, "", file))
    try:
        write_plain(path, made.getvalue().encode())
    except OSError as error:
        rule = "names that cannot be placed are listed there"
        raise PublishError(
            f"{path}: cannot be written ({error.strerror or error}); {rule}. Name another file."
        ) from None


def added_row(table: str, name: str, taken: Iterable[str], cells: Mapping[str, str]) -> Cells | None:
    """Make the row of a name that is new, of what the mapping knows; ``None`` where that is not enough.

    A source is named by its address.
    """
    if table == "sources":
        own = {"source_id": name_id(name.partition("://")[2] or name, taken), "url": name}
        own["accessed"] = max(today().isoformat(), cells.get("published", "")[:10])
    else:
        own = {TABLES[table].key[0]: name_id(name, taken), "name": name}
    made = {**own, **cells}
    if cells.get("country"):
        made["country"] = country_code(cells["country"])
    made = {column: cell for column, cell in made.items() if cell}
    return made if TABLES[table].required <= set(made) else None

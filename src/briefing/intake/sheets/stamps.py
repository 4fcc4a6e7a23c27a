"""What a workbook was made from: a stamp of each row, on a hidden sheet.

A row that is as it was exported brings nothing back. So what somebody else wrote into the tables meanwhile is not
undone by a workbook that is older, and a row that was added meanwhile is not one that was deleted here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from briefing.dossier.tabletext import Cells, TableText
from briefing.intake.sheets.mends import strip_ends
from briefing.intake.sheets.opened import BookSheet
from briefing.intake.sheets.shown import read_shown, show_text

#: The title of the sheet, and its columns.
STAMPS, COLUMNS = "as exported", ("table", "row", "stamp")

Key = tuple[str, ...]


def stamp_cells(cells: Cells) -> str:
    """Give the stamp of a row, by what its cells say; a cell that is empty says nothing.

    Examples
    --------
    >>> stamp_cells({"a": "1", "b": ""}) == stamp_cells({"a": "1"}) != stamp_cells({"b": "1"})
    True
    """
    filled = sorted((name, cell) for name, cell in cells.items() if strip_ends(cell))
    return blake2b(json.dumps(filled).encode(), digest_size=8).hexdigest()


def list_stamps(table: TableText, kinds: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """List the stamps of a table's rows, as they are read from a workbook that nobody edited."""
    for row in table.rows:
        read = {name: read_shown(show_text(cell, kinds.get(name))) for name, cell in row.cells.items()}
        yield table.table.name, json.dumps(table.key_of(read)), stamp_cells(read)


def read_stamps(sheet: BookSheet | None) -> dict[str, dict[str, Key]]:
    """Read the stamps of a workbook's tables: by table and stamp the key of the row; none where they are gone."""
    stamps: dict[str, dict[str, Key]] = {}
    if sheet is None or tuple(cell.shown for _, cell in sheet.header) != COLUMNS:
        return stamps
    for _, cells in sheet.rows:
        table, key, stamp = (read_shown(cells[at].shown) if at in cells else "" for at in (1, 2, 3))
        stamps.setdefault(table, {})[stamp] = tuple(_parts(key))
    return stamps


def _parts(key: str) -> Iterable[str]:
    """Take the parts of a key; a sheet that somebody edited holds anything."""
    try:
        parts = json.loads(key)
    except ValueError:
        return ()
    return [str(part) for part in parts] if isinstance(parts, list) else ()

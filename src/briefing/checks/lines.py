"""Lines of files: where a row of a table, or a cell of a notebook, begins in the file as an editor shows it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_CELL = re.compile(r'^\s*"cell_type":')


def find_line(file: str, row: int, *, roots: Iterable[Path]) -> int | None:
    """Find the line at which a row or cell begins; ``None`` where the file cannot be read or has no such row.

    Parameters
    ----------
    file : str
        As messages name it: ``data/transfers.csv``, ``notebooks/situation.ipynb``.
    row : int
        The row as a spreadsheet numbers it, or the cell, counted from 1.
    roots : iterable of Path
        The folders in which the named files may lie.

    Examples
    --------
    >>> find_line("data/nowhere.csv", 3, roots=[Path("/nowhere")]) is None
    True
    """
    path = next((found for root in roots if (found := root / file).is_file()), None)
    lines = _starts(path, path.stat().st_mtime_ns) if path else ()
    return lines[row - 1] if 0 < row <= len(lines) else None


@lru_cache(maxsize=32)
def _starts(path: Path, changed: int) -> tuple[int, ...]:
    """Give the first line of each row or cell."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    if path.suffix == ".ipynb":
        return tuple(at for at, line in enumerate(text.splitlines(), 1) if _CELL.match(line))
    reader = csv.reader(text.splitlines(keepends=True))
    starts, ended = [], 0
    for _ in reader:
        starts.append(ended + 1)
        ended = reader.line_num
    return tuple(starts)

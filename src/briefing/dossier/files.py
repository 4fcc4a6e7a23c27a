"""Where things lie: the dossier that a notebook means.

Apart from `dossier`, so that the command line can look before it imports pandas.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from pathlib import Path
from typing import TypeAlias

from briefing.dossier.plain import read_plain
from briefing.errors import UsageError
from briefing.values.clock import today
from briefing.values.dates import DateError, parse_date

#: Where a notebook finds its dossier: the press sets it, a person need not.
DATA_VARIABLE = "BRIEFING_DATA"

#: Set in a kernel that the press will ask what its notebook read: then the kernel notes it (`reads`).
READS_VARIABLE = "BRIEFING_READS"

#: The word for the last day on which a dossier learned something (`latest_day`).
LATEST = "latest"

#: The tables that tell what was done to rows here, and nothing of the world.
OF_OUR_OWN = ("corrections", "reviews", "waivers")

#: The file of a dossier that holds the borders of its maps.
OUTLINES = "outlines.json"


def find_folder(start: Path | None = None) -> Path:
    """Find the dossier that a notebook means: the press's, or the nearest ``data`` folder with tables, upwards.

    Raises `UsageError` where there is none.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    start = Path.cwd() if start is None else start
    for place in (start, *start.parents):
        if (place / "data" / "sources.csv").is_file():
            return place / "data"
    raise UsageError(
        f"no dossier near {start}; a dossier is a folder data/ with sources.csv in it, here or further up. Go to its "
        'folder, or make one: briefing new FOLDER. In a notebook, read_dossier("my/folder") names it.'
    )


#: How a file stands: its name, its size, and when it and its state were changed.
Stamp: TypeAlias = tuple[str, int, int, int]


def stamp_files(folder: Path) -> tuple[Stamp, ...]:
    """Say how the files of a dossier stand: whoever saves one, even with the same content, changes its stamp."""
    stated = ((path.name, path.stat()) for path in list_files(folder))
    return tuple((name, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for name, state in stated)


def list_files(folder: Path) -> list[Path]:
    """List the files that a dossier is made of: its tables, and its outlines where it has some."""
    return sorted(path for path in folder.glob("*.csv") if path.is_file()) + [
        path for path in (folder / OUTLINES,) if path.is_file()
    ]


def read_column(path: Path, *, column: str) -> list[str]:
    """Read the cells of one column; nothing where the file or the column is missing."""
    try:
        text = read_plain(path).decode("utf-8-sig", errors="replace")
        return [row[column] for row in csv.DictReader(io.StringIO(text, newline="")) if row.get(column) is not None]
    except (OSError, csv.Error):
        return []


def latest_day(data: Path) -> dt.date:
    """Give the last day on which a dossier learned something: a source was published, a judgement made.

    That a row was mended or looked at again says nothing new of the world. A dossier that knows of no such day knows
    nothing yet, and that is so today.
    """
    from briefing.dossier.tables import TABLES  # imports pydantic: only where it is asked for

    learned = [table for table in TABLES.values() if table.dated_by and table.name not in OF_OUR_OWN]
    dated = {"sources": "published"} | {table.name: table.dated_by for table in learned}
    cells = [cell for name, column in dated.items() for cell in read_column(data / f"{name}.csv", column=column)]
    return max((day for cell in cells if (day := _last_day(cell))), default=today())


def _last_day(cell: str) -> dt.date | None:
    try:
        return parse_date(cell).last if cell else None
    except DateError:
        return None

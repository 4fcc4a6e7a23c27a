"""Where things lie: the dossier that a notebook means.

Apart from `dossier`, so that the command line can look before it imports pandas.
"""

from __future__ import annotations

import os
from pathlib import Path

from briefing.errors import UsageError

#: Where a notebook finds its dossier: the press sets it, a person need not.
DATA_VARIABLE = "BRIEFING_DATA"

#: Set in a kernel that the press will ask what its notebook read: then the kernel notes it (`reads`).
READS_VARIABLE = "BRIEFING_READS"

#: The file of a dossier that holds the borders of its maps.
OUTLINES = "outlines.json"


def find_folder(start: Path | None = None) -> Path:
    """Find the dossier that a notebook means: the press's, or the nearest ``data`` folder with tables, upwards.

    Raises
    ------
    UsageError
        Where there is none.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    start = Path.cwd() if start is None else start
    for place in (start, *start.parents):
        if (place / "data" / "sources.csv").is_file():
            return place / "data"
    raise UsageError(
        f"no dossier near {start}; a notebook lies beside or below a folder data/ with sources.csv in it. "
        'Name the folder: read_dossier("my/folder").'
    )


def stamp_files(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Say how the files of a dossier stand: whoever saves one, even with the same content, changes its stamp.

    Examples
    --------
    >>> stamp_files(Path("/nowhere"))
    ()
    """
    stated = ((path.name, path.stat()) for path in list_files(folder))
    return tuple((name, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for name, state in stated)


def list_files(folder: Path) -> list[Path]:
    """List the files that a dossier is made of: its tables, and its outlines where it has some.

    Examples
    --------
    >>> list_files(Path("/nowhere"))
    []
    """
    return sorted(folder.glob("*.csv")) + [path for path in (folder / OUTLINES,) if path.is_file()]

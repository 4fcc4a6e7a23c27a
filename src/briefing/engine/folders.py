"""Temporary folders that tell whether their maker lives: those of the dead are swept by whoever comes next.

A folder holds a locked file for as long as its process lives; the system gives the lock back when that is killed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: How the name of each folder of the press's begins.
PREFIX = "briefing-"

#: The file that is locked while the folder is in use.
ALIVE = ".alive"


@contextmanager
def open_folder(kind: str = "", *, place: str | Path | None = None) -> Iterator[Path]:
    """Make a private folder in a place, the temporary folder left out, and clear it away at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{kind}", dir=place))
    making = folder / f"{ALIVE}.new"  # locked before it has its name: whoever sweeps never finds it unlocked
    with making.open("xb") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        making.rename(folder / ALIVE)
        try:
            yield folder
        finally:
            _clear_away(folder)


def sweep_folders(place: str | Path | None = None) -> None:
    """Clear away what processes of ours left that were killed; what is in use stays, and what is not ours."""
    for folder in Path(place or tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if not folder.is_symlink() and folder.stat().st_uid == os.geteuid() and _is_dead(folder):
                _clear_away(folder)


def _clear_away(folder: Path) -> None:
    """Clear a folder away, its mark last: what a process that is being ended still writes there is swept by its mark.

    A kernel that was asked for in the moment of an interrupt comes to be while its room goes.
    """
    for entry in _list_entries(folder):
        if entry.name == ALIVE:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                entry.unlink()
    mark = folder / ALIVE
    with contextlib.suppress(OSError):
        mark.unlink(missing_ok=True)
        try:
            folder.rmdir()
        except OSError:  # somebody wrote meanwhile
            mark.touch()


def _list_entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # somebody else cleared it away
        return []


def _is_dead(folder: Path) -> bool:
    """Whether nobody holds the lock of a folder; raises `OSError` where it has none."""
    mark = os.open(folder / ALIVE, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(mark)
    return True

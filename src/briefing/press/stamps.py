"""How a file stands: what tells without reading it whether it is the one that was read before.

Size and time of a file can be set back by whoever changes it; the time of its last change of state cannot, short of the
machine's clock. But clocks tick: two changes within one tick leave the same stamp. So a stamp counts only where it was
older, when the file was read, than any tick is long, by the clock of the disk that the file lies on.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TypeAlias

#: The size of a file, when it and its state were changed (nanoseconds), its number on the disk; nothing of no file.
FileStamp: TypeAlias = tuple[int, ...]

#: No file system's clock ticks less often: FAT's does every two seconds.
LONGEST_TICK = 2_000_000_000


def stamp_file(path: Path | str) -> FileStamp:
    """Say how a file stands; nothing where there is no plain file."""
    try:
        return stamp_of(os.lstat(path))
    except OSError:
        return ()


def stamp_of(state: os.stat_result) -> FileStamp:
    """Say how a file stands of which this is known; nothing of a folder, a link or a pipe."""
    plain = stat.S_ISREG(state.st_mode)
    return (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino) if plain else ()


def tell_moment(path: Path) -> int:
    """Tell what time it is by the clock of the disk on which a file is to lie, in nanoseconds; the file is touched."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return os.lstat(path).st_ctime_ns


def is_older_than_a_tick(stamp: FileStamp, moment: int) -> bool:
    """Whether a file that stood so at that moment cannot be changed afterwards without another stamp.

    Examples
    --------
    >>> [is_older_than_a_tick((9, 0, second * 10**9, 1), moment=4 * 10**9) for second in (1, 3)]
    [True, False]
    """
    return bool(stamp) and stamp[2] < moment - LONGEST_TICK

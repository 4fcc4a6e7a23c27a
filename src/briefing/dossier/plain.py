"""Plain files: what a dossier is read from, whoever left it there. No pipe, device or link out of a folder is read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

#: No table of a dossier is nearly as large; what is larger would fill the memory before any rule could tell.
MOST_BYTES = 256 * 1024 * 1024

#: How often a file that somebody is writing is read again.
_TRIES = 3


def read_plain(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """Read a plain file whole, as it stood at one moment.

    Raises `OSError`, whose ``strerror`` says what it is instead: no file, a link that leads out of its folder, larger
    than `most`, or changed each time that it was read.
    """
    if path.is_symlink() and _end_of(path).parent != path.parent.resolve():
        raise OSError(errno.ELOOP, "it is a link that leads out of its folder")
    for _ in range(_TRIES):
        # a pipe that nobody writes into would let an open wait for ever
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(opened, "rb") as file:
            before = os.fstat(opened)
            _refuse(before, most=most)
            content = file.read(most + 1)
            after = os.fstat(opened)
        if len(content) == after.st_size and before.st_mtime_ns == after.st_mtime_ns:
            return content
    raise OSError(errno.EBUSY, "somebody is writing it; it changed each time that it was read")


def _end_of(link: Path) -> Path:
    try:
        return link.resolve()
    except RuntimeError:  # which is what Python 3.11 and 3.12 say of a circle of links
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


def _refuse(state: os.stat_result, *, most: int) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a plain file")
    if state.st_size > most:
        raise OSError(errno.EFBIG, f"it has {state.st_size:,} bytes; the most is {most:,}")


def write_plain(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there: a link that lies in its place is replaced, never followed."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(part, flags, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise

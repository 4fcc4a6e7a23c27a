"""Strays: processes that a notebook started and left behind. They end with its kernel, wherever they went.

A stray is known by its room: the name of that private folder stands in the environment that it was started with, or
among the files that it has open. A process may leave its group and its session, but seldom both of these.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")
_ROUNDS = 5


def end_strays(room: str, *, kernels: Collection[int] = (), rooms: Collection[str] = ()) -> None:
    """Kill every process that carries a room's name, and every child of this process that nobody knows.

    Parameters
    ----------
    room : str
        The room of the kernel that has ended.
    kernels : collection of int
        The children that this process knows; where there are none, its children are left alone.
    rooms : collection of str
        The rooms of the other kernels, whose strays stay.
    """
    for _ in range(_ROUNDS):  # one that forks while it is looked for is found in the next round
        found = [pid for pid in _others() if _is_stray(pid, room, kernels, rooms)]
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return


def end_children() -> None:
    """Kill every child of this process."""
    for pid in _others():
        if _parent_of(pid) == os.getpid():
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _others() -> Iterator[int]:
    """Give the processes of this machine, where it lists them, but for this one."""
    entries = _PROCESSES.iterdir() if (_PROCESSES / "self" / "stat").exists() else ()
    return (int(entry.name) for entry in entries if entry.name.isdigit() and int(entry.name) != os.getpid())


def _is_stray(pid: int, room: str, kernels: Collection[int], rooms: Collection[str]) -> bool:
    if pid in kernels:
        return False
    environment = _read(pid, "environ")
    if room.encode() in environment:
        return not _is_dead(pid)
    if not kernels or _parent_of(pid) != os.getpid() or _is_dead(pid):
        return False
    known = environment + b"\n".join(_open_files(pid))
    return not any(other.encode() in known for other in rooms)


def _read(pid: int, name: str) -> bytes:
    with suppress(OSError):
        return (_PROCESSES / str(pid) / name).read_bytes()
    return b""


def _state(pid: int) -> list[bytes]:
    """Give what the system says of a process after its name: its state, its parent and more."""
    return _read(pid, "stat").rpartition(b")")[2].split() or [b"X", b"0"]


def _parent_of(pid: int) -> int:
    return int(_state(pid)[1])


def _is_dead(pid: int) -> bool:
    return _state(pid)[0] in (b"Z", b"X")


def _open_files(pid: int) -> Iterator[bytes]:
    with suppress(OSError):
        for entry in (_PROCESSES / str(pid) / "fd").iterdir():
            with suppress(OSError):
                yield os.fsencode(entry.readlink())

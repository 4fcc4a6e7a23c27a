"""A fence around a kernel: what a notebook may write, and whom it may disturb.

Linux keeps it (Landlock): under it a process writes to its own room alone, signals nobody outside, and opens no TCP
port. Where the system has no such fence, `put_up_fence` says so and the kernel runs without.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

#: What is fenced, by the version of Landlock that knows of it: writing, removing, making, moving, truncating.
_WRITING = {1: 0b1_1111_1111_0010, 2: 1 << 13, 3: 1 << 14}
_BIND_TCP = {4: 1}
_SIGNALS = {6: 0b10}
#: What may be done to a file that is no folder.
_TO_A_FILE = 0b10 | 1 << 14


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def put_up_fence(writable: Iterable[Path]) -> bool:
    """Fence this process and all its children in, for good; say whether the system keeps such a fence.

    Folders and files that may be written and do not exist are passed over.
    """
    if sys.platform != "linux":
        return False
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = call(_CREATE, None, 0, 1)
    if version < 1:
        return False
    files = _known(_WRITING, version)
    rules = _Rules(files, _known(_BIND_TCP, version), _known(_SIGNALS, version))
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    fence = call(_CREATE, ctypes.byref(rules), size, 0)
    if fence < 0:
        return False
    try:
        for path in writable:
            _allow(call, fence, path, files)
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(call(_RESTRICT, fence, 0) == 0)
    finally:
        os.close(fence)


def _known(rights: dict[int, int], version: int) -> int:
    return sum(right for since, right in rights.items() if version >= since)


def _allow(call: ctypes._NamedFuncPointer, fence: int, path: Path, files: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _Beneath(files if path.is_dir() else files & _TO_A_FILE, descriptor)
        call(_ADD_RULE, fence, _BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)


# psutil reads the same files in 8.5 ms a look where this takes 1.5, twice an edition, and would save no line.
_PROCESSES = Path("/proc")
_ROUNDS = 5


def end_strays(room: str, *, kernels: Collection[int] = (), rooms: Collection[str] = ()) -> None:
    """Kill every process that carries a room's name, and every child of this process that nobody knows.

    `kernels` are the children that it knows: where there are none, its children are left alone. `rooms` are those of
    the other kernels, whose strays stay.
    """
    for _ in range(_ROUNDS):  # one that forks while it is looked for is found in the next round
        found = [pid for pid in _others() if _is_stray(pid, room, kernels, rooms)]
        if not found:
            return
        _kill(found)


def end_children() -> None:
    """Kill every child of this process."""
    _kill(pid for pid in _others() if _parent_of(pid) == os.getpid())


def _kill(processes: Iterable[int]) -> None:
    for pid in processes:
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

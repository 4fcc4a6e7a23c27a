"""A fence around a kernel: what a notebook may write, what of its neighbours it may read, and whom it may disturb.

Linux keeps it (Landlock): under it a process writes to its own room alone, reads no other room, signals nobody outside,
and opens no TCP port. It has shared memory of its own, and none of root's powers but over files. Where the system has
no such fence, `why_open` says so and the kernel runs without.
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
_READING = {1: 0b1101}
_BIND_TCP = {4: 1}
_OTHERS = {6: 0b11}  # sockets without a path, and signals
#: What may be done to a file that is no folder.
_TO_A_FILE = 0b111 | 1 << 14

#: Namespaces of a process's own, and how a file system is mounted in them.
_MOUNTS, _MESSAGES, _USERS = 1 << 17, 1 << 27, 1 << 28
_SLAVE_ALL, _NO_SETUID_NO_DEVICES = 1 << 14 | 1 << 19, 0b110

#: What root keeps of its powers: to read, write and own the files that the fence lets it.
_KEPT = 1 << 0 | 1 << 1 | 1 << 3
_DROP_FOR_GOOD, _AMBIENT, _CLEAR_ALL, _THIRD_VERSION = 24, 47, 4, 0x20080522


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def why_open() -> str:
    """Say what this system does not keep of the fence; empty where it keeps all of it."""
    version = fence_version()
    if version < 1:
        return "this system has no Landlock, so a notebook may write and signal whatever you may"
    if version < 6:
        return "this system's Landlock is older than Linux 6.12, so a notebook may signal whatever you may"
    return ""


def fence_version() -> int:
    """Give the version of this system's fence; 0 where it has none."""
    call = ctypes.CDLL(None, use_errno=True).syscall if sys.platform == "linux" else None
    return max(0, int(call(_CREATE, None, 0, 1))) if call else 0


def put_up_fence(writable: Iterable[Path | str], *, readable: Iterable[Path | str]) -> bool:
    """Fence this process and all its children in, for good; say whether the system keeps such a fence.

    What may be written may be read too. Folders and files that do not exist are passed over.
    """
    version = fence_version()
    if version < 1:
        return False
    call = ctypes.CDLL(None, use_errno=True).syscall
    reading = _known(_READING, version)
    files = reading | _known(_WRITING, version)
    rules = _Rules(files, _known(_BIND_TCP, version), _known(_OTHERS, version))
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    fence = call(_CREATE, ctypes.byref(rules), size, 0)
    if fence < 0:
        return False
    try:
        for path in writable:
            _allow(call, fence, path, files)
        for path in readable:
            _allow(call, fence, path, reading)
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(call(_RESTRICT, fence, 0) == 0)
    finally:
        os.close(fence)


def _known(rights: dict[int, int], version: int) -> int:
    return sum(right for since, right in rights.items() if version >= since)


def _allow(call: ctypes._NamedFuncPointer, fence: int, path: Path | str, files: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        for allowed in (files, files & _TO_A_FILE):  # what is no folder is refused the rights to one
            rule = _Beneath(allowed, descriptor)
            if call(_ADD_RULE, fence, _BENEATH, ctypes.byref(rule), 0) == 0:
                return
    finally:
        os.close(descriptor)


def list_readable(place: Path, *, own: Iterable[Path], hidden: str) -> Iterator[str]:
    """Give what a kernel may read: all but what begins with a name in a place, and but the lists of the folders above.

    `own` are paths that it may read in that place too. What comes there later stays hidden.
    """
    place = place.resolve()
    above = {str(folder): folder for folder in (place, *place.parents)}
    for name, folder in above.items():
        skipped = hidden if folder == place else ""
        with suppress(OSError), os.scandir(name) as entries:  # a temporary folder holds thousands: no path of each
            for entry in entries:
                is_hidden = skipped and entry.name.startswith(skipped)
                if not (entry.path in above or is_hidden or entry.is_symlink()):  # a link's end has its own rule
                    yield entry.path
    yield from (path for path in map(str, map(Path.resolve, own)) if path not in above)


def part_from_others(*, megabytes: int) -> bool:
    """Give this process shared memory and message queues of its own, gone with it; say whether the system does so."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_MOUNTS | _MESSAGES) != 0:
        user, group = os.geteuid(), os.getegid()
        if libc.unshare(_USERS | _MOUNTS | _MESSAGES) != 0:
            return False
        with suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    if libc.mount(None, b"/", None, _SLAVE_ALL, None) != 0:
        return False
    size = f"mode=1777,size={megabytes}m".encode()
    return bool(libc.mount(b"briefing", b"/dev/shm", b"tmpfs", _NO_SETUID_NO_DEVICES, size) == 0)


def drop_powers() -> None:
    """Leave this process, where it is root's, no power but over files: root may look into other processes otherwise."""
    libc = ctypes.CDLL(None, use_errno=True)
    had = int(next(line.split()[1] for line in _STATUS.read_text().splitlines() if line.startswith("CapPrm:")), 16)
    for power in range(64):
        if not _KEPT >> power & 1:
            libc.prctl(_DROP_FOR_GOOD, power, 0, 0, 0)
    libc.prctl(_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    kept = had & _KEPT
    words = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    libc.capset((ctypes.c_uint32 * 2)(_THIRD_VERSION, 0), words)


_STATUS = Path("/proc/self/status")

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

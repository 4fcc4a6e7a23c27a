"""The kernel's own process: IPython's kernel, with nothing that listens on a TCP port, inside its limits.

``python -P -m briefing.engine.kernel -f CONNECTION_FILE`` starts one; a warm parent forks it (`forkserver`). Neither
looks for modules in the working directory; the notebook does.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from briefing.blocks.display import show_every_block
from briefing.dossier.files import DATA_VARIABLE
from briefing.engine.begun import note_cells
from briefing.engine.environment import LIMITS_VARIABLE, MEMORY_LIMIT
from briefing.engine.folders import PREFIX
from briefing.engine.sandbox import drop_powers, fence_version, list_readable, part_from_others, put_up_fence
from briefing.engine.seams.ipykernel import RoomKernelApp

#: What every kernel is started with: no history, no configuration of the user's.
ARGUMENTS = ("--HistoryManager.enabled=False",)

#: How many seconds a cell computes before the thread that sends outputs has its turn: whoever waits draws meanwhile.
_TURN = 0.002

#: After how many new objects circular garbage is looked for; cells make hundreds of thousands that are in no circle.
_FEW = 20_000

#: What a fenced kernel may write outside its room: devices, and the terminals in which IPython runs what follows an
#: exclamation mark.
_DEVICES = (
    "/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/random", "/dev/urandom", "/dev/ptmx", "/dev/pts",
)  # fmt: skip

#: Where processes share memory; a kernel may write there where the place is its own.
_SHARED = "/dev/shm"


def make_kernel(arguments: Sequence[str]) -> RoomKernelApp:
    """Make the kernel of this process, its sockets bound, inside the limits that its environment names.

    The arguments are ``-f CONNECTION_FILE``, which lies in its room, and options of IPython's.
    """
    room = Path(arguments[arguments.index("-f") + 1]).parent
    limits = json.loads(os.environ.pop(LIMITS_VARIABLE, "{}"))
    if limits.get("fence"):
        _fence_in(room, megabytes=int(limits.get("memory") or MEMORY_LIMIT))
    if limits.get("memory"):
        limit_memory(int(limits["memory"]))
    app: RoomKernelApp = RoomKernelApp.instance()
    tempfile.tempdir = os.environ.get("TMPDIR")  # Python finds out by writing a file, which a disk may take long for
    app.initialize([*arguments, *ARGUMENTS])  # type: ignore[no-untyped-call]
    app.log.setLevel(app.log_level)  # else what nobody reads is put in words, four times a cell
    show_every_block(app.shell)
    note_cells(app.shell, room)
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_FEW, 10, 10)
    _look_in_folder()
    return app


def _fence_in(room: Path, *, megabytes: int) -> None:
    """Put up the fence, where the system keeps one."""
    shared = [_SHARED] if part_from_others(megabytes=megabytes) else []
    own = [room, Path.cwd(), Path(sys.prefix), Path(sys.base_prefix), *map(Path, filter(None, sys.path))]
    own += [Path(os.environ[DATA_VARIABLE])] if DATA_VARIABLE in os.environ else []
    readable = list(list_readable(room.parent, own=own, hidden=PREFIX))
    is_up = put_up_fence([room, *map(Path, (*_DEVICES, *shared))], readable=readable)
    if fence_version() and not is_up:
        sys.exit("the fence could not be put up, though this system has one")
    drop_powers()


def _look_in_folder() -> None:
    """Let the notebook import what lies beside it, after the standard library, as IPython does where the path is safe.

    The process itself started with a safe path, so that nothing there was taken for a module of Python's or ours.
    """
    if "" not in sys.path and not os.environ.get("PYTHONSAFEPATH"):
        at = next((at for at, place in enumerate(sys.path) if place.endswith("-packages")), len(sys.path))
        sys.path.insert(at, "")


def limit_memory(megabytes: int) -> None:
    """Let this process take only so much more memory than it has; then Python raises MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    most = (_data_size() + megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _data_size() -> int:
    """Give the megabytes of data that this process has; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    sizes = [line.split()[1] for line in status.splitlines() if line.startswith("VmData:")]
    return int(sizes[0]) // 1024 if sizes else 0


if __name__ == "__main__":
    make_kernel(sys.argv[1:]).start()  # type: ignore[no-untyped-call]

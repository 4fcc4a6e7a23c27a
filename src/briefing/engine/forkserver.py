"""The warm parent: a process that has imported everything and read the dossier, and forks a kernel for each edition.

It is one thread, and it forks before any zmq context exists: its children are ordinary ipykernels, each with its own
process, namespace and working directory. It never draws a chart: V8 and a fork do not go together.

Orders come over a pair of sockets that it inherits, one end of which the press and its workers hold: it has no name, so
that nobody else finds it, a notebook least of all. A client sends one end of a new connection over it (`ask`), asks
there for a kernel with one line of JSON, reads ``{"pid": ...}``, then ``{"ready": true}`` once the kernel's sockets are
bound, and at last ``{"exit": ...}``. On the same connection it may send ``{"signal": ...}``; when it hangs up, its
kernel ends. When the press that started the parent is gone, the parent goes too, and all its kernels with it.

multiprocessing's forkserver is no faster. It cannot say when a child ends, so strays need a supervisor a kernel; a
pool's workers cannot share it; its socket lies under TMPDIR, and its child puts the working folder on the path.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from briefing.engine.ending import count_names, end_process
from briefing.engine.sandbox import end_children, end_strays
from briefing.errors import DossierError, Problem

#: What a child finds imported: what notebooks use, and what each kernel would import by itself.
PRELOADED = (
    "briefing.ahead",
    "pandas",
    "altair",
    "psutil",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "faulthandler",
    "zmq.utils.garbage",
    "briefing",
    "briefing.engine.kernel",
)

#: What draws ahead. It is called by its name, as the vocabulary is: the engine itself draws nothing.
MAPS = "briefing.charts.ahead"

_SUBREAPER, _DIE_WITH_PARENT = 36, 1
_MOST = 1 << 20


@dataclass(slots=True)
class Child:
    """A kernel, and the connection of the client that asked for it."""

    pid: int
    room: str
    connection: socket.socket
    heard: bytes = b""


@dataclass(slots=True)
class Parent:
    """What the parent watches: where orders come from, the press's lifeline, its children."""

    orders: socket.socket
    own: tuple[socket.socket, ...] = ()  #: what wakes it, which is no child's business
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    children: dict[int, Child] = field(default_factory=dict)
    order: tuple[socket.socket, dict[str, Any]] | None = None  #: in a child: who asked for it, and what for


def serve(orders: socket.socket, *, data: Path | None) -> NoReturn:
    """Import everything, read the dossier, then take orders and fork kernels until the press is gone.

    A child ends when its kernel has ended, with its exit code: as any Python does (`end_process`).
    """
    _become_subreaper()
    gc.disable()  # what is imported stays: looking through it again and again takes a fifth of the time
    problems = warm_up(data)
    gc.enable()
    gc.collect()
    gc.freeze()  # what is here for good is never copied for the sake of being counted
    threads = [task.joinpath("comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    if len(threads) > 1:
        named = ", ".join(sorted(set(threads)))
        sys.exit(f"a library started a thread ({named}), and a process with threads cannot be forked safely")
    woken, wake = socket.socketpair()
    parent = Parent(orders, own=(woken, wake))
    woken.setblocking(False)
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for watched in (orders, woken, sys.stdin):
        parent.selector.register(watched, selectors.EVENT_READ)
    sys.stdout.write(json.dumps([problem.to_dict() for problem in problems]) + "\n")
    sys.stdout.flush()
    mine, kept = os.getpid(), count_names()  # here, for all children: to count copies the memory of what is counted
    try:
        while _serve_once(parent, woken):
            pass
    finally:
        if os.getpid() == mine:
            for child in list(parent.children.values()):
                _end(child)
            end_children()
    if parent.order is not None:
        end_process(_be_a_kernel(parent, *parent.order), kept=kept)
    os._exit(0)  # it has nothing to write, and to take apart what it imported takes a tenth of a second


def warm_up(data: Path | None) -> tuple[Problem, ...]:
    """Import what notebooks import, read the dossier, and make what all editions make of it; give what is wrong there.

    Nothing is made of a day, or of what a notebook asks.
    """
    for name in PRELOADED:
        with contextlib.suppress(Exception):  # what cannot be imported, the notebook that imports it is told
            module = importlib.import_module(name)
            for verb in getattr(module, "__all__", ()) if name == "briefing" else ():
                _learn(getattr(module, verb))  # the vocabulary imports a verb only when it is asked for
    if data is not None:
        from briefing.dossier.dossier import keep
        from briefing.dossier.prepared import prepare

        try:
            reading = keep(data)
        except DossierError as error:
            return error.problems
        with contextlib.suppress(Exception):  # what cannot be made, the notebook that asks for it is told
            prepare(reading)
            importlib.import_module(MAPS).trace_ahead(data)
    return ()


def _learn(verb: Any) -> None:
    """Read the types that a verb takes, as its first call would."""
    from briefing.usage import hints_of

    if hasattr(verb, "__wrapped__"):
        hints_of(verb.__wrapped__)


def _serve_once(parent: Parent, woken: socket.socket) -> bool:
    """Do what there is to do; say whether there may be more: not in a child, nor where the press is gone."""
    for key, _ in parent.selector.select():
        if key.fileobj is sys.stdin:
            return False
        if key.fileobj is woken:
            with contextlib.suppress(BlockingIOError):
                while woken.recv(512):
                    pass
            _reap(parent)
        elif key.fileobj is parent.orders:
            said, handed, *_ = socket.recv_fds(parent.orders, 1, 1)
            for descriptor in handed:
                _fork_kernel(parent, socket.socket(fileno=descriptor))
            if parent.order is not None or not said:
                return False
        else:
            _hear(parent, key.data)
    return True


def _fork_kernel(parent: Parent, connection: socket.socket) -> None:
    try:
        order = json.loads(_read_line(connection))
    except (OSError, ValueError):
        connection.close()
        return
    mine = os.getpid()
    pid = os.fork()
    if pid == 0:
        end_with(mine)
        parent.order = connection, order
        return
    child = Child(pid, order["room"], connection)
    parent.children[pid] = child
    _send(connection, {"pid": pid})
    parent.selector.register(connection, selectors.EVENT_READ, child)


def end_with(parent: int) -> None:
    """End this process with its parent, whose number it is told: it may be gone before its child can ask."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _read_line(connection: socket.socket) -> bytes:
    connection.settimeout(10)
    line = b""
    while not line.endswith(b"\n") and len(line) < _MOST:
        part = connection.recv(65_536)
        if not part:
            break
        line += part
    return line


def _be_a_kernel(parent: Parent, connection: socket.socket, order: dict[str, Any]) -> int:
    """Be the child: forget the parent's business, and run a kernel until it is ended; give its exit code."""
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        parent.selector.close()
        for held in (parent.orders, *parent.own, *(child.connection for child in parent.children.values())):
            held.close()
        _redirect(Path(order["room"], "kernel.log"))
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        _reseed()
        from briefing.engine.kernel import make_kernel

        watched = f"--IPKernelApp.parent_handle={os.getppid()}"  # a kernel does not outlive its parent
        app = make_kernel([*order["arguments"], watched])
        _send(connection, {"ready": True})
        connection.close()
        app.start()  # type: ignore[no-untyped-call]
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc(file=sys.__stderr__)
        return 1
    return 0


def _redirect(log_file: Path) -> None:
    """Give the child no input, and a file for what it says outside its cells."""
    null = os.open(os.devnull, os.O_RDONLY)
    log = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(descriptor, target)
    os.close(null)
    os.close(log)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115


def _reseed() -> None:
    """Let no two children draw the same random numbers."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _hear(parent: Parent, child: Child) -> None:
    """Pass on a signal; where the client hung up, end its kernel.

    A kernel that ended in the same moment has been cleared away already.
    """
    if child.pid not in parent.children:
        return
    try:
        part = child.connection.recv(4096)
    except OSError:
        part = b""
    if not part:
        parent.selector.unregister(child.connection)
        _end(child)
        return
    child.heard += part
    *lines, child.heard = child.heard.split(b"\n")
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, OSError):
            _signal(child.pid, int(json.loads(line)["signal"]))


def _reap(parent: Parent) -> None:
    """Tell each client whose kernel has ended how it ended, and clear away what the kernel left running."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        child = parent.children.pop(pid, None)
        if child is None:
            continue
        _end(child)
        rooms = [other.room for other in parent.children.values()]
        end_strays(child.room, kernels=[os.getpid(), *parent.children], rooms=rooms)
        with contextlib.suppress(KeyError, ValueError):
            parent.selector.unregister(child.connection)
        _send(child.connection, {"exit": os.waitstatus_to_exitcode(status)})
        child.connection.close()


def _end(child: Child) -> None:
    """Kill a kernel with its whole process group."""
    with contextlib.suppress(OSError):
        _signal(child.pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    """Signal a kernel's whole process group; a kernel that was forked a moment ago has no group of its own yet."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        os.kill(pid, number)


def _send(connection: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps(message).encode() + b"\n")


def _become_subreaper() -> None:
    """Let processes that a kernel leaves behind become ours, not the system's."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


if __name__ == "__main__":
    channel = socket.socket(fileno=int(sys.argv[1]))
    serve(channel, data=Path(sys.argv[2]) if len(sys.argv) > 2 else None)

"""The kernel's own process: IPython's kernel, with nothing that listens on a TCP port, inside its limits.

``python -m briefing.engine.kernel -f CONNECTION_FILE`` starts one; a warm parent forks it (`warm`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from zmq.eventloop.zmqstream import ZMQStream

from briefing.engine.display import show_every_block
from briefing.engine.environment import LIMITS_VARIABLE
from briefing.engine.sandbox import put_up_fence

#: What every kernel is started with: no history, no configuration of the user's.
ARGUMENTS = ("--HistoryManager.enabled=False",)

#: What a fenced kernel may write outside its room: devices, and the memory that processes share.
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/shm", "/dev/random", "/dev/urandom")


class RoomIOPubThread(IOPubThread):
    """Takes what forked children of a notebook print through a socket in the kernel's room, not through TCP."""

    def __init__(self, socket: Any, *, room: Path, session: Any) -> None:
        self._place = f"ipc://{room / 'forks'}"
        super().__init__(socket, pipe=True, session=session)  # type: ignore[no-untyped-call]

    def _setup_pipe_in(self) -> None:
        self._pipe_uuid = os.urandom(16)
        pipe: Any = self.socket.context.socket(zmq.PULL)
        pipe.linger = 0
        pipe.bind(self._place)
        self._pipe_in = ZMQStream(pipe, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self) -> tuple[Any, Any]:
        context: Any = zmq.Context()  # a forked child may not use its parent's
        pipe = context.socket(zmq.PUSH)
        pipe.linger = 3000
        pipe.connect(self._place)
        return context, pipe


class RoomKernelApp(IPKernelApp):
    """IPython's kernel, all of whose sockets lie in the room of its connection file."""

    def init_iopub(self, context: Any) -> None:
        """Set up the channel of outputs."""
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_socket.linger = 1000
        self.iopub_socket.sndhwm = 0  # beyond a thousand that wait, zmq would drop outputs and say nothing
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)  # type: ignore[no-untyped-call]
        self.configure_tornado_logger()  # type: ignore[no-untyped-call]
        room = Path(self.abs_connection_file).parent
        self.iopub_thread = RoomIOPubThread(self.iopub_socket, room=room, session=self.session)
        self.iopub_thread.start()  # type: ignore[no-untyped-call]
        self.iopub_socket = self.iopub_thread.background_socket


def make_kernel(arguments: Sequence[str], *, room: Path, limits: Mapping[str, Any]) -> RoomKernelApp:
    """Make the kernel of this process, its sockets bound, inside its limits.

    Parameters
    ----------
    arguments : sequence of str
        ``-f CONNECTION_FILE`` and options of IPython's.
    room : Path
        Its private folder.
    limits : mapping of str
        ``memory`` in megabytes; ``fence``, whether it writes to its room alone.
    """
    if limits.get("fence"):
        put_up_fence([room, *map(Path, _DEVICES)])
    if limits.get("memory"):
        limit_memory(int(limits["memory"]))
    app: RoomKernelApp = RoomKernelApp.instance()
    app.initialize([*arguments, *ARGUMENTS])  # type: ignore[no-untyped-call]
    show_every_block(app.shell)
    return app


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


def main(arguments: Sequence[str]) -> None:
    """Run a kernel until its client ends it."""
    room = Path(arguments[arguments.index("-f") + 1]).parent
    make_kernel(arguments, room=room, limits=json.loads(os.environ.pop(LIMITS_VARIABLE, "{}"))).start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]  # as ipykernel's own launcher does: it is put back once everything is imported
    main(sys.argv[1:])

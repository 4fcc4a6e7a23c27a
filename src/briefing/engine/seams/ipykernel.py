"""IPython's kernel, with all of its sockets in a private folder and no port."""

from __future__ import annotations

import atexit
import importlib
import os
import re
import sys
from pathlib import Path
from typing import Any, ClassVar

import zmq
from ipykernel import ipkernel
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from traitlets import DottedObjectName, Type
from traitlets.config.loader import Config, DeferredConfigString
from zmq.eventloop.zmqstream import ZMQStream

#: An option that names a class of IPython's, one of its traits, and what that is to be.
_OPTION = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)", re.DOTALL)


class _NoModules:
    """What a kernel sees of `sys` while it is made."""

    modules: ClassVar[dict[str, Any]] = {}


def _import_without_debugger() -> None:
    """Import what would start debugpy, as if that were not there: it takes a tenth of a second, and nobody debugs."""
    if "ipykernel.debugger" in sys.modules or "debugpy" in sys.modules:
        return
    vars(sys)["modules"]["debugpy"] = None
    try:
        importlib.import_module("ipykernel.debugger")
    finally:
        del sys.modules["debugpy"]


_import_without_debugger()


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


class RoomStream(OutStream):
    """What a cell prints to; where it printed nothing, nobody waits for what it printed to be on its way.

    IPython waits six times a cell for the thread of outputs, which takes longer than many a cell.
    """

    _is_written = False

    def write(self, string: str) -> Any:
        """Take in what is printed."""
        self._is_written = True  # before it is there: whoever flushes meanwhile flushes once too often
        return super().write(string)

    def flush(self) -> None:
        """Wait until what was printed is on its way."""
        if self._is_written:
            self._is_written = False
            super().flush()  # type: ignore[no-untyped-call]


class RoomKernel(IPythonKernel):
    """A kernel that does not wait, when it ends, for children that have ended and that nobody asked how.

    Nor does it wait after each cell for its outputs to arrive before its answer: clients here wait for both. It has no
    debugger, and makes no list of the modules that one would step over: to look at each copies its memory after a fork.
    """

    _execute_sleep = 0.0

    def __init__(self, **options: Any) -> None:
        vars(ipkernel)["sys"] = _NoModules
        try:
            super().__init__(**options)  # type: ignore[no-untyped-call]
        finally:
            vars(ipkernel)["sys"] = sys

    def _process_children(self) -> list[Any]:
        children: list[Any] = super()._process_children()  # type: ignore[no-untyped-call]
        return [child for child in children if not _is_over(child)]


def _is_over(process: Any) -> bool:
    """Whether a process of psutil's has ended; its files stay unwritten for a quarter of a minute where it has."""
    try:
        return bool(process.status() == "zombie")
    except Exception:
        return True


class RoomKernelApp(IPKernelApp):
    """IPython's kernel, all of whose sockets lie in the room of its connection file."""

    kernel_class = Type(RoomKernel, klass=Kernel)
    outstream_class = DottedObjectName("briefing.engine.seams.ipykernel.RoomStream")

    def parse_command_line(self, argv: Any = None) -> None:
        """Take a connection file and options such as ``--HistoryManager.enabled=False``; leave all else to IPython.

        Its parser of everything that may be said takes longer to make than all the kernel's sockets.
        """
        told = list(argv or ())
        if told[:1] != ["-f"] or not all(map(_OPTION.fullmatch, told[2:])):
            super().parse_command_line(argv)
            return
        self.argv, self.extra_args = told, []
        self.cli_config = Config({"IPKernelApp": Config({"connection_file": told[1]})})
        for option in told[2:]:
            owner, name, value = _OPTION.fullmatch(option).groups()  # type: ignore[union-attr]  # it was matched above
            self.cli_config.setdefault(owner, Config())[name] = DeferredConfigString(value)
        self.update_config(self.cli_config)

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
        atexit.register(self._end_control)

    def _end_control(self) -> None:
        """Wait, before anything else is closed, for the thread that answered the request to end.

        It still flushes what was printed, through the thread of outputs. IPython's own order stops that one first, and
        where the two meet the kernel stays for ten seconds.
        """
        if self.control_thread and self.control_thread.is_alive():
            self.control_thread.stop()
            self.control_thread.join()

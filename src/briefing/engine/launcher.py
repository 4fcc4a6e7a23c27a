"""The warm parent as the press sees it: a process to start early, before anything slow is imported here."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from briefing.errors import Problem, last_line

#: What a warm parent is told, so that no library starts a thread in it: a process with threads cannot be forked safely.
_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pandas imports pyarrow where it is installed
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}

#: A socket's name may have 107 characters, and up to 30 come after the temporary folder's.
LONGEST_PLACE = 70


class WarmParent:
    """A warm parent that this process started; it goes when this process goes. No child inherits its environment."""

    def __init__(self, *, data: Path | None, environment: Mapping[str, str]) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.orders = self._channel.fileno()  #: the descriptor over which it takes orders (`ask`)
        command = [sys.executable, "-P", "-m", "briefing.engine.forkserver", str(theirs.fileno())]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._warm: bool | None = None
        self.problems: tuple[Problem, ...] = ()
        with contextlib.ExitStack() as unused, theirs:
            unused.callback(self._channel.close)
            unused.callback(self._log.close)
            self._process = subprocess.Popen(
                command + ([str(data.resolve())] if data else []),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=dict(environment) | _ONE_THREAD,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            unused.pop_all()

    def is_warm(self, seconds: float = 120) -> bool:
        """Wait until it takes orders; say whether it does."""
        if self._warm is None:
            assert self._process.stdout is not None
            ready, _, _ = select.select([self._process.stdout], [], [], seconds)
            line = self._process.stdout.readline() if ready else b""
            self._warm = line.endswith(b"\n")
            self.problems = tuple(Problem(**problem) for problem in json.loads(line or "[]"))
        return self._warm and self._process.poll() is None

    def why_cold(self) -> str:
        """Give the last words of a parent that takes no orders; empty where it said none."""
        self._log.seek(0)
        return last_line(self._log.read())

    def close(self) -> None:
        """Let the parent and all its kernels go."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()
        self._channel.close()


def ask(orders: int) -> socket.socket:
    """Hand a warm parent, whose channel this process holds, one end of a new connection; give the other."""
    here, there = socket.socketpair()
    with there, socket.socket(fileno=os.dup(orders)) as channel:
        socket.send_fds(channel, [b"."], [there.fileno()])
    return here


def short_place() -> str:
    """Give the temporary folder, or another where its name is too long for the sockets in it."""
    place = tempfile.gettempdir()
    return place if len(place) <= LONGEST_PLACE else "/tmp"


def can_fork() -> bool:
    """Whether this platform has a fork that is safe here: Linux has; macOS's frameworks do not survive it."""
    return sys.platform == "linux"

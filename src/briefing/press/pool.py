"""The pool: a few long-lived workers, one warm parent for all of them, and orders done side by side.

A worker that dies is replaced and its order done again, once. All of them go when the build goes.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from briefing.engine.environment import name_workers_environment
from briefing.engine.launcher import WarmParent, can_fork
from briefing.engine.sandbox import why_open
from briefing.errors import Problem, last_line
from briefing.page.drawer import Drawer
from briefing.press.orders import Delivery, Order, do_order, get_ready
from briefing.press.parcels import receive, send

#: How many seconds a worker may take beyond what an edition may, before it counts as dead.
GRACE = 120

#: Does one order. A worker process does, this process does, a cluster does.
Do = Callable[[Order], Delivery]


class Worker:
    """A worker process; where there is a warm parent, it inherits the channel over which that takes orders."""

    def __init__(self, parent: WarmParent | None = None) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the worker
        self._is_late = False
        self.taken_by: int | None = None  #: the thread that had it last
        with contextlib.ExitStack() as unused:
            unused.callback(self._log.close)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "briefing.press.orders"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                env=name_workers_environment(),
                pass_fds=[parent.orders] if parent else [],
                start_new_session=True,  # an interrupt is the build's to handle
            )
            unused.pop_all()

    def do(self, order: Order) -> Delivery | None:
        """Have an order done; ``None`` where the worker died or never answered."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            send(self._process.stdin, order)
        except (OSError, ValueError):  # it is gone, or was closed
            return None
        seconds = float(order.time_limit or 600) + GRACE
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            self._is_late = True
            return None
        return receive(self._process.stdout, Delivery)

    def tell_end(self) -> tuple[str, str]:
        """Say what a worker that does nothing more died of, as far as anybody knows, and the cure."""
        if self._is_late:
            return "never answered", "Give the briefing a time_limit, or look at what it waits for"
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)  # it hung up, and is about to be gone
        code = self._process.returncode
        if code == -signal.SIGKILL:
            return "was killed, as the system does where memory is short", "Give it more memory, or fewer --jobs"
        self._log.seek(0)
        words = last_line(self._log.read(), most=300) or "it said nothing"
        how = f"died of {signal.Signals(-code).name}" if code and code < 0 else f"ended with exit code {code}"
        return f"{how} ({words})", "Correct that, and build again"

    def close(self) -> None:
        """End the worker."""
        if self._process.returncode is None:  # else its number may be another's by now
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()


class Pool:
    """Workers, as many as there are jobs; a context in which orders are done.

    With one job this process does the orders itself, unless they are to be done `apart`. The dossier is what the warm
    parent reads for all kernels, the environment its own.
    """

    def __init__(self, jobs: int, *, data: Path, environment: Mapping[str, str], apart: bool = False) -> None:
        self._apart = apart or jobs > 1
        self.jobs, self._data, self._environment = jobs, data, environment
        self._idle: list[Worker] = []
        self._freed = threading.Condition()
        self._workers: list[Worker] = []
        self._lock = threading.Lock()
        self._parent: WarmParent | None = None
        self._drawer: Drawer | None = None
        self._is_closed = False

    def __enter__(self) -> Pool:
        if can_fork():
            self._parent = WarmParent(data=self._data, environment=self._environment)
        for _ in range(self.jobs if self._apart else 0):
            self._put(self._hire())
        if not self._apart:  # a core idles while this process works: charts are drawn there
            self._drawer = Drawer(name_workers_environment())
            self._drawer.open()
            get_ready(self._data, draws=False)
        return self

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._is_closed = True
            for worker in self._workers:
                worker.close()
        if self._drawer is not None:
            self._drawer.close()
        if self._parent is not None:
            self._parent.close()

    def _hire(self) -> Worker:
        with self._lock:
            if self._is_closed:  # an interrupted build lets its threads go on until they notice
                raise RuntimeError("the pool is closed")
            self._workers.append(Worker(self._parent))
            return self._workers[-1]

    def do(self, order: Order) -> Delivery:
        """Have one order done, by whoever is free."""
        was_warm = self._is_warm()
        made = self._do(replace(order, parent=self._parent.orders if was_warm and self._parent else None))
        if made.status == "failed" and was_warm and not self._is_warm() and not self._is_closed:
            # its kernel fell with the warm parent: no fault of the edition's
            return self._do(replace(order, parent=None))
        return made

    def _do(self, order: Order) -> Delivery:
        if not self._apart:
            return do_order(order, self._drawer)
        for _ in range(2):
            worker = self._take()
            made = worker.do(order)
            if made is not None:
                self._put(worker)
                return made
            end, cure = worker.tell_end()
            worker.close()
            self._put(self._replace(worker))
        words = f"{order.name}: the process that made it {end}, twice; an edition is made by one that lives."
        return Delivery("failed", (f"{words} {cure}.",))

    def _take(self) -> Worker:
        """Wait for an idle worker: the one that this thread had last, which has drawn much of what comes next."""
        thread = threading.get_ident()
        with self._freed:
            self._freed.wait_for(lambda: self._idle)
            worker = min(self._idle, key=lambda idle: (idle.taken_by != thread, idle.taken_by is not None))
            self._idle.remove(worker)
            worker.taken_by = thread
        return worker

    def _put(self, worker: Worker) -> None:
        with self._freed:
            self._idle.append(worker)
            self._freed.notify()

    def _replace(self, worker: Worker) -> Worker:
        """Hire another for one that died; where that fails, put it back: whoever waits for one would wait for ever."""
        try:
            return self._hire()
        except (OSError, RuntimeError):
            self._put(worker)
            raise

    def _is_warm(self) -> bool:
        """Whether the warm parent takes orders; where it cannot, kernels start by themselves."""
        with self._lock:
            return self._parent is not None and self._parent.is_warm()

    def why_cold(self) -> str:
        """Say why no warm parent forks the kernels; empty where one does."""
        if self._parent is None:
            return "this system has no safe way to fork"
        return "" if self._is_warm() else self._parent.why_cold() or "the process that forks them ended"

    def why_open(self) -> str:
        """Say what is not kept of the fence around kernels; empty where all of it is."""
        return why_open()

    def check(self) -> tuple[Problem, ...]:
        """List what is wrong with the dossier, as the warm parent read it."""
        if self._parent is not None and self._is_warm():
            return self._parent.problems
        from briefing.dossier.dossier import check_dossier  # imports pandas: only where no parent has

        return tuple(check_dossier(self._data))

"""Kernels that are ready before a save: one has run what stands before the cell that was changed last, one has run
what reads nothing, imports and parameters, and serves where the dossier changed, or an earlier cell.
"""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from briefing.engine.ahead import RunAhead, is_same_code, open_ahead
from briefing.engine.environment import name_environment
from briefing.engine.launcher import WarmParent, can_fork
from briefing.engine.run import TIME_LIMIT
from briefing.preview.asked import Wanted


@dataclass(slots=True)
class Ready:
    """A kernel that waits, or that is about to: what it runs, and for which edition."""

    asked: Wanted
    cells: Sequence[NotebookNode]  #: what it runs ahead
    stack: AsyncExitStack
    task: asyncio.Task[RunAhead]  #: gives the kernel when it has run them

    def fits(self, asked: Wanted, cells: Sequence[NotebookNode]) -> bool:
        """Whether it runs the first of these cells, and they would leave the same if it ran them now."""
        reads_nothing = len(self.cells) <= count_plain(self.cells)
        is_there = self.asked.place == asked.place and (reads_nothing or self.asked.stamps == asked.stamps)
        is_lost = self.task.done() and (self.task.cancelled() or self.task.exception() is not None)
        return is_there and not is_lost and is_same_code(self.cells, cells[: len(self.cells)])

    async def end(self) -> None:
        """End it."""
        self.task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await self.task
        with suppress(Exception):  # it was killed, or its parent is gone
            await self.stack.aclose()


class Kernels:
    """The warm parent, and the kernels that wait."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._parent: WarmParent | None = None
        self._ready: list[Ready] = []
        self._endings: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Start the warm parent, where this system forks safely."""
        if can_fork():
            self._parent = WarmParent(data=self._data, environment=name_environment(data=self._data))

    async def close(self) -> None:
        """End every process that was started."""
        self._dismiss(self._ready)
        while self._endings:
            await asyncio.gather(*self._endings, return_exceptions=True)
        if self._parent is not None:
            self._parent.close()

    def is_lost(self) -> bool:
        """Whether the warm parent is gone, and its kernels with it."""
        return self._parent is not None and not self._parent.is_warm()

    async def take(self, asked: Wanted, cells: Sequence[NotebookNode]) -> Ready:
        """Take the kernel that has least left to do of these cells; start one where none is ready."""
        fitting = [ready for ready in self._ready if ready.fits(asked, cells)]
        self._dismiss([ready for ready in self._ready if ready not in fitting])
        for ready in sorted(fitting, key=lambda ready: len(ready.cells), reverse=True):
            self._ready.remove(ready)
            with suppress(RuntimeError):  # it ended while it waited
                if await (await ready.task).is_alive():
                    return ready
            self._dismiss([ready])
        ready = await self._begin(asked, ())
        try:
            await ready.task
        except BaseException:
            self._dismiss([ready])
            raise
        return ready

    async def stand_by(self, asked: Wanted, cells: Sequence[NotebookNode], *, upto: int) -> None:
        """Begin what the next save will want: a kernel that runs so many cells, one that runs what reads nothing."""
        for ahead in (cells[:upto], cells[: count_plain(cells)]):
            if not any(is_same_code(ready.cells, ahead) for ready in self._ready):
                self._ready.append(await self._begin(asked, deepcopy(list(ahead))))

    def dismiss(self, ready: Ready) -> None:
        """Let a kernel go that has served."""
        self._dismiss([ready])

    def _dismiss(self, leaving: Sequence[Ready]) -> None:
        self._ready = [ready for ready in self._ready if ready not in leaving]
        for ready in leaving:
            ending = asyncio.create_task(ready.end())
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)

    async def _begin(self, asked: Wanted, cells: Sequence[NotebookNode]) -> Ready:
        parent, stack = await self._find_parent(), AsyncExitStack()
        return Ready(asked, cells, stack, asyncio.create_task(_run_ahead(asked, cells, stack, parent)))

    async def _find_parent(self) -> int | None:
        """Give the channel of the warm parent; one that is gone is started again. Without one, kernels start slowly."""
        for _ in range(2):
            parent = self._parent
            if parent is None:
                return None
            if await asyncio.to_thread(parent.is_warm):
                return parent.orders
            parent.close()
            self.open()
        return None


def count_plain(cells: Sequence[NotebookNode]) -> int:
    """Count the cells at the beginning that read nothing, whoever wrote them: imports, and names for plain values."""
    return next((at for at, cell in enumerate(cells) if not _is_plain(cell.source)), len(cells))


def _is_plain(source: str) -> bool:
    try:
        return all(map(_reads_nothing, ast.parse(source).body))
    except (SyntaxError, ValueError):
        return False


def _reads_nothing(line: ast.stmt) -> bool:
    if isinstance(line, ast.Assign | ast.AnnAssign):
        try:
            ast.literal_eval(line.value) if line.value is not None else None
        except ValueError:
            return False
        return True
    return isinstance(line, ast.Import | ast.ImportFrom)


async def _run_ahead(
    asked: Wanted, cells: Sequence[NotebookNode], stack: AsyncExitStack, parent: int | None
) -> RunAhead:
    folder, environment = Path(asked.order.folder), asked.order.environment
    ahead = await stack.enter_async_context(open_ahead(folder=folder, environment=environment, parent=parent))
    if not await ahead.run(cells, seconds=TIME_LIMIT):
        raise RuntimeError("a cell failed that ran before")
    return ahead

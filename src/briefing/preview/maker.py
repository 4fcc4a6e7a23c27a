"""Making the page that is looked at, again and again, with as little work as a change asks for.

Where no cell of code changed, what the last run left is used again. Where one did, the cells from it on are run, in a
kernel that has run those before it. Where the dossier changed, all cells run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from briefing.editions.address import DAY
from briefing.engine.ahead import RunAhead, code_of, is_same_code
from briefing.engine.run import TIME_LIMIT, prepare_run, settle_run
from briefing.preview.asked import Wanted
from briefing.preview.kernels import Kernels
from briefing.preview.prover import ProvenDraft, Prover


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last whole run of a briefing."""

    asked: Wanted
    cells: Sequence[NotebookNode]
    reads: tuple[tuple[str, ...], ...] = ()

    def serves(self, asked: Wanted, cells: Sequence[NotebookNode]) -> bool:
        """Whether another run would leave the same."""
        known = self.asked
        is_same = known.place == asked.place and known.stamps == asked.stamps
        return is_same and is_same_code(self.cells, cells)


@dataclass(slots=True)
class Maker:
    """Makes pages, one after the other, on kernels that are ready."""

    kernels: Kernels
    runs: dict[str, LastRun] = field(default_factory=dict)  #: the last whole run of each briefing
    ahead: dict[str, int] = field(default_factory=dict)  #: how many cells of it a kernel runs ahead
    kept: object = None  #: how the dossier's files stood when it was read
    running: RunAhead | None = None
    prover: Prover = field(default_factory=Prover)  #: draws, checks and renders

    def open(self) -> None:
        """Start at once what takes seconds."""
        self.kernels.open()
        self.prover.open()

    async def close(self) -> None:
        """End every process that was started."""
        await self.break_off()
        await self.kernels.close()
        await self.prover.close()

    async def break_off(self) -> None:
        """End the run that is at work, where one is: what it makes is no longer wanted."""
        if self.running is not None:
            await self.running.break_off()

    async def make(self, asked: Wanted) -> ProvenDraft:
        """Make a page, or say what holds it back.

        Raises `RunError` where a cell fails, `DossierError` where the dossier has problems, `PageError` where what the
        cells left is no page.
        """
        order, name = asked.order, asked.edition.briefing.name
        notebook = prepare_run(order.source, order.values, name=order.name)
        cells, last = code_of(notebook), self.runs.get(name)
        if last is not None and last.serves(asked, cells):
            _give_outputs(cells, last.cells)
        else:
            last = await self._run(asked, cells, last)
        settled = settle_run(notebook, order.values, environment=order.environment, name=order.name)
        self.runs[name] = last
        told = {"name": order.name, "edition": order.edition, "options": dict(asked.options)}
        return await self.prover.prove(settled, data=str(asked.data), reads=last.reads, told=told)

    async def stand_by(self, asked: Wanted) -> None:
        """Get ready for the next save: it changes the cell that the last one changed, as often as not."""
        name = asked.edition.briefing.name
        if name in self.runs:
            await self.kernels.stand_by(asked, self.runs[name].cells, upto=self.ahead.get(name, 0))

    async def _run(self, asked: Wanted, cells: Sequence[NotebookNode], last: LastRun | None) -> LastRun:
        """Run the cells; run them again where the kernel fell with the warm parent, which is no fault of theirs."""
        reading = asyncio.create_task(self._read(asked))
        try:
            is_whole, reads = await self._run_on_kernel(asked, cells, reading)
            if not is_whole and self.kernels.is_lost():
                is_whole, reads = await self._run_on_kernel(asked, cells, reading)
        finally:
            await reading
        changed = _find_first_change(last.cells, cells) if last else _find_first_output(cells)
        if is_whole and changed is not None:
            self.ahead[asked.edition.briefing.name] = changed
        return LastRun(asked, cells, reads)

    async def _run_on_kernel(
        self, asked: Wanted, cells: Sequence[NotebookNode], reading: asyncio.Task[None]
    ) -> tuple[bool, tuple[tuple[str, ...], ...]]:
        ready = await self.kernels.take(asked, cells)
        self.running = ahead = await ready.task
        reading.add_done_callback(lambda done: None if done.cancelled() or not done.exception() else _stop(ahead))
        _give_outputs(cells, ahead.ran)
        try:
            seconds = float(asked.order.time_limit or TIME_LIMIT)
            is_whole = await ahead.run(cells[len(ahead.ran) :], seconds=seconds, tell=self._draw_ahead)
            return is_whole, await ahead.tell_reads() if is_whole else ()
        finally:
            self.running = None
            self.kernels.dismiss(ready)

    async def _read(self, asked: Wanted) -> None:
        """Read the dossier for the checks while the kernel runs; raises `DossierError` where it has problems."""
        if self.kept != asked.stamps:
            day = asked.order.values.get(DAY)
            await self.prover.read(str(asked.data), day=None if day is None else str(day))
            self.kept = asked.stamps

    def _draw_ahead(self, cell: NotebookNode) -> None:
        """Have drawn what a cell has left while the next ones run."""
        _aside.add(task := asyncio.ensure_future(self.prover.draw(cell)))
        task.add_done_callback(_aside.discard)


def _stop(ahead: RunAhead) -> None:
    """Break a run off that cannot become a page."""
    _aside.add(task := asyncio.ensure_future(ahead.break_off()))
    task.add_done_callback(_aside.discard)


#: What is done beside, and must not be forgotten before it is through.
_aside: set[asyncio.Task[None]] = set()


def _give_outputs(cells: Sequence[NotebookNode], known: Sequence[NotebookNode]) -> None:
    for cell, ran in zip(cells, known, strict=False):
        cell.outputs, cell.execution_count = ran.outputs, ran.execution_count


def _find_first_change(known: Sequence[NotebookNode], cells: Sequence[NotebookNode]) -> int | None:
    """Find the first cell that is not as it was; ``None`` where all are."""
    pairs = zip(known, cells, strict=False)
    at = next((at for at, pair in enumerate(pairs) if not is_same_code(pair[:1], pair[1:])), None)
    return min(len(known), len(cells)) if at is None and len(known) != len(cells) else at


def _find_first_output(cells: Sequence[NotebookNode]) -> int:
    """Find the first cell that shows something: what stands before it reads, and is seldom changed."""
    return next((at for at, cell in enumerate(cells) if cell.outputs), 0)

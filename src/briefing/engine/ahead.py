"""A run that begins before anybody asks for it: its kernel is up, and has run the first cells of a notebook.

Whoever writes changes one cell, and waits for the page. A kernel that has run what stands before that cell has less to
do. What it leaves is what any run leaves: each cell is run once, in order, in a kernel that has run nothing else.
"""

from __future__ import annotations

import ast
import json
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from briefing.dossier.files import READS_VARIABLE
from briefing.editions.cells import tags_of
from briefing.engine.engine import OUTPUTS_LAG
from briefing.engine.environment import OURS
from briefing.engine.rooms import furnish, make_manager, open_room
from briefing.engine.seams.nbclient import OUTPUT_LIMIT, LimitedClient, make_error
from briefing.engine.seams.papermill import ASK_READS
from briefing.errors import last_line


def code_of(notebook: NotebookNode) -> list[NotebookNode]:
    """Give the cells of a notebook that a kernel runs."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def is_same_code(cells: Sequence[NotebookNode], others: Sequence[NotebookNode]) -> bool:
    """Whether a kernel is told the same by both, and so leaves the same."""
    return list(map(_told, cells)) == list(map(_told, others))


def _told(cell: NotebookNode) -> tuple[str, tuple[str, ...]]:
    return cell.source, tags_of(cell)


@dataclass(slots=True)
class RunAhead:
    """A kernel, and the cells that it has run, with what they left."""

    client: LimitedClient
    log: Any  #: what the kernel says outside its cells
    clock: list[float]  #: when the cells that run have to be through
    ran: list[NotebookNode] = field(default_factory=list)

    async def run(
        self, cells: Sequence[NotebookNode], *, seconds: float, tell: Callable[[NotebookNode], None] = lambda cell: None
    ) -> bool:
        """Run further cells and tell of each; say whether all ran. What stopped one is left in it as its error."""
        self.clock[0] = time.monotonic() + seconds
        self.client.expect(cells)
        for cell in cells:
            cell.outputs = []
            self.client.nb.cells.append(cell)
            try:
                await self.client.async_execute_cell(cell, len(self.client.nb.cells) - 1)
            except CellExecutionError:
                return False
            except CellTimeoutError:
                return self._leave(cell, "TimeLimit", f"the cells ran longer than {seconds:g} s")
            except DeadKernelError:
                return self._leave(cell, *self._say_end())
            self.ran.append(cell)
            tell(cell)
        return True

    async def tell_reads(self) -> tuple[tuple[str, ...], ...]:
        """Tell what the cells have read of their dossier."""
        answer = await self.client.ask(ASK_READS)
        return tuple(tuple(read) for read in json.loads(ast.literal_eval(answer))) if answer else ()

    async def is_alive(self) -> bool:
        """Whether the kernel is there still."""
        manager: Any = self.client.km
        return manager is not None and bool(await manager.is_alive())

    async def break_off(self) -> None:
        """Kill the kernel, whatever it runs."""
        await self.client.break_off()

    def _leave(self, cell: NotebookNode, name: str, words: str) -> bool:
        cell.outputs.append(make_error({"ename": name, "evalue": words}))
        return False

    def _say_end(self) -> tuple[str, str]:
        if self.client.output_left < 0:
            return "OutputLimit", f"the cells left more than {OUTPUT_LIMIT:,} bytes of output"
        self.log.seek(0)
        said = last_line(self.log.read())
        return "KernelDied", f"the kernel died{f' ({said})' if said else ''}"


@asynccontextmanager
async def open_ahead(*, folder: Path, environment: Mapping[str, str], parent: int | None) -> AsyncIterator[RunAhead]:
    """Start a kernel that has run nothing yet, in an edition's environment; end it with all that it started.

    `parent` is the channel of the warm parent that forks it. Raises `RuntimeError` where no kernel starts.
    """
    clock = [0.0]
    make_node: Any = NotebookNode
    with open_room() as room, (room / "kernel.log").open("w+b") as log:
        client = LimitedClient(
            make_node(cells=[], metadata=make_node()),
            km=make_manager(OURS[0], room=room, parent=parent),
            timeout_func=lambda cell: max(0.001, clock[0] - time.monotonic()),
            iopub_timeout=OUTPUTS_LAG,
        )
        try:
            told = furnish(environment, room=room) | {READS_VARIABLE: "1"}
            await client.begin(env=told, cwd=str(folder), stdout=subprocess.DEVNULL, stderr=log)
            yield RunAhead(client, log, clock)
        finally:
            await client.end()

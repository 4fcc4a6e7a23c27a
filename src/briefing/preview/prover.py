"""Asking the process that draws, checks and renders (`proving`); one that was killed is started again."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from briefing import errors
from briefing.errors import BriefingError, DossierError, Problem

#: No page is nearly as long; a line of an answer holds one.
_MOST_BYTES = 2**28

#: So many seconds it has to end when nobody asks any more.
_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class ProvenDraft:
    """A page, or what holds it back."""

    page: str
    flaws: tuple[str, ...] = ()


@dataclass(slots=True)
class Prover:
    """The process, and whose turn it is to ask it something that it answers."""

    process: asyncio.Task[Process] | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def open(self) -> None:
        """Start it: V8 and the templates take seconds."""
        self.process = asyncio.create_task(_start())

    async def close(self) -> None:
        """End it."""
        opened, self.process = self.process, None
        if opened is not None:
            with suppress(OSError):
                await _end(await opened)

    async def draw(self, cell: NotebookNode) -> None:
        """Have it draw what a cell has left; the page finds it drawn."""
        if cell.outputs:
            with suppress(OSError):  # it is gone: the page asks again
                await self._send({"do": "draw", "outputs": cell.outputs})

    async def read(self, data: str, *, day: str | None) -> None:
        """Have it read the dossier for the checks; raises `DossierError` where it has problems."""
        await self._ask({"do": "read", "data": data, "day": day})

    async def prove(
        self, notebook: NotebookNode, *, data: str, reads: Sequence[Sequence[str]], told: Mapping[str, Any]
    ) -> ProvenDraft:
        """Have it check a notebook that has run, and render its page.

        Raises `PageError` with everything in it that cannot become a page, `DossierError` where the dossier has
        problems.
        """
        answer = await self._ask({"do": "prove", "notebook": notebook, "data": data, "reads": reads, "told": told})
        return ProvenDraft(answer["page"], tuple(answer["flaws"]))

    async def _ask(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        async with self.turn:
            for _ in range(2):  # one that was killed is started once more
                with suppress(OSError):
                    process = await self._send(wish)
                    assert process.stdout is not None
                    if line := await process.stdout.readline():
                        return _heed(json.loads(line))
                self.open()
        raise RuntimeError("the process that makes pages ended twice")

    async def _send(self, wish: Mapping[str, Any]) -> Process:
        if self.process is None:
            self.open()
        assert self.process is not None
        process = await self.process
        assert process.stdin is not None
        process.stdin.write(json.dumps(wish).encode() + b"\n")
        await process.stdin.drain()
        return process


async def _start() -> Process:
    command = [sys.executable, "-P", "-m", "briefing.preview.proving"]
    return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=_MOST_BYTES)


async def _end(process: Process) -> None:
    """Let it end by itself; kill it where it does not."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()


def _heed(answer: dict[str, Any]) -> dict[str, Any]:
    """Raise what it says went wrong."""
    if "dossier" in answer:
        raise DossierError(Problem(**problem) for problem in answer["dossier"])
    if "error" in answer:
        kind = getattr(errors, answer["error"], None) if answer["error"] else None
        is_ours = isinstance(kind, type) and issubclass(kind, BriefingError)
        raise (kind if is_ours and kind is not None else Exception)(answer["said"])
    return answer

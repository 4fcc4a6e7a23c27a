"""A run that begins before anybody asks for it leaves what any run leaves."""

from __future__ import annotations

import asyncio
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from briefing.engine.ahead import RunAhead, is_same_code, open_ahead
from briefing.engine.environment import name_environment


def cells(*sources: str) -> list[NotebookNode]:
    return [new_code_cell(source) for source in sources]


def run(
    parent: int | None, folder: Path, *parts: list[NotebookNode], seconds: float = 60
) -> tuple[list[bool], list[NotebookNode]]:
    """Run some cells in one kernel, part by part; say which parts ran whole, and give all cells that ran."""

    async def go() -> tuple[list[bool], list[NotebookNode]]:
        async with open_ahead(folder=folder, environment=name_environment(), parent=parent) as ahead:
            return [await ahead.run(part, seconds=seconds) for part in parts], ahead.ran

    return asyncio.run(go())


def test_what_runs_later_knows_what_ran_before(warm: int, tmp_path: Path) -> None:
    whole, ran = run(warm, tmp_path, cells("x = 20", "x"), cells("x + 1"))
    assert whole == [True, True]
    assert [[output.data["text/plain"] for output in cell.outputs] for cell in ran] == [[], ["20"], ["21"]]


def test_a_cell_that_fails_ends_the_part_and_keeps_its_error(warm: int, tmp_path: Path) -> None:
    part = cells("1 / 0", "print('never')")
    assert run(warm, tmp_path, part)[0] == [False]
    assert [output.ename for cell in part for output in cell.outputs] == ["ZeroDivisionError"]


def test_a_kernel_that_dies_is_an_error_of_its_cell(warm: int, tmp_path: Path) -> None:
    part = cells("import os; os._exit(3)")
    assert run(warm, tmp_path, part)[0] == [False]
    assert part[0].outputs[-1].ename == "KernelDied"


def test_a_cell_that_takes_too_long_is_an_error(warm: int, tmp_path: Path) -> None:
    part = cells("import time; time.sleep(600)")
    assert run(warm, tmp_path, part, seconds=1)[0] == [False]
    assert part[0].outputs[-1].ename == "TimeLimit"


def test_a_run_that_is_broken_off_ends(warm: int, tmp_path: Path) -> None:
    async def go() -> bool:
        async with open_ahead(folder=tmp_path, environment=name_environment(), parent=warm) as ahead:
            running = asyncio.create_task(ahead.run(cells("import time; time.sleep(600)"), seconds=600))
            await asyncio.sleep(0.5)
            await ahead.break_off()
            return await running and await has_ended(ahead)

    assert asyncio.run(go()) is False


async def has_ended(ahead: RunAhead) -> bool:
    return not await ahead.is_alive()


def test_cells_are_the_same_where_a_kernel_is_told_the_same() -> None:
    tagged = new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    assert is_same_code(cells("x = 1"), cells("x = 1"))
    assert not is_same_code(cells("x = 1"), cells("x = 2"))
    assert not is_same_code(cells("1 / 0"), [tagged])

"""``kill -9``: of a kernel, a worker, the warm parent, and of the build itself at ten moments."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import GOOD, call, finish, half_files, lay_out, pages, processes, start, wait_until, write_cells
from norway import ROWS, write_dossier

#: The notebook waits at this cell for as long as a file is there, so that a test knows what runs.
WAIT = "import pathlib, time\nwhile pathlib.Path('../wait').exists(): time.sleep(0.02)"


#: Moments to kill a build at: its jobs, how many files and folders it has written, and how many seconds later. The
#: first three are its own notes; each edition then writes six, and what stands around the pages comes last: it is
#: killed while it starts, at its notes, in each of its three editions, and in its archive.
ALWAYS = [(1, 0, 0.36), (1, 4, 0.001)]
OTHERS = [
    (1, 0, 1.2),
    (1, 1, 0.003),
    (1, 3, 0.009),
    (1, 10, 0.001),
    (1, 16, 0.001),
    (1, 22, 0.005),
    (1, 30, 0.001),
    (2, 4, 0.02),
]
MOMENTS = [*ALWAYS, *(pytest.param(*moment, marks=pytest.mark.long) for moment in OTHERS)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path)


def kill(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_a_killed_kernel_fails_its_edition_alone(root: Path) -> None:
    assert call(root, "build").returncode == 0
    before = pages(root)
    suicide = "import os, signal\nif who == 'norway': os.kill(os.getpid(), signal.SIGKILL)"
    write_cells(root, *GOOD, suicide)
    told = call(root, "build", "--jobs", "2")
    assert told.returncode == 1 and "cell 6: KernelDied: the kernel died" in told.stderr
    assert "Traceback" not in told.stderr
    assert half_files(root) == []
    assert pages(root)["tiny/norway/2031-04-12.html"] == before["tiny/norway/2031-04-12.html"]


@pytest.mark.parametrize(
    "whom", ["briefing.press.orders", pytest.param("briefing.engine.forkserver", marks=pytest.mark.long)]
)
def test_a_killed_worker_or_warm_parent_costs_no_edition(root: Path, whom: str) -> None:
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build", "--jobs", "2") as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        kill(wait_until(lambda: processes(root, of=whom))[:1])
        (root / "wait").unlink()
        told, complained = finish(build)
    assert build.returncode == 0, complained
    assert "2 editions: 2 published" in told and half_files(root) == []


def test_nothing_outlives_a_killed_build(root: Path) -> None:
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build", "--jobs", "2") as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        build.kill()
    wait_until(lambda: not processes(root))
    assert pages(root) == {}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[dict[str, bytes]]]]:
    """Lay out a press of three editions, and give what two states of its dossier make of them, built undisturbed."""
    root = lay_out(tmp_path_factory.mktemp("k"), who='["minister", "norway", "namibia"]')
    made = []
    for state in (0, 1):
        set_state(root, state)
        assert call(root, "build", "--force").returncode == 0
        made.append(pages(root))
    yield root, made
    wait_until(lambda: not processes(root))


def set_state(root: Path, state: int) -> None:
    """Give every speaker a quotation that is another in each state, so that every page is stale."""
    (first,) = ROWS["quotes"]
    quotes = [
        {**first, "quote_id": f"q-{who}", "speaker_id": who, "text": f"We sent {state}.", "target": f"{who} sent some"}
        for who in ("minister", "norway", "namibia")
    ]
    write_dossier(root / "data", {**ROWS, "quotes": quotes})


@pytest.mark.parametrize(("jobs", "files", "later"), MOMENTS)
def test_a_build_that_is_killed_is_completed_by_the_next(
    clean: tuple[Path, list[dict[str, bytes]]], jobs: int, files: int, later: float
) -> None:
    root, made = clean
    state = 1 if pages(root) == made[0] else 0
    then, now = made[1 - state], made[state]
    set_state(root, state)
    kill_at(root, jobs=jobs, files=files, later=later)
    assert all(page in (then[address], now[address]) for address, page in pages(root).items())
    assert set(pages(root)) == set(now)
    told = call(root, "build", "--jobs", "1")
    assert told.returncode == 0, told.stderr
    assert pages(root) == now and half_files(root) == []


def kill_at(root: Path, *, jobs: int, files: int, later: float) -> None:
    """Kill a build a moment after it wrote so many files."""
    before = stamps(root)
    with start(root, "build", "--jobs", str(jobs)) as build:
        while build.poll() is None and len(stamps(root) - before) < files:
            time.sleep(0.001)
        time.sleep(later)
        build.kill()


def stamps(root: Path) -> set[tuple[str, int]]:
    """Give every file under the reports folder, with its time."""
    found = set()
    for path in (root / "reports").rglob("*"):
        try:
            found.add((str(path), path.stat().st_mtime_ns))
        except OSError:
            continue
    return found


def test_the_folders_of_a_build_that_was_killed_are_swept_by_the_next(root: Path) -> None:
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build", "--jobs", "1") as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        build.send_signal(signal.SIGKILL)
        finish(build)
    wait_until(lambda: not processes(root))
    (root / "wait").unlink()
    assert any((root / "tmp").iterdir())
    assert call(root, "build", "--jobs", "1").returncode == 0
    assert list((root / "tmp").iterdir()) == []

"""Editions apart: no kernel sees another's variables, modules, files, random numbers, environment or processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from engines import printed, run, write
from faults import keeps_fences
from jupyter_core.utils import ensure_event_loop

from briefing.engine.environment import name_environment
from briefing.engine.launcher import WarmParent
from briefing.engine.run import run_notebook

WHO = ("minister", "norway")

#: What a notebook leaves in every place that an edition after it might look at, and what it finds there itself.
LEAVE = """import json, os, random, sys, tempfile, builtins, pathlib
mine = f"{who} {n}"
found = [getattr(json, "left", ""), getattr(builtins, "left", "")]
found += [os.environ.get("LEFT", ""), sys.modules.get("left", "")]
found += [str(path) for path in pathlib.Path(tempfile.gettempdir()).iterdir() if path.name == "left"]
json.left = builtins.left = os.environ["LEFT"] = sys.modules["left"] = mine
sys.path.insert(0, mine)
pathlib.Path(tempfile.gettempdir(), "left").write_text(mine)"""
DRAW = """import numpy
print(mine, found, random.random(), numpy.random.rand(), tempfile.gettempdir(), os.environ["IPYTHONDIR"], sep="|")"""


@pytest.fixture(scope="module", params=[5, pytest.param(100, marks=pytest.mark.long)], ids="{} editions".format)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, warm: int
) -> dict[str, list[list[str]]]:
    """Run two sets of as many editions side by side, and give what each edition printed."""
    path = write(tmp_path_factory.mktemp("apart"), LEAVE, DRAW, parameters="who = ''\nn = 0")
    source, folder, environment = path.read_text(), path.parent, name_environment()

    def run_one(who: str, n: int) -> list[str]:
        ran = run_notebook(source, {"who": who, "n": n}, folder=folder, environment=environment, parent=warm)
        return printed(ran).strip().split("|")

    def run_set(who: str) -> list[list[str]]:
        try:
            return [run_one(who, n) for n in range(request.param)]
        finally:
            ensure_event_loop().close()

    with ThreadPoolExecutor(2) as threads:
        return dict(zip(WHO, threads.map(run_set, WHO), strict=True))


@pytest.fixture
def lines(told: dict[str, list[list[str]]]) -> list[list[str]]:
    """Give what all editions printed."""
    return [line for printed_by_one in told.values() for line in printed_by_one]


@pytest.mark.parametrize("who", WHO)
def test_each_edition_says_what_it_was_asked(told: dict[str, list[list[str]]], who: str) -> None:
    assert [line[0] for line in told[who]] == [f"{who} {n}" for n in range(len(told[who]))]


def test_no_edition_finds_what_another_left(lines: list[list[str]]) -> None:
    assert {line[1] for line in lines} == {"['', '', '', '']"}


@pytest.mark.parametrize(("column", "what"), [(2, "random"), (3, "numpy"), (4, "folder"), (5, "IPython")])
def test_no_two_editions_share_random_numbers_or_folders(lines: list[list[str]], column: int, what: str) -> None:
    assert len({line[column] for line in lines}) == len(lines)


def test_folders_of_editions_are_gone_after_them(lines: list[list[str]]) -> None:
    assert not any(Path(line[4]).exists() or Path(line[5]).exists() for line in lines)


def alive(pids: Iterable[str]) -> list[str]:
    """Give those that still run; what was killed a moment ago may take another to go."""
    running = list(pids)
    for _ in range(50):
        running = [pid for pid in running if Path("/proc", pid).exists() and "\nState:\tZ" not in status(pid)]
        if not running:
            break
        time.sleep(0.05)
    return running


def status(pid: str) -> str:
    try:
        return Path("/proc", pid, "status").read_text()
    except OSError:
        return "\nState:\tZ"


STRAYS = {
    "a child": "import subprocess as s\nprint(s.Popen(['sleep', '99']).pid)",
    "a session of its own": "import subprocess as s\nprint(s.Popen(['sleep', '99'], start_new_session=True).pid)",
    "a shell's background job": "!(setsid sleep 99 & echo $!)",
    "a daemon that forked twice": """import os
reading, writing = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.write(writing, str(os.getpid()).encode())
        os.execvp('sleep', ['sleep', '99'])
    os._exit(0)
os.wait()
print(os.read(reading, 20).decode())""",
    "a fork that is no other program": """import os, time
reading, writing = os.pipe()
if os.fork() == 0:
    os.setsid()
    os.write(writing, str(os.getpid()).encode())
    time.sleep(99)
    os._exit(0)
print(os.read(reading, 20).decode())""",
}


@pytest.mark.parametrize("kind", STRAYS)
def test_what_a_notebook_started_ends_with_its_kernel(parent: int | None, tmp_path: Path, kind: str) -> None:
    started = printed(run(write(tmp_path, STRAYS[kind]), parent=parent)).split()
    assert started and alive(started) == []


def test_what_a_notebook_started_ends_where_its_time_is_over_too(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "import subprocess\np = subprocess.Popen(['sleep', '99'], start_new_session=True)",
                 "open('pid', 'w').write(str(p.pid))\nwhile True: pass")  # fmt: skip
    with pytest.raises(Exception, match="TimeLimit"):
        run(path, parent=parent, execution_timeout=1, cwd=tmp_path)
    assert alive([(tmp_path / "pid").read_text()]) == []


@pytest.mark.skipif(not keeps_fences(), reason="this system has no Landlock: kernels run without a fence")
def test_one_edition_cannot_write_to_its_neighbour(
    warm: int, tmp_path: Path, write_notebook: Callable[..., Path]
) -> None:
    path = write_notebook("open('neighbour.txt', 'w')", parameters=None)
    with pytest.raises(Exception, match="writes to its own temporary folder alone"):
        run_notebook(path.read_text(), {}, folder=tmp_path, environment=name_environment(), parent=warm)
    assert not (tmp_path / "neighbour.txt").exists()


def test_a_warm_parents_own_secrets_reach_no_notebook(tmp_path: Path) -> None:
    parent = WarmParent(data=None, environment={**os.environ, "MY_TOKEN": "s3cret"})
    try:
        assert parent.is_warm()
        path = write(tmp_path, "import os\nprint('MY_TOKEN' in os.environ)")
        environment = name_environment()
        ran = run_notebook(path.read_text(), {}, folder=tmp_path, environment=environment, parent=parent.orders)
    finally:
        parent.close()
    assert printed(ran) == "False\n"

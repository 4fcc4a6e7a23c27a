"""Notebooks that misbehave, all in one build: each fails alone, in words, and the last good pages stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults import (
    GOOD,
    call,
    half_files,
    keeps_fences,
    lay_out,
    pages,
    processes,
    wait_until,
    write_catalog,
    write_cells,
)

pytestmark = pytest.mark.long

#: What a notebook does, and what the build says of it.
MISBEHAVED = {
    "memory": ("kept = []\nwhile True: kept.append(bytearray(10_000_000))", "may take 200 MB; memory_limit"),
    "endless": ("while True: pass", "TimeLimit: the cells ran longer than 4 s"),
    "neighbour": (
        "import pathlib\nfor page in pathlib.Path('../reports').rglob('*.html'): page.write_text('mine')",
        "writes to its own temporary folder alone",
    ),
    "output": ("for n in range(100): print('x' * 1_000_000)", "OutputLimit: the cells left more than 50,000,000 bytes"),
    "brood": (
        "import os, time\nfor n in range(20):\n    if os.fork() == 0:\n        os.setsid()\n        time.sleep(99)\n"
        "while True: pass",
        "TimeLimit",
    ),
}

#: What a notebook may do: it starts processes that would outlive it, and is published all the same.
FORKS = """import os, subprocess
subprocess.Popen(["sleep", "98"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    os.execvp("sleep", ["sleep", "97"])"""

#: What the catalog says of one.
OPTIONS = {"memory": "memory_limit = 200", "endless": "time_limit = 4", "brood": "time_limit = 4"}


@pytest.fixture(scope="module")
def misbehaved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int, dict[str, bytes]]:
    """Build good pages of every notebook, then let all of them misbehave and build again."""
    root = lay_out(tmp_path_factory.mktemp("m"))
    names = [*MISBEHAVED, "forks"]
    for name in names:
        write_cells(root, *GOOD, name=name)
    write_catalog(root, "".join(f'[[briefing]]\nnotebook = "{name}"\n{OPTIONS.get(name, "")}\n' for name in names))
    assert call(root, "build", "--jobs", "2").returncode == 0
    good = pages(root)
    for name, (cell, _) in MISBEHAVED.items():
        write_cells(root, *GOOD, cell, name=name)
    write_cells(root, *GOOD, FORKS, name="forks")
    told = call(root, "build", "--jobs", "2")
    return root, told.stderr, told.returncode, good


FENCED = pytest.mark.skipif(not keeps_fences(), reason="this system has no Landlock: kernels run without a fence")
NAMES = [pytest.param(name, marks=FENCED) if name == "neighbour" else name for name in MISBEHAVED]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_told_in_words(misbehaved: tuple[Path, str, int, dict[str, bytes]], name: str) -> None:
    root, complained, code, _ = misbehaved
    (line,) = [line for line in complained.splitlines() if line.startswith(f"{name}.ipynb: ")]
    assert MISBEHAVED[name][1] in line and code == 1
    assert MISBEHAVED[name][1] in (root / f"reports/{name}/2031-04-12.failed.html").read_text()


@FENCED
def test_the_last_good_pages_stay(misbehaved: tuple[Path, str, int, dict[str, bytes]]) -> None:
    root, _, _, good = misbehaved
    now = pages(root)
    assert {name: now[name] for name in now if "forks" not in name and name != "index.html"} == {
        name: good[name] for name in good if "forks" not in name and name != "index.html"
    }
    assert half_files(root) == []


def test_one_that_forks_is_published_and_leaves_nothing_running(
    misbehaved: tuple[Path, str, int, dict[str, bytes]],
) -> None:
    root, complained, _, _ = misbehaved
    assert "forks" not in complained and "Traceback" not in complained
    wait_until(lambda: not processes(root))

"""Exit codes, each by the real command line; and two builds at once, an interrupt, a clock that was set back."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from faults import (
    BRIEFING,
    GOOD,
    call,
    environment,
    finish,
    half_files,
    pages,
    processes,
    start,
    wait_until,
    write_catalog,
    write_cells,
)
from norway import ROWS, write_dossier

WAIT = "import pathlib, time\nwhile pathlib.Path('../wait').exists(): time.sleep(0.02)"


def test_0_where_all_is_good_and_1_where_an_edition_failed(root: Path) -> None:
    assert call(root, "build").returncode == 0
    good = pages(root)
    write_cells(root, *GOOD, "1 / 0")
    told = call(root, "build")
    assert told.returncode == 1 and "cell 6, line 1: ZeroDivisionError" in told.stderr
    kept = pages(root)
    assert {**kept, "index.html": b""} == {**good, "index.html": b""} and half_files(root) == []
    assert b"could not be made" in kept["index.html"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("render", "tinny"), 'Did you mean "tiny"'),
        (("render", "tiny", "-p", "as_of", "2031-02-30"), "28 days"),
        (("render", "tiny", "-p", "who", "ministre"), 'Did you mean "minister"'),
        (("build", "--jobs", "none"), "is not a valid integer"),
        (("biuld",), "No such command"),
    ],
)
def test_2_where_it_cannot_be_meant(root: Path, arguments: tuple[str, ...], words: str) -> None:
    good = pages(root)
    told = call(root, *arguments)
    assert told.returncode == 2 and words in told.stderr and "Traceback" not in told.stderr
    assert pages(root) == good


def test_what_cannot_be_meant_is_said_before_anything_heavy_is_imported(root: Path) -> None:
    look = """import sys, briefing.cli.main
sys.argv = ["briefing", "render", "tiny", "-p", "who", "ministre"]
try: briefing.cli.main.main()
except SystemExit as end: print(end.code, {"pandas", "altair", "papermill", "nbformat", "zmq"} & set(sys.modules))"""
    told = subprocess.run([sys.executable, "-c", look], cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "2 set()"


def test_3_where_the_dossier_has_errors(root: Path) -> None:
    good = pages(root)
    (row, *others) = ROWS["transfers"]
    write_dossier(root / "data", {**ROWS, "transfers": [{**row, "high": "3"}, *others]})
    told = call(root, "build")
    assert told.returncode == 3 and "transfers.csv:2" in told.stderr
    assert pages(root) == good and half_files(root) == []


def test_4_where_another_build_is_at_work_which_is_named(root: Path) -> None:
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build") as first:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        told = call(root, "build")
        (root / "wait").unlink()
        finish(first)
    assert told.returncode == 4 and f"(process {first.pid}) is building here" in told.stderr
    assert first.returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.long), "2"])
def test_130_where_it_is_interrupted(root: Path, jobs: str, number: signal.Signals) -> None:
    good = pages(root)
    write_cells(root, *GOOD, WAIT)
    write_catalog(root, '[[briefing]]\nnotebook = "tiny"\nwho = ["minister", "norway", "namibia"]\n')
    (root / "wait").touch()
    with start(root, "build", "--jobs", jobs) as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        build.send_signal(number)
        _, complained = finish(build)
    assert build.returncode == 130
    assert complained.strip() == "interrupted; nothing is half written. Run the command again."
    assert pages(root) == good and half_files(root) == []
    wait_until(lambda: not processes(root))
    assert list((root / "tmp").iterdir()) == []
    assert "exit code 130: interrupted" in call(root, "status").stdout


def test_a_clock_that_was_set_back_changes_nothing(root: Path) -> None:
    good = pages(root)
    for path in (root / "reports").rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    assert "1 edition: 1 unchanged" in call(root, "build").stdout
    assert pages(root) == good


def test_a_heartbeat_from_the_future_is_no_sign_of_life(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(root, "status", "--max-age", "26").returncode == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1733999200")
    told = call(root, "status", "--max-age", "26")
    assert told.returncode == 1 and "last build: 20" in told.stdout


#: Runs what follows as the first process of a container, and gives what it ended with.
FIRST = (
    "import ctypes, os, sys\nctypes.CDLL(None).unshare(0x20000000)\n"
    "if pid := os.fork(): os._exit(os.waitpid(pid, 0)[1] >> 8)"
)


def test_the_first_process_of_a_container_ends_when_it_is_told_to(root: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root makes a space of processes of its own")
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build", "--jobs", "2", under=FIRST) as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        (inner,) = [pid for pid in processes(root, of="--jobs") if pid != build.pid]
        os.kill(inner, signal.SIGTERM)
        finish(build)
    assert build.returncode == 130
    wait_until(lambda: not processes(root))


def test_a_hangup_that_nohup_has_a_build_ignore_is_ignored(root: Path) -> None:
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build", under="import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)") as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        build.send_signal(signal.SIGHUP)
        (root / "wait").unlink()
        finish(build)
    assert build.returncode == 0


#: Where the log goes, and in how many workers it is made: they have the same standard error, and start slowly.
LOGS = [("| head -c 1", 1), ("> /dev/full", 1), (">&-", 1), ("2>&1 | true", 2), ("> /dev/full 2>&1", 1)]


@pytest.mark.parametrize(("where", "jobs"), LOGS)
def test_a_log_that_takes_no_more_never_stops_publishing(root: Path, where: str, jobs: int) -> None:
    write_catalog(root, '[[briefing]]\nnotebook = "tiny"\nwho = ["minister", "norway", "namibia"]\n')
    write_cells(root, *GOOD, "assert who != 'norway'")
    line = f"{shlex.quote(BRIEFING)} build --jobs {jobs} {where}; exit ${{PIPESTATUS[0]}}"
    told = subprocess.run(
        ["bash", "-c", line], cwd=root, env=environment(root), capture_output=True, text=True, check=False
    )
    assert told.returncode == 1 and "Traceback" not in told.stderr and "Exception ignored" not in told.stderr
    assert len(pages(root)) == 3 and (root / "reports/tiny/norway/2031-04-12.failed.html").is_file()


def test_an_answer_that_is_not_written_whole_is_an_error(root: Path) -> None:
    line = f"{shlex.quote(BRIEFING)} status --json > /dev/full"
    told = subprocess.run(["sh", "-c", line], cwd=root, capture_output=True, text=True, check=False)
    assert told.returncode == 1 and "the answer: No space left on device; " in told.stderr


@pytest.mark.parametrize("files", [40, 48])
def test_a_build_that_may_open_few_files_says_so_and_blames_neither_a_cell_nor_itself(root: Path, files: int) -> None:
    few = f"import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, ({files}, {files}))"
    told = call(root, "build", "--force", "--jobs", "1", under=few)
    assert told.returncode == 1 and "open files" in told.stderr
    assert "fault of ours" not in told.stderr and "Correct the cell" not in told.stderr

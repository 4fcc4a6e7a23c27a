"""Builds on a real cluster: a scheduler and workers of their own, in processes that a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from faults import wait_until

from briefing.editions.catalog import list_editions, read_catalog
from briefing.editions.fingerprint import differing_tools, list_tools
from briefing.errors import ClusterError, UsageError
from briefing.press.build import Options, Outcome, build
from briefing.press.cluster import pack_dossier, unpack_dossier

READ = """import os, briefing as b
from briefing.blocks.blocks import Prose
d = b.read_dossier(as_of=as_of)"""
SHOWN = 'Prose(text=(f\'{len(d.where("quotes", speaker_id="minister"))} quotations, window {window}.\',))'
CATALOG = '[[briefing]]\nnotebook = "tiny"\nwindow = [1, 2, 3, 4, 5, 6]\n'


def dask(name: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a scheduler or a worker that listens on this machine alone."""
    command = [sys.executable, "-m", "distributed.cli.dask_" + name, "--host", "127.0.0.1", "--no-dashboard"]
    return subprocess.Popen(
        [*command, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Dask:
    """A cluster and what kills it."""

    def __init__(self, folder: Path) -> None:
        self.folder, port = folder, str(free_port())
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = dask("scheduler", "--port", port)
        self.workers: list[subprocess.Popen[bytes]] = []
        wait_until(lambda: self.scheduler.poll() is not None or self.answers(int(port)))
        assert self.scheduler.poll() is None

    def answers(self, port: int) -> bool:
        with socket.socket() as found:
            return found.connect_ex(("127.0.0.1", port)) == 0

    def hire(self, **environment: str) -> subprocess.Popen[bytes]:
        place = str(self.folder / f"worker-{len(self.workers)}")
        alone = ("--nthreads", "1", "--no-nanny", "--local-directory", place)
        self.workers.append(dask("worker", self.address, *alone, **environment))
        return self.workers[-1]

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Dask]:
    started = Dask(tmp_path)
    yield started
    started.close()


@pytest.fixture
def make(write_notebook: Callable[..., Path], small: Path, tmp_path: Path) -> Callable[..., tuple[Outcome, ...]]:
    """Give a function that builds the same six editions in a folder, somehow."""
    catalog = write_notebook(READ, SHOWN).parent / "briefings.toml"
    catalog.write_text(CATALOG, encoding="utf-8")

    def run(out: str, tell: Callable[[Outcome], None] = lambda outcome: None, **options: object) -> tuple[Outcome, ...]:
        editions = list_editions(read_catalog(catalog), data=small)
        return build(editions, data=small, out=tmp_path / out, options=Options(**options), tell=tell)

    return run


def pages(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.html"))}


@pytest.mark.long
def test_two_workers_of_which_one_is_killed_make_the_same_bytes_as_this_machine(
    cluster: Dask, make: Callable[..., tuple[Outcome, ...]], tmp_path: Path
) -> None:
    lost, _ = cluster.hire(), cluster.hire()

    def kill_one(outcome: Outcome) -> None:
        if lost.poll() is None:
            lost.kill()
            lost.wait()

    told = make("far", kill_one, dask=cluster.address)
    assert {outcome.status for outcome in told} == {"published"}, told
    assert lost.returncode == -signal.SIGKILL
    make("near", jobs=2)
    assert pages(tmp_path / "far") == pages(tmp_path / "near")


def test_a_worker_with_another_version_is_refused(
    cluster: Dask, make: Callable[..., tuple[Outcome, ...]], tmp_path: Path
) -> None:
    told = tmp_path / "other" / "mistune-0.1.dist-info" / "METADATA"
    told.parent.mkdir(parents=True)
    told.write_text("Metadata-Version: 2.1\nName: mistune\nVersion: 0.1\n")
    cluster.hire(PYTHONPATH=str(tmp_path / "other"))
    with pytest.raises(ClusterError, match=r"127\.0\.0\.1.*: mistune is 0\.1 here, .* Install the same packages\."):
        make("far", dask=cluster.address)
    assert pages(tmp_path / "far") == {}


@pytest.mark.long
def test_a_build_whose_scheduler_is_lost_ends_and_keeps_what_was_made(
    cluster: Dask, make: Callable[..., tuple[Outcome, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.press.cluster.PATIENCE", 5)
    cluster.hire()
    with pytest.raises(ClusterError, match=r"the scheduler was lost; .* Start it, and build again"):
        make("far", lambda outcome: cluster.scheduler.kill(), dask=cluster.address)
    assert len(pages(tmp_path / "far")) >= 1


def test_a_cluster_without_workers_is_an_error_of_ours(
    cluster: Dask, make: Callable[..., tuple[Outcome, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.press.cluster.FIRST_WORKER", 1)
    with pytest.raises(ClusterError, match=r"no worker.*Start one"):
        make("far", dask=cluster.address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "smoke://signals"])
def test_where_no_scheduler_answers_the_message_says_where(
    make: Callable[..., tuple[Outcome, ...]], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("briefing.press.cluster.PATIENCE", 1)
    with pytest.raises(ClusterError, match=f"^--dask {address}: no scheduler answers .*correct --dask"):
        make("far", dask=address)


#: What another client does that starts in the moment in which the garbage collector comes by.
COLLECT = """import gc
from distributed.utils import LoopRunner
from briefing.press import cluster
gc.disable()
try: cluster._connect("smoke://signals")
except cluster.ClusterError: print("told")
with LoopRunner._lock: gc.collect()"""


def test_a_client_that_found_no_scheduler_holds_up_no_other_that_starts() -> None:
    told = subprocess.run([sys.executable, "-c", COLLECT], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "told\n"


def test_without_the_extra_the_message_names_the_cure(
    make: Callable[..., tuple[Outcome, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'briefing\[cluster\]'"):
        make("far", dask="tcp://127.0.0.1:1")


def test_tools_that_differ_are_named_with_both_versions() -> None:
    assert differing_tools(list_tools()) == []
    (flaw,) = differing_tools(list_tools() | {"pandas": "0.1"})
    assert flaw.startswith("pandas is ") and "0.1 where the build began" in flaw


def test_a_dossier_is_packed_to_the_same_bytes_on_any_day_and_unpacked_whole(small: Path, tmp_path: Path) -> None:
    packed = pack_dossier(small)
    os.utime(small / "quotes.csv", (time.time() + 9_999, 9_999))
    assert pack_dossier(small) == packed
    unpack_dossier(packed, tmp_path / "copy")
    files = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()}
    assert files == {path.name: path.read_bytes() for path in small.glob("*.csv")}


def test_a_name_that_leads_out_of_the_folder_is_not_heeded(tmp_path: Path) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../out.csv", "a")
    unpack_dossier(packed.getvalue(), tmp_path / "side")
    assert [path.name for path in tmp_path.rglob("*.csv")] == ["out.csv"]
    assert (tmp_path / "side" / "out.csv").is_file()

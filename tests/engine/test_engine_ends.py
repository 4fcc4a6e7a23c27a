"""How a kernel ends: what its cells left open is written, whatever still runs, and also where its time is over."""

from __future__ import annotations

from pathlib import Path

import pytest
from engines import fail, printed, run, write

#: What a cell leaves, by the file that is there in the end.
LEFT = {
    "rows.csv": "import csv\nf = open('rows.csv', 'w', newline='')\ncsv.writer(f).writerow(['a'])",
    "packed.gz": "import gzip\npacked = gzip.open('packed.gz', 'wt')\npacked.write('a')",
    "packed.zip": "import zipfile\nzipped = zipfile.ZipFile('packed.zip', 'w')\nzipped.writestr('a', 'b')",
    "atexit": "import atexit\natexit.register(lambda: open('atexit', 'w').write('ran'))",
    "finalize": "import weakref\nclass A: pass\na = A()\n"
    "b = weakref.finalize(a, lambda: open('finalize', 'w').write('ran'))",
    "del": "class D:\n    def __del__(self): open('del', 'w').write('ran')\nd = D()",
    "thread": "import threading, time\ndef late():\n    time.sleep(0.3)\n    open('thread', 'w').write('ran')\n"
    "threading.Thread(target=late).start()",
    "module": "import json\njson.left = open('module', 'w')\njson.left.write('a')",
    "circle": "class C: pass\nc = C()\nc.file, c.me = open('circle', 'w'), c\nc.file.write('a')",
    "a dead child": "import subprocess as s\nended, runs = s.Popen(['true']), s.Popen(['sleep', '99'])\n"
    "other = open('a dead child', 'w')\nother.write('a')",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(parent: int | None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run a notebook that leaves everything open, and give its folder."""
    place = tmp_path_factory.mktemp("ends")
    run(write(place, *LEFT.values()), parent=parent, cwd=place)
    return place


@pytest.mark.parametrize("name", LEFT)
def test_nothing_that_a_cell_left_open_is_lost(folder: Path, name: str) -> None:
    assert (folder / name).stat().st_size > 0


def test_what_a_cell_wrote_before_its_time_was_over_is_kept(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, LEFT["rows.csv"], "while True: pass")
    assert "TimeLimit" in str(fail(path, parent=parent, execution_timeout=1, cwd=tmp_path))
    assert (tmp_path / "rows.csv").read_text() == "a\n"


def test_what_a_cell_wrote_before_another_failed_is_kept(warm: int, tmp_path: Path) -> None:
    fail(write(tmp_path, LEFT["rows.csv"], "1 / 0"), parent=warm, cwd=tmp_path)
    assert (tmp_path / "rows.csv").read_text() == "a\n"


def test_a_kernel_that_does_not_end_when_it_is_asked_is_ended(
    parent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.engine.seams.nbclient.ASKED", 0.5)
    stays = "import threading, time\nthreading.Thread(target=time.sleep, args=(999,)).start()\nprint('ran')"
    assert printed(run(write(tmp_path, stays), parent=parent)) == "ran\n"


@pytest.mark.long
def test_a_kernel_that_is_asked_to_end_waits_for_no_thread_that_is_gone(parent: int | None, tmp_path: Path) -> None:
    told = "import signal\nkept = signal.signal(signal.SIGTERM, lambda *a: open('told', 'w').close())"
    path = write(tmp_path, told)
    for _ in range(20):  # IPython's threads met one another in one edition of ten
        run(path, parent=parent, cwd=tmp_path)
    assert not (tmp_path / "told").exists()


def test_a_caller_who_wants_no_order_has_none(warm: int, tmp_path: Path) -> None:
    run(write(tmp_path, LEFT["atexit"]), parent=warm, cwd=tmp_path, shutdown_kernel="immediate")
    assert not (tmp_path / "atexit").exists()

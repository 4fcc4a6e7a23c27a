"""A build whose kernels cannot be forked: it is slow, and says so with the reason."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from faults import call, lay_out

from briefing.engine.launcher import WarmParent
from briefing.engine.sandbox import why_open


@pytest.fixture
def thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a library that the warm parent imports start a thread."""
    (tmp_path / "there").mkdir()
    starts = "import threading, time\nthreading.Thread(target=time.sleep, args=(999,), daemon=True).start()"
    (tmp_path / "there" / "psutil.py").write_text(starts)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "there"))


def test_a_build_that_cannot_fork_says_why_and_is_made(thread: None, tmp_path: Path) -> None:
    told = call(lay_out(tmp_path / "root", who='["minister"]'), "build")
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("slow: each edition starts a kernel of its own") == 1
    assert "a library started a thread" in told.stderr


def test_a_build_that_forks_says_nothing_of_it(root: Path) -> None:
    assert "slow" not in call(root, "build", "--force").stderr


def test_a_parent_that_died_tells_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "selectors.py").write_text("raise SystemError('out of hay')")
    parent = WarmParent(data=None, environment={**os.environ, "PYTHONPATH": str(tmp_path)})
    try:
        assert (parent.is_warm(), parent.why_cold()) == (False, "SystemError: out of hay")
    finally:
        parent.close()


@pytest.mark.parametrize("length", [69, 70, 71, 77, 90])
def test_a_parent_is_warm_however_long_the_name_of_the_temporary_folder(
    monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    base = Path(tempfile.mkdtemp(dir="/tmp"))
    place = base / ("t" * (length - len(str(base)) - 1))
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    parent = WarmParent(data=None, environment=dict(os.environ))
    try:
        assert parent.is_warm(), parent.why_cold()
    finally:
        parent.close()
        shutil.rmtree(base)


#: Has the system say that it has no Landlock, to this process and all that it starts.
NO_LANDLOCK = """import ctypes
class Line(ctypes.Structure): _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32)]
class Filter(ctypes.Structure): _fields_ = [("length", ctypes.c_uint16), ("lines", ctypes.POINTER(Line))]
lines = (Line * 4)(Line(0x20, 0, 0, 0), Line(0x15, 0, 1, 444), Line(0x06, 0, 0, 0x00050026), Line(0x06, 0, 0, 0x7FFF0000))
libc = ctypes.CDLL(None)
libc.prctl(38, 1, 0, 0, 0)
libc.prctl(22, 2, ctypes.byref(Filter(4, lines)), 0, 0)
"""  # noqa: E501


def test_a_build_whose_kernels_have_no_fence_says_so_once_and_is_made(tmp_path: Path) -> None:
    told = call(lay_out(tmp_path / "root"), "build", "--jobs", "2", under=NO_LANDLOCK)
    assert told.returncode == 0, told.stderr
    (line,) = [line for line in told.stderr.splitlines() if line.startswith("open: ")]
    assert "this system has no Landlock, so a notebook may write and signal whatever you may" in line


@pytest.mark.skipif(why_open() != "", reason="this system keeps no whole fence")
def test_a_build_whose_kernels_are_fenced_says_nothing_of_it(root: Path) -> None:
    assert "open:" not in call(root, "build", "--force").stderr

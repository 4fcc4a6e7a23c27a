"""A build whose kernels cannot be forked: it is slow, and says so with the reason."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from faults import call, lay_out

from briefing.engine.launcher import WarmParent


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

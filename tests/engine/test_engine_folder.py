"""The folder beside a notebook: its files are the notebook's to import, and nobody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from engines import printed, run, write

from briefing.engine.launcher import WarmParent

#: Names of Python's and ours that people give their own files.
NAMES = ("calendar", "copy", "json", "queue", "random", "typing", "types", "email", "briefing", "zmq", "pandas")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder whose files are called like modules, and are none."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(f"raise SystemError('{name} is mine')")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_file_beside_a_notebook_keeps_its_kernel_from_starting(folder: Path) -> None:
    assert printed(run(write(folder, "import calendar\nprint(calendar.monthrange(2031, 4)[1])"))) == "30\n"


def test_no_file_beside_a_notebook_keeps_the_warm_parent_from_starting(folder: Path) -> None:
    parent = WarmParent(data=None, environment=dict(os.environ))
    try:
        assert parent.is_warm()
        assert printed(run(write(folder, "import email.message\nprint('ran')"), parent=parent.orders)) == "ran\n"
    finally:
        parent.close()


def test_a_notebook_imports_what_lies_beside_it(parent: int | None, tmp_path: Path) -> None:
    (tmp_path / "my_own_verbs.py").write_text("answer = 42")
    path = write(tmp_path, "import my_own_verbs\nprint(my_own_verbs.answer)")
    assert printed(run(path, parent=parent, cwd=tmp_path)) == "42\n"


def test_a_kernel_that_dies_at_its_start_says_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "ipykernel.py").write_text("raise SystemError('out of hay')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "there"))
    with pytest.raises(RuntimeError, match=r"the kernel died before it was ready \(SystemError: out of hay\)"):
        run(write(tmp_path, "1"))

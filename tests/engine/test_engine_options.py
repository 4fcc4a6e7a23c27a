"""Papermill's options: each does what it does under papermill's own engine, or is refused in words."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from engines import fail, printed, run, write

from briefing.errors import UsageError

LONG = "import time\ntime.sleep(99)"


@pytest.mark.parametrize("options", [{"timeout": 1}, {"execution_timeout": 1}, {"timeout_func": lambda cell: 1}])
def test_a_limit_of_a_cell_may_be_told_in_each_of_papermills_ways(warm: int, tmp_path: Path, options: Any) -> None:
    assert "TimeLimit: the cell ran longer than 1 s" in str(fail(write(tmp_path, LONG), parent=warm, **options))


@pytest.mark.parametrize("options", [{"timeout": -1}, {"execution_timeout": -1}, {"timeout_func": lambda cell: None}])
def test_no_limit_is_none(warm: int, tmp_path: Path, options: Any) -> None:
    assert printed(run(write(tmp_path, "print('ran')"), parent=warm, **options)) == "ran\n"


def test_the_caller_is_told_of_each_cell_that_runs(warm: int, tmp_path: Path) -> None:
    told: list[int] = []
    path = write(tmp_path, "1", "2")
    run(path, parent=warm, on_cell_execute=lambda cell, cell_index: told.append(cell_index))
    assert told == [1, 2]


@pytest.mark.parametrize("name", ["km", "kernel_manager_class", "resources"])
def test_an_option_that_the_engine_cannot_heed_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: is no option of the engine briefing"):
        run(write(tmp_path, "1"), **{name: "mine"})


def test_the_log_names_the_kernel(warm: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="papermill"):
        run(write(tmp_path, "1"), parent=warm, kernel_name="python")
    assert "Executing notebook with kernel: python\n" in caplog.text


@pytest.mark.parametrize("name", ["MPLCONFIGDIR", "IPYTHONDIR", "TMPDIR"])
def test_a_folder_that_the_caller_names_wins(
    warm: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path))
    assert printed(run(write(tmp_path, f"import os\nprint(os.environ['{name}'])"), parent=warm)) == f"{tmp_path}\n"


def test_what_a_cell_cleared_does_not_count(warm: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.engine.seams.nbclient.OUTPUT_LIMIT", 100_000)
    draw = "from IPython.display import clear_output, display\nfor n in range(200):\n    clear_output(wait=True)\n"
    path = write(tmp_path, f"{draw}    display({{'text/plain': 'x' * 5000}}, raw=True)", "print('on')")
    assert printed(run(path, parent=warm)) == "on\n"


def test_too_much_output_is_blamed_on_the_cell_that_left_it(
    warm: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.engine.seams.nbclient.OUTPUT_LIMIT", 100_000)
    error = fail(write(tmp_path, "print('x' * 100_001)", "print('never')"), parent=warm)
    assert (error.ename, error.cell_index) == ("OutputLimit", 1)


@pytest.mark.parametrize(("cell", "words"), [
    ("%nosuchmagic x", "Line magic function `%nosuchmagic` not found"),
    ("raise ExceptionGroup('two things', [ValueError('a')])", "ExceptionGroup: two things"),
])  # fmt: skip
def test_an_error_that_has_no_traceback_has_words(warm: int, tmp_path: Path, cell: str, words: str) -> None:
    assert words in str(fail(write(tmp_path, cell), parent=warm))

"""The engine under plain papermill: its command line and its Python API, on notebooks that know nothing of us."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest
from engines import fail, printed, run, write
from faults import PATIENCE, wait_until

PAPERMILL = [sys.executable, "-m", "papermill", "--engine", "briefing", "--no-progress-bar"]


def papermill(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*PAPERMILL, "any.ipynb", "out.ipynb", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def saved(folder: Path) -> nbformat.NotebookNode:
    return nbformat.read(folder / "out.ipynb", as_version=4)


def test_the_entry_points_are_there() -> None:
    (engine,) = entry_points(group="papermill.engine", name="briefing")
    (provisioner,) = entry_points(group="jupyter_client.kernel_provisioners", name="briefing-warm")
    assert (engine.load().__name__, provisioner.load().__name__) == ("BriefingEngine", "WarmProvisioner")


def test_papermills_command_line_runs_any_notebook(tmp_path: Path) -> None:
    write(tmp_path, "print(who, n + 1)", parameters="who = 'me'\nn = 1")
    told = papermill(tmp_path, "-p", "who", "Łukasz", "-p", "n", "41")
    assert told.returncode == 0, told.stderr
    assert printed(saved(tmp_path)) == "Łukasz 42\n"


def test_papermills_command_line_saves_the_notebook_with_the_error(tmp_path: Path) -> None:
    write(tmp_path, "x = 1", "x / 0", "print('never')")
    told = papermill(tmp_path)
    assert told.returncode == 1 and 'Exception encountered at "In [2]"' in told.stderr
    notebook = saved(tmp_path)
    assert "In [2]" in notebook.cells[0].source
    assert [output.ename for cell in notebook.cells for output in cell.get("outputs", ())] == ["ZeroDivisionError"]


def test_papermills_log_shows_what_cells_print(tmp_path: Path) -> None:
    write(tmp_path, "print('seen in the log')")
    assert "seen in the log" in papermill(tmp_path, "--log-output").stderr


def test_an_interrupted_papermill_saves_what_ran_and_ends_its_kernel(tmp_path: Path) -> None:
    write(tmp_path, "import os\nopen('pid', 'w').write(str(os.getpid()))\nprint('ran')", "import time\ntime.sleep(99)")
    with subprocess.Popen([*PAPERMILL, "any.ipynb", "out.ipynb"], cwd=tmp_path, stderr=subprocess.DEVNULL) as started:
        try:
            # a line may come in two parts, and a papermill that failed never saves it
            wait_until(lambda: started.poll() is not None or '"ran' in text_of(tmp_path / "out.ipynb"))
            started.send_signal(signal.SIGINT)
            assert started.wait(PATIENCE) != 0
        finally:
            started.kill()
    assert printed(saved(tmp_path)) == "ran\n"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_the_python_interface_takes_parameters_and_gives_the_notebook(tmp_path: Path) -> None:
    path = write(tmp_path, "print([n, t, x])", parameters="n = 0\nt = ''\nx = None")
    notebook = run(path, {"n": 7, "t": 'a"b', "x": [1, None]})
    assert printed(notebook) == printed(saved(tmp_path)) == "[7, 'a\"b', [1, None]]\n"
    assert notebook.metadata.papermill.exception is None
    assert notebook.metadata.language_info.name == "python"


def test_the_working_directory_and_papermills_own_metadata_are_as_papermill_has_them(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    notebook = run(write(tmp_path, "import os\nprint(os.getcwd())"), cwd=tmp_path / "there")
    assert printed(notebook).strip() == str(tmp_path / "there")
    assert {cell.metadata.papermill.status for cell in notebook.cells} == {"completed"}


def test_an_expected_error_is_papermills_to_judge(tmp_path: Path) -> None:
    path = write(tmp_path, "1 / 0", "print('on')", tags={0: "raises-exception"})
    assert fail(path).ename == "ZeroDivisionError"
    assert printed(saved(tmp_path)) == "on\n"  # it went on, as papermill's own engine does, and told it at the end


def test_a_kernel_that_cannot_be_found_is_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="No such kernel named cobol"):
        run(write(tmp_path, "1"), kernel_name="cobol")


def test_outputs_are_logged_where_the_caller_asks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="papermill"):
        run(write(tmp_path, "print('to the log')"), log_output=True)
    assert "to the log" in caplog.text

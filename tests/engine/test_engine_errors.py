"""What stops a notebook: each is the error of its cell, with words, and the notebook is saved with it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from engines import fail, printed, run, write
from nbformat import NotebookNode

from briefing.engine.environment import name_environment
from briefing.engine.run import RunError, run_notebook


def saved(path: Path) -> NotebookNode:
    return nbformat.read(path.with_name("out.ipynb"), as_version=4)


def test_an_error_stops_the_notebook_which_is_saved_with_it(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "x = 1", "x / 0", "print('never')")
    error = fail(path, parent=parent)
    assert (error.ename, error.exec_count, error.cell_index) == ("ZeroDivisionError", 2, 2)
    notebook = saved(path)
    assert "In [2]" in notebook.cells[0].source
    assert [cell.metadata.papermill.status for cell in notebook.cells[-2:]] == ["failed", "pending"]
    assert printed(notebook) == ""


def test_an_error_that_the_kernel_cannot_put_into_words_is_one(parent: int | None, tmp_path: Path) -> None:
    error = fail(write(tmp_path, "raise ValueError('half \\ud800')", "print('never')"), parent=parent)
    assert (error.ename, error.cell_index) == ("UnicodeEncodeError", 1)


# IPython's own exit() stops the kernel a tenth of a second later, in a race with the client that waits for its reply.
@pytest.mark.parametrize("leave", ["raise SystemExit(0)", "import sys\nsys.exit()"])
def test_a_quiet_exit_is_no_error(warm: int, tmp_path: Path, leave: str) -> None:
    assert run(write(tmp_path, "print('ran')", leave), parent=warm).metadata.papermill.exception in (None, True)


def test_an_exit_with_a_code_is_an_error(warm: int, tmp_path: Path) -> None:
    assert fail(write(tmp_path, "raise SystemExit(3)"), parent=warm).evalue == "3"


def test_a_question_to_the_reader_is_refused(parent: int | None, tmp_path: Path) -> None:
    error = fail(write(tmp_path, "input('Who?')"), parent=parent)
    assert error.ename == "StdinNotImplementedError" and "does not support input" in error.evalue


def test_a_kernel_that_ends_itself_is_told_in_words(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "print('ran')", "import os\nos._exit(3)", "print('never')")
    assert "KernelDied: the kernel died" in str(fail(path, parent=parent))
    assert "ran" in printed(saved(path)) and "never" not in printed(saved(path))


def test_a_kernel_that_crashes_says_its_last_words(parent: int | None, tmp_path: Path) -> None:
    crash = "import os\nos.write(2, b'Fatal: out of hay\\n')\nos.abort()"
    assert "KernelDied: the kernel died (Fatal: out of hay)" in str(fail(write(tmp_path, crash), parent=parent))


def test_a_cell_has_its_time(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "print('ran')", "while True: pass")
    assert "TimeLimit: the cell ran longer than 1 s" in str(fail(path, parent=parent, execution_timeout=1))
    assert printed(saved(path)) == "ran\n"


def test_a_notebook_has_its_time(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, *["import time\ntime.sleep(0.4)"] * 9)
    assert "TimeLimit: the cells ran longer than 1 s" in str(fail(path, parent=parent, time_limit=1))


def test_a_kernel_that_answers_no_more_when_its_cells_have_ended_is_ended(
    parent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.engine.seams.nbclient.ANSWER_LIMIT", 1)
    path = write(tmp_path, "get_ipython().kernel.shell_handlers['kernel_info_request'] = lambda *asked: None")
    assert "though its cells had ended; something that a cell left still runs" in str(fail(path, parent=parent))


def test_a_cell_that_is_interrupted_says_so(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "import time\ntime.sleep(99)")
    assert fail(path, parent=parent, execution_timeout=1, interrupt_on_timeout=True).ename == "KeyboardInterrupt"


def test_a_cell_that_swallows_interrupts_is_ended_all_the_same(warm: int, tmp_path: Path) -> None:
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)"
    assert "TimeLimit" in str(fail(write(tmp_path, deaf, "while True: pass"), parent=warm, execution_timeout=1))


def edition(path: Path, parent: int | None) -> RunError:
    """Run an edition of the press's own that fails, and give its error."""
    limits = name_environment(memory_limit=200)
    with pytest.raises(RunError) as caught:
        run_notebook(path.read_text(), {}, folder=path.parent, environment=limits, name="tiny", parent=parent)
    return caught.value


def test_an_edition_that_asks_its_reader_is_told_what_to_do(warm: int, tmp_path: Path) -> None:
    told = str(edition(write(tmp_path, "input('Who?')"), warm))
    assert "cell 2" in told and "nobody is there to answer" in told


def test_an_edition_that_takes_too_much_memory_is_told_its_limit(parent: int | None, tmp_path: Path) -> None:
    told = str(edition(write(tmp_path, "kept = bytearray(400_000_000)"), parent))
    assert "MemoryError" in told and "may take 200 MB; memory_limit in the catalog says how many" in told


def test_an_edition_goes_on_after_an_error_that_it_expects(warm: int, tmp_path: Path) -> None:
    path = write(tmp_path, "1 / 0", "print('on')", tags={0: "raises-exception"})
    environment = name_environment()
    ran = run_notebook(path.read_text(), {}, folder=tmp_path, environment=environment, parent=warm)
    assert printed(ran) == "on\n"

"""What papermill's own engine leaves of a notebook, beside what ours leaves: the same, but for what is meant."""

from __future__ import annotations

import contextlib
import difflib
import json
import logging
import math
import re
import subprocess
import sys
from io import StringIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import papermill
import pytest
from engines import write
from faults import PATIENCE
from papermill.exceptions import PapermillExecutionError

pytestmark = pytest.mark.long

#: What differs between any two runs: times, the numbers of processes, addresses, random ids, folders.
CHANGING = {
    r'"\d{4}-\d\d-\d\dT[^"]*"': '"TIME"', r'"duration": [\d.e-]+': '"duration": 0', r"ipykernel_\d+": "ipykernel_N",
    r"0x[0-9a-f]{6,}": "0xN", r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b": "ID",
    r'"id": "[0-9a-f]{8}"': '"id": "ID"', r"[^\"]*/(any|theirs|ours)\.ipynb": "PATH",
}  # fmt: skip


def join_streams(cell: dict[str, Any]) -> None:
    """Join what one stream says without a break: of papermill's own engine it comes in pieces on a busy machine."""
    joined: list[dict[str, Any]] = []
    for output in cell.get("outputs", ()):
        if joined and "text" in output and output.get("name") == joined[-1].get("name"):
            joined[-1]["text"] = "".join([*joined[-1]["text"], *output["text"]]).splitlines(keepends=True)
        else:
            joined.append(output)
    cell.update({"outputs": joined} if joined else {})


def settle(notebook: Any) -> list[str]:
    """Give a notebook's text in lines, without what differs between any two runs."""
    for cell in notebook["cells"]:
        join_streams(cell)
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    for changing, still in CHANGING.items():
        text = re.sub(changing, still, text)
    return text.splitlines()


def run_one(path: Path, engine: str | None, values: dict[str, Any] | None = None, **options: Any) -> Any:
    """Run a notebook with an engine, and give what it left in its file; also where a cell failed."""
    out = path.with_name(f"{'ours' if engine else 'theirs'}.ipynb")
    with contextlib.suppress(PapermillExecutionError):
        papermill.execute_notebook(path, out, values, engine_name=engine, **{"progress_bar": False} | options)
    return json.loads(out.read_text(encoding="utf-8"))


def compare(path: Path, values: dict[str, Any] | None = None, **options: Any) -> tuple[str, list[str]]:
    """Run a notebook with papermill's engine and with ours; give what ours left, and the lines that differ."""
    theirs, ours = (settle(run_one(path, engine, values, **options)) for engine in (None, "briefing"))
    return "\n".join(ours), list(difflib.unified_diff(theirs, ours, n=0))


SHOW = "from IPython.display import HTML, Image, clear_output, display, update_display\n"
COMM = """from comm import create_comm
model = create_comm(target_name="jupyter.widget", data={"state": {"_model_name": "S", "_model_module": "m"}})
model.send({"method": "update", "state": {"value": 3}})
display({"application/vnd.jupyter.widget-view+json": {"model_id": model.comm_id}, "text/plain": "slider"}, raw=True)"""

#: What a notebook does, by its theme: its cells, and a piece of what is left.
THEMES = {
    "prints": (["print('a')\nprint('b')", "import sys\nprint('c', file=sys.stderr)"], '"name": "stderr"'),
    "shows": ([f"{SHOW}display('a', HTML('<b>b</b>'), metadata={{'m': 1}})\n'c'"], "<b>b</b>"),
    "shows a picture": ([f"{SHOW}Image(b'\\x89PNG\\r\\n\\x1a\\n', format='png', width=3)"], '"width": 3'),
    "shows a frame": (["import pandas\npandas.DataFrame({'a': [1, None]})"], "<table"),
    "updates": ([f"{SHOW}display('a', display_id='i')", "update_display('z', display_id='i')"], "'z'"),
    "clears": ([f"{SHOW}print('a')\nclear_output()\nprint('b')", "print('c')\nclear_output(wait=True)"], r"b\n"),
    "clears in time": ([f"{SHOW}for n in range(3):\n    clear_output(wait=True)\n    print(n)"], r"2\n"),
    "has widgets": ([f"{SHOW}{COMM}"], "application/vnd.jupyter.widget-state+json"),
    "fails": (["1", "def f(): 1 / 0\nf()", "2"], "ZeroDivisionError"),
    "has a syntax error": (["1 +"], "SyntaxError"),
    "interrupts itself": (["raise KeyboardInterrupt", "2"], "KeyboardInterrupt"),
    "leaves early": (["import sys\nsys.exit(3)", "2"], "SystemExit"),
    "has magics": (["%%capture kept\nprint(1)", "kept.stdout", "%%bash\necho on", "!echo off"], "off"),
    "awaits": (["import asyncio\nawait asyncio.sleep(0, 'awaited')"], "awaited"),
    "asks": (["input('Who?')"], "StdinNotImplementedError"),
    "asks for help": (["zip?", "1"], '"execution_count": 2'),
    "prints in many scripts": (["print('Łukašenka 乌克兰 🚜 \\x1b[31mred')"], "乌克兰"),
    "is empty": (["", "  ", "# only words"], '"status": "completed"'),
    "is described": (["# papermill_description=first\n1"], "papermill_description"),
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_the_engine_leaves_what_papermills_own_leaves_of_a_notebook_that(tmp_path: Path, theme: str) -> None:
    cells, piece = THEMES[theme]
    left, differing = compare(write(tmp_path, *cells))
    assert differing == []
    assert piece in left


VALUES: dict[str, Any] = {
    "text": "a\"b'c\\d\nŁ", "whole": 10**19, "part": 0.1, "is_so": True, "nothing": None, "rows": [1, [None, "x"]],
    "named": {"a": {"b": [1.5]}}, "endless": math.inf, "no_number": math.nan, "minus": -math.inf, "empty": [],
    "pair": (1, 2),
}  # fmt: skip


def test_parameters_arrive_as_under_papermills_own_engine(tmp_path: Path) -> None:
    declared = "\n".join(f"{name} = 'as it was'  # what it is" for name in VALUES)
    left, differing = compare(write(tmp_path, f"print([{', '.join(VALUES)}])", parameters=declared), VALUES)
    assert differing == []
    assert "injected-parameters" in left and "[1, [None, 'x']]" in left


#: Papermill's options and nbclient's; and what a notebook of three cells, of which the second fails, is then like.
OPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "prepare only": ({"prepare_only": True}, '"outputs": []'),
    "report mode": ({"report_mode": True}, '"source_hidden": true'),
    "allow errors": ({"allow_errors": True}, r"after\n"),
    "allow one error": ({"allow_error_names": ["ZeroDivisionError"]}, r"after\n"),
    "raise errors": ({"force_raise_errors": True, "allow_errors": False}, "ZeroDivisionError"),
    "no timing": ({"record_timing": False}, "ZeroDivisionError"),
    "no widgets": ({"store_widget_state": False}, "ZeroDivisionError"),
    "no saving between": ({"request_save_on_cell_execute": False}, "ZeroDivisionError"),
    "no saving in time": ({"autosave_cell_every": 0}, "ZeroDivisionError"),
    "streams in one": ({"coalesce_streams": True}, "ZeroDivisionError"),
    "another tag to skip": ({"skip_cells_with_tag": "raises-exception", "allow_errors": True}, "before"),
    "another kernel name": ({"kernel_name": "python3", "language": "python"}, "ZeroDivisionError"),
    "a folder": ({"cwd": "/"}, r"before /\n"),
    "limits": ({"timeout": 99, "start_timeout": 99, "iopub_timeout": 9}, "ZeroDivisionError"),
}  # fmt: skip


#: What becomes of a tagged cell hangs on options that speak of errors and tags; one other stands for the rest.
MEETING_TAGS = ("allow errors", "allow one error", "raise errors", "another tag to skip", "no timing")
TAGGED = [(option, tag) for option in MEETING_TAGS for tag in ("raises-exception", "skip-execution")]


@pytest.mark.parametrize(("option", "tag"), [*((option, "") for option in OPTIONS), *TAGGED])
def test_an_option_does_what_it_does_under_papermills_own_engine(tmp_path: Path, option: str, tag: str) -> None:
    options, piece = OPTIONS[option]
    cells = ["import os\nprint('before', os.getcwd())", "print(1)\n1 / 0", "print('after')"]
    path = write(tmp_path, *cells, parameters="n = 0", tags={1: tag} if tag else None)
    left, differing = compare(path, {"n": 1}, **options)
    assert differing == []
    assert tag or piece in left


HOOKS = (
    "on_notebook_start",
    "on_cell_start",
    "on_cell_execute",
    "on_cell_complete",
    "on_cell_executed",
    "on_cell_error",
)


@pytest.mark.parametrize("cell", ["1 / 0", "2"])
def test_a_hook_is_called_as_often_as_under_papermills_own_engine(tmp_path: Path, cell: str) -> None:
    def tell(engine: str | None) -> list[tuple[str, int | None]]:
        called: list[tuple[str, int | None]] = []
        hooks = {name: lambda name=name, **told: called.append((name, told.get("cell_index"))) for name in HOOKS}
        run_one(write(tmp_path, "1", cell, "# words"), engine, **hooks)
        return called

    theirs, ours = tell(None), tell("briefing")
    assert ours == theirs
    assert {name for name, _ in ours} >= {*HOOKS} - {"on_cell_error"}


PRINT = "import sys\nprint('out')\nprint('err', file=sys.stderr)\n'shown'"


def test_what_cells_print_is_logged_and_filed_as_by_papermills_own_engine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def tell(engine: str | None) -> tuple[list[tuple[str, str]], list[str]]:
        caplog.clear()
        files = {"stdout_file": StringIO(), "stderr_file": StringIO()}
        with caplog.at_level(logging.INFO, logger="papermill"):
            run_one(write(tmp_path, PRINT), engine, log_output=True, **files)
        logged = [(each.levelname, each.getMessage()) for each in caplog.records if each.name == "papermill"]
        told = [each for each in logged if "Output Notebook" not in each[1]]
        said = [(level, "".join(words for _, words in each)) for level, each in groupby(told, key=itemgetter(0))]
        return said, [file.getvalue() for file in files.values()]

    theirs, ours = tell(None), tell("briefing")
    assert ours == theirs
    assert ("WARNING", "err\n") in ours[0] and ours[1] == ["out\n", "err\n"]


#: A progress bar, as often as there was time to draw it; and what papermill's kernels say of themselves.
DRAWN = r"Executing: +\d+%[^]]*\]|\[IPKernelApp\].*"


def papermill_says(folder: Path, *arguments: str) -> tuple[int, str, list[str], list[str]]:
    """Call papermill's command line; give its exit code, what it said, where its bar ended, and what it left."""
    command = [sys.executable, "-m", "papermill", "any.ipynb", "out.ipynb", *arguments]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    said = " ".join(re.sub(DRAWN, " ", told.stderr).split())
    left = settle(json.loads((folder / "out.ipynb").read_text(encoding="utf-8")))
    return told.returncode, said, re.findall(r"\d+/\d+ \[", told.stderr)[-1:], left


#: Papermill's options on its command line, and a piece of what is left. Each names parameters of its own, so that one
#: call tries all ways to name them: a call starts a process and a kernel twice, and what an option does by itself is
#: tried above.
COMMANDS: dict[str, tuple[list[str], str]] = {
    "parameters": (
        ["-p", "n", "7", "-r", "t", "7", "-y", "{y: [1, {a: null}], day: 2024-01-02}", "-f", "asked.yaml",
         "-b", "YjogMTIz", "--inject-paths"],
        r"7 '7' [1, {'a': None}] '2024-01-02' 0.5 [True] 123 ",
    ),
    "prepare only": (["--prepare-only", "-p", "n", "1"], "injected-parameters"),
    "the run": (
        ["--report-mode", "--no-request-save-on-cell-execute", "--autosave-cell-every", "0", "-k", "python3",
         "-l", "python", "--cwd", "sub", "--execution-timeout", "99", "--start-timeout", "99", "--log-output",
         "--no-progress-bar"],
        r"None 'sub'\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_papermills_command_line_says_and_leaves_the_same(tmp_path: Path, command: str) -> None:
    arguments, piece = COMMANDS[command]
    (tmp_path / "sub").mkdir()
    (tmp_path / "asked.yaml").write_text("f: 0.5\nlisted: [yes]")
    asked = ("n", "t", "y", "day", "f", "listed", "b")
    show = f"import os\nprint(*map(repr, [{', '.join(asked)}, os.path.basename(os.getcwd())]))"
    write(tmp_path, show, parameters="\n".join(f"{name} = None" for name in asked))
    theirs, ours = papermill_says(tmp_path, *arguments), papermill_says(tmp_path, "--engine", "briefing", *arguments)
    assert ours == theirs
    assert ours[0] == 0 and piece in "\n".join(ours[3])


#: At what papermill's own engine breaks off, and what ours leaves.
BROKEN_OFF: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "CellTimeoutError": ("print('on')\nimport time\ntime.sleep(99)", {}, {"execution_timeout": 1}, "TimeLimit"),
    "DeadKernelError": ("import os\nprint('on', flush=True)\nos._exit(3)", {}, {}, "KernelDied"),
    "KeyError": (f"{SHOW}{COMM}\nprint('on')".replace("_model_module", "no"), {}, {}, r"on\n"),
    "ValueError": ("print('on')", {"metadata": {}}, {}, r"on\n"),
}


@pytest.mark.parametrize("error", BROKEN_OFF)
def test_what_papermills_own_engine_breaks_off_at_is_an_error_of_the_cell_or_runs(tmp_path: Path, error: str) -> None:
    cell, other, options, piece = BROKEN_OFF[error]
    path = write(tmp_path, cell)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | other), encoding="utf-8")
    with pytest.raises(Exception) as raised:
        run_one(path, None, **options)
    assert type(raised.value).__name__ == error
    assert piece in "\n".join(settle(run_one(path, "briefing", **options)))

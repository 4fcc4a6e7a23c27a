"""One edition in a real kernel."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from briefing.engine.environment import name_environment
from briefing.engine.launcher import WarmParent
from briefing.engine.run import RunError, find_section, run_notebook

DAY = {"as_of": "2031-04-12", "window": 7}


def run(path: Path, **options: float) -> NotebookNode:
    return run_notebook(
        path.read_text(), DAY, folder=path.parent, environment=name_environment(), name="tiny", **options
    )


def printed(notebook: NotebookNode) -> str:
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", ()))


def test_values_reach_the_notebook_as_literals(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("print(repr(as_of), repr(window), code)", parameters='as_of = ""\nwindow = 0\ncode = ""')
    hostile = DAY | {"code": '"); import os; ("'}
    notebook = run_notebook(path.read_text(), hostile, folder=path.parent, environment=name_environment())
    assert printed(notebook).strip() == "'2031-04-12' 7 \"); import os; (\""


@pytest.mark.parametrize("cell", ["!echo on", "x = !echo on\nprint(*x)", "%%bash\necho on", "!!echo on"])
def test_an_edition_may_ask_the_shell(write_notebook: Callable[..., Path], cell: str) -> None:
    shown = [str(output) for cell in run(write_notebook(cell)).cells for output in cell.get("outputs", ())]
    assert len(shown) == 1 and "on" in shown[0]


def test_a_cell_is_told_of_while_the_next_ones_run_and_what_is_made_of_it_does_not_disturb_them(
    write_notebook: Callable[..., Path], tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    waits = f"import pathlib, time\nwhile not pathlib.Path({str(seen)!r}).exists(): time.sleep(0.01)\nprint('whole')"

    def tell(cell: NotebookNode) -> None:
        if "98" in str(cell.outputs):
            seen.touch()
        raise ValueError(cell.source)

    path = write_notebook("print(98)", waits)
    notebook = run_notebook(
        path.read_text(), DAY, folder=path.parent, environment=name_environment(), time_limit=60, tell=tell
    )
    assert "whole" in printed(notebook)


def test_a_failing_cell_is_named_with_section_line_error_and_parameters(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("## What was *sent*", "x = 1\n\nx / (window - 7)")
    with pytest.raises(RunError) as caught:
        run(path)
    assert str(caught.value) == (
        'tiny: section "What was *sent*", cell 4, line 3: ZeroDivisionError: division by zero; a page is published '
        "only when every cell runs. Correct the cell and run it again. Parameters: as_of=2031-04-12, window=7."
    )
    assert "\x1b" not in caught.value.failure.traceback


def test_a_section_may_be_a_heading_that_the_library_made(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("from briefing.blocks.blocks import Heading\nHeading(text=('Minsk sent ', '98'))", "x =")
    with pytest.raises(RunError, match=r'section "Minsk sent 98", cell 4, line 1: SyntaxError'):
        run(path)


def test_a_cell_that_never_ends_is_stopped_and_named(write_notebook: Callable[..., Path]) -> None:
    with pytest.raises(RunError, match=r"cell 3: TimeLimit: the cells ran longer than 1 s"):
        run(write_notebook("while True: pass"), time_limit=1)


def test_a_kernel_that_dies_is_named_with_its_cell(write_notebook: Callable[..., Path]) -> None:
    with pytest.raises(RunError, match=r"cell 3: KernelDied: the kernel died"):
        run(write_notebook("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"))


def test_secrets_of_the_press_do_not_reach_a_notebook(
    write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_TOKEN", "s3cret")
    notebook = run(write_notebook("import os\nprint('MY_TOKEN' in os.environ, os.environ['TZ'])"))
    assert printed(notebook).strip() == "False UTC"


def test_a_variable_that_is_named_reaches_the_notebook(
    write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, small: Path
) -> None:
    monkeypatch.setenv("MY_TOKEN", "s3cret")
    path = write_notebook("import os\nprint(os.environ['MY_TOKEN'], os.environ['BRIEFING_DATA'])")
    environment = name_environment(data=small, named=["MY_TOKEN"])
    notebook = run_notebook(path.read_text(), DAY, folder=path.parent, environment=environment)
    assert printed(notebook).strip() == f"s3cret {small}"


def test_the_working_directory_is_the_notebooks_and_the_press_stays_where_it_was(
    write_notebook: Callable[..., Path],
) -> None:
    before = Path.cwd()
    path = write_notebook("import os\nprint(os.getcwd())")
    assert printed(run(path)).strip() == str(path.parent)
    assert Path.cwd() == before


def test_no_port_is_opened_and_no_history_is_kept(write_notebook: Callable[..., Path]) -> None:
    mine = "import os\nmine = {os.readlink(f.path) for f in os.scandir('/proc/self/fd') if f.is_symlink()}"
    ports = "tcp = [line.split() for name in ('tcp', 'tcp6') for line in open(f'/proc/net/{name}')]"
    listening = "print([line for line in tcp if line[3] == '0A' and f'socket:[{line[9]}]' in mine])"
    notebook = run(write_notebook(mine, ports, listening, "print(get_ipython().history_manager.enabled)"))
    assert printed(notebook).split() == ["[]", "False"]


def test_the_same_run_twice_leaves_the_same_notebook(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("print(sorted({'a', 'b'}, key=hash), hash('a'))")
    assert run(path) == run(path)


def test_a_cell_that_may_raise_does_not_stop_the_run(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("1 / 0", "print('on')")
    plain, tagged = '"id": "c2", "metadata": {"tags": []', '"id": "c2", "metadata": {"tags": ["raises-exception"]'
    path.write_text(path.read_text().replace(plain, tagged))
    assert printed(run(path)).strip() == "on"


def test_nothing_is_left_in_the_temporary_folder(
    write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    room = tmp_path / "t"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    run(write_notebook("open(__import__('tempfile').gettempdir() + '/x', 'w').write('x')"))
    assert list(room.iterdir()) == []


@pytest.mark.parametrize("is_warm", [False, True], ids=["alone", "forked"])
def test_what_a_notebook_read_is_told_even_when_its_dossier_is_gone(
    write_notebook: Callable[..., Path], small: Path, is_warm: bool
) -> None:
    path = write_notebook("import briefing as b", "d = b.read_dossier(as_of=as_of)\nlen(d.quotes)", "del d")
    environment, reads = name_environment(data=small), list[str]()
    with closing(WarmParent(data=small, environment=environment)) as parent:
        assert parent.is_warm()
        channel = parent.orders if is_warm else None
        run_notebook(path.read_text(), DAY, folder=path.parent, environment=environment, parent=channel, reads=reads)
    assert [entry[:2] for entry in json.loads(reads[0])] == [["quotes", "2031-04-12"]]


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("What we know\n------------", "What we know"), ("Is it so?\n===", "Is it so?"), ("## A ##", "A"),
        ("## A\n\n```\n# install it\n```", "A"), ("## A\n~~~\n# x\n~~~", "A"), ("## A\n```\n# never closed", "A"),
        ("```\n# x\n```\n## B\n````\n```\n# y\n```\n````", "B"), ("## <!-- x --> B <!-- # c -->", "B"),
        ("<!--\n# no\n-->", "Z"),
        ("    # code", "Z"), ("#5 came", "Z"), ("- item\n---", "Z"),
        ("words\n\n---", "Z"), ("| a |\n|---|", "Z"), ("> # said", "Z"),
    ],
)  # fmt: skip
def test_the_section_of_a_failure_is_the_heading_that_readers_see(words: str, section: str) -> None:
    cells = [{"cell_type": "markdown", "source": source} for source in ("# Z", words)]
    assert find_section(nbformat.from_dict({"cells": cells}).cells) == section

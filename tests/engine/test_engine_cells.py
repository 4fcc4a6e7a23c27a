"""What cells do and leave, in a forked kernel and in one that starts by itself: as nbclient has it."""

from __future__ import annotations

import pytest
from engines import run, shown, write
from nbformat import NotebookNode

SHOW = "from IPython.display import display, clear_output, update_display, HTML\n"
WIDGET = """class Widget:
    def _repr_mimebundle_(self, **other):
        return {"text/plain": "a slider", "application/vnd.jupyter.widget-view+json": {"model_id": "nowhere"}}
Widget()"""
COMM = """from comm import create_comm
comm = create_comm(target_name="jupyter.widget", data={"state": {"_model_name": "SliderModel"}})
comm.send({"method": "update", "state": {"value": 3}})
create_comm(target_name="jupyter.widget", data={"nothing": "sensible"})
'still here'"""
THREAD = "import threading\nt = threading.Thread(target=print, args=('from a thread',))\nt.start()\nt.join()"
FORKS = "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as p: print(p.map(abs, [-1, -2]))"

#: One notebook, so that one kernel does them all: what each cell is about, and the cell.
CELLS = {
    "line magic": "%time x = 6 * 7\nx",
    "cell magic": "%%bash\necho from bash",
    "shell": "!echo from the shell",
    "capture": "%%capture kept\nprint('kept')",
    "captured": "kept.stdout",
    "display": SHOW + "display('a', 'b')\ndisplay(HTML('<b>c</b>'))\n'd'",
    "quiet": "'not shown';",
    "update": SHOW + "handle = display('first', display_id='one')\nhandle.update('second')",
    "update from afar": SHOW + "update_display('third', display_id='one')",
    "clear": SHOW + "print('gone')\nclear_output()\nprint('there')",
    "clear and wait": SHOW + "print('gone')\nclear_output(wait=True)\nprint('instead')",
    "unicode": "print('Łukašenka 乌克兰 🚜')\n'Ґ'",
    "stderr": "import sys\nprint('out')\nprint('err', file=sys.stderr)",
    "in pieces": "for word in ('Uk', 'ra', 'ine'): print(word, end='', flush=True)",
    "in pieces, apart": SHOW
    + "for n in range(2):\n    print('a', flush=True)\n    print('b', flush=True)\n    display(n)",
    "in pieces, cleared": SHOW + "print('gone', flush=True)\nclear_output(wait=True)\nprint('stays', flush=True)",
    "await": "import asyncio\nawait asyncio.sleep(0)\nawait asyncio.gather(*[asyncio.sleep(0, n) for n in 'xy'])",
    "skipped": "raise SystemError('a skipped cell ran')",
    "widget": WIDGET,
    "comm": COMM,
    "thread": THREAD,
    "forks": FORKS,
    "history": "get_ipython().history_manager.enabled, len(In)",
    # papermill saves after every cell: what is large comes last
    "many": "for n in range(2500): display(n)",
    "large": "print('x' * 4_000_000)\ndisplay({'text/plain': 'y' * 3_000_000}, raw=True)",
}


@pytest.fixture(scope="module")
def ran(parent: int | None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotebookNode]:
    """Run the cells, and give each by what it is about."""
    tags = {list(CELLS).index("skipped"): "skip-execution"}
    path = write(tmp_path_factory.mktemp("cells"), *CELLS.values(), tags=tags)
    return dict(zip(CELLS, run(path, parent=parent).cells[1:], strict=True))


def test_magics_and_the_shell_work(ran: dict[str, NotebookNode]) -> None:
    assert "Wall time" in shown(ran["line magic"])[0] and shown(ran["line magic"])[1] == "42"
    assert "".join(shown(ran["cell magic"])) == "from bash\n"
    assert shown(ran["shell"])[0].strip() == "from the shell"
    assert shown(ran["captured"]) == ["'kept\\n'"]


def test_what_is_displayed_stands_in_its_order(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["display"]) == ["'a'", "'b'", "<IPython.core.display.HTML object>", "'d'"]
    assert ran["display"].outputs[2].data["text/html"] == "<b>c</b>"
    assert shown(ran["quiet"]) == []


def test_a_display_is_updated_where_it_stands_even_from_another_cell(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["update"]) == ["'third'"]
    assert shown(ran["update from afar"]) == []


@pytest.mark.parametrize(("about", "left"), [("clear", "there\n"), ("clear and wait", "instead\n")])
def test_cleared_output_is_gone(ran: dict[str, NotebookNode], about: str, left: str) -> None:
    assert shown(ran[about]) == [left]


def test_every_script_of_the_world_comes_through(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["unicode"]) == ["Łukašenka 乌克兰 🚜\n", "'Ґ'"]


def test_stderr_stands_apart_from_stdout(ran: dict[str, NotebookNode]) -> None:
    assert {(output.name, output.text) for output in ran["stderr"].outputs} == {
        ("stdout", "out\n"),
        ("stderr", "err\n"),
    }


def test_what_one_stream_says_without_a_break_is_one_output(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["in pieces"]) == ["Ukraine"]
    assert shown(ran["in pieces, apart"]) == ["a\nb\n", "0", "a\nb\n", "1"]
    assert shown(ran["in pieces, cleared"]) == ["stays\n"]


def test_a_cell_may_await(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["await"]) == ["['x', 'y']"]


def test_large_outputs_come_whole(ran: dict[str, NotebookNode]) -> None:
    assert [len(text) for text in shown(ran["large"])] == [4_000_001, 3_000_000]


def test_many_outputs_come_all_of_them(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["many"]) == [str(n) for n in range(2500)]


def test_a_cell_that_is_to_be_skipped_is_skipped(ran: dict[str, NotebookNode]) -> None:
    assert ran["skipped"].outputs == [] and ran["skipped"].execution_count is None
    assert ran["await"].execution_count == ran["widget"].execution_count - 1


def test_widgets_and_their_state_do_no_harm(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["widget"]) == ["a slider"]
    assert shown(ran["comm"]) == ["'still here'"]


def test_threads_and_forked_workers_print_into_their_cell(ran: dict[str, NotebookNode]) -> None:
    assert "".join(shown(ran["thread"])) == "from a thread\n"
    assert "".join(shown(ran["forks"])) == "[1, 2]\n"


def test_no_history_is_kept_but_the_notebooks_own(ran: dict[str, NotebookNode]) -> None:
    assert shown(ran["history"]) == [f"(False, {ran['history'].execution_count + 1})"]

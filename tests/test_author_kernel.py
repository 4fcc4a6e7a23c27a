"""What an author gets in a kernel of Jupyter's own: ids completed, errors in a line, every block of a cell shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import freedonia as f
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import new_output

from briefing.page.exporter import render_page


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute("import briefing as b\nd = b.read_example()", reply=True, timeout=60)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_kernel_completes_ids_with_their_titles_and_nothing_else(kernel: BlockingKernelClient) -> None:
    code = 'x = 1\nlorries = b.choose_claims(d, quantity="lorries-s")'
    content = kernel.complete(code, len(code) - 2, reply=True, timeout=60)["content"]
    assert content["matches"] == ["lorries-sent"]
    assert code[content["cursor_start"] : content["cursor_end"]] == "lorries-s"
    (shown,) = content["metadata"]["_jupyter_types_experimental"]
    assert shown["type"].replace("\xa0", " ") == "Lorries ferried in October"


def test_a_kernel_completes_the_rest_as_ever(kernel: BlockingKernelClient) -> None:
    matches = kernel.complete("b.say_c", reply=True, timeout=60)["content"]["matches"]
    assert [match.rpartition(".")[2] for match in matches] == ["say_count"]


def outputs(kernel: BlockingKernelClient, code: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    kinds = ("error", "stream", "display_data", "execute_result")
    kernel.execute_interactive(
        code, timeout=60, output_hook=lambda said: told.append(said["content"]) if said["msg_type"] in kinds else None
    )
    return told


def test_an_error_of_ours_is_one_line_with_the_line_of_the_cell(kernel: BlockingKernelClient) -> None:
    (error,) = outputs(kernel, "x = 1\nb.choose_claims(d, item='lorrry')")
    ((line,), name) = (error["traceback"], error["ename"])
    assert (
        name == "UsageError" and 'in line 2: "lorrry" is in no row' in line and line.endswith('Did you mean "lorry"?')
    )
    assert "\n" not in line and error["evalue"] in line


def test_the_whole_trace_of_the_last_error_is_a_magic_away(kernel: BlockingKernelClient) -> None:
    outputs(kernel, "b.choose_claims(d, item='lorrry')")
    (error,) = outputs(kernel, "%tb")
    assert "check_key" in "\n".join(error["traceback"])


def test_errors_of_others_keep_their_trace(kernel: BlockingKernelClient) -> None:
    (error,) = outputs(kernel, "1 / 0")
    assert "Traceback" in "\n".join(error["traceback"])


def test_what_a_dossier_holds_does_not_command_the_frontend(kernel: BlockingKernelClient) -> None:
    (error,) = outputs(kernel, "b.choose_claims(d, item='\\x1b[2J')")
    assert "\x1b[2J" not in error["traceback"][0]


def test_every_block_of_a_cell_is_shown_as_in_the_press(kernel: BlockingKernelClient) -> None:
    shown = outputs(kernel, "b.say('Alpha.')\n3\nb.say('Beta.')\nb.say('Gamma.')")
    assert [output["data"]["text/plain"] for output in shown] == ["Alpha.", "Beta.", "Gamma."]


def test_what_such_a_kernel_leaves_is_on_the_exported_page_whole(kernel: BlockingKernelClient) -> None:
    left = outputs(kernel, "b.say('Alpha.')\nb.say('Beta.')")
    cell = f.cell(*(new_output("display_data", output["data"]) for output in left))
    page = render_page(f.notebook(f.words("# Who?"), cell))
    assert page.count(">Alpha.<") == page.count(">Beta.<") == 1


def test_importing_anew_shows_nothing_twice(kernel: BlockingKernelClient) -> None:
    outputs(kernel, "import importlib\nimportlib.reload(b)")
    assert len(outputs(kernel, "b.say('Alpha.')\nb.say('Beta.')")) == 2

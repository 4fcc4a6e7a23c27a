"""What Jupyter asks of any kernel: its own suite, `jupyter_kernel_test`, and what ipykernel's suite asks beside it."""

from __future__ import annotations

import unittest
from collections.abc import Iterator
from typing import Any

import jupyter_kernel_test
import pytest
from faults import PATIENCE
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_core.utils import run_sync

from briefing.engine.rooms import furnish, make_manager, open_room

pytestmark = pytest.mark.long

SHOW = "from IPython.display import HTML, Image, JSON, Latex, Markdown, Math, SVG, clear_output, display\n"
MIMES = {
    "HTML('<b>b</b>')": "text/html", "Markdown('*m*')": "text/markdown", "Math('x')": "text/latex",
    "Latex('$x$')": "text/latex", "JSON({'a': 1})": "application/json", "SVG('<svg/>')": "image/svg+xml",
    r"Image(b'\x89PNG\r\n\x1a\n', format='png')": "image/png",
}  # fmt: skip

#: What the suite wants to know of a kernel's language. Where an answer is missing it skips, and the test fails.
ANSWERS: dict[str, Any] = {
    "language_name": "python",
    "file_extension": ".py",
    "code_hello_world": "print('hello, world')",
    "code_stderr": "import sys; print('test', file=sys.stderr)",
    "completion_samples": [
        {"text": "zi", "matches": {"zip"}},
        {"text": "no_such_na", "matches": set()},
    ],
    "complete_code_samples": ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"],
    "incomplete_code_samples": ["print('''hello", "def f(x):\n  x*2"],
    "invalid_code_samples": ["import = 7q"],
    "code_page_something": "zip?",
    "code_generate_error": "raise",
    "code_execute_result": [
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"},
    ],
    "code_display_data": [{"code": f"{SHOW}display({made})", "mime": mime} for made, mime in MIMES.items()],
    "code_inspect_sample": "zip",
    "code_clear_output": f"{SHOW}clear_output()",
}  # fmt: skip


@pytest.fixture(scope="module")
def client(parent: int | None) -> Iterator[BlockingKernelClient]:
    """Start a kernel as the engine does, and give a client of Jupyter's own."""
    with open_room() as room:
        manager = make_manager("python3", room=room, parent=parent)
        run_sync(manager.start_kernel)(env=furnish(None, room=room), cwd=str(room))
        client = BlockingKernelClient(connection_file=str(room / "kernel.json"))
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        yield client
        client.stop_channels()
        run_sync(manager.shutdown_kernel)()


#: The suite's tests but for the one of history, of which this kernel keeps none.
NAMES = set(unittest.defaultTestLoader.getTestCaseNames(jupyter_kernel_test.KernelTests)) - {"test_history"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_jupyters_own_suite_passes(client: BlockingKernelClient, name: str) -> None:
    suite = type("Suite", (jupyter_kernel_test.KernelTests,), ANSWERS | {"kc": client})
    ended = unittest.TestResult()
    suite(name).run(ended)
    assert (ended.errors, ended.failures, ended.skipped, ended.testsRun) == ([], [], [], 1)


def answer(client: BlockingKernelClient, asked: str, *, channel: str = "shell") -> dict[str, Any]:
    """Wait for the answer to a message."""
    while True:
        reply: dict[str, Any] = getattr(client, f"get_{channel}_msg")(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") == asked:
            return dict(reply["content"])


def said(client: BlockingKernelClient, asked: str) -> list[tuple[str, dict[str, Any]]]:
    """List what the kernel published of a message until it was idle again; what was printed without a break is one."""
    told: list[tuple[str, dict[str, Any]]] = []
    while ("status", {"execution_state": "idle"}) not in told:
        message = client.get_iopub_msg(timeout=PATIENCE)
        kind, content = message["msg_type"], message["content"]
        if message["parent_header"].get("msg_id") != asked:
            continue
        if kind == "stream" and told and told[-1][1].get("name") == content["name"]:
            told[-1][1]["text"] += content["text"]
        else:
            told.append((kind, content))
    return told


def tell(client: BlockingKernelClient, kind: str, content: dict[str, Any], *, channel: str = "shell") -> str:
    """Send a message for which the client has no function, and give its id."""
    message = client.session.msg(kind, content)
    getattr(client, f"{channel}_channel").send(message)
    return str(message["header"]["msg_id"])


@pytest.mark.parametrize(
    "asked", [{"hist_access_type": "tail", "n": 9}, {"hist_access_type": "search", "pattern": "*"}]
)
def test_no_history_is_kept_for_whoever_asks(client: BlockingKernelClient, asked: dict[str, Any]) -> None:
    answer(client, client.execute("1 + 1"))
    assert answer(client, client.history(**asked)) == {"status": "ok", "history": []}


def test_a_silent_request_shows_and_counts_nothing(client: BlockingKernelClient) -> None:
    counts = [answer(client, client.execute("0"))["execution_count"] for _ in range(2)]
    asked = client.execute("print('unseen') if 0 else 1", silent=True)
    assert [kind for kind, _ in said(client, asked)] == ["status", "status"]
    counts.append(answer(client, client.execute("0"))["execution_count"])
    assert counts == [counts[0], counts[0] + 1, counts[0] + 2]


def test_an_error_ends_what_waits_behind_it_unless_the_caller_wants_it_run(client: BlockingKernelClient) -> None:
    first = client.execute("import time; time.sleep(0.5); 1 / 0")
    second = client.execute("'behind it'")
    assert [answer(client, asked)["status"] for asked in (first, second)] == ["error", "aborted"]
    while answer(client, client.execute("1"))["status"] == "aborted":
        pass  # what comes in the same moment goes the same way
    first, second = client.execute("1 / 0", stop_on_error=False), client.execute("'behind it'")
    assert [answer(client, asked)["status"] for asked in (first, second)] == ["error", "ok"]


def test_an_expression_is_evaluated_beside_a_cell(client: BlockingKernelClient) -> None:
    asked = client.execute("n = 6", user_expressions={"good": "n * 7", "bad": "nothing_of_that_name"})
    given = answer(client, asked)["user_expressions"]
    assert (given["good"]["data"]["text/plain"], given["bad"]["ename"]) == ("42", "NameError")


def test_what_is_not_there_is_not_found(client: BlockingKernelClient) -> None:
    assert answer(client, client.inspect("nothing_of_that_name"))["found"] is False


def test_a_question_to_the_user_is_the_callers_to_answer_or_an_error(client: BlockingKernelClient) -> None:
    refused = answer(client, client.execute("input('Who? ')", allow_stdin=False, stop_on_error=False))
    assert refused["ename"] == "StdinNotImplementedError"
    asked = client.execute("print(input('Who? '))", allow_stdin=True)
    assert answer(client, asked, channel="stdin") == {"prompt": "Who? ", "password": False}
    client.input("me")
    assert ("stream", {"name": "stdout", "text": "me\n"}) in said(client, asked)


def test_a_cell_that_is_interrupted_says_so_and_the_next_one_runs(client: BlockingKernelClient) -> None:
    asked = client.execute("print('began')\nimport time\ntime.sleep(99)", stop_on_error=False)
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    interrupted = tell(client, "interrupt_request", {}, channel="control")
    assert answer(client, interrupted, channel="control")["status"] == "ok"
    assert answer(client, asked)["ename"] == "KeyboardInterrupt"
    assert answer(client, client.execute("1"))["status"] == "ok"


def test_a_comm_is_opened_spoken_to_and_closed(client: BlockingKernelClient) -> None:
    target = "from comm import get_comm_manager\nheard = []\ndef take(comm, opened):\n"
    target += "    comm.on_msg(lambda told: heard.append(told['content']['data']))\n    comm.send({'got': 'it'})\n"
    answer(client, client.execute(f"{target}get_comm_manager().register_target('tests', take)"))
    opened = tell(client, "comm_open", {"comm_id": "c", "target_name": "tests", "data": {}})
    assert ("comm_msg", {"data": {"got": "it"}, "comm_id": "c"}) in said(client, opened)
    said(client, tell(client, "comm_msg", {"comm_id": "c", "data": {"n": 7}}))
    assert answer(client, client.comm_info("tests"))["comms"] == {"c": {"target_name": "tests"}}
    said(client, tell(client, "comm_close", {"comm_id": "c", "data": {}}))
    assert answer(client, client.comm_info("tests"))["comms"] == {}
    assert ("stream", {"name": "stdout", "text": "[{'n': 7}]\n"}) in said(client, client.execute("print(heard)"))


def test_a_client_that_listens_is_told_of_each_status(client: BlockingKernelClient) -> None:
    states = [content["execution_state"] for kind, content in said(client, client.kernel_info()) if kind == "status"]
    assert states == ["busy", "idle"]

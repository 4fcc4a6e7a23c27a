"""nbclient's client: what cells may leave, and errors that a kernel could not send."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections import deque
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from jupyter_core.utils import run_sync
from nbclient.client import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from briefing.editions.cells import tags_of
from briefing.engine.seams.jupyter_client import SIZE

#: How many seconds a kernel may take to answer what it is asked outside all cells: a cell may leave something running.
ANSWER_LIMIT = 60

#: How many seconds a kernel has to end when it is asked to, and how many when it is told to; then it is killed.
ASKED, TOLD = 5.0, 2.0

#: How much the cells of one edition may leave, in bytes. A page that needs more is no page.
OUTPUT_LIMIT = 50_000_000


class LimitedClient(NotebookClient):
    """A client with a limit to what cells may leave; where they leave more, it ends the kernel."""

    def __init__(self, nb: Any, km: Any = None, **options: Any) -> None:
        super().__init__(nb, km=km, **options)
        self.output_left = OUTPUT_LIMIT
        self._is_over = False
        self._is_busy = False
        self._expected: deque[str] = deque()
        self._sent: deque[tuple[str, str]] = deque()

    def expect(self, cells: Iterable[Any]) -> None:
        """Say what is executed next, one by one: a kernel that is through with a cell finds the next one there.

        Without, it waits at the end of each for a word from here. Where a cell fails, it drops those that wait.
        """
        apart = {self.skip_cells_with_tag, "raises-exception"}  # nbclient asks the kernel otherwise, or not at all
        cells = () if self.allow_error_names else cells  # those behind one are asked for anew
        plain = takewhile(lambda cell: apart.isdisjoint(tags_of(cell)), cells)
        self._sent.clear()
        self._expected = deque(cell.source for cell in plain)

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **options: Any) -> Any:
        """Execute a cell; where this breaks off, the kernel is busy with it still."""
        self._is_busy = True
        try:
            ran = await super().async_execute_cell(cell, cell_index, *args, **options)
        except CellExecutionError:
            self._is_busy = False
            raise
        self._is_busy = False
        return ran

    # bound to the method of nbclient's class when that is made, as `wait_for_reply` is
    execute_cell = run_sync(async_execute_cell)

    async def begin(self, **options: Any) -> None:
        """Start the kernel and make its client ready, for cells that are then executed one by one.

        nbclient's own way takes the process's signals over, which are here somebody else's.
        """
        self.reset_execution_trackers()
        await self.async_start_new_kernel(**options)
        await self.async_start_new_kernel_client()
        self.send_in_turn()

    def send_in_turn(self) -> None:
        """From here on, send what was said to be expected together with what comes before it."""
        client: Any = self.kc
        self._send, client.execute = client.execute, self._send_in_turn

    def _send_in_turn(self, source: str, **options: Any) -> str:
        """Send a cell's source where that was not done before, and with it the sources of those that follow."""
        if self._sent and self._sent[0][0] == source:
            return self._sent.popleft()[1]
        asked: str = self._send(source, **options)
        if self._expected and self._expected.popleft() == source:
            self._sent.extend((later, self._send(later, **options)) for later in self._expected)
        self._expected.clear()
        return asked

    async def end(self) -> None:
        """Kill the kernel, at once."""
        self.shutdown_kernel = "immediate"
        if self.km is not None:
            await self._async_cleanup_kernel()

    async def break_off(self) -> None:
        """Kill the kernel while a cell runs, which then ends as where a kernel dies."""
        if self.km is not None and self.km.has_kernel:
            manager: Any = self.km
            await manager.signal_kernel(signal.SIGKILL)
        if self.task_poll_for_reply is not None:
            self.task_poll_for_reply.cancel()

    async def _async_poll_kernel_alive(self) -> None:
        """Look whether the kernel lives; nbclient looks on where a cell broke off and the client is gone."""
        with contextlib.suppress(AssertionError):
            await super()._async_poll_kernel_alive()

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Take in an output; where too much is kept, end the kernel: what a cell cleared or replaced counts no more.

        A cell that was interrupted because its time was over says so no more: the limit is its error.
        """
        if self._is_over:
            return None
        output = super().process_message(msg, cell, cell_index)
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data", "error"):
            self.output_left -= msg.get(SIZE) or _size(msg["content"])
            if self.output_left < 0:
                self._count_what_is_kept()
        return output

    def output(self, outs: Any, msg: Any, display_id: str | None, cell_index: int) -> Any:
        """Keep an output; one that is as plain as nearly all are is neither copied nor held against nbformat's schema.

        What an output holds stays as plain as it came: a page's blocks are most of a notebook. Words that go on where
        the same stream's last ones ended are joined to them: a kernel sends what was printed when its clock strikes.
        """
        if self._goes_on(outs, msg):
            outs[-1].text += msg["content"]["text"]
            return make_node(output_type="stream", **msg["content"])
        plain = _read_plain(msg)
        if plain is None or self.output_hook_stack[msg["parent_header"].get("msg_id")]:
            return super().output(outs, msg, display_id, cell_index)
        if self.clear_before_next_output:
            outs[:] = []
            self.clear_display_id_mapping(cell_index)
            self.clear_before_next_output = False
        if display_id:
            self._display_id_map.setdefault(display_id, {}).setdefault(cell_index, []).append(len(outs))
        outs.append(plain)
        return plain

    def _goes_on(self, outs: Any, msg: Any) -> bool:
        """Whether a message holds more words of the stream that the last output is of."""
        if msg["msg_type"] != "stream" or not outs or self.clear_before_next_output:
            return False
        is_hooked = bool(self.output_hook_stack[msg["parent_header"].get("msg_id")])
        return not is_hooked and outs[-1].get("name") == msg["content"]["name"]

    def _count_what_is_kept(self) -> None:
        """Count all outputs anew, which is only done when enough has come; where they are too many, end the kernel."""
        outputs = (output for cell in self.nb.cells for output in cell.get("outputs", ()))
        self.output_left = OUTPUT_LIMIT - sum(map(_size, outputs))
        if self.output_left < 0:
            self._end_kernel()
            raise DeadKernelError("the cells left too much")
        self.output_left = max(self.output_left, OUTPUT_LIMIT // 100)

    async def async_wait_for_reply(self, msg_id: str, cell: Any = None) -> Any:
        """Wait for an answer to what was asked outside all cells; where none comes, raise as for a cell's time."""
        try:
            return await asyncio.wait_for(super().async_wait_for_reply(msg_id, cell), ANSWER_LIMIT)
        except TimeoutError:
            self._is_busy = True
            raise CellTimeoutError(f"the kernel gave no answer for {ANSWER_LIMIT} s") from None

    wait_for_reply = run_sync(async_wait_for_reply)

    async def _check_raise_for_error(self, cell: Any, cell_index: int, exec_reply: Any) -> None:
        """Raise where a cell failed; where its error was not among the outputs, the reply's is left there.

        A kernel cannot send an error whose words are no text, such as half a character, and says nothing of it: the
        run would seem whole.
        """
        content = (exec_reply or {}).get("content", {})
        if content.get("status") == "error" and not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(make_error(content))
        await super()._check_raise_for_error(cell, cell_index, exec_reply)

    def handle_comm_msg(self, outs: Any, msg: Any, cell_index: int) -> None:
        """Keep a widget's state, as nbclient does; a widget that says nothing sensible of itself is passed over."""
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            super().handle_comm_msg(outs, msg, cell_index)

    async def _async_end_in_order(self) -> None:
        """Let the kernel write what its cells left open: ask it to end, tell it to, and only then kill it.

        A cell that still runs is interrupted first. Jupyter's own way looks ten times a second whether it has ended.
        """
        self._is_over = True
        if self.shutdown_kernel == "graceful" and self.km is not None and self.km.has_kernel:
            manager: Any = self.km
            if self._is_busy:
                await manager.interrupt_kernel()
            await manager.request_shutdown()
            if not await _ends_within(manager, ASKED):
                await manager.signal_kernel(signal.SIGTERM)
                await _ends_within(manager, TOLD)
        self.shutdown_kernel = "immediate"
        await self._async_cleanup_kernel()

    # the very name that nbclient calls where its client leaves
    _cleanup_kernel = run_sync(_async_end_in_order)

    def _end_kernel(self) -> None:
        if self.km is not None and self.km.has_kernel:
            kill: Any = self.km.signal_kernel
            self._ending = asyncio.ensure_future(kill(signal.SIGKILL))

    async def ask(self, expression: str) -> str | None:
        """Evaluate an expression in the kernel, outside all cells; ``None`` where it cannot be."""
        assert self.kc is not None
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions={"answer": expression})
        reply = await self.async_wait_for_reply(str(asked))
        answer = (reply or {}).get("content", {}).get("user_expressions", {}).get("answer", {})
        return answer.get("data", {}).get("text/plain") if answer.get("status") == "ok" else None


def _read_plain(message: Mapping[str, Any]) -> Any:
    """Give what a message shows, as nbformat has it; ``None`` where that is for nbformat to judge."""
    content = message["content"]
    kind, data, metadata = message["msg_type"], content.get("data"), content.get("metadata")
    if kind not in ("display_data", "execute_result") or not isinstance(data, dict) or not isinstance(metadata, dict):
        return None
    if not all(isinstance(value, str) or (name.endswith("json") and value is not None) for name, value in data.items()):
        return None
    counted = {"execution_count": content.get("execution_count")} if kind == "execute_result" else {}
    return make_node(output_type=kind, metadata=make_node(**metadata), data=make_node(**data), **counted)


def make_node(**plain: Any) -> NotebookNode:
    """Make the keys of a mapping its attributes too, without looking at what lies in it."""
    make: Any = NotebookNode
    node: NotebookNode = make()
    dict.update(node, plain)
    return node


async def _ends_within(manager: Any, seconds: float) -> bool:
    """Wait until a kernel has ended; say whether it has."""
    ends, pause = time.monotonic() + seconds, 0.002
    while await manager.is_alive():
        if time.monotonic() > ends:
            return False
        await asyncio.sleep(pause)
        pause = min(pause * 1.2, 0.1)
    return True


def make_error(content: dict[str, Any]) -> Any:
    """Make an error output of `ename`, `evalue` and `traceback`, in words that are text."""
    from nbformat.v4 import new_output

    name, words = (_text(content.get(key, "")) for key in ("ename", "evalue"))
    story = [_text(line) for line in content.get("traceback", ())]
    untyped: Any = new_output
    # papermill tells the story alone, and IPython has none of a magic that is not there
    return untyped("error", ename=name or "Error", evalue=words, traceback=story or [f"{name or 'Error'}: {words}"])


def _text(words: object) -> str:
    return str(words).encode("utf-8", "backslashreplace").decode()


def _size(content: dict[str, Any]) -> int:
    """Give about how many bytes an output takes."""
    if "text" in content:
        return len(content["text"])
    return sum(len(str(value)) for value in content.get("data", {}).values()) + len(str(content.get("traceback", "")))

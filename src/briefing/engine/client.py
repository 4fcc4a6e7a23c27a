"""The press's side of a kernel: the client that sends cells and gathers what they leave."""

from __future__ import annotations

import ast
import contextlib
import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient

#: How much the cells of one edition may leave, in bytes. A page that needs more is no page.
OUTPUT_LIMIT = 50_000_000

#: What a kernel is asked at the end: nothing is answered where the notebook never read a dossier.
ASK_READS = "__import__('json').dumps(__import__('sys').modules['briefing.dossier.read_log'].tell_reads())"


class PromptClient(AsyncKernelClient):
    """A client that begins as soon as the kernel answers, where Jupyter's waits for a fifth of a second of silence."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and both channels are connected."""
        ends = time.monotonic() + (timeout or 60)
        while time.monotonic() < ends:
            asked = self.kernel_info()
            if await self._heard_back(str(asked)):
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it was ready")
        raise RuntimeError(f"the kernel was not ready after {timeout} s")

    # `wait_for_ready` is bound to the method of Jupyter's class when that is made
    wait_for_ready = _async_wait_for_ready

    async def _heard_back(self, asked: str) -> bool:
        """Wait for the answer, and for the outputs' channel to say that the kernel is idle again."""
        try:
            reply = await self.get_shell_msg(timeout=1)
            while reply["parent_header"].get("msg_id") != asked:
                reply = await self.get_shell_msg(timeout=1)
            self._handle_kernel_info_reply(reply)
            while True:
                told = await self.get_iopub_msg(timeout=0.1)
                idle = told["msg_type"] == "status" and told["content"]["execution_state"] == "idle"
                if idle and told["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            return False


class RoomClient(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, with a limit to what cells may leave, and a question at the end."""

    def __init__(self, nb_man: Any, *, reads: list[str] | None = None, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self.output_left = OUTPUT_LIMIT
        self._reads = reads

    def papermill_execute_cells(self) -> None:
        """Run the cells; then, where somebody wants to know, ask what they read of the dossier."""
        super().papermill_execute_cells()
        if self._reads is not None:
            answer = run_sync(self.ask)(ASK_READS)
            if answer:
                self._reads.append(str(ast.literal_eval(answer)))

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Take in an output; where there are too many, end the kernel."""
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data", "error"):
            self.output_left -= _size(msg["content"])
            if self.output_left < 0:
                self._end_kernel()
                return None
        return super().process_message(msg, cell, cell_index)

    async def _check_raise_for_error(self, cell: Any, cell_index: int, exec_reply: Any) -> None:
        """Raise where a cell failed; where its error was not among the outputs, the reply's is left there.

        A kernel cannot send an error whose words are no text, such as half a character, and says nothing of it: the
        run would seem whole.
        """
        told = (exec_reply or {}).get("content", {})
        if told.get("status") == "error" and not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(_error_of(told))
        await super()._check_raise_for_error(cell, cell_index, exec_reply)

    def handle_comm_msg(self, outs: Any, msg: Any, cell_index: int) -> None:
        """Keep a widget's state, as nbclient does; a widget that says nothing sensible of itself is passed over."""
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            super().handle_comm_msg(outs, msg, cell_index)

    def _end_kernel(self) -> None:
        import asyncio
        import signal

        if self.km is not None and self.km.has_kernel:
            self._ending = asyncio.ensure_future(self.km.signal_kernel(signal.SIGKILL))

    async def ask(self, expression: str) -> str | None:
        """Evaluate an expression in the kernel, outside all cells; ``None`` where it cannot be."""
        assert self.kc is not None
        asked = self.kc.execute("", silent=True, store_history=False, user_expressions={"answer": expression})
        reply = await self.async_wait_for_reply(str(asked))
        answer = (reply or {}).get("content", {}).get("user_expressions", {}).get("answer", {})
        return answer.get("data", {}).get("text/plain") if answer.get("status") == "ok" else None


def _error_of(told: dict[str, Any]) -> Any:
    """Make an error output of what a reply tells, in words that are text."""
    from nbformat.v4 import new_output

    name, words = (_text(told.get(key, "")) for key in ("ename", "evalue"))
    story = [_text(line) for line in told.get("traceback", ())]
    untyped: Any = new_output
    return untyped("error", ename=name or "Error", evalue=words, traceback=story)


def _text(words: object) -> str:
    return str(words).encode("utf-8", "backslashreplace").decode()


def _size(content: dict[str, Any]) -> int:
    """Give about how many bytes an output takes."""
    if "text" in content:
        return len(content["text"])
    return sum(len(str(value)) for value in content.get("data", {}).values()) + len(str(content.get("traceback", "")))

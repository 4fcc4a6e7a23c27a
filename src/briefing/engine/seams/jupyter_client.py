"""Jupyter's client, and the list of provisioners that it reads from installed packages."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from contextlib import suppress
from hmac import compare_digest
from importlib.metadata import EntryPoint
from queue import Empty
from typing import Any

import zmq
from jupyter_client.adapter import adapt
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from traitlets import Type

_GROUP = "jupyter_client.kernel_provisioners"

#: Under this key a message tells how many bytes its content took on its way.
SIZE = "size"


class PromptChannel(AsyncZMQSocketChannel):
    """A channel that takes what is there already without asking the event loop to wait for it.

    Jupyter's asks three times for each message, and looks for a date in all that its headers say.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._here: Any = zmq.Socket.shadow(self.socket)  # the same socket, which answers at once

    async def get_msg(  # type: ignore[override]  # as Jupyter's own does
        self, timeout: float | None = None
    ) -> dict[str, Any]:
        """Give the next message; raises `Empty` where none comes within so many seconds."""
        assert self.socket is not None
        while True:
            try:
                parts = self._here.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                if not await self.socket.poll(None if timeout is None else int(timeout * 1000)):
                    raise Empty from None
                continue
            await asyncio.sleep(0)  # a cell that never stops printing leaves the others their turn
            return self._unpack(self.session.feed_identities(parts)[1])

    def _unpack(self, parts: list[Any]) -> dict[str, Any]:
        """Read a message as Jupyter's session does, less what looks for dates anywhere; raises `ValueError` too."""
        if self.session.auth is not None and not compare_digest(parts[0], self.session.sign(parts[1:5])):
            raise ValueError(f"Invalid Signature: {parts[0]!r}")
        header, above, metadata, content = map(self.session.unpack, parts[1:5])
        with suppress(KeyError, TypeError, ValueError):
            header["date"] = dt.datetime.fromisoformat(header["date"])
        told = {"header": header, "msg_id": header["msg_id"], "msg_type": header["msg_type"]}
        buffers = [memoryview(part) for part in parts[5:]]
        told |= {"parent_header": above, "metadata": metadata, "content": content, "buffers": buffers}
        message: dict[str, Any] = adapt(told)
        return message | {SIZE: len(parts[4])}


class PromptClient(AsyncKernelClient):
    """A client that begins as soon as the kernel answers, where Jupyter's waits for a fifth of a second of silence.

    It does not listen for a heartbeat: who started a kernel is told when it ends.
    """

    shell_channel_class = Type(PromptChannel)
    iopub_channel_class = Type(PromptChannel)

    def start_channels(self, *channels: bool, **options: bool) -> None:
        """Connect to a kernel, but for its heartbeat."""
        super().start_channels(*channels, **{**options, "hb": False})

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
                message = await self.get_iopub_msg(timeout=0.1)
                idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
                if idle and message["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            return False


def register_provisioner(name: str, place: str) -> None:
    """Let Jupyter know a provisioner by name, also where the package that has it is not installed.

    The place is its class, as entry points name one: ``module:Class``.
    """
    KernelProvisionerFactory.instance().provisioners.setdefault(name, EntryPoint(name, place, _GROUP))

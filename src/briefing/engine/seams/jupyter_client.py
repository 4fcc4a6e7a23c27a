"""Jupyter's client, and the list of provisioners that it reads from installed packages."""

from __future__ import annotations

import time
from importlib.metadata import EntryPoint
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.factory import KernelProvisionerFactory

_GROUP = "jupyter_client.kernel_provisioners"


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

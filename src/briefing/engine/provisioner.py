"""How Jupyter starts a kernel that a warm parent forks."""

from __future__ import annotations

import asyncio
import contextlib
import json
import select
import signal
import socket
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Int

from briefing.engine.launcher import ask

#: The name under which Jupyter knows the provisioner.
NAME = "briefing-warm"

#: How many seconds a warm parent may take to give a kernel whose sockets are bound, or to tell that one has ended.
PATIENCE = 60


class WarmProvisioner(KernelProvisionerBase):
    """Asks a warm parent for a kernel, over the channel that this process holds."""

    orders = Int(-1, help="The descriptor over which the warm parent takes orders.")

    _connection: socket.socket | None = None
    _pid: int = 0
    _code: int | None = None
    _heard: bytes = b""

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel to look after."""
        return self._connection is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Write the connection file; the kernel's command is only its arguments."""
        manager: Any = self.parent
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        arguments = ["-f", manager.connection_file, *kwargs.pop("extra_arguments", [])]
        return await super().pre_launch(cmd=arguments, **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Ask for a kernel and wait until its sockets are bound."""
        order = {
            "arguments": cmd,
            "environment": dict(kwargs["env"]),
            "folder": str(kwargs.get("cwd") or Path.cwd()),
            "room": str(Path(cmd[1]).parent),
        }
        self._connection = ask(self.orders)
        self._connection.sendall(json.dumps(order).encode() + b"\n")
        self._connection.setblocking(False)
        self._code, self._heard = None, b""
        try:
            await asyncio.wait_for(self._wait_until_ready(), PATIENCE)
        except TimeoutError:
            await self.cleanup()  # the parent ends what hangs up
            raise RuntimeError(f"the warm parent gave no kernel within {PATIENCE} s") from None
        return self.connection_info

    async def _wait_until_ready(self) -> None:
        while self._code is None and not await self._hear():
            pass

    async def _hear(self) -> bool:
        """Wait for what the parent says, and take it in; say whether the kernel is ready."""
        assert self._connection is not None
        try:
            part = await asyncio.get_running_loop().sock_recv(self._connection, 4096)
        except OSError:
            part = b""
        if not part and self._code is None:
            self._code = -signal.SIGKILL  # the parent is gone, and its kernels with it
        self._heard += part
        *lines, self._heard = self._heard.split(b"\n")
        said: dict[str, Any] = {}
        for line in lines:
            said |= json.loads(line)
        self._pid = int(said.get("pid", self._pid))
        self._code = said.get("exit", self._code)
        return bool(said.get("ready"))

    async def poll(self) -> int | None:
        """Give the kernel's exit code once it has ended."""
        if self._connection is None:
            return self._code or 0
        while self._code is None and select.select([self._connection], [], [], 0)[0]:
            await self._hear()
        return self._code

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while self._connection is not None and self._code is None:
            await self._hear()
        await self.cleanup()
        return self._code

    async def send_signal(self, signum: int) -> None:
        """Have the parent signal the kernel's whole process group."""
        if self._connection is not None and self._code is None:
            with contextlib.suppress(OSError):
                self._connection.sendall(json.dumps({"signal": int(signum)}).encode() + b"\n")

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and everything it started, and wait for it; not for a parent that no longer answers."""
        await self.send_signal(signal.SIGKILL)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.wait(), PATIENCE)
        await self.cleanup()

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel; it has no say in it."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

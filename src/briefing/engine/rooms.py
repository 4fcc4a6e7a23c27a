"""Kernels: where an edition's code runs, apart from everything else.

Each has a room of its own: a private folder for its sockets (ipc, nothing listens on a TCP port), its temporary files
and its IPython folder, without history. Its environment is named, not inherited, so that no secret reaches a notebook.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import Int

from briefing.engine.environment import OURS
from briefing.engine.folders import open_folder
from briefing.engine.launcher import short_place
from briefing.engine.provisioner import NAME
from briefing.engine.sandbox import end_strays
from briefing.engine.seams.jupyter_client import PromptClient, register_provisioner

#: Tells a kernel its room; whatever carries the room's name is ended with it (`end_strays`).
_ROOM_VARIABLE = "BRIEFING_ROOM"


@contextmanager
def open_room() -> Iterator[Path]:
    """Open a private folder for one edition; clear it away, and every process that still carries its name."""
    with open_folder(place=short_place()) as room:
        try:
            yield room
        finally:
            end_strays(str(room))


def furnish(environment: Mapping[str, str] | None, *, room: Path) -> dict[str, str]:
    """Point everything that a kernel writes of its own accord into its room.

    Where no environment is named, it is the caller's own, who may have pointed some of it elsewhere.
    """
    for name in ("ipython", "tmp"):
        (room / name).mkdir(exist_ok=True)
    pointed = {
        "IPYTHONDIR": str(room / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(room),
        "JUPYTER_NO_CONFIG": "1",
        "MPLCONFIGDIR": str(room / "tmp"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "TMPDIR": str(room / "tmp"),
    }
    told = pointed | os.environ if environment is None else {**environment, **pointed}
    return told | {_ROOM_VARIABLE: str(room)}


class OwnInterpreter(KernelSpecManager):
    """Finds the kernel of `OURS` in this very interpreter; any other as it is installed for the user."""

    warm = Int(None, allow_none=True, help="The channel of the warm parent that forks them; none where none does.")

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give this interpreter's kernel for the names that Jupyter uses for Python."""
        if kernel_name not in OURS:
            return super().get_kernel_spec(kernel_name)
        argv = [sys.executable, "-P", "-m", "briefing.engine.kernel", "-f", "{connection_file}"]
        spec = KernelSpec(argv=argv, language="python", display_name="Python 3", name=kernel_name)
        if self.warm is not None:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": NAME, "config": {"orders": self.warm}}
        return spec


def name_provisioner() -> None:
    """Let Jupyter know what forks warm kernels; the first time, it looks through all that is installed."""
    register_provisioner(NAME, "briefing.engine.provisioner:WarmProvisioner")


def make_manager(kernel_name: str, *, room: Path, parent: int | None = None) -> AsyncKernelManager:
    """Make the manager of a kernel that speaks through sockets in its room; a parent is a warm parent's channel.

    Kernels of others speak as Jupyter has them speak, through ports of this machine: few know of other sockets.
    """
    if parent is not None:
        name_provisioner()
    return AsyncKernelManager(
        kernel_name=kernel_name,
        kernel_spec_manager=OwnInterpreter(parent=None, warm=parent),
        client_factory=PromptClient,
        connection_file=str(room / "kernel.json"),
        **({"transport": "ipc", "ip": str(room / "socket")} if kernel_name in OURS else {}),
    )

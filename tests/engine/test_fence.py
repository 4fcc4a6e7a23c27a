"""A notebook that attacks from inside its fence: each way that it tries is a way that it does not find."""

from __future__ import annotations

from pathlib import Path

import pytest
from engines import printed, write
from faults import keeps_fences

from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook

pytestmark = pytest.mark.skipif(not keeps_fences(), reason="this system has no Landlock: kernels run without a fence")

#: Orders a kernel without a fence over every socket that it holds, and over those that it can take from its parent.
ORDER = """import array, ctypes, json, os, socket, time
call = ctypes.CDLL(None).syscall
told = {"arguments": ["-f", "/nonexistent/x.json"], "environment": {}, "folder": "/", "room": str(place)}
order = json.dumps(told).encode() + b"\\n"
parent = call(434, os.getppid(), 0)
taken = [call(438, parent, number, 0) for number in range(40)]
for number in [*taken, *map(int, os.listdir("/proc/self/fd"))]:
    try:
        with socket.socket(fileno=os.dup(number)) as found:
            if found.getsockname():  # the kernel's own
                continue
            here, there = socket.socketpair()
            socket.send_fds(found, [b"."], [there.fileno()])
            here.sendall(order)
            here.settimeout(1)
            print("ordered:", here.recv(100))
    except OSError:
        pass
print(max(taken))"""


def attack(folder: Path, *cells: str, parent: int | None) -> str:
    """Run cells inside the fence, and give what they printed."""
    path = write(folder, *cells)
    environment = name_environment()
    ran = run_notebook(path.read_text(), {}, folder=folder, environment=environment, parent=parent, time_limit=60)
    return printed(ran)


def test_no_notebook_orders_a_kernel_of_the_warm_parent(warm: int, tmp_path: Path) -> None:
    assert attack(tmp_path, f"place = {str(tmp_path)!r}", ORDER, parent=warm) == "-1\n"
    assert not (tmp_path / "kernel.log").exists()

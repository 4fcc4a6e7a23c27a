"""The warm parent and its clients, where one of them is gone, stuck, or ends in the very same moment."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import fail, write
from faults import PATIENCE

from briefing.engine.forkserver import Child, Parent, _hear
from briefing.engine.launcher import ask
from briefing.engine.provisioner import WarmProvisioner


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Give a channel over which nobody ever answers, as that of a warm parent that is stuck."""
    monkeypatch.setattr("briefing.engine.provisioner.PATIENCE", 1)
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with here, there:
        yield here.fileno()


def test_a_parent_that_never_gives_a_kernel_is_an_error_in_words(stuck: int, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="the warm parent gave no kernel within 1 s"):
        fail(write(tmp_path, "1"), parent=stuck)


def test_a_parent_that_never_tells_of_a_kernels_end_is_left(stuck: int) -> None:
    async def kill() -> bool:
        provisioner = WarmProvisioner()
        provisioner._connection = ask(stuck)
        provisioner._connection.setblocking(False)
        await provisioner.kill()
        return provisioner.has_process

    assert asyncio.run(kill()) is False


def test_what_a_client_says_to_a_kernel_that_was_cleared_away_stops_nothing() -> None:
    here, there = socket.socketpair()
    with socket.socket() as listening, there:
        parent = Parent(listening)
        parent.selector.register(here, selectors.EVENT_READ)
        parent.selector.unregister(here)
        here.close()  # as when the end of the kernel and its client's last words come in one moment
        assert _hear(parent, Child(os.getpid(), "no room", here)) is None
        parent.selector.close()


ORPHAN = """import os, sys, time
from briefing.engine.forkserver import end_with
mine = os.getpid()
if os.fork() == 0:
    {before}
    end_with(mine)
    print("lives", flush=True)
    time.sleep(999)
os.wait()"""


@pytest.mark.parametrize("before", ["pass", "os.kill(mine, 9); time.sleep(0.5)"], ids=["it lives", "it is gone"])
def test_a_forked_kernel_ends_with_its_parent_even_where_that_is_gone_already(before: str) -> None:
    command = [sys.executable, "-c", ORPHAN.format(before=before)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        if before == "pass":
            assert parent.stdout.readline() == "lives\n"
            parent.send_signal(signal.SIGKILL)
        assert parent.communicate(timeout=PATIENCE)[0] == ""  # whoever lives holds the pipe

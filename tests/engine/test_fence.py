"""A notebook that attacks from inside its fence: each way that it tries is a way that it does not find."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from engines import printed, write
from faults import keeps_fences

from briefing.engine.environment import name_environment
from briefing.engine.rooms import furnish, open_room
from briefing.engine.run import run_notebook
from briefing.press.pool import Pool

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


#: Reads every file of a neighbour's room, by its name and by its list, and looks for its name.
READ = """import os
told = []
for path in (room, room + "/kernel.json", room + "/tmp/mine"):
    try:
        told.append(os.listdir(path) if path == room else open(path).read())
    except PermissionError:
        pass
try:
    told += [name for name in os.listdir(os.path.dirname(room)) if name in room]
except PermissionError:
    pass
print(told)"""


def test_no_notebook_reads_its_neighbours_room_or_finds_its_name(parent: int | None, tmp_path: Path) -> None:
    with open_room() as room:
        furnish({}, room=room)
        (room / "kernel.json").write_text('{"key": "secret"}')
        (room / "tmp" / "mine").write_text("mine")
        assert attack(tmp_path, f"room = {str(room)!r}", READ, parent=parent) == "[]\n"


#: Looks for a word in what the system tells of every process.
SEARCH = """import glob
hits = []
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        hits += [path] * (WORD.swapcase().encode() in open(path, "rb").read())
    except OSError:
        pass
print(hits)"""


def test_no_notebook_finds_a_credential_in_another_process(
    parent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "topsecret42")
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env={"AWS_SECRET_ACCESS_KEY": "topsecret42"}) as press:
        assert attack(tmp_path, "WORD = 'TOPSECRET42'", SEARCH, parent=parent) == "[]\n"
        press.kill()


def test_no_worker_and_no_warm_parent_has_a_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Path
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "topsecret42")
    with Pool(2, data=small, environment=name_environment(data=small)):
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        told = [Path("/proc", child, "environ").read_bytes() for child in children]
    assert len(told) >= 3 and not any(b"topsecret42" in environment for environment in told)


#: Leaves something in every kind of memory that processes share, and says what it finds there.
LEAVE = """import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
found = [name for name in os.listdir("/dev/shm") if name == "left"]
found += ["segment"] * (libc.shmget(4242, 8, 0) >= 0) + ["queue"] * (libc.mq_open(b"/left", 0) >= 0)
open("/dev/shm/left", "w").write("left")
libc.shmget(4242, 8, 0o1666)
libc.mq_open(b"/left", 0o102, 0o666, None)
print(found)"""


def test_nothing_that_a_notebook_shares_outlives_it(parent: int | None, tmp_path: Path) -> None:
    assert [attack(tmp_path, LEAVE, parent=parent) for _ in range(2)] == ["[]\n", "[]\n"]
    assert not Path("/dev/shm/left").exists()


HEARD = """import socket
heard = socket.socket(socket.AF_UNIX)
heard.settimeout(5)
try:
    heard.connect("\\0briefing-test")
    print("heard")
except PermissionError:
    print("nothing")"""


def test_no_notebook_reaches_a_socket_without_a_path(warm: int, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("\0briefing-test")
        listening.listen()
        assert attack(tmp_path, HEARD, parent=warm) == "nothing\n"


def test_processes_that_a_notebook_forks_still_share_memory_and_locks(parent: int | None, tmp_path: Path) -> None:
    cell = "import multiprocessing as m\nwith m.get_context('fork').Pool(2) as p: print(p.map(abs, [-1, -2]))"
    assert attack(tmp_path, cell, "!echo told", parent=parent) == "[1, 2]\ntold\r\n"

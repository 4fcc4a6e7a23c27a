"""Disks that are full, folders that cannot be written, caches that are damaged."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import BRIEFING, GOOD, call, environment, half_files, pages, write_cells

#: Lets no file grow beyond a number of bytes.
NO_LARGER = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"

#: Drops what lets root write everywhere (PR_CAPBSET_DROP of two capabilities), so that a process is like any other.
LIKE_OTHERS = "import ctypes\nfor override in (1, 2): ctypes.CDLL(None).prctl(24, override, 0, 0, 0)"


@pytest.fixture(autouse=True)
def other_page(root: Path) -> None:
    """Let the notebook make another page, and a larger one."""
    write_cells(root, *GOOD, "Prose(text=('And more. ' * 30_000,))")


def test_a_file_that_may_not_grow_leaves_the_last_good_page(root: Path) -> None:
    good = pages(root)
    room = 200_000  # enough for what a build needs, too little for the new page
    told = call(root, "build", under=NO_LARGER.format(room))
    assert told.returncode == 1 and "a page is published whole or not at all. Make room" in told.stderr
    assert pages(root) == good and half_files(root) == []


def mounting() -> list[str] | None:
    """Give the command under which a file system can be mounted for oneself alone; ``None`` where none does."""
    for command in (["unshare", "-m"], ["unshare", "-rm"]):
        if not shutil.which(command[0]):
            return None
        trial = [*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return command
    return None


def test_a_full_disk_leaves_the_last_good_page(root: Path) -> None:
    command = mounting()
    if command is None:
        pytest.skip("this machine lets nobody mount a small disk; the test above stands for it")
    good = pages(root)
    (root / "reports").rename(root / "before")
    (root / "reports").mkdir()
    script = f"""mount -t tmpfs -o size=300k tmpfs reports && cp -a before/. reports/
{shlex.quote(BRIEFING)} build; code=$?
cp -a reports/. {shlex.quote(str(root / "after"))}; exit $code"""
    (root / "after").mkdir()
    told = subprocess.run(
        [*command, "sh", "-c", script], cwd=root, env=environment(root), capture_output=True, text=True, check=False
    )
    (root / "reports").rmdir()
    (root / "after").rename(root / "reports")
    assert told.returncode == 1 and "No space left on device; a page is published whole" in told.stderr
    assert pages(root) == good and half_files(root) == []


def test_a_full_temporary_folder_is_told(root: Path) -> None:
    good = pages(root)
    told = call(root, "build", under=NO_LARGER.format(300))
    assert told.returncode == 1 and "Traceback" not in told.stderr
    assert "cannot be copied" in told.stderr and "TMPDIR" in told.stderr
    assert pages(root) == good and half_files(root) == []


def test_a_folder_that_cannot_be_written_leaves_the_last_good_page(root: Path) -> None:
    good = pages(root)
    folders = [root / "reports", *(path for path in (root / "reports").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    told = call(root, "build", under=LIKE_OTHERS)
    for folder in folders:
        folder.chmod(0o755)
    assert told.returncode == 1 and "Permission denied" in told.stderr and "--out" in told.stderr
    assert "Traceback" not in told.stderr
    assert pages(root) == good and half_files(root) == []


def test_a_reports_folder_that_cannot_be_made_is_told(root: Path) -> None:
    (root / "closed").mkdir(mode=0o555)
    told = call(root, "build", "--out", "closed/reports", under=LIKE_OTHERS)
    assert told.returncode == 1 and told.stderr.count("\n") == 1 and "Permission denied" in told.stderr


def truncate(content: bytes) -> bytes:
    return content[: len(content) // 2]


def scribble(content: bytes) -> bytes:
    """Change one letter in every forty: what was JSON may be JSON still."""
    return bytes(byte ^ 1 if at % 40 == 20 and byte > 64 else byte for at, byte in enumerate(content))


def forge(content: bytes) -> bytes:
    """Write values that are well formed, and other than anything that the press writes."""
    try:
        return json.dumps({name: [7] for name in json.loads(content)}).encode()
    except ValueError:
        return b"{}"


@pytest.mark.parametrize(
    "damage", [scribble, *(pytest.param(way, marks=pytest.mark.long) for way in (truncate, forge, lambda content: b""))]
)
def test_a_damaged_cache_is_made_anew(root: Path, damage: Callable[[bytes], bytes]) -> None:
    write_cells(root, *GOOD)
    good = pages(root)
    for path in (root / "reports" / ".press").rglob("*"):
        if path.is_file() and path.name != "lock":  # a lock that holds words is another's, and is refused
            path.write_bytes(damage(path.read_bytes()))
    assert call(root, "status").returncode == 0
    told = call(root, "build")
    assert told.returncode == 0, told.stderr
    assert pages(root) == good and half_files(root) == []
    assert list((root / "tmp").iterdir()) == []

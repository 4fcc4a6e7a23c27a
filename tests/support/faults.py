"""A small press in a folder of its own, driven by the real command line, for tests of what goes wrong."""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from norway import ROWS, write_dossier
from notebooks import notebook_text

BRIEFING = str(Path(sys.executable).with_name("briefing"))

#: How many seconds a test waits for whatever it waits for; a busy machine takes a few.
PATIENCE = 300

#: What every notebook here may be asked.
ASKED = 'as_of: "date" = "2031-04-12"\nwho: "actor" = "minister"'
READ = "import briefing as b\nd = b.read_dossier(as_of=as_of)"
SAY = "from briefing.blocks.blocks import Prose\nsaid = d.where('quotes', speaker_id=who)['text']"
GOOD = (READ, SAY, "Prose(text=(f'{who} said: ', ' / '.join(said) or 'nothing.'))")


def lay_out(root: Path, *, who: str = '["minister", "norway"]') -> Path:
    """Lay out a dossier, a notebook and a catalog of two editions; give their folder."""
    write_dossier(root / "data", ROWS)
    write_cells(root, *GOOD)
    write_catalog(root, f'[[briefing]]\nnotebook = "tiny"\nwho = {who}\n')
    give_room(root)
    return root


def give_room(root: Path) -> None:
    """Give a press a temporary folder of its own, in which sockets have short names: those of tests lie too deep."""
    (root / "tmp").unlink(missing_ok=True)
    (root / "tmp").symlink_to(tempfile.mkdtemp(prefix="press-", dir="/tmp"))


def write_cells(root: Path, *cells: str, name: str = "tiny") -> None:
    """Write a notebook anew."""
    (root / "notebooks").mkdir(exist_ok=True)
    (root / "notebooks" / f"{name}.ipynb").write_text(notebook_text(*cells, parameters=ASKED), encoding="utf-8")


def write_catalog(root: Path, text: str) -> None:
    """Write the catalog anew."""
    (root / "notebooks" / "briefings.toml").write_text(text, encoding="utf-8")


def environment(root: Path) -> dict[str, str]:
    """Give an environment by which every process of a build is known: its temporary folder lies in the press's own."""
    return {**os.environ, "TMPDIR": str((root / "tmp").resolve()), "NO_COLOR": "1", "PYTHONFAULTHANDLER": "1"}


def keeps_fences() -> bool:
    """Whether this system keeps a fence around kernels: Linux does, where it has Landlock."""
    return sys.platform == "linux" and ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


@contextmanager
def start(root: Path, *arguments: str, under: str = "") -> Iterator[subprocess.Popen[str]]:
    """Start the command line in the folder, under what some lines of Python set; what still runs in the end is killed.

    They are not given to Popen as `preexec_fn`, which would run them in a fork of a process of many threads: where one
    of those holds a lock at that moment, the fork waits for ever, and Popen for the fork.
    """
    limits = [sys.executable, "-c", f"import os, sys\n{under}\nos.execv(sys.argv[1], sys.argv[1:])"] if under else []
    told: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*limits, BRIEFING, *arguments], cwd=root, env=environment(root), **told) as process:
        try:
            yield process
        finally:
            process.kill()


def call(root: Path, *arguments: str, under: str = "") -> subprocess.CompletedProcess[str]:
    """Call the command line in the folder, and wait for it."""
    with start(root, *arguments, under=under) as process:
        told, complained = finish(process)
    return subprocess.CompletedProcess(process.args, process.returncode, told, complained)


def finish(process: subprocess.Popen[str], *, seconds: float = PATIENCE) -> tuple[str, str]:
    """Wait for a process, and give what it said; one that does not end is made to tell where each thread is."""
    try:
        return process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        told, complained = process.communicate(timeout=60)
    raise AssertionError(f"{process.args} did not end in {seconds} s:\n{told}\n{complained}")


def pages(root: Path) -> dict[str, bytes]:
    """Give the front page and every page by its address; those are left out that tell of them, or of failures."""
    out, others = root / "reports", (".failed.html", "latest.html", "search.html", "corrections.html")
    found = [path for path in sorted(out.rglob("*.html")) if not path.name.endswith(others) and ".." not in path.name]
    return {str(path.relative_to(out)): path.read_bytes() for path in found if not path.name.startswith(".")}


def half_files(root: Path) -> list[str]:
    """List what lies under the reports folder and is not whole."""
    return [str(path) for path in (root / "reports").rglob("*") if path.is_file() and not _is_whole(path)]


def _is_whole(path: Path) -> bool:
    content = path.read_bytes()
    if path.suffix == ".html":
        return content.endswith(b"</html>\n") or content.rstrip().endswith(b"</html>")
    if path.suffix == ".json":
        return isinstance(json.loads(content), Mapping)
    if path.suffix == ".gz":
        return bool(gzip.decompress(content))
    return not path.name.endswith(".part")


def processes(root: Path, *, of: str = "") -> list[int]:
    """Give the processes of a build in the folder; `of` is what their command line must hold."""
    found = []
    place = (root / "tmp").resolve()
    marks = (f"{root}/".encode(), f"{place}/".encode(), f"TMPDIR={place}\0".encode())
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit():
                continue
            command = (entry / "cmdline").read_bytes()
            is_mine = any(mark in command + (entry / "environ").read_bytes() for mark in marks)
            if is_mine and of.encode() in command:
                found.append(int(entry.name))
        except OSError:
            continue
    return sorted(found)


def wait_until(is_so: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Wait until something is so, and give it; this is no assertion on time, but an end to waiting."""
    ends = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < ends:
        time.sleep(0.01)
    assert found, "it never came to be"
    return found

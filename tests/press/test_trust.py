"""Trust: nothing listens, nothing is unpickled, no data are evaluated."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from faults import GOOD, finish, lay_out, processes, start, wait_until, write_cells

SRC = Path(__file__).parent.parent.parent / "src"

WAIT = "import pathlib, time\nwhile pathlib.Path('../wait').exists(): time.sleep(0.02)"


def test_nothing_of_a_build_listens_on_a_port(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    write_cells(root, *GOOD, WAIT)
    (root / "wait").touch()
    with start(root, "build", "--jobs", "2") as build:
        wait_until(lambda: len(processes(root)) == 6)  # the build, its warm parent, two workers, their kernels
        wait_until(lambda: list((root / "tmp").glob("briefing-*/socket-5")))
        listening = listeners(processes(root))
        (root / "wait").unlink()
        finish(build)
    assert listening == [] and build.returncode == 0


def listeners(pids: list[int]) -> list[str]:
    """Give the TCP and UDP sockets that processes hold open to others."""
    held = set()
    for pid in pids:
        for entry in Path("/proc", str(pid), "fd").iterdir():
            try:
                held.add(str(entry.readlink()))
            except OSError:
                continue
    lines = [line.split() for name in ("tcp", "tcp6", "udp", "udp6") for line in _lines(Path("/proc/net", name))]
    return [line[1] for line in lines if f"socket:[{line[9]}]" in held and line[3] in ("0A", "07")]


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()[1:] if path.exists() else []


#: What turns bytes into objects or code.
FORBIDDEN = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}


def names_in(path: Path) -> set[str]:
    """Give what a module imports, and the built-in functions that it calls."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).split(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(f"{node.func.id}()")
    return found


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: str(path.relative_to(SRC)))
def test_nothing_is_unpickled_and_nothing_is_evaluated(path: Path) -> None:
    assert not names_in(path) & (FORBIDDEN | {"eval()", "exec()", "compile()", "__import__()"})

"""The digests of code: whatever can change a page is in one of them, read from the imports themselves."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import briefing
from briefing.editions import fingerprint as digest

SRC = Path(briefing.__file__).parent.parent

#: Where a run begins: the worker's side, the engine that papermill is given, and the processes that kernels live in.
RUN = (
    "briefing.engine.run",
    "briefing.engine.engine",
    "briefing.engine.kernel",
    "briefing.engine.forkserver",
    "briefing.vocabulary",
)
#: Where a page begins: the renderer, nbconvert's exporter, and the worker that renders.
PAGE = ("briefing.page.render", "briefing.page.exporter", "briefing.press.orders")


def file_of(module: str) -> Path | None:
    """Find the file of a module of ours."""
    path = SRC.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def imports_of(file: Path) -> set[str]:
    """Give every name of ours that a file imports, at its top or inside a function."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    assert not any(node.level for node in froms), f"{file}: a relative import; this test does not follow it"
    names |= {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
    return {name for name in names if name.split(".")[0] == "briefing"}


def reach(*modules: str) -> set[Path]:
    """Give the files of ours that importing modules can bring in, packages around them included."""
    reached: set[Path] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        file = file_of(module)
        if "." in module:
            waiting.append(module.rpartition(".")[0])
        if file and file not in reached:
            reached.add(file)
            waiting += imports_of(file)
    return reached


def names(files: set[Path]) -> list[str]:
    return sorted(str(file.relative_to(SRC)) for file in files)


def test_every_module_that_a_run_reaches_is_in_the_digest_of_runs() -> None:
    assert names(reach(*RUN) - set(digest.list_code()[0])) == [], "list it in RUNNING"


def test_every_module_that_a_page_reaches_is_in_a_digest() -> None:
    running, drawing = digest.list_code()
    assert names(reach(*PAGE) - {*running, *drawing}) == [], "take it out of BESIDE"


def test_the_walk_finds_what_a_render_really_imports() -> None:
    script = "import sys, briefing.press.orders as w; w.warm_up(); print(*(m.__file__ for n, m in sys.modules.items()"
    script += " if n.split('.')[0] == 'briefing'), sep='\\n')"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = {Path(line) for line in told.splitlines()}
    assert len(loaded) > 50
    assert names(loaded - reach(*PAGE, *RUN)) == []


@pytest.mark.parametrize("name", ["press/tame.py", "press/leaf.py", "press/drawing.py", "press/page/svg.py"])
def test_what_draws_a_page_is_in_the_digest_of_pages(name: str) -> None:
    assert SRC / "briefing" / name in digest.list_code()[1]


def test_a_file_is_listed_as_running_or_as_beside_and_is_there() -> None:
    listed = [*digest.RUNNING, *digest.BESIDE]
    assert len(set(listed)) == len(listed)
    assert [name for name in listed if not (SRC / "briefing" / "press" / name).is_file()] == []


@pytest.mark.parametrize(("name", "is_other"), [("tame.py", True), ("surroundings.py", True), ("publish.py", False)])
def test_a_changed_file_is_another_tool_where_it_can_change_a_page(tmp_path: Path, name: str, is_other: bool) -> None:
    ours = tmp_path / "briefing"
    shutil.copytree(SRC / "briefing", ours, ignore=shutil.ignore_patterns("__pycache__"))
    before = digest_of_code(tmp_path)
    with (ours / "press" / name).open("a") as file:
        file.write("\n# another\n")
    assert (digest_of_code(tmp_path) != before) == is_other


def digest_of_code(home: Path) -> str:
    """Give the digest of the code of a copy of this package."""
    script = "from briefing.press import digest; print(digest.list_tools()['briefing'])"
    asked = [sys.executable, "-c", script]
    return subprocess.run(asked, cwd=home, capture_output=True, text=True, check=True).stdout

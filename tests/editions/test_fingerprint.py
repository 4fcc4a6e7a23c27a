"""What a page is made from: whatever can change it is in a digest.

Of code that is read from the imports themselves; of a notebook it is tried, one thing at a time.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing.editions import fingerprint
from briefing.editions.catalog import make_edition, pick_briefing
from briefing.editions.fingerprint import digest_notebook

SRC = Path(briefing.__file__).parent.parent

#: Where a run begins: the worker's side, the engine that papermill is given, and the processes that kernels live in.
RUN = (
    "briefing.engine.run",
    "briefing.engine.engine",
    "briefing.engine.kernel",
    "briefing.engine.forkserver",
    "briefing",
)
#: Where a page begins: the proof that the press orders, and nbconvert's exporter.
PAGE = ("briefing.page.proof", "briefing.page.exporter")


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
    return {name for name in names if name.split(".")[0] == "briefing"} | imports_in_stub(file.with_suffix(".pyi"))


def imports_in_stub(stub: Path) -> set[str]:
    """Give what the vocabulary brings in when a verb is asked for: its stub, not its code, says from where."""
    nodes = ast.walk(ast.parse(stub.read_text(encoding="utf-8"))) if stub.is_file() else ()
    return {
        f"briefing.{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


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
    assert SRC / "briefing" / "charts" / "wholes.py" in reach(*RUN)
    assert names(reach(*RUN) - set(fingerprint.list_code()[0])) == [], "take it out of DRAWN_BY or BESIDE"


def test_every_module_that_a_page_reaches_is_in_a_digest() -> None:
    running, drawing = fingerprint.list_code()
    assert names(reach(*PAGE) - {*running, *drawing}) == [], "take it out of BESIDE"


def test_the_press_renders_nothing_itself() -> None:
    page = SRC / "briefing" / "page"
    orders = {name for name in imports_of(SRC / "briefing" / "press" / "orders.py") if name.startswith("briefing.page")}
    assert orders == {
        "briefing.page.proof.make_proof", "briefing.page.ahead.start_ahead", "briefing.page.drawer.Drawer"
    }  # fmt: skip
    assert page / "proof.py" in fingerprint.list_code()[1]


def test_the_walk_finds_what_a_render_really_imports() -> None:
    script = "import sys, briefing.page.proof; print(*(m.__file__ for n, m in sys.modules.items()"
    script += " if n.split('.')[0] == 'briefing'), sep='\\n')"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = {Path(line) for line in printed.splitlines()}
    assert len(loaded) > 50
    assert names(loaded - reach(*PAGE, *RUN)) == []


def test_a_room_is_whole_in_one_digest_or_in_none() -> None:
    rooms = {path.name for path in (SRC / "briefing").iterdir() if path.is_dir()}
    assert set(fingerprint.DRAWN_BY) < rooms
    assert not {place for place in (*fingerprint.DRAWN_BY, *fingerprint.BESIDE) if "/" in place}


@pytest.mark.parametrize("name", ["page/tame.py", "page/assets/page.js", "page/templates/briefing/index.html.j2"])
def test_what_draws_a_page_is_in_the_digest_of_pages(name: str) -> None:
    assert SRC / "briefing" / name in fingerprint.list_code()[1]


@pytest.mark.parametrize(
    ("name", "is_other"), [("page/tame.py", True), ("engine/environment.py", True), ("press/publish.py", False)]
)
def test_a_changed_file_is_another_tool_where_it_can_change_a_page(tmp_path: Path, name: str, is_other: bool) -> None:
    ours = tmp_path / "briefing"
    shutil.copytree(SRC / "briefing", ours, ignore=shutil.ignore_patterns("__pycache__"))
    before = digest_of_code(tmp_path)
    with (ours / name).open("a") as file:
        file.write("\n# another\n")
    assert (digest_of_code(tmp_path) != before) == is_other


def digest_of_code(home: Path) -> str:
    """Give the digest of the code of a copy of this package."""
    script = "from briefing.editions import fingerprint; print(fingerprint.list_tools()['briefing'])"
    asked = [sys.executable, "-c", script]
    return subprocess.run(asked, cwd=home, capture_output=True, text=True, check=True).stdout


PICTURE = {"map.png": {"image/png": "iVBORw0KGgo="}}
CELL: dict[str, Any] = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Is it so?"}
DECLARES = CELL | {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "window: int = 90"}
ASKED = CELL | {"cell_type": "code", "metadata": {"tags": ["injected-parameters"]}, "source": "window = 30"}


def digest_of(*cells: dict[str, Any], **metadata: Any) -> str:
    return digest_notebook({"cells": list(cells), "metadata": metadata})


@pytest.mark.parametrize(
    "changed",
    [
        {"source": "# Is it not so?"},
        {"cell_type": "raw"},
        {"attachments": PICTURE},
        {"metadata": {"language": "be"}},
        {"metadata": {"alt": "A map"}},
        {"metadata": {"tags": ["hide-output"]}},
    ],
    ids=["source", "kind", "attachments", "language", "alt", "tags"],
)
def test_whatever_of_a_cell_can_change_a_page_is_in_the_notebooks_digest(changed: dict[str, Any]) -> None:
    assert digest_of(CELL | changed) != digest_of(CELL)


def test_another_picture_under_the_same_name_is_another_notebook() -> None:
    other = {"map.png": {"image/png": "iVBORw0KGgp="}}
    assert digest_of(CELL | {"attachments": other}) != digest_of(CELL | {"attachments": PICTURE})


def test_the_language_of_a_notebook_is_in_its_digest() -> None:
    assert digest_of(CELL, briefing={"language": "uk"}) != digest_of(CELL)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "b"},
        {"source": ["# Is it ", "so?"]},
        {"outputs": [{"output_type": "stream", "text": "1"}], "execution_count": 3},
        {"metadata": {"collapsed": True, "papermill": {"status": "completed"}, "tags": []}},
        {"metadata": {"tags": None, "language": ""}},
        {"attachments": {}},
    ],
    ids=["id", "lines", "outputs", "notes of a run", "null", "no attachments"],
)
def test_what_changes_no_page_is_not_in_the_notebooks_digest(changed: dict[str, Any]) -> None:
    assert digest_of(CELL | changed) == digest_of(CELL)


def test_what_a_run_was_asked_is_no_part_of_a_notebook_that_declares_it() -> None:
    assert digest_of(DECLARES, ASKED, CELL) == digest_of(DECLARES, CELL)
    assert digest_of(ASKED, CELL) != digest_of(CELL), "no run would put another in its place"


def test_a_plan_and_a_page_give_one_answer(tmp_path: Path) -> None:
    (path := tmp_path / "tiny.ipynb").write_text(json.dumps({"cells": [DECLARES, CELL], "nbformat": 4}))
    edition = make_edition(pick_briefing(path), {}, data=None)
    inputs = fingerprint.list_inputs(edition, path.read_text())
    making = fingerprint.describe_making({"cells": [DECLARES, ASKED, CELL]})
    told = (inputs.run["notebook"], inputs.run["library"], inputs.page["template"])
    assert told == (making["notebook"], making["code"], making["template"])
    assert making["versions"].items() <= {**inputs.run, **inputs.page}.items()

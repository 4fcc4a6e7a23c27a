"""The notebooks of this house, run by the real engine; a run that several tests ask for is made once."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import nbformat
import pytest
from faults import PATIENCE
from filelock import FileLock
from nbformat import NotebookNode

from briefing.engine.environment import name_environment
from briefing.engine.launcher import WarmParent
from briefing.engine.run import run_notebook
from briefing.page.exporter import render_page

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = ROOT / "notebooks"
NAMES = tuple(sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")))
DAY = "2022-12-19"


def run(name: str, data: Path, *, named: Mapping[str, str] = {}, **asked: object) -> NotebookNode:
    """Run a notebook with other rows than it names, where asked."""
    source = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    for here, there in named.items():
        assert here in source
        source = source.replace(f'\\"{here}\\"', f'\\"{there}\\"')
    environment = name_environment(data=data)
    return run_notebook(source, asked, folder=NOTEBOOKS, environment=environment, name=name, parent=warm_channel())


@cache
def warm_channel() -> int:
    """Start a warm parent, as a build does, and give its channel: one serves all notebooks that a worker runs."""
    parent = WarmParent(data=None, environment=os.environ)
    atexit.register(parent.close)
    assert parent.is_warm()
    return parent.orders


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., NotebookNode]:
    """Give a function that gives a notebook of the shipped dossier as run for a day: once, however many workers."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine if worker_id == "master" else mine.parent) / "ran"  # the workers of one run share it; no two runs do
    folder.mkdir(exist_ok=True)

    def find(name: str, day: str = DAY) -> NotebookNode:
        path = folder / f"{name}-{day}.ipynb"
        with FileLock(path.with_suffix(".lock"), timeout=PATIENCE):
            if not path.exists():
                nbformat.write(run(name, ROOT / "data", as_of=day), path)
            return nbformat.read(path, as_version=4)

    return find


@pytest.fixture(scope="session")
def real(ran: Callable[..., NotebookNode], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give a function that gives a notebook's page for `DAY`, made once a worker."""
    folder = tmp_path_factory.mktemp("pages")

    def find(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(render_page(ran(name), name=name, edition=f"{name}/{DAY}"), encoding="utf-8")
        return path

    return find

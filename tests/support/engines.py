"""Notebooks that know nothing of this package, run by papermill through the engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import papermill
from faults import PATIENCE
from nbformat import NotebookNode
from notebooks import notebook_text
from papermill.exceptions import PapermillExecutionError


def write(folder: Path, *cells: str, tags: dict[int, str] | None = None, parameters: str | None = None) -> Path:
    """Write ``any.ipynb``; `tags` gives the cell of that number, from 0, a tag."""
    told = json.loads(notebook_text(*cells, parameters=parameters))
    mine = told["cells"][-len(cells) :]
    for at, tag in (tags or {}).items():
        mine[at]["metadata"]["tags"] = [tag]
    path = folder / "any.ipynb"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def run(path: Path, values: dict[str, Any] | None = None, **options: Any) -> NotebookNode:
    """Run a notebook as any caller of papermill's does; ``out.ipynb`` is written beside it.

    It has a time limit, which it has not by itself: a cell that forks a process with threads may wait for ever.
    """
    options = {"time_limit": PATIENCE} | options
    out = path.with_name("out.ipynb")
    return papermill.execute_notebook(
        str(path), str(out), parameters=values, engine_name="briefing", progress_bar=False, **options
    )


def fail(path: Path, **options: Any) -> PapermillExecutionError:
    """Run a notebook that fails, and give papermill's error."""
    try:
        run(path, **options)
    except PapermillExecutionError as error:
        return error
    raise AssertionError("the notebook did not fail")


def printed(notebook: NotebookNode, name: str = "stdout") -> str:
    """Give what all cells wrote to a stream."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.text for output in outputs if output.get("name") == name)


def shown(cell: NotebookNode) -> list[str]:
    """Give what a cell left, as text."""
    return [str(output.get("text") or output.get("data", {}).get("text/plain")) for output in cell.outputs]

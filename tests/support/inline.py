"""Notebooks of this house run here, without a kernel: quick enough for a hundred dossiers in a minute."""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from real import NOTEBOOKS

from briefing.dossier.files import DATA_VARIABLE


def run_inline(name: str, data: Path, *, named: Mapping[str, str] = {}, **asked: object) -> NotebookNode:
    """Run the code of a notebook in this process, over a dossier; each cell shows what its last line gives."""
    source = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    for here, there in named.items():
        source = source.replace(f'\\"{here}\\"', f'\\"{there}\\"')
    notebook = nbformat.reads(source, as_version=4)
    names: dict[str, Any] = {}
    before = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(data)
    try:
        for at, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
            shown = _run_cell(cell.source, names)
            if "parameters" in cell.metadata.get("tags", ()):
                names |= asked
            cell.execution_count = at
            cell.outputs = [] if shown is None else [new_output("execute_result", _bundle(shown), execution_count=at)]
    finally:
        os.environ.pop(DATA_VARIABLE) if before is None else os.environ.update({DATA_VARIABLE: before})
    return notebook


def _bundle(shown: Any) -> dict[str, Any]:
    made = shown._repr_mimebundle_()
    return dict(made[0] if isinstance(made, tuple) else made)


def _run_cell(code: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if isinstance(last, ast.Expr) else None

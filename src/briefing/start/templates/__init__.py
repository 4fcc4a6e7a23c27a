"""The files with which a dossier begins, and how what a dossier is called is written into them.

``[[name]]`` in a template stands for what is said in its place: as it is in Markdown, as a literal in TOML and Python.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from briefing.editions.cells import CellJson, source_of

_FOLDER = Path(__file__).parent


def list_notebooks() -> list[str]:
    """List the notebooks with which a dossier begins, by name."""
    return sorted(path.stem for path in (_FOLDER / "notebooks").glob("*.ipynb"))


def read_template(name: str, said: Mapping[str, str] | None = None) -> bytes:
    """Read a template, with what is said in the places that it names."""
    write = _literal if name.endswith(".toml") else str
    filled = {place: write(text) for place, text in (said or {}).items()}
    return _fill((_FOLDER / name).read_text(encoding="utf-8"), filled).encode()


def fill_notebook(name: str, *, question: str) -> bytes:
    """Give a notebook that asks a question."""
    notebook = json.loads((_FOLDER / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [_fill_cell(cell, question) for cell in notebook["cells"]]
    metadata = notebook["metadata"] | {"title": _fill(notebook["metadata"]["title"], {"question": question})}
    filled = notebook | {"cells": cells, "metadata": metadata}
    return (json.dumps(filled, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _fill_cell(cell: CellJson, question: str) -> CellJson:
    said = _literal(question)[1:-1] if cell["cell_type"] == "code" else question
    return cell | {"source": _fill(source_of(cell), {"question": said}).splitlines(keepends=True)}


def _fill(text: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        text = text.replace(f"[[{name}]]", value)
    return text


def _literal(text: str) -> str:
    """Write a text between quotation marks as Python and TOML both read it; it holds no character out of sight."""
    return json.dumps(text, ensure_ascii=False)

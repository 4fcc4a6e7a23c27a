"""Numbers of cells: the one place that counts them, as an editor shows the notebook to its author, from 1.

A run puts a cell of parameters into the notebook that its author never wrote. It is not counted: what goes wrong in it
is told of the cell before it, which declares them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from briefing.errors import NotebookError

#: The tag of the cell that papermill puts in.
INJECTED = "injected-parameters"


def number_cells(cells: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Give the cells of a notebook, run or not, each with its number.

    Examples
    --------
    >>> cells = [{"metadata": {"tags": tags}} for tags in (["parameters"], ["injected-parameters"], [])]
    >>> [number for number, _ in number_cells(cells)]
    [1, 1, 2]
    """
    number = 0
    for cell in cells:
        number += not is_injected(cell)
        yield number, cell


def is_injected(cell: Mapping[str, Any]) -> bool:
    """Whether a cell was put in by a run."""
    return INJECTED in (cell.get("metadata", {}).get("tags") or ())


def read_text(path: Path) -> str:
    """Read a notebook's text.

    Raises
    ------
    NotebookError
        Where there is no such file, or it is no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotebookError(f"{path}: {error.strerror}; a briefing is a notebook. Check the name.") from None
    except ValueError:
        raise _no_notebook(str(path)) from None


def parse_cells(text: str, *, where: str) -> list[dict[str, Any]]:
    """Read the cells in a notebook's text as plain values; no Jupyter is imported for it.

    Examples
    --------
    >>> parse_cells('{"cells": [{"cell_type": "markdown", "source": ["# Is it ", "so?"]}]}', where="tiny.ipynb")
    [{'cell_type': 'markdown', 'source': '# Is it so?'}]
    """
    try:
        return [cell | {"source": "".join(cell["source"])} for cell in json.loads(text)["cells"]]
    except (ValueError, KeyError, TypeError):
        raise _no_notebook(where) from None


def _no_notebook(where: str) -> NotebookError:
    rule = "a notebook is a file of Jupyter's format 4"
    return NotebookError(f"{where}: is not a notebook; {rule}. Open it in JupyterLab and save it.")

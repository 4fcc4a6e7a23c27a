"""A notebook's cells: their numbers, tags, source and metadata, read here and nowhere else.

Cells are numbered as an editor shows the notebook to its author, from 1. A run puts a cell of parameters into the
notebook that its author never wrote. It is not counted: what goes wrong in it is told of the cell before it, which
declares them.

Whoever saves a notebook may leave out what the format does not demand, or write ``null`` for it; both mean nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from briefing.errors import NotebookError

#: A cell of a notebook, or the whole, as its file has it.
CellJson: TypeAlias = dict[str, Any]

#: The tag of the cell that declares the parameters, and that of the cell in which papermill puts what was asked.
PARAMETERS, INJECTED = "parameters", "injected-parameters"


def number_cells(cells: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Give the cells of a notebook, run or not, each with its number."""
    number = 0
    for cell in cells:
        number += not is_injected(cell)
        yield number, cell


def is_injected(cell: Mapping[str, Any]) -> bool:
    """Whether a cell was put in by a run."""
    return INJECTED in tags_of(cell)


def tags_of(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the tags of a cell, in the order in which it has them."""
    tags = metadata_of(cell).get("tags")
    return tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()


def note_in(cell: Mapping[str, Any], name: str) -> str:
    """Give what a cell's metadata says under a name, such as ``language`` or ``alt``; empty where it says nothing.

    Examples
    --------
    >>> note_in({"metadata": {"language": "be"}}, "language")
    'be'
    """
    return str(metadata_of(cell).get(name) or "")


def source_of(cell: Mapping[str, Any]) -> str:
    """Give the source of a cell as one text; a file may hold it in lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def metadata_of(cell_or_notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the metadata of a cell or a notebook; empty where there is none."""
    metadata = cell_or_notebook.get("metadata")
    return metadata if isinstance(metadata, Mapping) else {}


def language_of(notebook: Mapping[str, Any]) -> str:
    """Give the language in which a notebook is written: ``"briefing": {"language": "uk"}`` in its metadata, or English.

    Examples
    --------
    >>> language_of({"metadata": {"briefing": {"language": "uk"}}}), language_of({"cells": []})
    ('uk', 'en')
    """
    noted = metadata_of(notebook).get("briefing")
    return str(noted.get("language", "en")) if isinstance(noted, Mapping) else "en"


def read_text(path: Path) -> str:
    """Read a notebook's text.

    Raises `NotebookError` where there is no such file, or it is no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotebookError(f"{path}: {error.strerror}; a briefing is a notebook. Check the name.") from None
    except ValueError:
        raise _no_notebook(str(path)) from None


def parse_cells(text: str, *, where: str) -> list[CellJson]:
    """Read the cells in a notebook's text as plain values; no Jupyter is imported for it.

    Examples
    --------
    >>> parse_cells('{"cells": [{"cell_type": "markdown", "source": ["# Is it ", "so?"]}]}', where="tiny.ipynb")
    [{'cell_type': 'markdown', 'source': '# Is it so?'}]
    """
    cells: list[CellJson] = parse_notebook(text, where=where)["cells"]
    return cells


def parse_notebook(text: str, *, where: str) -> CellJson:
    """Read a notebook's text as plain values, each cell's source as one text.

    Raises `NotebookError` where it is not the text of a notebook.
    """
    try:
        notebook = json.loads(text)
        return {**notebook, "cells": [cell | {"source": source_of(cell)} for cell in notebook["cells"]]}
    except (ValueError, KeyError, TypeError):
        raise _no_notebook(where) from None


def _no_notebook(where: str) -> NotebookError:
    rule = "a notebook is a file of Jupyter's format 4"
    return NotebookError(f"{where}: is not a notebook; {rule}. Open it in JupyterLab and save it.")

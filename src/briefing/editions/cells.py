"""A notebook's cells: their numbers, tags, source and metadata, read here and nowhere else.

Cells are numbered as an editor shows the notebook to its author, from 1. A run puts a cell of parameters into the
notebook that its author never wrote. It is not counted: what goes wrong in it is told of the cell before it, which
declares them.

Whoever saves a notebook may leave out what the format does not demand, or write ``null`` for it; both mean nothing.
"""

from __future__ import annotations

import json
import re
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
    """Read a notebook's text; a mark of byte order before it is none of it.

    Raises `NotebookError` where there is no such file, or it is no text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotebookError(f"{path}: {error.strerror}; a briefing is a notebook. Check the name.") from None
    except ValueError:
        raise _no_notebook(str(path)) from None


def parse_cells(text: str, *, where: str) -> list[CellJson]:
    """Read the cells in a notebook's text as plain values, as far as they are cells; no Jupyter is imported for it.

    Examples
    --------
    >>> parse_cells('{"cells": [{"cell_type": "markdown", "source": ["# Is it ", "so?"]}]}', where="tiny.ipynb")
    [{'cell_type': 'markdown', 'source': '# Is it so?'}]
    """
    notebook = _load(text)
    try:
        cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    except (KeyError, TypeError):
        raise _no_notebook(where, *_flaws_of_notebook(notebook)[:1]) from None
    return [cell | {"source": source_of(cell)} for cell in cells if _is_text(cell.get("source"))]


def parse_notebook(text: str, *, where: str) -> CellJson:
    """Read a notebook's text as plain values, each cell's source as one text.

    Raises `NotebookError` where it is not the text of a notebook, or a cell is none: which one, the rule, the cure.
    """
    notebook = _load(text)
    if flaws := _flaws_of_notebook(notebook):
        raise _no_notebook(where, ", ".join(flaws[:5]))
    return {**notebook, "cells": [_settle(cell) for cell in notebook["cells"]]}


def settle_notebook(text: str, *, where: str) -> CellJson:
    """Read a notebook's text with all that a run wants of it, and the same ids each time, whatever its file leaves out.

    Examples
    --------
    >>> text = '{"metadata": null, "cells": [{"cell_type": "code", "id": "a", "source": "1"}] }'
    >>> settle_notebook(text, where="tiny.ipynb")["cells"][0]["outputs"]
    []
    """
    notebook = parse_notebook(text, where=where)
    taken: set[str] = set()
    for at, cell in enumerate(notebook["cells"], 1):
        cell |= {"metadata": {**metadata_of(cell), "tags": list(tags_of(cell))}, "id": _name_cell(cell, at, taken)}
        if cell["cell_type"] == "code":
            outputs, count = cell.get("outputs"), cell.get("execution_count")
            cell |= {"outputs": outputs if isinstance(outputs, list) else [], "execution_count": count}
    metadata = {name: noted for name, noted in metadata_of(notebook).items() if noted is not None}
    return {**notebook, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def list_flaws(text: str) -> list[str]:
    """List why a text is not that of a notebook; an empty list is good."""
    return _flaws_of_notebook(_load(text))


def _load(text: str) -> Any:
    """Read JSON, before which some programs write a mark of byte order; ``None`` where it is none."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _flaws_of_notebook(notebook: Any) -> list[str]:
    form = notebook.get("nbformat", 4) if isinstance(notebook, dict) else 0
    if type(form) is int and form != 4 and form > 0:
        return [f"is a notebook of format {form}"]
    if type(form) is not int or form != 4 or not isinstance(notebook.get("cells"), list):
        return ["is not a notebook"]
    cells = (cell if isinstance(cell, dict) else {} for cell in notebook["cells"])
    return [f"cell {number} {flaw}" for number, cell in number_cells(cells) if (flaw := _flaw_of(cell))]


def list_oddities(notebook: CellJson) -> list[str]:
    """List what a notebook leaves out that its format demands, and that is read as if it said nothing.

    Examples
    --------
    >>> list_oddities({"metadata": {}, "nbformat": 4, "nbformat_minor": 5, "cells": [{"cell_type": "markdown"}]})
    ['cell 1 has no metadata']
    """
    odd = [] if isinstance(notebook.get("metadata"), dict) else ["the notebook has no metadata"]
    odd += [] if "nbformat_minor" in notebook and "nbformat" in notebook else ["the notebook does not name its format"]
    for number, cell in number_cells(notebook["cells"]):
        noted = cell.get("metadata")
        odd += [] if isinstance(noted, dict) else [f"cell {number} has no metadata"]
        odd += [f"cell {number} has tags that are no list"] * (not isinstance(metadata_of(cell).get("tags", []), list))
        lacking = cell.get("cell_type") == "code" and not isinstance(cell.get("outputs"), list)
        odd += [f"cell {number} has no list of outputs"] * lacking
    return odd


_HALF = re.compile("[\ud800-\udfff]")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_TYPES = ("code", "markdown", "raw")


def _is_text(source: object) -> bool:
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _flaw_of(cell: CellJson) -> str:
    """Say why a cell is none; empty where it is one."""
    if cell.get("cell_type") not in _TYPES:
        return f"is of type {cell['cell_type']!r:.30}" if cell.get("cell_type") else "has no type"
    if not _is_text(cell.get("source")):
        return "has no source"
    if half := _HALF.search(source_of(cell)):
        return f"holds half a character, U+{ord(half[0]):04X}"
    if _HALF.search(json.dumps([cell.get("metadata"), cell.get("attachments")], ensure_ascii=False)):
        return "notes half a character"
    return ""


def _settle(cell: CellJson) -> CellJson:
    """Give a cell with its source as one text, and its attachments as pictures have them."""
    settled = cell | {"source": source_of(cell)}
    held = settled.pop("attachments", None)
    pictures = {
        name: {kind: "".join(content) for kind, content in kinds.items() if _is_text(content)}
        for name, kinds in (held.items() if isinstance(held, dict) else ())
        if isinstance(kinds, dict)
    }
    return settled | {"attachments": pictures} if pictures else settled


def _name_cell(cell: CellJson, at: int, taken: set[str]) -> str:
    """Give a cell's id, or one by its place where it has none, or another cell's."""
    name = cell.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name) or name in taken:
        name = next(made for n in range(len(taken) + 1) if (made := f"cell-{at}{'-' * n}") not in taken)
    taken.add(name)
    return name


def _no_notebook(where: str, what: str = "is not a notebook") -> NotebookError:
    rule = "a notebook is a file of Jupyter's format 4"
    return NotebookError(f"{where}: {what}; {rule}. Open it in JupyterLab and save it.")

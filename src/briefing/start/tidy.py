"""A tidy notebook: what its author wrote, and nothing that a run or an editor left in it.

Outputs are answers of yesterday, and a run's counters, clocks and versions make two saves of the same words differ. A
notebook that is tidy already keeps each of its bytes.

It is git's clean filter too, which must be quick and must lose nothing: nothing slow is imported here, and what cannot
be read and written again without loss is left as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.dossier.plain import read_plain, write_plain
from briefing.editions.cells import CellJson
from briefing.errors import NotebookError, UsageError

#: What editors and runs note of a whole notebook.
_NOTED_OF_ALL = ("papermill", "signature", "toc", "varInspector", "widgets")

#: What they note of a cell.
_NOTED_OF_CELL = ("ExecuteTime", "collapsed", "execution", "papermill", "scrolled", "trusted")

#: What a notebook of Python names as its kernel, whatever the machine calls it, and of its language.
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_LANGUAGE = {"name": "python"}


@dataclass(frozen=True, slots=True)
class Tidied:
    """A notebook's bytes as they are to be, and whether they were so before."""

    content: bytes
    is_tidy: bool


def tidy_notebook(content: bytes) -> Tidied:
    """Give a notebook without outputs, counters and what a run or an editor noted; what its author wrote stays.

    Raises `ValueError` with a few words where the bytes are no notebook that can be written again without loss.

    Examples
    --------
    >>> ran = b'{"cells": [{"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": "1"}]}'
    >>> tidied = tidy_notebook(ran)
    >>> tidied.is_tidy, b'"execution_count": null' in tidied.content
    (False, True)
    """
    notebook = _parse(content)
    tidied = _tidy(notebook)
    if tidied == notebook:
        return Tidied(content, True)
    try:
        text = json.dumps(tidied, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return Tidied(f"{text}\n".encode(), False)
    except UnicodeEncodeError:
        raise ValueError("holds half a character") from None


def tidy_file(path: Path, *, check: bool = False) -> bool:
    """Tidy a notebook's file, whole or not at all; give whether it was tidy before.

    `check` writes nothing. Raises `NotebookError` where the file cannot be read, or is no notebook; it stays as it is.
    """
    try:
        tidied = tidy_notebook(read_plain(path))
    except OSError as error:
        raise NotebookError(f"{path}: {error.strerror}; a briefing is a notebook. Check the name.") from None
    except ValueError as error:
        raise NotebookError(f"{path}: {tell_untidied(error)}") from None
    if not (tidied.is_tidy or check):
        write_plain(path.resolve(), tidied.content)
    return tidied.is_tidy


def tell_untidied(error: ValueError) -> str:
    """Say why a notebook was left as it is."""
    return f"{error}; a notebook is a file of Jupyter's format 4. It is left as it is; save it in JupyterLab."


def list_nearest() -> list[Path]:
    """List the notebooks of the nearest folder ``notebooks``, upwards of here.

    Raises `UsageError` where there is none.
    """
    here = Path.cwd()
    for place in (here, *here.parents):
        if listed := sorted((place / "notebooks").glob("*.ipynb")):
            return [path.relative_to(here) if path.is_relative_to(here) else path for path in listed]
    raise UsageError(f"no notebook near {here}; notebooks lie in a folder notebooks/. Name one.")


def _parse(content: bytes) -> CellJson:
    """Read a notebook so that nothing in it is lost or changed on the way."""
    try:
        text = content.decode("utf-8-sig")
        notebook = json.loads(text, object_pairs_hook=_take_once, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not JSON") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError("is not a notebook")
    if notebook.get("nbformat", 4) != 4:
        raise ValueError("is a notebook of another format")
    if not all(isinstance(cell, dict) for cell in notebook["cells"]):
        raise ValueError("has a cell that is none")
    return notebook


def _take_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Take the names of an object; a name that stands twice would be lost once."""
    taken = dict(pairs)
    if len(taken) < len(pairs):
        raise ValueError("holds a name twice")
    return taken


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"holds {name}, which is not JSON")


def _tidy(notebook: CellJson) -> CellJson:
    tidied = notebook | {"cells": [_tidy_cell(cell) for cell in notebook["cells"]]}
    noted = notebook.get("metadata")
    return tidied | {"metadata": _tidy_metadata(noted)} if isinstance(noted, dict) else tidied


def _tidy_metadata(noted: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in noted.items() if name not in _NOTED_OF_ALL}
    kernel, language = kept.get("kernelspec"), kept.get("language_info")
    if isinstance(kernel, dict) and kernel.get("name") == _KERNEL["name"]:
        kept["kernelspec"] = dict(_KERNEL)
        if isinstance(language, dict) and language.get("name") == _LANGUAGE["name"]:
            kept["language_info"] = dict(_LANGUAGE)
    return kept


def _tidy_cell(cell: CellJson) -> CellJson:
    tidied = dict(cell)
    if isinstance(noted := cell.get("metadata"), dict):
        tidied["metadata"] = _tidy_cell_metadata(noted)
    if cell.get("cell_type") == "code":
        tidied |= {"outputs": [], "execution_count": None}
    return tidied


def _tidy_cell_metadata(noted: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in noted.items() if name not in _NOTED_OF_CELL}
    view = kept.get("jupyter")
    if isinstance(view, dict) and "outputs_hidden" in view:  # how the author's own cell is folded stays
        kept["jupyter"] = {name: value for name, value in view.items() if name != "outputs_hidden"}
        kept = {name: value for name, value in kept.items() if name != "jupyter" or value}
    return kept

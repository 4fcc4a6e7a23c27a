"""Digests: everything that can change a page, in parts that a person can name.

A run is made from the notebook, what it is asked, the desk's code and the engine's, the packages that compute, and the
rows that it read. A page is made from a run, the press's code and template, and the packages that draw. Nothing here
imports any of them: a build that has nothing to do must find that out at once.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from briefing.dossier.files import list_files
from briefing.editions.catalog import Edition
from briefing.editions.cells import parse_cells

#: The packages that compute what cells leave, and those that draw pages from it.
COMPUTING = ("altair", "ipykernel", "narwhals", "numpy", "pandas", "pydantic")
DRAWING = ("babel", "Jinja2", "markupsafe", "mistune", "nbconvert", "vl-convert-python")

#: The rooms that change no page: they plan, hand out, place and tell. Every other room is taken to change what a run
#: leaves or what a page shows, so that a new one cannot be forgotten.
BESIDE = ("press", "archive", "intake", "preview", "cli")

#: The rooms that make a page of a run, and what calls them; all others change the run itself.
DRAWN_BY = ("page", "checks", "press/orders.py")

_HOME = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an edition is made from, apart from rows: a digest or a version each, by the name that people know.

    Parameters
    ----------
    run : mapping of str to str
        What its run is made from.
    page : mapping of str to str
        What its page is made from besides.
    """

    run: Mapping[str, str]
    page: Mapping[str, str]


def digest(value: object) -> str:
    """Give the digest of plain values.

    Examples
    --------
    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return digest_bytes(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def digest_bytes(content: bytes) -> str:
    """Give the digest of a file's content."""
    return hashlib.sha256(content).hexdigest()


def digest_folder(folder: Path) -> str:
    """Give the digest of a dossier's files, their names included, as they lie there."""
    return digest([(path.name, digest_bytes(path.read_bytes())) for path in list_files(folder)])


def list_inputs(edition: Edition, source: str) -> Inputs:
    """List what an edition is made from, as things stand now; ``source`` is the text of its notebook."""
    options, where = edition.briefing.options, str(edition.briefing.notebook)
    asked = {"notebook": digest_notebook(source, where=where), "parameters": digest(dict(edition.values))}
    limits = {name: value for name, value in options.items() if name in ("environment", "memory_limit", "time_limit")}
    shown = {name: value for name, value in options.items() if name in ("title", "budget", "interactive", "language")}
    return Inputs(
        run={**asked, "library": _code()[0], "limits": digest(limits), **_versions(COMPUTING), "Python": _python()},
        page={"template": _code()[1], "catalog": digest([edition.name, shown]), **_versions(DRAWING)},
    )


def list_tools() -> dict[str, str]:
    """List what makes pages here: this package's code and the versions of what computes and draws."""
    versions = {**_versions(COMPUTING), **_versions(DRAWING), "Python": _python(), "machine": platform.machine()}
    return {"briefing": digest(_code()), **versions}


def differing_tools(tools: Mapping[str, str]) -> list[str]:
    """Say which of another machine's tools are others here: each would make other bytes.

    Examples
    --------
    >>> differing_tools(list_tools())
    []
    """
    mine = list_tools()
    rule = "a page has the same bytes wherever it is made"
    return [
        f"{name} is {mine.get(name)} here, {theirs} where the build began; {rule}. Install the same packages."
        for name, theirs in tools.items()
        if mine.get(name) != theirs
    ]


@lru_cache(maxsize=64)
def digest_notebook(source: str, *, where: str) -> str:
    """Give the digest of what a notebook says and does; outputs, ids and how it was left folded do not count."""
    cells = parse_cells(source, where=where)
    return digest([[cell["cell_type"], cell["source"], _tags(cell)] for cell in cells])


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return sorted(cell.get("metadata", {}).get("tags", ()))


def list_code() -> tuple[list[Path], list[Path]]:
    """List the files that can change what a run leaves, and those that can change the page made of it besides.

    Examples
    --------
    >>> [path.name for path in list_code()[1] if path.name in ("tame.py", "publish.py")]
    ['tame.py']
    """
    files = [path for path in sorted(_HOME.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    drawing = [path for path in files if _lies_in(path, DRAWN_BY)]
    running = [path for path in files if path not in drawing and not _lies_in(path, BESIDE)]
    return running, drawing


def _lies_in(path: Path, places: Iterable[str]) -> bool:
    return any(path.is_relative_to(_HOME / place) for place in places)


@cache
def _code() -> tuple[str, str]:
    """Give the digests of what runs notebooks, the desk's code above all, and of what draws pages."""
    running, drawing = list_code()
    return _digest_code(running), _digest_code(drawing)


def _digest_code(paths: Iterable[Path]) -> str:
    return digest([(str(path.relative_to(_HOME)), digest_bytes(path.read_bytes())) for path in paths])


@cache
def _versions(packages: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not there"
    return found


def _python() -> str:
    return f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}"

"""Digests: everything that can change a page, in parts that a person can name.

A run is made from the notebook, what it is asked, the desk's code and the engine's, the packages that compute, and the
rows that it read. A page is made from a run, the page's code and template, and the packages that draw. Plans compare
these digests, pages print them in their manifests, and who verifies a page compares what it prints: all with the
functions of this module. Nothing here imports what it digests: a build that has nothing to do must find that out at
once.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from briefing.dossier.files import list_files
from briefing.dossier.plain import read_plain
from briefing.editions.catalog import Briefing, Edition
from briefing.editions.cells import (
    PARAMETERS,
    CellJson,
    is_injected,
    language_of,
    note_in,
    parse_notebook,
    source_of,
    tags_of,
)

#: The packages that compute what cells leave, and those that draw pages from it. This package is one of the latter:
#: its version stands on the page.
COMPUTING = ("altair", "ipykernel", "narwhals", "numpy", "pandas", "pydantic")
DRAWING = ("babel", "briefing", "jinja2", "markupsafe", "mistune", "nbconvert", "vl-convert-python")

#: The rooms that change no page: they plan, hand out, place and tell. Every other room is taken to change what a run
#: leaves or what a page shows, so that a new one cannot be forgotten.
BESIDE = ("press", "archive", "start", "intake", "preview", "cli")

#: The rooms that make a page of a run; all others change the run itself.
DRAWN_BY = ("page", "checks")

#: The options of a briefing that limit a run, and those that show on a page.
_LIMITS = ("environment", "memory_limit", "time_limit")
_SHOWN = ("title", "budget", "interactive", "language")

_HOME = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an edition is made from, apart from rows: a digest or a version each, by the name that people know."""

    run: Mapping[str, str]
    page: Mapping[str, str]  #: what its page is made from besides


def digest(value: object) -> str:
    """Give the digest of plain values; the order of the names in a mapping does not count.

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
    return digest([(path.name, digest_bytes(read_plain(path))) for path in list_files(folder)])


def list_inputs(edition: Edition, source: str) -> Inputs:
    """List what an edition is made from, as things stand now; ``source`` is the text of its notebook."""
    options, where = edition.briefing.options, str(edition.briefing.notebook)
    asked = {"notebook": _digest_source(source, where=where), "parameters": digest(dict(edition.values))}
    computing, drawing = read_versions()
    return Inputs(
        run={**asked, "library": digest_running(), "limits": digest(_pick(options, _LIMITS)), **computing},
        page={"template": digest_drawing(), "catalog": digest([edition.name, _pick(options, _SHOWN)]), **drawing},
    )


def digest_shared(briefing: Briefing, source: str) -> str:
    """Give one digest of all that the editions of a briefing have in common of what `list_inputs` lists.

    With what each is called and asked it says as much as the list does, and a thousand editions share it. It has the
    digest of the code that compares them, too.
    """
    inputs = list_inputs(Edition("", briefing, {}), source)
    return digest([inputs.run, inputs.page, digest_all_code()])


def _pick(options: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name in names}


def describe_making(notebook: Mapping[str, Any]) -> CellJson:
    """Say what the page of an executed notebook is made from, apart from what it was asked and rows, for its manifest.

    Examples
    --------
    >>> list(describe_making({"cells": []}))
    ['notebook', 'code', 'template', 'versions']
    """
    return {
        "notebook": digest_notebook(notebook),
        "code": digest_running(),
        "template": digest_drawing(),
        "versions": list_versions(),
    }


def list_tools() -> dict[str, str]:
    """List what makes pages here: this package's code and the versions of what computes and draws."""
    code = {"briefing": digest([digest_running(), digest_drawing()])}
    return {**list_versions(), "machine": platform.machine(), **code}


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


def digest_notebook(notebook: Mapping[str, Any]) -> str:
    """Give the digest of what a notebook says and does: the same before and after a run.

    Outputs, ids, how it was left folded and what a run notes do not count. The cell in which a run puts what it was
    asked does not count either where the notebook declares its parameters: the next run puts another in its place.
    """
    is_declared = any(PARAMETERS in tags_of(cell) for cell in notebook["cells"])
    kept = [cell for cell in notebook["cells"] if not (is_declared and is_injected(cell))]
    return digest([language_of(notebook), *(_describe_cell(cell) for cell in kept)])


def _describe_cell(cell: Mapping[str, Any]) -> CellJson:
    """Give all of a cell that can change a page, as plain values."""
    pictures = {
        name: {kind: "".join(content) for kind, content in kinds.items()}  # a file may hold it in lines
        for name, kinds in (cell.get("attachments") or {}).items()
    }
    noted = {name: note_in(cell, name) for name in ("language", "alt")}
    return {
        "type": cell["cell_type"],
        "source": source_of(cell),
        "tags": sorted(set(tags_of(cell))),
        "attachments": pictures,
        **noted,
    }


@lru_cache(maxsize=64)
def _digest_source(source: str, *, where: str) -> str:
    return digest_notebook(parse_notebook(source, where=where))


def list_code() -> tuple[list[Path], list[Path]]:
    """List the files that can change what a run leaves, and those that can change the page made of it besides."""
    running, drawing, _ = _part_code()
    return running, drawing


def _part_code() -> tuple[list[Path], list[Path], list[Path]]:
    """Part the files of this package: what can change a run, what can change a page of it, and what does neither."""
    parted: tuple[list[Path], list[Path], list[Path]] = ([], [], [])
    for path in sorted(_walk(str(_HOME))):
        room = path.relative_to(_HOME).parts[0]
        parted[1 if room in DRAWN_BY else 2 if room in BESIDE else 0].append(path)
    return parted


def _walk(folder: str) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(place, name) for name in names)


@cache
def _digest_parts() -> tuple[str, str, str]:
    running, drawing, beside = map(_digest_code, _part_code())
    return running, drawing, beside


def digest_running() -> str:
    """Give the digest of the code that runs notebooks, the desk's above all."""
    return _digest_parts()[0]


def digest_drawing() -> str:
    """Give the digest of the code, templates, style and scripts that draw pages."""
    return _digest_parts()[1]


def digest_all_code() -> str:
    """Give the digest of all code of this package, that which only plans, places and tells, too."""
    return digest(_digest_parts())


def _digest_code(paths: Iterable[Path]) -> str:
    return digest([(str(path.relative_to(_HOME)), digest_bytes(path.read_bytes())) for path in paths])


def list_versions() -> dict[str, str]:
    """List the versions of everything outside this package that can change a page."""
    computing, drawing = read_versions()
    return {**computing, **drawing}


@cache
def read_versions() -> tuple[dict[str, str], dict[str, str]]:
    """Read the versions of what computes, Python among it, and of what draws; they stay the same all process long."""
    computing = {package: _version_of(package) for package in COMPUTING}
    python = f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}"
    return {**computing, "Python": python}, {package: _version_of(package) for package in DRAWING}


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not there"

"""Which edition an executed notebook is, where the notebook itself tells: nbconvert knows of no address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from briefing.editions.catalog import in_language, list_briefings, make_edition
from briefing.editions.cells import is_injected, parse_notebook, read_text
from briefing.editions.fingerprint import digest_notebook
from briefing.editions.parameters import read_asked
from briefing.errors import BriefingError


def find_edition(notebook: Any, *, folder: str, name: str, language: str) -> str:
    """Find the edition that a notebook was run for; empty where it cannot be known.

    It is known where the catalog beside the notebook's own file lists that file once, the file still holds the cells
    that were run, and each parameter was run with what it says: a word such as ``latest`` meant a day that is past.
    """
    try:
        path = _own_file(notebook, folder=folder, name=name)
        briefings = list_briefings(path) if path else []
        if not path or len(briefings) != 1 or not _holds(path, notebook):
            return ""
        asked = read_asked(notebook)
        edition = make_edition(briefings[0], asked, data=None)
    except (BriefingError, OSError, ValueError):
        return ""
    return in_language(edition, language).name if edition.values == asked else ""


def _own_file(notebook: Any, *, folder: str, name: str) -> Path | None:
    """Find the file that was run: papermill notes it; what was run by hand is that file."""
    noted = notebook.metadata.get("papermill", {}).get("input_path")
    if noted:
        return Path(noted)
    was_asked = any(is_injected(cell) for cell in notebook.cells)
    return None if was_asked or not name else Path(folder) / f"{name}.ipynb"


def _holds(path: Path, notebook: Any) -> bool:
    kept = parse_notebook(read_text(path), where=str(path))
    return digest_notebook(kept) == digest_notebook(notebook)

"""The page's manifest: from what it was made, as hashes, so that anybody can check it later and offline."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from briefing.blocks.blocks import Block
from briefing.blocks.walk import rows_in
from briefing.editions.cells import INJECTED, is_injected
from briefing.page.ledger import Ledger

VERSION = 1

#: The packages whose versions can change a page's bytes.
DRAWING = ("briefing", "pandas", "altair", "vl-convert-python", "nbconvert", "jinja2", "mistune", "babel")

#: The cells of each table that a page prints as they stand. The record's field is the column's name, but for the key.
PRINTED = {
    "claims": ("low", "best", "high", "qualifier", "unit", "status", "when", "wording", "note", "source"),
    "sources": (
        "publisher", "title", "url", "archived_url", "published", "published_basis", "language", "reliability", "note",
    ),
    "quotes": ("date", "text", "stance", "target", "relay", "note", "source"),
    "events": ("date", "title", "summary", "source"),
    "judgements": (
        "statement", "term", "event", "horizon", "resolution", "confidence", "confidence_reason", "would_change_if",
    ),
    "decided": ("statement", "term", "made_on", "outcome"),
    "evidence": ("date", "kind", "source", "credibility", "relevance"),
    "hypotheses": ("statement",),
    "indicators": ("observable", "threshold", "bears"),
}  # fmt: skip

_OPENING = '<script type="application/json" id="page_manifest">'
_ELEMENT = re.compile(f"{_OPENING}(.*?)</script>", re.DOTALL)


def hash_text(text: str) -> str:
    """Give a short name for a text that no other text has."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def hash_row(cells: Mapping[str, Any], kind: str) -> str:
    """Give the hash of what a page prints of a row.

    Examples
    --------
    >>> hash_row({"date": "1933", "title": "First ferry", "summary": "It sails.", "source": "log"}, "events")
    'fcab7ed8'
    """
    printed = [cells.get(name) for name in PRINTED[kind]]
    said = [str(float(cell)) if isinstance(cell, int | float) else cell or None for cell in printed]
    return hash_text(json.dumps(said, ensure_ascii=False))[:8]  # it says which row; the hash of the page covers all


def hash_notebook(notebook: Any) -> str:
    """Give the hash of a notebook's cells: the same before and after a run."""
    cells = [(cell.cell_type, cell.source, sorted(_tags(cell))) for cell in notebook.cells if not is_injected(cell)]
    return hash_text(json.dumps(cells, ensure_ascii=False))


def read_parameters(notebook: Any) -> dict[str, Any]:
    """Read what a run was asked: the values in the parameters cell, and those that a run put in their place."""
    values: dict[str, Any] = {}
    for tag in ("parameters", INJECTED):
        for cell in notebook.cells:
            if tag in _tags(cell):
                values |= _read_literals(cell.source)
    return dict(sorted(values.items()))


def _tags(cell: Any) -> set[str]:
    return set(cell.get("metadata", {}).get("tags", []))


def _read_literals(source: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return values
    for statement in statements:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        try:
            value = ast.literal_eval(statement.value)  # type: ignore[attr-defined]
        except (AttributeError, ValueError):
            continue
        if len(targets) == 1 and isinstance(targets[0], ast.Name):
            values[targets[0].id] = value if isinstance(value, str | int | float | bool | None) else repr(value)
    return values


@lru_cache(maxsize=1)
def hash_code() -> str:
    """Give the hash of the library's code."""
    return _hash_tree(files("briefing"), is_code=True)


@lru_cache(maxsize=1)
def hash_template() -> str:
    """Give the hash of the templates, stylesheet, scripts and catalogues of words."""
    return _hash_tree(files("briefing.page"), is_code=False)


def _hash_tree(folder: Traversable, *, is_code: bool) -> str:
    found = {name: text for name, text in _walk(folder, "") if name.endswith(".py") == is_code}
    return hash_text(json.dumps(found, ensure_ascii=False, sort_keys=True))


def _walk(folder: Traversable, prefix: str) -> Iterable[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield f"{prefix}{entry.name}", entry.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def read_versions() -> tuple[tuple[str, str], ...]:
    """Give the versions of the packages that draw; slow to ask, and the same all process long."""
    return tuple((package, version(package)) for package in DRAWING)


def hash_rows(ledger: Ledger, blocks: Iterable[Block]) -> dict[str, dict[str, str]]:
    """Give the hash of every row that stands on the page: table -> id -> hash."""
    rows = {
        "claims": {key: hash_row(claim.model_dump(), "claims") for key, claim in ledger.claims.items()},
        "sources": {key: hash_row(source.model_dump(), "sources") for key, source in ledger.sources.items()},
    }
    for kind, shown in (*ledger.named_rows(), *(row for block in blocks for row in rows_in(block))):
        cells = shown.model_dump()
        odds = cells.get("odds") or {}
        rows.setdefault(kind, {})[cells["id"]] = hash_row(cells | {"term": odds.get("term")}, kind)
    return rows


def make_manifest(
    notebook: Any, ledger: Ledger, blocks: Iterable[Block], *, as_of: str | None, edition: str, language: str
) -> dict[str, Any]:
    """Make the manifest of a page, all but the page's own hash."""
    return {
        "manifest": VERSION,
        "edition": edition,
        "language": language,
        "as_of": as_of,
        "notebook": hash_notebook(notebook),
        "parameters": read_parameters(notebook),
        "rows": hash_rows(ledger, blocks),
        "code": hash_code(),
        "template": hash_template(),
        "versions": dict(read_versions()),
    }


def hash_page(page: str) -> str:
    """Give the hash of a page, its manifest left out."""
    return hash_text(_ELEMENT.sub("", page))


def find_manifest(page: str) -> dict[str, Any] | None:
    """Find the manifest inside a page; ``None`` where it has none that can be read."""
    if page.count(_OPENING) != 1:  # a page has one; thousands that never end would be looked through for minutes
        return None
    found = _ELEMENT.search(page)
    try:
        manifest = json.loads(found[1]) if found else None
    except (ValueError, RecursionError):
        return None
    return manifest if _is_sound(manifest) else None


def _is_sound(manifest: Any) -> bool:
    """Whether it has the shape of a manifest: a page that somebody sent may hold anything in its place."""
    if not isinstance(manifest, dict) or manifest.get("manifest") != VERSION:
        return False
    tables = [manifest.get(name, {}) for name in ("parameters", "versions", "rows")]
    return all(isinstance(table, dict) for table in tables) and all(
        isinstance(one, dict) for one in tables[-1].values()
    )

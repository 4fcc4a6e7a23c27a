"""The page's manifest: from what it was made, as hashes, so that anybody can check it later and offline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.blocks.blocks import Block
from briefing.blocks.walk import rows_in
from briefing.editions.fingerprint import describe_making, digest_bytes
from briefing.editions.parameters import read_asked
from briefing.page.ledger import Ledger

#: The version of manifests made here; and that of older ones, which told notebook, code and template by other hashes.
VERSION, OLDER = 2, 1

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
    "scenarios": ("label", "statement", "note"),
    "indicators": ("observable", "threshold", "bears"),
}  # fmt: skip

_OPENING = '<script type="application/json" id="page_manifest">'
_ELEMENT = re.compile(f"{_OPENING}(.*?)</script>", re.DOTALL)


def hash_text(text: str) -> str:
    """Give a short name for a text that no other text has."""
    return digest_bytes(text.encode("utf-8", "surrogatepass"))[:32]


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
        "parameters": read_asked(notebook),
        "rows": hash_rows(ledger, blocks),
        **describe_making(notebook),
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
    if not isinstance(manifest, dict) or manifest.get("manifest") not in (VERSION, OLDER):
        return False
    tables = [manifest.get(name, {}) for name in ("parameters", "versions", "rows")]
    return all(isinstance(table, dict) for table in tables) and all(
        isinstance(one, dict) for one in tables[-1].values()
    )

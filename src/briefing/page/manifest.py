"""The page's manifest: from what it was made, as hashes, so that anybody can check it later and offline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.blocks.blocks import Block
from briefing.blocks.walk import rows_in
from briefing.editions.fingerprint import describe_making, digest_bytes
from briefing.editions.parameters import read_asked
from briefing.page.ledger import Ledger
from briefing.page.linked import embed_json
from briefing.page.links import strip_links

#: The version of manifests made here; that of the oldest, which told notebook, code and template by other hashes; and
#: those that stand outside the page's own hash.
VERSION, OLDER, UNSEALED = 3, 1, (1, 2)

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
#: The page's own hash: the first of the manifest's keys of that name, and no text in it holds such marks.
_SEAL = re.compile(r',"page":"[0-9a-f]{32}"')


@dataclass(frozen=True, slots=True)
class Making:
    """What was said of a page when it was made, and what must be said to make it again."""

    edition: str = ""
    language: str = "en"
    issued: str | None = None  #: its day of issue
    is_interactive: bool = True
    is_checked: bool = False  #: whether its foot tells what was checked
    reads: str = ""  #: the digest of the rows that its run read; empty where nobody noted them


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
    sources = [source for source in ledger.sources.values() if source.id in ledger.numbers]
    rows = {
        "claims": {claim.id: hash_row(claim.model_dump(), "claims") for claim in ledger.records()},
        "sources": {source.id: hash_row(source.model_dump(), "sources") for source in sources},
    }
    for kind, shown in (*ledger.named_rows(), *(row for block in blocks for row in rows_in(block))):
        cells = shown.model_dump()
        odds = cells.get("odds") or {}
        rows.setdefault(kind, {})[cells["id"]] = hash_row(cells | {"term": odds.get("term")}, kind)
    return rows


def make_manifest(
    notebook: Any, ledger: Ledger, blocks: Iterable[Block], *, as_of: str | None, making: Making
) -> dict[str, Any]:
    """Make the manifest of a page, all but the page's own hash."""
    return {
        "manifest": VERSION,
        "edition": making.edition,
        "language": making.language,
        "issued": making.issued,
        "interactive": making.is_interactive,
        "checked": making.is_checked,
        "reads": making.reads,
        "as_of": as_of,
        "parameters": read_asked(notebook),
        "rows": hash_rows(ledger, blocks),
        **describe_making(notebook),
    }


def hash_page(page: str, *, version: int = VERSION) -> str:
    """Give the hash of a page, all but that hash itself and the blocks that the archive keeps up.

    With an older manifest it is of all but the manifest. It has no key: it tells of a slip, of a page cut short or of
    one changed by whoever did not know of it.
    """
    if version in UNSEALED:
        return hash_text(_ELEMENT.sub("", page))
    before, opening, after = strip_links(page).partition(_OPENING)
    return hash_text(before + opening + _SEAL.sub("", after, count=1))


def seal(page: str, manifest: Mapping[str, Any]) -> str:
    """Put the manifest into a page, and in it the hash of all the rest."""
    before, _, after = page.rpartition("</body>")

    def put(told: Mapping[str, Any]) -> str:
        return f"{before}{_OPENING}{embed_json(told)}</script></body>{after}"

    return put({**manifest, "page": hash_page(put(manifest))})


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


def read_rows_on(path: Path) -> dict[str, Any] | None:
    """Read the rows that stand on a built page, as it says itself: table -> id -> hash.

    ``None`` where the page cannot be read, or says nothing.
    """
    try:
        manifest = find_manifest(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return None if manifest is None else dict(manifest.get("rows", {}))


def _is_sound(manifest: Any) -> bool:
    """Whether it has the shape of a manifest: a page that somebody sent may hold anything in its place."""
    if not isinstance(manifest, dict) or manifest.get("manifest") not in (VERSION, *UNSEALED):
        return False
    told = {"edition": str, "language": str, "reads": str, "interactive": bool, "checked": bool, "page": str}
    if manifest["manifest"] == VERSION and not all(type(manifest.get(name)) is kind for name, kind in told.items()):
        return False
    tables = [manifest.get(name, {}) for name in ("parameters", "versions", "rows")]
    return all(isinstance(table, dict) for table in tables) and all(
        isinstance(one, dict) for one in tables[-1].values()
    )

"""Reports folders for the tests of the archive: real pages of one block, published as a build publishes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import freedonia as f

from briefing.blocks.blocks import Block, Evidence, Front, Heading, Prose, Text, Tile
from briefing.page.exporter import render_page
from briefing.press.orders import pack
from briefing.press.publish import publish_page

_REST = (Heading(text=("They came by ferry",)), Prose(text=("So it is.",)))

#: How many mules, as the pages of these tests say it: the words, and the row behind them.
MULES = {
    "98 mules": f.claim("tr-1"),
    "122 mules or more": f.claim("tr-2", low=122, best=None, high=None, qualifier="at_least"),
}


def front(words: str = "98 mules", *, day: str | None = "1933-11-17", **cells: Any) -> Front:
    """Make a front of one tile."""
    claim = MULES[words]
    tile = Tile(figure=(f.one(words, claim.id),), label="Mules lent", claimant=claim.claimant)
    answer: Text = ("The Ferrymen count ", f.one(words, claim.id), ".")
    told = {"title": "How many mules?", "bottom_line": answer, "tiles": (tile,), "instead": ("No picture.",)} | cells
    return Front(as_of=day, evidence=Evidence(claims=(claim,), sources=f.SOURCES), **told)


def publish(out: Path, day: str, *blocks: Block, series: str = "mules", language: str = "en", **parameters: str) -> str:
    """Publish the page of a day in a series; give its address."""
    told = blocks or (front(day=day), *_REST)
    return publish_as(out, f"{series}/{day}", *told, language=language, as_of=day, **parameters)


def publish_as(out: Path, name: str, *blocks: Block, language: str = "en", **parameters: str) -> str:
    """Publish the page of an edition of some name; give its address."""
    notebook = f.notebook(*map(f.cell, blocks))
    page = render_page(notebook, edition=name, language=language, interactive=False)
    manifest = {"briefing": name.split("/")[0], "title": "", "parameters": parameters}
    publish_page(out, f"{name}.html", page.encode(), manifest, run=pack(notebook))
    return f"{name}.html"


def read_all(out: Path) -> dict[str, bytes]:
    """Read every file that readers are given."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and ".press" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}

"""Reports folders for the tests of the archive: real pages of one block, published as a build publishes them."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import freedonia as f

from briefing.archive.keeping import details_path
from briefing.archive.records import Details, Record, RecordedRow
from briefing.archive.search_page import make_search
from briefing.archive.standing import Archive
from briefing.blocks.blocks import Block, Evidence, Front, Heading, Prose, Text, Tile
from briefing.editions.fingerprint import digest_bytes
from briefing.page.exporter import render_page
from briefing.press.orders import pack
from briefing.press.publish import OWNER, PRESS, publish_page

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


def stand_of(out: Path) -> dict[Path, int]:
    """Give when each file was written, but for what tells how files stand.

    A build asks the disk what time it is by touching who holds the lock, and notes again how files stand when those are
    older than a tick of the disk's clock, as on a slow machine they are at the second build.
    """
    notes = {out / OWNER, out / PRESS / "settled.json", out / PRESS / "archive" / "state.json"}
    return {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file() and path not in notes}


#: So many claims has an edition whose search is more than one piece.
LARGE = 2_000


def write_large_search(out: Path) -> None:
    """Write the search of three editions with many claims each, none of them alike; the oldest are about stones."""
    days = ("1933-11-01", "1933-12-01", "1934-01-01")
    records = [_keep_many(out, number, day) for number, day in enumerate(days)]
    for name, page in make_search(Archive(out, tuple(records))).items():
        (out / name).write_bytes(page)


def _keep_many(out: Path, number: int, day: str) -> Record:
    thing = "Mule" if number else "Stone"
    claims = [
        {"id": f"tr-{at}", "quantity_title": f"{thing}s lent", "item": thing, "shown": "9", "source": "gazette-1",
         "wording": f"Stone {at % 7} {hashlib.sha512(str(at).encode()).hexdigest()}", "when": day}
        for at in range(number * LARGE, (number + 1) * LARGE)
    ]  # fmt: skip
    rows = {str(claim["id"]): RecordedRow("", claim) for claim in claims}
    details = gzip.compress(json.dumps(asdict(Details(rows={"claims": rows}))).encode(), 1, mtime=0)
    path = details_path(out, f"mules/{day}.html")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(details)
    kept = digest_bytes(details)
    return Record(f"mules/{day}.html", "mules", page=kept, as_of=day, details=kept, question="How many mules?")

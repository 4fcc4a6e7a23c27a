"""Dossiers of a few rows, written for one test: Freedonia, Sylvania and their mules."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.tables import TABLES

Cells = dict[str, object]

#: A day on which everything that these dossiers hold is known.
LATER = "2031-12-31"

NAMES: dict[str, list[Cells]] = {
    "actors": [
        {"actor_id": "freedonia", "name": "Freedonia", "kind": "state"},
        {"actor_id": "sylvania", "name": "Sylvania", "kind": "state"},
        {"actor_id": "gazette", "name": "The Gazette", "kind": "media"},
        {"actor_id": "firefly", "name": "Rufus Firefly", "kind": "person", "role": "President"},
        {"actor_id": "trentino", "name": "Ambassador Trentino", "kind": "person"},
    ],
    "places": [{"place_id": "pass", "name": "The Pass", "country": "NO", "precision": "2"}],
    "items": [
        {"item_id": "animal", "name": "animals", "unit": "items"},
        {"item_id": "mule", "name": "mules", "parent_id": "animal", "unit": "items"},
        {"item_id": "goat", "name": "goats", "parent_id": "animal", "unit": "items"},
        {"item_id": "hay", "name": "hay", "unit": "tonnes"},
    ],
    "quantities": [{"quantity_id": f"q-{letter}", "title": f"Quantity {letter.upper()}"} for letter in "abcdefgh"],
}


def source(source_id: str, published: str = "2031-01-02", **cells: object) -> Cells:
    """Write a row of sources."""
    return {
        "source_id": source_id, "publisher": f"Publisher of {source_id}", "title": f"Title of {source_id}",
        "url": f"https://{source_id}.example/", "published": published, "published_basis": "stated",
        "accessed": "2031-12-01", "kind": "newspaper", "language": "en",
    } | cells  # fmt: skip


def _claim(claim_id: str, number: object, cells: Cells) -> Cells:
    sides = {} if number is None else {"low": number, "best": number, "high": number}
    return {
        "claim_id": claim_id, "quantity_id": "q-a", "item": "mule",
        "qualifier": "unquantified" if number is None else "exact", "unit": "items", "claimant_id": "gazette",
        "source_id": "s-1", "wording": f"[{claim_id}]",
    } | sides | cells  # fmt: skip


def stock(claim_id: str, number: object = None, **cells: object) -> Cells:
    """Write a row of deployments; a number given is exact."""
    given = {"date": "2031-01-01", "force": "freedonia", "host": "sylvania", "status": "present"} | cells
    return _claim(claim_id, number, given)


def flow(claim_id: str, number: object = None, **cells: object) -> Cells:
    """Write a row of transfers; a number given is exact."""
    given = {
        "period": "2031-01-01", "from": "freedonia", "to": "sylvania", "counting": "increment", "status": "delivered",
    } | cells  # fmt: skip
    return _claim(claim_id, number, given)


def loss(claim_id: str, number: object = None, **cells: object) -> Cells:
    """Write a row of losses; a number given is exact."""
    given = {
        "period": "2031-01-01", "side": "sylvania", "kind": "killed", "counting": "cumulative", "status": "delivered",
        "unit": "persons",
    } | cells  # fmt: skip
    return _claim(claim_id, number, given)


def sides(qualifier: str, low: object = "", best: object = "", high: object = "") -> Cells:
    """Give the cells of a number that is not exact."""
    return {"qualifier": qualifier, "low": low, "best": best, "high": high}


def quote(quote_id: str, stance: str = "affirms", **cells: object) -> Cells:
    """Write a row of quotes."""
    return {
        "quote_id": quote_id, "date": "2031-01-01", "speaker_id": "firefly", "text": f"Words of {quote_id}.",
        "kind": "direct", "translated": "false", "source_id": "s-1", "topic": "war", "stance": stance,
        "target": "Freedonia goes to war",
    } | cells  # fmt: skip


def event(event_id: str, date: str = "2031-01-01", **cells: object) -> Cells:
    """Write a row of events."""
    return {
        "event_id": event_id, "date": date, "title": f"Title of {event_id}", "summary": "It happened.",
        "kind": "other", "source_id": "s-1",
    } | cells  # fmt: skip


def dossier(as_of: str | None = LATER, **tables: list[Cells]) -> Dossier:
    """Write a dossier of these rows, and read it; one source ``s-1`` is there unless sources are given."""
    with tempfile.TemporaryDirectory() as folder:
        return read_dossier(write_rows(Path(folder), **tables), as_of=as_of)


def write_rows(folder: Path, **tables: list[Cells]) -> Path:
    """Write a dossier of these rows into a folder."""
    given = NAMES | {"sources": [source("s-1")]} | tables
    for name, table in TABLES.items():
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(given.get(name, []))
    return folder

"""The rows of a small second dossier: other actors, other countries, other items than the shipped one."""

from __future__ import annotations

from pathlib import Path

from briefing.dossier.tables import TABLES

#: The cells that matter to a test; the others are empty.
ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {
            "source_id": "harbour-log", "publisher": "Harbour Watch", "title": "Log of the North Harbour",
            "url": "https://harbour.example/log", "published": "2031-04-10", "published_basis": "inferred",
            "accessed": "2031-05-01", "kind": "monitoring_group", "language": "nb", "reliability": "B",
            "reliability_basis": "Has counted there for years",
        },
        {
            "source_id": "gazette", "publisher": "The Gazette", "title": "Lorries for Namibia",
            "url": "https://gazette.example/a?b=1", "published": "2031-04-12", "published_basis": "stated",
            "accessed": "2031-05-01", "kind": "newspaper", "language": "en", "origin_id": "harbour-log",
        },
        {
            "source_id": "leaflet", "publisher": "Unknown", "title": "[A leaflet]",
            "url": "https://leaflet.example/", "published_basis": "first_seen", "accessed": "2031-05-01",
            "kind": "social_media",
        },
    ],
    "actors": [
        {"actor_id": "norway", "name": "Norway", "kind": "state", "country": "NO"},
        {"actor_id": "namibia", "name": "Namibia", "kind": "state", "country": "NA", "aliases": "Namibië|Südwest"},
        {"actor_id": "harbour-watch", "name": "Harbour Watch", "kind": "monitor", "country": "NO"},
        {"actor_id": "minister", "name": '=HYPERLINK("https://evil.example","Minister")', "kind": "person"},
    ],
    "places": [
        {"place_id": "north-harbour", "name": "North Harbour", "country": "NO", "lat": "69.65", "lon": "18.96",
         "precision": "2"},
        {"place_id": "walvis-bay", "name": "Walvis Bay", "country": "NA", "lat": "-22.96", "lon": "14.51",
         "precision": "2"},
    ],
    "items": [
        {"item_id": "lorry", "name": "lorries", "unit": "items"},
        {"item_id": "tanker-lorry", "name": "tanker lorries", "parent_id": "lorry", "unit": "items"},
    ],
    "quantities": [
        {"quantity_id": "lorries-sent", "title": "Lorries sent to Namibia", "scope": "By sea, April 2031"},
        {"quantity_id": "lorries-there", "title": "Norwegian lorries in Namibia"},
    ],
    "deployments": [
        {
            "claim_id": "d-1", "quantity_id": "lorries-there", "date": "2031-04-11", "force": "norway",
            "host": "namibia", "place_id": "walvis-bay", "item": "lorry", "low": "10", "qualifier": "at_least",
            "unit": "items", "status": "present", "claimant_id": "harbour-watch", "source_id": "gazette",
            "wording": "at least ten lorries",
        },
        {
            "claim_id": "d-2", "quantity_id": "lorries-there", "date": "2031-04", "force": "norway",
            "host": "namibia", "item": "lorry", "best": "12", "qualifier": "about", "unit": "items",
            "status": "present", "claimant_id": "norway", "source_id": "leaflet", "wording": "about a dozen",
        },
    ],
    "transfers": [
        {
            "claim_id": "t-1", "quantity_id": "lorries-sent", "period": "2031-04-01/2031-04-09", "from": "norway",
            "to": "namibia", "place_from": "north-harbour", "place_to": "walvis-bay", "item": "lorry",
            "counting": "cumulative", "low": "20", "best": "20", "high": "20", "qualifier": "exact", "unit": "items",
            "status": "dispatched", "claimant_id": "harbour-watch", "source_id": "harbour-log",
            "wording": "20 lorries, NA", "credibility": "2", "credibility_basis": "Seen from the quay",
        },
        {
            "claim_id": "t-2", "quantity_id": "lorries-sent", "period": "2031-04-01", "from": "norway",
            "to": "namibia", "item": "tanker-lorry", "counting": "increment", "low": "4", "high": "6",
            "qualifier": "range", "unit": "items", "status": "dispatched", "claimant_id": "harbour-watch",
            "source_id": "harbour-log", "wording": "four to six tankers", "part_of": "t-1",
        },
    ],
    "quotes": [
        {
            "quote_id": "q-1", "date": "2031-04-12", "speaker_id": "minister", "text": "We have sent nothing.",
            "kind": "direct", "translated": "true", "source_id": "gazette", "topic": "lorries", "stance": "denies",
            "target": "Norway has sent lorries to Namibia",
        },
    ],
    "events": [
        {
            "event_id": "e-1", "date": "2031-04-09", "title": "The ship sails", "summary": "The ship leaves harbour.",
            "kind": "other", "actor_ids": "norway|namibia", "place_id": "north-harbour", "source_id": "harbour-log",
        },
    ],
}  # fmt: skip


def cell(text: str) -> str:
    """Write a cell as RFC 4180 has it."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def csv_text(table: str, rows: list[dict[str, str]]) -> str:
    """Write rows as the file of a table, cells that a row does not name being empty."""
    columns = TABLES[table].columns
    lines = [",".join(columns)] + [",".join(cell(row.get(column, "")) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def write_dossier(folder: Path, rows: dict[str, list[dict[str, str]]]) -> Path:
    """Write tables into a folder; tables that are not named are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        if table == "units" and table not in rows:
            continue  # a dossier without the file has the shipped units
        (folder / f"{table}.csv").write_text(csv_text(table, rows.get(table, [])), encoding="utf-8", newline="")
    return folder

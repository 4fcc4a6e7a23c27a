"""Editions as the archive records them, for the tests of what changed between two: literals of a few rows."""

from __future__ import annotations

from typing import Any

from briefing.archive.records import Details, Record, RecordedFigure, RecordedJudgement, RecordedRow, RecordedTile
from briefing.archive.since import Since, find_since
from briefing.editions.fingerprint import digest
from briefing.values.bounds import Bounds, claimed

#: The days of the two editions.
THEN, NOW = "1933-11-17", "1933-12-17"


def counted(key: str, **cells: Any) -> dict[str, Any]:
    """Make the cells of a claim of 98 mules."""
    return {
        "id": key, "table": "transfers", "quantity": "mules-lent", "quantity_title": "Mules lent", "unit": "items",
        "qualifier": "exact", "low": 98.0, "best": 98.0, "high": 98.0, "shown": "98", "status": "delivered",
        "claimant": "The Ferrymen", "when": "1933-10", "source": "gazette-1",
    } | cells  # fmt: skip


def document(key: str = "gazette-1", published: str = "1933-11-17") -> dict[str, Any]:
    """Make the cells of a document."""
    return {"id": key, "publisher": "The Gazette", "title": "Mules cross", "published": published}


def figure(words: str, *claims: str, kind: str = "claim", **cells: Any) -> RecordedFigure:
    """Make a figure about the mules that were lent."""
    told = {"quantity": "mules-lent", "title": "Mules lent", "bounds": exactly(98)} | cells
    return RecordedFigure(words, kind=kind, claims=claims, **told)


def exactly(number: float) -> Bounds:
    """Give the bounds of an exact number of things."""
    return claimed("exact", best=number, unit="items")


def judged(key: str, low: int, high: int, **cells: Any) -> RecordedJudgement:
    """Make a judgement that Freedonia goes to war."""
    told = {"statement": "Freedonia goes to war", "term": f"term {low}", "range": f"{low}–{high} %"} | cells
    return RecordedJudgement(key, low=low, high=high, **told)


def details(*rows: dict[str, Any], figures: tuple[RecordedFigure, ...] = (), **more: Any) -> Details:
    """Make details of claims and their documents; other tables by name."""
    tables = {"claims": rows, "sources": more.pop("sources", (document(),)), **more.pop("tables", {})}
    kept = {
        table: {str(cells["id"]): RecordedRow(digest(cells)[:8], cells) for cells in listed}
        for table, listed in tables.items()
    }
    return Details(figures, kept, **more)


def record(day: str = THEN, *tiles: RecordedFigure, **cells: Any) -> Record:
    """Make the record of an edition whose tiles are all labelled as mules."""
    shown = tuple(RecordedTile("Mules", tile.words, figure=tile) for tile in tiles)
    told = {"briefing": "mules", "page": "p", "details": "d", "as_of": day, "tiles": shown} | cells
    return Record(f"mules/{day}.html", **told)


def since(then: Details, now: Details, *, before: Record | None = None, after: Record | None = None) -> Since:
    """Find what changed between two editions; without records those of `THEN` and `NOW`."""
    return find_since(before or record(THEN), after or record(NOW), then=then, now=now)

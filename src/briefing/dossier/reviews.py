"""Reviews: which rows a second pair of eyes has looked at, and which of them were edited since.

A review holds the digest of the row as it was looked at. Whoever edits the row voids the review.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.dossier.cells import is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CITED_TABLES
from briefing.dossier.tables import TABLES

#: So many characters of a digest a review keeps.
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Review:
    """One look at a row, by somebody on a day."""

    row: str
    table: str  #: The table that the row is in; empty where none has it.
    reviewer: str
    on: str
    stands: bool  #: Whether the row is as it was looked at.
    at: int  #: Its own number in reviews.csv.


def digest_cells(table: str, cells: Mapping[str, Any]) -> str:
    """Give the digest of a row's cells, however its file writes them; empty cells and one's own columns do not count.

    Examples
    --------
    >>> digest_cells("actors", {"actor_id": "gazette", "name": "Gazette", "country": None})
    'a25d87c053e7e236'
    """
    told = {name: _plain_cell(cells[name]) for name in TABLES[table].columns if is_filled(cells.get(name))}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:DIGITS]


def _plain_cell(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def digest_rows_of(dossier: Dossier, rows: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give the table and the digest of rows that a page may cite, by id, as their file has them now."""
    asked = tuple(sorted(set(rows)))
    digests: dict[str, tuple[str, str]] = {}
    for table in CITED_TABLES if asked else ():
        key = TABLES[table].key[0]
        for cells in dossier.everything.where(table, {key: asked}).to_dict("records"):
            named = {str(name): cell for name, cell in cells.items()}
            digests[named[key]] = table, digest_cells(table, named)
    return digests


def list_reviews(dossier: Dossier, *, rows: Collection[str] | None = None) -> list[Review]:
    """List the reviews that a dossier knows on its day, of some rows where asked, in order of the file."""
    asked = {} if rows is None else {"row_id": tuple(sorted(rows))}
    frame = dossier.frames.where("reviews", asked)
    if not len(frame):
        return []
    digests = digest_rows_of(dossier, frame["row_id"].tolist())
    return [
        Review(
            row["row_id"],
            digests.get(row["row_id"], ("", ""))[0],
            row["reviewer"],
            row["reviewed_on"],
            digests.get(row["row_id"], ("", ""))[1] == row["digest"],
            int(row["row"]),
        )
        for row in frame.to_dict("records")
    ]


def count_reviewed(dossier: Dossier, rows: Collection[str]) -> int | None:
    """Count the rows of some that a second pair of eyes has seen as they are; ``None`` where none was ever reviewed."""
    reviews = list_reviews(dossier, rows=rows)
    return len({review.row for review in reviews if review.stands}) if reviews else None

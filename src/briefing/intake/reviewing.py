"""Reviewing rows: noting that somebody has looked at one, and listing those that nobody has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.groups import CITED_TABLES
from briefing.dossier.reviews import Review, digest_rows_of, list_reviews
from briefing.dossier.tables import TABLES
from briefing.errors import UsageError, did_you_mean
from briefing.intake.edits import Edits, open_edits
from briefing.intake.gitlog import find_user
from briefing.values.dates import say_date
from briefing.values.words import counted, name_some

#: So many ids a line names.
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class ReviewList:
    """Which rows were reviewed, whose review is void, and which nobody has looked at."""

    void: tuple[Review, ...]
    seen: tuple[str, ...]
    unseen: dict[str, tuple[str, ...]]  #: By table.

    def tell(self) -> Iterator[str]:
        """Say it in lines."""
        for review in self.void:
            yield f"void: {review.row} ({review.reviewer}, {say_date(review.on)}): edited since"
        for table, rows in self.unseen.items():
            yield f"not reviewed in {TABLES[table].file}: {len(rows)}: {name_some(rows, most=_MOST_NAMED)}"
        every = len(self.seen) + sum(map(len, self.unseen.values()))
        yield f"{len(self.seen)} of {counted(every, 'row')} had a second pair of eyes"

    def to_dict(self) -> dict[str, object]:
        """Give it as plain values, for JSON."""
        void = [{"row": each.row, "reviewer": each.reviewer, "on": each.on} for each in self.void]
        return {
            "void": void,
            "seen": list(self.seen),
            "unseen": {name: list(rows) for name, rows in self.unseen.items()},
        }


def plan_review(folder: Path, row: str, *, reviewer: str, today: dt.date, note: str = "") -> Edits:
    """Plan the review of a row as it stands; a second look by the same reviewer takes the place of the first.

    Raises `UsageError` where no row that a page may cite has the id, or nobody says who reviews; `DossierError` where
    the dossier has errors.
    """
    dossier = read_dossier(folder)
    digests = digest_rows_of(dossier, [row])
    if row not in digests:
        known = [key for rows in _rows_of(dossier).values() for key in rows]
        rule = "a review is of a row that a page cites"
        raise UsageError(f"{row}: is in no table of such rows; {rule}. {did_you_mean(row, known)}")
    name = reviewer or find_user(folder)
    if not name:
        raise UsageError("--reviewer: is missing; a review is somebody's, and git knows no user.name here. Give it.")
    cells = {"row_id": row, "reviewer": name, "reviewed_on": today.isoformat(), "digest": digests[row][1], "note": note}
    return open_edits(folder).put("reviews", cells)


def list_rows(folder: Path) -> ReviewList:
    """List the rows of a folder that pages may cite, by who has looked at them."""
    dossier = read_dossier(folder)
    reviews = list_reviews(dossier)
    seen = {review.row for review in reviews if review.stands}
    unseen = {name: tuple(row for row in rows if row not in seen) for name, rows in _rows_of(dossier).items()}
    void = tuple(review for review in reviews if review.table and review.row not in seen)
    return ReviewList(void, tuple(sorted(seen)), {name: rows for name, rows in unseen.items() if rows})


def _rows_of(dossier: Dossier) -> dict[str, list[str]]:
    """Give the ids of the rows that have a file, by table: an original that a relay implies has none."""
    edits = open_edits(dossier.folder)
    return {name: [cells[TABLES[name].key[0]] for cells in edits.rows(name)] for name in CITED_TABLES}

"""What rows are called: from a name that somebody types to the id of its row, or to the nearest ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

import pandas as pd

from briefing.dossier.cures import find_called, find_id
from briefing.dossier.tables import TABLES, tables_behind
from briefing.dossier.units import SHIPPED
from briefing.intake.edits import Edits

#: The column by which a person knows a row.
SHOWN = {"actors": "name", "places": "name", "items": "name", "quantities": "title", "units": "plural",
         "sources": "title"}  # fmt: skip

#: How alike, of 1, a name must be to be taken for a slip of the key.
ALIKE = 0.75

#: How alike a title of several words must be.
ALIKE_TITLE = 0.9


def known_rows(edits: Edits, table: str) -> list[Mapping[str, str]]:
    """Give the rows of a table; the shipped units where a dossier names none."""
    rows = edits.rows(table)
    if table == "units" and not rows:
        names = TABLES["units"].columns
        return [dict(zip(names, unit, strict=True)) for unit in SHIPPED]
    return list(rows)


def called_in(edits: Edits, table: str) -> dict[str, str]:
    """Give the ids of a table's rows by what they are called, casefolded."""
    frame = pd.DataFrame(known_rows(edits, table)).replace("", None)
    return find_called(frame, table) if len(frame) else {}


def known_ids(edits: Edits, target: str) -> set[str]:
    """Give the ids that a key into a table, or into one of several, may be."""
    return {row[TABLES[name].key[0]] for name in tables_behind(target) for row in known_rows(edits, name)}


def find_row(edits: Edits, target: str, typed: str) -> str | None:
    """Find the id that was typed, or the id of the row that it names."""
    called = called_in(edits, target) if target in TABLES else {}
    return find_id(typed, known_ids(edits, target), called)


def shown_in(edits: Edits, target: str) -> dict[str, str]:
    """Give what a person knows each row by, by its id."""
    names = (name for name in tables_behind(target) if name in TABLES)
    rows = [(row[TABLES[name].key[0]], row, name) for name in names for row in known_rows(edits, name)]
    return {key: row.get(SHOWN.get(name, "wording"), "") for key, row, name in rows}


def list_alike(edits: Edits, target: str, typed: str, *, most: int = 3) -> list[tuple[str, str]]:
    """List the rows whose id or name is nearest to what was typed, nearest first, as id and name."""
    ranked = [
        (max(_alike(typed, key), _alike(typed, name)), key, name) for key, name in shown_in(edits, target).items()
    ]
    ranked.sort(key=lambda row: (-row[0], row[1]))
    return [(key, name) for score, key, name in ranked[:most] if score > 0.4]


def find_slip(edits: Edits, target: str, typed: str) -> str | None:
    """Find the id of which what was typed is most likely a slip of the key; ``None`` where it is like none.

    Titles of several words are alike without being meant: two months of one thing, or two days.
    """
    near = list_alike(edits, target, typed, most=1)
    if " " in typed.strip():
        near = [(key, name) for key, name in near if re.findall(r"\d+", name) == re.findall(r"\d+", typed)]
    alike = max((max(_alike(typed, key), _alike(typed, name)) for key, name in near), default=0.0)
    return near[0][0] if alike >= (ALIKE_TITLE if target == "quantities" and " " in typed.strip() else ALIKE) else None


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()

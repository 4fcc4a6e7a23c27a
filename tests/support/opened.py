"""Dossiers whose dates are as vague as a date may be: open on a side, a year, about, uncertain."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import strategies as st

from briefing.dossier.cells import When
from briefing.dossier.rows import columns_of
from briefing.dossier.tables import TABLES

#: A cell of a dossier by its table, its row in the file and its column.
Place = tuple[str, int, str]

#: What a stated day becomes; `first` and `last` are the ends of what was stated.
FORMS: dict[str, Callable[[str, str], str]] = {
    "since": lambda first, last: f"{first}/..",
    "until": lambda first, last: f"../{last}",
    "about since": lambda first, last: f"{first}~/..",
    "long": lambda first, last: f"0001-01-01/{last}",
    "to the end": lambda first, last: f"{first}/9999-12-31",
    "a month": lambda first, last: last[:7],
    "a year": lambda first, last: last[:4],
    "about": lambda first, last: f"{last}~",
    "uncertain": lambda first, last: f"{first}?",
}


def dates_of(folder: Path) -> dict[Place, str]:
    """Give every date of a dossier that need not be a day."""
    dates: dict[Place, str] = {}
    for name, rows in _read(folder).items():
        columns = [column.name for column in columns_of(TABLES[name]) if column.kind == When]
        dates |= {(name, at, column): row[column] for at, row in enumerate(rows) for column in columns if row[column]}
    return dates


def forms_of(folder: Path) -> st.SearchStrategy[Mapping[Place, str]]:
    """Give maps from some or all dates of a dossier to what they become."""
    places, forms = sorted(dates_of(folder)), st.sampled_from(sorted(FORMS))
    some = st.dictionaries(st.sampled_from(places), forms, max_size=len(places))
    tables = sorted({table for table, _, _ in places})
    whole = st.tuples(st.sets(st.sampled_from(tables)), forms, some).map(
        lambda drawn: {place: drawn[1] for place in places if place[0] in drawn[0]} | dict(drawn[2])
    )
    return st.one_of(some, whole)


def write_opened(folder: Path, into: Path, forms: Mapping[Place, str]) -> Path:
    """Write a dossier again with these dates made vague; what else lies in the folder is not taken."""
    for name, rows in _read(folder).items():
        for at, row in enumerate(rows):
            for column in row:
                if form := forms.get((name, at, column)):
                    row[column] = FORMS[form](*_ends(row[column]))
        with (into / TABLES[name].file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TABLES[name].columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return into


def _ends(cell: str) -> tuple[str, str]:
    sides = [side.rstrip("~?") for side in cell.split("/") if side != ".."]
    return sides[0], sides[-1]


def _read(folder: Path) -> dict[str, list[dict[str, str]]]:
    texts = {name: folder / table.file for name, table in TABLES.items() if (folder / table.file).is_file()}
    return {
        name: [{column: row.get(column) or "" for column in TABLES[name].columns} for row in _rows(path)]
        for name, path in texts.items()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

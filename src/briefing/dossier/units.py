"""The units of a dossier that names none, and the nouns that sentences take."""

from __future__ import annotations

from briefing.dossier.csvfile import Sheet

#: Unit, its nouns for one and for several, and what it measures.
SHIPPED = (
    ("persons", "person", "persons", "people"),
    ("items", "item", "items", "count"),
    ("tonnes", "tonne", "tonnes", "mass"),
    ("wagons", "wagon", "wagons", "count"),
    ("trains", "train", "trains", "count"),
    ("battalions", "battalion", "battalions", "count"),
    ("complexes", "complex", "complexes", "count"),
)


def shipped_units(file: str) -> Sheet:
    """Give the shipped units as the sheet of a dossier that has none; their rows have the numbers that a file's would.

    Examples
    --------
    >>> shipped_units("data/units.csv").columns["singular"][2]
    'tonne'
    """
    names = ("unit_id", "singular", "plural", "of")
    columns = dict(zip(names, zip(*SHIPPED, strict=True), strict=True))
    return Sheet(file, columns, tuple(range(2, len(SHIPPED) + 2)))

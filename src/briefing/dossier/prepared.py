"""What is made of a dossier's rows whatever the day: made ahead, by whoever reads for others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from briefing.dossier.claims import make_all_claims
from briefing.dossier.dossier import show_reading
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.models import make_all_rows, rows_by_id
from briefing.dossier.read_log import Reading
from briefing.dossier.tables import TABLES


def prepare(reading: Reading) -> None:
    """Make what nearly every edition asks of a reading: claims and rows as values, hashes, and where each id is."""
    make_all_claims(reading)
    for name, frame in reading.frames.items():
        reading.hash_rows(name)
        reading.places(name, TABLES[name].key[0])
        for column in frame.columns.intersection([*TABLES[name].columns, "known_on", "row"]):
            reading.cells(name, column)
    for name in CLAIM_TABLES:
        reading.places(name, "source_id")
    shown = show_reading(reading, folder=Path(), day=dt.date.max)
    for name, table in TABLES.items():
        if name not in CLAIM_TABLES:  # those are claims
            make_all_rows(reading, table.model)
            rows_by_id(shown, table.model)

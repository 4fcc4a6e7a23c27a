"""A glance at a dossier, without reading it: one column, the last day it knows of.

Parameters are checked before anything heavy is imported; whether the dossier is sound is `dossier`'s business.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from briefing.dates import DateError, parse_date
from briefing.errors import UsageError


def read_column(path: Path, *, column: str) -> list[str]:
    """Read the cells of one column; nothing where the file or the column is missing.

    Examples
    --------
    >>> read_column(Path("/nowhere/quotes.csv"), column="speaker_id")
    []
    """
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            return [row[column] for row in csv.DictReader(file) if row.get(column) is not None]
    except (OSError, csv.Error):
        return []


def latest_day(data: Path) -> dt.date:
    """Give the last day on which a source of the dossier was published.

    Raises
    ------
    UsageError
        Where no source has a day of publication.
    """
    days = [day for cell in read_column(data / "sources.csv", column="published") if (day := _last_day(cell))]
    if not days:
        raise UsageError(f"{data}: no source has a day of publication; latest is the last of them. Name the day.")
    return max(days)


def _last_day(cell: str) -> dt.date | None:
    try:
        return parse_date(cell).last if cell else None
    except DateError:
        return None

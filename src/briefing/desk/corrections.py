"""What we got wrong ourselves: cells that were mended under the row's own id."""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing.blocks.blocks import Correction, Corrections
from briefing.desk.evidence import collect_evidence
from briefing.dossier.cells import filled, is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import CLAIM_TABLES, TABLES
from briefing.usage import verb

#: The columns that say what a row is about, in the order in which they are asked.
_TITLES = ("quantity_id", "title", "name", "statement", "observable", "text")


@verb
def corrections(dossier: Dossier, *, caption: str = "Corrections") -> Corrections:
    """Tell our own errors in the rows that are known on the dossier's day, and that they were mended.

    A mended row stands under its own id on every page that is made again, also on one of an earlier day: whoever read
    that page before is told here, with the day of the correction.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    caption : str
        What the reader sees here.

    Returns
    -------
    Corrections
        A block: one entry a cell that was mended, the latest first. Where there is none, the page says so.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example(as_of="2031-12-01")
    >>> told = b.corrections(d).corrections[0]
    >>> told.row, told.field, told.old, told.new
    ('tr-0006', 'high', '84', '48')
    >>> told.is_later
    True
    """
    rows = dossier.everything["corrections"].sort_values(["date_last", "row"], ascending=[False, True])
    known = [(row, found) for row in rows.to_dict("records") if (found := _find_row(dossier, row)) is not None]
    claims = [str(row["row_id"]) for row, _ in known if row["table"] in CLAIM_TABLES]
    told = tuple(_correction(dossier, row, found) for row, found in known)
    return Corrections(caption=caption, corrections=told, evidence=collect_evidence(dossier, claims, rivals=False))


def _find_row(dossier: Dossier, row: dict[Any, Any]) -> dict[Any, Any] | None:
    """Find the row that was mended, as far as it is known on the dossier's day."""
    key = TABLES[row["table"]].key[0]
    found = dossier.where(row["table"], **{key: str(row["row_id"])})
    return found.iloc[0].to_dict() if len(found) else None


def _correction(dossier: Dossier, row: dict[Any, Any], found: dict[Any, Any]) -> Correction:
    title = next((str(found[column]) for column in _TITLES if is_filled(found.get(column))), "")
    return Correction(
        date=row["date"],
        row=row["row_id"],
        title=dossier.name_of(title),
        field=row["field"],
        old=filled(row["old"]) or "",
        new=filled(row["new"]) or "",
        reason=row["reason"],
        is_later=dossier.as_of is not None and row["date_last"] > pd.Timestamp(dossier.as_of),
    )

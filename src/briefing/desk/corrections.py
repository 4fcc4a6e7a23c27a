"""What we got wrong ourselves: cells that were mended under the row's own id."""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing.blocks.blocks import Correction, Corrections
from briefing.desk.evidence import collect_evidence
from briefing.dossier.cells import filled, is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.tables import TABLES
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
    mended = _find_rows(dossier, rows)
    known = [(row, mended[place]) for row in rows.to_dict("records") if (place := _place_of(row)) in mended]
    claims = [str(row["row_id"]) for row, _ in known if row["table"] in CLAIM_TABLES]
    told = tuple(_correction(dossier, row, found) for row, found in known)
    return Corrections(caption=caption, corrections=told, evidence=collect_evidence(dossier, claims, rivals=False))


def _place_of(row: dict[Any, Any]) -> tuple[str, str]:
    return str(row["table"]), str(row["row_id"])


def _find_rows(dossier: Dossier, corrections: pd.DataFrame) -> dict[tuple[str, str], dict[Any, Any]]:
    """Find the rows that were mended, as far as they are known on the dossier's day, by their table and id."""
    found: dict[tuple[str, str], dict[Any, Any]] = {}
    for table, ids in corrections.groupby("table")["row_id"]:
        name, key = str(table), TABLES[str(table)].key[0]
        for row in dossier.where(name, **{key: sorted(set(ids.tolist()))}).to_dict("records"):
            found.setdefault((name, str(row[key])), row)
    return found


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

"""What we got wrong ourselves: cells that were mended under the row's own id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pandas as pd

from briefing.blocks.blocks import Correction, Corrections
from briefing.desk.evidence import collect_evidence
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.tables import TABLES
from briefing.usage import verb

#: The columns that say what a row is about, in the order in which they are asked.
_TITLES = ("quantity_id", "title", "name", "statement", "observable", "text")

#: What is told of a correction, and what orders them.
_COLUMNS = ("table", "row_id", "date", "date_last", "field", "old", "new", "reason", "row")

#: Cells of one row by their columns.
_Cells: TypeAlias = dict[str, Any]


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
    cut = dossier.everything.cut("corrections")
    rows = [dict(zip(_COLUMNS, cells, strict=True)) for cells in cut.rows(*_COLUMNS)]
    rows.sort(key=lambda row: row["row"])
    rows.sort(key=lambda row: row["date_last"], reverse=True)  # those of a day stay in the order of the file
    mended = _find_rows(dossier, rows)
    known = [(row, mended[place]) for row in rows if (place := _place_of(row)) in mended]
    claims = [str(row["row_id"]) for row, _ in known if row["table"] in CLAIM_TABLES]
    told = tuple(_correction(dossier, row, found) for row, found in known)
    return Corrections(caption=caption, corrections=told, evidence=collect_evidence(dossier, claims, rivals=False))


def _place_of(row: _Cells) -> tuple[str, str]:
    return str(row["table"]), str(row["row_id"])


def _find_rows(dossier: Dossier, corrections: Iterable[_Cells]) -> dict[tuple[str, str], _Cells]:
    """Find the rows that were mended, as far as they are known on the dossier's day, by their table and id."""
    asked: dict[str, set[str]] = {}
    for row in corrections:
        asked.setdefault(row["table"], set()).add(row["row_id"])
    found: dict[tuple[str, str], _Cells] = {}
    for name, ids in asked.items():
        table = TABLES[name]
        columns = [table.key[0], *(column for column in _TITLES if column in table.columns)]
        for cells in dossier.frames.cut(name, {table.key[0]: tuple(sorted(ids))}).rows(*columns):
            found.setdefault((name, cells[0]), dict(zip(columns, cells, strict=True)))
    return found


def _correction(dossier: Dossier, row: _Cells, found: _Cells) -> Correction:
    title = next((str(found[column]) for column in _TITLES if found.get(column) is not None), "")
    return Correction(
        date=row["date"],
        row=row["row_id"],
        title=dossier.name_of(title),
        field=row["field"],
        old=row["old"] or "",
        new=row["new"] or "",
        reason=row["reason"],
        is_later=dossier.as_of is not None and row["date_last"] > pd.Timestamp(dossier.as_of),
    )

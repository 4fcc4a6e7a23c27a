"""Tables for readers: hedged figures that lead to their claims, in an order that hides no bound."""

from __future__ import annotations

import math
from typing import Any

from briefing.blocks import Cited, Column, Table, TableData
from briefing.claims import Claims
from briefing.dates import parse_date
from briefing.evidence import bounds_of, collect_evidence

#: The columns of a table of claims, as a reader sees them.
COLUMNS = (
    Column(name="When"),
    Column(name="Who says so"),
    Column(name="Figure", is_number=True),
    Column(name="Unit"),
    Column(name="Status"),
    Column(name="As printed"),
)


def table(claims: Claims, *, caption: str) -> Table:
    """Show claims as a table, in order of time and then of their bounds.

    Parameters
    ----------
    claims : Claims
        What to show; none is possible, and then the page says that nothing is known.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table
        A block: each figure leads to its claim.
    """
    return Table(caption=caption, data=lay_out_claims(claims), evidence=collect_evidence(claims.dossier, claims.ids))


def lay_out_claims(claims: Claims) -> TableData:
    """Lay claims out as rows for a reader: when, who says so, how much, of what, in what status, as printed."""
    rows = sorted(claims.rows, key=_order)
    return TableData(
        columns=COLUMNS,
        rows=tuple(
            (
                (str(parse_date(row["when"])),),
                (claims.dossier.name_of(row["claimant_id"]),),
                (Cited(text=str(bounds_of(row)), claims=(row["claim_id"],)),),
                (row["unit"],),
                (row["status"],),
                (row["wording"],),
            )
            for row in rows
        ),
        ids=tuple(row["claim_id"] for row in rows),
    )


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    low, high = bounds_of(row).extent
    return row["when_last"], row["when_first"], low if math.isfinite(low) else high, high, row["claim_id"]

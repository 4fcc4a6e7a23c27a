"""A table of claims: hedged figures that lead to their claims, in an order that hides no bound."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from briefing.blocks.blocks import Cited, Column, Table, TableData, Text
from briefing.blocks.layouts import Cell, day_cell, lay_out, least
from briefing.desk.claims.claims import Claims
from briefing.desk.evidence import collect_evidence, denial, grade_of
from briefing.dossier.claims import bounds_of, sources_by_id
from briefing.usage import verb

Row = dict[str, Any]


@verb
def claims_table(claims: Claims, *, caption: str) -> Table:
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
        A block: each figure leads to its claim, with its origin and grade.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.claims_table(b.choose_claims(d, quantity="lorries-sent"), caption="Lorries ferried")
    Table('Lorries ferried', 3 rows, 3 claims, 3 sources)
    """
    return Table(caption=caption, data=lay_out_claims(claims), evidence=collect_evidence(claims.dossier, claims.ids))


def lay_out_claims(claims: Claims) -> TableData:
    """Lay claims out as rows for a reader: when, who says so, how much, in what status, whence, as printed.

    What is counted is told where the claims count several things, and the grade where any has one.
    """
    rows = sorted(claims.rows, key=order_of)
    origins, grades = name_origins(claims), [grade_of(claims.dossier, row) for row in rows]
    cells: list[tuple[Column, Sequence[Text | Cell]]] = [
        (Column(name="When"), [day_cell(row["when"]) for row in rows]),
        (Column(name="Who says so"), [(claims.dossier.name_of(row["claimant_id"]),) for row in rows]),
        (Column(name="What"), [(claims.dossier.name_of(row["item"]),) for row in rows]),
        (Column(name="Figure", is_number=True), [_figure(row) for row in rows]),
        (Column(name="Unit"), [(row["unit"],) for row in rows]),
        (Column(name="Status"), [(row["status"],) for row in rows]),
        (Column(name="Origin"), [(origins[row["source_id"]],) for row in rows]),
        (Column(name="Grade"), [(grade,) for grade in grades]),
        (Column(name="As printed"), [(row["wording"],) for row in rows]),
    ]
    idle = {"What": claims.frame["item"].nunique() < 2, "Grade": not any(grades)}
    kept = [(column, values) for column, values in cells if not idle.get(column.name)]
    return lay_out(
        [column for column, _ in kept],
        zip(*(values for _, values in kept), strict=True),
        ids=[row["claim_id"] for row in rows],
    )


def _figure(row: Row) -> Cell:
    """Cite one claim, and say before its figure that it is denied, where it is."""
    bounds = bounds_of(row)
    denied = denial(bounds, row["status"])
    return Cell((denied, cite(row)) if denied else (cite(row),), least(bounds))


def cite(row: Row) -> Cited:
    """Cite one claim by its hedged figure."""
    return Cited(text=str(bounds_of(row)), claims=(row["claim_id"],))


def order_of(row: Row) -> tuple[Any, ...]:
    """Order claims by time, then by the bounds that a reader does not see."""
    low, high = bounds_of(row).extent
    return row["when_last"], row["when_first"], low if math.isfinite(low) else high, high, row["claim_id"]


def name_origins(claims: Claims) -> dict[str, str]:
    """Name, for each source of claims, the publisher of its origin, and its own where it only relays."""
    dossier = claims.dossier
    publishers = {key: row["publisher"] for key, row in sources_by_id(dossier).items()}
    roots = dossier.roots
    named = {}
    for source in claims.frame["source_id"]:
        root = publishers.get(roots.get(source, source), publishers[source])
        named[source] = root if root == publishers[source] else f"{root}, via {publishers[source]}"
    return named

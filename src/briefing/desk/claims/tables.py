"""A table of claims: hedged figures that lead to their claims, in an order that hides no bound."""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefing.blocks.blocks import Cited, Column, Note, Table, TableData, Text
from briefing.blocks.layouts import Cell, day_cell, lay_out, least
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.newest import keep_newest
from briefing.desk.cut import MOST_ROWS
from briefing.desk.evidence import collect_evidence, denial, grade_of, name_status
from briefing.desk.tables import nothing_claimed
from briefing.dossier.claims import Claim
from briefing.dossier.models import documents_of
from briefing.usage import verb


@verb
def claims_table(claims: Claims, *, caption: str) -> Table | Note:
    """Show claims as a table, in order of time and then of their bounds.

    Parameters
    ----------
    claims : Claims
        What to show.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table or Note
        A block: each figure leads to its claim, with its origin and grade; a note where no claim is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.claims_table(b.choose_claims(d, quantity="lorries-sent"), caption="Lorries ferried")
    Table('Lorries ferried', 3 rows, 3 claims, 3 sources)
    """
    if not len(claims):
        return nothing_claimed(caption, claims.elsewhere)
    shown, left = keep_newest(claims, most=MOST_ROWS)
    evidence = collect_evidence(claims.dossier, shown.ids)
    return Table(caption=caption, data=lay_out_claims(shown), left_out=left, evidence=evidence)


def lay_out_claims(claims: Claims, *, is_drawn: bool = False) -> TableData:
    """Lay claims out as rows for a reader: when, who says so, how much, in what status, whence, as printed.

    Behind a drawing stands what it draws; whence each figure comes opens at the figure.

    What is counted is told where the claims count several things, and the grade where any has one; whose loss it is,
    and how it was lost, where any is a loss.
    """
    each, name_of = sorted(claims.each, key=order_of), claims.dossier.name_of
    origins, grades = name_origins(claims), [grade_of(claims.dossier, claim) for claim in each]
    statuses = [name_status(claim) for claim in each]
    cells: list[tuple[Column, Sequence[Text | Cell]]] = [
        (Column(name="When"), [day_cell(claim.when.text) for claim in each]),
        (Column(name="Who says so"), [(name_of(claim.claimant),) for claim in each]),
        (Column(name="What"), [(name_of(claim.item),) for claim in each]),
        (Column(name="Whose loss"), [(name_of(claim.giver) if claim.kind else "",) for claim in each]),
        (Column(name="Kind of loss"), [(claim.kind or "",) for claim in each]),
        (Column(name="Figure", is_number=True), [_figure(claim) for claim in each]),
        (Column(name="Unit"), [(claim.unit,) for claim in each]),
        (Column(name="Status"), [(status,) for status in statuses]),
        (Column(name="Origin"), [(origins[claim.source],) for claim in each]),
        (Column(name="Grade"), [(grade,) for grade in grades]),
        (Column(name="As printed"), [(claim.wording,) for claim in each]),
    ]
    idle = {"What": len({claim.item for claim in each}) < 2, "Grade": not any(grades)}
    idle |= dict.fromkeys(("Whose loss", "Kind of loss"), not any(claim.kind for claim in each))
    idle["Status"] = bool(each) and not any(statuses)
    idle |= dict.fromkeys(("Origin", "Grade", "As printed"), True) if is_drawn else {}
    kept = [(column, values) for column, values in cells if not idle.get(column.name)]
    return lay_out(
        [column for column, _ in kept],
        zip(*(values for _, values in kept), strict=True),
        ids=[claim.id for claim in each],
    )


def _figure(claim: Claim) -> Cell:
    """Cite one claim, and say before its figure that it is denied, where it is."""
    denied = denial(claim.bounds, claim.status)
    return Cell((denied, cite(claim)) if denied else (cite(claim),), least(claim.bounds))


def cite(claim: Claim) -> Cited:
    """Cite one claim by its hedged figure."""
    return Cited(text=str(claim.bounds), claims=(claim.id,))


def order_of(claim: Claim) -> tuple[object, ...]:
    """Order claims by time, then by the bounds that a reader does not see."""
    low, high = claim.bounds.extent
    return *claim.when.order, claim.days[0], low if math.isfinite(low) else high, high, claim.id


def name_origins(claims: Claims) -> dict[str, str]:
    """Name, for each source of claims, the publisher of its origin, and its own where it only relays."""
    documents, named = documents_of(claims.dossier), dict[str, str]()
    for claim in claims.each:
        relay = documents[claim.source].publisher
        root = documents[claim.origin].publisher if claim.origin in documents else relay
        named[claim.source] = root if root == relay else f"{root}, via {relay}"
    return named

"""Running totals: what each claimant had counted by each end, and by how much its own count grew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from briefing.blocks.blocks import Column, Note, Table, Text
from briefing.blocks.layouts import Cell, lay_out, least
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.tables import cite, name_origins
from briefing.desk.evidence import collect_evidence
from briefing.desk.tables import nothing_claimed
from briefing.dossier.claims import Claim
from briefing.usage import verb
from briefing.values.bounds import Bounds, subtract_bounds
from briefing.values.dates import parse_date

COLUMNS = ("Who says so", "Since", "To", "Figure", "Unit", "More than before", "Origin", "As printed")


@verb
def running(claims: Claims, *, caption: str) -> Table | Note:
    """Show running totals by claimant: how far each had counted by each end, and how much more than at its last one.

    Ends are a series and never added; no claimant's count is taken from another's.

    Parameters
    ----------
    claims : Claims
        Totals of a period, ``counting="running"`` or ``"cumulative"``; others are left out.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table or Note
        A block: one row a claim, each claimant's in order of their ends; a note where no total is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> hay = b.choose_claims(d, item="hay", counting=["running", "cumulative"])
    >>> b.running(hay, caption="Hay, by claimant and end").data.rows[0][2]
    ('September 2031',)
    """
    totals = claims.only(claim for claim in claims.each if claim.is_total)
    if not len(totals):
        return nothing_claimed(caption, claims.elsewhere)
    origins = name_origins(totals)
    rows = tuple(row for group in find_runs(totals) for row in _rows(totals, group, origins))
    columns = tuple(Column(name=name, is_number=name in {"Figure", "More than before"}) for name in COLUMNS)
    ids = [claim.id for group in find_runs(totals) for claim in group]
    return Table(
        caption=caption, data=lay_out(columns, rows, ids=ids), evidence=collect_evidence(claims.dossier, totals.ids)
    )


def find_runs(claims: Claims) -> list[list[Claim]]:
    """Take totals apart into runs: one claimant's totals of the same things, in order of their ends.

    The claimant who counted furthest comes first.
    """
    runs: dict[tuple[str | None, ...], list[Claim]] = {}
    for claim in sorted(claims.each, key=lambda claim: (end_of(claim), claim.id)):
        same = claim.claimant, claim.item, claim.unit, claim.kind, *claim.parties, claim.status_class
        runs.setdefault(same, []).append(claim)
    return sorted(runs.values(), key=lambda run: (-end_of(run[-1]).toordinal(), run[-1].id))


def end_of(claim: Claim) -> dt.date:
    """Give the day to which a total runs; the day from which it is known where none is stated."""
    return claim.end or claim.known_on or dt.date.max


def _rows(claims: Claims, run: Sequence[Claim], origins: dict[str, str]) -> Iterator[tuple[Text | Cell, ...]]:
    name_of = claims.dossier.name_of
    for at, claim in enumerate(run):
        start, _, end = claim.when.text.partition("/")
        yield (
            (name_of(claim.claimant),),
            _side(start, claim.when.first),
            _side(end or start, end_of(claim)),
            Cell((cite(claim),), least(claim.bounds)),
            (claim.unit,),
            _growth(run[at - 1], claim) if at else ("",),
            (origins[claim.source],),
            (claim.wording,),
        )


def _side(text: str, day: dt.date | None) -> Cell:
    """Tell the start or end of a period as it is stated; it sorts by the day that it can mean."""
    words = "not stated" if text == ".." else str(parse_date(text))
    return Cell((words,), day.isoformat() if day else None)


def _growth(before: Claim, claim: Claim) -> Text | Cell:
    """Say how much more a claimant counts than at its last end; one end told twice is no growth."""
    if end_of(before) == end_of(claim):
        return ("the same end",)
    grown: Bounds = subtract_bounds(claim.bounds, before.bounds)
    return Cell((str(grown) if grown.is_known else "not stated",), least(grown))

"""What the records inside a block say: bounds of a claim, bounds of a figure, what a figure adds up.

Everything is worked out anew from the evidence that travels with the figure, apart from the code that made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from briefing.blocks.blocks import Cited, ClaimRecord
from briefing.errors import ClaimError
from briefing.values.bounds import Bounds, add_bounds, qualified
from briefing.values.rivals import core


class Sum(NamedTuple):
    """What a figure says that it adds, and what it is held against."""

    parts: tuple[ClaimRecord, ...]
    wholes: tuple[ClaimRecord, ...]


def bounds_of_record(claim: ClaimRecord) -> Bounds:
    """Give a claim's bounds from its record."""
    return qualified(claim.qualifier, claim.low, claim.best, claim.high, claim.unit)


def records_of(figure: Cited, claims: Mapping[str, ClaimRecord]) -> list[ClaimRecord]:
    """List the records of the claims behind a figure, as far as they are known."""
    return [claims[claim] for claim in figure.claims if claim in claims]


def sum_of(figure: Cited, claims: Mapping[str, ClaimRecord]) -> Sum | None:
    """Say what a figure adds; ``None`` where it is no sum.

    A sum of parts also cites the whole that it is held against.
    """
    made = figure.made
    if made is None or made.kind != "sum":
        return None
    parts, wholes = ([claims[claim] for claim in ids if claim in claims] for ids in (made.parts, made.wholes))
    return Sum(tuple(parts), tuple(wholes))


def is_of_rivals(figure: Cited) -> bool:
    """Say whether a figure stands for several claims about one quantity, at odds or alike."""
    return figure.made is not None and figure.made.kind == "rivals"


def is_number(figure: Cited) -> bool:
    """Say whether a figure is a number of the things that its claims count: one claim's, a sum, or that of rivals."""
    return figure.is_one_claim or (figure.made is not None and figure.made.kind in {"sum", "rivals"})


def bounds_of_figure(figure: Cited, claims: Mapping[str, ClaimRecord]) -> Bounds | None:
    """Work out what a figure says from the claims behind it; ``None`` where they do not say, or conflict."""
    records = records_of(figure, claims)
    added = sum_of(figure, claims)
    if not records or len(records) < len(figure.claims):
        return None
    try:
        if added:
            return add_bounds([bounds_of_record(claim) for claim in added.parts])
        known = [bounds for claim in records if (bounds := bounds_of_record(claim)).is_known]
        return core(known) if known else None
    except ClaimError:
        return None

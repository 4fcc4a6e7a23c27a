"""Adding what may be added, and refusing what may not with the rule's name.

The rules are those of DATA, *What may be added*: one unit, one status class, one level of the item tree, disjoint
periods; increments add, a cumulative row stands alone for its period; a part does not join its whole; stocks are never
added over time; rivals are never added at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pandas as pd

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims, items_below
from briefing.desk.figures import Figure, figure_of, no_figure
from briefing.dossier.claims import bounds_of, gather_claims
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import CLAIM_TABLES, STATUS_CLASSES
from briefing.errors import ClaimError, did_you_mean
from briefing.usage import verb
from briefing.values.bounds import Bounds, difference, number_words
from briefing.values.bounds import total as add
from briefing.values.dates import parse_date

Row = dict[str, Any]


@verb
def total(claims: Claims) -> Figure:
    """Add claims that are disjoint.

    Parts whose whole is among the claims are left out, and so are increments inside a cumulative count of the same
    things; the figure says so. Where two claims may be about the very same things (`same_as_candidate`), the figure
    spans both answers.

    Parameters
    ----------
    claims : Claims
        What to add.

    Returns
    -------
    Figure
        The sum, with the claims behind it.

    Raises
    ------
    ClaimError
        Where the claims may not be added: F06 rivals, F07 mixed units, statuses or item levels, F10 stocks over time.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.total(b.choose_claims(d, item="lorry", counting="increment")).words
    '48'
    """
    rows = claims.rows
    if not rows:
        return no_figure(claims.dossier)
    kept = leave_out_parts(rows, _wholes(claims.dossier))
    _refuse_mixtures(kept)
    kept = _leave_out_increments(kept, claims.dossier)
    _refuse_overlaps(kept, claims.dossier)
    bounds = add([bounds_of(row) for row in kept])
    twins = _find_twins(kept)
    if twins:
        bounds = _span_twins(kept, twins, bounds)
    ids = tuple(row["claim_id"] for row in kept)
    return figure_of(bounds, ids, claims.dossier, made=_made(kept, rows, bounds, twins))


def leave_out_parts(rows: Sequence[Row], wholes: Mapping[str, str]) -> list[Row]:
    """Leave out each row whose whole, or whole's whole, is among the rows; `wholes` gives each part's whole."""
    chosen = {row["claim_id"] for row in rows}

    def has_whole(claim: str) -> bool:
        at, seen = wholes.get(claim), {claim}
        while at is not None and at not in seen:
            if at in chosen:
                return True
            seen.add(at)
            at = wholes.get(at)
        return False

    return [row for row in rows if not has_whole(row["claim_id"])]


def _wholes(dossier: Dossier) -> dict[str, str]:
    """Give each part's whole, as far as it is known by the day.

    The chain runs through rows that nobody chose and through rows that no longer stand: a part does not become another
    thing than its whole's whole because the row in between was replaced.
    """
    wholes: dict[str, str] = {}
    for name in CLAIM_TABLES:
        frame = dossier.known[name].dropna(subset=["part_of"])
        wholes |= dict(zip(frame["claim_id"].tolist(), frame["part_of"].tolist(), strict=True))
    return wholes


def _refuse_mixtures(rows: Sequence[Row]) -> None:
    kinds = {"unit": {row["unit"] for row in rows}, "status": {STATUS_CLASSES[row["status"]] for row in rows}}
    kinds["kind of claim"] = {"stock" if row["counting"] == "stock" else "flow" for row in rows}
    for name, found in kinds.items():
        if len(found) > 1:
            raise ClaimError(
                f"{' and '.join(sorted(found))} cannot be added; a sum has one {name} (F07). Choose one {name}."
            )


def _leave_out_increments(rows: Sequence[Row], dossier: Dossier) -> list[Row]:
    """Leave out increments that a cumulative row of the same things already counts."""
    cumulative = [row for row in rows if row["counting"] == "cumulative"]
    return [
        row
        for row in rows
        if row["counting"] != "increment" or not any(_counts(whole, row, dossier) for whole in cumulative)
    ]


def _counts(whole: Row, part: Row, dossier: Dossier) -> bool:
    same_way = (whole["giver"], whole["getter"]) == (part["giver"], part["getter"])
    inside = whole["when_first"] <= part["when_first"] and part["when_last"] <= whole["when_last"]
    return bool(same_way and inside and part["item"] in items_below(dossier, whole["item"]))


def _refuse_overlaps(rows: Sequence[Row], dossier: Dossier) -> None:
    for one, other in combinations(rows, 2):
        pair = f"{one['claim_id']} and {other['claim_id']}"
        if one["counting"] == "stock" and one["when"] != other["when"]:
            raise ClaimError(f"{pair} are of different dates; stocks are never added over time (F10). Show a series.")
        if one["quantity_id"] == other["quantity_id"] and not _are_disjoint_steps(one, other):
            raise ClaimError(
                f"{pair} are rivals about {one['quantity_id']}; rivals are never added (F06). "
                "Lay them side by side with contested()."
            )
        if _same_things(one, other, dossier) and not _are_disjoint(one, other):
            raise ClaimError(
                f"{pair} count the same things over periods that overlap; a sum needs disjoint periods (F06). "
                "Choose one of the two."
            )


def _are_disjoint(one: Row, other: Row) -> bool:
    return not parse_date(one["when"]).overlaps(parse_date(other["when"]))


def _are_disjoint_steps(one: Row, other: Row) -> bool:
    are_steps = one["counting"] == "increment" and other["counting"] == "increment"
    return are_steps and (_are_disjoint(one, other) or _are_twins(one, other))


def _are_twins(one: Row, other: Row) -> bool:
    """Whether either row says that both may be about the very same things."""
    return bool(one["same_as_candidate"] == other["claim_id"] or other["same_as_candidate"] == one["claim_id"])


def _same_things(one: Row, other: Row, dossier: Dossier) -> bool:
    """Whether two claims may count the same things: the same way, one item at or above the other, one route."""
    if (one["giver"], one["getter"]) != (other["giver"], other["getter"]):
        return False
    if isinstance(one["part_of"], str) and one["part_of"] == other["part_of"]:
        return False  # two parts of one whole are two parts
    if one["counting"] == "increment" and other["counting"] == "increment" and one["item"] == other["item"]:
        return False  # two movements on one day are two movements, unless they share a quantity or are said to be twins
    related = one["item"] in items_below(dossier, other["item"]) or other["item"] in items_below(dossier, one["item"])
    return related and (one["counting"] != "stock" or one["place"] == other["place"])


def _find_twins(rows: Sequence[Row]) -> list[Row]:
    """Find the rows that may repeat another one of the rows; of each set of twins the one with most stays."""
    groups: list[list[Row]] = []
    for row in rows:
        joined = [group for group in groups if any(_are_twins(row, other) for other in group)]
        groups = [group for group in groups if group not in joined] + [
            [row, *(one for group in joined for one in group)]
        ]
    return [row for group in groups for row in sorted(group, key=_least, reverse=True)[1:]]


def _least(row: Row) -> tuple[float, str]:
    return bounds_of(row).low or 0, row["claim_id"]


def _span_twins(rows: Sequence[Row], twins: Sequence[Row], different: Bounds) -> Bounds:
    """Span both answers: the same things (counted once, by the twin that counts most), or different things."""
    left_out = {row["claim_id"] for row in twins}
    same = add([bounds_of(row) for row in rows if row["claim_id"] not in left_out])
    return replace(different, low=same.low, low_strict=same.low_strict, best=None, about=False)


def _made(kept: Sequence[Row], rows: Sequence[Row], bounds: Bounds, twins: Sequence[Row]) -> Made | None:
    """Say how a sum was made; nothing is to be said of one claim that is its own sum."""
    ids, left_out = _ids(kept), tuple(claim for claim in _ids(rows) if claim not in set(_ids(kept)))
    if len(ids) == 1 and not left_out and not bounds.no_low:
        return None
    return Made(kind="sum", parts=ids, left_out=left_out, twins=_ids(twins), no_low=bounds.no_low)


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row["claim_id"] for row in rows)


# --- parts and wholes -------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Parts:
    """A whole and the parts that claims name of it.

    Parameters
    ----------
    whole : Claims
        The claim about the whole.
    parts : Claims
        The claims that are part of it.
    residual : Bounds
        The whole less its parts: what no part accounts for. Below zero, the parts exceed the whole.
    """

    whole: Claims
    parts: Claims
    residual: Bounds

    @property
    def exceed(self) -> bool:
        """Whether the parts surely exceed the whole (PARTS_EXCEED_WHOLE)."""
        return self.residual.high is not None and self.residual.high < 0

    @property
    def sum(self) -> Bounds:
        """The parts added up."""
        return add(self.parts.bounds) if len(self.parts) else Bounds(unit=self.whole.bounds[0].unit)

    @property
    def figure(self) -> Figure:
        """The sum of the parts as a figure."""
        if not len(self.parts):
            return no_figure(self.whole.dossier)
        ids = (*self.parts.ids, *self.whole.ids)
        made = Made(kind="sum", parts=self.parts.ids, wholes=self.whole.ids)
        return figure_of(self.sum, ids, self.whole.dossier, made=made)

    @property
    def excess(self) -> Figure:
        """By how much the parts exceed the whole, as a figure."""
        if not len(self.parts):
            return no_figure(self.whole.dossier)
        over = difference(self.sum, self.whole.bounds[0])
        ids = (*self.parts.ids, *self.whole.ids)
        made = Made(kind="difference", parts=self.parts.ids, wholes=self.whole.ids)
        return figure_of(over, ids, self.whole.dossier, made=made)

    def __repr__(self) -> str:
        if not len(self.whole):
            return "Parts(nothing is known)"
        told = f"exceed by {number_words(-(self.residual.high or 0))}" if self.exceed else f"leave {self.residual}"
        return f"Parts({self.sum} of {self.whole.bounds[0]}: {told})"


@verb
def find_parts(dossier: Dossier, whole: str, *, instead: dict[str, str] | None = None) -> Parts:
    """Hold the parts of a whole against it.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    whole : str
        The claim about the whole.
    instead : dict of str to str, optional
        Claims to put in the place of parts, to see whether a rival figure would fit: ``{"tr-0106": "tr-0002"}``.
        Where such a claim is not yet known, there is nothing to hold against the whole.

    Returns
    -------
    Parts
        With the residual, and whether the parts exceed the whole.

    Raises
    ------
    ClaimError
        Where there is no such claim on any day, or the claim to be replaced is no part of the whole on any day. A
        whole that is not yet known has no parts, and nothing is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.find_parts(d, "tr-0005")
    Parts(110 of 110: leave 0)
    >>> b.find_parts(d, "tr-0005", instead={"tr-0006": "tr-0010"})
    Parts(134 of 110: exceed by 24)
    """
    claims = gather_claims(dossier)
    found = claims.loc[claims["claim_id"] == whole]
    swap = instead or {}
    _check_parts(dossier, whole, swap)
    if found.empty or not set(swap.values()) <= set(claims["claim_id"]):
        none = Claims(claims.iloc[:0], dossier)
        return Parts(none, none, Bounds())
    ids = [swap.get(claim, claim) for claim in claims.loc[claims["part_of"] == whole, "claim_id"]]
    parts = Claims(claims.set_index("claim_id", drop=False).loc[ids].reset_index(drop=True), dossier)
    sum_ = add(parts.bounds) if len(parts) else Bounds(low=0, best=0, high=0, unit=found.iloc[0]["unit"])
    whole_claims = Claims(found.reset_index(drop=True), dossier)
    return Parts(whole_claims, parts, difference(whole_claims.bounds[0], sum_))


def _check_parts(dossier: Dossier, whole: str, swap: Mapping[str, str]) -> None:
    """Refuse a whole or a rival that is no claim, and a part that is none of the whole's."""
    rows = pd.concat([dossier.everything.peek(name)[["claim_id", "part_of"]] for name in CLAIM_TABLES])
    for claim in (whole, *swap.values()):
        if claim not in set(rows["claim_id"]):
            near = did_you_mean(claim, rows["claim_id"])
            raise ClaimError(f'"{claim}" is no claim; parts are held against a claim. {near}')
    parts = rows.loc[rows["part_of"] == whole, "claim_id"].tolist()
    for claim in swap:
        if claim not in parts:
            cure = did_you_mean(claim, parts)
            raise ClaimError(f'"{claim}" is no part of {whole}; a rival stands in the place of a part. {cure}')

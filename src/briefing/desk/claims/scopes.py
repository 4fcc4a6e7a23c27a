"""Rivals of other scope: the same things in another period, unit or direction, never added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from briefing.blocks.blocks import Column, Note, Table, Text
from briefing.blocks.layouts import Cell, first_day, lay_out
from briefing.desk.claims.claims import Claims, by_quantity, in_order_of_time, items_below
from briefing.desk.claims.contested import contested
from briefing.desk.claims.left_out import leave_out_parts
from briefing.desk.claims.overview import figure_cell
from briefing.desk.cut import cut_rows
from briefing.desk.evidence import collect_evidence
from briefing.desk.tables import nothing_claimed
from briefing.dossier.claims import Claim, gather
from briefing.dossier.dossier import Dossier
from briefing.usage import verb
from briefing.values.bounds import Bounds
from briefing.values.dates import parse_date
from briefing.values.rivals import share_number


def find_neighbours(claims: Claims, *, any_unit: bool = False) -> Claims:
    """Find rivals of other scope: the same things between the same parties, for another period or the other way.

    They are about other quantities: of one unit unless any is asked for (wagons beside tonnes), one class of status and
    one way of counting, of items at, above or below. Parts of a whole that is among them are left out.
    """
    dossier, own = claims.dossier, set(claims.quantities)
    every = gather(dossier).claims.values()
    others = [claim for claim in every if claim.quantity not in own]
    kinds = {_kind_of(claim): claim for claim in claims.each}  # what is near the one is near all of its kind
    near = [claim for claim in others if any(_is_near(claim, chosen, dossier, any_unit) for chosen in kinds.values())]
    wholes = {claim.id: claim.part_of for claim in every if claim.part_of is not None}
    chosen = set(claims.ids)
    kept = leave_out_parts([*claims.each, *near], wholes)
    return claims.only(in_order_of_time(claim for claim in kept if claim.id not in chosen))


def _kind_of(claim: Claim) -> tuple[str | None, ...]:
    """Give all that `_is_near` asks of a claim."""
    return (*claim.parties, claim.counting, claim.kind, claim.unit, claim.status_class, claim.item)


def _is_near(claim: Claim, chosen: Claim, dossier: Dossier, any_unit: bool) -> bool:
    parties = set(claim.parties) == set(chosen.parties)
    is_way = not claim.is_stock or claim.giver == chosen.giver
    kind = (claim.counting, claim.kind) == (chosen.counting, chosen.kind) and (any_unit or claim.unit == chosen.unit)
    if not (parties and is_way and kind and claim.status_class == chosen.status_class):
        return False
    return claim.item in items_below(dossier, chosen.item) or chosen.item in items_below(dossier, claim.item)


@verb
def other_scopes(claims: Claims, *, caption: str, any_unit: bool = False) -> Table | Note:
    """Show a quantity beside its rivals of other scope, the longest period first; they are never added.

    A count of less, over a period that contains another count's, contradicts it: more cannot have gone in a part of the
    time. The table says so.

    Parameters
    ----------
    claims : Claims
        About one quantity.
    caption : str
        What the reader sees here.
    any_unit : bool
        Whether counts in other units stand beside it as well; units are never converted.

    Returns
    -------
    Table or Note
        A block: one row a quantity, with its period, how that lies to the period asked about, and which count of a
        part of its time it contradicts; a note where nothing is known.

    Raises
    ------
    ClaimError
        Where the claims are about several quantities.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> hay = b.choose_claims(d, quantity="hay-to-september")
    >>> b.other_scopes(hay, caption="Hay by rail, by period").data.rows[1][-1]
    ('a shorter period inside this one',)
    """
    contested(claims)  # rivals are about one quantity
    if not len(claims):
        return nothing_claimed(caption, claims.elsewhere)
    groups = [claims, *by_quantity(find_neighbours(claims, any_unit=any_unit), apart=False)]
    lines = sorted(groups, key=lambda group: (-length_of(_period(group)), group.quantities))
    shown, left = cut_rows([claims, *(group for group in lines if group is not claims)])
    kept = {id(group) for group in shown}
    lines = [group for group in lines if id(group) in kept]
    rows = tuple(_scope_row(group, asked=claims, groups=lines) for group in lines)
    names = ("What is counted", "Period", "Figure", "Unit", "Beside this count")
    columns = tuple(Column(name=name, is_number=name == "Figure") for name in names)
    ids = [claim for group in lines for claim in group.ids]
    evidence = collect_evidence(claims.dossier, ids)
    return Table(caption=caption, data=lay_out(columns, rows), left_out=left, evidence=evidence)


def _scope_row(group: Claims, *, asked: Claims, groups: Sequence[Claims]) -> tuple[Text | Cell, ...]:
    told = ["this count" if group is asked else _relation(group, asked)]
    told += [f"counts less than “{part.title}”, which lies inside it" for part in groups if contradicts(group, part)]
    first, last = _period(group)
    period = Cell((period_words(group),), first_day(None if first == dt.date.min else first, last))
    return ((group.title,), period, figure_cell(contested(group).figure), (group.each[0].unit,), ("; ".join(told),))


def _relation(group: Claims, asked: Claims) -> str:
    claim, way = group.each[0], asked.each[0]
    if claim.parties != way.parties:
        return "the opposite direction"
    told = _period_relation(_period(group), _period(asked))
    return told if claim.unit == way.unit else f"{told}, in {claim.unit}"


def _period_relation(other: tuple[dt.date, dt.date], asked: tuple[dt.date, dt.date]) -> str:
    (first, last), (start, end) = other, asked
    if other == asked:
        return "the same period, counted apart"
    if first <= start and end <= last:
        return "a longer period that contains this one"
    if start <= first and last <= end:
        return "a shorter period inside this one"
    return "another time" if last < start or end < first else "overlaps this period"


def contradicts(whole: Claims, part: Claims) -> bool:
    """Whether less is counted over a time than over a part of it: of one unit, the same way, and of no wider kind.

    Each is about one quantity. Stocks do not contradict so, nor does a count at a place one of everywhere; where rivals
    about either share no number, nothing is said.
    """
    outer, inner = whole.each[0], part.each[0]
    are_same = outer.kind == inner.kind and (outer.parties, outer.unit, outer.counting) == (
        inner.parties,
        inner.unit,
        inner.counting,
    )
    if not are_same or outer.is_stock:
        return False
    is_everywhere = all(claim.place is None and claim.place_to is None for claim in whole.each)
    (first, last), (start, end) = _period(whole), _period(part)
    inside = first <= start and end <= last and (first, last) != (start, end)
    if not (is_everywhere and inside and inner.item in items_below(whole.dossier, outer.item)):
        return False
    most, least = contested(whole).core, contested(part).core
    if most is None or least is None:
        return False
    # More time allows for any smaller count in a part of it, so each has one side only.
    at_most = Bounds(high=most.extent[1], unit=most.unit, high_strict=most.high_strict)
    at_least = Bounds(low=least.extent[0], unit=least.unit, low_strict=least.low_strict)
    return not share_number([at_most, at_least])


def _period(claims: Claims) -> tuple[dt.date, dt.date]:
    """Give the days that claims speak of: all of a stock, the newest of a running total, the narrowest of a flow."""
    periods = [claim.days for claim in claims.each]
    if claims.each[0].counting == "running":
        return max(periods, key=lambda period: (period[1], -length_of(period)))
    if claims.each[0].is_stock:
        return min(first for first, _ in periods), max(last for _, last in periods)
    return min(periods, key=lambda period: (length_of(period), period))


def period_words(claims: Claims) -> str:
    """Say the days that claims speak of, as `scopes` does: all days of a stock, the narrowest period of a flow."""
    if claims.each[0].is_stock:
        dates, (first, last) = {claim.when.text for claim in claims.each}, _period(claims)
        return str(parse_date(dates.pop() if len(dates) == 1 else f"{first}/{last}"))
    period = _period(claims)
    return str(min((claim for claim in claims.each if claim.days == period), key=lambda claim: claim.id).when)


def length_of(period: tuple[dt.date, dt.date]) -> int:
    """Give how many days lie between a period's first day and its last."""
    return (period[1] - period[0]).days

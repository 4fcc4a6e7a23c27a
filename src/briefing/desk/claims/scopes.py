"""Rivals of other scope: the same things in another period, unit or direction, never added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from briefing.blocks.blocks import Cited, Column, Note, Table, Text
from briefing.blocks.layouts import Cell, first_day, lay_out, least
from briefing.desk.claims.claims import Claims, items_below
from briefing.desk.claims.contested import contested
from briefing.desk.claims.sums import leave_out_parts
from briefing.desk.evidence import collect_evidence
from briefing.dossier.claims import find_rows, gather_claims
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import STATUS_CLASSES
from briefing.usage import verb
from briefing.values.bounds import Bounds
from briefing.values.dates import parse_date
from briefing.values.rivals import core

Row = dict[str, Any]


def find_neighbours(claims: Claims, *, any_unit: bool = False) -> Claims:
    """Find rivals of other scope: the same things between the same parties, for another period or the other way.

    Parameters
    ----------
    claims : Claims
        Usually about one quantity.
    any_unit : bool
        Whether counts in other units (wagons beside tonnes) are found as well.

    Returns
    -------
    Claims
        About other quantities: one unit unless any is asked for, one class of status and one way of counting, items at,
        above or below, the same two parties in either direction. Parts of a whole that is among them are left out.
    """
    dossier, frame = claims.dossier, gather_claims(claims.dossier)
    rows = find_rows(dossier, frame["claim_id"].tolist())
    own = {row["quantity_id"] for row in claims.rows}
    others = [row for row in rows if row["quantity_id"] not in own]
    same = ("counting",) if any_unit else ("unit", "counting")
    near = [row for row in others if any(_is_near(row, chosen, dossier, same) for chosen in claims.rows)]
    wholes = {row["claim_id"]: row["part_of"] for row in rows if isinstance(row["part_of"], str)}
    chosen = set(claims.ids)
    kept = {row["claim_id"] for row in leave_out_parts([*claims.rows, *near], wholes)} - chosen
    found = frame.loc[frame["claim_id"].isin(kept)].sort_values(["when_last", "claim_id"], ignore_index=True)
    return Claims(found, dossier)


def _is_near(row: Row, chosen: Row, dossier: Dossier, same: Sequence[str]) -> bool:
    parties = {row["giver"], row["getter"]} == {chosen["giver"], chosen["getter"]}
    is_way = row["counting"] != "stock" or row["giver"] == chosen["giver"]
    kind = all(row[column] == chosen[column] for column in same)
    status = STATUS_CLASSES[row["status"]] == STATUS_CLASSES[chosen["status"]]
    below = items_below(dossier, chosen["item"])
    related = row["item"] in below or chosen["item"] in items_below(dossier, row["item"])
    return parties and is_way and kind and status and related


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
        return Note(label="Nothing known", text=(f"{caption.rstrip('.')}: no claim is known on this day.",))
    groups = [claims, *_by_quantity(find_neighbours(claims, any_unit=any_unit))]
    lines = sorted(groups, key=lambda group: (-length_of(_period(group)), group.frame["quantity_id"].iloc[0]))
    rows = tuple(_scope_row(group, asked=claims, groups=groups) for group in lines)
    names = ("What is counted", "Period", "Figure", "Unit", "Beside this count")
    columns = tuple(Column(name=name, is_number=name == "Figure") for name in names)
    ids = [claim for group in lines for claim in group.ids]
    data = lay_out(columns, rows)
    return Table(caption=caption, data=data, evidence=collect_evidence(claims.dossier, ids))


def _scope_row(group: Claims, *, asked: Claims, groups: Sequence[Claims]) -> tuple[Text | Cell, ...]:
    figure = contested(group).figure
    cited = Cited(text=figure.short, claims=figure.claims, made=figure.made)
    told = ["this count" if group is asked else _relation(group, asked)]
    told += [f"counts less than “{_title(part)}”, which lies inside it" for part in groups if contradicts(group, part)]
    first, last = _period(group)
    period = Cell((period_words(group),), first_day(None if first == dt.date.min else first, last))
    number = Cell((cited,), least(figure.bounds))
    return ((_title(group),), period, number, (group.rows[0]["unit"],), ("; ".join(told),))


def _title(group: Claims) -> str:
    return group.dossier.name_of(group.rows[0]["quantity_id"])


def _relation(group: Claims, asked: Claims) -> str:
    row, way = group.rows[0], asked.rows[0]
    if (row["giver"], row["getter"]) != (way["giver"], way["getter"]):
        return "the opposite direction"
    told = _period_relation(_period(group), _period(asked))
    return told if row["unit"] == way["unit"] else f"{told}, in {row['unit']}"


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

    Parameters
    ----------
    whole, part : Claims
        Each about one quantity. Stocks do not contradict so, nor does a count at a place one of everywhere; where
        rivals about either share no number, nothing is said.
    """
    (outer, inner), dossier = (whole.rows[0], part.rows[0]), whole.dossier
    same = ("giver", "getter", "unit", "counting")
    if any(outer[column] != inner[column] for column in same) or outer["counting"] == "stock":
        return False
    is_everywhere = all(not isinstance(row[column], str) for row in whole.rows for column in ("place", "place_to"))
    (first, last), (start, end) = _period(whole), _period(part)
    inside = first <= start and end <= last and (first, last) != (start, end)
    if not (is_everywhere and inside and inner["item"] in items_below(dossier, outer["item"])):
        return False
    most, least = contested(whole).core, contested(part).core
    return most is not None and least is not None and core([_at_most(most), _at_least(least)]) is None


def _at_most(bounds: Bounds) -> Bounds:
    """Open the lower side: more time allows for any smaller count in a part of it."""
    return Bounds(high=bounds.extent[1], unit=bounds.unit, high_strict=bounds.high_strict)


def _at_least(bounds: Bounds) -> Bounds:
    return Bounds(low=bounds.extent[0], unit=bounds.unit, low_strict=bounds.low_strict)


def _by_quantity(claims: Claims) -> list[Claims]:
    return [Claims(frame.reset_index(drop=True), claims.dossier) for _, frame in claims.frame.groupby("quantity_id")]


def _period(claims: Claims) -> tuple[dt.date, dt.date]:
    """Give the days that claims speak of: all days of a stock; of a flow the narrowest, which is the count itself."""
    periods = [days_of(row) for row in claims.rows]
    if claims.rows[0]["counting"] == "stock":
        return min(first for first, _ in periods), max(last for _, last in periods)
    return min(periods, key=lambda period: (length_of(period), period))


def period_words(claims: Claims) -> str:
    """Say the days that claims speak of, as `scopes` does: all days of a stock, the narrowest period of a flow."""
    if claims.rows[0]["counting"] == "stock":
        dates, (first, last) = {row["when"] for row in claims.rows}, _period(claims)
        return str(parse_date(dates.pop() if len(dates) == 1 else f"{first}/{last}"))
    at = min(claims.rows, key=lambda row: (length_of(days_of(row)), days_of(row)))
    return str(parse_date(at["when"]))


def days_of(row: Row) -> tuple[dt.date, dt.date]:
    """Give the first and last day that a claim can speak of."""
    date = parse_date(row["when"])
    return date.first or dt.date.min, date.last or dt.date.max


def length_of(period: tuple[dt.date, dt.date]) -> int:
    """Give how many days lie between a period's first day and its last."""
    return (period[1] - period[0]).days

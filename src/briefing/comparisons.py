"""The scope of a figure: rivals of other scope, and claims about a kind held against claims about its parts.

65,089 tonnes for March to September and 37,267 for February to August are no rivals: they stand beside each other with
their periods, and are never added. A claim about "tanks and infantry fighting vehicles" is compared at that node of the
item tree, never with tanks alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.blocks import Cited, Column, Note, Prose, Table, TableData
from briefing.bounds import Bounds
from briefing.claims import STATUS_CLASSES, Claims, contested, items_below
from briefing.dates import parse_date
from briefing.dossier import Dossier
from briefing.errors import ClaimError
from briefing.evidence import collect_evidence, find_rows, gather_claims
from briefing.figures import Figure, figure_of
from briefing.rivals import core
from briefing.sums import leave_out_parts, total

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


def scopes(claims: Claims, *, caption: str, any_unit: bool = False) -> Table | Note:
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
    >>> hay = b.choose(d, quantity="hay-to-september")
    >>> b.scopes(hay, caption="Hay by rail, by period").data.rows[1][-1]
    ('a shorter period inside this one',)
    """
    contested(claims)  # rivals are about one quantity
    if not len(claims):
        return Note(label="Nothing known", text=(f"{caption.rstrip('.')}: no claim is known on this day.",))
    groups = [claims, *_by_quantity(find_neighbours(claims, any_unit=any_unit))]
    lines = sorted(groups, key=lambda group: (-_length(_period(group)), group.frame["quantity_id"].iloc[0]))
    rows = tuple(_scope_row(group, asked=claims, groups=groups) for group in lines)
    names = ("What is counted", "Period", "Figure", "Unit", "Beside this count")
    columns = tuple(Column(name=name, is_number=name == "Figure") for name in names)
    ids = [claim for group in lines for claim in group.ids]
    data = TableData(columns=columns, rows=rows)
    return Table(caption=caption, data=data, evidence=collect_evidence(claims.dossier, ids))


def _scope_row(group: Claims, *, asked: Claims, groups: Sequence[Claims]) -> tuple[Any, ...]:
    figure = contested(group).figure
    cited = Cited(text=figure.short, claims=figure.claims, how=figure.how)
    told = ["this count" if group is asked else _relation(group, asked)]
    told += [f"counts less than “{_title(part)}”, which lies inside it" for part in groups if contradicts(group, part)]
    return ((_title(group),), (period_words(group),), (cited,), (group.rows[0]["unit"],), ("; ".join(told),))


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
    periods = [_days_of(row) for row in claims.rows]
    if claims.rows[0]["counting"] == "stock":
        return min(first for first, _ in periods), max(last for _, last in periods)
    return min(periods, key=lambda period: (_length(period), period))


def period_words(claims: Claims) -> str:
    """Say the days that claims speak of, as `scopes` does: all days of a stock, the narrowest period of a flow."""
    if claims.rows[0]["counting"] == "stock":
        dates, (first, last) = {row["when"] for row in claims.rows}, _period(claims)
        return str(parse_date(dates.pop() if len(dates) == 1 else f"{first}/{last}"))
    at = min(claims.rows, key=lambda row: (_length(_days_of(row)), _days_of(row)))
    return str(parse_date(at["when"]))


def _days_of(row: Row) -> tuple[dt.date, dt.date]:
    date = parse_date(row["when"])
    return date.first or dt.date.min, date.last or dt.date.max


def _length(period: tuple[dt.date, dt.date]) -> int:
    return (period[1] - period[0]).days


# --- claims about a kind, and about its parts -------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Comparison:
    """A claim about a kind of thing, and what claims about its parts come to.

    Parameters
    ----------
    claim : Claims
        One claim.
    parts : Claims
        The claims about its parts.
    perhaps : Claims
        Those of them that may or may not count: the lower side leaves them out.
    at : str
        The item at which both are compared.
    rival : Claims, optional
        The parts with a rival in the place of one of them: told beside the sum, and not compared.
    """

    claim: Claims
    parts: Claims
    perhaps: Claims
    at: str
    rival: Claims | None = None

    @cached_property
    def sum(self) -> Figure:
        """What the parts come to, without and with those that may or may not count."""
        return _span(self.parts, self.perhaps)

    @property
    def is_known(self) -> bool:
        """Whether there are both a claim and claims about its parts on this day."""
        return bool(len(self.claim) and len(self.parts))

    @property
    def is_consistent(self) -> bool:
        """Whether some number fits both; where one of them is not known, nothing speaks against it."""
        return not self.is_known or core([self.claim.bounds[0], self.sum.bounds]) is not None

    def say(self) -> Prose:
        """Say in a sentence what was compared and how it came out."""
        dossier = self.claim.dossier
        if not self.is_known:
            return Prose(text=("No claims are known on this day that could be compared.",))
        row = self.claim.rows[0]
        claimed = Cited(text=str(self.claim.bounds[0]), claims=self.claim.ids)
        made = Cited(text=self.sum.short, claims=self.sum.claims, how=self.sum.how)
        verdict = "The two are consistent." if self.is_consistent else "No number fits both."
        text = (
            f"{dossier.name_of(row['claimant_id'])} counts ", claimed, f" ({dossier.name_of(row['item'])}, "
            f"{parse_date(row['when'])}); claims about the parts come to ", made, f". {verdict}",
        )  # fmt: skip
        cited = (*self.claim.ids, *self.sum.claims)
        if self.rival is None or not len(self.rival):
            return Prose(text=text, evidence=collect_evidence(dossier, cited))
        other = _span(self.rival, self.perhaps)
        with_rival = Cited(text=other.short, claims=other.claims, how=other.how)
        widest = max(self.rival.rows, key=lambda row: _length(_days_of(row)))
        among = f" (one of them counted for {parse_date(widest['when'])})."
        more = (" With the rival figure in the place of a part they come to ", with_rival, among)
        return Prose(text=(*text, *more), evidence=collect_evidence(dossier, (*cited, *other.claims)))

    def __repr__(self) -> str:
        if not self.is_known:
            return "Comparison(nothing is known)"
        told = "consistent" if self.is_consistent else "in conflict"
        return f"Comparison({self.claim.bounds[0]} against {self.sum.short} at {self.at}: {told})"


def _span(parts: Claims, perhaps: Claims) -> Figure:
    """Add parts, without and with those that may or may not count."""
    sure = total(parts)
    if not len(perhaps):
        return sure
    every = total(_joined(parts, perhaps))
    low, high = sure.bounds, every.bounds
    span = Bounds(low=low.low, high=high.high, unit=low.unit, low_strict=low.low_strict, high_strict=high.high_strict)
    how = f"{every.how}, {len(perhaps)} of them only perhaps of this kind"
    return figure_of(span, every.claims, parts.dossier, how=how)


def compare(
    claim: Claims, parts: Claims, *, at: str, perhaps: Claims | None = None, rival: Claims | None = None
) -> Comparison:
    """Hold a claim about a kind of thing against claims about its parts, at that node of the item tree or above.

    Parameters
    ----------
    claim : Claims
        One claim, such as "at least 100 tanks and infantry fighting vehicles". None is possible, on a day on which it
        is not yet known, and then nothing is compared.
    parts : Claims
        Claims that may be added, which together reach every branch of the claim's item. None is possible as well.
    at : str
        The item at which both are compared: the claim's own or one above it.
    perhaps : Claims, optional
        Claims of which it is open whether they are of this kind; they may stand among the parts, too.
    rival : Claims, optional
        The parts with a rival in the place of one of them, whose sum is told as well. A rival may be of another time.

    Returns
    -------
    Comparison
        With the sum and whether the two are consistent.

    Raises
    ------
    ClaimError
        Where there are several claims, the items do not meet at the node, a branch of it is not counted at all, or a
        part is of another time than the claim.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> ministry, beds = b.choose(d, claimant="corvia"), b.choose(d, quantity="cart-beds-sent")
    >>> sailings = [f"lorries-{day}-october" for day in (9, 16, 28)]
    >>> counted = b.choose(d, quantity=["carts-sent", *sailings])
    >>> b.compare(ministry, counted, at="vehicle", perhaps=beds)
    Comparison(≥ 80 against 88–110 at vehicle: consistent)
    """
    if len(claim) > 1:
        raise ClaimError(f"{len(claim)} claims were given; one claim is compared with its parts. Choose one.")
    more = perhaps if perhaps is not None else Claims(claim.frame.iloc[:0], claim.dossier)
    parts = _without(parts, more)
    if not len(claim) or not len(parts):
        return Comparison(claim, parts, more, at)
    row = claim.rows[0]
    _refuse_other_kinds([row, *parts.rows, *more.rows], claim, at)
    _refuse_missing_branches(row["item"], parts, at)
    _refuse_other_times(row, [*parts.rows, *more.rows])
    return Comparison(claim, parts, more, at, None if rival is None else _without(rival, more))


def _refuse_other_kinds(rows: Sequence[Row], claim: Claims, at: str) -> None:
    below = items_below(claim.dossier, at)
    strangers = sorted({row["item"] for row in rows if row["item"] not in below})
    if strangers:
        raise ClaimError(
            f"{', '.join(strangers)} is not under {at}; claims are compared at an item that holds them all (F07). "
            "Choose an item above."
        )


def _refuse_missing_branches(item: str, parts: Claims, at: str) -> None:
    items = parts.dossier.items
    counted = set(parts.frame["item"])
    branches = items.loc[items["parent_id"] == item, "item_id"].tolist()
    missing = [branch for branch in branches if not counted & items_below(parts.dossier, branch)]
    if missing and item not in counted:
        raise ClaimError(
            f"{', '.join(sorted(counted)) or 'nothing'} alone leaves {', '.join(missing)} out; a claim about {item} is "
            f"compared with all that is under it (F07). Add claims about {missing[0]}."
        )


def _refuse_other_times(row: Row, parts: Sequence[Row]) -> None:
    start, end = _days_of(row)
    for part in parts:
        first, last = _days_of(part)
        if first < start or last > end:
            raise ClaimError(
                f"{part['claim_id']} is of {parse_date(part['when'])} and {row['claim_id']} of "
                f"{parse_date(row['when'])}; a part lies inside the period of the claim. Choose one that does."
            )


def _without(claims: Claims, others: Claims) -> Claims:
    return Claims(claims.frame.loc[~claims.frame["claim_id"].isin(others.ids)], claims.dossier)


def _joined(one: Claims, other: Claims) -> Claims:
    frame = pd.concat([one.frame, other.frame], ignore_index=True).drop_duplicates("claim_id", ignore_index=True)
    return Claims(frame, one.dossier)

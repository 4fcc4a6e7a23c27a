"""Claims of all tables side by side: one value a claim, whatever table it is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.dossier.cells import filled, is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES, STATUS_CLASSES
from briefing.dossier.read_log import Reading
from briefing.dossier.rules import origin_of
from briefing.values.bounds import Bounds, qualified
from briefing.values.dates import PartialDate, parse_date

#: What the columns of each table are called here: when, who has or gives (or lost), who hosts or gets.
SHAPES = {
    "deployments": {"date": "when", "force": "giver", "host": "getter", "place_id": "place"},
    "transfers": {"period": "when", "from": "giver", "to": "getter", "place_from": "place"},
    "losses": {"period": "when", "side": "giver", "place_id": "place"},
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asserted what, about when, with bounds and a source: one row of any table of claims.

    Parameters
    ----------
    id, table : str
        Its `claim_id`, and the table that it is in.
    quantity, item : str
        What rivals are about, and what is counted.
    when : PartialDate
        The day or period that it speaks of.
    giver, getter : str
        Who has or sends it (force, from), and who hosts or gets it (host, to). Both are the side that lost it.
    counting : {"stock", "increment", "cumulative", "running"}
        A stock for a deployment.
    bounds : Bounds
        What it says of the number, in its unit.
    qualifier, status : str
        As in the row.
    claimant, source, origin : str
        Who asserts it, the document in which it was read, and the document at the end of what that one relays.
    wording : str
        The words as printed.
    known_on : datetime.date or None
        The day from which it is known; ``None`` where its document has no day.
    row : int
        Its number in the file.
    place, place_to, unit_name, kind, credibility, credibility_basis : str or None
        As in the row; a transfer's place is where it left, and only a loss has a kind: killed, captured ...
    part_of, supersedes, same_as_candidate, note : str or None
        As in the row.
    retracted_on : datetime.date or None
        The day on which the claimant withdrew it.
    """

    id: str
    table: str
    quantity: str
    item: str
    when: PartialDate
    giver: str
    getter: str
    counting: str
    bounds: Bounds
    qualifier: str
    status: str
    claimant: str
    source: str
    origin: str
    wording: str
    known_on: dt.date | None
    row: int
    place: str | None = None
    place_to: str | None = None
    unit_name: str | None = None
    kind: str | None = None
    credibility: str | None = None
    credibility_basis: str | None = None
    part_of: str | None = None
    supersedes: str | None = None
    same_as_candidate: str | None = None
    note: str | None = None
    retracted_on: dt.date | None = None

    @property
    def unit(self) -> str:
        """What is counted: persons, items, tonnes ..."""
        return self.bounds.unit

    @property
    def is_stock(self) -> bool:
        """Whether it counts what was there on a date; all others count what moved."""
        return self.counting == "stock"

    @property
    def is_series(self) -> bool:
        """Whether claims of other days are no rivals of it but a series with it: stocks, and running totals."""
        return self.counting in {"stock", "running"}

    @property
    def is_total(self) -> bool:
        """Whether it counts all that moved in its period, or from its first day to an end that moves."""
        return self.counting in {"cumulative", "running"}

    @property
    def end(self) -> dt.date | None:
        """The last day that it counts; a running total of no stated end runs to the day from which it is known."""
        return self.when.last or (self.known_on if self.counting == "running" else None)

    @property
    def parties(self) -> tuple[str, str]:
        """Who has or sends it, and who hosts or gets it."""
        return self.giver, self.getter

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and last day that it can speak of; the first or last of the calendar on a side that is open."""
        return self.when.first or dt.date.min, self.when.last or dt.date.max

    @property
    def status_class(self) -> str:
        """Whether it is about what is there or has moved ("real"), or about a plan, a withdrawal or a denial."""
        return STATUS_CLASSES[self.status]


#: The columns of either table that a claim holds under the same name, as text or nothing.
_OPTIONAL = (
    "place_to", "unit_name", "kind", "credibility", "credibility_basis", "part_of", "supersedes", "same_as_candidate",
    "note",
)  # fmt: skip


def _claim(table: str, row: Mapping[Hashable, Any], roots: Mapping[str, str]) -> Claim:
    cells = {name: row[column] for column, name in SHAPES[table].items()}
    return Claim(
        id=row["claim_id"],
        table=table,
        quantity=row["quantity_id"],
        item=row["item"],
        when=parse_date(cells["when"]),
        giver=cells["giver"],
        getter=cells.get("getter", cells["giver"]),
        counting=row.get("counting", "stock"),
        bounds=bounds_of(row),
        qualifier=row["qualifier"],
        status=row["status"],
        claimant=row["claimant_id"],
        source=row["source_id"],
        origin=roots.get(row["source_id"], row["source_id"]),
        wording=row["wording"],
        known_on=_day(row["known_on"]),
        row=row["row"],
        place=filled(cells["place"]),
        retracted_on=_day(row["retracted_on_last"]),
        **{name: filled(row.get(name)) for name in _OPTIONAL},
    )


def _day(moment: Any) -> dt.date | None:
    return moment.date() if is_filled(moment) else None


def _make_claims(*tables: pd.DataFrame) -> dict[tuple[str, int], Claim]:
    """Make the claims of a whole folder, by table and row: what they say is the same on every day."""
    *claim_tables, sources = tables
    roots = origin_of(sources)
    return {
        (table, row["row"]): _claim(table, row, roots)
        for table, frame in zip(CLAIM_TABLES, claim_tables, strict=True)
        for row in frame.to_dict("records")
    }


@dataclass(frozen=True, eq=False)
class Gathered:
    """The gathered claims of a dossier; nobody changes them."""

    tables: tuple[pd.DataFrame, ...] = field(repr=False)
    roots: Mapping[str, str] = field(repr=False)
    reading: Reading = field(repr=False)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by id, in the order of the tables."""
        every = {name: self.reading.frames[name] for name in (*CLAIM_TABLES, "sources")}
        made = self.reading.memo.once(_make_claims, every)
        shown = zip(CLAIM_TABLES, self.tables, strict=True)
        rows = [
            (made[table, row], source)
            for table, frame in shown
            for row, source in zip(frame["row"].tolist(), frame["source_id"].tolist(), strict=True)
        ]
        return {claim.id: self._as_of_its_day(claim, source) for claim, source in rows}

    @cached_property
    def about(self) -> dict[str, tuple[Claim, ...]]:
        """The claims by what they are about, in the order of the tables."""
        groups: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            groups.setdefault(claim.quantity, []).append(claim)
        return {quantity: tuple(group) for quantity, group in groups.items()}

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The claims that name a whole, by that whole, in the order of the tables."""
        groups: dict[str, list[str]] = {}
        for claim in self.claims.values():
            if claim.part_of is not None:
                groups.setdefault(claim.part_of, []).append(claim.id)
        return {whole: tuple(group) for whole, group in groups.items()}

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each claim stands in the order of the tables, by its id."""
        return {claim: place for place, claim in enumerate(self.claims)}

    def _as_of_its_day(self, claim: Claim, source: str) -> Claim:
        """Give a claim the document and origin that are known on the day: one between may not be known yet."""
        origin = self.roots.get(source, source)
        is_same = origin == claim.origin and source == claim.source
        return claim if is_same else replace(claim, source=source, origin=origin)


def gather(dossier: Dossier) -> Gathered:
    """Gather the claims of a dossier, once for as long as it lives."""
    return dossier.frames.once(_gather, *CLAIM_TABLES, "sources", with_reading=True)


def _gather(
    deployments: pd.DataFrame, transfers: pd.DataFrame, losses: pd.DataFrame, sources: pd.DataFrame, reading: Reading
) -> Gathered:
    return Gathered((deployments, transfers, losses), origin_of(sources), reading)


def find_claims_about(dossier: Dossier, quantities: Iterable[str]) -> list[Claim]:
    """Give every claim about some quantities, in the order of the tables; no other claim is looked at.

    Examples
    --------
    >>> import briefing as b
    >>> [claim.id for claim in find_claims_about(b.read_example(), ["lorries-sent"])]
    ['tr-0006', 'tr-0010', 'tr-0011']
    """
    gathered = gather(dossier)
    groups = [gathered.about.get(quantity, ()) for quantity in dict.fromkeys(quantities)]
    if len(groups) == 1:
        return list(groups[0])
    return sorted((claim for group in groups for claim in group), key=lambda claim: gathered.places[claim.id])


def find_claims(dossier: Dossier, claim_ids: Iterable[str]) -> tuple[Claim, ...]:
    """Give claims by their ids, in the order given; an id that is not known on the dossier's day is left out.

    Examples
    --------
    >>> import briefing as b
    >>> [(claim.claimant, str(claim.bounds)) for claim in find_claims(b.read_example(), ["tr-0006"])]
    [('harbour-watch', '48')]
    """
    claims = gather(dossier).claims
    return tuple(claims[claim] for claim in claim_ids if claim in claims)


def bounds_of(row: Any) -> Bounds:
    """Read a claim's bounds from a row of either table."""
    low, best, high = (filled(row[side]) for side in ("low", "best", "high"))
    return qualified(row["qualifier"], low, best, high, row["unit"])

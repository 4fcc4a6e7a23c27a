"""Claims of all tables side by side: one value a claim, whatever table it is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.dossier.cells import filled
from briefing.dossier.cut import Cut
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


_FIELDS = tuple(each.name for each in fields(Claim))

#: The columns of every table whose cells a claim holds as they are, and what it calls them.
_SAME = {
    "claim_id": "id", "quantity_id": "quantity", "item": "item", "qualifier": "qualifier", "status": "status",
    "claimant_id": "claimant", "source_id": "source", "wording": "wording", "row": "row",
}  # fmt: skip


def _claims_of(table: str, frame: pd.DataFrame, roots: Mapping[str, str]) -> Iterator[Claim]:
    """Make the claims of a table, column by column: a row taken out of a frame by itself costs as much as ten."""
    shape = {name: column for column, name in SHAPES[table].items()}
    columns: dict[str, list[Any]] = {name: frame[column].tolist() for column, name in _SAME.items()}
    columns["when"] = [parse_date(cell) for cell in frame[shape["when"]].tolist()]
    columns["giver"] = frame[shape["giver"]].tolist()
    columns["getter"] = frame[shape["getter"]].tolist() if "getter" in shape else columns["giver"]
    columns["counting"] = frame["counting"].tolist() if "counting" in frame else ["stock"] * len(frame)
    sides = (_filled_in(frame[side]) for side in ("low", "best", "high"))
    columns["bounds"] = list(map(qualified, columns["qualifier"], *sides, frame["unit"].tolist()))
    columns["origin"] = [roots.get(source, source) for source in columns["source"]]
    columns["known_on"], columns["retracted_on"] = _days(frame["known_on"]), _days(frame["retracted_on_last"])
    columns["place"] = _filled_in(frame[shape["place"]])
    columns |= {name: _filled_in(frame[name]) for name in _OPTIONAL if name in frame}
    columns["table"] = [table] * len(frame)
    empty = [None] * len(frame)
    return map(Claim, *(columns.get(name, empty) for name in _FIELDS))


def _filled_in(column: pd.Series) -> list[Any]:
    """Give the cells of a column, ``None`` where they are empty."""
    cells, is_empty = column.tolist(), column.isna().tolist()
    return [None if gone else cell for cell, gone in zip(cells, is_empty, strict=True)]


def _days(moments: pd.Series) -> list[dt.date | None]:
    """Give the days of a column of moments; each day of the calendar is made once."""
    at, distinct = pd.factorize(moments)
    days = [*(moment.date() for moment in distinct), None]  # of an empty cell the place is the last: -1
    return [days[place] for place in at.tolist()]


def _make_claims(*tables: pd.DataFrame) -> dict[tuple[str, int], Claim]:
    """Make the claims of a whole folder, by table and row: what they say is the same on every day."""
    *claim_tables, sources = tables
    roots = origin_of(sources)
    return {
        (table, claim.row): claim
        for table, frame in zip(CLAIM_TABLES, claim_tables, strict=True)
        if len(frame)
        for claim in _claims_of(table, frame, roots)
    }


def make_all_claims(reading: Reading) -> Mapping[tuple[str, int], Claim]:
    """Give the claims of a whole folder, by table and number in its file; they are made once."""
    return reading.memo.once(_make_claims, {name: reading.frames[name] for name in (*CLAIM_TABLES, "sources")})


@dataclass(frozen=True, eq=False)
class Gathered:
    """The gathered claims of a dossier; nobody changes them."""

    tables: tuple[Cut, ...] = field(repr=False)
    roots: Mapping[str, str] = field(repr=False)
    reading: Reading = field(repr=False)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by id, in the order of the tables."""
        made = make_all_claims(self.reading)
        shown = zip(CLAIM_TABLES, self.tables, strict=True)
        rows = [(made[table, row], source) for table, cut in shown for row, source in cut.rows("row", "source_id")]
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
    return dossier.frames.once_of_cells(_gather, *CLAIM_TABLES, "sources")


def _gather(*tables: Cut) -> Gathered:
    *claim_tables, sources = tables
    return Gathered(tuple(claim_tables), origin_of(sources), sources.reading)


def find_claims_about(dossier: Dossier, quantities: Iterable[str]) -> list[Claim]:
    """Give every claim about some quantities, in the order of the tables; no other claim is looked at.

    Examples
    --------
    >>> import briefing as b
    >>> [claim.id for claim in find_claims_about(b.read_example(), ["lorries-sent"])]
    ['tr-0006', 'tr-0009', 'tr-0010']
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

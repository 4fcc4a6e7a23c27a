"""What the archive knows of each edition: a record, small and always at hand, and its details, read where asked for.

All of it is plain values, as the page printed them: nothing here is computed anew, and nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.editions.address import DAY
from briefing.values.bounds import Bounds

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class RecordedFigure:
    """A figure as its page printed it, and what it says in numbers."""

    words: str
    place: str = ""  #: what a reader calls the place: a section's heading, a table's caption, a tile's label
    kind: str = "claim"  #: how it was made: ``claim`` is one claim as it stands, others are those of `records.Made`
    quantity: str = ""  #: the one quantity that its claims are about; empty where they are about several, or none
    title: str = ""  #: what that quantity is called
    #: What it leaves open; sides that nobody states stay empty. ``None`` where its claims give no number.
    bounds: Bounds | None = None
    printed: tuple[float, float] | None = None  #: the least and the most number of it that is printed
    claims: tuple[str, ...] = ()
    is_answer: bool = False  #: whether the page's answer holds it


@dataclass(frozen=True, slots=True)
class RecordedTile:
    """A number that led a page."""

    label: str
    words: str
    hedge: str = ""
    claimant: str = ""
    when: str = ""  #: a partial date
    chips: tuple[Mapping[str, Any], ...] = ()  #: how it stood: the fields of a `blocks.Chip` each
    figure: RecordedFigure | None = None  #: ``None`` where no claim gave a number


@dataclass(frozen=True, slots=True)
class RecordedJudgement:
    """A judgement as it stood on a page, open or decided."""

    id: str
    statement: str
    term: str
    range: str
    low: int
    high: int
    made_on: str = ""
    horizon: str = ""
    confidence: str = ""
    previous: str = ""  #: the judgement that it replaces
    previous_term: str = ""
    move: str = ""  #: raised, lowered, kept; empty where it replaces none
    reason: str = ""  #: why it moved
    outcome: str = ""  #: true, false, void; empty while it is open
    decided_on: str = ""
    leaned: str = ""  #: right, wrong, neither: whether it leaned to what then happened
    how: str = ""


@dataclass(frozen=True, slots=True)
class RecordedCorrection:
    """A cell of ours that was wrong, as a page told it."""

    date: str
    row: str
    title: str
    field: str
    old: str
    new: str
    reason: str
    is_later: bool = False  #: mended after the day that the page speaks for


@dataclass(frozen=True, slots=True)
class Record:
    """What the archive knows of one edition at a glance."""

    address: str
    briefing: str
    page: str  #: the digest of its page as it was made, its links to neighbours left out
    title: str = ""  #: what the catalog calls its briefing
    parameters: Mapping[str, Any] = field(default_factory=dict)
    as_of: str = ""  #: the day that it speaks for; empty where it has none
    issued: str = ""
    language: str = "en"  #: of the page's own words
    spoken: str = ""  #: of the notebook's words, where they are in another
    question: str = ""
    answer: str = ""  #: the bottom line, in words
    term: str = ""  #: the likelihood in it with its range, where it is a judgement
    assurance: str = ""
    badge: str = ""
    tiles: tuple[RecordedTile, ...] = ()
    judgements: tuple[RecordedJudgement, ...] = ()
    headings: tuple[str, ...] = ()
    corrections: int = 0  #: how many corrections it shows
    told: tuple[RecordedCorrection, ...] = ()  #: those corrections
    #: The ids of the rows that the page prints, by the table under which it says so, with a space between two.
    printed: Mapping[str, str] = field(default_factory=dict)
    claims: int = 0  #: how many claims it cites
    made_from: Mapping[str, str] = field(default_factory=dict)  #: digests of run, notebook, code, template and reads
    details: str = ""  #: the digest of its details; empty where there are none
    flaw: str = ""  #: why its run could not be read, or not all of it

    @property
    def name(self) -> str:
        """The edition as people name it."""
        return self.address.removesuffix(".html")

    @property
    def is_dated(self) -> bool:
        """Whether its address names the day that it speaks for, so that others beside it differ in their day alone."""
        return is_day(self.as_of) and self.name.endswith(f"/{self.as_of}")

    @property
    def series(self) -> str:
        """What names the editions that differ in their day alone: their folder, or else the address of the one."""
        return self.name.rpartition("/")[0] if self.is_dated else self.address

    @property
    def folder(self) -> str:
        """The folder of its page; empty for the reports folder itself."""
        return self.address.rpartition("/")[0]

    @property
    def lead(self) -> RecordedTile | None:
        """The tile that leads, where it has a number."""
        return self.tiles[0] if self.tiles and self.tiles[0].figure and self.tiles[0].figure.bounds else None

    @property
    def order(self) -> tuple[str, str]:
        """What editions are ordered by: their day, then their address."""
        return self.as_of, self.address


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """A row of the dossier as a page printed it."""

    hash: str  #: the same as long as all that a page prints of it is
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Details:
    """All that a page printed: its figures, its rows by table and id, the corrections that it told."""

    figures: tuple[RecordedFigure, ...] = ()
    #: ``claims`` and ``sources`` whole; ``quotes``, ``events``, ``judgements``, ``evidence`` and others as shown.
    rows: Mapping[str, Mapping[str, RecordedRow]] = field(default_factory=dict)
    corrections: tuple[RecordedCorrection, ...] = ()

    def cells(self, table: str) -> list[Mapping[str, Any]]:
        """Give the cells of a table's rows, in the order in which the page first carries them."""
        return [row.cells for row in self.rows.get(table, {}).values()]


def order_records(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Give the editions of each series, the oldest first; the series come as their first records do."""
    series: dict[str, list[Record]] = {}
    for record in records:
        series.setdefault(record.series, []).append(record)
    return {name: sorted(editions, key=lambda record: record.order) for name, editions in series.items()}


def is_day(text: str) -> bool:
    """Whether a text is written as a day is: year-month-day."""
    return _DAY.fullmatch(text) is not None


def noted_day(manifest: Mapping[str, Any]) -> str:
    """Give the day that the press noted for an edition; empty where it has none."""
    day = manifest.get("parameters", {}).get(DAY)
    return "" if day is None else str(day)

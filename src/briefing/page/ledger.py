"""The page's ledger: every claim and source behind it, what it is cited as, and where.

Everything is numbered in reading order while the page is written, so that the same notebook gives the same page:
sources by their first use, figures and places of use by their turn. Anchors of the page's own hold a ``_``, which no id
in a dossier can, so that a claim's anchor is its id and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from briefing.blocks.blocks import Block, Cited, ClaimRecord, Entry, Matrix, Quotation, SourceRecord
from briefing.blocks.made import say_cited
from briefing.errors import PageError

Record = TypeVar("Record", ClaimRecord, SourceRecord, Quotation, Entry)


@dataclass(frozen=True, slots=True)
class Use:
    """A place on the page that cites claims."""

    anchor: str
    label: str  #: what a reader calls the place: the section's heading, a table's caption
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeFigure:
    """A figure that is more than one claim as it stands: how it was made, and from what."""

    anchor: str
    text: str
    how: str
    claims: tuple[str, ...]


@dataclass(slots=True)
class Ledger:
    """What the page has cited so far. `cite` and `number` count; everything else only looks."""

    claims: dict[str, ClaimRecord] = field(default_factory=dict)
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    #: Quotations and events that items of evidence rest on, and those of them that the page names.
    quotes: dict[str, Quotation] = field(default_factory=dict)
    events: dict[str, Entry] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    rated: set[str] = field(default_factory=set)  #: the items of evidence that a matrix on the page rates
    uses: list[Use] = field(default_factory=list)
    figures: dict[tuple[str, str, tuple[str, ...]], MadeFigure] = field(default_factory=dict)
    figure_uses: dict[str, list[Use]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  #: a row of sources -> its number; one address has one
    addresses: dict[str, int] = field(default_factory=dict)

    @property
    def is_graded(self) -> bool:
        """Whether a source in the list, or a claim, carries a grade."""
        graded = any(self.sources[source].reliability for source in self.numbers)
        return graded or any(claim.grade for claim in self.claims.values())

    def number(self, source: str) -> int:
        """Give a source's number in the list of sources: its address's turn of first use.

        Raises `PageError` where no block on the page carries the source.
        """
        if source not in self.sources:
            raise PageError(f'source "{source}" is cited but no block carries it; a block carries its evidence.')
        if source not in self.numbers:
            address = self.sources[source].url or source
            self.numbers[source] = self.addresses.setdefault(address, len(self.addresses) + 1)
        return self.numbers[source]

    def source_anchor(self, source: str) -> str:
        """Give the anchor of a source's row: that of its number, or one of its own behind the first of its address."""
        number = self.number(source)
        place = [key for key, shared in self.numbers.items() if shared == number].index(source) + 1
        return f"source_{number}" if place == 1 else f"source_{number}_{place}"

    def find_claims(self, cited: Cited) -> list[ClaimRecord]:
        """Find the claims behind a figure.

        Raises `PageError` where there is none, or one that no block on the page carries.
        """
        if not cited.claims:
            raise PageError(f'figure "{cited.text}" has no claim; every figure is cited (F02). Cite it.')
        missing = [claim for claim in cited.claims if claim not in self.claims]
        if missing:
            raise PageError(
                f'figure "{cited.text}" cites {", ".join(missing)}, which no block carries; '
                "a block carries its evidence. Make the figure with the library."
            )
        return [self.claims[claim] for claim in cited.claims]

    def cite(self, cited: Cited, *, label: str) -> tuple[Use, str, list[int]]:
        """Note a figure: its place of use, the anchor that it leads to, and its sources' numbers."""
        claims = self.find_claims(cited)
        numbers = sorted({self.number(claim.source) for claim in claims})
        use = Use(f"use_{len(self.uses) + 1}", label, cited.claims)
        self.uses.append(use)
        if len(claims) == 1 and cited.is_one_claim:
            return use, claims[0].id, numbers
        key = (cited.text, say_cited(cited), cited.claims)
        figure = self.figures.setdefault(key, MadeFigure(f"figure_{len(self.figures) + 1}", *key))
        self.figure_uses.setdefault(figure.anchor, []).append(use)
        return use, figure.anchor, numbers

    def uses_of(self, claim: str) -> list[Use]:
        """List the places that cite a claim, alone or with others, in reading order."""
        return [use for use in self.uses if claim in use.claims]

    def quantities(self) -> list[list[ClaimRecord]]:
        """List the claims by quantity, rivals together, in the order in which the page first carries them."""
        groups: dict[str, list[ClaimRecord]] = {}
        for claim in self.claims.values():
            groups.setdefault(claim.quantity, []).append(claim)
        return list(groups.values())

    def sources_in_order(self) -> list[SourceRecord]:
        """List the sources by number; those that nothing on the page cites by itself come last."""
        for claim in self.claims.values():
            self.number(claim.source)
        for source in self.sources:
            self.number(source)
        return [self.sources[source] for source in sorted(self.numbers, key=self.numbers.__getitem__)]

    def documents(self) -> list[list[SourceRecord]]:
        """List the sources by number, the rows of one address together."""
        groups: dict[int, list[SourceRecord]] = {}
        for source in self.sources_in_order():
            groups.setdefault(self.numbers[source.id], []).append(source)
        return list(groups.values())

    def rivals_of(self, claim: ClaimRecord) -> list[ClaimRecord]:
        """List the other claims on the page about the same quantity."""
        return [other for other in self.claims.values() if other.quantity == claim.quantity and other != claim]

    def leads_to(self, key: str) -> bool:
        """Whether the page or its annex has the row of a key; from then on the annex owes it."""
        if key not in self.quotes and key not in self.events:
            return key in self.claims
        self.named[key] = None
        return True

    def named_rows(self) -> Iterator[tuple[str, Quotation | Entry]]:
        """Give the quotations and events that the page has named, each with its table."""
        for key in self.named:
            yield ("quotes", self.quotes[key]) if key in self.quotes else ("events", self.events[key])


def open_ledger(blocks: Iterable[Block]) -> Ledger:
    """Gather the evidence that the blocks of a page carry.

    Raises `PageError` where two blocks carry the same row differently: they speak for different days or dossiers.
    """
    ledger = Ledger()
    for block in blocks:
        _gather(ledger.claims, block.evidence.claims)
        _gather(ledger.sources, block.evidence.sources)
        _gather(ledger.quotes, block.evidence.quotes)
        _gather(ledger.events, block.evidence.events)
        ledger.rated |= {row.exhibit.id for row in block.rows} if isinstance(block, Matrix) else set()
    return ledger


def _gather(known: dict[str, Record], records: Sequence[Record]) -> None:
    for record in records:
        if known.setdefault(record.id, record) != record:
            raise PageError(
                f'row "{record.id}" differs between two blocks; a page speaks for one day and one dossier. '
                "Run the whole notebook again."
            )

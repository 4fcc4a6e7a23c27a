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


#: So many claims a page prints in full, each with its card, where its budget bears them: nobody reads more. The file of
#: claims beside the page has the others.
MOST_CLAIMS = 300

#: Of so many documents a page lists also those that nothing on it cites by itself.
MOST_SOURCES = 200

#: Where a page is cut, a figure leads to so many of its claims, for each takes the place of one that is cited alone;
#: and a claim leads back to so many places of use.
MOST_PARTS, MOST_USES = 3, 6


@dataclass(slots=True)
class Ledger:
    """What the page has cited so far. `cite`, `prints` and `number` count; everything else only looks.

    A page that carries more claims than `most` is cut: it prints those that it cites first, then others as far as there
    is room. Until then `printed` grows with what is cited. `claims` may grow; what is in it stays as it is.
    """

    claims: dict[str, ClaimRecord] = field(default_factory=dict)
    most: int = MOST_CLAIMS
    #: The claims that the page prints, and those about the same quantities that no block carries, by quantity.
    printed: dict[str, None] = field(default_factory=dict)
    further: dict[str, dict[str, None]] = field(default_factory=dict)
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
    _by_claim: dict[str, list[Use]] = field(default_factory=dict, repr=False)
    _indexed: int = 0
    _about: dict[str, list[ClaimRecord]] = field(default_factory=dict, repr=False)
    _grouped: int = 0

    @property
    def is_crowded(self) -> bool:
        """Whether the page carries more claims than it prints."""
        return len(self.claims) > self.most

    @property
    def left_out(self) -> int:
        """How many claims about the same quantities no block carries."""
        return sum(claim not in self.claims for claims in self.further.values() for claim in claims)

    def prints(self, claim: str) -> bool:
        """Whether the page prints a claim; it does as long as there is room, and from then on owes it."""
        if claim in self.claims and len(self.printed) < self.most:
            self.printed[claim] = None
        return claim in self.printed

    def fill(self) -> None:
        """Give the room that is left to what the page carries and has not cited; then all is in order."""
        for claim in self.claims:
            self.prints(claim)
        self.printed = {claim: None for claim in self.claims if claim in self.printed}

    def records(self) -> list[ClaimRecord]:
        """List the claims that the page prints, in the order in which its blocks carry them."""
        return [self.claims[claim] for claim in self.claims if claim in self.printed]

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
        is_one = len(claims) == 1 and cited.is_one_claim
        if self.is_crowded:
            claims = [claim for claim in claims[: 1 if is_one else MOST_PARTS] if self.prints(claim.id)]
        numbers = sorted({self.number(claim.source) for claim in claims})
        use = Use(f"use_{len(self.uses) + 1}", label, cited.claims)
        self.uses.append(use)
        if is_one:
            return use, claims[0].id if claims else "", numbers
        key = (cited.text, say_cited(cited), cited.claims)
        figure = self.figures.setdefault(key, MadeFigure(f"figure_{len(self.figures) + 1}", *key))
        uses = self.figure_uses.setdefault(figure.anchor, [])
        if not self.is_crowded or len(uses) < MOST_USES:
            uses.append(use)
        return use, figure.anchor, numbers

    def uses_of(self, claim: str) -> list[Use]:
        """List the places that cite a claim, alone or with others, in reading order; of a crowd the first ones."""
        if len(self.uses) != self._indexed:
            self._by_claim.clear()
            for use in self.uses:
                for cited in dict.fromkeys(use.claims):
                    self._by_claim.setdefault(cited, []).append(use)
            self._indexed = len(self.uses)
        uses = self._by_claim.get(claim, [])
        return uses[:MOST_USES] if self.is_crowded else uses

    def quantities(self) -> list[list[ClaimRecord]]:
        """List the claims by quantity, rivals together, in the order in which the page first carries them."""
        groups: dict[str, list[ClaimRecord]] = {}
        for claim in self.records():
            groups.setdefault(claim.quantity, []).append(claim)
        return list(groups.values())

    def sources_in_order(self) -> list[SourceRecord]:
        """List the sources by number; those that nothing on the page cites by itself come last."""
        for claim in self.records():
            self.number(claim.source)
        for source in () if self.is_crowded or len(self.sources) > MOST_SOURCES else self.sources:
            self.number(source)
        return [self.sources[source] for source in sorted(self.numbers, key=self.numbers.__getitem__)]

    def documents(self) -> list[list[SourceRecord]]:
        """List the sources by number, the rows of one address together."""
        groups: dict[int, list[SourceRecord]] = {}
        for source in self.sources_in_order():
            groups.setdefault(self.numbers[source.id], []).append(source)
        return list(groups.values())

    def parts_of(self, figure: MadeFigure) -> list[ClaimRecord]:
        """List the claims that a figure is made of, as far as a page that is cut prints them."""
        printed = [self.claims[claim] for claim in figure.claims if claim in self.printed]
        return printed[:MOST_PARTS] if self.is_crowded else printed

    def rivals_of(self, claim: ClaimRecord) -> list[ClaimRecord]:
        """List the other claims on the page about the same quantity."""
        return [other for other in self._printed_about(claim.quantity) if other != claim]

    def _printed_about(self, quantity: str) -> list[ClaimRecord]:
        return [claim for claim in self._carried_about(quantity) if claim.id in self.printed]

    def _carried_about(self, quantity: str) -> list[ClaimRecord]:
        """List the claims about a quantity, printed or not, in order: a card of each that is printed asks for them."""
        if len(self.claims) != self._grouped:
            self._about.clear()
            for claim in self.claims.values():
                self._about.setdefault(claim.quantity, []).append(claim)
            self._grouped = len(self.claims)
        return self._about.get(quantity, [])

    def unprinted_rivals(self, claim: ClaimRecord) -> int:
        """Say how many more claims there are about the same quantity than the page prints."""
        if not self.is_crowded and not self.further:
            return 0
        carried = {other.id for other in self._carried_about(claim.quantity)}
        return len(carried | set(self.further.get(claim.quantity, ()))) - len(self._printed_about(claim.quantity))

    def leads_to(self, key: str) -> bool:
        """Whether the page or its annex has the row of a key; from then on the annex owes it."""
        if key not in self.quotes and key not in self.events:
            return self.prints(key)
        self.named[key] = None
        return True

    def named_rows(self) -> Iterator[tuple[str, Quotation | Entry]]:
        """Give the quotations and events that the page has named, each with its table."""
        for key in self.named:
            yield ("quotes", self.quotes[key]) if key in self.quotes else ("events", self.events[key])


def open_ledger(blocks: Iterable[Block], *, most: int = MOST_CLAIMS) -> Ledger:
    """Gather the evidence that the blocks of a page carry; it prints so many claims at most.

    Raises `PageError` where two blocks carry the same row differently: they speak for different days or dossiers.
    """
    ledger = Ledger(most=most)
    for block in blocks:
        _gather(ledger.claims, block.evidence.claims)
        _gather(ledger.sources, block.evidence.sources)
        _gather(ledger.quotes, block.evidence.quotes)
        _gather(ledger.events, block.evidence.events)
        ledger.rated |= {row.exhibit.id for row in block.rows} if isinstance(block, Matrix) else set()
        for further in block.evidence.further:
            ledger.further.setdefault(further.quantity, {}).update(dict.fromkeys(further.claims))
    if len(ledger.claims) <= most:
        ledger.fill()
    return ledger


def _gather(known: dict[str, Record], records: Sequence[Record]) -> None:
    for record in records:
        if known.setdefault(record.id, record) != record:
            raise PageError(
                f'row "{record.id}" differs between two blocks; a page speaks for one day and one dossier. '
                "Run the whole notebook again."
            )

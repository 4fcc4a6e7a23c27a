"""Rival claims about one quantity side by side, the newest count first where a stock was counted on several dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.relays import own_words
from briefing.desk.figures import Figure, figure_of, no_figure
from briefing.dossier.claims import Claim
from briefing.errors import ClaimError
from briefing.usage import verb
from briefing.values.bounds import Bounds, number_words
from briefing.values.rivals import core, envelope, stated_range
from briefing.values.words import counted


@dataclass(frozen=True, eq=False)
class Contested:
    """Rival claims about one quantity, or none: what is printed, what they span, what they share."""

    claims: Claims

    @cached_property
    def quantified(self) -> tuple[Bounds, ...]:
        """The bounds of the claims that give any number."""
        return tuple(bounds for bounds in self.claims.bounds if bounds.is_known)

    @cached_property
    def stated_range(self) -> tuple[float, float] | None:
        """The smallest and the largest number printed."""
        return stated_range(self.quantified)

    @cached_property
    def envelope(self) -> Bounds | None:
        """The hull; a side that any rival leaves open stays open."""
        return envelope(self.quantified) if self.quantified else None

    @cached_property
    def core(self) -> Bounds | None:
        """What every rival leaves open; ``None`` where sources conflict, or nothing is known."""
        return core(self.quantified) if self.quantified else None

    @property
    def has_conflict(self) -> bool:
        """Whether no number fits all rivals."""
        return bool(self.quantified) and self.core is None

    @property
    def is_dated(self) -> bool:
        """Whether the rivals are stocks at different dates, so that growth may look like conflict."""
        are_stocks = all(claim.is_stock for claim in self.claims.each)
        return are_stocks and len({claim.when.text for claim in self.claims.each}) > 1

    @property
    def title(self) -> str:
        """What a reader would call the quantity; empty where nothing is known."""
        return self.claims.title

    @property
    def documents(self) -> int:
        """How many documents the rivals were read in."""
        return self.claims.documents

    @property
    def origins(self) -> int:
        """How many independent origins stand behind them."""
        return self.claims.origins

    @cached_property
    def figure(self) -> Figure:
        """The rivals as one hedged figure for a sentence."""
        ids, dossier = self.claims.ids, self.claims.dossier
        if not self.quantified:
            return no_figure(dossier, claims=ids)
        if self.core is not None:
            return figure_of(self.core, ids, dossier, made=self._made(is_range=False))
        stated = self.stated_range
        assert stated is not None  # a claim that is quantified prints a number
        low, high = (number_words(number) for number in stated)
        hedge = "by different counts on different dates" if self.is_dated else "sources conflict"
        between = Bounds(low=stated[0], high=stated[1], unit=self.quantified[0].unit)
        made = self._made(is_range=True)
        return Figure(f"{low} to {high}", hedge, f"{low}–{high}, {hedge}", ids, made, between, dossier)

    def _made(self, *, is_range: bool) -> Made | None:
        if len(self.claims) == 1:
            return None
        is_alike = len(set(self.claims.bounds)) == 1
        return Made(kind="rivals", origins=self.origins, is_alike=is_alike, is_range=is_range, is_series=self.is_dated)

    @cached_property
    def parted(self) -> tuple[Contested, Contested]:
        """The newest counts and the earlier ones, of a stock counted on several dates; of all else none is earlier."""
        newest, earlier = split_newest(self.claims.each)
        return Contested(self.claims.only(newest)), Contested(self.claims.only(earlier))

    @property
    def latest(self) -> Figure:
        """The same with the newest count first, where counts of several dates differ."""
        newest, earlier = self.parted
        if not (self.has_conflict and len(earlier.claims)):
            return self.figure
        return lead_with(newest.figure, earlier.figure, when=say_when(newest.claims.each), claims=self.claims.ids)

    def __format__(self, spec: str) -> str:
        return format(self.figure, spec)

    def __str__(self) -> str:
        return str(self.figure)

    def __repr__(self) -> str:
        behind = f"{counted(self.documents, 'document')}, {counted(self.origins, 'origin')}"
        return f"Contested({self.figure.short}; {behind})"


@verb
def contested(claims: Claims) -> Contested:
    """Lay rival claims about one quantity side by side.

    Parameters
    ----------
    claims : Claims
        All about one quantity; none is possible, and then nothing is known.

    Returns
    -------
    Contested
        With stated range, envelope, core, documents and origins. In a sentence it reads as one hedged figure.

    Raises
    ------
    ClaimError
        Where the claims are about several quantities.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.contested(b.choose_claims(d, quantity="lorries-sent")).figure.words
    '48 to 72, sources conflict'
    """
    quantities = claims.quantities
    if len(quantities) > 1:
        raise ClaimError(
            f"{', '.join(quantities)} are {len(quantities)} quantities",
            rule="rivals are claims about one",
            cure="Choose one with quantity=..., or add them with total().",
            id="F06",
        )
    return Contested(own_words(claims))


def split_newest(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Part claims about one quantity into the newest counts and the earlier ones, each in the order given.

    Claims that give no number are in neither. Flows are of one time, and all of them are the newest.
    """
    known = [claim for claim in claims if claim.bounds.is_known]
    last = max((claim.when.last for claim in known if claim.when.last), default=None)
    is_newest = [not claim.is_stock or claim.when.last == last for claim in known]
    newest = [claim for claim, is_new in zip(known, is_newest, strict=True) if is_new]
    return newest, [claim for claim, is_new in zip(known, is_newest, strict=True) if not is_new]


def say_when(claims: Sequence[Claim]) -> str:
    """Say when the newest counts are of, as closely as any of them says."""
    return str(min(claims, key=lambda claim: claim.when.length).when)


def lead_with(newest: Figure, earlier: Figure, *, when: str, claims: tuple[str, ...]) -> Figure:
    """Make the figure of a series: the newest count with its day in words, and what earlier ones said.

    `claims` are the ids of all claims about the quantity.
    """
    before = f"earlier counts differ: {earlier.number}" if len(earlier.claims) > 1 else f"{earlier.number} before"
    hedge = "; ".join(part for part in (f"by the newest count, of {when}", newest.hedge, before) if part)
    made = Made(kind="newest", is_series=True)
    short = f"{newest.short} (newest, {when})"
    return Figure(newest.number, hedge, short, claims, made, newest.bounds, newest.dossier)

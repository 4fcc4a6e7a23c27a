"""Rival claims about one quantity side by side, the newest count first where a stock was counted on several dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.relays import own_words
from briefing.desk.evidence import DISPUTES
from briefing.desk.figures import Figure, figure_of, no_figure
from briefing.dossier.claims import Claim
from briefing.errors import ClaimError
from briefing.usage import glance, verb
from briefing.values.bounds import Bounds, one_unit
from briefing.values.rivals import agreed, core, envelope, hull, say_spread, show_spread, spread, stated_range
from briefing.values.words import counted

#: What is said of rivals that all go back to one origin: they are no rivals, and no agreement.
RELAYS_DISAGREE = "reports of it differ"


@dataclass(frozen=True, eq=False)
class Contested:
    """Rival claims about one quantity, or none: what is printed, what they span, what they share."""

    claims: Claims

    @property
    def is_spare(self) -> bool:
        """Whether the claims hold a place in order of news that nothing fills."""
        return self.claims.is_spare

    @cached_property
    def counting(self) -> Claims:
        """The claims that make the figure: who denies or doubts a number counts none, where anybody else does."""
        said = [claim for claim in self.claims.each if claim.status not in DISPUTES]
        return self.claims.only(said) if said else self.claims

    @cached_property
    def disputing(self) -> Claims:
        """The claims that deny or doubt what others count; they stand beside the figure, never in it."""
        counting = set(self.counting.ids)
        return self.claims.only(claim for claim in self.claims.each if claim.id not in counting)

    @cached_property
    def quantified(self) -> tuple[Bounds, ...]:
        """The bounds of the claims that give any number."""
        return tuple(bounds for bounds in self.counting.bounds if bounds.is_known)

    @cached_property
    def stated_range(self) -> tuple[float, float] | None:
        """The smallest and the largest number printed."""
        return stated_range(self.quantified)

    @cached_property
    def envelope(self) -> Bounds | None:
        """The hull; a side that any rival leaves open stays open."""
        return envelope(self._of_one_unit) if self.quantified else None

    @cached_property
    def core(self) -> Bounds | None:
        """What every rival leaves open; ``None`` where sources conflict, or nothing is known."""
        return core(self._of_one_unit) if self.quantified else None

    @property
    def _of_one_unit(self) -> tuple[Bounds, ...]:
        """The numbers, which are of one unit; where they are not, the error names the rows of the rarest unit first."""
        units = Counter(claim.unit for claim in self._known)
        try:
            one_unit(list(self.quantified), "compared")
        except ClaimError as error:
            error.claims = tuple(claim.id for claim in sorted(self._known, key=lambda claim: units[claim.unit]))
            raise
        return self.quantified

    @property
    def has_conflict(self) -> bool:
        """Whether no number fits all rivals."""
        return bool(self.quantified) and self.core is None

    @property
    def is_dated(self) -> bool:
        """Whether the rivals are a series of different dates, so that growth may look like conflict."""
        days = {claim.end if claim.counting == "running" else claim.when.text for claim in self.counting.each}
        return len(days) > 1 and all(claim.is_series for claim in self.counting.each)

    @property
    def is_running(self) -> bool:
        """Whether the rivals are running totals: later ones count on from earlier ones."""
        return bool(self.counting.each) and all(claim.counting == "running" for claim in self.counting.each)

    @property
    def has_several_ends(self) -> bool:
        """Whether the rivals are totals of periods that end on different days, which fit each other all too easily."""
        totals = [claim for claim in self.counting.each if claim.is_total]
        return len({claim.end for claim in totals}) > 1

    @property
    def title(self) -> str:
        """What a reader would call the quantity; in a chart of nothing, too, a title names something."""
        return self.claims.title or "This count"

    @property
    def documents(self) -> int:
        """How many documents the rivals were read in."""
        return self.counting.documents

    @property
    def origins(self) -> int:
        """How many independent origins stand behind them."""
        return self.counting.origins

    @cached_property
    def figure(self) -> Figure:
        """The rivals as one hedged figure for a sentence.

        What fits all of them, in the words of those who say so; or else what they spread over.
        """
        if not self.quantified:
            return no_figure(self.claims.dossier, claims=self.claims.ids)
        if self.core is None or self._is_spread:
            return self.span
        together = agreed(self.quantified)
        made = self._made(is_range=False)
        if len(together) == 1:
            return figure_of(together[0], self.counting.ids, self.counting.dossier, made=made)
        number, short = (" and ".join(map(say, together)) for say in (Bounds.words, str))
        hedge = RELAYS_DISAGREE if self.are_relays else ""
        return self._figure(number, hedge, short, self.core, is_range=False)

    @cached_property
    def span(self) -> Figure:
        """All that the rivals say as one figure, from the lowest to the highest, whether or not one number fits."""
        if not self.quantified:
            return self.figure
        stretches = spread(self.quantified)
        if len(set(self.quantified)) == 1:
            return figure_of(
                self.quantified[0], self.counting.ids, self.counting.dossier, made=self._made(is_range=False)
            )
        bounds = hull(self.quantified)
        return self._figure(say_spread(stretches), self._hedge, show_spread(stretches), bounds, is_range=True)

    @property
    def _is_spread(self) -> bool:
        """Whether counts of several dates differ: what they have in common is a count of no date."""
        stated = self.stated_range
        return self.is_dated and stated is not None and stated[0] < stated[1]

    @property
    def _hedge(self) -> str:
        if self.is_dated:
            return "by different counts on different dates"
        if not self.has_conflict:
            return ""
        return RELAYS_DISAGREE if self.are_relays else "sources conflict"

    @cached_property
    def are_relays(self) -> bool:
        """Whether rivals of one day differ only as relays of one origin do.

        No document is at odds with itself, and none says all that the others do.
        """
        said: dict[str, list[Bounds]] = {}
        for claim in self._known:
            said.setdefault(claim.source, []).append(claim.bounds)
        is_one = len({claim.origin for claim in self._known}) == 1 and len(said) > 1
        most = max(map(set, said.values()), key=len, default=set())
        is_one = is_one and not all(set(bounds) <= most for bounds in said.values())
        return is_one and not self.is_dated and all(core(bounds) is not None for bounds in said.values())

    @property
    def _known(self) -> list[Claim]:
        return [claim for claim in self.counting.each if claim.bounds.is_known]

    def _figure(self, number: str, hedge: str, short: str, bounds: Bounds, *, is_range: bool) -> Figure:
        hedged = f"{short}, {hedge}" if hedge else short
        made = self._made(is_range=is_range)
        return Figure(number, hedge, hedged, self.counting.ids, made, bounds, self.counting.dossier)

    def _made(self, *, is_range: bool) -> Made | None:
        if len(self.counting) == 1:
            return None
        is_alike = len(set(self.counting.bounds)) == 1
        return Made(kind="rivals", origins=self.origins, is_alike=is_alike, is_range=is_range, is_series=self.is_dated)

    @cached_property
    def parted(self) -> tuple[Contested, Contested]:
        """The newest counts and the earlier ones, of a series; of all else none is earlier."""
        newest, earlier = split_newest(self.counting.each)
        return Contested(self.counting.only(newest)), Contested(self.counting.only(earlier))

    @property
    def latest(self) -> Figure:
        """The same with the newest count first, where counts of several dates differ, and in every running total."""
        newest, earlier = self.parted
        if not (len(earlier.claims) and (self.has_conflict or self._is_spread or self.is_running)):
            return self.figure
        return lead_with(newest.figure, earlier.span, when=say_when(newest.claims.each), claims=self.counting.ids)

    def __format__(self, spec: str) -> str:
        return format(self.figure, spec)

    def __str__(self) -> str:
        return str(self.figure)

    def __repr__(self) -> str:
        behind = f"{counted(self.documents, 'document')}, {counted(self.origins, 'origin')}"
        return f"Contested({self.figure.short}; {behind})"

    def _repr_html_(self) -> str:
        name_of, figure = self.claims.dossier.name_of, self.figure
        rows = [
            (name_of(claim.claimant), claim.bounds, claim.status, claim.when, claim.id) for claim in self.claims.each
        ]
        behind = f"{counted(self.documents, 'document')}, {counted(self.origins, 'origin')}"
        heads = ("Who says so", "Figure", "Status", "When", "Claim")
        caption = ": ".join(filter(None, (self.claims.title, figure.phrase)))
        return glance(caption, heads, rows, below=behind)


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

    Claims that give no number are in neither. Flows are of one time, and all of them are the newest, but for running
    totals: the end of those moves.
    """
    known = [claim for claim in claims if claim.bounds.is_known]
    last = max((claim.end for claim in known if claim.is_series and claim.end), default=None)
    is_newest = [not claim.is_series or claim.end == last for claim in known]
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


def are_other_claimants(one: Claims, other: Claims) -> bool:
    """Whether no claimant of the one stands behind the other: then nobody knows which way a count went."""
    before = {claim.claimant for claim in one.each}
    return bool(before) and before.isdisjoint(claim.claimant for claim in other.each)

"""The scope of a figure: rivals of other scope, and claims about a kind held against claims about its parts.

65,089 tonnes for March to September and 37,267 for February to August are no rivals: they stand beside each other with
their periods, and are never added. A claim about "tanks and infantry fighting vehicles" is compared at that node of the
item tree, never with tanks alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.blocks.blocks import Cited, Made, Prose
from briefing.desk.claims.claims import Claims, items_below, join_claims
from briefing.desk.claims.scopes import length_of
from briefing.desk.claims.sums import total
from briefing.desk.evidence import collect_evidence, say_verb
from briefing.desk.figures import Figure, figure_of
from briefing.desk.nouns import inside
from briefing.dossier.claims import Claim
from briefing.dossier.models import rows_of
from briefing.dossier.tables import Item
from briefing.errors import ClaimError
from briefing.usage import glance, verb
from briefing.values.bounds import Bounds
from briefing.values.rivals import share_number

# --- claims about a kind, and about its parts -------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Comparison:
    """A claim about a kind of thing, and what claims about its parts come to."""

    claim: Claims  #: One, or none.
    parts: Claims
    perhaps: Claims  #: Further parts that may or may not count: the lower side leaves them out.
    at: str  #: The item at which both are compared.
    rival: Claims | None = None  #: The parts with a rival in the place of one: told beside the sum, not compared.

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
        return not self.is_known or share_number([self.claim.bounds[0], self.sum.bounds])

    def say(self) -> Prose:
        """Say in a sentence what was compared and how it came out."""
        dossier = self.claim.dossier
        if not self.is_known:
            return Prose(text=("No claims known on this day can be compared.",))
        claim = self.claim.each[0]
        claimed = Cited(text=claim.bounds.words(), claims=self.claim.ids)
        made = Cited(text=self.sum.words, claims=self.sum.claims, made=self.sum.made)
        verdict = "The two are consistent" if self.is_consistent else "No number fits both"
        text = (
            f"{dossier.name_of(claim.claimant)} {say_verb([claim])} ", claimed,
            f" {inside(dossier, dossier.name_of(claim.item))} ({claim.when}). Counts of the parts add up to ", made,
            f". {verdict}.",
        )  # fmt: skip
        cited = (*self.claim.ids, *self.sum.claims)
        if self.rival is None or not len(self.rival):
            return Prose(text=text, evidence=collect_evidence(dossier, cited))
        other = _span(self.rival, self.perhaps)
        with_rival = Cited(text=other.words, claims=other.claims, made=other.made)
        widest = max(self.rival.each, key=lambda claim: length_of(claim.days))
        among = f" (one of them is for {widest.when})."
        more = (" With the rival figure in place of one part they add up to ", with_rival, among)
        return Prose(text=(*text, *more), evidence=collect_evidence(dossier, (*cited, *other.claims)))

    def __repr__(self) -> str:
        if not self.is_known:
            return "Comparison(nothing is known)"
        told = "consistent" if self.is_consistent else "in conflict"
        return f"Comparison({self.claim.bounds[0]} against {self.sum.short} at {self.at}: {told})"

    def _repr_html_(self) -> str:
        name_of = self.claim.dossier.name_of
        rows = [
            (role, claim.id, name_of(claim.claimant), claim.bounds, claim.unit)
            for role, claims in (("claim", self.claim), ("part", self.parts)) for claim in claims.each
        ]  # fmt: skip
        return glance(repr(self)[len("Comparison(") : -1], ("Role", "Claim", "Who says so", "Figure", "Unit"), rows)


def _span(parts: Claims, perhaps: Claims) -> Figure:
    """Add parts, without and with those that may or may not count."""
    sure = total(parts)
    if not len(perhaps):
        return sure
    every = total(join_claims(parts, perhaps))
    low, high = sure.bounds, every.bounds
    span = Bounds(low=low.low, high=high.high, unit=low.unit, low_strict=low.low_strict, high_strict=high.high_strict)
    made = (every.made or Made(kind="sum", parts=every.claims)).model_copy(update={"perhaps": perhaps.ids})
    return figure_of(span, every.claims, parts.dossier, made=made)


@verb
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
    >>> ministry, beds = b.choose_claims(d, claimant="corvia"), b.choose_claims(d, quantity="cart-beds-sent")
    >>> sailings = [f"lorries-{day}-october" for day in (9, 16, 28)]
    >>> counted = b.choose_claims(d, quantity=["carts-sent", *sailings])
    >>> b.compare(ministry, counted, at="vehicle", perhaps=beds)
    Comparison(≥ 80 against 88–110 at vehicle: consistent)
    """
    if len(claim) > 1:
        raise ClaimError(
            f"{len(claim)} claims were given", rule="one claim is compared with its parts", cure="Choose one."
        )
    more = perhaps if perhaps is not None else claim.only(())
    parts = _without(parts, more)
    if not len(claim) or not len(parts):
        return Comparison(claim, parts, more, at)
    whole = claim.each[0]
    _refuse_other_kinds([whole, *parts.each, *more.each], claim, at)
    _refuse_missing_branches(whole.item, parts, at)
    _refuse_other_times(whole, [*parts.each, *more.each])
    return Comparison(claim, parts, more, at, None if rival is None else _without(rival, more))


def _refuse_other_kinds(each: Sequence[Claim], claim: Claims, at: str) -> None:
    below = items_below(claim.dossier, at)
    strangers = sorted({part.item for part in each if part.item not in below})
    if strangers:
        raise ClaimError(
            f"{', '.join(strangers)} is not under {at}",
            rule="claims are compared at an item that holds them all",
            cure="Choose an item above.",
            id="F07",
        )


def _refuse_missing_branches(item: str, parts: Claims, at: str) -> None:
    counted = {part.item for part in parts.each}
    branches = [row.item_id for row in rows_of(parts.dossier, Item) if row.parent_id == item]
    missing = [branch for branch in branches if not counted & items_below(parts.dossier, branch)]
    if missing and item not in counted:
        raise ClaimError(
            f"{', '.join(sorted(counted)) or 'nothing'} alone leaves {', '.join(missing)} out",
            rule=f"a claim about {item} is compared with all that is under it",
            cure=f"Add claims about {missing[0]}.",
            id="F07",
        )


def _refuse_other_times(whole: Claim, parts: Sequence[Claim]) -> None:
    start, end = whole.days
    for part in parts:
        first, last = part.days
        if first < start or last > end:
            raise ClaimError(
                f"{part.id} is of {part.when} and {whole.id} of {whole.when}",
                rule="a part lies inside the period of the claim",
                cure="Choose one that does.",
            )


def _without(claims: Claims, others: Claims) -> Claims:
    left_out = set(others.ids)
    return claims.only(claim for claim in claims.each if claim.id not in left_out)

"""What holds what: the tree of items, wholes and parts, and the links between claims. Sums and checks ask here.

A claim is held by another where it counts goods that the other counts too: as a part of it, as what lies inside it, as
the same goods in another unit, or as its garbled or misattributed words. Alternatives hold each other's place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from briefing.dossier.claims import Claim
from briefing.dossier.cut import Cut
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES, STATUS_CLASSES
from briefing.values.chains import find_below, find_groups, follow

#: The relations of links whose claim counts goods that the other claim counts.
HOLDS = ("inside", "converts", "garbles", "misattributes")

#: From each id to those that a tie leads to.
Steps = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties between all claims that are known by a day, whatever became of them since."""

    ups: Steps  #: From each claim to those that hold what it counts: its whole, and what links name.
    linked: Steps  #: The same, by links alone.
    converts: Steps  #: The same, by links of this relation alone.
    alternatives: Steps  #: Both ways.
    rivals: Mapping[str, str] = field(repr=False)  #: Of alternatives, directly or through others, one for them all.
    items: Mapping[str, str] = field(repr=False)  #: What each claim counts.
    parents: Mapping[str, str] = field(repr=False)  #: Each item's wider kind.
    kinds: frozenset[str] = field(repr=False)  #: The items that have a noun of their own, or that somebody counts.

    def find_above(self, claim: str) -> set[str]:
        """Find all claims that hold what a claim counts, and what holds those; what holds its alternative does, too."""
        level = find_below([claim], self.alternatives)
        above = find_below([up for at in level for up in self.ups.get(at, ())], self.ups)
        return set(above) - {claim}

    def are_alternatives(self, claim: str, other: str) -> bool:
        """Whether only one of two claims can be so."""
        return claim != other and claim in self.rivals and self.rivals[claim] == self.rivals.get(other)

    def are_conversions(self, claim: str, other: str) -> bool:
        """Whether two claims give the goods of a third one, each in another unit or kind."""
        return bool(set(self.converts.get(claim, ())) & set(self.converts.get(other, ())))

    def are_one_or_other(self, claim: str, other: str) -> bool:
        """Whether two claims count at most once between them."""
        return self.are_alternatives(claim, other) or self.are_conversions(claim, other)

    def is_within(self, item: str, wider: str) -> bool:
        """Whether an item is another, or below it in the tree."""
        return item == wider or wider in follow(item, self.parents)

    def is_same_kind(self, claim: Claim, whole: str) -> bool:
        """Whether a claim counts the kind of thing that its whole counts: shells are no part of so many containers."""
        item = self.items.get(whole, claim.item)
        return self.is_within(claim.item, item) or self.is_within(item, claim.item)

    def is_true_part(self, part: Claim, whole: Claim) -> bool:
        """Whether a part may be taken from its whole: of its kind, and neither its content nor the whole told anew."""
        is_told_anew = whole.id in self.linked.get(part.id, ()) or part.id in self.linked.get(whole.id, ())
        return self.is_same_kind(part, whole.id) and not is_told_anew and not self.are_alternatives(part.id, whole.id)

    def find_kind(self, items: Collection[str]) -> str | None:
        """Find the nearest item that holds all of these; ``None`` where they are of different trees."""
        lines = [[item, *follow(item, self.parents)] for item in sorted(items)]
        return next((item for item in lines[0] if all(item in line for line in lines)), None)

    def is_counted(self, item: str) -> bool:
        """Whether things under an item are counted together: it is more than a root of the tree that nobody counts."""
        return item in self.parents or item in self.kinds


def ties_of(dossier: Dossier) -> Ties:
    """Give the ties between the claims of a dossier, once for as long as it lives.

    A chain runs through rows that nobody chose and through rows that no longer stand: a part does not become another
    thing than its whole's whole because the row in between was replaced.
    """
    return dossier.known.once_of_cells(_tie, *CLAIM_TABLES, "links", "items")


def _tie(*cuts: Cut) -> Ties:
    *tables, links, items = cuts
    counted = {claim: item for table in tables for claim, item in _pairs(table, "claim_id", "item")}
    told = links.rows("claim_id", "relation", "other_id")
    known = [(claim, name, other) for claim, name, other in told if claim in counted and other in counted]
    both = [pair for one, name, other in known if name == "alternative_to" for pair in ((one, other), (other, one))]
    linked = [(one, other) for one, name, other in known if name in HOLDS]
    wholes = [pair for table in tables for pair in _pairs(table, "claim_id", "part_of")]
    return Ties(
        ups=_gather(wholes + linked),
        linked=_gather(linked),
        converts=_gather((one, other) for one, name, other in known if name == "converts"),
        alternatives=(alternatives := _gather(both)),
        rivals=find_groups(alternatives),
        items=counted,
        parents=dict(_pairs(items, "item_id", "parent_id")),
        kinds=frozenset(item for item, _ in _pairs(items, "item_id", "plural")).union(*map(_find_counted, tables)),
    )


def _find_counted(table: Cut) -> set[str]:
    """Find the items that somebody gives a number of: a denial of them counts nothing."""
    return {
        item
        for item, status, *bounds in table.rows("item", "status", "low", "best", "high")
        if STATUS_CLASSES.get(status) not in ("denied", "doubted") and any(bound and bound > 0 for bound in bounds)
    }


def _pairs(cut: Cut, column: str, other: str) -> Iterable[tuple[str, str]]:
    return [(one, cell) for one, cell in cut.rows(column, other) if cell is not None]


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return {one: tuple(others) for one, others in found.items()}

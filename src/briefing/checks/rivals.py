"""Rules over claims of one quantity, and over rows that say one thing twice."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from briefing.checks.rows import name_ids, place_of
from briefing.checks.rule import Rule, remark
from briefing.dossier.claims import Claim, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.relays import GARBLED
from briefing.errors import Problem, quoted

_WORD = re.compile(r"\w+(?:-\w+)*")
_ARTICLES = frozenset({"a", "an", "the"})
_LEAST_LETTERS = 5  #: In a shorter word one letter makes another word: east, west.


def _by_quantity(dossier: Dossier) -> dict[str, list[Claim]]:
    """Give the claims that stand, by quantity: those that another replaces are left out."""
    claims = gather(dossier).claims.values()
    replaced = {claim.supersedes for claim in claims}
    rivals: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id not in replaced:
            rivals[claim.quantity].append(claim)
    return rivals


def _linked(dossier: Dossier, relations: Iterable[str]) -> set[str]:
    """Give the claims that a link of these kinds begins or ends with."""
    links = dossier.frames["links"]
    told = links.loc[links["relation"].isin(list(relations))]
    return {*told["claim_id"], *told["other_id"]}


def find_disagreeing_relays(dossier: Dossier) -> Iterator[Problem]:
    """F20: relays of one original that tell one quantity of one day differently, and no link says which is wrong."""
    links = dossier.frames["links"]
    garbled = set(links.loc[links["relation"].isin(GARBLED), "claim_id"])
    relays: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for rivals in _by_quantity(dossier).values():
        for claim in rivals:
            if claim.id not in garbled:
                relays[claim.quantity, claim.origin, claim.when.text].append(claim)
    for (_, origin, _), told in relays.items():
        if len(told) == 1:
            continue  # nearly always
        apart = [name for name, heard in _tellings(told).items() if len(heard) > 1]
        if apart and len({claim.source for claim in told}) > 1:
            last = [claim for claim in told if claim.source != claim.origin][-1]
            what = f"{name_ids(claim.id for claim in told)} come from {origin} and differ in {' and '.join(apart)}"
            cure = "Look at the original, and say in links.csv which garbles or misattributes the other"
            yield remark(place_of(dossier, last.table, last.row), what, cure, subject=last.id)


def _tellings(told: Iterable[Claim]) -> dict[str, set[object]]:
    """Give what claims say, by what a message calls it."""
    claims = list(told)
    return {
        "bounds": {(str(claim.bounds), claim.unit) for claim in claims},
        "status": {claim.status for claim in claims},
        "direction": {claim.parties for claim in claims},
        "claimant": {claim.claimant for claim in claims},
    }


def find_mixed_periods(dossier: Dossier) -> Iterator[Problem]:
    """F21: claims of one flow whose periods differ, so that they are no rivals.

    Running totals move their end, movements of days apart are a series, and of one movement one claimant may know the
    day and another the week.
    """
    for quantity, rivals in _by_quantity(dossier).items():
        totals = [claim for claim in rivals if claim.counting == "cumulative"]
        moved = [claim for claim in rivals if claim.counting == "increment"]
        mixed = totals if len({claim.days for claim in totals}) > 1 else [] if _are_apart_or_one(moved) else moved
        if mixed:
            periods = len({claim.days for claim in mixed})
            what = f"{name_ids(claim.id for claim in mixed)} are of {quantity}, and of {periods} periods"
            cure = "Give each period a quantity, or write counting running where a total goes on"
            place = place_of(dossier, mixed[0].table, mixed[0].row)
            yield remark(place, what, cure, column="period", subject=quantity)


def _are_apart_or_one(moved: Iterable[Claim]) -> bool:
    """Whether movements that share days may be one: some day is in all of those that lie over each other."""
    shared_until = until = dt.date.min
    for first, last in sorted(claim.days for claim in moved):
        shared_until = last if first > until else min(shared_until, last)
        until = max(until, last)
        if first > shared_until:
            return False
    return True


def find_mixed_units(dossier: Dossier) -> Iterator[Problem]:
    """F22: a claim in another unit than its quantity's others: no verb lays them side by side."""
    for quantity, rivals in _unconverted(dossier):
        usual, *others = Counter(claim.unit for claim in rivals).most_common() or [("", 0)]
        odd = [claim for claim in rivals if claim.unit != usual[0]]
        if others:
            alike = name_ids(claim.id for claim in rivals if claim.unit == usual[0])
            what = (
                f"{name_ids(f'{claim.id} ({claim.unit})' for claim in odd)}: {alike} of {quantity} count in {usual[0]}"
            )
            cure = "Mend the unit, give it a quantity of its own, or link the rows in links.csv as converts"
            yield remark(place_of(dossier, odd[0].table, odd[0].row), what, cure, column="unit", subject=odd[0].id)


def _unconverted(dossier: Dossier) -> Iterator[tuple[str, list[Claim]]]:
    """Give the claims of each quantity without those that a link converts into another unit."""
    converted = _linked(dossier, ["converts"])
    for quantity, rivals in _by_quantity(dossier).items():
        yield quantity, [claim for claim in rivals if claim.id not in converted]


def find_strange_units(dossier: Dossier) -> Iterator[Problem]:
    """F22: claims of one unit that is another than their item is counted in."""
    units = dict(zip(dossier.frames["items"]["item_id"], dossier.frames["items"]["unit"], strict=True))
    strange: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for _, rivals in _unconverted(dossier):
        for claim in rivals if len({claim.unit for claim in rivals}) == 1 else []:
            if claim.unit != units.get(claim.item, claim.unit):
                strange[claim.item, claim.unit].append(claim)
    for (item, unit), claims in strange.items():
        ids = name_ids(claim.id for claim in claims)
        what = f"{item} is counted in {unit} ({ids}), but items.csv says {units[item]}"
        cure = "Mend the unit, or give what is counted so an item of its own"
        place = place_of(dossier, claims[0].table, claims[0].row)
        yield remark(place, what, cure, column="unit", value=unit, subject=item)


def find_repeated_claims(dossier: Dossier) -> Iterator[Problem]:
    """F19: one claimant's number of one thing and day twice: in one document, or under two quantities."""
    for claims in _find_alike(dossier):
        in_document: dict[tuple[str, str], Claim] = {}
        for claim in claims:
            other = in_document.setdefault((claim.quantity, claim.source), claim)
            where = "in one document"
            if other is claim and claim.quantity != claims[0].quantity:
                other, where = claims[0], f"of the quantity {claims[0].quantity}"
            if other is not claim and not _is_told_apart(claim, other):
                what, cure = (
                    f"{claim.id} says what {other.id} says {where}",
                    "Keep one row, or tell them apart in a note",
                )
                yield remark(place_of(dossier, claim.table, claim.row), what, cure, subject=claim.id)


def _find_alike(dossier: Dossier) -> Iterable[list[Claim]]:
    """Find the claims that say one thing of one day, as they are printed, in order of the first of each."""
    near: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in gather(dossier).claims.values():
        if claim.bounds.is_known:
            when = (claim.table, claim.counting, claim.kind, claim.days, claim.place, claim.place_to, claim.unit_name)
            said = (claim.claimant, claim.item, claim.giver, claim.getter, claim.unit, claim.status_class)
            near[*when, *said].append(claim)
    groups: list[list[Claim]] = []
    for claims in near.values():
        printed: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims if len(claims) > 1 else ():  # to print a number takes as long as all of the above
            printed[str(claim.bounds)].append(claim)
        groups += (group for group in printed.values() if len(group) > 1)
    place = {claim: at for at, claim in enumerate(gather(dossier).claims)} if len(groups) > 1 else {}
    return sorted(groups, key=lambda group: place[group[0].id]) if place else groups


def _is_told_apart(claim: Claim, other: Claim) -> bool:
    links = {claim.same_as_candidate, claim.part_of, claim.supersedes}
    links |= {other.same_as_candidate, other.part_of, other.supersedes}
    return bool(links & {claim.id, other.id}) or other.id in (claim.note or "") or claim.id in (other.note or "")


def find_near_targets(dossier: Dossier) -> Iterator[Problem]:
    """Q07: propositions that differ in case, marks, an article or a letter: stances on them are never held together."""
    quotes = dossier.frames["quotes"]
    first: dict[str, tuple[str, int, str]] = {}
    counts = Counter(quotes["target"].tolist())
    for key, target, row in zip(quotes["quote_id"], quotes["target"], quotes["row"], strict=True):
        first.setdefault(target, (key, int(row), target))
    seen: dict[tuple[str, ...], str] = {}
    for target in sorted(first, key=lambda target: (-counts[target], first[target][1])):
        words = [word for word in _WORD.findall(target.casefold()) if word not in _ARTICLES]
        signs = list(_signs(words))
        near = next((seen[sign] for sign in signs if sign in seen), None)
        for sign in signs:
            seen.setdefault(sign, target)
        if near is not None:
            key, row, _ = first[target]
            what = f"the target {quoted(target)} is nearly {quoted(near)}"
            cure = "Write one wording in both, or tell them apart by more than a letter"
            yield remark(place_of(dossier, "quotes", row), what, cure, column="target", value=target, subject=key)


def _signs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give what a proposition shares with those that are nearly alike: all its words, and those with a letter gone.

    A number is never nearly another, nor is a short word.
    """
    yield ("", "".join(words).replace("-", ""))
    yield tuple(words)
    for at, word in enumerate(words):
        if len(word) >= _LEAST_LETTERS and not any(letter.isdigit() for letter in word):
            for gone in range(1, len(word)):
                yield (*words[:at], word[:gone] + word[gone + 1 :], *words[at + 1 :])


RULES: tuple[Rule[Dossier], ...] = (
    Rule("F19", "warning", "one claim has one row", find_repeated_claims),
    Rule("F20", "warning", "relays of one original say what it said", find_disagreeing_relays),
    Rule("F21", "warning", "rivals of one flow are of one period", find_mixed_periods),
    Rule("F22", "error", "rivals are counted in one unit", find_mixed_units),
    Rule("F22", "warning", "a thing is counted in its item's unit", find_strange_units),
    Rule("Q07", "warning", "one proposition has one wording", find_near_targets),
)

"""Rules over a dossier, whole or as of a day: what is doubtful in rows that can be read.

What stops a dossier from being read at all (dangling keys S01, circles T08, bounds F16) is told when it is read.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, product
from pathlib import Path
from typing import TypeAlias

from briefing.checks.rule import Location, Rule, remark
from briefing.dossier.cells import is_filled
from briefing.dossier.claims import Claim, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.rules import origin_of
from briefing.dossier.tables import TABLES
from briefing.dossier.ties import Ties, ties_of
from briefing.errors import Problem, quoted
from briefing.values.bounds import number_words, qualified
from briefing.values.chains import find_groups
from briefing.values.dates import PartialDate, parse_date
from briefing.values.hedges import Wording, read_wording

STALE_AFTER = dt.timedelta(days=30)  #: From then on a stock is old news.
LATE_AFTER = dt.timedelta(days=14)  #: A relay printed so long after its origin is no news of its own day.
NEAR = dt.timedelta(days=7)  #: A claim dated within so many days of its printing is told as current.
MOST_NAMED = 6  #: So many ids a message names; of the others it says how many they are.
MOST_TWINS = 20  #: So many claims that may be the same are looked for from each claim.
MOST_LOOKED_AT = 200  #: Among so many that lie near it.
TWINS_WITHIN = 2  #: Two claims about one thing are told within so many days of each other.
_MOST_AROUND = (2 * TWINS_WITHIN + 1) ** 2  #: So many days and periods lie within that of one.

#: The numbers at which claims begin, in order, and their places.
_Begun: TypeAlias = tuple[list[float], list[int]]

_NO_DATE = PartialDate("", None, None)  #: What is known of the date of a document without one.

#: A note that says such a thing says that parts and whole do not agree.
EXCEEDS = ("exceed", "too many", "more than the whole", "do not add", "does not add", "leaves no room", "conflict")

#: Kinds of actor that are or speak for a side; a monitor or an outlet of the same country is a witness.
PARTIES = ("person", "state", "ministry", "armed_force", "service", "unit")

_CLAUSE = re.compile(r"[;:.,](?=\s|$)")  #: Where a clause of a note ends; the comma in 10,000 ends none.


def place_of(dossier: Dossier, table: str, row: int) -> Location:
    """Name a row's file as messages do."""
    return Location(_name_file(dossier.folder, table), row)


@lru_cache(maxsize=64)  # a rule may find something in every row of a large table
def _name_file(folder: Path, table: str) -> str:
    return f"{folder.name or folder}/{TABLES[table].file}"


def _claims(dossier: Dossier) -> Collection[Claim]:
    """Give all claims, made once for all rules."""
    return gather(dossier).claims.values()


def _remark(dossier: Dossier, claim: Claim, what: str, cure: str, *, column: str | None = None) -> Problem:
    place = place_of(dossier, claim.table, claim.row)
    return remark(place, f"{claim.id} {what}", cure, column=column, subject=claim.id)


def find_bare_ratings(dossier: Dossier) -> Iterator[Problem]:
    """S04: a reliability or credibility without the line that says why."""
    for table, column in (("sources", "reliability"), *((name, "credibility") for name in CLAIM_TABLES)):
        frame = dossier.frames[table]
        bare = frame.loc[frame[column].notna() & frame[f"{column}_basis"].isna()]
        for key, grade, row in zip(*(bare[name].tolist() for name in (bare.columns[0], column, "row")), strict=True):
            what, cure = f"{key} has {column} {grade} without a basis", f"Fill in {column}_basis, or empty {column}"
            yield remark(place_of(dossier, table, int(row)), what, cure, column=column, subject=str(key))


def find_unconfirmed(dossier: Dossier) -> Iterator[Problem]:
    """S05: credibility 1, "confirmed by other independent sources", with fewer than two origins that agree."""
    rivals: dict[str, list[Claim]] = defaultdict(list)
    for claim in _claims(dossier):
        rivals[claim.quantity].append(claim)
    rated = {claim.quantity for claim in _claims(dossier) if claim.credibility == "1"}
    lone = {claim.id for quantity in rated for claim in _find_lone(rivals[quantity])}
    for claim in _claims(dossier):
        if claim.credibility == "1" and claim.id in lone:
            cure = "Add the independent claim that confirms it, or write 2"
            yield _remark(dossier, claim, "has credibility 1 with one origin", cure, column="credibility")


def _find_lone(rivals: Iterable[Claim]) -> Iterator[Claim]:
    """Find the claims with which no rival of another origin agrees.

    A rival agrees where it begins no higher than the claim ends, and ends no lower than the claim begins. In order of
    where they begin, the highest end so far, and the highest of any other origin, answer that without comparing pairs.
    """
    ordered = sorted(rivals, key=lambda claim: claim.bounds.extent[0])
    starts = [claim.bounds.extent[0] for claim in ordered]
    ends: list[tuple[float, str, float]] = []
    highest, origin, elsewhere = -math.inf, "", -math.inf
    for claim in ordered:
        end = claim.bounds.extent[1]
        if claim.origin == origin:
            highest = max(highest, end)
        elif end > highest:
            highest, origin, elsewhere = end, claim.origin, highest
        else:
            elsewhere = max(elsewhere, end)
        ends.append((highest, origin, elsewhere))
    for claim in ordered:
        low, high = claim.bounds.extent
        highest, origin, elsewhere = ends[bisect_right(starts, high) - 1]
        of_others = elsewhere if claim.origin == origin else highest
        if of_others == -math.inf or of_others < low:
            yield claim


def find_favours(dossier: Dossier) -> Iterator[Problem]:
    """S07: a party is the only origin of a claim that favours it: its denial, its withdrawal, its count of none.

    A promise can have no other origin: what a party announces is told as announced.
    """
    actors = dossier.actors
    country = dict(zip(actors["actor_id"], actors["country"], strict=True))
    parties = set(actors.loc[actors["kind"].isin(PARTIES), "actor_id"])
    origins: dict[str, set[str]] = defaultdict(set)
    for claim in _claims(dossier):
        origins[claim.quantity].add(claim.origin)
    for claim in _claims(dossier):
        side = country.get(claim.claimant)
        sides = {country.get(party) for party in claim.parties}
        counts_none = claim.bounds.extent == (0, 0) and claim.status_class == "real"
        favours = claim.status in {"denied", "withdrawn"} or counts_none
        is_party = claim.claimant in parties and is_filled(side) and side in sides
        if favours and is_party and len(origins[claim.quantity]) == 1:
            cure = "Look for another origin, or say on the page whose word it is"
            yield _remark(dossier, claim, f"rests on {claim.claimant} alone, a party that it favours", cure)


def find_stale(dossier: Dossier) -> Iterator[Problem]:
    """T06: the newest count of a stock is older than 30 days on the dossier's day."""
    if dossier.as_of is None:
        return
    counts = [
        (claim.when.last, claim.id, claim)
        for claim in _claims(dossier)
        if claim.counting == "stock" and claim.status_class == "real" and claim.when.last is not None
    ]
    newest = {claim.quantity: (last, claim) for last, _, claim in sorted(counts, key=lambda count: count[:2])}
    for last, claim in newest.values():
        age = dossier.as_of - last
        if age > STALE_AFTER:
            what = f"is the newest count of {claim.quantity} and {age.days} days old on {dossier.as_of}"
            yield _remark(dossier, claim, what, "Look for a later count, or say how old it is")


def find_late_relays(dossier: Dossier) -> Iterator[Problem]:
    """T07: a relay printed long after its origin that gives the origin's count as its own day's."""
    sources = dossier.everything["sources"]
    dates = zip(sources["source_id"], sources["published"], strict=True)
    published = {source: parse_date(date) for source, date in dates if is_filled(date)}
    roots = dossier.everything.once_of_cells(origin_of, "sources")
    for claim in _claims(dossier):
        origin = roots.get(claim.source, claim.source)
        if origin == claim.source or claim.counting == "increment":
            continue
        printed, begun = (published.get(source, _NO_DATE) for source in (claim.source, origin))
        if printed.first is None or begun.last is None or claim.when.last is None:
            continue
        delay = printed.first - begun.last
        if delay > LATE_AFTER and abs(printed.first - claim.when.last) <= NEAR:
            what = f"is dated by {claim.source}, printed {delay.days} days after its origin {origin}"
            yield _remark(dossier, claim, what, "Date the claim by its origin, or say that it relays an older count")


def find_excess_parts(dossier: Dossier) -> Iterator[Problem]:
    """F04: parts that surely exceed their whole, and no note that says so."""
    claims, ties = gather(dossier).claims, ties_of(dossier)
    same_goods = _find_same_goods(ties)
    parts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        if claim.part_of in claims:
            parts[claim.part_of].append(claim)
    for whole_id, in_whole in parts.items():
        whole = claims[whole_id]
        same = [part for part in in_whole if part.unit == whole.unit and ties.is_true_part(part, whole)]
        least, most = _least_sum(same, same_goods), whole.bounds.extent[1]
        notes = " ".join(claim.note or "" for claim in (whole, *same)).lower()
        if least > most and not any(words in notes for words in EXCEEDS):
            least_words = number_words(least)
            what = f"is {whole.bounds.words()}, but its parts come to at least {least_words} (PARTS_EXCEED_WHOLE)"
            yield _remark(dossier, whole, what, "Say so in a note, or mend part_of", column="part_of")


def _least_sum(claims: Sequence[Claim], same_goods: Mapping[str, str]) -> float:
    """Add the least that each quantity is said to be: rivals count once, and so do alternatives."""
    least: dict[str, float] = {}
    shared: dict[str, str] = {}  # the first quantity of those that count the same goods
    for claim in claims:
        group = same_goods.get(claim.id, "")
        shared[group] = min(shared.get(group, claim.quantity), claim.quantity)
    for claim in claims:
        quantity = shared[same_goods[claim.id]] if claim.id in same_goods else claim.quantity
        low = max(claim.bounds.extent[0], 0)
        least[quantity] = min(low, least.get(quantity, low))
    return sum(least.values())


def _find_same_goods(ties: Ties) -> dict[str, str]:
    """Find the claims that count the same goods, told anew or as alternatives: each with one that stands for them."""
    links: dict[str, list[str]] = defaultdict(list)
    for one, others in chain(ties.alternatives.items(), ties.converts.items()):
        for other in others:
            links[one].append(other)
            links[other].append(one)
    return find_groups(links)


def find_possible_twins(dossier: Dossier) -> Iterator[Problem]:
    """F13: two claims of the same item and place, overlapping and within two days, that nothing tells apart."""
    claims = gather(dossier).claims
    twins: dict[str, list[str]] = defaultdict(list)
    for one, other in find_twins(dossier):
        twins[one].append(other)
    for one, others in twins.items():
        what = f"may be the same as {name_ids(others)}: same item and place, within two days"
        cure = "Give both one quantity_id, link them by same_as_candidate, or tell them apart in a note"
        yield _remark(dossier, claims[one], what, cure, column="same_as_candidate")


def name_ids(ids: Iterable[str]) -> str:
    """Name rows by their ids, or the first of many."""
    ids = list(ids)
    more = [f"{len(ids) - MOST_NAMED} more"] if len(ids) > MOST_NAMED else []
    *most, last = [*ids[:MOST_NAMED], *more]
    return f"{', '.join(most)} and {last}" if most else last


def find_twins(dossier: Dossier, *, among: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Find pairs of claims that may be about one thing, by their ids; among some claims alone, where asked.

    Where very many are alike, not all pairs are given: `MOST_TWINS` from each claim.
    """
    groups: dict[tuple[str | None, ...], list[Claim]] = defaultdict(list)
    for claim in _claims(dossier):
        if among is not None and claim.id not in among:
            continue
        if (claim.place or claim.place_to) and claim.bounds.is_known:
            what = (claim.table, claim.counting, claim.item, claim.kind, claim.unit, claim.status_class)
            groups[*what, claim.giver, claim.getter, claim.place, claim.place_to].append(claim)
    for group in groups.values():
        for first, second in _find_near(group):
            yield first.id, second.id


def _find_near(group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Find pairs of different quantities whose days lie within two days and whose numbers overlap, in order.

    A pair overlaps where the one that begins higher begins no higher than the other ends: with the claims of each day
    in order of where they begin, those lie side by side, and the others are never looked at. Of those no more than
    `MOST_LOOKED_AT` are, from each claim: a thousand claims that are all alike are a million pairs.
    """
    if len({claim.quantity for claim in group}) < 2:
        return
    days = [_ordinals(claim) for claim in group]
    starts = _sort_starts(group, days)
    around = {dated: [starts[day] for day in _find_around(dated, starts)] for dated in starts}
    pairs: set[tuple[int, int]] = set()
    for number, (claim, dated) in enumerate(zip(group, days, strict=True)):
        if dated is None:
            continue
        spans = _find_begun_within(around[dated], claim)
        if sum(len(span) for _, span in spans) == 1:
            continue  # nobody but itself: nearly always
        near = islice((numbers[at] for numbers, span in spans for at in span), MOST_LOOKED_AT)
        twins = (other for other in near if _may_be_twins(claim, group[other]))
        pairs.update((min(number, other), max(number, other)) for other in islice(twins, MOST_TWINS))
    yield from ((group[first], group[second]) for first, second in sorted(pairs))


def _sort_starts(group: Sequence[Claim], days: Sequence[tuple[int, int] | None]) -> dict[tuple[int, int], _Begun]:
    """Give the numbers at which the claims of each day begin, in order, and the places of those claims."""
    starts: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for number, (claim, dated) in enumerate(zip(group, days, strict=True)):
        if dated is not None:
            starts[dated].append((claim.bounds.extent[0], number))
    parted: dict[tuple[int, int], _Begun] = {}
    for dated, begun in starts.items():
        begun.sort()
        parted[dated] = [low for low, _ in begun], [number for _, number in begun]
    return parted


def _find_begun_within(days: Iterable[_Begun], claim: Claim) -> list[tuple[list[int], range]]:
    """Find the claims of some days that begin within a claim's numbers: all places of a day, and which of them."""
    low, high = claim.bounds.extent
    spans = ((numbers, range(bisect_left(begun, low), bisect_right(begun, high))) for begun, numbers in days)
    return [(numbers, span) for numbers, span in spans if span]


def _may_be_twins(claim: Claim, other: Claim) -> bool:
    return claim.quantity != other.quantity and not _are_told_apart(claim, other)


def _ordinals(claim: Claim) -> tuple[int, int] | None:
    """Give the first and last day of a claim as numbers; an open side is near to no other day."""
    first, last = claim.when.first, claim.when.last
    return None if first is None or last is None else (first.toordinal(), last.toordinal())


def _find_around(dated: tuple[int, int], others: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the days and periods whose ends both lie within two days of these, in order."""
    begun, ended = dated
    if len(others) > _MOST_AROUND:
        near = range(-TWINS_WITHIN, TWINS_WITHIN + 1)
        return [day for first, last in product(near, near) if (day := (begun + first, ended + last)) in others]
    return sorted(day for day in others if abs(day[0] - begun) <= TWINS_WITHIN and abs(day[1] - ended) <= TWINS_WITHIN)


def _are_told_apart(first: Claim, second: Claim) -> bool:
    """Whether a link or a note says how two claims stand to each other."""
    links = {link for claim in (first, second) for link in (claim.same_as_candidate, claim.part_of, claim.supersedes)}
    notes = f"{first.note} {second.note}"
    return bool(links & {first.id, second.id}) or first.id in notes or second.id in notes


def _read_note(note: str | None) -> set[str]:
    """Give what each clause of a note says in numbers: it may say why the code differs from the words as printed."""
    clauses = _CLAUSE.split(note) if note is not None else []
    return {_print_bounds(wording) for clause in clauses if (wording := read_wording(clause)) is not None}


def _print_bounds(wording: Wording) -> str:
    """Print what words were read as; a reading is whole, so that nothing is left to check."""
    return str(qualified(wording.qualifier, wording.low, wording.best, wording.high, ""))


def _is_coded_so(claim: Claim, wording: Wording) -> bool:
    """Whether a claim is coded as its words were read, side by side: then both are printed alike, too."""
    coded = claim.bounds
    sides = (coded.low, coded.best, coded.high) == (wording.low, wording.best, wording.high)
    return sides and claim.qualifier == wording.qualifier


def find_miscoded_wordings(dossier: Dossier) -> Iterator[Problem]:
    """F17: the words, read again, say something else than the coded bounds."""
    for claim in _claims(dossier):
        wording = read_wording(claim.wording)
        if wording is None or _is_coded_so(claim, wording):
            continue
        coded, printed = str(claim.bounds), _print_bounds(wording)
        if printed != coded and coded not in _read_note(claim.note):
            what = f"reads {quoted(claim.wording)}, which is {printed}, but is coded {coded}"
            cure = "Mend the bounds, or say in the note why they differ"
            yield _remark(dossier, claim, what, cure, column="qualifier")


RULES: tuple[Rule[Dossier], ...] = (
    Rule("F04", "error", "parts do not exceed their whole unless a note says so", find_excess_parts),
    Rule("F13", "warning", "what may be counted twice is told apart or linked", find_possible_twins),
    Rule("F17", "warning", "a claim's bounds say what its wording says", find_miscoded_wordings),
    Rule("S04", "warning", "a rating has its basis", find_bare_ratings),
    Rule("S05", "error", "credibility 1 needs two independent origins", find_unconfirmed),
    Rule("S07", "warning", "a party's word in its own favour has another origin beside it", find_favours),
    Rule("T06", "warning", "a stock is counted within 30 days of the page's day", find_stale),
    Rule("T07", "warning", "an old count is not told as a new one", find_late_relays),
)

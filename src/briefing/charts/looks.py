"""The hue and shape of each claimant, and the hue of each side: the same on every chart and in every edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from briefing.desk.claims.claims import Claims, countries_of
from briefing.desk.claims.sides import name_country
from briefing.dossier.claims import SHAPES
from briefing.dossier.cut import Cut
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.values.palette import CATEGORIES, LOOKS, QUIET

#: A hue and a shape.
Look = tuple[str, str]


def find_looks(dossier: Dossier, claimants: Iterable[str]) -> dict[str, Look]:
    """Give the claimants of one chart their looks; of two with the same, the one heard of later takes the next.

    A look is given out on the day on which a claimant is first heard of, by what is known on that day: no later row
    changes it, and claimants who speak of one quantity get different ones.
    """
    given = dossier.known.once_of_cells(_give_looks, *CLAIM_TABLES)
    looks: dict[str, Look] = {}
    wanted = set(claimants)
    for claimant in [*(one for one in given if one in wanted), *sorted(wanted - given.keys())]:
        start = given.get(claimant, 0)
        free = [look for at in range(len(LOOKS)) if (look := LOOKS[(start + at) % len(LOOKS)]) not in looks.values()]
        looks[claimant] = free[0] if free else LOOKS[start]
    return looks


def side_hue(dossier: Dossier, actor: str) -> str:
    """Give the hue of an actor's side, which is its country's, or its own where none is known.

    The first four sides of which a claim is heard as giver or getter have a hue each, given out on the day on which
    they are heard of; all others share a quiet one.

    Examples
    --------
    >>> from briefing.dossier.example import read_example
    >>> d = read_example()
    >>> [side_hue(d, actor) for actor in ("corvia", "minister", "veldania", "harbour-watch")]
    ['#a84800', '#a84800', '#005a8c', '#52606d']
    """
    countries = countries_of(dossier)
    given: dict[str, str] = {}
    for party in dossier.known.once_of_cells(_order_parties, *CLAIM_TABLES):
        side = countries.get(party, party)
        if side not in given and len(given) < len(CATEGORIES):
            given[side] = CATEGORIES[len(given)]
    return given.get(countries.get(actor, actor), QUIET)


def _order_parties(*tables: Cut) -> list[str]:
    """Give those who have, send or get what is claimed: by the day of the first claim, then who has or sends most."""
    days: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for names, cut in zip(SHAPES.values(), tables, strict=True):
        for column, role in names.items():
            if role in {"giver", "getter"}:
                for day, party in cut.rows("known_on", column):
                    if day is not None:
                        days[day][role == "getter"][party] += 1
    return [
        party
        for _, (giving, getting) in sorted(days.items())
        for party in sorted(giving | getting, key=lambda party: (-giving[party], -getting[party], party))
    ]


def _give_looks(*tables: Cut) -> dict[str, int]:
    """Give each claimant the number of a look, in the order in which they are heard of.

    It is the one that those who speak of the same quantities have least: the pair, then the hue, then the shape.
    """
    days: dict[Any, set[tuple[str, str]]] = defaultdict(set)
    for cut in tables:
        for day, claimant, quantity in cut.rows("known_on", "claimant_id", "quantity_id"):
            if day is not None:
                days[day].add((claimant, quantity))
    about: dict[str, set[str]] = defaultdict(set)  # who speaks of a quantity
    of: dict[str, set[str]] = defaultdict(set)  # what a claimant speaks of
    given: dict[str, int] = {}
    for day in sorted(days):
        pairs = sorted(days[day])
        for claimant, quantity in pairs:
            about[quantity].add(claimant)
            of[claimant].add(quantity)
        for claimant in dict.fromkeys(claimant for claimant, _ in pairs if claimant not in given):
            others = {other for quantity in of[claimant] for other in about[quantity]} & given.keys()
            given[claimant] = _choose([given[other] for other in others], list(given.values()))
    return given


def _choose(beside: list[int], every: list[int]) -> int:
    taken, all_taken = Counter(beside), Counter(every)
    hues, shapes = (Counter(LOOKS[look][part] for look in beside) for part in (0, 1))
    return min(
        range(len(LOOKS)),
        key=lambda at: (taken[at], hues[LOOKS[at][0]], shapes[LOOKS[at][1]], all_taken[at], at),
    )


def find_sides(claims: Claims) -> dict[str, tuple[str, str]]:
    """Give for each who has or sends something the side that it is of, as key and name: its country.

    Whoever has no country is a side alone.
    """
    dossier, countries = claims.dossier, countries_of(claims.dossier)
    givers = {claim.giver for claim in claims.each}
    names = {
        country: name_country(dossier, country)
        for country in {countries[giver] for giver in givers if giver in countries}
    }
    keys = {giver: countries.get(giver, giver) for giver in givers}
    return {giver: (key, names.get(key, dossier.name_of(giver))) for giver, key in keys.items()}

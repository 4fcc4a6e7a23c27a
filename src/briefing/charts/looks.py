"""The hue and shape of each claimant: the same on every chart and in every edition of a dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import CLAIM_TABLES
from briefing.values.palette import LOOKS

#: A hue and a shape.
Look = tuple[str, str]


def find_looks(dossier: Dossier, claimants: Iterable[str]) -> dict[str, Look]:
    """Give the claimants of one chart their looks; of two with the same, the one heard of later takes the next.

    A look is given out on the day on which a claimant is first heard of, by what is known on that day: no later row
    changes it, and claimants who speak of one quantity get different ones.
    """
    given = dossier.known.once(_give_looks, *CLAIM_TABLES)
    looks: dict[str, Look] = {}
    wanted = set(claimants)
    for claimant in [*(one for one in given if one in wanted), *sorted(wanted - given.keys())]:
        start = given.get(claimant, 0)
        free = [look for at in range(len(LOOKS)) if (look := LOOKS[(start + at) % len(LOOKS)]) not in looks.values()]
        looks[claimant] = free[0] if free else LOOKS[start]
    return looks


def _give_looks(*tables: pd.DataFrame) -> dict[str, int]:
    """Give each claimant the number of a look, in the order in which they are heard of.

    It is the one that those who speak of the same quantities have least: the pair, then the hue, then the shape.
    """
    columns = ["known_on", "claimant_id", "quantity_id"]
    every = pd.concat([table[columns] for table in tables]).dropna(subset=["known_on"]).sort_values(columns)
    about: dict[str, set[str]] = defaultdict(set)  # who speaks of a quantity
    of: dict[str, set[str]] = defaultdict(set)  # what a claimant speaks of
    given: dict[str, int] = {}
    for _, rows in every.groupby("known_on", sort=True):
        pairs = list(zip(rows["claimant_id"].tolist(), rows["quantity_id"].tolist(), strict=True))
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

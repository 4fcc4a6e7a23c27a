"""Ids for new rows: numbered as the table numbers its own, or made from a name; never one that a row has or had."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from briefing.values.words import drop_accents

#: So many characters an id made from a name has; a title makes no readable id beyond that.
MOST = 60

_NUMBERED = re.compile(r"(?P<stem>.*-)(?P<number>\d+)")


def number_id(taken: Iterable[str], *, otherwise: str) -> str:
    """Give the next id of a table that numbers its rows; `otherwise` is the stem where it numbers none.

    Examples
    --------
    >>> number_id(["tr-0001", "tr-0007", "hay-to-may"], otherwise="tr-"), number_id([], otherwise="tr-")
    ('tr-0008', 'tr-0001')
    """
    there = set(taken)
    numbered = [found for name in there if (found := _NUMBERED.fullmatch(name))]
    stems = Counter(found["stem"] for found in numbered)
    stem = max(stems, key=lambda name: (stems[name], name == otherwise, name), default=otherwise)
    of_stem = [found["number"] for found in numbered if found["stem"] == stem]
    width = len(max(of_stem, key=int, default="0001"))
    return f"{stem}{max(map(int, of_stem), default=0) + 1:0{width}}"


def one_of(plural: str) -> str:
    """Guess the noun for one thing from that for several.

    Examples
    --------
    >>> one_of("lorries"), one_of("boxes"), one_of("crates"), one_of("aircraft")
    ('lorry', 'box', 'crate', 'aircraft')
    """
    if plural.endswith("ies") and len(plural) > 4 and not plural.endswith(("series", "species")):
        return f"{plural[:-3]}y"
    if plural.endswith(("xes", "ches", "shes", "sses")):
        return plural[:-2]
    return plural[:-1] if plural.endswith("s") and not plural.endswith(("ss", "series", "species")) else plural


def name_id(name: str, taken: Iterable[str] = ()) -> str:
    """Make an id from a name; with a number behind it where a row has that one.

    Examples
    --------
    >>> name_id("Ministère de la Défense"), name_id("Harbour Office", ["harbour-office"])
    ('ministere-de-la-defense', 'harbour-office-2')
    """
    words = re.findall(r"[a-z0-9]+", drop_accents(name).lower())
    stem = "-".join(words)[:MOST].strip("-") or "row"
    there = set(taken)
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(there) + 2))
    return next(each for each in numbered if each not in there)

"""The noun that follows a number in a sentence: 1 tank, 20,000 containers, 65,089 tonnes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from briefing.dossier.claims import Claim
from briefing.dossier.cut import Cut
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.models import rows_by_id
from briefing.dossier.tables import Item, Unit
from briefing.dossier.ties import ties_of
from briefing.values.bounds import Bounds


def noun(dossier: Dossier, counted: Claim | Collection[str], bounds: Bounds | None = None) -> str:
    """Give the noun of what is counted, for one or for several: the item's own, or else its unit's.

    `counted` is a claim, whose own number it is, or items; those of several nouns take that of the item that holds
    them all: a tank and a T-72 are two tanks. An item's noun stands only for a number in the item's own unit: wagons of
    tanks are wagons.

    Examples
    --------
    >>> import briefing as b
    >>> d, one = b.read_example(), Bounds(1, 1, 1, "tonnes")
    >>> noun(d, ["hay"], one), noun(d, ["hay"], Bounds(low=2, unit="tonnes"))
    ('tonne', 'tonnes')
    """
    items = {counted.item} if isinstance(counted, Claim) else set(counted)
    bounds = bounds or (counted.bounds if isinstance(counted, Claim) else Bounds())
    every = rows_by_id(dossier, Item)
    rows = [every[item] for item in sorted(items) if item in every]
    one = set(bounds.stated) == {1}

    def own_of(some: Iterable[Item]) -> str | None:
        nouns = {(row.singular if one else row.plural) if row.unit == bounds.unit else None for row in some}
        return nouns.pop() if len(nouns) == 1 else None

    kind = ties_of(dossier).find_kind(items) if len(rows) > 1 else None
    own = own_of(rows) or (own_of([every[kind]]) if kind is not None and kind in every else None)
    unit = rows_by_id(dossier, Unit).get(bounds.unit)
    return own or (bounds.unit if unit is None else unit.singular if one else unit.plural)


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

#: So many letters does the name of a country share with what is of it: Veldania, Veldanian.
_STEM = 4


def inside(dossier: Dossier, title: str) -> str:
    """Write a title as it stands inside a sentence: small, unless its first word is a name or made of one.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> inside(d, "Lorries sent to Corvia"), inside(d, "Veldanian guards in Corvia"), inside(d, "T-72A tanks")
    ('lorries sent to Corvia', 'Veldanian guards in Corvia', 'T-72A tanks')
    """
    first = title.split(maxsplit=1)[0].rstrip(",:;") if title.strip() else ""
    small, stems = dossier.frames.once_of_cells(
        _words, "quantities", "items", "units", "actors", "places", *CLAIM_TABLES
    )
    is_name = first.lower() not in small and first[:_STEM] in stems
    return title if is_name or not (first.isalpha() and first.istitle()) else title[:1].lower() + title[1:]


def _words(
    quantities: Cut, items: Cut, units: Cut, actors: Cut, places: Cut, *claims: Cut
) -> tuple[frozenset[str], frozenset[str]]:
    """Gather the words that a dossier writes small, and the stems of its names."""
    nouns = [cell for rows in (items, units) for column in ("singular", "plural") for cell in rows[column] if cell]
    texts = [*quantities["title"], *nouns, *(cell for table in claims for cell in table["wording"] if cell)]
    names = [*actors["name"], *places["name"]]
    later = [word for text in texts for word in _WORD.findall(text)[1:]]
    named = [word for name in names for word in _WORD.findall(name)] + later
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    return frozenset(small), frozenset(word[:_STEM] for word in named if word.istitle())

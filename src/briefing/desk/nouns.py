"""The noun that follows a number in a sentence: 1 tank, 20,000 containers, 65,089 tonnes."""

from __future__ import annotations

from collections.abc import Collection

from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id
from briefing.dossier.tables import Item, Unit
from briefing.values.bounds import Bounds


def noun(dossier: Dossier, counted: Claim | Collection[str], bounds: Bounds | None = None) -> str:
    """Give the noun of what is counted, for one or for several: the item's own, or else its unit's.

    `counted` is a claim, whose own number it is, or items; those of several nouns take their unit's. An item's noun
    stands only for a number in the item's own unit: wagons of tanks are wagons.

    Examples
    --------
    >>> import briefing as b
    >>> d, one = b.read_example(), Bounds(1, 1, 1, "tonnes")
    >>> noun(d, ["hay"], one), noun(d, ["hay"], Bounds(low=2, unit="tonnes"))
    ('tonne', 'tonnes')
    """
    items = {counted.item} if isinstance(counted, Claim) else set(counted)
    bounds = bounds or (counted.bounds if isinstance(counted, Claim) else Bounds())
    rows = [rows_by_id(dossier, Item)[item] for item in sorted(items) if item in rows_by_id(dossier, Item)]
    one = set(bounds.stated) == {1}
    nouns = {(row.singular if one else row.plural) if row.unit == bounds.unit else None for row in rows}
    own = nouns.pop() if len(nouns) == 1 else None
    unit = rows_by_id(dossier, Unit).get(bounds.unit)
    return own or (bounds.unit if unit is None else unit.singular if one else unit.plural)

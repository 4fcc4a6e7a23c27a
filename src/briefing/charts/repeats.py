"""Which claims only repeat another that is drawn already: several documents of one origin look like a majority."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.charts.pen import Row
from briefing.desk.claims.claims import Claims
from briefing.dossier.claims import bounds_of
from briefing.dossier.tables import STATUS_CLASSES
from briefing.values.rivals import core


def find_repeats(claims: Claims, rows: Sequence[dict[str, Any]]) -> list[Row | None]:
    """Find, for each row, the row before it that it repeats: another document of the same origin, whose number agrees.

    A number that does not agree is that origin's other count, and two counts in one document are two.

    Parameters
    ----------
    claims : Claims
        Whose dossier says what each document relays.
    rows : sequence of dict
        Rows of the claims, in the order in which they are drawn.

    Returns
    -------
    list of dict or None
        The first that stands for the same; ``None`` for a claim of its own.

    Examples
    --------
    >>> import briefing as b
    >>> hay = b.choose_claims(b.read_example(), quantity="hay-to-september")
    >>> [row["claim_id"] if row else None for row in find_repeats(hay, hay.rows)]
    [None, 'tr-0012']
    """
    roots = claims.dossier.roots
    kept: list[Row] = []
    found: list[Row | None] = []
    for row in rows:
        first = next((one for one in kept if _is_repeat(row, one, roots)), None)
        found.append(first)
        kept += [] if first else [row]
    return found


def _is_repeat(row: Row, first: Row, roots: dict[str, str]) -> bool:
    document, before = row["source_id"], first["source_id"]
    if document == before or roots.get(document, document) != roots.get(before, before):
        return False
    about, earlier = ((one["quantity_id"], one["unit"], STATUS_CLASSES[one["status"]]) for one in (row, first))
    return about == earlier and core([bounds_of(row), bounds_of(first)]) is not None


def tell_repeats(repeated: Sequence[bool]) -> str:
    """Say how many claims are drawn small, and why; empty where none is.

    Examples
    --------
    >>> tell_repeats([False, True, False])
    'Small marks repeat an origin that is drawn already: 1 of 3.'
    """
    number = sum(repeated)
    return f"Small marks repeat an origin that is drawn already: {number} of {len(repeated)}." if number else ""

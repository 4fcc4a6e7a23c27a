"""Which claims only repeat another that is drawn already: several documents of one origin look like a majority."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from briefing.dossier.claims import Claim
from briefing.values.rivals import core


def find_repeats(claims: Sequence[Claim]) -> list[Claim | None]:
    """Find, for each claim, the one before it that it repeats: of the same origin by another document, and it agrees.

    A number that does not agree is that origin's other count, and two counts in one document are two.
    ``None`` stands for a claim of its own.
    """
    drawn: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    repeated: list[Claim | None] = []
    for claim in claims:
        before = drawn[claim.origin, claim.quantity, claim.unit, claim.status_class]
        first = next((earlier for earlier in before if _agrees(claim, earlier)), None)
        repeated.append(first)
        before += [] if first else [claim]
    return repeated


def _agrees(claim: Claim, earlier: Claim) -> bool:
    return claim.source != earlier.source and core([claim.bounds, earlier.bounds]) is not None


def tell_repeats(repeated: Sequence[bool], *, tied: bool = False) -> str:
    """Say how many claims are drawn small, and why; empty where none is. `tied` where a line leads on."""
    number, to = sum(repeated), ", and a line leads to it" if tied else ""
    return f"Small marks repeat an origin that is drawn already{to}: {number} of {len(repeated)}." if number else ""

"""The page's size budget: what a phone on a bad line can bear, and which part to blame where it is exceeded."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.errors import PageError


@dataclass(frozen=True, slots=True)
class Budget:
    """The most bytes that a page may have, as it is and compressed."""

    raw: int
    gzipped: int


#: The standard page, and the page that carries the interactive charts.
STATIC = Budget(raw=500_000, gzipped=80_000)
INTERACTIVE = Budget(raw=900_000, gzipped=420_000)


def measure(page: str, *, packed: str = "") -> Budget:
    """Give a page's size; the same on every day and machine.

    `packed` is a part that is the same on every page and slow to compress: it is weighed by itself, once a process.
    """
    rest = page.replace(packed, "", 1) if packed else page
    gzipped = _compressed(rest) + (_weigh(packed) if packed else 0)
    return Budget(len(page.encode()), gzipped)


def _compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 6, mtime=0))


@lru_cache(maxsize=2)
def _weigh(packed: str) -> int:
    return _compressed(packed)


def keeps_budget(page: str, budget: Budget, *, packed: str = "") -> bool:
    """Whether a page is within a budget; one of zeros is without end."""
    if budget == Budget(0, 0):
        return True
    size = measure(page, packed=packed)
    return size.raw <= budget.raw and size.gzipped <= budget.gzipped


def check_budget(page: str, budget: Budget, *, parts: Mapping[str, str], packed: str = "") -> str:
    """Give back a page that keeps its budget; one of zeros is without end.

    Raises `PageError` where it does not; the heaviest part is named, as an analyst knows it.
    """
    if keeps_budget(page, budget, packed=packed):
        return page
    size = measure(page, packed=packed)
    heaviest = max(parts, key=lambda name: len(parts[name].encode()), default="the page")
    weight = len(parts.get(heaviest, page).encode())
    raise PageError(
        f"the page has {_say(size)}, the heaviest part is {heaviest} with {weight / 1000:,.0f} kB; "
        f"its budget is {_say(budget)}. Show fewer rows there, or raise the budget."
    )


def _say(size: Budget) -> str:
    return f"{size.raw / 1000:,.0f} kB ({size.gzipped / 1000:,.0f} kB compressed)"

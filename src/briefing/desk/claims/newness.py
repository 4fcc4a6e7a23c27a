"""Why a quantity is news: what became known of it in a time, as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

#: A count that other claimants' counts contradict, or a denial of it; one that surely rose or fell by the same
#: claimant's word, or was revised for the same time; a new one; the same again for a later day; one that became known
#: now and speaks of a time before.
Kind: TypeAlias = Literal["conflict", "denied", "rose", "fell", "revised", "new", "again", "late"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One claim that is news, and the claim that makes it so: the rival, or the same claimant's before."""

    kind: Kind
    claim: str
    day: dt.date  #: The day from which it is known.
    beside: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Why claims rank where they do, the strongest reason first; no reasons in a place that nothing fills."""

    since: dt.date
    reasons: tuple[Reason, ...] = ()
    #: Whether no quantity at all has news since then.
    is_silent: bool = False
    #: Whether what the page tells elsewhere has some.
    is_told: bool = False
    #: The last day on which any of the claims chosen became known.
    newest: dt.date | None = None

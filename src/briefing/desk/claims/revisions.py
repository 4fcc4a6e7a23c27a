"""What a total was, by the day on which it was known: the same choice, asked on every day on which it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.contested import Contested
from briefing.desk.claims.sums import total
from briefing.desk.figures import Figure
from briefing.dossier.claims import gather
from briefing.dossier.dossier import Dossier
from briefing.usage import glance, verb
from briefing.values.chains import find_below, turn_round

#: Makes a figure of claims: `sums.total` adds them, `claims.contested` lays rivals side by side.
RevisionMeasure = Callable[[Claims], Figure | Contested]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure as it stood from a day on: what the claims known by then came to, with those claims."""

    day: dt.date
    figure: Figure


@dataclass(frozen=True, slots=True)
class Revisions:
    """What a figure was on each day on which it changed, in order of time; no steps where nothing is known."""

    dossier: Dossier  #: As of its day, which is the last one told.
    steps: tuple[Revision, ...]

    def __len__(self) -> int:
        return len(self.steps)

    def __repr__(self) -> str:
        told = ", ".join(f"{step.day}: {step.figure.short}" for step in self.steps)
        return f"Revisions({told or 'nothing is known'})"

    def _repr_html_(self) -> str:
        rows = [(step.day, step.figure.phrase, ", ".join(step.figure.claims)) for step in self.steps]
        return glance("What the figure was" if rows else "Nothing is known", ("From", "Figure", "Claims"), rows)


@verb
def revisions(dossier: Dossier, *, measure: RevisionMeasure = total, **choice: Any) -> Revisions:
    """Find what a figure was, by the day on which it was known.

    Parameters
    ----------
    dossier : Dossier
        As of its day: nothing later is told.
    measure : callable
        Makes the figure of the claims known on a day: left out, they are added; `contested` lays rivals side by side.
    **choice
        Which claims, as `choose` takes them: ``item="tank", counting="increment"``.

    Returns
    -------
    Revisions
        One step for each day on which the figure, or the claims behind it, changed.

    Raises
    ------
    ClaimError
        Where the claims known on one of the days may not be added, as `total` tells it.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.revisions(d, item="lorry", counting="increment")
    Revisions(2031-10-11: 20, 2031-10-18: 44, 2031-10-30: 72, 2031-11-17: 48)
    """
    steps: list[Revision] = []
    for day in _days(dossier, choice):
        made = measure(choose_claims(dossier.at(day), **choice))
        figure = made.figure if isinstance(made, Contested) else made
        before = steps[-1].figure if steps else None
        is_same = (before.claims, before.bounds) == (figure.claims, figure.bounds) if before else not figure.claims
        if not is_same:
            steps.append(Revision(day, figure))
    return Revisions(dossier, tuple(steps))


def _days(dossier: Dossier, choice: dict[str, Any]) -> list[dt.date]:
    """Find the days on which the answer may have changed: rows became known, or were withdrawn.

    Rows that replace others count too, whatever they are about: a train that turns out to have carried something else
    leaves a choice of tanks by a row about tanks that says none, or by a row about other things.
    """
    known = replace(dossier, as_of=None, frames=dossier.known)
    every = gather(known).claims
    replacing = turn_round({claim.id: claim.supersedes for claim in every.values() if claim.supersedes is not None})
    concerned = [every[claim] for claim in find_below(choose_claims(known, **choice).ids, replacing) if claim in every]
    read_in = {claim.source for claim in concerned}
    withdrawn = known.sources.loc[known.sources["source_id"].isin(read_in), "retracted_on_last"].dropna()
    days = {day for claim in concerned for day in (claim.known_on, claim.retracted_on) if day is not None}
    days |= {day.date() for day in withdrawn.tolist()}
    return [day for day in sorted(days) if dossier.as_of is None or day <= dossier.as_of]

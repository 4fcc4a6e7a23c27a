"""How a build ended for each briefing: the one answer that pings, metrics, test reports and the heartbeat tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editions.catalog import Briefing, Edition
from briefing.values.words import counted

if TYPE_CHECKING:
    from briefing.press.build import Outcome

#: What may become of an edition that was asked for; the last of them where a build ended before its turn.
ENDS = ("published", "unchanged", "held", "failed", "not made")


@dataclass(frozen=True, slots=True)
class BriefingEnding:
    """What became of the editions of a briefing that a build was to make."""

    name: str
    asked: tuple[Edition, ...]
    outcomes: Mapping[str, Outcome]  #: by the name of the edition
    error: str = ""  #: what ended the whole build; empty where it went to its end

    @property
    def is_good(self) -> bool:
        """Whether all its pages are there, new or as they were, and nothing else of the build went wrong."""
        return not self.error and all(self.end_of(edition) in ENDS[:2] for edition in self.asked)

    def end_of(self, edition: Edition) -> str:
        """Say what became of an edition, as one of `ENDS`."""
        outcome = self.outcomes.get(edition.name)
        return outcome.status if outcome else ENDS[-1]

    def count(self) -> dict[str, int]:
        """Count the editions by what became of them; each of `ENDS` has its number."""
        ends = [self.end_of(edition) for edition in self.asked]
        return {end: ends.count(end) for end in ENDS}

    def tell(self) -> Iterator[str]:
        """Say in lines how it ended: what went wrong first, then how many editions came to what end."""
        if self.error:
            yield self.error
        for outcome in self.outcomes.values():
            if not outcome.is_good:
                yield f"{outcome.status} {outcome.edition}"
                yield from outcome.reasons
        counts = [f"{number} {end}" for end, number in self.count().items() if number]
        yield f"{self.name}: {counted(len(self.asked), 'edition')}{': ' if counts else ''}{', '.join(counts)}"


def list_endings(
    briefings: Sequence[Briefing], *, asked: Sequence[Edition], outcomes: Sequence[Outcome], error: str = ""
) -> tuple[BriefingEnding, ...]:
    """Say for each briefing of a catalog, in its order, how a build ended; entries of one name are one briefing."""
    of = {outcome.edition: outcome for outcome in outcomes}
    by_name: dict[str, list[Edition]] = {briefing.name: [] for briefing in briefings}
    for edition in asked:
        by_name.setdefault(edition.briefing.name, []).append(edition)
    return tuple(
        BriefingEnding(name, tuple(editions), {one.name: of[one.name] for one in editions if one.name in of}, error)
        for name, editions in by_name.items()
    )

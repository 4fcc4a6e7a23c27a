"""The argument of a page: what may happen, how likely we hold it, who raised it, what points to it and away from it."""

from __future__ import annotations

from typing import Literal

from briefing.blocks.assessed import Decided, Exhibit, Indicator, Judgement, Odds
from briefing.blocks.block import Block
from briefing.blocks.records import Value


class Raised(Value):
    """Who spoke of a scenario: a name, the day, and the row and document where it was read."""

    name: str
    date: str
    row: str
    source: str
    #: What a speaker does with it: warns, denies, assesses; empty where it was no quotation.
    stance: str = ""


class Scenario(Value):
    """One thing that may happen; nobody judges it where `judged` is empty."""

    id: str
    #: The table that has its row: a hypothesis or a judgement may stand for a scenario that nobody has written.
    table: Literal["scenarios", "hypotheses", "judgements"] = "scenarios"
    label: str
    statement: str
    #: The label of the wider scenario that this is one way of; it stands above, and has the odds.
    part_of: str = ""
    judged: Judgement | None = None
    raised_by: tuple[Raised, ...] = ()
    #: What points to it and away from it, where that is not its judgement's.
    supporting: tuple[Exhibit, ...] = ()
    contrary: tuple[Exhibit, ...] = ()
    lights: tuple[Indicator, ...] = ()
    #: Whether the evidence speaks least against it; it is not proved by that.
    survives: bool = False
    note: str = ""

    @property
    def odds(self) -> Odds | None:
        """How likely we hold it."""
        return self.judged.odds if self.judged else None

    @property
    def sides(self) -> tuple[tuple[Exhibit, ...], tuple[Exhibit, ...]]:
        """What points to it, and what points away: its own, or its judgement's."""
        if self.supporting or self.contrary or self.judged is None:
            return self.supporting, self.contrary
        return self.judged.supporting, self.judged.contrary


class Scenarios(Block):
    """Scenarios as rows, what else is judged, and what became of the judgements before."""

    kind: Literal["scenarios"] = "scenarios"
    caption: str
    #: The scale's name, as in the rows, and what a page calls it; both empty where nothing is judged.
    scale: str = ""
    scale_title: str = ""
    bands: tuple[Odds, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    #: The judgements that stand and that no scenario shows.
    others: tuple[Judgement, ...] = ()
    decided: tuple[Decided, ...] = ()
    method: str = ""

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement on it, each once."""
        judged = {one.judged.id: one.judged for one in self.scenarios if one.judged}
        return (*judged.values(), *self.others)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every item of evidence on it, each once."""
        sides = [side for one in self.scenarios for side in one.sides]
        sides += [side for one in self.others for side in (one.supporting, one.contrary)]
        return tuple({exhibit.id: exhibit for side in sides for exhibit in side}.values())

"""The argument of a page: what may happen, how likely we hold it, who raised it, what points to it and away from it."""

from __future__ import annotations

from typing import Literal

from briefing.blocks.assessed import Decided, Exhibit, Indicator, Odds
from briefing.blocks.block import Block
from briefing.blocks.records import Value


class Raised(Value):
    """Who spoke of a scenario: a name, the day, and the row and document where it was read."""

    name: str
    date: str
    row: str
    source: str


class Scenario(Value):
    """One thing that may happen; `odds` is empty where nobody judges it."""

    id: str
    label: str
    statement: str
    odds: Odds | None = None
    #: The judgement that gives the odds, by when, and the odds of the edition before.
    judgement: str = ""
    horizon: str = ""
    before: Odds | None = None
    raised_by: tuple[Raised, ...] = ()
    supporting: tuple[Exhibit, ...] = ()
    contrary: tuple[Exhibit, ...] = ()
    would_change_if: str = ""
    lights: tuple[Indicator, ...] = ()
    #: Whether the evidence speaks least against it; it is not proved by that.
    survives: bool = False
    note: str = ""


class Scenarios(Block):
    """Scenarios as rows, and what became of the judgements before."""

    kind: Literal["scenarios"] = "scenarios"
    caption: str
    scale_title: str = ""
    bands: tuple[Odds, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    decided: tuple[Decided, ...] = ()
    method: str = ""

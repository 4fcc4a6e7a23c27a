"""The blocks of what we judge: judgements, hypotheses and the evidence for and against them, indicators."""

from __future__ import annotations

from typing import Literal

from briefing.blocks.block import Block
from briefing.blocks.records import Text, Value

#: What becomes of a judgement, as a table says it.
CAME = {"true": "happened", "false": "did not happen", "void": "void"}


class Exhibit(Value):
    """An item of evidence; its text cites the claims that hold its numbers."""

    id: str
    text: Text
    kind: str
    date: str
    source: str
    credibility: str
    relevance: str
    #: The quotations and events that it rests on, by id.
    rests_on: tuple[str, ...] = ()
    #: Whose it is, and where it was read; the same name where somebody publishes their own.
    by: str = ""
    read_in: str = ""
    note: str = ""
    #: What it is without its numbers, for where there is little room; empty before version 5.
    statement: str = ""


class Odds(Value):
    """A term of likelihood, and the percent that it stands for."""

    term: str
    range: str
    low: int
    high: int

    @property
    def words(self) -> str:
        """The term with its range, as in a sentence."""
        return f"{self.term} ({self.range})"


class Earlier(Value):
    """The edition that a judgement replaces."""

    id: str
    odds: Odds
    made_on: str
    statement: str
    move: Literal["raised", "lowered", "kept"]
    reason: str = ""


class Judgement(Value):
    """A proposition with its likelihood and our confidence: two sentences, never one."""

    id: str
    #: The words before the term: "It is", "There is a".
    opening: str
    odds: Odds
    statement: str
    confidence: str
    confidence_reason: str
    #: What points to it happening, and what points away from it, whatever the term.
    supporting: tuple[Exhibit, ...] = ()
    contrary: tuple[Exhibit, ...] = ()
    would_change_if: str
    earlier: Earlier | None = None
    actor: str
    event: str
    where: str = ""
    horizon: str
    resolution: str
    made_by: str
    made_on: str
    #: Past its horizon, and nobody has said what became of it.
    is_overdue: bool = False

    @property
    def likelihood(self) -> str:
        """The sentence of likelihood."""
        return f"{self.opening} {self.odds.words} that {self.statement}."

    @property
    def assurance(self) -> str:
        """The sentence of confidence; it says nothing of the odds."""
        return f"Our confidence in this is {self.confidence}: {self.confidence_reason}."


class Decided(Value):
    """A judgement of which we know what became."""

    id: str
    statement: str
    odds: Odds
    made_on: str
    outcome: Literal["true", "false", "void"]
    on: str
    how: str = ""
    events: tuple[tuple[str, str, str], ...] = ()  # id, title, source
    #: Whether it leaned to what then happened; a chance that is roughly even leans nowhere.
    leaned: Literal["right", "wrong", "neither"] = "neither"


class Judgements(Block):
    """The key judgements on a question, in one row of words."""

    kind: Literal["judgements"] = "judgements"
    caption: str
    #: The scale's name, as in the rows, and what a page calls it; both empty where nothing is judged.
    scale: str
    scale_title: str = ""
    bands: tuple[Odds, ...]
    judgements: tuple[Judgement, ...]
    decided: tuple[Decided, ...] = ()
    method: str = ""


class Hypothesis(Value):
    """A column of the matrix; `score` is its weighted inconsistency, 0 where nothing speaks against it."""

    id: str
    label: str
    statement: str
    score: float
    survives: bool
    note: str = ""


class MatrixRow(Value):
    """An item of evidence and its ratings, in the order of the hypotheses; an empty one is not rated."""

    exhibit: Exhibit
    ratings: tuple[str, ...]
    is_diagnostic: bool
    #: The labels of the hypotheses that survive when this row is left out.
    without: tuple[str, ...]
    #: Why it is rated so, in the order of the ratings; empty where nobody says.
    reasons: tuple[str, ...] = ()


class Matrix(Block):
    """Hypotheses and evidence: what speaks against which answer."""

    kind: Literal["matrix"] = "matrix"
    caption: str
    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[MatrixRow, ...]
    #: What the matrix says, one sentence each.
    result: tuple[str, ...]
    method: str = ""


class Indicator(Value):
    """A thing that is watched for, and how it stood at the last look."""

    id: str
    observable: str
    threshold: str
    where: str
    bears: Literal["for", "against"]
    judgement: str
    status: str
    when: str = ""
    source: str | None = None
    note: str = ""
    looks: int = 0


class Indicators(Block):
    """The board of indicators."""

    kind: Literal["indicators"] = "indicators"
    caption: str
    indicators: tuple[Indicator, ...]

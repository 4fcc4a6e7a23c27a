"""The front of a page: what a reader who gives it thirty seconds takes away."""

from __future__ import annotations

from typing import Literal

from briefing.blocks.assessed import Odds
from briefing.blocks.block import Block
from briefing.blocks.charts import Chart
from briefing.blocks.records import Text, Value


class Chip(Value):
    """The standing of a number, as data: the page words it in its own language."""

    kind: Literal[
        "contested", "relays", "one_origin", "origins", "most_origins", "repeated", "denied", "doubted", "to_come",
        "old", "undated",
    ]  # fmt: skip
    #: Who denies or doubts it.
    name: str = ""
    #: Of what day it is, or which day it repeats: a partial date.
    day: str = ""
    #: How many origins, or days.
    number: int = 0


class Tile(Value):
    """A number that leads: as hedged, what it is, whose count, and its standing."""

    #: The number with its noun; words alone where no claim gives one.
    figure: Text
    #: What earlier counts said, where the number is the newest of several dates.
    hedge: Text = ()
    label: str
    #: Whose count, in words.
    claimant: str = ""
    #: The day or period of the number: a partial date.
    when: str = ""
    chips: tuple[Chip, ...] = ()


class Front(Block):
    """The head of a page that argues: question, answer, standfirst, tiles, one hero picture, what is contested."""

    kind: Literal["front"] = "front"
    title: str
    #: One sentence: the judgement with its range, or the count with its claimant.
    bottom_line: Text = ()
    #: How sure we are, in a sentence of its own.
    assurance: str = ""
    #: The reason, and what happened on the day.
    standfirst: Text = ()
    as_of: str | None = None
    marking: str = ""
    #: Who judges, and what the dossier says of them: "an illustration of the method".
    judged_by: str = ""
    badge: str = ""
    odds: Odds | None = None
    bands: tuple[Odds, ...] = ()
    scale_title: str = ""
    tiles: tuple[Tile, ...] = ()
    #: The picture that carries the argument, with its own evidence; or what is said where there is nothing to draw.
    hero: Chart | None = None
    instead: Text = ()
    #: What is contested, a line each, the most material first.
    contested: tuple[Text, ...] = ()
    #: When the documents were read: a partial date. It tells a page that was reconstructed later.
    collected: str = ""

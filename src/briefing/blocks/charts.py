"""The block of a chart: the drawing, its words and its table."""

from __future__ import annotations

from typing import Literal

from briefing.blocks.block import Block, Spec
from briefing.blocks.records import TableData, Value


class Sourcing(Value):
    """What the source line of a chart says, as data; what it does not say is ``None``."""

    #: The day in words, or "any day".
    as_of: str | None = None
    documents: int | None = None
    origins: int | None = None


class Chart(Block):
    """A chart: what Vega-Lite draws, and the same in words and as a table.

    `narrow` is drawn where the page is a phone's; left out, `spec` serves both.
    """

    kind: Literal["chart"] = "chart"
    title: str
    spec: Spec
    narrow: Spec | None = None
    description: str
    source_line: str
    sourcing: Sourcing = Sourcing()
    #: The claims about wholes that their parts are drawn to exceed; the chart says by how much.
    exceeded: tuple[str, ...] = ()
    data: TableData
    #: So many older counts more there are: with all of them no mark could be told from the next.
    left_out: int = 0

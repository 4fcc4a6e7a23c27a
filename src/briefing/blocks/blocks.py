"""The typed outputs that a notebook leaves for the press: the one thing that both rooms know.

A block carries what a reader sees and the evidence behind it: every claim and source that it cites travels inside it,
so that an executed notebook is all that a page is made from. A cell that ends in a block leaves two faces of it: this
module's JSON for the press, and one that JupyterLab shows well (`faces`).

To add a block: one class here with a `kind` of its own, and one template of that name in the press. A field that is
added to a block has a default and makes a new version, so that a run of an older version still becomes a page; a block
of a newer version than this library's is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from briefing.blocks.assessed import CAME as CAME
from briefing.blocks.assessed import Decided as Decided
from briefing.blocks.assessed import Earlier as Earlier
from briefing.blocks.assessed import Exhibit as Exhibit
from briefing.blocks.assessed import Hypothesis as Hypothesis
from briefing.blocks.assessed import Indicator as Indicator
from briefing.blocks.assessed import Indicators as Indicators
from briefing.blocks.assessed import Judgement as Judgement
from briefing.blocks.assessed import Judgements as Judgements
from briefing.blocks.assessed import Matrix as Matrix
from briefing.blocks.assessed import MatrixRow as MatrixRow
from briefing.blocks.assessed import Odds as Odds
from briefing.blocks.block import MIME as MIME
from briefing.blocks.block import VERSION as VERSION
from briefing.blocks.block import Block as Block
from briefing.blocks.block import Spec as Spec
from briefing.blocks.block import face as face
from briefing.blocks.charts import Chart as Chart
from briefing.blocks.charts import Sourcing as Sourcing
from briefing.blocks.front import Chip as Chip
from briefing.blocks.front import Front as Front
from briefing.blocks.front import Tile as Tile
from briefing.blocks.own import Own as Own
from briefing.blocks.own import Picture as Picture
from briefing.blocks.records import Cited as Cited
from briefing.blocks.records import ClaimRecord as ClaimRecord
from briefing.blocks.records import Column as Column
from briefing.blocks.records import Entry as Entry
from briefing.blocks.records import Evidence as Evidence
from briefing.blocks.records import Further as Further
from briefing.blocks.records import Made as Made
from briefing.blocks.records import Quotation as Quotation
from briefing.blocks.records import SourceRecord as SourceRecord
from briefing.blocks.records import TableData as TableData
from briefing.blocks.records import Text as Text
from briefing.blocks.records import Value as Value
from briefing.blocks.scenarios import Raised as Raised
from briefing.blocks.scenarios import Scenario as Scenario
from briefing.blocks.scenarios import Scenarios as Scenarios
from briefing.errors import PageError


class Headline(Block):
    """The head of a page: the question, the answer in a sentence, the day it speaks for."""

    kind: Literal["headline"] = "headline"
    title: str
    bottom_line: Text = ()
    #: The day that the page speaks for, as 2022-12-19; ``None`` is the whole dossier.
    as_of: str | None = None
    #: The marking printed at the top and foot of every page.
    marking: str = ""


class Heading(Block):
    """A section's heading: a finding, in words."""

    kind: Literal["heading"] = "heading"
    text: Text
    #: A name for it, such as "Troops", where a list of contents has no room for a finding.
    short: str = ""


class Prose(Block):
    """A paragraph."""

    kind: Literal["prose"] = "prose"
    text: Text


class Note(Block):
    """A paragraph that is not a finding: a method note, an assumption, an inference of the analyst's."""

    kind: Literal["note"] = "note"
    label: str
    text: Text


class Table(Block):
    """A table for readers."""

    kind: Literal["table"] = "table"
    caption: str
    data: TableData
    #: So many rows more there are, which nobody would read to the end.
    left_out: int = 0


class Exchange(Value):
    """Quotations on one proposition, side by side: a denial beside what it denies."""

    target: str
    quotations: tuple[Quotation, ...]


class Quotations(Block):
    """Quotations, by the proposition that they speak to."""

    kind: Literal["quotations"] = "quotations"
    caption: str
    exchanges: tuple[Exchange, ...]
    #: So many quotations more there are.
    left_out: int = 0


class Timeline(Block):
    """Events in order of time."""

    kind: Literal["timeline"] = "timeline"
    caption: str
    entries: tuple[Entry, ...]
    #: So many earlier events more there are.
    left_out: int = 0
    #: What a page says where there are no entries in the time asked for, and there are others.
    otherwise: str = ""


class Correction(Value):
    """A cell of ours that was wrong and was mended: what it held, what it holds, and why."""

    date: str
    #: The row, and what a reader calls it.
    row: str
    title: str
    field: str
    old: str = ""
    new: str = ""
    reason: str
    #: Mended after the day that the page speaks for: an earlier print of this edition held what was wrong.
    is_later: bool = False


class Corrections(Block):
    """What we got wrong in rows that the page can draw on; it says so where there is nothing."""

    kind: Literal["corrections"] = "corrections"
    caption: str
    corrections: tuple[Correction, ...]


class Sources(Block):
    """The source summary statement. The press prints the list of sources and the annex of claims behind it."""

    kind: Literal["sources"] = "sources"
    summary: Text
    #: The rows that wait for the end of a month or a year, named by their ids: a page lists them with its sources.
    waiting: tuple[str, ...] = ()


#: What may head a page, and one of them does.
Head = Headline | Front

AnyBlock = Annotated[
    Headline
    | Front
    | Heading
    | Prose
    | Note
    | Table
    | Own
    | Chart
    | Quotations
    | Timeline
    | Judgements
    | Scenarios
    | Matrix
    | Indicators
    | Corrections
    | Sources,
    Field(discriminator="kind"),
]

_READER: TypeAdapter[Any] = TypeAdapter(AnyBlock)


#: The blocks that were read within `reading_once`, each with its JSON, by the number of that in memory.
_READ: ContextVar[dict[int, tuple[object, Block]] | None] = ContextVar("_READ", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Read each block once, for whoever reads the same notebook several times and changes nothing in it meanwhile.

    Examples
    --------
    >>> told = {"kind": "note", "label": "Method", "text": ["All days are UTC."]}
    >>> with reading_once():
    ...     read_block(told) is read_block(told)
    True
    """
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def read_block(data: object) -> Block:
    """Read a block from the JSON that a notebook's cell left.

    Raises `PageError` where the kind or the version is unknown, or the block does not hold what its kind holds.
    """
    known = _READ.get()
    if known is not None and id(data) in known:  # it is held, so that no other has its number
        return known[id(data)][1]
    try:
        block: Block = _READER.validate_python(data)
    except ValidationError as error:
        told = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in told["loc"]) or "block"
        kind = data.get("kind") if isinstance(data, dict) else None
        raise PageError(
            f"block {kind!r}: {place}: {told['msg']}; a page is made of blocks up to version {VERSION}. "
            "Run the notebook again with this version of briefing."
        ) from None
    if known is not None:
        known[id(data)] = data, block
    return block


def find_block(output: Mapping[str, Any]) -> Block | None:
    """Find the block in an output of a cell; ``None`` where it holds none, or one that cannot be read.

    What cannot be read is the page's business to refuse.
    """
    try:
        data = output["data"][MIME]
        return read_block(data)
    except (KeyError, PageError):
        return None


def schema() -> Spec:
    """Give the JSON schema of all blocks."""
    return _READER.json_schema()

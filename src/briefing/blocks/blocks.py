"""The typed outputs that a notebook leaves for the press: the one thing that both rooms know.

A block carries what a reader sees and the evidence behind it: every claim and source that it cites travels inside it,
so that an executed notebook is all that a page is made from. A cell that ends in a block leaves two faces of it: this
module's JSON for the press, and one that JupyterLab shows well (`faces`).

To add a block: one class here with a `kind` of its own, and one template of that name in the press. A field that is
added to a block has a default and makes a new version, so that a run of an older version still becomes a page; a block
of a newer version than this library's is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from textwrap import shorten
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError, field_validator

from briefing.blocks.marks import unmark
from briefing.blocks.records import Cited as Cited
from briefing.blocks.records import ClaimRecord as ClaimRecord
from briefing.blocks.records import Column as Column
from briefing.blocks.records import Entry as Entry
from briefing.blocks.records import Evidence as Evidence
from briefing.blocks.records import Made as Made
from briefing.blocks.records import Quotation as Quotation
from briefing.blocks.records import SourceRecord as SourceRecord
from briefing.blocks.records import TableData as TableData
from briefing.blocks.records import Text as Text
from briefing.blocks.records import Value as Value
from briefing.blocks.records import plain
from briefing.errors import PageError

#: What JSON alone describes: a Vega-Lite specification, a schema, the outputs of a cell.
Spec: TypeAlias = dict[str, Any]

MIME = "application/vnd.briefing+json"
VERSION = 4

#: Where a block's words are, for whoever meets it in a list.
_WORDS = ("title", "caption", "text", "summary")


@singledispatch
def face(block: object) -> Spec:
    """Give the outputs that JupyterLab shows for a block, richest first; `faces` knows how."""
    raise NotImplementedError(type(block).__name__)


class Block(Value):
    """What every block has: a version, its evidence, and the language of its words.

    Version 2 added `language`, here and to `Quotation`; version 3 added `order` to `TableData`, `made` to `Cited` and
    `exceeded` to `Chart`;
    version 4 added `otherwise` to `Timeline`, and to `Exhibit` and `Hypothesis` whose it is and its note.
    """

    version: Literal[1, 2, 3, 4] = 4
    evidence: Evidence = Evidence()
    #: BCP 47, such as ``be`` or ``ar``; empty where the words are in the notebook's own language.
    language: str = ""

    @field_validator("title", "caption", "label", "description", mode="before", check_fields=False)
    @classmethod
    def _write_words(cls, words: object) -> object:
        """Keep of a figure that is written where no figure can stand its words."""
        return unmark(words) if isinstance(words, str) else words

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Spec:
        return {MIME: self.model_dump(mode="json"), **face(self)}

    def __repr__(self) -> str:
        words = next((value for name in _WORDS if (value := getattr(self, name, ""))), "")
        rows = getattr(getattr(self, "data", None), "rows", ())
        sizes = {"row": rows, "claim": self.evidence.claims, "source": self.evidence.sources}
        told = [f"{len(size)} {noun}{'' if len(size) == 1 else 's'}" for noun, size in sizes.items() if size]
        return f"{type(self).__name__}({', '.join([repr(shorten(plain(words), 120, placeholder='…')), *told])})"


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
    exceeded: tuple[str, ...] = ()  #: the claims about wholes that their parts are drawn to exceed
    data: TableData
    #: Parts are drawn beside their whole that exceed it, and the chart says by how much.


class Exchange(Value):
    """Quotations on one proposition, side by side: a denial beside what it denies."""

    target: str
    quotations: tuple[Quotation, ...]


class Quotations(Block):
    """Quotations, by the proposition that they speak to."""

    kind: Literal["quotations"] = "quotations"
    caption: str
    exchanges: tuple[Exchange, ...]


class Timeline(Block):
    """Events in order of time."""

    kind: Literal["timeline"] = "timeline"
    caption: str
    entries: tuple[Entry, ...]
    #: What a page says where there are no entries in the time asked for, and there are others.
    otherwise: str = ""


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


AnyBlock = Annotated[
    Headline
    | Heading
    | Prose
    | Note
    | Table
    | Chart
    | Quotations
    | Timeline
    | Judgements
    | Matrix
    | Indicators
    | Corrections
    | Sources,
    Field(discriminator="kind"),
]

_READER: TypeAdapter[Any] = TypeAdapter(AnyBlock)


def read_block(data: object) -> Block:
    """Read a block from the JSON that a notebook's cell left.

    Raises `PageError` where the kind or the version is unknown, or the block does not hold what its kind holds.
    """
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


#: What becomes of a judgement, as a table says it.
CAME = {"true": "happened", "false": "did not happen", "void": "void"}

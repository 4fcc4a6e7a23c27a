"""The typed outputs that a notebook leaves for the press: the one thing that both rooms know.

A block carries what a reader sees and the evidence behind it: every claim and source that it cites travels inside it,
so that an executed notebook is all that a page is made from. A cell that ends in a block leaves two faces of it: this
module's JSON for the press, and one that JupyterLab shows well (`faces`).

To add a block: one class here with a `kind` of its own, and one template of that name in the press.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from briefing.errors import PageError

MIME = "application/vnd.briefing+json"
VERSION = 1


class Value(BaseModel):
    """A part of a block: typed, checked and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Value):
    """A figure inside a text, with the claims behind it.

    `how` says how it was made where it is not simply one claim: "sum of 3 claims", "stated range of 4 rival claims".
    """

    text: str
    claims: tuple[str, ...]
    how: str = ""


#: A text is plain words and figures, in reading order. Plain words are never markup.
Text = tuple[str | Cited, ...]


class SourceRecord(Value):
    """A document, as the list of sources prints it."""

    id: str
    publisher: str
    title: str
    url: str
    archived_url: str | None = None
    published: str
    published_basis: str = "stated"
    kind: str = ""
    language: str | None = None
    #: The root of its chain of relays; itself where it is an origin.
    origin: str
    origin_name: str = ""
    reliability: str | None = None
    note: str | None = None


class ClaimRecord(Value):
    """A row, as the annex prints it."""

    id: str
    table: str
    quantity: str
    quantity_title: str
    item: str
    when: str
    where: str = ""
    parties: str = ""
    shown: str
    unit: str
    qualifier: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    status: str
    claimant: str
    wording: str
    source: str
    #: Admiralty grade: the source's letter and the claim's number, where given.
    grade: str = ""
    counting: str | None = None
    part_of: str | None = None
    supersedes: str | None = None
    same_as_candidate: str | None = None
    note: str | None = None


class Evidence(Value):
    """The rows that a block rests on."""

    claims: tuple[ClaimRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()


class Block(Value):
    """What every block has: a version and its evidence."""

    version: Literal[1] = 1
    evidence: Evidence = Evidence()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from briefing.faces import face  # faces import blocks: a block draws itself only when JupyterLab asks

        return {MIME: self.model_dump(mode="json"), **face(self)}


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


class Column(Value):
    """A column of a table for readers."""

    name: str
    is_number: bool = False


class TableData(Value):
    """The cells of a table for readers, in reading order; `ids` names the row of the dossier behind each row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    ids: tuple[str, ...] = ()


class Table(Block):
    """A table for readers."""

    kind: Literal["table"] = "table"
    caption: str
    data: TableData


class Chart(Block):
    """A chart: what Vega-Lite draws, and the same in words and as a table.

    `narrow` is drawn where the page is a phone's; left out, `spec` serves both.
    """

    kind: Literal["chart"] = "chart"
    title: str
    spec: dict[str, Any]
    narrow: dict[str, Any] | None = None
    description: str
    source_line: str
    data: TableData


class Quotation(Value):
    """What somebody said."""

    id: str
    speaker: str
    role: str = ""
    date: str
    text: str
    is_direct: bool
    is_translated: bool
    relay: str | None = None
    stance: str
    target: str
    source: str
    note: str | None = None


class Exchange(Value):
    """Quotations on one proposition, side by side: a denial beside what it denies."""

    target: str
    quotations: tuple[Quotation, ...]


class Quotations(Block):
    """Quotations, by the proposition that they speak to."""

    kind: Literal["quotations"] = "quotations"
    caption: str
    exchanges: tuple[Exchange, ...]


class Entry(Value):
    """A line of a timeline."""

    id: str
    date: str
    #: The first possible day, as 2022-12-19, for machines.
    day: str
    title: str
    summary: str
    kind: str
    where: str = ""
    source: str


class Timeline(Block):
    """Events in order of time."""

    kind: Literal["timeline"] = "timeline"
    caption: str
    entries: tuple[Entry, ...]


class Sources(Block):
    """The source summary statement. The press prints the list of sources and the annex of claims behind it."""

    kind: Literal["sources"] = "sources"
    summary: Text


AnyBlock = Annotated[
    Headline | Heading | Prose | Note | Table | Chart | Quotations | Timeline | Sources, Field(discriminator="kind")
]

_READER: TypeAdapter[Any] = TypeAdapter(AnyBlock)


def read_block(data: object) -> Block:
    """Read a block from the JSON that a notebook's cell left.

    Raises
    ------
    PageError
        Where the kind or the version is unknown, or the block does not hold what its kind holds.

    Examples
    --------
    >>> read_block({"kind": "prose", "text": ["They sent ", {"text": "98", "claims": ["tr-1"]}]}).text
    ('They sent ', Cited(text='98', claims=('tr-1',), how=''))
    """
    try:
        block: Block = _READER.validate_python(data)
    except ValidationError as error:
        told = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in told["loc"]) or "block"
        kind = data.get("kind") if isinstance(data, dict) else None
        raise PageError(
            f"block {kind!r}: {place}: {told['msg']}; a page is made of version {VERSION} blocks. "
            "Run the notebook again with this version of briefing."
        ) from None
    return block


def schema() -> dict[str, Any]:
    """Give the JSON schema of all blocks."""
    return _READER.json_schema()

"""What travels inside blocks: texts that cite, the cells of tables, and the rows and documents behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


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


class Column(Value):
    """A column of a table for readers."""

    name: str
    is_number: bool = False
    #: Its cells are tags of languages, which a page names in its own.
    is_language: bool = False


_Finite = Annotated[float, Field(allow_inf_nan=False)]


class TableData(Value):
    """The cells of a table for readers, in reading order; `ids` names the row of the dossier behind each row.

    `order` holds what each cell sorts by, whatever the language of its words: a day, as 2022-10-09, or a number. A cell
    with ``None`` tells neither and comes last; a column of nothing else sorts by its words, and so does a table
    without `order`.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    ids: tuple[str, ...] = ()
    order: tuple[tuple[str | _Finite | None, ...], ...] = ()

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.order and [len(row) for row in self.order] != [len(row) for row in self.rows]:
            raise ValueError("order has other cells than rows; it holds a value or null for each cell")
        return self


def plain(text: Text | str | Iterable[str | Cited]) -> str:
    """Give a text's words without its citations: what a title, a sort key or a machine reads.

    Examples
    --------
    >>> plain(("about ", Cited(text="98", claims=("tr-1",)), " tanks"))
    'about 98 tanks'
    """
    return "".join(part.text if isinstance(part, Cited) else part for part in text)


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
    #: Of the words as they stand here, where they are the speaker's own in another language than the notebook's.
    language: str = ""


class Entry(Value):
    """An event, as a line of a timeline."""

    id: str
    date: str
    #: The first possible day, as 2022-12-19, for machines.
    day: str
    title: str
    summary: str
    kind: str
    where: str = ""
    source: str


class Evidence(Value):
    """The rows that a block rests on."""

    claims: tuple[ClaimRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    #: What items of evidence rest on besides claims.
    quotes: tuple[Quotation, ...] = ()
    events: tuple[Entry, ...] = ()

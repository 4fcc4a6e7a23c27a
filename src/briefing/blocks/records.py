"""What travels inside blocks: texts that cite, the cells of tables, and the rows and documents behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Value(BaseModel):
    """A part of a block: typed, checked and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: How a figure may be made where it is not one claim as it stands. No verb makes an average; whoever does says so.
Kind = Literal["sum", "difference", "ratio", "rivals", "end", "newest", "count", "average", "unstated"]

#: What a figure counts that is a number of claims, and not of things in the world.
Counted = Literal["claims", "left out", "old stocks", "undated stocks"]


class Made(Value):
    """How a figure was made, for whoever counts again; `made.say_made` puts it into words.

    `parts` are the claims that are added, and `wholes` what their sum is held against, or taken from. `left_out` are
    parts of other claims, or claims about a quantity that were not chosen, but for those that a link says another
    counts (`linked`) and the `earlier` ends of running totals; `twins` may be the same things as another part, so that
    the lower side leaves them out, and `perhaps` may not be of this kind at all. Of `either` only one can be so.
    `no_low` counts the parts that give no lower figure.

    A difference of figures, and a ratio, is of what the claims `of` say and what those of `other` say.

    Of rivals, `origins` counts who stands behind them, `is_alike` says that all say the same, `is_range` that no number
    fits them all and the figure runs from the smallest to the largest, and `is_series` that they are of several dates.
    An `end` is the smallest or the largest.
    """

    kind: Kind
    parts: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    no_low: int = 0
    origins: int = 0
    is_alike: bool = False
    is_range: bool = False
    is_series: bool = False
    #: What a count counts, and after how many days a stock is old.
    counted: Counted | None = None
    days: int = 0

    @property
    def spans_twins(self) -> bool:
        """Whether the figure spans both answers: the same things, or different ones."""
        return bool(self.twins)


class Cited(Value):
    """A figure inside a text, with the claims behind it.

    `made` says how it was made, where it is not one claim as it stands. Blocks before version 3 said so in words, in
    `how`: those are printed on, and nobody reads them for anything else.
    """

    text: str
    claims: tuple[str, ...]
    made: Made | None = None
    how: str = ""

    @property
    def is_one_claim(self) -> bool:
        """Whether the figure says what one claim says, as far as is known."""
        return self.made is None and not self.how


#: A text is plain words and figures, in reading order. Plain words are never markup.
Text = tuple[str | Cited, ...]


class Column(Value):
    """A column of a table for readers."""

    name: str
    is_number: bool = False
    #: Its cells are tags of languages, which a page names in its own.
    is_language: bool = False
    #: It counts rows of the dossier, such as claims, and no things in the world: no claim stands behind a cell of it.
    counts_rows: bool = False


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

    @property
    def is_lost(self) -> bool:
        """Whether it is a loss that was suffered: then its status says nothing more."""
        return self.table == "losses" and self.status in ("present", "delivered", "dispatched")


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


class Further(Value):
    """Claims about a quantity that a block does not carry: there are too many to lie beside what it cites."""

    quantity: str
    claims: tuple[str, ...]


class Evidence(Value):
    """The rows that a block rests on."""

    claims: tuple[ClaimRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    #: What items of evidence rest on besides claims.
    quotes: tuple[Quotation, ...] = ()
    events: tuple[Entry, ...] = ()
    #: Rivals of those claims that are only named; empty before version 6.
    further: tuple[Further, ...] = ()

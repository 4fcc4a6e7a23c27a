"""One walk over a block: its texts, its figures and the rows that it shows, however deep they lie."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.blocks import blocks
from briefing.blocks.blocks import Block, Cited, Decided, Exhibit, TableData, Text, Value
from briefing.blocks.records import plain as plain

#: The fields that hold a whole text: a sentence, a title, a caption.
_WORDS = frozenset(
    {"text", "bottom_line", "assurance", "standfirst", "summary", "title", "caption", "description", "label"}
    | {"figure", "hedge", "claimant", "instead"}
)
#: The fields that hold several texts, each a tuple of its own.
_SEVERAL = frozenset({"contested"})
#: What a block carries and does not say itself: evidence, drawings, and the words of other people.
_NOT_OURS = frozenset({"evidence", "spec", "narrow", "exchanges", "entries"})

#: A row that a block shows and that is no claim and no source.
ShownRow = (
    blocks.Quotation | blocks.Entry | blocks.Indicator | blocks.Hypothesis | Exhibit | blocks.Judgement | Decided
    | blocks.Scenario
)  # fmt: skip


def texts_of(value: object) -> Iterator[Text]:
    """Give every text that the library made, in reading order; evidence, drawings and quotations are no such text.

    Examples
    --------
    >>> from briefing.blocks.blocks import Note
    >>> list(texts_of(Note(label="Method", text=("They sent ", Cited(text="98", claims=("tr-1",))))))
    [('Method',), ('They sent ', Cited(text='98', claims=('tr-1',), made=None, how=''))]
    """
    if isinstance(value, TableData):
        yield from ((column.name,) for column in value.columns)
        yield from (cell for row in value.rows for cell in row)
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            part = getattr(value, name)
            if name in _WORDS:
                yield (part,) if isinstance(part, str) else part
            elif name in _SEVERAL:
                yield from part
            elif name not in _NOT_OURS:
                yield from texts_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from [(part,)] if isinstance(part, str) else texts_of(part)


def blocks_in(block: Block) -> Iterator[Block]:
    """Give a block, and the picture that it holds: a picture of a front is a chart like any other."""
    yield block
    if isinstance(block, blocks.Front) and block.hero is not None:
        yield block.hero


def figures_in(value: object) -> Iterator[Cited]:
    """Give the figures in a block, a table, a row or a text, however deep, in reading order."""
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from figures_in(part)
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            if name != "evidence":
                yield from figures_in(getattr(value, name))


def rows_in(block: Block) -> Iterator[tuple[str, ShownRow]]:
    """Give the rows that a block shows, each with its kind; claims and sources are its evidence."""
    match block:
        case blocks.Quotations():
            yield from (("quotes", quotation) for exchange in block.exchanges for quotation in exchange.quotations)
        case blocks.Timeline():
            yield from (("events", entry) for entry in block.entries)
        case blocks.Indicators():
            yield from (("indicators", indicator) for indicator in block.indicators)
        case blocks.Matrix():
            yield from (("hypotheses", hypothesis) for hypothesis in block.hypotheses)
            yield from (("evidence", row.exhibit) for row in block.rows)
        case blocks.Judgements():
            for judgement in block.judgements:
                yield "judgements", judgement
                yield from (("evidence", exhibit) for exhibit in (*judgement.supporting, *judgement.contrary))
            yield from (("decided", decided) for decided in block.decided)
        case blocks.Scenarios():
            yield from ((one.table, one) for one in block.scenarios if one.table != "judgements")
            yield from (("judgements", judgement) for judgement in block.judgements)
            yield from (("evidence", exhibit) for exhibit in block.exhibits)
            yield from (("indicators", light) for scenario in block.scenarios for light in scenario.lights)
            yield from (("decided", decided) for decided in block.decided)


def ids_in(block: Block) -> Iterator[str]:
    """Give the ids of the rows that a block shows or carries, and of those that its exhibits and outcomes rest on."""
    yield from (claim.id for claim in block.evidence.claims)
    yield from (source.id for source in block.evidence.sources)
    for _, row in rows_in(block):
        yield row.id
        if isinstance(row, Exhibit):
            yield from row.rests_on
        if isinstance(row, Decided):
            yield from (event for event, _, _ in row.events)
        if isinstance(row, blocks.Scenario):
            yield from (one.row for one in row.raised_by)


def format_number(number: float) -> str:
    """Write a number for a reader.

    Examples
    --------
    >>> format_number(65089.0), format_number(0.5)
    ('65,089', '0.5')
    """
    return f"{number:,.10g}" if abs(number) < 1e10 else f"{number:,.0f}"

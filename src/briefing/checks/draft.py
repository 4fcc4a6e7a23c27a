"""A draft: an executed notebook before it becomes a page. Its blocks and its words, each with its place.

A notebook that has not run has words too, in its markdown and in the sentences that its cells write (`read_script`).
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from briefing.blocks import blocks
from briefing.blocks.blocks import Block, Cited, ClaimRecord, SourceRecord, TableData, Text, Tile, find_block
from briefing.blocks.walk import blocks_in, figures_in
from briefing.checks.lexicon import YEAR, typed_numbers
from briefing.checks.passages import Passage, PassageKind, Sentence
from briefing.checks.rule import Location
from briefing.dossier.as_of import find_turn
from briefing.dossier.dossier import Dossier
from briefing.editions.cells import PARAMETERS, is_injected, number_cells, source_of, tags_of
from briefing.values.dates import say_date
from briefing.values.hedges import DATE

Kin = TypeVar("Kin", bound=Block)

#: What a column is called that gives the day or period of each row.
_DATED_COLUMNS = {"when", "period", "date", "day", "dates", "known"}
_HIDDEN_CELL, _HIDDEN_OUTPUT = "remove-cell", "remove-output"

#: Verbs whose strings are the analyst's words, and what those words are; options with such words in any call.
_VERBS: dict[str, PassageKind] = {
    "say": "prose", "finding": "heading", "note": "note", "headline": "headline", "front": "headline",
    "tile": "caption",
}  # fmt: skip
_OPTIONS: dict[str, PassageKind] = {
    "title": "caption", "caption": "caption", "bottom_line": "headline", "text": "prose", "answer": "headline",
    "standfirst": "headline", "contested": "prose", "label": "caption", "short": "caption",
}  # fmt: skip

#: What a reader is told by the chips of a tile that F12 asks for, in its words.
_TOLD = {"contested": "sources conflict", "relays": "documents differ"}


@dataclass(frozen=True)
class Placed:
    """A block and the cell that left it."""

    place: Location
    block: Block


@dataclass(frozen=True)
class Draft:
    """An executed notebook before it becomes a page: its blocks in order, and the words of its markdown cells.

    The dossier is whole, for rules that look beyond what the blocks carry. `typed` holds the numbers that are typed
    into its cells: others in its blocks were made by a verb.
    """

    placed: tuple[Placed, ...] = ()
    markdown: tuple[Passage, ...] = ()
    dossier: Dossier | None = field(default=None, repr=False)
    typed: frozenset[str] | None = None

    def of(self, kind: type[Kin]) -> Iterator[tuple[Location, Kin]]:
        """Give the blocks of a kind, each with its place."""
        return ((one.place, one.block) for one in self.placed if isinstance(one.block, kind))

    @cached_property
    def as_of(self) -> str | None:
        """The day that the page speaks for; ``None`` is the whole dossier."""
        heads = (one.block for one in self.placed)
        return next((head.as_of for head in heads if isinstance(head, blocks.Headline | blocks.Front)), None)

    @cached_property
    def claims(self) -> dict[str, ClaimRecord]:
        """Every claim that a block carries, by id."""
        return {claim.id: claim for one in self.placed for claim in one.block.evidence.claims}

    @cached_property
    def sources(self) -> dict[str, SourceRecord]:
        """Every source that a block carries, by id."""
        return {source.id: source for one in self.placed for source in one.block.evidence.sources}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The analyst's words: of markdown and of blocks."""
        made = (passage for one in self.placed for passage in passages_of(one, typed=self.typed))
        return (*self.markdown, *made)

    @property
    def sentences(self) -> Iterator[tuple[Location, Sentence]]:
        """The sentences of the analyst's words, each with its place."""
        return ((passage.place, sentence) for passage in self.passages for sentence in passage.sentences)

    @cached_property
    def at_day(self) -> Dossier | None:
        """The dossier as the page's day knows it; ``None`` where no dossier is at hand."""
        return show_at(self.dossier, self.as_of) if self.dossier is not None and self.as_of else self.dossier

    @cached_property
    def figures(self) -> tuple[tuple[Location, Cited], ...]:
        """Every figure, in words and in tables, with its place."""
        said = [(passage.place, figure) for passage in self.passages for figure in passage.figures]
        shown = [(place, figure) for place, data in self.tables for figure in figures_in(data)]
        return (*said, *shown)

    @cached_property
    def tables(self) -> tuple[tuple[Location, TableData], ...]:
        """The tables, those of charts too, each with its place."""
        return tuple((one.place, data) for one in self.placed if (data := _table_of(one.block)))

    @property
    def undated_tables(self) -> Iterator[tuple[Location, TableData]]:
        """The tables whose period is told neither by a column nor beside them."""
        for one in self.placed:
            if (data := _table_of(one.block)) and not _is_dated(one.block, data):
                yield one.place, data


def show_at(dossier: Dossier, day: str) -> Dossier:
    """Show a dossier as of a day; what was made of its rows serves all days on which the same rows stand."""
    return replace(show_turn(dossier, day), as_of=dt.date.fromisoformat(day))


def show_turn(dossier: Dossier, day: str) -> Dossier:
    """Show a dossier as of the first day on which the same rows stand as on this one.

    Raises `UsageError` where the day is none, or later than the dossier's.
    """
    is_free = dossier.as_of is None and _is_day(day)
    return _show(dossier, find_turn(dossier.everything.reading, day) if is_free else day)


def _is_day(text: str) -> bool:
    try:
        return str(dt.date.fromisoformat(text)) == text
    except ValueError:
        return False


@lru_cache(maxsize=2)
def _show(dossier: Dossier, day: str) -> Dossier:
    return dossier.at(day)


def read_draft(notebook: Any, *, name: str = "", dossier: Dossier | None = None) -> Draft:
    """Read an executed notebook. What is no block is the page's business to refuse, and is left out here."""
    placed: list[Placed] = []
    markdown: list[Passage] = []
    for place, cell in _shown_cells(notebook, name):
        if cell["cell_type"] == "markdown":
            markdown.append(Passage(place, (source_of(cell),), is_markdown=True))
        elif _HIDDEN_OUTPUT not in tags_of(cell):
            found = [block for output in cell.get("outputs", ()) if (block := find_block(output))]
            placed += [Placed(place, inner) for block in found for inner in blocks_in(block)]
    return Draft(tuple(placed), tuple(markdown), dossier, _constants(notebook))


def read_script(notebook: Any, *, name: str = "") -> list[Passage]:
    """Read the words of a notebook that has not run: markdown, and strings that its cells make sentences of.

    Figures in them are not known yet; each stands as a figure without claims.
    """
    passages: list[Passage] = []
    for place, cell in _shown_cells(notebook, name):
        source = source_of(cell)
        if cell["cell_type"] == "markdown":
            passages.append(Passage(place, (source,), is_markdown=True))
        elif cell["cell_type"] == "code":
            passages += [Passage(place, text, kind) for kind, text in find_strings(source)]
    return passages


def find_strings(source: str) -> Iterator[tuple[PassageKind, Text]]:
    """Find the strings in a cell that are the analyst's words.

    Examples
    --------
    >>> list(find_strings("b.say(f'They sent {tanks} tanks.')"))
    [('prose', ('They sent ', Cited(text='{tanks}', claims=(), made=None, how=''), ' tanks.'))]
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        verb = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for argument in call.args if verb in _VERBS else ():
            if text := _string(argument):
                yield _VERBS[verb], text
        for option in call.keywords:
            several = option.value.elts if isinstance(option.value, ast.List | ast.Tuple) else [option.value]
            for value in several if option.arg in _OPTIONS else ():
                if text := _string(value):
                    yield _OPTIONS[str(option.arg)], text


def _string(node: ast.expr) -> Text:
    """Read a string or f-string; nothing for any other expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, ast.JoinedStr):
        return tuple(
            Cited(text=f"{{{ast.unparse(part.value)}}}", claims=())
            if isinstance(part, ast.FormattedValue)
            else str(ast.literal_eval(part))
            for part in node.values
        )
    return ()


def passages_of(placed: Placed, *, typed: frozenset[str] | None = None) -> Iterator[Passage]:
    """Give the analyst's words in a block. What rows of the dossier say in a timeline or quotation is not theirs."""
    block, place = placed.block, placed.place

    def passage(kind: PassageKind, text: Text | str, **more: Any) -> Passage:
        spans = (text,) if isinstance(text, str) else text
        return Passage(place, spans, kind, block.evidence, typed=typed, **more)

    match block:
        case blocks.Headline():
            yield passage("headline", block.title)
            yield passage("headline", block.bottom_line)
        case blocks.Front():
            for text in (block.title, block.bottom_line, block.standfirst):
                yield passage("headline", text)
            yield passage("prose", block.assurance)
            for tile in block.tiles:
                yield passage("tile" if _says_whose(tile) else "headline", _tell_tile(tile))
            for line in (*block.contested, block.instead):
                yield passage("prose", line)
        case blocks.Heading():
            yield passage("heading", block.text)
        case blocks.Prose():
            yield passage("prose", block.text)
        case blocks.Note():
            yield passage("note", block.text)
        case blocks.Judgements() | blocks.Scenarios():
            yield passage("caption", block.caption)
            for scenario in getattr(block, "scenarios", ()):
                yield passage("prose", scenario.statement, subject=scenario.id)
            for one in block.judgements:
                yield passage("judgement", one.likelihood, subject=one.id, scale=block.scale)
                yield passage("prose", one.assurance, subject=one.id)
                yield passage("prose", one.would_change_if, subject=one.id)
        case blocks.Matrix():
            yield passage("caption", block.caption)
            for row in block.rows:
                yield passage("prose", row.exhibit.text, subject=row.exhibit.id)
        case _:
            for name in ("title", "caption"):
                if hasattr(block, name):
                    yield passage("caption", getattr(block, name))


def _says_whose(tile: Tile) -> bool:
    """Whether a tile says that one origin stands behind its number, and whose word it is."""
    return bool(tile.claimant) and any(chip.kind == "one_origin" for chip in tile.chips)


def _tell_tile(tile: Tile) -> Text:
    """Give the words of a tile as a reader reads them together, its chips too."""
    told = "; ".join(_TOLD[chip.kind] for chip in tile.chips if chip.kind in _TOLD)
    rest = ", ".join(filter(None, (tile.label, tile.claimant, say_date(tile.when) if tile.when else "", told)))
    return (*tile.figure, *((" (", *tile.hedge, ")") if tile.hedge else ()), f": {rest}.")


def _table_of(block: Block) -> TableData | None:
    data = getattr(block, "data", None)
    return data if isinstance(data, TableData) else None


def _is_dated(block: Block, data: TableData) -> bool:
    """Whether a table is a chart's, whose title and axis tell the time, or has its period in caption or column."""
    if hasattr(block, "spec") or any(column.name.lower() in _DATED_COLUMNS for column in data.columns):
        return True
    caption = getattr(block, "caption", "")
    return bool(DATE.search(caption) or YEAR.search(caption))


def _constants(notebook: Any) -> frozenset[str]:
    """Give every number that is typed into a cell, by itself or inside a string; parameters are asked, not typed.

    Nor is a number that a verb takes by name, such as ``top=2``: it says how a block is made, and no reader sees it.
    """
    typed = (cell for cell in notebook["cells"] if cell["cell_type"] == "code" and PARAMETERS not in tags_of(cell))
    return _find_constants(tuple(source_of(cell) for cell in typed if not is_injected(cell)))


@lru_cache(maxsize=8)  # all editions of a notebook have the same cells
def _find_constants(sources: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        asked = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and _is_number(node)}
        constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        words = [str(node.value) for node in constants if id(node) not in asked]
        found.update(number for word in words for number in typed_numbers(word))
    return frozenset(found)


def _is_number(keyword: ast.keyword) -> bool:
    return isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, int | float)


def _shown_cells(notebook: Any, name: str) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """Give the cells that a page shows, numbered as the notebook's author sees them."""
    for number, cell in number_cells(notebook["cells"]):
        if _HIDDEN_CELL not in tags_of(cell):
            yield Location(name, cell=number), cell

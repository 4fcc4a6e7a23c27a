"""Reads the table that a library shows as HTML: pandas, its Styler, great_tables.

The words of cells are kept, so that they say what a reader of the notebook saw, or the table is refused: two numbers
never become one, because a line ends or a note's number stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Literal, NoReturn

from briefing.blocks.numbers import read_numbers
from briefing.blocks.records import Column, TableData
from briefing.errors import PageError

_PARTS = {"thead": "head", "tbody": "body", "tfoot": "foot"}
_TABLE = frozenset({"table", "caption", "colgroup", "col", "tr", "td", "th", *_PARTS})
#: What begins a line of its own in a cell.
_LINES = frozenset({"br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
#: What changes how words look, and not what they say.
_PLAIN = frozenset({
    "a", "abbr", "b", "bdi", "big", "center", "cite", "code", "em", "font", "i", "kbd", "label", "mark", "nobr", "samp",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
#: What stands around a table and shows nothing by itself.
_AROUND = frozenset({"html", "head", "body", "meta", "link", "main", "section", "article", "figure", "style", "title"})
#: What says something that is not among the words of a cell.
_SAYS_MORE = ("title", "alt", "placeholder", "data-tooltip")
#: Where great_tables writes the number of a note, and pandas' Styler a tooltip.
_NOTE_MARK, _TOOLTIP = "gt_footnote_marks", "pd-t"
_CUT = re.compile(r"(?:\.\.\.|…)[\])}]?$")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIGH = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SHIFTED = {"sup": _HIGH, "sub": _LOW}
#: Where a line ends in a cell; a space would make one number of two, as French writes numbers.
_END = " / "

#: What to do where a table cannot be shown; for who gave the thing itself the cure is another.
SHOW_ITSELF = "Use b.own(...) with the frame or figure itself, or the library's verb for it"
_RULE = "a page takes words, numbers and pictures, and no markup of others"


@dataclass(frozen=True, slots=True)
class Found:
    """A table as a library shows it: what stands above it, its cells, what stands below."""

    title: str
    data: TableData
    foot: str


@dataclass(slots=True)
class _Cell:
    across: int = 1
    down: int = 1
    is_name: bool = False
    text: str = ""


@dataclass(slots=True)
class _Row:
    part: Literal["head", "body", "foot"]
    cells: list[_Cell] = field(default_factory=list)

    @property
    def is_one(self) -> bool:
        """Whether one cell spans the row: a title, or the name of a group."""
        return len(self.cells) == 1 and self.cells[0].across > 1

    @property
    def words(self) -> str:
        """All that it says, in a line."""
        return " ".join(filter(None, (cell.text for cell in self.cells)))


class _Cells(HTMLParser):
    """Reads rows of cells, and what stands beside the table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Row] = []
        self.tables, self.refused, self.beside, self.caption = 0, "", "", ""
        self._part: Any = "body"
        self._cell: _Cell | None = None
        self._shift: tuple[str, str, str] | None = None  # the tag that ends it, what it is, and its words
        self._links: list[str] = []
        self._is_quiet = self._is_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tables += tag == "table"
        self._is_quiet = tag in ("style", "title")
        self._refuse(tag, said)
        if tag in _PARTS:
            self._part = _PARTS[tag]
        elif tag == "caption":
            self._is_caption = True
        elif tag == "tr":
            self._end_cell()
            self.rows.append(_Row(self._part))
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            self._cell = _Cell(_span(said.get("colspan")), _span(said.get("rowspan")), tag == "th")
            self.rows[-1].cells.append(self._cell)
        elif tag in _LINES:
            self.handle_data("\n")
        elif self._shift is None and (tag in _SHIFTED or _NOTE_MARK in _classes(said)):
            self._shift = (tag, tag if tag in _SHIFTED else "sup", "")
        elif tag == "a":
            self._links.append((said.get("href") or "").strip())

    def _refuse(self, tag: str, said: dict[str, str | None]) -> None:
        """Note what is no word, or words that are not seen or not all."""
        is_known = tag in _TABLE | _LINES | _PLAIN or (tag in _AROUND and self._cell is None)
        more = next((name for name in _SAYS_MORE if said.get(name)), "") if self._cell or tag in ("td", "th") else ""
        if not is_known:
            more = f"<{tag}>"
        elif _TOOLTIP in _classes(said):
            more = "a tooltip"
        elif "hidden" in said or _UNSEEN.search(said.get("style") or ""):
            more = f"<{tag}> that is hidden"
        elif more:
            more = f"<{tag} {more}>"
        self.refused = self.refused or more

    def handle_endtag(self, tag: str) -> None:
        self._is_quiet = False
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        elif tag == "caption":
            self._is_caption = False
        elif tag in _PARTS:
            self._part = "body"
        elif tag in _LINES:
            self.handle_data("\n")
        elif self._shift is not None and tag == self._shift[0]:
            self._write_shifted()
        elif tag == "a" and self._links and (address := self._links.pop()).lower().startswith(("http", "mailto:")):
            text = self._cell.text if self._cell else ""
            self.handle_data("" if address in text else f" ({address})")

    def _write_shifted(self) -> None:
        """Write raised or lowered words so that they do not run into those before: 10⁶, x^(a b)."""
        if self._shift is None:
            return
        (_, kind, words), self._shift = self._shift, None
        shifted = shift_words(words, kind)
        self.handle_data(f"{'^' if kind == 'sup' else '_'}({words})" if shifted is None else shifted)

    def _end_cell(self) -> None:
        self._write_shifted()
        if self._cell is not None:
            self._cell.text = _in_line(self._cell.text)
        self._cell = None

    def handle_data(self, data: str) -> None:
        if self._is_quiet:
            return
        if self._shift is not None:
            self._shift = (*self._shift[:2], self._shift[2] + data)
        elif self._cell is not None:
            # what only the source's own lines break is one line
            self._cell.text += "\n" if data == "\n" else " ".join(data.split("\n"))
        elif self._is_caption:
            self.caption += data
        else:
            self.beside += data


def _classes(said: dict[str, str | None]) -> list[str]:
    return (said.get("class") or "").split()


def _in_line(text: str) -> str:
    """Write the lines of a cell in one."""
    return _END.join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def shift_words(words: str, kind: str) -> str | None:
    """Write raised (``sup``) or lowered (``sub``) words in letters that are so themselves; ``None`` where some are not.

    Examples
    --------
    >>> shift_words("6", "sup"), shift_words("2", "sub"), shift_words("max", "sub")
    ('⁶', '₂', None)
    """
    table = _SHIFTED[kind]
    return words.translate(table) if all(ord(char) in table for char in words) else None


def _span(text: str | None) -> int:
    return min(int(text), 100) if text and text.isascii() and text.isdigit() and int(text) else 1


def has_table(html: str) -> bool:
    """Whether HTML holds a table."""
    return re.search(r"<table\b", html, re.IGNORECASE) is not None


def read_table(html: str, *, cure: str = SHOW_ITSELF) -> Found:
    """Read the one table of an output.

    A heading over several columns is written before each of them, a cell that spans rows into each of them.

    Raises `PageError` where more than a table is there, where rows or words are left out, or cells hold more than
    words; it ends with the `cure`.
    """

    def refuse(what: str, rule: str = _RULE) -> NoReturn:
        raise PageError(f"left {what}; {rule}. {cure}.")

    cells = _Cells()
    cells.feed(html)
    cells.close()
    beside = _in_line(cells.beside)
    if re.fullmatch(r"\d+ rows × \d+ columns", beside):
        refuse(f"a frame that pandas cut short ({beside})", "nothing is left out")
    if cells.refused or cells.tables != 1 or beside:
        what = cells.refused or (repr(beside[:60]) if beside else f"{cells.tables} tables")
        refuse(f"HTML that is more than one table of words: {what}")
    if cut := next((cell.text for row in cells.rows for cell in row.cells if _CUT.search(cell.text)), ""):
        refuse(f"a table with words that are cut short ({cut[-20:]!r})", "nothing is left out")
    head, body, foot = _part(cells.rows)
    titles = [cells.caption, *(row.words for row in head if row.is_one)]
    names = [row for row in head if not row.is_one]
    grid = _lay_out(body)
    heads = _name_columns(_lay_out(names), across=_count_names(body))
    if not heads or {len(heads)} != {len(row) for row in (heads, *_lay_out(names), *grid)}:
        refuse("a table without a heading for each column")
    told = " – ".join(filter(None, map(_in_line, titles)))
    return Found(told, lay_out_plain(heads, grid), " ".join(row.words for row in foot))


def _part(rows: Iterable[_Row]) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """Part rows into the head, the body with its sums, and the notes below."""
    kept = [row for row in rows if row.cells]
    if kept and not any(row.part == "head" for row in kept) and all(cell.is_name for cell in kept[0].cells):
        kept[0].part = "head"
    first = next((at for at, row in enumerate(kept) if row.part != "head"), len(kept))
    if any(row.part == "head" for row in kept[first:]):
        return [], [], []  # a second table under the first
    sums = [row for row in kept if row.part == "foot" and len(row.cells) > 1]
    notes = [row for row in kept if row.part == "foot" and len(row.cells) == 1]
    return kept[:first], [*(row for row in kept if row.part == "body"), *sums], notes


def _count_names(body: Sequence[_Row]) -> int:
    """Count the columns that name the rows, where every row has one."""
    counts = [sum(cell.is_name for cell in row.cells) for row in body if not row.is_one]
    return max(counts, default=0) if all(counts) else 0


def _name_columns(layers: Sequence[Sequence[str]], *, across: int) -> list[str]:
    """Name each column by its headings in layers.

    pandas writes the names of the columns that name rows (`across` of them) into a layer of their own, and in the
    layers above, over the last of them, what the headings of each layer are.
    """
    if len(layers) > 1 and across and any(layers[-1][:across]) and not any(layers[-1][across:]):
        *above, own = layers
        marked = [[_join(layer[across - 1], cell) if cell else "" for cell in layer[across:]] for layer in above]
        return [*own[:across], *(_join(*column) for column in zip(*marked, strict=True))]
    return [_join(*column) for column in zip(*layers, strict=True)] if len({*map(len, layers)}) == 1 else []


def _join(*words: str) -> str:
    return ": ".join(dict.fromkeys(filter(None, words)))


def _lay_out(rows: Sequence[_Row]) -> list[list[str]]:
    """Write each cell into every place that it spans; the name of a group of rows stands once, at their head."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while column in grid[at]:
                column += 1
            for line in grid[at : at + cell.down]:
                line.update(dict.fromkeys(range(column, column + cell.across), "" if row.is_one else cell.text))
            if row.is_one:
                grid[at][column] = cell.text
            column += cell.across
    return [[line.get(column, "") for column in range(max(line) + 1)] for line in grid if line]


def lay_out_plain(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> TableData:
    """Lay cells of plain words out, and sort those columns by number in which every cell is one."""
    read = [read_numbers([row[at] for row in rows]) for at in range(len(heads))]
    columns = tuple(Column(name=name or "–", is_number=bool(read)) for name, read in zip(heads, read, strict=True))
    order = [[numbers[at] if numbers else None for numbers in read] for at in range(len(rows))]
    return TableData(columns=columns, rows=tuple(tuple((cell,) for cell in row) for row in rows), order=order)

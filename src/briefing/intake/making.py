"""From a file's rows to a dossier's: cells as the mapping says, names placed or not, and what is wrong, by line."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.dossier.cells import MOST_CHARACTERS, CellError
from briefing.dossier.tabletext import Cells
from briefing.errors import UNPRINTABLE, Problem, quoted
from briefing.intake.foreign import ForeignFile, ForeignRow
from briefing.intake.mapping import (
    NAMED,
    NUMBER,
    RELEASED,
    SETTING,
    CellRule,
    FillRule,
    Preset,
    RowRule,
    WhenRule,
    columns_made_of,
    fill_in,
)
from briefing.intake.placing import KnownNames
from briefing.intake.readings import read_number_rule, read_truth, read_when, say_number

_DAYS = ("day", "period", "years")

#: The most characters of the cells that have less room than others.
_ROOM = {"wording": 200}

_DIGITS = 12  #: So many of a digest tell rows apart.


@dataclass(frozen=True, slots=True)
class Added:
    """A row that the mapping would make for a name that leads nowhere."""

    table: str
    name: str
    cells: Mapping[str, str]
    always: bool  #: Whether it is made without being asked for.


@dataclass(frozen=True, slots=True)
class MadeRow:
    """A row of the dossier that a row of the file makes, before it has an id."""

    table: str
    stem: str  #: The row's identity in all releases, but for the number that tells those that are alike apart.
    digest: str  #: Of what the file says in it.
    line: int
    cells: Cells
    title: str = ""  #: Its quantity's.
    scope: str = ""
    is_own_quantity: bool = True
    known: str = ""  #: The day on which it became known, where the file says; otherwise the release's.
    nowhere: tuple[tuple[str, str], ...] = ()  #: The names that lead nowhere: the table and the name.
    added: tuple[Added, ...] = ()  #: What could be made for them.


@dataclass(frozen=True, slots=True)
class Context:
    """What rows are made with."""

    preset: Preset
    names: KnownNames
    settings: Mapping[str, str]
    released: str
    file: str


@dataclass(frozen=True, slots=True)
class MadeRows:
    """What a file makes: rows, and what is wrong in it."""

    rows: tuple[MadeRow, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    skipped: int = 0  #: How many of its rows make nothing.


@dataclass(slots=True)
class _Draft:
    """What comes together while one row is made."""

    texts: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict)
    nowhere: list[tuple[str, str]] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    days: Mapping[str, CellRule] = field(default_factory=dict)  #: How the columns that hold days are read.


def make_rows(foreign: ForeignFile, context: Context) -> MadeRows:
    """Make the rows of a dossier that a file's rows make."""
    rows: list[MadeRow] = []
    problems: list[Problem] = []
    cut: Counter[str] = Counter()
    skipped = 0
    makes = [(rule, columns_made_of(rule)) for rule in context.preset.makes]
    for row in foreign.rows:
        rules = [each for each in makes if all(_holds(when, row.cells) for when in each[0].when)]
        skipped += not rules
        for rule, columns in rules:
            made, draft = _make_row(row, rule, columns, context)
            problems += draft.problems
            cut.update(draft.cut)
            rows += [made] if not draft.problems else []
    told = tuple(f"{name}: cut to its first characters in {number} rows" for name, number in cut.items())
    return MadeRows(tuple(rows), tuple(problems), told, skipped)


def _holds(when: WhenRule, texts: Mapping[str, str]) -> bool:
    text = texts.get(when.column, "")
    folded = text.casefold()
    if when.filled is not None and bool(text) is not when.filled:
        return False
    if when.among and folded not in {each.casefold() for each in when.among}:
        return False
    return folded not in {each.casefold() for each in when.not_among}


def _make_row(row: ForeignRow, rule: RowRule, columns: tuple[str, ...], context: Context) -> tuple[MadeRow, _Draft]:
    days = {cell.column: cell for cell in rule.cells.values() if cell.read in _DAYS and cell.column}
    draft = _Draft(_texts(row, context), days=days)
    if rule.number:
        _read_numbers(draft, rule, row.line, context)
    for name, cell in rule.cells.items():
        if name != "status" or "status" not in draft.cells:  # a number below zero has said it
            _put_cell(draft, name, cell, row.line, context)
    identity = context.preset.identity or columns
    stem = _digest(row.cells.get(name, "") for name in identity)
    made = MadeRow(
        table=rule.table,
        stem=f"{context.preset.name}/{stem}/{rule.name or rule.table}",
        digest=_digest(row.cells.get(name, "") for name in columns),
        line=row.line,
        cells={name: cell for name, cell in draft.cells.items() if cell},
        nowhere=tuple(draft.nowhere),
        added=tuple(draft.added),
        known=_known(row, context),
    )
    if rule.quantity:
        title, scope = (fill_in(text, draft.texts) for text in (rule.quantity.title, rule.quantity.scope))
        made = replace(made, title=title, scope=scope, is_own_quantity=rule.quantity.each)
    return made, draft


def _texts(row: ForeignRow, context: Context) -> dict[str, str]:
    settings = {f"{SETTING}{name}": value for name, value in context.settings.items()}
    return {**row.cells, **settings, RELEASED: context.released, "line": str(row.line)}


def _read_numbers(draft: _Draft, rule: RowRule, line: int, context: Context) -> None:
    assert rule.number is not None
    try:
        wording, is_below = read_number_rule(rule.number, draft.texts)
    except CellError as error:
        column = rule.number.column or rule.number.best or rule.number.low
        draft.problems.append(_problem(error, column, line, context, value=draft.texts.get(column, "")))
        return
    sides = {"low": wording.low, "best": wording.best, "high": wording.high}
    draft.cells |= {name: _digits(number) for name, number in sides.items() if number is not None}
    draft.cells["qualifier"] = wording.qualifier
    draft.texts[NUMBER] = say_number(wording)
    if is_below:
        draft.cells["status"] = rule.number.below_zero


def _digits(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _put_cell(draft: _Draft, name: str, rule: CellRule, line: int, context: Context) -> None:
    try:
        text, is_read = _mapped(rule, draft)
        if text and rule.read in NAMED:
            draft.cells[name] = _place(draft, rule, text, context)
        elif text and rule.read == "truth":
            draft.cells[name] = read_truth(text)
        elif text and is_read and rule.read in _DAYS:
            draft.cells[name] = read_when(rule, text, draft.texts) or fill_in(rule.otherwise, draft.texts)
        elif text:
            draft.cells[name] = _fit(draft, name, text)
    except CellError as error:
        draft.problems.append(
            _problem(error, rule.column or name, line, context, value=draft.texts.get(rule.column, ""))
        )


def _mapped(rule: CellRule, draft: _Draft) -> tuple[str, bool]:
    """Give the text that a cell is made of, as the map has it, and whether the file itself says it."""
    text = draft.texts.get(rule.column, "") if rule.column else fill_in(rule.text, draft.texts)
    folded = {" ".join(key.split()).casefold(): value for key, value in rule.map.items()}
    if text and not folded:
        return text, bool(rule.column)
    if text.casefold() in folded:
        return folded[text.casefold()], False
    if not text or rule.otherwise:
        return fill_in(rule.otherwise, draft.texts), False
    known = ", ".join(list(rule.map)[:6])
    raise CellError(f"{quoted(text)} is not in the map", f"it maps {known}", "Add it to the map, or write otherwise")


def _place(draft: _Draft, rule: CellRule, name: str, context: Context) -> str:
    table = NAMED[rule.read]
    found = context.names.find(table, name)
    if found is None:
        draft.nowhere.append((table, name))
        if rule.add:
            cells = {column: _fill_added(draft, text) for column, text in rule.add.items()}
            draft.added.append(Added(table, name, cells, rule.always))
    return found or ""


def _fill_added(draft: _Draft, text: str) -> str:
    """Fill in a cell of a row that is added; a column of days alone is read as the mapping reads it elsewhere."""
    column = text.removeprefix("{").removesuffix("}")
    if text == f"{{{column}}}" and column in draft.days and draft.texts.get(column):
        return read_when(draft.days[column], draft.texts[column], draft.texts)
    return fill_in(text, draft.texts)


def _fit(draft: _Draft, name: str, text: str) -> str:
    """Cut a text to the room of its cell, which is told; what prints as nothing is left out."""
    most, plain = _ROOM.get(name, MOST_CHARACTERS), UNPRINTABLE.sub("", text)
    if len(plain) <= most:
        return plain
    draft.cut.append(name)
    is_ours = plain.startswith("[") and plain.endswith("]")
    return f"{plain[: most - 4].rstrip()}...]" if is_ours else f"{plain[: most - 3].rstrip()}..."


def _known(row: ForeignRow, context: Context) -> str:
    """Give the day on which a row became known, where the file says so in seconds since 1970."""
    release = context.preset.release
    text = row.cells.get(release.known, "") if release and release.known else ""
    if not text.isdigit() or len(text) > 12:
        return ""
    return min(dt.datetime.fromtimestamp(int(text), dt.UTC).date().isoformat(), context.released)


def _problem(error: CellError, column: str, line: int, context: Context, *, value: str) -> Problem:
    return Problem(context.file, line, column, value, f"{column}: {error.what}", error.rule, error.cure)


def _digest(texts: Iterator[str] | Sequence[str]) -> str:
    whole = "\x1f".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def make_fillings(
    foreign: ForeignFile, rule: FillRule, context: Context
) -> tuple[list[tuple[int, str, Cells]], list[Problem]]:
    """Give what a file fills in sources: the line, the address, the cells; and what is wrong in it."""
    made: list[tuple[int, str, Cells]] = []
    problems: list[Problem] = []
    for row in foreign.rows:
        if not row.cells.get(rule.column) or not all(_holds(when, row.cells) for when in rule.when):
            continue
        draft = _Draft(_texts(row, context))
        for name, cell in rule.cells.items():
            _put_cell(draft, name, cell, row.line, context)
        problems += draft.problems
        made.append((row.line, row.cells[rule.column], {name: cell for name, cell in draft.cells.items() if cell}))
    return made, problems

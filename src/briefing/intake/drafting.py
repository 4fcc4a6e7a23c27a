"""Drafting a mapping of the analyst's own file: columns by their names and what they hold, for the analyst to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.dossier.cells import CellError
from briefing.dossier.plain import read_plain
from briefing.dossier.tables import TABLES
from briefing.errors import UsageError, did_you_mean
from briefing.intake.foreign import read_lines
from briefing.intake.ids import name_id
from briefing.intake.mapping import FileShape
from briefing.intake.readings import read_count
from briefing.values.dates import MONTHS

#: The tables that a sheet may become.
DRAFTED = ("transfers", "deployments", "losses", "events")

#: What people call the columns, by what they become; the table's own name for one is always known.
_CALLED: Mapping[str, tuple[str, ...]] = {
    "period": ("date", "day", "when", "period", "month", "year", "date of event", "date of delivery"),
    "date": ("day", "when", "period", "month", "year", "date of event", "event date"),
    "from": ("supplier", "sender", "donor", "giver", "seller", "exporter", "sent by", "origin"),
    "to": ("recipient", "receiver", "buyer", "importer", "beneficiary", "sent to", "destination"),
    "force": ("army", "troops of", "whose", "military", "sending country"),
    "host": ("country", "host country", "stationed in", "in"),
    "side": ("whose loss", "party", "belligerent", "country"),
    "item": ("what", "weapon", "equipment", "goods", "type", "system", "model", "weapon designation"),
    "number": ("count", "amount", "how many", "total", "units", "no", "n", "pieces", "killed", "strength"),
    "low": ("min", "minimum", "lowest", "at least", "low estimate"),
    "best": ("best estimate",),
    "high": ("max", "maximum", "highest", "at most", "high estimate"),
    "qualifier": ("hedge", "precision of number"),
    "unit": ("unit of measure", "counted in"),
    "status": ("state",),
    "claimant_id": (
        "claimant",
        "who says",
        "said by",
        "claimed by",
        "according to",
        "claims",
        "who counted",
        "counted by",
        "who says so",
        "reported by",
    ),
    "source_id": ("source", "url", "link", "source url", "source link", "reference"),
    "wording": ("words", "quote", "quotation", "as printed"),
    "note": ("notes", "comment", "comments", "remarks", "remark"),
    "place_id": ("place", "location", "town", "city", "where"),
    "quantity": ("what rivals are about", "quantity_id"),
    "title": ("headline", "event", "name"),
    "summary": ("description", "details", "brief description", "text"),
    "kind": ("kind of loss", "kind of event", "event type", "category"),
    "actor_ids": ("actors", "who"),
}

#: How the cells of a column are read, where it is not as text.
_READ = {
    "from": "actor", "to": "actor", "force": "actor", "host": "actor", "side": "actor", "claimant_id": "actor",
    "actor_ids": "actor", "item": "item", "place_id": "place", "place_from": "place", "place_to": "place",
    "source_id": "source",
}  # fmt: skip

#: What stands in a column that the sheet does not have, and is nearly always so.
_USUAL = {
    "transfers": {"counting": "increment", "unit": "items", "status": "delivered"},
    "deployments": {"unit": "persons", "status": "present"},
    "losses": {"counting": "increment", "unit": "items", "status": "present", "kind": "destroyed"},
    "events": {"kind": "other"},
}

_NUMBERS = ("number", "low", "best", "high", "qualifier")
_IDENTITY = frozenset({"id", "no", "nr", "ref", "entry", "row id", "record", "key"})
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_TOP = 20


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: its name, and the first cells that state something."""

    name: str
    cells: tuple[str, ...]


def draft_mapping(path: Path, *, table: str = "") -> str:
    """Draft the mapping of a sheet, as TOML; raises `UsageError` where it has no header, or the table cannot be."""
    if table and table not in DRAFTED:
        raise UsageError(
            f"--table {table}: is no table that a sheet becomes; it is one of four. {did_you_mean(table, DRAFTED)}"
        )
    shape = _find_shape(path)
    columns = _read_columns(path, shape)
    kind = table or _pick_table(columns)
    found = _match(columns, kind)
    return "\n".join(_write(path, shape, kind, columns, found)) + "\n"


def _find_shape(path: Path) -> FileShape:
    """Find how a file is written: its encoding where the bytes prove it, and what stands between most cells."""
    try:
        raw = read_plain(path)
    except OSError:
        return FileShape()  # whose reader says what is wrong with it
    try:
        text, encoding = raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = raw.decode("latin-1"), "latin-1"
    top = text[:2_000].splitlines()[:5]
    delimiter = max((",", ";", "\t"), key=lambda mark: sum(line.count(mark) for line in top))
    return FileShape(encoding=encoding, delimiter=delimiter)


def _read_columns(path: Path, shape: FileShape) -> list[SheetColumn]:
    lines, _ = read_lines(path, shape)
    rows = [[" ".join(cell.split()) for cell in cells] for _, cells in lines if any(cell.strip() for cell in cells)]
    head = next((at for at, cells in enumerate(rows[:_TOP]) if _is_header(cells)), None)
    if head is None:
        rule = "the header is the first row with two names or more"
        raise UsageError(f"{path.name}: has no header in its first {_TOP} rows; {rule}. Write one above the data.")
    body = rows[head + 1 :]
    names = [name or f"after {rows[head][at - 1]}" for at, name in enumerate(rows[head])]
    cells = [[row[at] for row in body if at < len(row) and row[at]] for at in range(len(names))]
    return [
        SheetColumn(name, tuple(each[:200]))
        for name, each in zip(names, cells, strict=True)
        if name != "after " or each
    ]


def _is_header(cells: Sequence[str]) -> bool:
    stated = [cell for cell in cells if cell]
    return (
        len(stated) >= 2 and len(set(stated)) == len(stated) and not any(re.fullmatch(r"[\d.,/-]+", c) for c in stated)
    )


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.casefold()).split())


def _pick_table(columns: Sequence[SheetColumn]) -> str:
    """Pick the table whose own columns the sheet has most of; of equals the first."""
    own = {
        "transfers": ("from", "to"),
        "deployments": ("force", "host"),
        "losses": ("side", "kind"),
        "events": ("title", "summary"),
    }
    counts = {table: sum(name in _match(columns, table) for name in names) for table, names in own.items()}
    return max(counts, key=lambda table: counts[table])


def _match(columns: Sequence[SheetColumn], table: str) -> dict[str, SheetColumn]:
    """Match the sheet's columns to the table's: by the same name, by what people call it, then by what it holds."""
    wanted = [name for name in (*TABLES[table].columns, "number", "quantity") if name in _CALLED]
    left = list(columns)
    found: dict[str, SheetColumn] = {}
    for by_table in (True, False):
        for name in wanted:
            known = {name, name.removesuffix("_id")} if by_table else set(_CALLED[name])
            plain = {_plain(each) for each in known}
            match = next((column for column in left if _plain(column.name) in plain), None)
            if name not in found and match is not None:
                found[name] = match
                left.remove(match)
    for name, holds in (("period", _holds_days), ("date", _holds_days), ("source_id", _holds_addresses)):
        if name in wanted and name not in found and (held := next((c for c in left if holds(c)), None)):
            found[name] = held
            left.remove(held)
    counts = [column for column in left if _holds_counts(column)]
    if "number" in wanted and not set(_NUMBERS) & set(found) and len(counts) == 1:
        found["number"] = counts[0]
    return found


def _holds_days(column: SheetColumn) -> bool:
    days = [cell for cell in column.cells if _SLASHED.fullmatch(cell) or re.match(r"\d{4}-\d\d", cell)]
    return bool(days) and len(days) * 5 >= len(column.cells) * 4


def _holds_counts(column: SheetColumn) -> bool:
    """Whether most cells are numbers, hedged or not, and the column names no rows by them."""
    if not column.cells or _plain(column.name) in _IDENTITY:
        return False
    return sum(_is_count(cell) for cell in column.cells) * 5 >= len(column.cells) * 4


def _is_count(cell: str) -> bool:
    try:
        return read_count(cell).qualifier != "unquantified"
    except CellError:
        return False


def _holds_addresses(column: SheetColumn) -> bool:
    return bool(column.cells) and all(cell.startswith(("http://", "https://")) for cell in column.cells)


def day_formats(cells: Sequence[str]) -> tuple[list[str], str]:
    """Find how days are written, where the cells prove it; otherwise say what is to be decided.

    Examples
    --------
    >>> day_formats(["03/04/2031", "12/19/2031"]), day_formats(["2031-03-04"])
    ((['%m/%d/%Y'], ''), ([], ''))
    >>> day_formats(["03/04/2031"])[1]
    '03/04/2031 may be 4 March or 3 April: write ["%m/%d/%Y"] or ["%d/%m/%Y"]'
    """
    days = [found for cell in cells if (found := _SLASHED.fullmatch(cell))]
    if not days:
        return [], ""
    mark, year = days[0][2], "%Y" if len(days[0][4]) == 4 else "%y"
    first, second = max(int(day[1]) for day in days), max(int(day[3]) for day in days)
    forms = {"month": f"%m{mark}%d{mark}{year}", "day": f"%d{mark}%m{mark}{year}"}
    if first > 12 >= second:
        return [forms["day"]], ""
    if second > 12 >= first:
        return [forms["month"]], ""
    readings = f"{_month_first(days[0])} or {_day_first(days[0])}"
    return [], f'{days[0][0]} may be {readings}: write ["{forms["month"]}"] or ["{forms["day"]}"]'


def _month_first(day: re.Match[str]) -> str:
    return f"{int(day[3])} {MONTHS[int(day[1]) - 1]}" if 1 <= int(day[1]) <= 12 else "no day"


def _day_first(day: re.Match[str]) -> str:
    return f"{int(day[1])} {MONTHS[int(day[3]) - 1]}" if 1 <= int(day[3]) <= 12 else "no day"


# --- the TOML ---------------------------------------------------------------------------------------------------


def _write(
    path: Path, shape: FileShape, table: str, columns: Sequence[SheetColumn], matched: Mapping[str, SheetColumn]
) -> Iterator[str]:
    yield f"# Drafted from {path.name}. Mend what is wrong, then: briefing import THIS_FILE {path.name}"
    yield "# What each key means: docs/import.md. A cell is a text, into which {Column} puts a column, or a table."
    yield f"name = {_quoted(name_id(path.stem))}"
    yield f"title = {_quoted(f'Rows of {path.name}')}"
    yield 'licence = ""  # of what the sheet was taken from, where one is stated'
    yield from _identity(columns)
    yield "\n[file]"
    yield f"encoding = {_quoted(shape.encoding)}"
    yield from [f"delimiter = {_quoted(shape.delimiter)}"] if shape.delimiter != "," else []
    yield f"header = [{', '.join(_quoted(column.name) for column in columns[:4])}]"
    yield 'missing = ["-", "N/A"]'
    if "source_id" not in matched:
        yield "\n[release]  # the sheet has no column of sources: it is the source itself"
        yield 'publisher = "MEND: who publishes it"'
        yield f"title = {_quoted(path.stem)}"
        yield 'url = "https://example.org/mend-this"'
    yield f"\n[[makes]]\ntable = {_quoted(table)}"
    if table != "events":
        yield from _numbers(matched)
        yield f"quantity = {{ title = {_quoted(_title(matched))}, each = false }}  # what rivals are about"
    yield "\n[makes.cells]"
    yield from _cells(table, columns, matched)


def _identity(columns: Sequence[SheetColumn]) -> Iterator[str]:
    column = next((c for c in columns if _plain(c.name) in _IDENTITY and len(set(c.cells)) == len(c.cells)), None)
    if column:
        yield f"identity = [{_quoted(column.name)}]  # what tells a row from the others, in every state of the sheet"
    else:
        yield '# identity = ["..."]  # columns that tell a row from the others; without, a changed row is a new one'


def _numbers(found: Mapping[str, SheetColumn]) -> Iterator[str]:
    bounds = {name: found[name].name for name in ("low", "best", "high", "qualifier") if name in found}
    if "number" in found:
        yield f"number = {{ column = {_quoted(found['number'].name)} }}"
    elif bounds:
        yield f"number = {{ {', '.join(f'{name} = {_quoted(column)}' for name, column in bounds.items())} }}"
    else:
        yield '# number = { column = "..." }  # not found: the column with the number'


def _title(found: Mapping[str, SheetColumn]) -> str:
    if "quantity" in found:
        return f"{{{found['quantity'].name}}}"
    words = {"item": "", "from": "from", "to": "to", "force": "of", "host": "in", "side": "of"}
    words = {"item": "", "from": "from", "to": "to", "force": "of", "host": "in", "side": "of"}
    parts = [(word, found[name].name) for name, word in words.items() if name in found]
    day = next((found[name].name for name in ("period", "date") if name in found), "")
    said = " ".join(f"{word} {{{column}}}".strip() for word, column in parts) or "MEND: what is counted"
    return f"{said}, {{{day}}}" if day else said


def _cells(table: str, columns: Sequence[SheetColumn], found: Mapping[str, SheetColumn]) -> Iterator[str]:
    used = {column.name for column in found.values()}
    model = TABLES[table]
    for name in model.columns:
        if name in (model.key[0], "quantity_id", *_NUMBERS):
            continue
        if name in found:
            yield from _cell(name, found[name])
        elif name in _USUAL[table]:
            yield f"{name} = {_quoted(_USUAL[table][name])}  # the sheet does not say: mend it where it is otherwise"
        elif name == "source_id":
            continue
        elif name == "wording":
            yield f"wording = {_quoted(_wording(found))}"
        elif name in model.required:
            yield f"# {name} = ...  # not found, and needed: {_meaning(table, name)}"
    for column in columns:
        if column.name not in used:
            yield f"x_{name_id(column.name).replace('-', '_')} = {_quoted(f'{{{column.name}}}')}"


def _cell(name: str, column: SheetColumn) -> Iterator[str]:
    if name in ("period", "date"):
        formats, doubt = day_formats(column.cells)
        yield from [f"# {doubt}"] if doubt else []
        yield f'{name} = {{ column = {_quoted(column.name)}, read = "period", formats = {json.dumps(formats)} }}'
    elif name == "source_id":
        yield f'source_id = {{ column = {_quoted(column.name)}, read = "source" }}'
        yield "# with --add-names new sources are added, where these are among the keys of the line above:"
        yield '# add = { publisher = "{..}", title = "{..}", published = "{..}", published_basis = "..", kind = ".." }'
    elif name in _READ:
        yield f"{name} = {{ column = {_quoted(column.name)}, read = {_quoted(_READ[name])} }}"
    else:
        yield f"{name} = {_quoted(f'{{{column.name}}}')}"


def _wording(found: Mapping[str, SheetColumn]) -> str:
    item = f" {{{found['item'].name}}}" if "item" in found else ""
    return f"[{{number}}{item}]"


def _meaning(table: str, name: str) -> str:
    fields = TABLES[table].model.model_fields
    return next((str(field.description) for key, field in fields.items() if (field.alias or key) == name), "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

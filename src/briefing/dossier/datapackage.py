"""What a folder says of itself: its `datapackage.json` and the column tables of its README, both from the row models.

The descriptor is a Data Package (v2), so that other tools can read and check the tables. It says what can be said
there; what cannot (keys in lists, claims in either of two tables, bounds in order) is left to `rules`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias, get_args

from briefing.dossier import cells
from briefing.dossier.csvfile import read_header
from briefing.dossier.plain import write_plain
from briefing.dossier.rows import TypedColumn, columns_of
from briefing.dossier.tables import TABLES, DossierTable, name_files
from briefing.errors import LONGEST_NAME, UsageError

#: A part of a data package, as its JSON has it.
Descriptor: TypeAlias = dict[str, Any]

FILE = "datapackage.json"
README = "README.md"

_PART = r"\d{4}(-\d{2}(-\d{2})?)?[~?]?"

#: What each type of cell is called for readers, and how Table Schema says it: type, then constraints.
TYPES: tuple[tuple[Any, str, str, Descriptor], ...] = (
    (cells.Id, "id", "string", {"pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": LONGEST_NAME}),
    (cells.TextCell, "text", "string", {"maxLength": cells.MOST_CHARACTERS}),
    (cells.Listed, "list, parts separated by |", "string",
     {"pattern": r"^[^|]+(\|[^|]+)*$", "maxLength": cells.MOST_CHARACTERS}),
    (cells.WordingCell, "text, at most 200 characters", "string", {"maxLength": 200}),
    (cells.QuotationCell, "text, at most 300 characters", "string", {"maxLength": 300}),
    (cells.Url, "web address", "string", {"pattern": r"^https?://\S+$", "maxLength": cells.MOST_CHARACTERS}),
    (cells.Language, "language tag (BCP 47)", "string",
     {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", "maxLength": LONGEST_NAME}),
    (cells.WikidataId, "Q and a number", "string", {"pattern": "^Q[1-9][0-9]{0,11}$"}),
    (cells.Country, "two capital letters", "string", {"pattern": "^[A-Z]{2}$"}),
    (cells.When, "partial date", "string", {"pattern": rf"^({_PART}|{_PART}/{_PART}|{_PART}/\.\.|\.\./{_PART})$"}),
    (cells.Day, "day", "date", {}),
    (cells.Digest, "digest", "string", {"pattern": "^[0-9a-f]{16}$"}),
    (cells.Relayed, "actor id, @, partial date", "string", {"pattern": rf"^[a-z0-9][a-z0-9-]*@{_PART}$"}),
    (cells.Latitude, "degrees", "number", {"minimum": -90, "maximum": 90}),
    (cells.Longitude, "degrees", "number", {"minimum": -180, "maximum": 180}),
    (cells.Count, "number", "number", {"minimum": 0, "maximum": int(cells.MOST)}),
    (cells.Truth, "true or false", "boolean", {}),
)  # fmt: skip


def descriptor(folder: str | Path) -> Descriptor:
    """Describe the tables that a folder has as a Data Package: what `datapackage.json` holds.

    Raises `UsageError` where the folder has no table.
    """
    present = _present(Path(folder))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", Path(folder).resolve().name.lower()).strip("-") or "dossier",
        "resources": [_resource(table, present, read_header(Path(folder) / table.file)) for table in present],
    }


def write_descriptor(folder: str | Path) -> list[Path]:
    """Write a folder's `datapackage.json`, and the column tables of its README where it has one.

    In the README a table stands between ``<!-- columns: sources -->`` and ``<!-- end -->``. Gives the files that it
    wrote; none where all said so already. Raises `UsageError` where the folder has no table, or the README names one
    that does not exist.
    """
    folder = Path(folder)
    texts = {folder / FILE: descriptor_text(folder)}
    readme = folder / README
    if readme.is_file():
        texts[readme] = fill_columns(readme.read_text(encoding="utf-8"))
    changed = {path: text.encode() for path, text in texts.items() if not _holds(path, text.encode())}
    for path, raw in changed.items():
        write_plain(path, raw)
    return list(changed)


def descriptor_text(folder: str | Path) -> str:
    """Give the bytes of `datapackage.json` as text: the same for the same tables, on every machine."""
    return json.dumps(descriptor(folder), indent=2, ensure_ascii=False) + "\n"


def fill_columns(text: str) -> str:
    """Write every column table of a README anew, between its markers.

    Raises `UsageError` where a marker names no table, or has no end.
    """
    pieces = re.split(r"<!-- columns: ([^>]*?) -->", text)
    filled = [pieces[0]]
    for name, rest in zip(pieces[1::2], pieces[2::2], strict=True):
        if name not in TABLES:
            raise UsageError(f'{README}: "{name}" is no table; a marker names one. Write one of {", ".join(TABLES)}.')
        _, end, after = rest.partition("<!-- end -->")
        if not end:
            raise UsageError(f"{README}: the columns of {name} have no end; a marker has one. Add <!-- end -->.")
        filled.append(f"<!-- columns: {name} -->\n{column_table(TABLES[name])}\n<!-- end -->{after}")
    return "".join(filled)


def column_table(table: DossierTable) -> str:
    """Give a table's columns as a table in markdown."""
    lines = ["| column | required | holds | meaning |", "| --- | --- | --- | --- |"]
    for column in columns_of(table):
        required = "yes" if column.is_required else ""
        cells = [f"`{column.name}`", required, say_holds(table, column), column.meaning]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _present(folder: Path) -> list[DossierTable]:
    present = [table for table in TABLES.values() if (folder / table.file).is_file()]
    if not present:
        raise UsageError(f"{folder} holds no table; a dossier is a folder of tables. Name the folder that holds them.")
    return present


def _resource(table: DossierTable, present: list[DossierTable], header: Sequence[str]) -> Descriptor:
    """Describe a table as its file has it: optional columns may be left out, and the curator's own are named."""
    known = {column.name: column for column in columns_of(table)}
    fields = [_field(table, known[name]) if name in known else _own_field(name) for name in header]
    schema: Descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [_foreign_key(table, name, target) for name, target in _single_keys(table, present) if name in header]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": table.file,
        "description": next(iter((table.model.__doc__ or "").strip().splitlines()), ""),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(table: DossierTable, column: TypedColumn) -> Descriptor:
    kind, rules = _schema_type(column)
    required = {"required": True} if column.is_required else {}
    unique = {"unique": True} if table.key == (column.name,) else {}
    field: Descriptor = {"name": column.name, "type": kind, "description": column.meaning}
    if kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints = required | unique | rules
    return field | ({"constraints": constraints} if constraints else {})


def _own_field(name: str) -> Descriptor:
    return {"name": name, "type": "string", "description": "The curator's own column."}


def _schema_type(column: TypedColumn) -> tuple[str, Descriptor]:
    for kind, _, name, rules in TYPES:
        if column.kind == kind:
            return name, dict(rules)
    return "string", {"enum": [str(choice) for choice in get_args(column.kind)]}


def _single_keys(table: DossierTable, present: list[DossierTable]) -> list[tuple[str, DossierTable]]:
    """Give the columns whose one key leads to one table of the folder."""
    there = {other.name: other for other in present}
    lists = table.lists()
    return [(name, there[to]) for name, to in table.references().items() if to in there and name not in lists]


def _foreign_key(table: DossierTable, column: str, target: DossierTable) -> Descriptor:
    # A table that refers to itself names no resource in version 2.
    resource: Descriptor = {} if target is table else {"resource": target.name.replace("_", "-")}
    return {"fields": [column], "reference": resource | {"fields": list(target.key)}}


def say_holds(table: DossierTable, column: TypedColumn) -> str:
    """Say what a cell of the column holds: its type or choices, and where a key leads."""
    words = next((words for kind, words, *_ in TYPES if column.kind == kind), "")
    words = words or ", ".join(f"`{choice}`" for choice in get_args(column.kind))
    target = table.references().get(column.name)
    if target is None:
        return words
    where = name_files(target).replace(".csv", "")
    return f"ids in {where}, separated by |" if column.name in table.lists() else f"id in {where}"


def _holds(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.read_bytes() == raw

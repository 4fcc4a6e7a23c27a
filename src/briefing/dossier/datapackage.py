"""What a folder says of itself: its `datapackage.json` and the column tables of its README, both from the row models.

The descriptor is a Data Package (v2), so that other tools can read and check the tables. It says what can be said
there; what cannot (keys in lists, claims in either of two tables, bounds in order) is left to `rules`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

from briefing.dossier.cells import (
    MOST,
    MOST_CHARACTERS,
    Count,
    Country,
    Day,
    Id,
    Latitude,
    Listed,
    Longitude,
    Quotation,
    Text,
    Truth,
    Url,
    When,
    Wording,
)
from briefing.dossier.rows import Column, columns_of
from briefing.dossier.tables import TABLES, Table
from briefing.errors import LONGEST_NAME, UsageError

FILE = "datapackage.json"
README = "README.md"

_PART = r"\d{4}(-\d{2}(-\d{2})?)?[~?]?"

#: What each type of cell is called for readers, and how Table Schema says it: type, then constraints.
TYPES: tuple[tuple[Any, str, str, dict[str, Any]], ...] = (
    (Id, "id", "string", {"pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": LONGEST_NAME}),
    (Text, "text", "string", {"maxLength": MOST_CHARACTERS}),
    (Listed, "list, parts separated by |", "string",
     {"pattern": r"^[^|]+(\|[^|]+)*$", "maxLength": MOST_CHARACTERS}),
    (Wording, "text, at most 200 characters", "string", {"maxLength": 200}),
    (Quotation, "text, at most 300 characters", "string", {"maxLength": 300}),
    (Url, "web address", "string", {"pattern": r"^https?://\S+$", "maxLength": MOST_CHARACTERS}),
    (Country, "two capital letters", "string", {"pattern": "^[A-Z]{2}$"}),
    (When, "partial date", "string", {"pattern": rf"^({_PART}|{_PART}/{_PART}|{_PART}/\.\.|\.\./{_PART})$"}),
    (Day, "day", "date", {}),
    (Latitude, "degrees", "number", {"minimum": -90, "maximum": 90}),
    (Longitude, "degrees", "number", {"minimum": -180, "maximum": 180}),
    (Count, "number", "number", {"minimum": 0, "maximum": int(MOST)}),
    (Truth, "true or false", "boolean", {}),
)  # fmt: skip


def descriptor(folder: str | Path) -> dict[str, Any]:
    """Describe a folder of tables as a Data Package.

    Parameters
    ----------
    folder : path
        The folder. Only the tables that it has are described.

    Returns
    -------
    dict
        What `datapackage.json` holds.

    Raises
    ------
    UsageError
        Where the folder has no table.
    """
    present = _present(Path(folder))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", Path(folder).resolve().name.lower()).strip("-") or "dossier",
        "resources": [_resource(table, present) for table in present],
    }


def write_descriptor(folder: str | Path) -> list[Path]:
    """Write a folder's `datapackage.json`, and the column tables of its README where it has one.

    Parameters
    ----------
    folder : path
        The folder. In its README a table stands between ``<!-- columns: sources -->`` and ``<!-- end -->``.

    Returns
    -------
    list of Path
        The files that it wrote; none where all said so already.

    Raises
    ------
    UsageError
        Where the folder has no table, or the README names one that does not exist.
    """
    folder = Path(folder)
    texts = {folder / FILE: descriptor_text(folder)}
    readme = folder / README
    if readme.is_file():
        texts[readme] = fill_columns(readme.read_text(encoding="utf-8"))
    changed = {path: text.encode() for path, text in texts.items() if not _holds(path, text.encode())}
    for path, raw in changed.items():
        path.write_bytes(raw)
    return list(changed)


def descriptor_text(folder: str | Path) -> str:
    """Give the bytes of `datapackage.json` as text: the same for the same tables, on every machine."""
    return json.dumps(descriptor(folder), indent=2, ensure_ascii=False) + "\n"


def fill_columns(text: str) -> str:
    """Write every column table of a README anew, between its markers.

    Raises
    ------
    UsageError
        Where a marker names no table, or has no end.

    Examples
    --------
    >>> print(fill_columns("<!-- columns: items --><!-- end -->"))
    <!-- columns: items -->
    | column | required | holds | meaning |
    | --- | --- | --- | --- |
    | `item_id` | yes | id | Id of the item. |
    ...
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


def column_table(table: Table) -> str:
    """Give a table's columns as a table in markdown."""
    lines = ["| column | required | holds | meaning |", "| --- | --- | --- | --- |"]
    for column in columns_of(table):
        cells = [
            f"`{column.name}`",
            "yes" if column.is_required else "",
            _holds_words(table, column),
            _meaning(table, column),
        ]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _present(folder: Path) -> list[Table]:
    present = [table for table in TABLES.values() if (folder / table.file).is_file()]
    if not present:
        raise UsageError(f"{folder} holds no table; a dossier is a folder of tables. Name the folder that holds them.")
    return present


def _resource(table: Table, present: list[Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(table, column) for column in columns_of(table)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [_foreign_key(table, column, target) for column, target in _single_keys(table, present)]
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": table.file,
        "description": (table.model.__doc__ or "").strip().splitlines()[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    kind, rules = _schema_type(column)
    required = {"required": True} if column.is_required else {}
    unique = {"unique": True} if table.key == (column.name,) else {}
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": _meaning(table, column)}
    if kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints = required | unique | rules
    return field | ({"constraints": constraints} if constraints else {})


def _schema_type(column: Column) -> tuple[str, dict[str, Any]]:
    for kind, _, name, rules in TYPES:
        if column.kind == kind:
            return name, dict(rules)
    return "string", {"enum": [str(choice) for choice in get_args(column.kind)]}


def _single_keys(table: Table, present: list[Table]) -> list[tuple[str, Table]]:
    """Give the columns whose one key leads to one table of the folder."""
    there = {other.name: other for other in present}
    lists = table.lists()
    return [(name, there[to]) for name, to in table.references().items() if to in there and name not in lists]


def _foreign_key(table: Table, column: str, target: Table) -> dict[str, Any]:
    # A table that refers to itself names no resource in version 2.
    resource: dict[str, Any] = {} if target is table else {"resource": target.name.replace("_", "-")}
    return {"fields": [column], "reference": resource | {"fields": list(target.key)}}


def _meaning(table: Table, column: Column) -> str:
    fields = {field.alias or name: field for name, field in table.model.model_fields.items()}
    return fields[column.name].description or ""


def _holds_words(table: Table, column: Column) -> str:
    """Say what a cell of the column holds: its type or choices, and where a key leads."""
    words = next((words for kind, words, *_ in TYPES if column.kind == kind), "")
    words = words or ", ".join(f"`{choice}`" for choice in get_args(column.kind))
    target = table.references().get(column.name)
    if target is None:
        return words
    where = "deployments or transfers" if target == "claims" else target
    return f"ids in {where}, separated by |" if column.name in table.lists() else f"id in {where}"


def _holds(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.read_bytes() == raw

"""The tables with which a dossier begins: empty ones with their headers, or those of the example; and their README."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from briefing.dossier import example
from briefing.dossier.datapackage import fill_columns
from briefing.dossier.plain import read_plain
from briefing.dossier.tables import TABLES, DossierTable
from briefing.dossier.units import SHIPPED


def empty_tables() -> dict[str, bytes]:
    """Give all tables with their headers and no row, but for the units, without which nothing can be counted."""
    rows = {"units": SHIPPED}
    return {table.file: _write_rows(table.columns, rows.get(name, ())) for name, table in TABLES.items()}


def example_tables() -> dict[str, bytes]:
    """Give all tables, with the rows of the example in those that it has."""
    return empty_tables() | {table.file: rows for table in TABLES.values() if (rows := _example_rows(table))}


def describe_tables(text: bytes) -> bytes:
    """Give the README of the tables: what is said of all of them, then each with what its columns hold."""
    optional = [f"`{table.file}`" for table in TABLES.values() if not table.is_required]
    said = text.decode().replace("[[optional]]", ", ".join(optional))
    parts = [
        f"## {table.file}\n\n{_tell(table)}\n\n<!-- columns: {name} -->\n<!-- end -->\n"
        for name, table in TABLES.items()
    ]
    return fill_columns("\n".join([said, *parts])).encode()


def _tell(table: DossierTable) -> str:
    """Say in a line what one row of a table is."""
    told = " ".join((table.model.__doc__ or "").split("\n\n")[0].split())
    return f"One row is {told[:1].lower()}{told[1:]}"


def _write_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _example_rows(table: DossierTable) -> bytes:
    """Give a table of the example under its whole header; nothing where the example has none."""
    path = example.FOLDER / table.file
    if not path.is_file():
        return b""
    rows = csv.DictReader(io.StringIO(read_plain(path).decode(), newline=""))
    return _write_rows(table.columns, ([row.get(column) or "" for column in table.columns] for row in rows))

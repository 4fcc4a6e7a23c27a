"""From cells of text to a typed frame, column by column, against the table's row model.

Cells are checked a column at a time, each distinct cell once, in one call of pydantic's a column: that is what makes
100,000 rows a matter of a second or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from briefing.dossier.cells import CellError, Count, Day, Latitude, Longitude, Truth, When
from briefing.dossier.csvfile import OWN, Sheet
from briefing.dossier.fit import are_fit
from briefing.dossier.tables import DossierTable
from briefing.errors import Problem, cure_for, quoted
from briefing.values.dates import parse_date


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """A column as its row model declares it."""

    name: str
    kind: Any
    is_required: bool
    rule: str
    meaning: str
    adapter: TypeAdapter[Any]


@cache
def columns_of(table: DossierTable) -> tuple[TypedColumn, ...]:
    """Give a table's columns, in the order of its file."""
    hints = get_type_hints(table.model, include_extras=True)
    columns = []
    for name, field in table.model.model_fields.items():
        bare = [kind for kind in get_args(hints[name]) if kind is not NoneType]
        kind = hints[name] if field.is_required() else bare[0]
        adapter: TypeAdapter[Any] = TypeAdapter(list[kind])  # type: ignore[valid-type]  # a type known at run time
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        rule, meaning = str(extra.get("rule", "D01")), field.description or ""
        columns.append(TypedColumn(field.alias or name, kind, field.is_required(), rule, meaning, adapter))
    return tuple(columns)


def read_rows(table: DossierTable, sheet: Sheet) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a sheet as rows of a table.

    The frame has one row a row of the file: the table's columns (text as text, numbers as floats, empty cells as
    missing), ``NAME_first`` and ``NAME_last`` beside each date, and ``row``, its number in the file. Each cell that
    breaks its column's rule is a problem, and missing in the frame. Behind them stand the curator's own columns.
    """
    own = {name: pd.array(cells, dtype="str") for name, cells in sheet.columns.items() if name.startswith(OWN)}
    if not (len(sheet.rows) or own):
        return _no_rows(table).copy(deep=False), []
    problems: list[Problem] = []
    series: dict[str, Any] = {}
    for column in columns_of(table):
        is_there = column.name in sheet.columns  # a column that the file lacks is a problem already, and empty here
        cells = sheet.columns[column.name] if is_there else ("",) * len(sheet.rows)
        at, distinct_cells = pd.factorize(np.asarray(cells, dtype=object))
        values, wrong = _check_cells(distinct_cells.tolist(), column)
        if wrong and is_there:
            rows = zip(sheet.rows, cells, strict=True)
            problems += [
                _problem(sheet.file, row, column.name, cell, wrong[cell]) for row, cell in rows if cell in wrong
            ]
        series |= {name: distinct.take(at) for name, distinct in _typed(column, values).items()}
    return pd.DataFrame({**series, **own, "row": np.array(sheet.rows, dtype="int64")}), problems


@cache
def _no_rows(table: DossierTable) -> pd.DataFrame:
    """Give the frame of a table without rows: most dossiers leave most tables empty, and each has many columns."""
    series = {name: cells for column in columns_of(table) for name, cells in _typed(column, []).items()}
    return pd.DataFrame({**series, "row": np.array([], dtype="int64")})


def _check_cells(cells: list[str], column: TypedColumn) -> tuple[list[Any], dict[str, CellError]]:
    """Check distinct cells; give their values (``None`` where empty or wrong) and what is wrong with which."""
    values: dict[str, Any] = dict.fromkeys(cells)
    wrong: dict[str, CellError] = {}
    if column.is_required and "" in values:
        cure = "Fill it in, or leave the row out"
        wrong[""] = CellError("is empty", "the column is required", cure, id=column.rule)
    filled = [cell for cell in cells if cell]
    if are_fit(filled, column.kind):
        values |= zip(filled, map(float, filled) if column.kind == Count else filled, strict=True)
        return list(values.values()), wrong
    try:
        checked = column.adapter.validate_python(filled)
    except ValidationError as error:
        told = error.errors(include_url=False)
        wrong |= {filled[int(one["loc"][0])]: _cell_error(one, column.kind) for one in told}
        filled = [cell for cell in filled if cell not in wrong]
        checked = column.adapter.validate_python(filled)
    values |= zip(filled, checked, strict=True)
    return list(values.values()), wrong


def _cell_error(told: Any, kind: Any) -> CellError:
    """Turn pydantic's account of a bad cell into ours."""
    cause = told.get("ctx", {}).get("error")
    if isinstance(cause, CellError):
        return cause
    choices = [str(choice) for choice in get_args(kind)]
    cure = cure_for(str(told["input"]), choices, otherwise="Choose one of these")
    return CellError(f"{quoted(str(told['input']))} is not a choice", f"choices are {', '.join(choices)}", cure)


def _typed(column: TypedColumn, values: Sequence[Any]) -> dict[str, Any]:
    """Make the arrays of a column; a date brings its first and last possible day."""
    if column.kind in (Count, Latitude, Longitude):
        return {column.name: np.array([np.nan if value is None else value for value in values], dtype="float64")}
    if column.kind == Truth:
        return {column.name: pd.array(list(values), dtype="boolean")}
    text = {column.name: pd.array(list(values), dtype="str")}
    if column.kind not in (When, Day):
        return text
    dates = [parse_date(value) if value else None for value in values]
    return text | {
        f"{column.name}_first": np.array([date and date.first for date in dates], dtype="datetime64[s]"),
        f"{column.name}_last": np.array([date and date.last for date in dates], dtype="datetime64[s]"),
    }


def _problem(file: str, row: int, column: str, cell: str, error: CellError) -> Problem:
    what = f"{column}: {error.what}" if cell else f"{column} {error.what}"
    value = cell if len(cell) <= 200 else cell[:200] + "..."
    return Problem(file, row, column, value, what, error.rule, error.cure, id=error.id)

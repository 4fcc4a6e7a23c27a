"""Rows as their models: typed values instead of frames, made once for a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

import pandas as pd

from briefing.dossier.columns import Row
from briefing.dossier.dossier import Dossier
from briefing.dossier.read_log import Reading
from briefing.dossier.tables import TABLES, Source

Model = TypeVar("Model", bound=Row)

#: Tables whose rows say less on an early day: what became of a judgement is hidden until it was decided.
_BY_DAY = frozenset({"judgements"})


def rows_of(dossier: Dossier, model: type[Model]) -> tuple[Model, ...]:
    """Give the rows of a table as values, in the order of the file."""
    return tuple(rows_by_id(dossier, model).values())


def rows_by_id(dossier: Dossier, model: type[Model]) -> Mapping[str, Model]:
    """Give the rows of a table as values by id, in the order of the file; where several columns are the key, by all."""
    rows: Mapping[str, Model] = dossier.frames.once(_picker(model), _table_of(model), with_reading=True)
    return rows


def rows_where(dossier: Dossier, model: type[Model], **asked: str | Iterable[str]) -> tuple[Model, ...]:
    """Give some rows of a table as values: those whose columns hold what is asked for, and no others are read."""
    return tuple(_make_rows(model, dossier.where(_table_of(model), **asked)).values())


def documents_of(dossier: Dossier) -> Mapping[str, Source]:
    """Give the sources that are known on the dossier's day, by id."""
    return rows_by_id(dossier, Source)


@cache
def _table_of(model: type[Row]) -> str:
    return next(name for name, table in TABLES.items() if table.model is model)


@cache
def _picker(model: type[Row]) -> Callable[[pd.DataFrame, Reading], dict[str, Any]]:
    """Give the one function that picks the rows of a table: what is made once is found again by its function."""
    table, make = _table_of(model), _maker(model)

    def pick(frame: pd.DataFrame, reading: Reading) -> dict[str, Any]:
        whole = frame if table in _BY_DAY else reading.frames[table]
        made = make(whole) if table in _BY_DAY else reading.memo.once(make, {table: whole})
        rows = (made[row] for row in frame["row"].tolist())
        return {"|".join(str(getattr(row, name)) for name in TABLES[table].key): row for row in rows}

    return pick


@cache
def _maker(model: type[Row]) -> Callable[[pd.DataFrame], dict[int, Any]]:
    return lambda frame: _make_rows(model, frame)


def _make_rows(model: type[Model], frame: pd.DataFrame) -> dict[int, Model]:
    """Make the rows of a table, by number in the file; the cells were checked when it was read."""
    names = {name: info.alias or name for name, info in model.model_fields.items()}
    cells = [_cells(frame[column]) for column in names.values()]
    rows = zip(*cells, strict=True)
    made = (model.model_construct(**dict(zip(names, row, strict=True))) for row in rows)
    return dict(zip(frame["row"].tolist(), made, strict=True))


def _cells(column: pd.Series) -> list[Any]:
    return [
        None if is_missing else cell for cell, is_missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]

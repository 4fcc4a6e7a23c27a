"""Rows as their models: typed values instead of frames, made once for a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from briefing.dossier.columns import Row
from briefing.dossier.dossier import Dossier
from briefing.dossier.read_log import Reading
from briefing.dossier.tables import TABLES, Source

Model = TypeVar("Model", bound=Row)

#: The places of rows in their whole table; ``None`` where all are meant.
Places: TypeAlias = "np.ndarray | None"

#: Tables whose rows say less on an early day: what became of a judgement is hidden until it was decided.
_BY_DAY = frozenset({"judgements"})


def rows_of(dossier: Dossier, model: type[Model]) -> tuple[Model, ...]:
    """Give the rows of a table as values, in the order of the file."""
    return tuple(rows_by_id(dossier, model).values())


def rows_by_id(dossier: Dossier, model: type[Model]) -> Mapping[str, Model]:
    """Give the rows of a table as values by id, in the order of the file; where several columns are the key, by all."""
    table = _table_of(model)
    rows: Mapping[str, Model]
    if table in _BY_DAY:
        rows = dossier.frames.once(_reader(model), table)
    else:
        rows = dossier.frames.once_of_rows(_picker(model), table)
    return rows


def rows_where(dossier: Dossier, model: type[Model], **asked: str | Iterable[str]) -> tuple[Model, ...]:
    """Give some rows of a table as values: those whose columns hold what is asked for, and no others are read."""
    table, frames = _table_of(model), dossier.frames
    if frames.is_edited(table):
        return tuple(_make_rows(model, dossier.where(table, **asked)))
    wanted = {column: (cells,) if isinstance(cells, str) else tuple(cells) for column, cells in asked.items()}
    places, rows = frames.places(table, wanted), make_rows(frames.reading, model)
    return tuple(rows if places is None else [rows[place] for place in places])


def make_rows(reading: Reading, model: type[Model]) -> Sequence[Model]:
    """Give the rows of a whole table as values, in the order of the file; they are made once."""
    rows: Sequence[Model] = reading.memo.once(_maker(model), {_table_of(model): reading.frames[_table_of(model)]})
    return rows


def documents_of(dossier: Dossier) -> Mapping[str, Source]:
    """Give the sources that are known on the dossier's day, by id."""
    return rows_by_id(dossier, Source)


@cache
def _table_of(model: type[Row]) -> str:
    return next(name for name, table in TABLES.items() if table.model is model)


@cache
def _picker(model: type[Row]) -> Callable[[Places, Reading], dict[str, Any]]:
    """Give the one function that picks the rows of a table: what is made once is found again by its function."""

    def pick(places: Places, reading: Reading) -> dict[str, Any]:
        rows = make_rows(reading, model)
        keys = reading.memo.once(_keyer(model), {_table_of(model): rows})
        return {keys[place]: rows[place] for place in (range(len(rows)) if places is None else places.tolist())}

    return pick


@cache
def _reader(model: type[Row]) -> Callable[[pd.DataFrame], dict[str, Any]]:
    """Give the one function that reads the rows of a table as they stood on the day."""

    def read(frame: pd.DataFrame) -> dict[str, Any]:
        rows = _make_rows(model, frame)
        return dict(zip(_key_rows(model, rows), rows, strict=True))

    return read


@cache
def _maker(model: type[Row]) -> Callable[[pd.DataFrame], list[Any]]:
    return lambda frame: _make_rows(model, frame)


@cache
def _keyer(model: type[Row]) -> Callable[[Sequence[Any]], list[str]]:
    return lambda rows: _key_rows(model, rows)


def _make_rows(model: type[Model], frame: pd.DataFrame) -> list[Model]:
    """Make the rows of a table, in their order; the cells were checked when it was read."""
    names = {name: info.alias or name for name, info in model.model_fields.items()}
    cells = [_cells(frame[column]) for column in names.values()]
    rows: list[Any] = [model.model_construct(**dict(zip(names, row, strict=True))) for row in zip(*cells, strict=True)]
    return rows


def _key_rows(model: type[Row], rows: Sequence[Row]) -> list[str]:
    key = TABLES[_table_of(model)].key
    return ["|".join(str(getattr(row, name)) for name in key) for row in rows]


def _cells(column: pd.Series) -> list[Any]:
    return [
        None if is_missing else cell for cell, is_missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]

"""Rows as their models: typed values instead of frames, made once for a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar

import pandas as pd

from briefing.dossier.as_of import SEALED, moment_of
from briefing.dossier.columns import Row
from briefing.dossier.cut import Cut, list_cells
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
    table = _table_of(model)
    pick = _picker(model, dossier.as_of if table in _BY_DAY else None)
    rows: Mapping[str, Model] = dossier.frames.once_of_cells(pick, table)
    return rows


def rows_where(dossier: Dossier, model: type[Model], **asked: str | Iterable[str]) -> tuple[Model, ...]:
    """Give some rows of a table as values: those whose columns hold what is asked for, and no others are read."""
    table, frames = _table_of(model), dossier.frames
    if frames.is_edited(table):
        return tuple(_make_rows(model, dossier.where(table, **asked)))
    wanted = {column: (cells,) if isinstance(cells, str) else tuple(cells) for column, cells in asked.items()}
    places, rows = frames.places(table, wanted), make_all_rows(frames.reading, model)
    return tuple(rows if places is None else [rows[place] for place in places])


def make_all_rows(reading: Reading, model: type[Model]) -> Sequence[Model]:
    """Give the rows of a whole table as values, in the order of the file; they are made once."""
    rows: Sequence[Model] = reading.memo.once(_maker(model), {_table_of(model): reading.frames[_table_of(model)]})
    return rows


def documents_of(dossier: Dossier) -> Mapping[str, Source]:
    """Give the sources that are known on the dossier's day, by id."""
    return rows_by_id(dossier, Source)


@cache
def _table_of(model: type[Row]) -> str:
    return next(name for name, table in TABLES.items() if table.model is model)


@lru_cache(maxsize=256)
def _picker(model: type[Row], day: dt.date | None) -> Callable[[Cut], dict[str, Any]]:
    """Give the one function that picks the rows of a table: what is made once is found again by its function."""

    def pick(cut: Cut) -> dict[str, Any]:
        rows: Sequence[Row] = make_all_rows(cut.reading, model)
        keys = cut.reading.memo.once(_keyer(model), {cut.table: rows})
        places = range(len(rows)) if cut.places is None else cut.places.tolist()
        if day is not None:
            ends = cut.reading.moments(cut.table, "resolved_on_last") <= moment_of(day).to_datetime64()
            rows = [row if is_told else _seal(row) for row, is_told in zip(rows, ends.tolist(), strict=True)]
        return {keys[place]: rows[place] for place in places}

    return pick


def _seal(row: Row) -> Row:
    """Give a judgement that is decided only later as it stood then: open."""
    told = dict.fromkeys(name for name in SEALED if name in type(row).model_fields)
    return row.model_copy(update={**told, "outcome": "open"})


@cache
def _maker(model: type[Row]) -> Callable[[pd.DataFrame], list[Any]]:
    return lambda frame: _make_rows(model, frame)


@cache
def _keyer(model: type[Row]) -> Callable[[Sequence[Any]], list[str]]:
    return lambda rows: _key_rows(model, rows)


def _make_rows(model: type[Model], frame: pd.DataFrame) -> list[Model]:
    """Make the rows of a table, in their order; the cells were checked when it was read."""
    names = {name: info.alias or name for name, info in model.model_fields.items()}
    cells = [list_cells(frame[column]) for column in names.values()]
    rows: list[Any] = [model.model_construct(**dict(zip(names, row, strict=True))) for row in zip(*cells, strict=True)]
    return rows


def _key_rows(model: type[Row], rows: Sequence[Row]) -> list[str]:
    key = TABLES[_table_of(model)].key
    return ["|".join(str(getattr(row, name)) for name in key) for row in rows]

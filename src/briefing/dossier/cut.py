"""A table cut to the rows that are shown, a column at a time: what a verb makes of a few cells needs no frame."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

#: The places of rows in their whole table, from 0; ``None`` where all are meant.
Places: TypeAlias = "np.ndarray | None"


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The rows of a table that are shown; ``cut["claim_id"]`` gives the cells of a column, ``None`` where one is empty.

    Nobody changes what it gives.
    """

    reading: Any  #: the whole tables (`read_log.Reading`)
    table: str
    places: Places
    edited: Collection[str] = ()  #: the columns whose cells have changed since the day
    frame: Callable[[], pd.DataFrame] | None = None  #: gives the rows as they stood then

    def __len__(self) -> int:
        return len(self.reading.frames[self.table]) if self.places is None else len(self.places)

    def __getitem__(self, column: str) -> Sequence[Any]:
        if self.frame is not None and column in self.edited:
            return list_cells(self.frame()[column])
        cells: Sequence[Any] = self.reading.cells(self.table, column)
        return cells if self.places is None else [cells[place] for place in self.places.tolist()]

    def rows(self, *columns: str) -> Iterable[tuple[Any, ...]]:
        """Give the cells of some columns, row by row."""
        return zip(*(self[column] for column in columns), strict=True)


def list_cells(column: pd.Series) -> list[Any]:
    """Give the cells of a column as plain values, ``None`` where one is empty."""
    cells = column.tolist()
    missing = column.isna()
    if not missing.any():
        return cells
    return [None if is_missing else cell for cell, is_missing in zip(cells, missing.tolist(), strict=True)]

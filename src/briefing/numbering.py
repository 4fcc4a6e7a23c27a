"""Numbers of cells: the one place that counts them, as an editor shows the notebook to its author, from 1.

A run puts a cell of parameters into the notebook that its author never wrote. It is not counted: what goes wrong in it
is told of the cell before it, which declares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

#: The tag of the cell that papermill puts in.
INJECTED = "injected-parameters"


def number_cells(cells: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Give the cells of a notebook, run or not, each with its number.

    Examples
    --------
    >>> cells = [{"metadata": {"tags": tags}} for tags in (["parameters"], ["injected-parameters"], [])]
    >>> [number for number, _ in number_cells(cells)]
    [1, 1, 2]
    """
    number = 0
    for cell in cells:
        number += not is_injected(cell)
        yield number, cell


def is_injected(cell: Mapping[str, Any]) -> bool:
    """Whether a cell was put in by a run."""
    return INJECTED in (cell.get("metadata", {}).get("tags") or ())

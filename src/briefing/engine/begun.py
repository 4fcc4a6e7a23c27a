"""Which cell a kernel has begun, noted where it outlives the kernel.

All cells are sent to a kernel at once. One that is killed in a cell takes with it what it was about to say of the cells
before, and whoever waits for that would blame one of them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: The file in a kernel's room that holds the number of the cell.
_FILE = "begun"


def note_cells(shell: Any, room: Path) -> None:
    """Have an IPython shell note the number of each cell that it begins, which what runs inside one does not change."""
    file = os.open(room / _FILE, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def note(_: Any) -> None:
        os.pwrite(file, f"{shell.execution_count:08}".encode(), 0)

    shell.events.register("pre_run_cell", note)


def find_begun(room: Path, sent: Sequence[int], *, known: int) -> int:
    """Find the cell that a kernel had begun when it ended, among those that were sent; `known` is the one heard of.

    Examples
    --------
    >>> find_begun(Path("/nowhere"), [1, 3, 4], known=3)
    3
    """
    try:
        number = int((room / _FILE).read_bytes())
    except (OSError, ValueError):  # another kernel than ours, or one that began nothing
        return known
    return max(known, sent[min(number, len(sent)) - 1]) if number and sent else known

"""The bars: what the figures of the benchmarks are to be, and where a run writes down what it measured.

A script that measures one of them calls ``note``; ``python bench/table.py`` prints them all beside their bars.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

#: Names the file in which the scripts of one run write their figures, a line each.
FIGURES_VARIABLE = "BENCH_FIGURES"


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure is to be at least or at most, and what it might be one day.

    ``before`` is what was measured before anybody worked at it.
    """

    figure: str
    before: str
    bar: float
    aim: float
    unit: str
    is_floor: bool = False

    def is_kept(self, measured: float) -> bool:
        """Say whether a figure is on the right side of the bar."""
        return measured >= self.bar if self.is_floor else measured <= self.bar


BARS = {
    "batch, with JupyterLab": Bar(
        "batch of 100 situations, the peers' throughput", "24", 40, 60, "times", is_floor=True
    ),
    "batch, without": Bar("  the same without JupyterLab", "14.5", 25, 35, "times", is_floor=True),
    "cold, with JupyterLab": Bar("one cold render, of the peers' time", "0.31", 0.25, 0.18, ""),
    "cold, without": Bar("  the same without JupyterLab", "0.61", 0.40, 0.30, ""),
    "row in the preview": Bar("an edited row, from the save to the page in preview", "-", 1, 0.5, "s"),
    "sentence in the preview": Bar("an edited sentence, the same", "-", 1, 0.5, "s"),
    "cells": Bar("cells of a warm situation, of a processor", "0.35 to 0.6", 0.20, 0.12, "s"),
    "unchanged": Bar("1,000 editions, nothing changed", "0.50", 0.40, 0.25, "s"),
    "unchanged after a row": Bar("  the same after one row was edited and built", "16 to 30", 0.50, 0.30, "s"),
    "check": Bar("briefing check of 50,000 claims", "over 300", 5, 3, "s"),
    "read": Bar("100,000 claims read and checked", "2.7", 1.5, 1.0, "s"),
    "read, memory": Bar("  memory at the peak", "292", 400, 400, "MB"),
    "notebooks": Bar("50,000 claims: the slowest of the five notebooks", "270", 10, 4, "s"),
    "notebooks, memory": Bar("  memory at the peak", "1,050", 1_500, 1_500, "MB"),
    "growth": Bar("growth of the worst verb, of n log n", "-", 1.5, 1.0, ""),
    "memory of a desk": Bar("memory after 1,000 rounds of a desk, over that after 10", "1.03", 1.05, 1.0, ""),
    "memory of a press": Bar("memory after 1,000 editions of a worker, over that after 10", "1.00", 1.05, 1.0, ""),
}


def note(name: str, measured: float) -> None:
    """Write a figure down for the table, where one is to be printed."""
    if name not in BARS:
        raise KeyError(f"bench/bars.py: no bar is named {name!r}. Add it there.")
    if path := os.environ.get(FIGURES_VARIABLE):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps([name, measured]) + "\n")


def read_figures(path: Path) -> dict[str, float]:
    """Read what the scripts of a run have measured; of a figure measured twice the later one counts."""
    return dict(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())

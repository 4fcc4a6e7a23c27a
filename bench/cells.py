"""What the cells of a warm edition cost: seconds of a processor in its kernel, from the first cell to the last.

Run it with ``python bench/cells.py``. It starts a warm parent as the press does, has it fork a kernel for each of some
editions of ``situation`` (19 December 2022), and prints the median of what their cells took and the dearest cells,
beside the bar. ``--profile`` prints instead which functions take the time: the profiler itself doubles it. No test
asserts on it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
from bars import note

from briefing.engine.environment import name_environment
from briefing.engine.launcher import WarmParent
from briefing.engine.run import run_notebook

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
DAY = "2022-12-19"
TIMES, BAR = 11, 0.20

#: How many of the cells, and of the functions, are printed.
DEAREST = 10

#: Run before all cells and behind them: notes the kernel's time before each.
BEFORE = """
import time as _time
_begun = []
get_ipython().events.register("pre_run_cell", lambda info: _begun.append(_time.process_time()))
"""
AFTER = """
import json as _json
print(_json.dumps(_begun))
"""

#: The same for a profile of all cells.
PROFILE_BEFORE = """
import cProfile as _c
_profile = _c.Profile()
get_ipython().events.register("pre_run_cell", lambda info: _profile.enable())
get_ipython().events.register("post_run_cell", lambda info: _profile.disable())
"""
PROFILE_AFTER = f"""
import io as _io, pstats as _p
_made = _io.StringIO()
_p.Stats(_profile, stream=_made).sort_stats("cumulative").print_stats("briefing|altair|pandas", {DEAREST * 8})
_p.Stats(_profile, stream=_made).sort_stats("tottime").print_stats({DEAREST * 4})
print(_made.getvalue())
"""


def wrap(source: str, before: str, after: str) -> str:
    """Give a notebook's text with a cell before all others, and one behind them."""
    reads: Any = nbformat
    notebook = reads.reads(source, as_version=4)
    cells = [reads.v4.new_code_cell(text) for text in (before, after)]
    notebook.cells = [cells[0], *notebook.cells, cells[1]]
    return str(reads.writes(notebook))


def run_edition(parent: WarmParent, source: str, notebook: Path, data: Path, day: str) -> str:
    """Run an edition as the press does; give what its last cell prints."""
    made = run_notebook(
        source,
        {"as_of": day},
        folder=notebook.parent,
        environment=name_environment(data=data),
        parent=parent.orders,
        reads=[],
    )
    return str(made.cells[-1].outputs[0].text)


def name_cells(source: str) -> list[str]:
    """Give the last line of each cell of code, and one for the cell that the press puts in."""
    cells = [cell.source.strip() for cell in nbformat.reads(source, as_version=4).cells if cell.cell_type == "code"]
    names = [next(line for line in reversed(cell.splitlines()) if line[:1] not in " )]") for cell in cells]
    at = next(at for at, cell in enumerate(cells) if cell.startswith("as_of"))
    return [*names[: at + 1], "(parameters)", *names[at + 1 :]]


def measure(source: str, notebook: Path, data: Path, day: str, times: int) -> list[list[float]]:
    """Give, for each edition, the seconds of each of its cells."""
    with contextlib.closing(WarmParent(data=data, environment=name_environment(data=data))) as parent:
        if not parent.is_warm():
            sys.exit(f"there is no warm parent: {parent.why_cold()}")
        begun = [json.loads(run_edition(parent, source, notebook, data, day)) for _ in range(times + 1)]
    return [[later - earlier for earlier, later in pairwise(one)] for one in begun[1:]]


def print_profile(source: str, notebook: Path, data: Path, day: str) -> None:
    """Print which functions take the time of one edition."""
    with contextlib.closing(WarmParent(data=data, environment=name_environment(data=data))) as parent:
        print(run_edition(parent, wrap(source, PROFILE_BEFORE, PROFILE_AFTER), notebook, data, day))


def main() -> None:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description="What the cells of a warm edition cost.")
    parser.add_argument("--notebook", default="situation", help="its name in notebooks/ (default: %(default)s)")
    parser.add_argument("--day", default=DAY, help="the day of the edition (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=DATA, help="the dossier (default: the first one)")
    parser.add_argument("--times", type=int, default=TIMES, help="how many editions (default: %(default)s)")
    parser.add_argument("--profile", action="store_true", help="print which functions take the time")
    asked = parser.parse_args()
    notebook = ROOT / "notebooks" / f"{asked.notebook}.ipynb"
    source = notebook.read_text(encoding="utf-8")
    if asked.profile:
        print_profile(source, notebook, asked.data, asked.day)
        return
    taken = measure(wrap(source, BEFORE, AFTER), notebook, asked.data, asked.day, asked.times)
    cells = [statistics.median(seconds) for seconds in zip(*taken, strict=True)]
    for seconds, name in sorted(zip(cells, name_cells(source), strict=True), reverse=True)[:DEAREST]:
        print(f"{seconds:7.3f} s  {name[:90]}")
    sums = [sum(seconds) for seconds in taken]
    median, verdict = statistics.median(sums), "kept" if statistics.median(sums) <= BAR else "MISSED"
    print(
        f"cells of {asked.notebook}, median of {len(sums)}: {median:.3f} s of a processor (least {min(sums):.3f})",
        end="",
    )
    print(f"   (bar {BAR:.2f} s)  {verdict}")
    if asked.notebook == "situation":
        note("cells", median)


if __name__ == "__main__":
    main()

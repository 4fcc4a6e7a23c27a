"""How the verbs of the five notebooks, and their pages, grow with a dossier: at most n log n, up to 50,000 claims.

Run it with ``python bench/growth.py``. It prints how many seconds of a processor each verb takes on 1,000, 10,000 and
50,000 claims, how its work grew from 10,000 to 50,000, and what it costs to render each notebook from 50,000 claims:
seconds of all processes, the largest one's memory, the bytes of the page. It judges; no test asserts on time.
"""

from __future__ import annotations

import ast
import csv
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bars import note

import briefing
from briefing.blocks.blocks import Block
from briefing.dossier.files import DATA_VARIABLE
from briefing.dossier.tables import TABLES

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"

#: So many echoes share a document, a day and whatever else is no claim.
SHARED = 4
#: Every so many echoes, claims are about the very quantity of the first ones, which thus gets hundreds of rivals; one
#: that a single claim speaks of stays alone, for notebooks that name it compare that claim with others.
RIVAL = 4
#: What an echo repeats each time, and what it repeats with its document.
CLAIMED, SAID = ("deployments", "transfers", "losses"), ("sources", "quotes", "events")
ECHOED = (*CLAIMED, *SAID, "quantities")
#: Echoes are of some months before the first claims: so many at most, and so many more from document to document.
MONTHS, STRIDE = 96, 37

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")

Rows = dict[str, list[dict[str, str]]]


def write_echoes(folder: Path, *, claims: int, data: Path = DATA) -> Path:
    """Write a dossier with so many claims: its own, and echoes of them at other days and places, by other claimants."""
    first = {name: _read(data / table.file) for name, table in TABLES.items()}
    own = sum(len(first[name]) for name in ("deployments", "transfers", "losses"))
    echoes = max(0, -(-(claims - own) // own))
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        rows = [*first[name], *(row for at in range(1, echoes + 1) for row in _echo(first, name, at))]
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    outlines = data / "outlines.json"
    if outlines.exists():
        (folder / outlines.name).write_bytes(outlines.read_bytes())
    return folder


def _read(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _echo(first: Rows, name: str, at: int) -> Iterator[dict[str, str]]:
    """Give the rows of a table that an echo adds: claims each time; documents, and what else they say, more seldom."""
    if name not in ECHOED or (name in SAID and at % SHARED):
        return
    claimants, rivals = (_count_cells(first, column) for column in ("claimant_id", "quantity_id"))
    towns = {place["place_id"]: place["country"] for place in first["places"]}
    for row in first[name]:
        is_old = at % RIVAL == 0 and rivals.get(row.get("quantity_id", ""), 0) > 1
        if name == "quantities" and is_old:
            continue
        echo = {column: _renew(column, cell, at) for column, cell in row.items()}
        if "quantity_id" in row:
            echo["quantity_id"] = row["quantity_id"] + ("" if is_old else f"-{at}")
        if "claimant_id" in row:
            echo["claimant_id"] = _turn(list(claimants), row["claimant_id"], at)
        for column in ("place_id", "place_from", "place_to"):
            if name in CLAIMED and row.get(column):
                near = [place for place, country in towns.items() if country == towns[row[column]]]
                echo[column] = _turn(near, row[column], at)
        yield echo


def _renew(column: str, cell: str, at: int) -> str:
    """Write a cell of an echo: keys are new, days are earlier, words and numbers stay as they were."""
    group = at // SHARED
    match column:
        case _ if not cell:
            return cell
        case "claim_id" | "part_of" | "supersedes" | "same_as_candidate" | "quote_id" | "event_id":
            return f"{cell}-{at}"
        case "title":
            return f"{cell} ({at})"
        case "source_id" | "origin_id":
            return f"{cell}-{group * SHARED}" if group else cell
        case "url":
            return f"{cell}#{at}"
        case "date" | "period" | "published" | "relays" | "retracted_on":
            return _MONTH.sub(lambda month: _months_before(month, group * STRIDE % MONTHS), cell)
    return cell


def _months_before(month: re.Match[str], months: int) -> str:
    """Write a month, or a day of it, so many months earlier; every month has 28 days."""
    year, index = divmod(int(month[1]) * 12 + int(month[2]) - 1 - months, 12)
    return f"{year}-{index + 1:02}" + (f"-{min(int(month[3]), 28):02}" if month[3] else "")


def _count_cells(first: Rows, column: str) -> Counter[str]:
    return Counter(row[column] for name in CLAIMED for row in first[name])


def _turn(names: list[str], name: str, at: int) -> str:
    """Give the name that stands so many places behind another, in a ring."""
    return names[(names.index(name) + at) % len(names)]


# --- the verbs --------------------------------------------------------------------------------------------------

#: The notebooks, and how many claims a dossier has that their verbs are timed on.
NOTEBOOKS = ("situation", "deployments", "transfers", "statements", "sourcing")
SIZES = (1_000, 10_000, 50_000)

#: How noisy a measure may be, and from how many seconds on it says anything of one verb.
ROOM, LEAST = 1.5, 0.05
#: How often all verbs are timed; the least of each counts.
ROUNDS = 3


def time_verbs(data: Path) -> dict[str, float]:
    """Run the cells of the notebooks in this process; give the seconds of a processor that each verb took in them."""
    os.environ[DATA_VARIABLE] = str(data)
    taken: Counter[str] = Counter()
    for notebook in NOTEBOOKS:
        cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
        names: dict[str, object] = {"b": _Timed(taken)}
        for cell in cells:
            if cell["cell_type"] == "code":
                _run("".join(cell["source"]).replace("import briefing as b", ""), names, taken)
    return dict(taken)


class _Timed:
    """The vocabulary, each verb of which notes how long it takes; what a verb calls inside is its own."""

    def __init__(self, taken: Counter[str]) -> None:
        self._taken = taken

    def __getattr__(self, name: str) -> object:
        verb = getattr(briefing, name)

        def timed(*args: Any, **given: Any) -> Any:
            start = time.process_time()
            try:
                return verb(*args, **given)
            finally:
                self._taken[name] += time.process_time() - start

        return timed if callable(verb) else verb


def _run(source: str, names: dict[str, object], taken: Counter[str]) -> None:
    """Run a cell as a kernel does: what its last line gives is shown."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if isinstance(last, ast.Expr):
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        start = time.process_time()
        if isinstance(shown, Block):
            json.dumps(shown._repr_mimebundle_())
        taken["(what a kernel is shown)"] += time.process_time() - start


def _tell_verbs(folders: dict[int, Path]) -> None:
    """Print a row a verb, and judge each, and all of them."""
    taken = {size: _least_of(ROUNDS, folder) for size, folder in folders.items()}
    print(f"{'seconds of a processor':<28}" + "".join(f"{size:>10,}" for size in SIZES) + f"{'growth':>10}")
    names = sorted(taken[SIZES[-1]], key=lambda name: -taken[SIZES[-1]][name])
    bar = SIZES[-1] * math.log(SIZES[-1]) / (SIZES[-2] * math.log(SIZES[-2])) * ROOM
    worst = 0.0
    for name in ("all", *names):
        row = [sum(taken[size].values()) if name == "all" else taken[size].get(name, 0.0) for size in SIZES]
        grown = row[-1] / row[-2] if row[-2] else 0.0
        is_judged = row[-1] >= LEAST * bar
        worst = max(worst, grown if is_judged else 0)
        verdict = _judge(grown <= bar) if is_judged else "-"
        print(f"{name:<28}" + "".join(f"{cell:>10.3f}" for cell in row) + f"{grown:>10.1f}  {verdict}")
    note("growth", worst / bar * ROOM)
    print(f"the bar: from {SIZES[-2]:,} to {SIZES[-1]:,} claims at most {bar:.1f} times the time: n log n, and noise")


def _least_of(rounds: int, folder: Path) -> dict[str, float]:
    """Time the verbs anew, each round in a process of its own; of each verb give the least: what is more is noise."""
    told = [_in_a_process("verbs", folder) for _ in range(rounds)]
    return {name: min(one.get(name, math.inf) for one in told) for name in told[0]}


def _in_a_process(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, what, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


# --- the pages --------------------------------------------------------------------------------------------------


def render(data: Path, notebook: str) -> dict[str, float]:
    """Render a notebook by the command line; give the seconds and memory of its processes, and its size."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        program = Path(sys.executable).with_name("briefing")
        command = [program, "render", notebook, "--data", data, "--out", out, "--quiet"]
        ran = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        clock = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        pages = [page for page in Path(out, notebook).rglob("*.html") if re.search(r"\d\.html$", page.name)]
        size = max((page.stat().st_size for page in pages), default=0)
    if ran.returncode:
        print(ran.stderr[-500:], file=sys.stderr)
    seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return {"clock": clock, "seconds": seconds, "MB": memory, "kB": size / 1000, "code": ran.returncode}


def _tell_pages(folder: Path) -> None:
    heads = ("seconds", "processor", "MB", "page, kB")
    print(f"\n{'pages of ' + format(SIZES[-1], ',') + ' claims':<28}" + "".join(f"{head:>10}" for head in heads))
    told = {notebook: _in_a_process(notebook, folder) for notebook in NOTEBOOKS}
    for notebook, one in told.items():
        is_kept = one["clock"] < 10 and one["MB"] < 1500 and not one["code"]
        seconds = f"{one['clock']:>10.1f}{one['seconds']:>10.1f}"
        print(f"{notebook:<28}{seconds}{one['MB']:>10,.0f}{one['kB']:>10,.0f}  {_judge(is_kept)}")
    note("notebooks", max(one["clock"] for one in told.values()))
    note("notebooks, memory", max(one["MB"] for one in told.values()))
    print("the bar: 10 s, 1,500 MB, and a page within its budget, without which there is none")


def _judge(is_kept: bool) -> str:
    return "kept" if is_kept else "MISSED"


def main() -> None:
    """Print both tables, or measure one thing in this process for them."""
    if len(sys.argv) > 2:
        what, folder = sys.argv[1], Path(sys.argv[2])
        print(json.dumps(time_verbs(folder) if what == "verbs" else render(folder, what)))
        return
    with tempfile.TemporaryDirectory() as room:
        folders = {size: write_echoes(Path(room) / str(size), claims=size) for size in SIZES}
        _tell_verbs(folders)
        _tell_pages(folders[SIZES[-1]])


if __name__ == "__main__":
    main()

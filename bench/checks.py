"""How long checking takes as claims grow: ten times the claims may take ten times as long, and little more.

Run it with ``python bench/checks.py``. It prints a table, a row a rule, and judges how each grows from 10,000 to 50,000
claims against n log n; then how long the command ``briefing check`` takes for 50,000, whole, against its bar of 5 s. No
test asserts on time. The seconds are those of the processor. All claims count one item at one place, in two hundred
quantities over eight years: that is where claims meet most others. The command also checks the dossier that
``read_dossier.py`` makes up, in which every claim breaks some rule. With ``--whole`` it does only that.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bars import note
from read_dossier import write_generated

from briefing.checks.registry import DOSSIER_RULES
from briefing.dossier.claims import gather
from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.example import FOLDER
from briefing.dossier.reading import pause_collector
from briefing.dossier.tables import TABLES

SIZES = (1_000, 10_000, 50_000)
QUANTITIES = 200
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2031, 12, 19)

#: How noisy a measure may be: a machine that does other things beside is no quadratic loop.
ROOM = 1.5

#: What takes less is lost in that noise, and its growth is not judged.
LEAST = 0.05

#: Seconds of a processor that the whole command may take for the most claims, and rounds of which the best counts.
BAR, ROUNDS = 5.0, 3

COMMAND = str(Path(sys.executable).with_name("briefing"))


def write_crowded(folder: Path, *, claims: int) -> Path:
    """Write the example dossier with so many deployments more, all of them guards on one quay."""
    chance = random.Random(1)
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    sources = [row["source_id"] for row in csv.DictReader((folder / "sources.csv").open(encoding="utf-8"))]
    quantities = [{"quantity_id": f"made-{at}", "title": f"Made-up quantity {at}"} for at in range(QUANTITIES)]
    _append(folder, "quantities", quantities)
    _append(folder, "deployments", [_guards(at, chance, chance.choice(sources)) for at in range(claims)])
    return folder


def _append(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / TABLES[table].file).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, TABLES[table].columns, restval="", lineterminator="\n").writerows(rows)


def _guards(at: int, chance: random.Random, source: str) -> dict[str, str]:
    day = FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days))
    number = str(chance.randrange(100, 90_000))
    rated = {"credibility": "1", "credibility_basis": "Two lists agree"} if at % 3 == 0 else {}
    part = {"part_of": f"made-{at - 1}"} if at % 7 == 1 else {}
    return {
        "claim_id": f"made-{at}", "quantity_id": f"made-{at % QUANTITIES}", "date": day.isoformat(),
        "force": "veldania", "host": "corvia", "place_id": "north-quay", "item": "guards", "best": number,
        "qualifier": "about", "unit": "persons", "status": "present", "claimant_id": "harbour-watch",
        "source_id": source, "wording": f"about {number} guards", **rated, **part,
    }  # fmt: skip


def measure(dossier: Dossier) -> dict[str, float]:
    """Time what making the claims takes, and each rule, in seconds of the processor."""
    taken = {"claims": _seconds(lambda: gather(dossier).claims)}
    for rule in DOSSIER_RULES:
        taken[f"{rule.id} {rule.find.__name__}"] = _seconds(lambda rule=rule: rule.check(dossier))
    return taken


def _seconds(do: Callable[[], object]) -> float:
    with pause_collector():  # as the command does
        start = time.process_time()
        do()
        return time.process_time() - start


def run_command(folder: Path) -> tuple[float, float]:
    """Check a folder with the command: seconds of the processor and of the clock."""
    begun = time.perf_counter()
    with (folder.parent / "told.txt").open("wb") as told:
        process = subprocess.Popen([COMMAND, "check", str(folder)], stdout=told)
        _, _, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun


def main() -> None:
    """Print the table, and judge the growth and the command."""
    with tempfile.TemporaryDirectory() as room:
        if "--whole" not in sys.argv:
            folders = {size: write_crowded(Path(room) / str(size), claims=size) for size in SIZES}
            _print_rules({size: measure(read_dossier(folder, as_of=str(LAST))) for size, folder in folders.items()})
        taken = []
        for name, write in (("crowded", write_crowded), ("generated", write_generated)):
            folders = {size: write(Path(room) / f"{name}-{size}", claims=size) for size in SIZES}
            taken.append(_print_command(name, folders))
        note("check", max(taken))


def _print_rules(taken: dict[int, dict[str, float]]) -> None:
    print(f"{'seconds':<30}" + "".join(f"{size:>10,}" for size in SIZES) + f"   {'times (bar ' + _bar() + ')'}")
    totals = {size: sum(rules.values()) for size, rules in taken.items()}
    for name in (*taken[SIZES[0]], "all"):
        row = [taken[size].get(name, totals[size]) for size in SIZES]
        is_judged = row[-1] >= LEAST
        grown = f"   {row[-1] / row[-2]:.1f}  {_judge(row[-1] <= row[-2] * float(_bar()))}" if is_judged else ""
        print(f"{name:<30}" + "".join(f"{seconds:>10.3f}" for seconds in row) + grown)


def _print_command(name: str, folders: dict[int, Path]) -> float:
    """Print what the command takes by size; give the seconds of the largest."""
    for size, folder in folders.items():
        seconds, clock = min(run_command(folder) for _ in range(ROUNDS))
        judged = f"(bar {BAR:.0f} s)  {_judge(seconds <= BAR)}" if size == SIZES[-1] else ""
        print(f"check, {name}, {size:,} claims: {seconds:.2f} s of a processor, {clock:.2f} s by the clock  {judged}")
    return seconds


def _bar() -> str:
    """Say how many times as long the last size may take as the one before it."""
    return f"{_n_log_n(SIZES[-1]) / _n_log_n(SIZES[-2]) * ROOM:.1f}"


def _n_log_n(size: int) -> float:
    return size * math.log(size)


def _judge(is_kept: bool) -> str:
    return "kept" if is_kept else "MISSED"


if __name__ == "__main__":
    main()

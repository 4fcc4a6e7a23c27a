"""How long the rules over rows take as claims grow: ten times the claims may take ten times as long, and little more.

Run it with ``python bench/checks.py``. It prints a table, a row a rule, and judges how all rules grow from 10,000 to
50,000 claims against n log n; no test asserts on time. The seconds are those of the processor. All claims count one
item at one place, in two hundred quantities over eight years: that is where claims meet most others.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from briefing.checks.registry import DOSSIER_RULES
from briefing.dossier.claims import gather
from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.example import FOLDER
from briefing.dossier.tables import TABLES

SIZES = (1_000, 10_000, 50_000)
QUANTITIES = 200
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2031, 12, 19)

#: How noisy a measure may be: a machine that does other things beside is no quadratic loop.
ROOM = 1.5


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
    start = time.process_time()
    do()
    return time.process_time() - start


def main() -> None:
    """Print the table, and judge the growth."""
    with tempfile.TemporaryDirectory() as room:
        folders = {size: write_crowded(Path(room) / str(size), claims=size) for size in SIZES}
        taken = {size: measure(read_dossier(folder, as_of=str(LAST))) for size, folder in folders.items()}
    print(f"{'seconds':<30}" + "".join(f"{size:>10,}" for size in SIZES))
    for name in taken[SIZES[0]]:
        print(f"{name:<30}" + "".join(f"{taken[size][name]:>10.3f}" for size in SIZES))
    totals = [sum(taken[size].values()) for size in SIZES]
    print(f"{'all':<30}" + "".join(f"{total:>10.3f}" for total in totals))
    grown, bar = totals[-1] / totals[-2], _n_log_n(SIZES[-1]) / _n_log_n(SIZES[-2]) * ROOM
    step = f"from {SIZES[-2]:,} to {SIZES[-1]:,} claims"
    print(f"{step}: {grown:.1f} times the time (bar {bar:.1f})  {_judge(grown <= bar)}")


def _n_log_n(size: int) -> float:
    return size * math.log(size)


def _judge(is_kept: bool) -> str:
    return "kept" if is_kept else "MISSED"


if __name__ == "__main__":
    main()

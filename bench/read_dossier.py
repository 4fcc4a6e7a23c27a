"""How long it takes to read and check a dossier, and how much memory.

Run it with ``python bench/read_dossier.py``. The bars: the shipped dossier under 0.3 s warm; 100,000 generated claims
under 1.5 s (the aim is 1 s) and 400 MB. It prints and judges; no test asserts on time. Reading has one thread, so that
the seconds of the processor are those of the clock on a machine with nothing else to do; they are what is judged.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bars import note

from briefing.dossier.dossier import read_dossier
from briefing.dossier.tables import TABLES

SHIPPED = Path(__file__).parent.parent / "data"
CLAIMS = 100_000

#: Rounds of which the best counts.
ROUNDS = 3


def warm_seconds(folder: Path, *, times: int = 7) -> float:
    """Read a folder some times; give the best time after the first."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        read_dossier(folder, as_of="2022-12-19")
        taken.append(time.process_time() - start)
    return min(taken[1:])


def write_generated(folder: Path, *, claims: int = CLAIMS) -> Path:
    """Write a dossier of so many claims: half of them deployments, with parts, supersessions and partial dates."""
    half = claims // 2
    sources = [_source(at) for at in range(max(claims // 50, 2))]
    tables = {
        "sources": sources,
        "actors": [{"actor_id": f"a-{at}", "name": f"Actor {at}", "kind": "state"} for at in range(200)],
        "places": [
            {
                "place_id": f"p-{at}",
                "name": f"Place {at}",
                "country": "NO",
                "lat": "60.5",
                "lon": "10",
                "precision": "2",
            }
            for at in range(500)
        ],
        "items": [{"item_id": f"i-{at}", "name": f"item {at}", "unit": "items"} for at in range(40)],
        "quantities": [{"quantity_id": f"q-{at}", "title": f"Quantity {at}"} for at in range(half)],
        "deployments": [_claim(at, "d", len(sources)) | _stock(at) for at in range(half)],
        "transfers": [_claim(at, "t", len(sources)) | _flow(at) for at in range(claims - half)],
    }
    folder.mkdir(exist_ok=True)
    for name, table in TABLES.items():
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables.get(name, []))
    return folder


def _source(at: int) -> dict[str, str]:
    return {
        "source_id": f"s-{at}", "publisher": f"Publisher {at % 90}", "title": f"Title {at}",
        "url": f"https://example.org/{at}", "published": _day(at), "published_basis": "stated",
        "accessed": "2023-07-01", "kind": "newspaper", "language": "en",
        "origin_id": f"s-{at - 1}" if at % 3 else "",
    }  # fmt: skip


def _claim(at: int, letter: str, sources: int) -> dict[str, str]:
    hedges = (
        ("exact", "5", "5", "5"),
        ("at_least", "94", "", ""),
        ("range", "36", "", "44"),
        ("about", "", "9000", ""),
    )
    qualifier, low, best, high = hedges[at % 4]
    earlier = f"{letter}-{at - 4}" if at % 10 == 4 else ""
    return {
        "claim_id": f"{letter}-{at}", "low": low, "best": best, "high": high, "qualifier": qualifier, "unit": "items",
        "status": "present", "claimant_id": "a-1", "source_id": f"s-{at % sources}",
        "wording": f"the words of claim {at}, as printed by its source", "credibility": "3",
        "part_of": f"{letter}-{at - 1}" if at % 7 == 1 else "", "supersedes": earlier, "note": f"Note {at}",
    }  # fmt: skip


def _stock(at: int) -> dict[str, str]:
    places = {"force": f"a-{at % 200}", "host": f"a-{(at + 1) % 200}", "place_id": f"p-{at % 500}"}
    return {"quantity_id": f"q-{at}", "date": _day(at), "item": f"i-{at % 40}"} | places


def _flow(at: int) -> dict[str, str]:
    parties = {"from": f"a-{at % 200}", "to": f"a-{(at + 1) % 200}", "place_to": f"p-{at % 500}"}
    period = f"2021-{at % 12 + 1:02}/{_day(at)}"
    return {"quantity_id": f"q-{at}", "period": period, "item": f"i-{at % 40}", "counting": "increment"} | parties


def _day(at: int) -> str:
    return f"2022-{at % 12 + 1:02}" + ("" if at % 5 == 0 else f"-{at % 28 + 1:02}")


def cold_run(folder: Path) -> tuple[float, float, float]:
    """Read a folder once in a fresh interpreter: seconds of processor and clock without imports, peak memory in MB."""
    command = [sys.executable, __file__, str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), float(told[1]), float(told[2])


def main() -> None:
    """Print the figures beside their bars."""
    shipped = warm_seconds(SHIPPED)
    print(f"shipped dossier, warm:       {shipped:6.3f} s   (bar 0.3 s)   {_judge(shipped < 0.3)}")
    with tempfile.TemporaryDirectory() as room:
        folder = write_generated(Path(room) / "generated")
        seconds, clock, megabytes = min(cold_run(folder) for _ in range(ROUNDS))
        print(f"{CLAIMS:,} claims, read:       {seconds:6.3f} s   (bar 1.5 s)   {_judge(seconds < 1.5)}")
        note("read", seconds)
        note("read, memory", megabytes)
        print(f"{CLAIMS:,} claims, by clock:   {clock:6.3f} s")
        print(f"{CLAIMS:,} claims, peak:       {megabytes:8,.0f} MB  (bar 400 MB) {_judge(megabytes < 400)}")


def _judge(is_kept: bool) -> str:
    return "kept" if is_kept else "MISSED"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        start, clock = time.process_time(), time.perf_counter()
        read_dossier(sys.argv[1], as_of="2022-12-19")
        print(
            time.process_time() - start,
            time.perf_counter() - clock,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )
    else:
        main()

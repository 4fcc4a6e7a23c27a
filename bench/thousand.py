"""How long a build takes that has nothing to do, with a thousand editions: before and after one row was edited.

Run it with ``python bench/thousand.py``. The editions are made of one run, as ``bench/archive.py`` makes them (``--keep
FOLDER`` is its folder, too); each is given what it would have noted itself: its own day's reads of the dossier, and
what it is made from today. So the command that is measured plans and looks as it does behind true editions. It prints
seconds by the clock and of a processor, and the bars; no test asserts on time.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bars import note

from archive import DAY, EDITIONS, date_edition, make_many
from briefing.dossier.as_of import list_turns
from briefing.dossier.dossier import read_dossier
from briefing.dossier.read_log import read_again
from briefing.editions.catalog import Edition, list_editions, read_catalog
from briefing.editions.fingerprint import digest_folder, list_inputs
from briefing.press.plan import plan_build
from briefing.press.publish import manifest_path, read_json, remove_page, save_json

#: The first day of the window of the one edition that was run.
SINCE = "2022-09-21"
#: The source and the claim that are added, so late that three editions can read them; and what they are made of.
LATE, ADDED, LIKE = "2023-12-29", "bench-late", "tr-0008"


def list_all(folder: Path) -> tuple[Edition, ...]:
    """List a thousand days in the catalog, and give its editions."""
    catalog = folder / "notebooks" / "briefings.toml"
    days = [date_edition(number).removeprefix("situation/").removesuffix(".html") for number in range(EDITIONS)]
    entry = f'[[briefing]]\nnotebook = "situation"\ninteractive = false\nas_of = {json.dumps(days)}\n'
    catalog.write_text(entry, encoding="utf-8")
    return list_editions(read_catalog(catalog), data=folder / "data")


def make_reader(data: Path) -> Callable[[Sequence[str]], list[str]]:
    """Give a function that makes a read of now: the same question, answered by the dossier as it is."""
    whole = read_dossier(data)
    turns = list_turns(whole.everything.reading.frames)

    @lru_cache(maxsize=8)
    def show(day: str) -> Any:
        return whole.at(day) if day else whole

    @cache
    def answer(table: str, day: str, asked: str, is_known: bool) -> str:
        shelf = show(day).known if is_known else show(day).frames
        return read_again(shelf, whole.names, [table, day, asked, ""], folder=data)

    def read(noted: Sequence[str]) -> list[str]:
        table, at, asked = noted[:3]
        day = at.removeprefix("../")
        place = bisect_right(turns, day)
        turn = (turns[place - 1] if place else "0001-01-01") if day else ""
        return [table, at, asked, answer(table, turn, asked, day != at)]

    return read


def be_truthful(editions: Sequence[Edition], out: Path, data: Path) -> None:
    """Note of each edition what it would have noted had it been run today."""
    read, rows, source = make_reader(data), digest_folder(data), editions[0].briefing.notebook.read_text("utf-8")
    for edition in editions:
        known, inputs, day = (
            read_json(manifest_path(out, edition.address)),
            list_inputs(edition, source),
            edition.values,
        )
        since = str(dt.date.fromisoformat(str(day["as_of"])) - dt.timedelta(days=89))

        def move(noted: Sequence[str], day: str = str(day["as_of"]), since: str = since) -> list[str]:
            return read([noted[0], noted[1].replace(DAY, day).replace(SINCE, since), noted[2]])

        told = {name: move(known[name]) for name in ("waivers", "reviews") if known.get(name)}
        told |= {"reads": [move(noted) for noted in known["reads"]], "parameters": dict(edition.values), "rows": rows}
        told |= {"run_inputs": dict(inputs.run), "page_inputs": dict(inputs.page)}
        save_json(manifest_path(out, edition.address), known | told)


def add_rows(data: Path, note: str) -> None:
    """Add a source of a late day and a claim from it; where they are there, give the claim another note."""
    with (data / "transfers.csv").open(encoding="utf-8", newline="") as file:
        cited = next(row["source_id"] for row in csv.DictReader(file) if row["claim_id"] == LIKE)
    _put(data / "sources.csv", cited, {"source_id": ADDED, "published": LATE})
    _put(data / "transfers.csv", LIKE, {"claim_id": "tr-9999", "source_id": ADDED, "supersedes": "", "note": note})


def _put(path: Path, like: str, cells: dict[str, str]) -> None:
    key = next(iter(cells))
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[key] != cells[key]]
    rows.append(next(row for row in rows if row[key] == like) | cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build(folder: Path, what: str, bar: float = 0) -> float:
    """Build with the command, print how long that took, and give the seconds by the clock."""
    command = [str(Path(sys.executable).with_name("briefing")), "build", "--json", "--no-progress", "--out", "many"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    made = Counter(edition["status"] for edition in json.loads(done.stdout)["editions"])
    verdict = f"under {bar:.2f} s by the clock   {'kept' if clock < bar else 'MISSED'}" if bar else str(dict(made))
    print(f"{what:<44} {clock:>7.2f} s, {worked:.2f} s of a processor   {verdict}", flush=True)
    return clock


def time_builds(folder: Path, out: Path) -> None:
    """Measure builds that have nothing to do, and one behind an edited row, with its plan apart."""
    remove_page(out, date_edition(EDITIONS))
    editions, data = list_all(folder), folder / "data"
    add_rows(data, "Added by the benchmark.")
    be_truthful(editions, out, data)
    build(folder, "all of it is looked at, and noted")
    time.sleep(3)  # what was written a moment ago is read once more
    build(folder, "the same once more")
    note("unchanged", statistics.median(build(folder, "nothing changed", bar=0.4) for _ in range(3)))
    add_rows(data, f"Edited by the benchmark at {time.time_ns()}.")
    start, clock = time.process_time(), time.perf_counter()
    made = Counter(step.action for step in plan_build(editions, out=out, data=data))
    worked, clock = time.process_time() - start, time.perf_counter() - clock
    print(
        f"{'one row was edited: the plan of a build':<44} {clock:>7.2f} s, {worked:.2f} s of a processor   {dict(made)}"
    )
    build(folder, "one row was edited: the build")
    note("unchanged after a row", build(folder, "nothing changed after that", bar=0.5))


def main() -> None:
    """Measure, and print as it goes."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the editions, or use those kept")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        folder = told.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        time_builds(folder, make_many(folder)[1])


if __name__ == "__main__":
    main()

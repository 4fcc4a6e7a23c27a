"""How long editions take, beside papermill's and nbconvert's command lines on the same notebook, in one run.

Run it with ``python bench/editions.py`` in the environment that is to be measured; ``--long`` adds the thousand
editions. It prints seconds, ratios and the bars of the press; no test asserts on time. The peers' script makes one
edition after the other, as people do; it runs before and after ours, so that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bars import note

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "notebooks" / "situation.ipynb"
LAST_DAY = dt.date(2022, 12, 19)
WINDOWS = (30, 45, 60, 75, 90, 105, 120, 135, 150, 165)
#: The claim whose row is edited: known in the middle of the hundred days.
EDITED = "tr-0008"

COMMAND = str(Path(sys.executable).with_name("briefing"))
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@dataclass(frozen=True, slots=True)
class Room:
    """A folder with a catalog of editions, a dossier of its own and its reports."""

    folder: Path

    def build(self, *options: str) -> tuple[float, list[dict[str, str]]]:
        """Build the catalog; give the seconds, and what became of each edition."""
        folders = ("--notebooks", self.folder / "notebooks", "--data", self.folder / "data", "--out", self.reports)
        seconds, said = run(COMMAND, "build", "--json", *map(str, folders), *options)
        return seconds, json.loads(said)["editions"]

    @property
    def reports(self) -> Path:
        """Where its pages go."""
        return self.folder / "reports"


def make_room(folder: Path, *, editions: int) -> Room:
    """Lay out a catalog of so many situation editions: a hundred days, each with one window or ten."""
    (folder / "notebooks").mkdir(parents=True)
    shutil.copy(NOTEBOOK, folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data")
    days = [str(LAST_DAY - dt.timedelta(days=back)) for back in range(min(editions, 100))]
    windows = list(WINDOWS[: max(editions // 100, 1)])
    catalog = f'[[briefing]]\nnotebook = "situation"\ntitle = "Bench"\nas_of = {json.dumps(days)}\nwindow = {windows}\n'
    (folder / "notebooks" / "briefings.toml").write_text(catalog, encoding="utf-8")
    return Room(folder)


def run(*command: str, expect: int = 0) -> tuple[float, str]:
    """Run a command; give its seconds by the clock and what it said."""
    start = time.perf_counter()
    done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != expect:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return seconds, done.stdout


def peers(folder: Path, *, editions: int) -> float:
    """Let the peers make editions; give the seconds of one."""
    script = str(ROOT / "bench" / "peers.sh")
    _, said = run("bash", script, str(NOTEBOOK), str(folder), str(editions), "-p", "as_of", str(LAST_DAY))
    return float(said) / editions


def cold_render(folder: Path) -> float:
    """Make one page with nothing warm; give the seconds."""
    seconds, _ = run(COMMAND, "render", "situation", "-p", "as_of", str(LAST_DAY), "--out", str(folder))
    return seconds


def edit_row(room: Room) -> int:
    """Change the note of one claim; give how many editions were able to read it."""
    from briefing.dossier.dossier import read_dossier

    path = room.folder / "data" / "transfers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = [row | {"note": "Edited by the benchmark."} if row["claim_id"] == EDITED else row for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)
    transfers = read_dossier(ROOT / "data").everything["transfers"]
    known_on = transfers.loc[transfers["claim_id"] == EDITED, "known_on"].iloc[0].date()
    return (LAST_DAY - known_on).days + 1


def peak_memory(work: Callable[[], object]) -> float:
    """Do some work; give the most that this process's children took together, in MB, shared pages counted once."""
    peaks, is_done = [0.0], threading.Event()

    def watch() -> None:
        while not is_done.wait(0.3):
            peaks.append(sum(_proportional_sizes(os.getpid())))

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    is_done.set()
    watcher.join()
    return max(peaks) / 1e6


def _proportional_sizes(top: int) -> Iterator[float]:
    """Give the proportional size of every process below one, in bytes."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    below = {top}
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    for pid in below - {top}:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        yield from (float(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def tell(what: str, measured: str, bar: str = "", *, kept: bool | None = None) -> None:
    """Print one line."""
    verdict = "" if kept is None else "kept" if kept else "MISSED"
    print(f"{what:<58} {measured:>12}   {bar:<18} {verdict}".rstrip(), flush=True)


def main() -> None:
    """Measure, and print as it goes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--long", action="store_true", help="Build a thousand editions, too.")
    asked.add_argument("--peers", type=int, default=3, help="Editions that the peers make, before and after ours.")
    options = asked.parse_args()
    has_lab = (
        subprocess.run([sys.executable, "-c", "import jupyterlab"], capture_output=True, check=False).returncode == 0
    )
    throughput, share = (40, 0.25) if has_lab else (25, 0.40)
    print(f"{'with' if has_lab else 'without'} JupyterLab, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        folder = Path(scratch)
        _commands(folder)
        before = peers(folder / "peers-before", editions=options.peers)
        cold = median(cold_render(folder / f"cold-{at}") for at in range(3))
        hundred = make_room(folder / "hundred", editions=100)
        batch, outcomes = hundred.build()
        _check(outcomes, published=100)
        after = peers(folder / "peers-after", editions=options.peers)
        theirs = (before + after) / 2
        tell("peers, one edition", f"{theirs:.2f} s", f"{before:.2f} and {after:.2f}")
        tell("one cold render", f"{cold:.2f} s")
        tell("  of the peers' time", f"{cold / theirs:.2f}", f"at most {share:.2f}", kept=cold / theirs <= share)
        tell("a batch of 100 editions, each", f"{batch / 100:.3f} s")
        ratio = theirs / (batch / 100)
        tell("  throughput of the peers'", f"{ratio:.1f} x", f"at least {throughput} x", kept=ratio >= throughput)
        where = "with JupyterLab" if has_lab else "without"
        note(f"batch, {where}", ratio)
        note(f"cold, {where}", cold / theirs)
        _changes(hundred)
        _growth(folder, hundred=batch, is_long=options.long)


def _commands(folder: Path) -> None:
    helped = median(run(COMMAND, "--help")[0] for _ in range(7))
    tell("briefing --help", f"{helped:.3f} s", "under 0.25 s", kept=helped < 0.25)
    wrong = ("render", "statements", "-p", "speaker", "nobody", "--out", str(folder / "none"))
    refused = median(run(COMMAND, *wrong, expect=2)[0] for _ in range(5))
    tell("a wrong parameter is refused", f"{refused:.3f} s", "under 0.5 s", kept=refused < 0.5)


def _changes(hundred: Room) -> None:
    idle, outcomes = hundred.build()
    _check(outcomes, published=0)
    tell("100 editions, nothing changed", f"{idle:.2f} s")
    readers = edit_row(hundred)
    seconds, outcomes = hundred.build()
    made = Counter(outcome["status"] for outcome in outcomes)["published"]
    tell("100 editions, one row edited", f"{seconds:.2f} s")
    tell("  editions made again", str(made), f"{readers} can read it", kept=made == readers)


def _growth(folder: Path, *, hundred: float, is_long: bool) -> None:
    for editions in (1, 10):
        seconds, _ = make_room(folder / f"room-{editions}", editions=editions).build()
        tell(f"{editions} editions", f"{seconds:.2f} s", f"{seconds / editions:.3f} s each")
    tell("100 editions", f"{hundred:.2f} s", f"{hundred / 100:.3f} s each")
    if not is_long:
        twenty = make_room(folder / "room-20", editions=20)
        peak = peak_memory(twenty.build)
        tell("peak memory, 20 editions", f"{peak:.0f} MB", "under 1,500 MB", kept=peak < 1500)
        return
    thousand = make_room(folder / "room-1000", editions=1000)
    took: list[float] = []
    peak = peak_memory(lambda: took.append(thousand.build()[0]))
    tell("1,000 editions", f"{took[0]:.2f} s", f"{took[0] / 1000:.3f} s each")
    tell("peak memory, 1,000 editions", f"{peak:.0f} MB", "under 1,500 MB", kept=peak < 1500)
    idle, outcomes = thousand.build()
    _check(outcomes, published=0)
    tell("1,000 editions, nothing changed", f"{idle:.2f} s", "under 0.40 s", kept=idle < 0.4)


def _check(outcomes: list[dict[str, str]], *, published: int) -> None:
    """Refuse to measure a build that did not make what it was to make."""
    made = Counter(outcome["status"] for outcome in outcomes)
    if made["published"] != published or made["failed"] or made["held"]:
        sys.exit(f"{published} editions were to be published, but: {dict(made)}")


if __name__ == "__main__":
    main()

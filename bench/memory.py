"""Whether a process that makes a thousand editions stays flat: its resident memory after 10, 100 and 1,000 rounds.

Run it with ``python bench/memory.py``; ``--quick`` stops at 100 rounds. A round is an edition of another day: the
dossier as it is read by a kernel, with a log open, and once more as a checker sees it, shown from one whole dossier;
the verbs that the notebooks use, in the order of ``situation``; the checks over rows. A second process does nothing but
check, read and render executed editions, as a worker of the press does. It prints and judges; no test asserts on it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bars import note

import briefing as b
from briefing.checks import check_tradecraft
from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.files import DATA_VARIABLE
from briefing.dossier.read_log import note_reads

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
NOTEBOOK = ROOT / "notebooks" / "situation.ipynb"
LAST_DAY = dt.date(2022, 12, 19)
QUESTION = "Will Belarus be drawn into the war?"
ROUNDS = (10, 100, 1_000)

#: How much more a process may have after the last of the rounds than after the first.
BAR = 1.05

#: How many executed editions the worker goes round.
EDITIONS = 5


def write_edition(dossier: Dossier, *, since: str) -> list[object]:
    """Use the verbs that the notebooks use."""
    troops = b.contested(b.choose_claims(dossier, quantity="russian-troops-in-belarus", status="present"))
    tanks = b.contested(b.choose_claims(dossier, quantity="belarus-russia-t-72a-2022-10-2022-11", status="delivered"))
    said = b.choose_quotes(dossier, topic=["joining_war", "attack_from_belarus"], during=since)
    return [
        b.headline(dossier, QUESTION, bottom_line=b.bottom_line(dossier, question=QUESTION)),
        b.key_judgements(dossier, question=QUESTION),
        b.changes(dossier, since=since, question=QUESTION),
        b.finding(f"In Belarus Russia has {troops.latest: troops}"),
        b.weigh(troops),
        b.dated_series(troops.claims, title="Russian troops in Belarus"),
        b.finding(f"Belarus handed Russia {tanks: T-72A tanks}"),
        b.dot_range(tanks.claims, title="T-72A tanks"),
        b.claims_table(tanks.claims, caption="T-72A tanks"),
        b.quotations(said, caption="On joining the war"),
        b.timeline(dossier, caption="Events", during=since),
        b.hypothesis_matrix(dossier, question=QUESTION),
        b.indicator_board(dossier, question=QUESTION),
        b.corrections(dossier),
        b.sources(dossier),
    ]


def make_desk() -> Callable[[int], object]:
    """Give a round of the desk: an edition is written and its rows are checked."""
    whole = read_dossier(DATA)

    def do_round(at: int) -> object:
        day = LAST_DAY - dt.timedelta(days=at % 100)
        with note_reads() as log:
            write_edition(read_dossier(DATA, as_of=day), since=b.days_before(day, 30 + at % 200))
            check_tradecraft(whole.at(day))
        return log.tell()

    return do_round


def make_press() -> Callable[[int], object]:
    """Give a round of a worker of the press: it checks an executed edition and renders its page."""
    from briefing.press.orders import Order, do_order, import_ahead, pack

    import_ahead()
    runs = [pack(_execute(str(LAST_DAY - dt.timedelta(days=at)))) for at in range(EDITIONS)]
    environment = {DATA_VARIABLE: str(DATA)}

    def do_round(at: int) -> object:
        edition = f"situation/{LAST_DAY - dt.timedelta(days=at % EDITIONS)}"
        made = do_order(
            Order(
                name="situation", edition=edition, action="render", environment=environment, before=runs[at % EDITIONS]
            )
        )
        if made.status != "made":
            sys.exit(f"a round failed: {made}")
        return made.page

    return do_round


def _execute(day: str) -> Any:
    from briefing.engine.run import run_notebook

    source = NOTEBOOK.read_text(encoding="utf-8")
    environment = dict(os.environ) | {DATA_VARIABLE: str(DATA)}
    return run_notebook(source, {"as_of": day}, folder=NOTEBOOK.parent, environment=environment, name="situation")


def resident_megabytes() -> float:
    """Give what this process has in memory now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def watch(make: Callable[[], Callable[[int], object]], rounds: tuple[int, ...]) -> None:
    """Do the rounds; print the resident memory after some of them."""
    do_round = make()
    for at in range(1, rounds[-1] + 1):
        do_round(at)
        if at in rounds:
            print(at, resident_megabytes(), flush=True)


def tell(who: str, rounds: tuple[int, ...]) -> None:
    """Have a fresh interpreter do the rounds; print its memory beside the bar."""
    command = [sys.executable, __file__, "--only", who, "--rounds", *map(str, rounds)]
    with tempfile.TemporaryDirectory() as room:
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=room).stdout
    sizes = {int(line.split()[0]): float(line.split()[1]) for line in said.splitlines()}
    for at, size in sizes.items():
        print(f"{who}, after {at:5,} rounds: {size:7,.0f} MB")
    ratio = sizes[rounds[-1]] / sizes[rounds[0]]
    verdict = "kept" if ratio <= BAR else "MISSED"
    if rounds == ROUNDS:
        note(f"memory of a {who}", ratio)
    print(f"{who}, {rounds[-1]:,} to {rounds[0]}:     {ratio:9.2f}      (bar {BAR})   {verdict}")


MAKERS = {"desk": make_desk, "press": make_press}


def main() -> None:
    """Print the memory of both processes beside the bar."""
    parser = argparse.ArgumentParser(description="Whether a process that makes a thousand editions stays flat.")
    parser.add_argument("--quick", action="store_true", help="stop at 100 rounds")
    parser.add_argument("--only", choices=MAKERS, help="do the rounds of one, in this process")
    parser.add_argument("--rounds", type=int, nargs="+", default=list(ROUNDS))
    asked = parser.parse_args()
    rounds = ROUNDS[:2] if asked.quick else tuple(asked.rounds)
    if asked.only:
        watch(MAKERS[asked.only], rounds)
        return
    for who in MAKERS:
        tell(who, rounds)


if __name__ == "__main__":
    main()

"""What editions cost in seconds of a processor, by the process that spends them: a busy machine's clock tells nothing.

``python bench/processor.py`` builds a few `situation` editions and some more, with two workers, and prints what one
more edition costs in the kernels, the warm parent, the workers and the build, and what is paid once.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
import threading
from collections import Counter
from pathlib import Path

from editions import COMMAND, ENVIRONMENT, ROOT, make_room

#: The processes of a build, by what stands in their command lines; kernels are the warm parent's children.
KINDS = {"briefing.engine.forkserver": "warm parent", "briefing.press.orders": "workers"}
_TICKS = os.sysconf("SC_CLK_TCK")


def spend(folder: Path, *, editions: int, jobs: int) -> dict[str, float]:
    """Build so many editions; give the seconds of a processor by kind of process."""
    room = make_room(folder, editions=editions)
    before = _seconds_of_children()
    folders = ("--notebooks", room.folder / "notebooks", "--data", room.folder / "data", "--out", room.reports)
    command = [COMMAND, "build", "-q", "--jobs", str(jobs), *map(str, folders)]
    seen: dict[int, tuple[str, float, float]] = {}
    done = threading.Event()
    process = subprocess.Popen(command, env=ENVIRONMENT, cwd=ROOT)
    watcher = threading.Thread(target=_watch, args=(process.pid, seen, done))
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        raise SystemExit(f"the build ended with {code}")
    spent: Counter[str] = Counter()
    for kind, own, children in seen.values():
        spent[kind] += own
        spent["kernels"] += children if kind == "warm parent" else 0
    total = _seconds_of_children() - before
    spent["the build and its archive"] = total - sum(spent.values())
    spent["all together"] = total
    return dict(spent)


def _watch(build: int, seen: dict[int, tuple[str, float, float]], done: threading.Event) -> None:
    """Note again and again what the processes that a build has started have spent: most of them are killed."""
    while not done.wait(0.03):
        try:
            children = Path(f"/proc/{build}/task/{build}/children").read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes().decode()
                cells = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            kind = next((kind for mark, kind in KINDS.items() if mark in command), "")
            kind = kind or (seen[child][0] if child in seen else "others")  # one that has ended has no command line
            own, theirs = (sum(map(int, cells[at : at + 2])) / _TICKS for at in (11, 13))
            seen[child] = (kind, own, theirs)


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Build few and more, and print the difference."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--few", type=int, default=2, help="Editions of the smaller build.")
    asked.add_argument("--more", type=int, default=22, help="Editions of the larger build.")
    asked.add_argument("--jobs", type=int, default=2, help="Editions that are made at a time.")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        few = spend(Path(scratch, "few"), editions=options.few, jobs=options.jobs)
        more = spend(Path(scratch, "more"), editions=options.more, jobs=options.jobs)
    further = options.more - options.few
    print(f"{'seconds of a processor':<30} {'one more edition':>18} {f'{options.few} editions':>14}")
    for kind, spent in more.items():
        print(f"{kind:<30} {(spent - few.get(kind, 0.0)) / further:>18.3f} {few.get(kind, 0.0):>14.2f}")


if __name__ == "__main__":
    main()

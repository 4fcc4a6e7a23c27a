"""How long the archive takes with a thousand editions of one question over three years, and how large its pages are.

Run it with ``python bench/archive.py``. One edition of the situation is built; the others are made of its run and page,
each with a day and a number of its own. It prints seconds, sizes and the bars; no test asserts on time. With ``--keep
FOLDER`` the thousand stay in that folder, and the next run with it measures only what follows the first build. With
``--axe`` axe looks at the pages around them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from briefing.archive.standing import Archive
from briefing.archive.write import write_archive
from briefing.blocks.blocks import MIME
from briefing.press.barriers import find_barriers
from briefing.press.orders import pack, unpack
from briefing.press.publish import manifest_path, publish_page, read_json, remove_page, run_path

ROOT = Path(__file__).parent.parent
DAY = "2022-12-19"
FIRST = dt.date(2021, 1, 1)
EDITIONS = 1_000

#: The pages around the editions that grow with them.
_PAGES = ("index.html", "situation/index.html", "corrections.html", "search.html")


def build_one(folder: Path) -> Path:
    """Build one edition of the situation; give its reports folder."""
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "situation.ipynb", folder / "notebooks")
    catalog = f'[[briefing]]\nnotebook = "situation"\ninteractive = false\nas_of = "{DAY}"\n'
    (folder / "notebooks" / "briefings.toml").write_text(catalog, encoding="utf-8")
    command = (str(Path(sys.executable).with_name("briefing")), "build", "--no-progress")
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "reports"


def spread(reports: Path, out: Path) -> None:
    """Publish so many editions made of the one that was built."""
    address = f"situation/{DAY}.html"
    page, manifest = (reports / address).read_bytes(), read_json(manifest_path(reports, address))
    notebook = unpack(run_path(reports, address).read_bytes())
    for number in range(EDITIONS):
        publish_at(out, number, page=page, manifest=manifest, notebook=notebook)


def date_edition(number: int) -> str:
    """Give the address of an edition by its number."""
    return f"situation/{FIRST + dt.timedelta(days=number * 1095 // EDITIONS)}.html"


def publish_at(out: Path, number: int, *, page: bytes, manifest: dict[str, Any], notebook: Any, more: int = 0) -> str:
    """Publish one edition: its day, and what its first tile says, are of its number; the tile says so many more."""
    address = date_edition(number)
    day = address.removeprefix("situation/").removesuffix(".html")
    count = 1_000 + number * 37 % 900 + more
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            block = output.get("data", {}).get(MIME, {})
            if block.get("kind") == "front":
                retell(block, day, count)
    told = manifest | {"parameters": manifest["parameters"] | {"as_of": day}}
    publish_page(out, address, page.replace(DAY.encode(), day.encode()), told, run=pack(notebook))
    return address


def retell(block: dict[str, Any], day: str, count: int) -> None:
    """Give a front another day, and its first tile another count."""
    figure = block["tiles"][0]["figure"][0]
    figure["text"] = f"Up to {count:,} people"
    block["as_of"] = day
    block["bottom_line"] = [f"On {day} claimants put them at up to {count:,} people, and say so in a sentence."]
    for claim in block["evidence"]["claims"]:
        if claim["id"] in figure["claims"]:
            claim.update(low=None, best=None, high=count, qualifier="at_most")


def measure(what: str, out: Path, bar: str = "") -> Archive:
    """Make the archive, and print how long that took."""
    start, worked = time.perf_counter(), time.process_time()
    archive = write_archive(out)
    clock, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"{what:<52} {clock:>8.2f} s, {worked:.2f} s of a processor   {bar}", flush=True)
    return archive


def weigh(path: Path, bar: str = "") -> None:
    """Print how large a file is."""
    content = path.read_bytes()
    packed = len(gzip.compress(content, mtime=0)) / 1000
    print(
        f"{'/'.join(path.parts[-2:]):<52} {len(content) / 1000:>8,.0f} kB, {packed:,.0f} kB gzipped   {bar}", flush=True
    )


def look(out: Path, scratch: Path) -> None:
    """Print what axe finds on the pages around the thousand, wide and narrow, by day and by night."""
    folder = scratch / "looked"
    for name in _PAGES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(out / name, folder / name)
    barriers = list(find_barriers(folder))
    print(f"axe on {', '.join(_PAGES)}: {barriers or 'nothing'}", flush=True)


def stamps(out: Path) -> dict[str, int]:
    """Give when each file that readers are given was last written."""
    files = (path for path in out.rglob("*") if path.is_file() and ".press" not in path.parts)
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in files}


def list_written(out: Path, before: dict[str, int]) -> str:
    """List what has been written since."""
    return ", ".join(sorted(name for name, stamp in stamps(out).items() if before.get(name) != stamp)) or "nothing"


def make_many(folder: Path) -> tuple[Path, Path]:
    """Make the editions in a folder, unless they are there; give the reports of the one, and of the many."""
    reports, out = folder / "reports", folder / "many"
    if not (folder / "made").exists():
        build_one(folder)
        spread(reports, out)
        measure(f"{EDITIONS:,} editions, all of them new", out)
        (folder / "made").touch()
    return reports, out


def time_changes(reports: Path, out: Path) -> None:
    """Measure a build in which nothing changed, one in which one edition did, and one with one more."""
    address = f"situation/{DAY}.html"
    page, manifest = (reports / address).read_bytes(), read_json(manifest_path(reports, address))
    notebook = unpack(run_path(reports, address).read_bytes())
    remove_page(out, date_edition(EDITIONS))
    measure("without the newest edition", out)
    before = stamps(out)
    measure("nothing changed", out)
    print(f"  written: {list_written(out, before)}")
    more = 1_000 + time.time_ns() % 100_000  # another one each time, where the editions were kept
    edited = page + f"<!-- {more} -->\n".encode()
    changed = publish_at(out, 500, page=edited, manifest=manifest, notebook=notebook, more=more)
    before = stamps(out)
    measure("one of them changed", out, "under 1 s")
    print(f"  {changed} changed; written besides: {list_written(out, before)}")
    new = publish_at(out, EDITIONS, page=page, manifest=manifest, notebook=notebook)
    before = stamps(out)
    measure("one more", out, "under 1 s")
    print(f"  {new} is new; written besides: {list_written(out, before)}")


def main() -> None:
    """Measure, and print as it goes."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the editions, or use those kept")
    asked.add_argument("--axe", action="store_true", help="have axe look at the pages around them, too")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        folder = told.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        reports, out = make_many(folder)
        time_changes(reports, out)
        weigh(out / "index.html", "under 100 kB gzipped")
        for name in (*_PAGES[1:], "archive.json", "feed.xml"):
            weigh(out / name)
        if told.axe:
            look(out, Path(scratch))


if __name__ == "__main__":
    main()

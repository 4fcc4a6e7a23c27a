"""How long the archive takes with a thousand editions of one question over three years, and how large its pages are.

Run it with ``python bench/archive.py``. One edition of the situation is built; the others are made of its run and page,
each with a day and a number of its own. It prints seconds, sizes and the bars; no test asserts on time.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
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
from briefing.press.orders import pack, unpack
from briefing.press.publish import manifest_path, publish_page, read_json, run_path

ROOT = Path(__file__).parent.parent
DAY = "2022-12-19"
FIRST = dt.date(2021, 1, 1)
EDITIONS = 1_000


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


def publish_at(out: Path, number: int, *, page: bytes, manifest: dict[str, Any], notebook: Any) -> str:
    """Publish one edition: its day, and what its first tile says, are of its number."""
    day = str(FIRST + dt.timedelta(days=number * 1095 // EDITIONS))
    count = 1_000 + number * 37 % 900
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            block = output.get("data", {}).get(MIME, {})
            if block.get("kind") == "front":
                retell(block, day, count)
    address = f"situation/{day}.html"
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
    print(f"{path.name:<52} {len(content) / 1000:>8,.0f} kB, {packed:,.0f} kB gzipped   {bar}", flush=True)


def stamps(out: Path) -> dict[str, int]:
    """Give when each file that readers are given was last written."""
    files = (path for path in out.rglob("*") if path.is_file() and ".press" not in path.parts)
    return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in files}


def main() -> None:
    """Measure, and print as it goes."""
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        folder = Path(scratch)
        reports, out = build_one(folder), folder / "many"
        spread(reports, out)
        measure(f"{EDITIONS:,} editions, all of them new", out)
        measure("nothing changed", out)
        address = f"situation/{DAY}.html"
        page, manifest = (reports / address).read_bytes(), read_json(manifest_path(reports, address))
        notebook = unpack(run_path(reports, address).read_bytes())
        notebook["metadata"]["bench"] = "edited"
        changed = publish_at(out, 500, page=page + b"\n", manifest=manifest, notebook=notebook)
        before = stamps(out)
        measure("one of them changed", out, "under 1 s")
        written = sorted(name for name, stamp in stamps(out).items() if before.get(name) != stamp)
        print(f"  {changed} changed; written besides: {', '.join(written) or 'nothing'}")
        new = publish_at(out, EDITIONS, page=page, manifest=manifest, notebook=notebook)
        before = stamps(out)
        measure("one more", out, "under 1 s")
        written = sorted(name for name, stamp in stamps(out).items() if before.get(name) != stamp)
        print(f"  {new} is new; written besides: {json.dumps(written)}")
        weigh(out / "index.html", "under 100 kB gzipped")
        weigh(out / "situation" / "index.html")
        weigh(out / "archive.json")


if __name__ == "__main__":
    main()

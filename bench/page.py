"""How heavy a page is, how soon it is seen, and how soon its charts answer, beside plain nbconvert's.

Run it with ``python bench/page.py``; it needs Chromium. Both pages are made from the same executed notebook in the same
run, so that the ratios hold on any machine. It prints and judges nothing but the bars of the contract: no test asserts
on time.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, sync_playwright

from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook
from briefing.page.budget import Budget
from briefing.page.exporter import render_page

ROOT = Path(__file__).parent.parent
NAME, DAY, TIMES, SLOWER = "situation", "2022-12-19", 5, 4

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
#: Presses the button, and tells when the first chart answered and when all did; a minute is too long.
ANSWER = """async () => {
  const start = performance.now(), root = document.documentElement;
  document.querySelector('.hero .tools button, .cover-text .tools button').click();
  const until = state => new Promise((done, fail) => {
    const look = () => root.dataset.charts === state || root.dataset.charts === 'all interactive'
      ? done(performance.now() - start)
      : performance.now() - start > 60_000 ? fail(new Error('no chart answers')) : setTimeout(look, 2);
    look();
  });
  return [await until('interactive'), await until('all interactive')];
}"""


def run(folder: Path) -> Path:
    """Run the notebook; give it as executed."""
    source = (ROOT / "notebooks" / f"{NAME}.ipynb").read_text(encoding="utf-8")
    environment = name_environment(data=ROOT / "data")
    ran = run_notebook(source, {"as_of": DAY}, folder=ROOT / "notebooks", environment=environment, name=NAME)
    nbformat.write(ran, folder / f"{NAME}.ipynb")
    return folder / f"{NAME}.ipynb"


def make_pages(notebook: Path) -> dict[str, Path]:
    """Make the page with and without its interactive charts, and nbconvert's plain one."""
    ran, folder = nbformat.read(notebook, as_version=4), notebook.parent
    pages = {"nbconvert --to html --no-input": folder / "plain.html"}
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", "--output", "plain.html", str(notebook)]
    subprocess.run(command, check=True, capture_output=True)
    for title, interactive in (("briefing, static", False), ("briefing, interactive", True)):
        pages[title] = folder / f"{interactive}.html"
        pages[title].write_text(
            render_page(ran, name=NAME, interactive=interactive, budget=Budget(0, 0)), encoding="utf-8"
        )
    return pages


def first_paint(browser: Browser, page: Path) -> float | None:
    """Open a page some times, offline; give the median of its first paint in milliseconds."""
    seen = []
    for _ in range(TIMES):
        context = browser.new_context(offline=True)
        tab = context.new_page()
        tab.goto(page.as_uri(), wait_until="load")
        tab.wait_for_timeout(300)
        seen.append(tab.evaluate(PAINT))
        context.close()
    told = [paint for paint in seen if paint is not None]
    return statistics.median(told) if told else None


def answer(browser: Browser, page: Path) -> tuple[float, float]:
    """Make a page's charts answer on a slow processor; give the medians until the first and until all of them do."""
    taken = []
    for _ in range(TIMES):
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        tab = context.new_page()
        tab.goto(page.as_uri())
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        taken.append(tab.evaluate(ANSWER))
        context.close()
    return statistics.median(first for first, _ in taken), statistics.median(last for _, last in taken)


def main() -> None:
    """Print the table."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no chromium is installed; the page is measured in a browser. Install one.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = make_pages(run(Path(folder)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        plain: tuple[float, float] | None = None
        print(f"{NAME}, {DAY}; medians of {TIMES}")
        for title, page in pages.items():
            raw, packed = page.stat().st_size, len(gzip.compress(page.read_bytes(), 6, mtime=0))
            paint = first_paint(browser, page)
            plain = plain or (raw, packed)
            shown = "never" if paint is None else f"{paint:,.0f} ms"
            print(
                f"  {title:32} {raw / 1000:9,.0f} kB raw ({raw / plain[0]:.2f}) {packed / 1000:7,.0f} kB gzipped "
                f"({packed / plain[1]:.2f})   first paint {shown}"
            )
        first, last = answer(browser, pages["briefing, interactive"])
        print(f"  charts answer at {SLOWER}x slower processor: first {first:,.0f} ms, all {last:,.0f} ms; bar 1,500 ms")
        browser.close()


if __name__ == "__main__":
    main()

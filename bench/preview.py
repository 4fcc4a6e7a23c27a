"""How long a save takes to be seen: from the moment a file is saved until a browser shows the new page.

Run it with ``python bench/preview.py``; it needs Chromium. It copies the notebooks and the dossier, starts ``briefing
preview situation`` there, and edits one sentence of the notebook and one row of a table ten times each. It prints the
medians beside the bar; no test asserts on time.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bars import note
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
COMMAND = str(Path(sys.executable).with_name("briefing"))
TIMES, BAR, PAUSE = 10, 1.0, 2.0

#: The sentence of the notebook, and the cell of a table, behind which a word is written.
SENTENCE = "where the railway workers put"
ROW = ("transfers.csv", "[211 units of equipment]")
WORDS = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "oak", "pine", "willow")

#: Says whether the page in front holds some words.
SHOWN = """words => {
  const frame = document.querySelector("iframe:not(.coming)");
  return Boolean(frame && frame.contentDocument.body.textContent.includes(words));
}"""


def wait_for(page: Page, words: str) -> None:
    """Wait until the page in front holds some words."""
    ends = time.monotonic() + 60
    while not page.evaluate(SHOWN, words):
        if time.monotonic() > ends:
            sys.exit(f"{words!r} was never seen: {page.inner_text('#told')}")
        time.sleep(0.05)  # asking more often would slow the browser down that is measured


def measure(page: Page, path: Path, change: Callable[[str, str], str]) -> list[float]:
    """Save a file with another word each time; give the seconds until each is seen."""
    text, taken = path.read_text(encoding="utf-8"), []
    for word in WORDS[:TIMES]:
        time.sleep(PAUSE)  # as somebody who reads what is there before the next change
        path.write_text(change(text, word), encoding="utf-8")
        began = time.perf_counter()
        wait_for(page, f"{word} {word}")
        taken.append(time.perf_counter() - began)
    path.write_text(text, encoding="utf-8")
    return taken


def tell(what: str, taken: list[float]) -> None:
    """Print one line."""
    median = statistics.median(taken)
    note(f"{what.rpartition(' ')[2]} in the preview", median)
    verdict = "kept" if median < BAR else "MISSED"
    print(
        f"{what:<24} median {median:.2f} s (best {min(taken):.2f}, worst {max(taken):.2f})   under {BAR:g} s {verdict}"
    )


def main() -> None:
    """Measure, and print."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no chromium is installed; a preview is seen in a browser. Install one.")
    with tempfile.TemporaryDirectory(prefix="preview-") as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        for name in ("notebooks", "data"):
            shutil.copytree(ROOT / name, folder / name)
        command = [COMMAND, "preview", "situation", "--no-open", "--quiet"]
        preview = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=os.environ)
        assert preview.stdout is not None
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page()
            began = time.perf_counter()
            page.goto(preview.stdout.readline().strip())
            page.locator("body[data-shown]").wait_for(timeout=120_000)
            print(f"the first page           {time.perf_counter() - began:.1f} s")
            notebook, table = folder / "notebooks" / "situation.ipynb", folder / "data" / ROW[0]
            tell("an edited sentence", measure(page, notebook, lambda text, word: _write(text, SENTENCE, word)))
            time.sleep(PAUSE)
            tell("an edited row", measure(page, table, lambda text, word: _write(text, ROW[1], word)))
        finally:
            browser.close()
            preview.send_signal(signal.SIGINT)
            preview.wait(60)


def _write(text: str, words: str, word: str) -> str:
    if words not in text:
        sys.exit(f"{words!r} is not there to be edited")
    return text.replace(words, f"{words} {word} {word}", 1)


if __name__ == "__main__":
    main()

"""The preview as somebody has it who writes: a real server, real kernels, a real browser."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from faults import (
    GOOD,
    PATIENCE,
    READ,
    SAY,
    call,
    lay_out,
    pages,
    processes,
    start,
    wait_until,
    write_catalog,
    write_cells,
)
from playwright.sync_api import Browser, FrameLocator, Page

from briefing.page.links import part_links

pytestmark = [pytest.mark.long, pytest.mark.browser]


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview that runs: the folder of its press, and the address that it printed."""

    root: Path
    address: str

    def path(self, name: str) -> Path:
        return self.root / name


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    root = lay_out(tmp_path_factory.mktemp("p"))
    with start(root, "preview", "--no-open") as process:
        assert process.stdout is not None
        yield Shown(root, process.stdout.readline().strip())
        end(root, process)


def end(root: Path, process: subprocess.Popen[str]) -> None:
    """End a preview as a person does; it leaves no process and no folder, and says nothing of it."""
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 0
    assert "Task" not in said and "Traceback" not in said
    assert processes(root) == []
    assert [path.name for path in (root / "tmp").iterdir()] == []


@pytest.fixture(scope="module")
def beside(shown: Shown, browser: Browser) -> Iterator[Page]:
    """Open the preview in a browser, once."""
    page = browser.new_page()
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(shown.address)
    page.locator("body[data-shown]").wait_for(timeout=PATIENCE * 1000)
    yield page
    page.close()
    assert told == []


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe:not(.coming)")


def see(page: Page, words: str) -> None:
    """Wait until the page in the frame says something, and nothing is said to be wrong."""
    frame(page).get_by_text(words).first.wait_for(timeout=PATIENCE * 1000)
    page.locator("body[data-state=good]").wait_for(timeout=PATIENCE * 1000)


def hear(page: Page, words: str) -> str:
    """Wait until something is said to be wrong, above the last good page; give all that is said."""
    page.locator("#told").get_by_text(words).first.wait_for(timeout=PATIENCE * 1000)
    assert frame(page).locator("h1").is_visible()
    return page.locator("#told").inner_text()


def answer(address: str, *, host: str = "") -> int:
    try:
        with urlopen(Request(address, headers={"Host": host} if host else {}), timeout=PATIENCE) as reply:
            return int(reply.status)
    except HTTPError as refused:
        return refused.code


def test_an_edited_sentence_is_seen(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, READ, SAY, "Prose(text=('The ferry leaves at dawn.',))")
    see(beside, "The ferry leaves at dawn.")


def test_an_edited_row_is_seen(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, *GOOD)
    see(beside, "minister said:")
    quotes = shown.path("data/quotes.csv")
    text = quotes.read_text(encoding="utf-8")
    quotes.write_text(text.replace(first_words(text), "We have changed our minds"), encoding="utf-8")
    see(beside, "We have changed our minds")


def first_words(text: str) -> str:
    """Give the words of the first quotation of the minister."""
    return next(row["text"] for row in csv.DictReader(io.StringIO(text)) if row["speaker_id"] == "minister")


def test_edited_markdown_is_seen(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, *GOOD, "## What the harbour master thinks")
    see(beside, "What the harbour master thinks")


def test_a_broken_cell_is_told_with_its_place(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, READ, SAY, "1 / 0")
    told = hear(beside, "ZeroDivisionError")
    assert "Cell 5 failed" in told and "1 / 0" in told
    write_cells(shown.root, *GOOD)
    see(beside, "minister said:")


def test_a_kernel_that_dies_is_told(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, READ, "import os; os._exit(9)")
    hear(beside, "the kernel died")
    write_cells(shown.root, *GOOD)
    see(beside, "minister said:")


def test_a_cell_that_runs_for_ever_ends_with_the_next_save(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, READ, "import time; time.sleep(3600)")
    beside.locator("body[data-state=making]").wait_for(timeout=PATIENCE * 1000)
    write_cells(shown.root, *GOOD)
    see(beside, "minister said:")


def test_a_broken_table_is_told_row_by_row(shown: Shown, beside: Page) -> None:
    quotes = shown.path("data/quotes.csv")
    text = quotes.read_text(encoding="utf-8")
    quotes.write_text(text.replace("minister", "nobody", 1), encoding="utf-8")
    assert "data/quotes.csv:2" in hear(beside, "nobody")
    quotes.write_text(text, encoding="utf-8")
    see(beside, "minister said:")


def test_a_broken_catalog_is_told(shown: Shown, beside: Page) -> None:
    text = shown.path("notebooks/briefings.toml").read_text(encoding="utf-8")
    write_catalog(shown.root, "[[briefing]\n")
    assert "briefings.toml" in hear(beside, "a catalog is TOML")
    write_catalog(shown.root, text)
    beside.locator("body[data-state=good]").wait_for(timeout=PATIENCE * 1000)


def test_a_deleted_notebook_comes_back(shown: Shown, beside: Page) -> None:
    notebook = shown.path("notebooks/tiny.ipynb")
    text = notebook.read_text(encoding="utf-8")
    notebook.unlink()
    hear(beside, "is no notebook")
    notebook.with_suffix(".part").write_text(text, encoding="utf-8")
    notebook.with_suffix(".part").rename(notebook)  # as an editor saves
    beside.locator("body[data-state=good]").wait_for(timeout=PATIENCE * 1000)


def test_of_many_saves_the_last_is_seen_where_the_reader_was(shown: Shown, beside: Page) -> None:
    long = [f"Prose(text=('Paragraph {'x' * n}.',))" for n in range(60)]
    write_cells(shown.root, READ, SAY, *long)
    see(beside, "Paragraph xxx.")
    beside.evaluate("document.querySelector('iframe').contentWindow.scrollTo(0, 900)")
    for word in ("one", "two", "three", "four"):
        write_cells(shown.root, READ, SAY, *long, f"Prose(text=('The {word} at the end.',))")
    see(beside, "The four at the end.")
    assert beside.evaluate("document.querySelector('iframe').contentWindow.scrollY") == 900


def test_the_page_is_the_one_that_a_build_makes(shown: Shown, beside: Page) -> None:
    write_cells(shown.root, *GOOD)
    see(beside, "minister said:")
    assert call(shown.root, "build").returncode == 0
    with urlopen(f"{shown.address}/page", timeout=PATIENCE) as reply:
        shown_page = part_links(reply.read()).made
    assert shown_page in {part_links(page).made for page in pages(shown.root).values()}


def test_nothing_is_answered_without_the_secret(shown: Shown) -> None:
    parts = urlsplit(shown.address)
    assert answer(shown.address) == 200
    assert answer(f"http://{parts.netloc}/") == 404
    assert answer(f"http://{parts.netloc}/guessed/tiny/page") == 403


def test_nothing_is_answered_to_another_name(shown: Shown) -> None:
    assert answer(shown.address, host="evil.example") == 403
    assert answer(shown.address, host="localhost:9000") == 200  # an ssh tunnel's end


def test_it_listens_on_this_machine_alone(shown: Shown) -> None:
    port = urlsplit(shown.address).port
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    mine = [local for _, local, _, state, *_ in lines if state == "0A" and int(local.split(":")[1], 16) == port]
    assert mine == [f"0100007F:{port:04X}"]


def test_the_shell_lets_nothing_in(shown: Shown) -> None:
    with urlopen(shown.address, timeout=PATIENCE) as reply:
        policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert re.search(r"frame-ancestors 'none'", policy)


def test_a_warm_parent_that_is_gone_is_started_again(shown: Shown, beside: Page) -> None:
    (parent,) = processes(shown.root, of="forkserver")[:1]
    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: parent not in processes(shown.root, of="forkserver"))
    write_cells(shown.root, READ, SAY, "Prose(text=('All is well again.',))")
    see(beside, "All is well again.")


def test_it_can_be_ended_while_a_page_is_made(tmp_path: Path, browser: Browser) -> None:
    root = lay_out(tmp_path)
    write_cells(root, READ, "import time; time.sleep(3600)")
    page = browser.new_page()
    with start(root, "preview", "--no-open") as process:
        assert process.stdout is not None
        page.goto(process.stdout.readline().strip())
        page.locator("body[data-state=making]").wait_for(timeout=PATIENCE * 1000)
        wait_until(lambda: len(processes(root, of="forkserver")) > 1)  # the kernel is a fork
        end(root, process)
    page.close()

"""How large the search is, how long it takes to make, and how soon it answers on a slow machine.

Run it with ``python bench/search.py``. A thousand editions over three years are made up, with words as frequent as
those of a language, a third of them in Cyrillic: once they carry 100,000 claims of which none is another's, once those
of a dossier that grows. It prints sizes, seconds and the bars; no test asserts on time.
"""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from briefing.archive.keeping import details_path
from briefing.archive.records import Details, Record, RecordedJudgement, RecordedRow
from briefing.archive.search_page import make_search
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest_bytes

FIRST = dt.date(2021, 1, 1)
EDITIONS, CLAIMS, DAYS = 1_000, 100_000, 1_095
_SYLLABLES = (
    "ba be bo da der di en er fa ga in ka ker la lo ma men mo na ner no or pa po ra re ri sa sen si ta ter to un va",
    "ба ва го ден до ка ко ли ло ма ми на ни но по ра ри ро са ста та ти то ху чи ще ють ями",
)


class Speaker:
    """Makes words up, the few frequent ones and the many rare ones of a language."""

    def __init__(self, seed: int, syllables: str, words: int = 20_000) -> None:
        self.chance = random.Random(seed)
        parts = syllables.split()
        self.words = ["".join(self.chance.choices(parts, k=self.chance.randint(1, 4))) for _ in range(words)]
        self.weights = list(itertools.accumulate(1 / (at + 3) for at in range(words)))

    def say(self, fewest: int, most: int) -> str:
        """Say a sentence of some words."""
        number = self.chance.randint(fewest, most)
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=number)).capitalize()


def make_claims(number: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Make claims with their sources: five a source, three a quantity."""
    latin, cyrillic = (Speaker(at, syllables) for at, syllables in enumerate(_SYLLABLES))
    chance = random.Random(2)
    actors, places, items = ([latin.say(1, 3) for _ in range(count)] for count in (200, 500, 300))
    sources = [
        {"id": f"source-{at}", "publisher": actors[at % 80], "title": (cyrillic if at % 3 == 0 else latin).say(5, 12)}
        for at in range(number // 5 + 1)
    ]
    titles = [f"{latin.say(3, 7)}, {chance.choice(places)}" for _ in range(number // 3 + 1)]
    return [
        (
            {
                "id": f"tr-{at:06}", "quantity_title": titles[at // 3], "item": chance.choice(items),
                "shown": f"{chance.randint(10, 9_000):,}", "claimant": chance.choice(actors),
                "wording": (cyrillic if at // 5 % 3 == 0 else latin).say(8, 24), "source": f"source-{at // 5}",
                "parties": f"{chance.choice(actors)} to {chance.choice(actors)}", "where": chance.choice(places),
                "when": str(FIRST + dt.timedelta(days=at * DAYS // number)),
            },
            sources[at // 5],
        )
        for at in range(number)
    ]  # fmt: skip


def put(out: Path, number: int, claims: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> Record:
    """Put an edition into a reports folder: its record, and its details on the disk."""
    day = str(FIRST + dt.timedelta(days=number * DAYS // EDITIONS))
    rows = {claim["id"]: RecordedRow("", claim) for claim, _ in claims}
    sources = {source["id"]: RecordedRow("", source) for _, source in claims}
    packed = gzip.compress(json.dumps(asdict(Details(rows={"claims": rows, "sources": sources}))).encode(), 1, mtime=0)
    path = details_path(out, f"situation/{day}.html")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed)
    return Record(
        f"situation/{day}.html", "situation", page=digest_bytes(packed), as_of=day, details=digest_bytes(packed),
        question="Will the harbour be blocked this year?",
        answer=f"On {day} claimants put them at up to {number * 37 % 900:,} people, and say so in a sentence.",
        headings=tuple(f"What was handed over, part {at}" for at in range(9)),
        judgements=tuple(
            RecordedJudgement(f"j-{at}", f"It is unlikely that port {at} is closed by the end of the year", "unlikely",
                              "20-45 %", 20, 45)
            for at in range(5)
        ),
    )  # fmt: skip


def measure(what: str, archive: Archive, bar: str = "") -> dict[str, bytes]:
    """Make the pages of the search and write them; print how long the making took."""
    start, worked = time.perf_counter(), time.process_time()
    pages = make_search(archive)
    clock, worked = time.perf_counter() - start, time.process_time() - worked
    print(f"  {what:<50} {clock:>8.3f} s, {worked:.3f} s of a processor   {bar}", flush=True)
    for name, page in pages.items():
        path = archive.out / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(page)
    return pages


#: Promises how long it takes from the form's being there, before index and script are, until an answer has been drawn.
#: Each answer is marked, also the first, where older claims are still being counted, and the whole.
_WATCH = """let begun;
const { promise: answered, resolve: first } = Promise.withResolvers();
const { promise: counted, resolve: whole } = Promise.withResolvers();
Object.assign(window, { answered, counted });
let said = "";
new MutationObserver(() => {
  const status = document.getElementById("search_status");
  if (status) begun ??= performance.now();
  const text = status?.textContent;
  if (!text || text === said) return;
  said = text;
  requestAnimationFrame(() => setTimeout(() => {
    performance.mark(`answer: ${text}`);
    first(performance.now() - begun);
    if (!text.startsWith("Counting")) whole(text);
  }));
}).observe(document, { childList: true, subtree: true });"""
_ASK = """question => new Promise((done) => {
  const status = document.getElementById("search_status");
  const start = performance.now();
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(() =>
    done(performance.now() - start)))).observe(status, { childList: true });
  document.getElementById("search_asked").value = question;
  document.getElementById("search").requestSubmit();
})"""


def answer(browser: Browser, path: Path, question: str) -> tuple[float, float, float]:
    """Ask a page; give the seconds until the first answer is drawn.

    They are those of a question that stands in the address, from the form's being there; of one that is asked as soon
    as the page is loaded; and of the next.
    """
    with _open(browser, f"{path.as_uri()}?q={quote(question)}") as tab:
        by_address = tab.evaluate("window.answered")
    with _open(browser, path.as_uri()) as tab:
        first = tab.evaluate(_ASK, question)
        again = tab.evaluate(_ASK, question + " ")
    return by_address / 1000, first / 1000, again / 1000


@contextmanager
def _open(browser: Browser, address: str, slower: int = 4) -> Iterator[Page]:
    """Open a page on a processor that is made so many times slower."""
    tab = browser.new_page()
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    tab.add_init_script(_WATCH)
    tab.goto(address)
    yield tab
    tab.close()


def work(browser: Browser, path: Path, question: str) -> tuple[float, float, str]:
    """Ask by the address; give the seconds of a processor that the page's main thread works, and what is answered.

    They are from the opening of the page to the first answer that is drawn, and to the whole. Unlike the clock they
    do not depend on who else uses the machine; the browser's own trace says them.
    """
    tab = browser.new_page()
    tab.add_init_script(_WATCH)
    browser.start_tracing(page=tab, categories=["toplevel", "blink.user_timing"])
    tab.goto(f"{path.as_uri()}?q={quote(question)}")
    told = tab.evaluate("window.counted")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    tab.close()
    marks = [event for event in events if event["name"].startswith("answer: ")]
    thread = marks[0]["pid"], marks[0]["tid"]
    tasks = [
        event for event in events
        if event["name"] == "ThreadControllerImpl::RunTask" and (event["pid"], event["tid"]) == thread
    ]  # fmt: skip
    first, whole = (
        sum(task.get("tdur", 0) for task in tasks if task["ts"] < end) / 1_000_000
        for end in (min(mark["ts"] for mark in marks), max(mark["ts"] for mark in marks))
    )
    return first, whole, told


def ask(browser: Browser, path: Path) -> None:
    """Ask a page what is rare, what is frequent, and what is nowhere."""
    for question in ("tr-099000", "ma", "по ба", '"harbour be blocked"', "nowhere at all"):
        by_address, asked, again = answer(browser, path, question)
        seconds = f"{by_address:.2f} s from the address, {asked:.2f} s asked, {again:.2f} s asked again"
        worked = [work(browser, path, question) for _ in range(5)]
        first, whole = (min(times) for times in list(zip(*worked, strict=True))[:2])
        print(f"  {question:<22} {seconds}   under 0.5 s; {worked[0][-1]}", flush=True)
        print(f"  {'':<22} main thread, at full speed: {first:.3f} s to the first answer, {whole:.3f} s to the whole")


def carried(claims: Sequence[Any], *, grows: bool) -> Iterator[Sequence[Any]]:
    """Give the claims of each edition: its own, or the hundred newest that a growing dossier has."""
    for number in range(EDITIONS):
        end = (number + 1) * len(claims) // EDITIONS
        yield claims[max(0, end - 100) : end] if grows else claims[number * 100 : (number + 1) * 100]


def run(out: Path, claims: Sequence[Any], *, grows: bool, browser: Browser) -> None:
    """Make the search of so many claims, change an edition, add one, and ask."""
    editions = list(carried(claims, grows=grows))
    records = tuple(itertools.starmap(functools.partial(put, out), enumerate(editions)))
    measure("all editions are new", Archive(out, records))
    measure("nothing changed", Archive(out, records), "under 0.05 s")
    *same, (claim, source) = editions[500]
    reworded_claim = ({**claim, "wording": "Something else"}, source)
    for what, carries in (
        ("one claim of an edition reworded", [*same, reworded_claim]),
        ("all claims of an edition are others", [*claims[-99:], reworded_claim]),
    ):
        records = (*records[:500], put(out, 500, carries), *records[501:])
        measure(what, Archive(out, records), "under 0.1 s")
    reworded = replace(records[-1], answer="It is certain.", page="another")
    pages = measure("the newest says something else", Archive(out, (*records[:-1], reworded)), "under 0.1 s")
    for name, page in pages.items():
        print(f"  {name:<50} {len(page) / 1000:>8,.0f} kB   under 2,000 kB", flush=True)
    ask(browser, out / "search.html")


def main() -> None:
    """Measure, and print as it goes."""
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for what, number, grows in (("100,000 claims, all of them distinct", CLAIMS, False),
                                    ("100,000 claims, 5,000 of them distinct", 5_000, True)):  # fmt: skip
            print(f"{EDITIONS:,} editions, {what}", flush=True)
            run(Path(scratch) / str(number), make_claims(number), grows=grows, browser=browser)


if __name__ == "__main__":
    sys.exit(main())

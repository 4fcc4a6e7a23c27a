"""Two dossiers of the tests, whole: what the notebooks are asked of each, and each page's words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup
from real import run

from briefing.page.exporter import render_page

#: The ids of rows, as dossiers write them, and of rules.
IDS = re.compile(r"(?<![\w-])(?:[a-z]{1,3}-\d+[a-z]?|[A-Z]\d\d)(?![\w-])")

FOLDER = Path(__file__).parent / "dossiers_of_tests"

_NONE = r"""\", otherwise=\"No count is known"""

#: What the situation says of the first dossier alone, and what stands there instead.
_OWN_WORDS = {
    "Russian troops in Belarus": "What is there",
    "Announced for the joint grouping": "What was announced",
    "T-72A tanks handed to Russia, autumn 2022": "What was handed over",
    "Ammunition sent to Russia by rail": "What was sent",
    "Where claimants put Russian troops, and the ways that they might go": "Where they are put, and might go",
    "Ammunition by rail": "By rail",
    "The parts that are listed for October and November 2022 add up to {parts.figure: items}. ":
        "The parts that are listed add up to {parts.figure:unit}. ",
    "With the rival figure for tanks the parts for October and November 2022 come to {rival.figure: items}.":
        "With the rival figure they come to {rival.figure:unit}.",
    "Belaruski Hajun's own running counts of tanks, trucks and infantry fighting vehicles for October 2022 ":
        "The counts of one claimant ",
    "come to {seen: items}: where one of them is only a floor, so is their sum.": "come to {seen:unit}.",
    "Who denies that equipment was handed over in autumn 2022": "Who denies it",
    "The items handed over in autumn 2022, and what they are made of": "The whole, and what it is made of",
    "One monitor put tanks on the train of 16 October 2022 where the railway workers put ": "Nothing is inferred ",
    "infantry fighting vehicles. Counted as tanks, that train would explain the higher figure. ": "from these counts. ",
    "This is our inference; no source says so.": "No source says more.",
    "On joining the war and on an attack from Belarus": "On the first topic",
    "On troops, arms, allies and what Belarus fears": "On the other topic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whole:
    """A dossier of the tests: its two days, and what each notebook is asked of it."""

    name: str
    days: tuple[str, str]
    asked: Mapping[str, Mapping[str, object]]
    named: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """Where its tables are."""
        return FOLDER / self.name


_TOPICS = ("joining_war", "attack_from_belarus", "regional_grouping")
_TURNS = ("ev-0026", "ev-0028", "ev-0034", "ev-0040", "ev-0043")
#: A table is called as one of these is.
_OTHER_TOPICS = (r"troop_presence\", \"transfers", "nuclear", "sanctions_regime", "visit", "other")

SYLVANIA = Whole(
    "sylvania",
    ("2032-03-15", "2033-06-30"),
    {
        "deployments": {"force": "ruritania", "host": "sylvania"},
        "transfers": {"giver": "ruritania", "getter": "sylvania", "item": "arms"},
        "statements": {"speaker": "trentino"},
        "sourcing": {"days": 30},
        "situation": {"window": 90},
    },
    {
        "Will Belarus be drawn into the war?": "Will Ruritania join the war?",
        "russian-troops-in-belarus": "soldiers-there",
        "belarus-russia-t-72a-2022-10-2022-11": "guns-sent",
        "belarus-russia-rail-ammunition-2022-03-2022-09": "containers-sent",
        "regional-grouping-russian-contingent-announced": "engineers-promised",
        "belarus-russia-equipment-2022-10-2022-11": "soldiers-there",
        "belarus-russia-bmp-2-without-turrets-2022-10": "guns-one-day",
        "belarus-russia-tanks-and-ifvs-2022-10": "guns-autumn",
        "tank-or-ifv": "gun",
        "russia": "ruritania", "belarus": "sylvania", **dict.fromkeys(_TURNS, "e-1"),
        "tr-0105": "t-14", "tr-0106": "t-15", "tr-0002": "t-12",
        **dict.fromkeys(("tr-0033", "tr-0034", "tr-0036"), "t-14"),
        **dict.fromkeys(_TOPICS, "ships"), **dict.fromkeys(_OTHER_TOPICS, "soldiers"),
    },
)  # fmt: skip

TOLLGATE = Whole(
    "tollgate",
    ("2031-06-01", "2032-06-30"),
    {
        "deployments": {"force": "marshovia", "host": "graustark"},
        "transfers": {"giver": "marshovia", "getter": "graustark", "item": "goods"},
        "statements": {"speaker": "danilo"},
        "sourcing": {"days": 30},
        "situation": {"window": 90},
    },
    {
        "Will Belarus be drawn into the war?": "Who pays for the gates?",
        "russian-troops-in-belarus": "gates-late",
        "belarus-russia-t-72a-2022-10-2022-11": "gates-delivered",
        "belarus-russia-rail-ammunition-2022-03-2022-09": "paid",
        "regional-grouping-russian-contingent-announced": "gates-ordered",
        "belarus-russia-equipment-2022-10-2022-11": "gates-cancelled",
        "belarus-russia-bmp-2-without-turrets-2022-10": "gates-of-iron",
        "belarus-russia-tanks-and-ifvs-2022-10": "gates-late",
        "tank-or-ifv": "tollgate", "present": "delivered", "persons": "items",
        "russia": "marshovia", "belarus": "graustark", **dict.fromkeys(_TURNS, "g-1"),
        "tr-0105": "o-5", "tr-0106": "o-6", "tr-0002": "o-4",
        **dict.fromkeys(("tr-0033", "tr-0034", "tr-0036"), "o-6"),
        **dict.fromkeys((*_TOPICS, *_OTHER_TOPICS), "loan"),
    },
)  # fmt: skip

WHOLES = {whole.name: whole for whole in (SYLVANIA, TOLLGATE)}


@cache
def page_of(dossier: str, notebook: str, at: int) -> str:
    """Give the page of a notebook over a dossier on the first or the second of its days; made once a worker."""
    whole = WHOLES[dossier]
    day, named = whole.days[at], (whole.named | _OWN_WORDS if notebook == "situation" else {})
    made = run(notebook, whole.folder, named=named, as_of=day, **whole.asked[notebook])
    page = render_page(made, name=notebook, edition=f"{notebook}/{day}")
    if "PAGES_OF_TESTS" in os.environ:
        (Path(os.environ["PAGES_OF_TESTS"]) / f"{dossier}-{notebook}-{day}.html").write_text(page, encoding="utf-8")
    return page


@cache
def words_of(dossier: str, notebook: str, at: int) -> str:
    """Give what a page says, without its annexes' markup: one passage a line."""
    return "\n".join(passages(page_of(dossier, notebook, at)))


_PASSAGES = ("h1", "h2", "h3", "p", "caption", "figcaption", "th", "td", "li", "dt", "dd", "summary")


def passages(page: str) -> Iterator[str]:
    """Give the passages of a page in order: headings, paragraphs, captions, cells, items of lists."""
    soup = BeautifulSoup(page, "html.parser")
    for hidden in soup(["script", "style", "svg"]):
        hidden.decompose()
    for node in soup.find_all(_PASSAGES):
        if not node.find(["p", "li", "td", "dd"]):
            yield " ".join(node.get_text(" ", strip=True).split())


def seen(page: str) -> str:
    """Give the words that a reader sees of a page before its annex, whatever is folded there unfolded."""
    soup = BeautifulSoup(page, "html.parser")
    for hidden in soup.select("script, style, svg title, svg desc, .annex, .cards, footer"):
        hidden.decompose()
    return " ".join(soup.get_text(" ").split())

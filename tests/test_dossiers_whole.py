"""A second and a third dossier of other subjects go the whole way through all five notebooks, and read right."""

from __future__ import annotations

import itertools
import re

import pytest
from whole import IDS, WHOLES, page_of, seen, words_of

from briefing.blocks.marks import MARKED
from briefing.checks import check_folder
from briefing.errors import FIGURE_MARKS

NOTEBOOKS = ("situation", "deployments", "transfers", "statements", "sourcing")

#: The later day of each in every run; the earlier one where a page takes its time.
PAGES = [
    pytest.param(dossier, notebook, at, marks=[pytest.mark.long] if at == 0 else [])
    for dossier, notebook, at in itertools.product(WHOLES, NOTEBOOKS, (0, 1))
]

#: What `briefing check` doubts in them, and why that stays.
DOUBTED = {
    "sylvania": [("F20", "t-7")],  # two relays of one press briefing, which are there to differ
    "tollgate": [("S07", "o-8")],  # nobody but the buyer says that the buyer cancelled
}

SILLY = re.compile(r"\b1 (?:items|persons|guns|containers|rounds)\b|\bno stated number of\W|: :|\(\)|\bnan\b")


@pytest.mark.parametrize("dossier", WHOLES)
def test_the_checks_find_what_each_dossier_was_written_to_have(dossier: str) -> None:
    found = check_folder(WHOLES[dossier].folder)
    assert [(problem.id, problem.subject) for problem in found.problems] == DOUBTED[dossier]


@pytest.mark.parametrize(("dossier", "notebook", "at"), PAGES)
def test_each_notebook_becomes_a_page_of_each_dossier_without_a_silly_word(
    dossier: str, notebook: str, at: int
) -> None:
    page = page_of(dossier, notebook, at)
    assert "<h1" in page and "Belarus" not in page
    assert not MARKED.search(page) and not FIGURE_MARKS.search(page)
    assert SILLY.findall(words_of(dossier, notebook, at)) == []


@pytest.mark.parametrize(("dossier", "notebook", "at"), PAGES)
def test_no_id_and_no_code_of_a_rule_is_seen_before_the_annex(dossier: str, notebook: str, at: int) -> None:
    assert IDS.findall(seen(page_of(dossier, notebook, at))) == []


@pytest.mark.parametrize(
    ("notebook", "at", "told"),
    [
        ("transfers", 1, "puts containers sent to Sylvania at 20,000 or more (7 September 2031 to 29 May 2033)"),
        ("transfers", 1, "Ministry of Defence of Carpania puts containers sent to Sylvania at 20,000 or more"),
        ("transfers", 1, "under 50, or ≥ 50, sources conflict"),
        ("transfers", 1, "containers, items and rounds cannot be added; a sum has one unit"),
        ("transfers", 1, "two claims left out because another counts the same goods"),
        ("deployments", 1, "1,500 to 12,000 or more soldiers"),
        ("deployments", 1, "doubts 15,000"),
        ("deployments", 1, "People sent, or to be sent, by Ruritania to Sylvania, newest first"),
        ("deployments", 1, "~4,700 to more than 5,000, sources conflict"),
        ("situation", 1, "Lowered from unlikely (20–45 %) (10 March 2032)"),
        ("situation", 1, "Points away from it"),
        ("situation", 1, "none in the last 90 days; the only one was on 20 October 2031."),
        ("situation", 1, "The parts that are listed add up to 1 gun"),
        ("statements", 1, "then sets a condition for (10 May 2033)"),
        ("sourcing", 1, "Soldiers of Ruritania in the harbour\nnearly 50"),
        pytest.param("transfers", 0, "About 6,700 to 10,000 or more containers", marks=pytest.mark.long),
        pytest.param("transfers", 0, "≤ 3,000,000, or ≥ 3,000,000, reports of it differ", marks=pytest.mark.long),
        pytest.param("deployments", 0, "About 1,100 to 3,000 or more soldiers", marks=pytest.mark.long),
        pytest.param("deployments", 0, "times the lower", marks=pytest.mark.long),
    ],
)
def test_the_pages_of_the_second_dossier_say(notebook: str, at: int, told: str) -> None:
    words = re.sub(r"(?: \d+(?: ,)?)+(?: \+\d+)?(?= \(| :|$)", "", words_of("sylvania", notebook, at), flags=re.M)
    assert told in words or told in words_of("sylvania", notebook, at)


@pytest.mark.parametrize(
    ("notebook", "told"),
    [
        ("transfers", r"denies 15,000|4,215,920|3,000,000 (?:shells|rounds|items)"),
        ("deployments", r"denies 15,000|fewer than 50\b|1,500 to 12,000 (?!or more)"),
        ("situation", r"50 to 50|not judged(?! how likely)|denies 15,000"),
        ("sourcing", r"(?m)^3,000,000|50–50"),
    ],
)
def test_the_pages_of_the_second_dossier_never_say(notebook: str, told: str) -> None:
    assert re.findall(told, words_of("sylvania", notebook, 1)) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_no_figure_of_a_page_is_below_zero(notebook: str) -> None:
    words = "\n".join(words_of(name, notebook, 1) for name in WHOLES)
    assert re.findall(r"(?m)^[^\n]*[≥≤~><] ?[-−]\d[^\n]*$", words) == []


@pytest.mark.parametrize(
    ("notebook", "told"),
    [
        ("transfers", "Announced, ordered, denied or doubted: Goods and money from Marshovia to Graustark"),
        ("transfers", "committed"),
        ("transfers", "withdrawn"),
        ("deployments", "No count of anything that Marshovia has in Graustark is known on this day."),
        ("statements", "speaks to one proposition in two quotations (12 April 2031 to 2 May 2032)."),
        ("situation", "Marshovia Works at 1,200,000 to 1,500,000"),
        ("situation", "No judgement is open on this day."),
        ("sourcing", "< 48, or 60–80, sources conflict"),
    ],
)
def test_the_pages_of_the_third_dossier_say(notebook: str, told: str) -> None:
    assert told in words_of("tollgate", notebook, 1)

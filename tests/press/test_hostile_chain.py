"""Texts that mean harm, in every text column of a dossier, go the whole way: rows, notebook, run, page, browser."""

from __future__ import annotations

from pathlib import Path

import hostile
import pytest
from playwright.sync_api import Page

from briefing.cells import MOST_CHARACTERS
from briefing.dossier import check_dossier
from briefing.errors import UNPRINTABLE
from briefing.press.page import Budget, render_page
from briefing.press.page.policy import check_page
from briefing.press.run import run_notebook
from briefing.press.surroundings import name_environment
from norway import ROWS, csv_text, write_dossier
from notebooks import notebook_text

#: What a dossier may hold; the others are refused where they stand, and never reach a page.
FIT = tuple(text for text in hostile.STRINGS if not UNPRINTABLE.search(text) and text == text.strip())
UNFIT = tuple(text for text in hostile.STRINGS if text not in FIT and "\ud800" not in text)
#: As long as a cell may be: a million characters are refused.
LONGEST = "y" * MOST_CHARACTERS
#: The columns that hold less than others.
MOST = {"wording": 200, "text": 300}
CELLS = (
    "import briefing as b\nd = b.read_dossier(as_of=as_of)\nsent = b.choose(d)",
    "b.headline(d, 'Is it so?')",
    "b.table(sent, caption='Claims')",
    "b.dot_range(b.choose(d, quantity='q-0'), title='Sent')",
    "b.quotations(b.choose_quotes(d), caption='Said')",
    "b.timeline(d, caption='Then')",
    "b.sources(d)",
)


def rows_of(texts: tuple[str, ...]) -> dict[str, list[dict[str, str]]]:
    """Make a row of every table for every text, which stands in all of the row's columns of words."""
    made: dict[str, list[dict[str, str]]] = {name: [] for name in TAKEN}
    for n, text in enumerate(texts):
        for name, (like, keys, words) in TAKEN.items():
            named = {key: value.format(n=n) for key, value in keys.items()}
            made[name].append(like | named | {column: text[: MOST.get(column, MOST_CHARACTERS)] for column in words})
    return {name: [*ROWS.get(name, []), *rows] for name, rows in made.items()}


#: Table -> a row to begin with, its keys, its columns of words.
TAKEN: dict[str, tuple[dict[str, str], dict[str, str], tuple[str, ...]]] = {
    "sources": (
        {**ROWS["sources"][1], "origin_id": ""}, {"source_id": "s-{n}"},
        ("publisher", "title", "reliability_basis", "note"),
    ),
    "actors": ({"kind": "person"}, {"actor_id": "a-{n}"}, ("name", "role")),
    "quantities": ({}, {"quantity_id": "q-{n}"}, ("title", "scope", "note")),
    "transfers": (
        {**ROWS["transfers"][0], "part_of": ""},
        {"claim_id": "c-{n}", "quantity_id": "q-{n}", "source_id": "s-{n}", "claimant_id": "a-{n}"},
        ("wording", "credibility_basis", "note"),
    ),
    "quotes": (
        ROWS["quotes"][0],
        {"quote_id": "w-{n}", "source_id": "s-{n}", "speaker_id": "a-{n}"},
        ("text", "target", "note"),
    ),
    "events": (ROWS["events"][0], {"event_id": "ev-{n}", "source_id": "s-{n}"}, ("title", "summary")),
}  # fmt: skip


@pytest.mark.browser
def test_every_text_reaches_the_page_as_text_and_nothing_runs(page: Page, tmp_path: Path) -> None:
    data = write_dossier(tmp_path / "data", ROWS | rows_of((*FIT, LONGEST)))
    ran = run_notebook(
        notebook_text(*CELLS),
        {"as_of": "2031-05-01"},
        folder=tmp_path,
        environment=name_environment(data=data),
        name="x",
    )
    text = render_page(ran, budget=Budget(0, 0))
    assert check_page(text) == []
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.get_by_role("button", name="Make charts interactive").click()
    page.wait_for_selector('html[data-charts="all interactive"]')
    shown = page.evaluate("document.body.textContent.replace(/\\s+/g, ' ')")
    assert [each for each in FIT if shown.count(" ".join(each.split())) < 10] == []
    assert LONGEST in shown
    assert (
        told == []
        and page.locator("main img, iframe, object, embed, base, form:not(.vega-bindings), video, link").count() == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("text", [*UNFIT, "x" * 1_000_000])
def test_what_no_row_may_hold_is_refused_in_its_cell(small: Path, text: str) -> None:
    rows = [{**ROWS["sources"][0], "title": text}, *ROWS["sources"][1:]]
    (small / "sources.csv").write_text(csv_text("sources", rows), encoding="utf-8", newline="")
    assert [problem.column for problem in check_dossier(small) if problem.severity == "error"][:1] == ["title"]

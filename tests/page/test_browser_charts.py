"""Charts that answer, in a real browser: each mark tells a reader whose word it is, and nothing of how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import freedonia as f
import pytest
from playwright.sync_api import Browser, Page

import briefing as b
from briefing.page.exporter import render_page

pytestmark = pytest.mark.browser

D = b.read_example()
SAID = b.choose_quotes(D)
CHARTS = {
    "dot_range": b.dot_range(b.choose_claims(D, quantity="lorries-sent"), title="Lorries"),
    "dated_series": b.dated_series(b.choose_claims(D, quantity="guards-there"), title="Guards"),
    "part_and_whole": b.part_and_whole(b.find_parts(D, "tr-0005"), title="Vehicles"),
    "revision_steps": b.revision_steps(b.revisions(D, item="lorry", counting="increment"), title="Lorries since"),
    "likelihood_strip": b.likelihood_strip(D, "unlikely", title="The strait closes"),
    "stances_over_time": b.stances_over_time(SAID, title="Words"),
    "events_and_statements": b.events_and_statements(b.timeline(D, caption="Deeds"), SAID, title="Deeds and words"),
    "place_map": b.place_map(b.choose_claims(D, item="guards"), title="Where"),
}

#: What one mark of each chart tells, line by line.
TOLD = {
    "dot_range": (
        "Harbour Watch, October 2031: 48 items",
        "As printed: “watchers counted 48 lorries”",
        "Read in: Corvia Gazette",
        "Repeats: Harbour Watch, October 2031",
    ),
    "dated_series": (
        "Ferry Workers' Union, November 2031: 1,200 persons",
        "As printed: “the union says 1,200”",
        "Read in: Corvia Gazette",
    ),
    "part_and_whole": (
        "Harbour Watch, October 2031: 40 items", "As printed: “40 carts”", "Read in: Harbour Watch", "What: carts",
    ),
    "revision_steps": (
        "From 18 October 2031: 44 items",
        "Made of: sum of two claims",
        "Read in: Ferry Workers' Union",
        "Who says so: Ferry Workers' Union",
    ),
    "likelihood_strip": ("very unlikely: 5–20 %", "Scale: ICD 203"),
    "stances_over_time": (
        "Orla Venn, 1 June 2031, denies: Corvia closes the strait",
        "In words: “No ferry will ever be turned back.”",
        "Read in: Government of Corvia",
    ),
    "events_and_statements": (
        "9 October 2031: The first ferry with lorries sails", "Read in: Ferry Workers' Union", "Where: South Quay",
    ),
    "place_map": (
        "Veldania, 16 October 2031: ≤ 900 persons (announced)",
        "As printed: “up to 900 guards will be sent”",
        "Read in: Government of Veldania",
        "Where: North Quay",
    ),
}  # fmt: skip

#: All that stands before a colon in a tip, under its title.
NAMES = {"As printed", "In words", "Made of", "Read in", "Repeats", "Scale", "What", "Where", "Who says so"}

#: Point at every mark of a chart, and give what is told.
SWEEP = """chart => {
  const tip = document.querySelector('.tip');
  tip.hidden = true;
  const marks = '.stage svg :is(.mark-symbol, .mark-rect, .mark-rule, .mark-text) > *';
  return [...chart.querySelectorAll(marks)].map(mark => {
    mark.dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 9, clientY: 9}));
    return tip.hidden ? '' : tip.innerText;
  });
}"""


@pytest.fixture(scope="module")
def tab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give a page with a chart of every kind, all of which answer."""
    path = tmp_path_factory.mktemp("charts") / "charts.html"
    path.write_text(render_page(f.notebook(f.words("# Who?"), *map(f.cell, CHARTS.values()))), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(path.as_uri())
    tab.get_by_role("button", name="Make charts interactive").click()
    tab.wait_for_selector('html[data-charts="all interactive"]')
    yield tab
    context.close()


@pytest.fixture(scope="module")
def tips(tab: Page) -> dict[str, set[str]]:
    """Give what each chart tells when all of its marks are pointed at."""
    charts = tab.locator("figure.chart")
    return {name: {tip for tip in charts.nth(n).evaluate(SWEEP) if tip} for n, name in enumerate(CHARTS)}


@pytest.mark.parametrize("name", CHARTS)
def test_a_mark_answers_with_whose_word_it_is_and_where_it_was_read(tips: dict[str, set[str]], name: str) -> None:
    assert "\n".join(TOLD[name]) in tips[name]


def test_no_tip_has_a_name_that_only_a_drawing_knows(tips: dict[str, set[str]]) -> None:
    names = {line.partition(": ")[0] for told in tips.values() for tip in told for line in tip.split("\n")[1:]}
    assert names == NAMES


def test_a_tip_stands_in_sight_at_the_foot_of_the_window(tab: Page) -> None:
    mark = tab.locator(".stage .mark-symbol path").last
    mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().bottom - innerHeight + 4)")
    mark.hover(force=True)
    box = tab.locator(".tip").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


def test_a_mark_answers_a_finger(tab: Page, browser: Browser) -> None:
    phone = browser.new_context(offline=True, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(tab.url)
    page.get_by_role("button", name="Make charts interactive").tap()  # a mouse elsewhere would hide the tip again
    page.wait_for_selector('html[data-charts="all interactive"]')
    page.locator(".stage .mark-symbol path").first.tap(force=True)
    box = page.locator(".tip").bounding_box()
    phone.close()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360

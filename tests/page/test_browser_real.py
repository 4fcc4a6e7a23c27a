"""The pages of every notebook of this house in a real browser: quiet, whole, within reach, and fit for paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from accessible import bring_axe, unfold, violations
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page, ViewportSize
from real import NAMES
from test_browser import cited
from test_browser_print import put_on_paper, sheets
from whole import IDS, seen

from briefing.blocks.blocks import MIME, Block, read_block

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("name", NAMES)]
Real = Callable[[str], Path]

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
#: The most sheets of A4 that a page takes without its evidence; 12 where nothing is said.
SHEETS = {"situation": 12}
#: What a keyboard reaches.
CONTROLS = 'a[href], button, input, select, summary, [tabindex="0"]'
WATCH = """controls => {
  window.reached = new Set();
  addEventListener('focusin', event => window.reached.add(event.target));
  return [...document.querySelectorAll(controls)].filter(e => e.checkVisibility({contentVisibilityAuto: true})).length;
}"""


def answer(tab: Page) -> None:
    """Make a page's charts answer, where it has any."""
    button = tab.get_by_role("button", name="Make charts interactive")
    if button.count():
        button.click()
        tab.wait_for_selector('html[data-charts="all interactive"]')


def figures(notebook: NotebookNode) -> set[str]:
    blocks = [read_block(out["data"][MIME]) for cell in notebook.cells for out in cell.get("outputs", ())]
    shown: list[Block] = [block.model_copy(update={"evidence": None}) for block in blocks]
    return {text for block in shown for text in cited(block)}


@pytest.mark.long
def test_axe_finds_nothing_in_light_dark_on_a_phone_and_hydrated(browser: Browser, real: Real, name: str) -> None:
    """All of the page in each state; on the phone with all that a reader may open, open."""
    context = browser.new_context(offline=True, viewport=DESK, bypass_csp=True)
    tab = context.new_page()
    tab.goto(real(name).as_uri())
    bring_axe(tab)
    told = {"light": violations(tab)}
    unfold(tab)
    tab.set_viewport_size(PHONE)
    told["light, phone"] = violations(tab)
    answer(tab)
    tab.emulate_media(color_scheme="dark")
    told["dark, phone, hydrated"] = violations(tab)
    tab.set_viewport_size(DESK)
    told["dark, hydrated"] = violations(tab)
    context.close()
    assert told == {"light": [], "light, phone": [], "dark, phone, hydrated": [], "dark, hydrated": []}


def test_a_page_asks_for_nothing_and_shows_every_figure(
    page: Page, real: Real, ran: Callable[[str], NotebookNode], name: str
) -> None:
    page.goto(real(name).as_uri())
    shown = page.evaluate("document.body.textContent")
    assert {figure for figure in figures(ran(name)) if figure not in shown} == set()


def test_every_internal_link_leads_somewhere(page: Page, real: Real, name: str) -> None:
    page.goto(real(name).as_uri())
    lost = """[...document.querySelectorAll('a[href^="#"]')].map(e => decodeURIComponent(e.hash.slice(1)))
              .filter(id => !document.getElementById(id))"""
    assert page.evaluate(lost) == []


def test_no_width_scrolls_sideways(page: Page, real: Real, name: str) -> None:
    page.goto(real(name).as_uri())
    widths = {}
    for width in (320, 360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        widths[width] = page.evaluate("document.documentElement.scrollWidth")
    assert all(shown <= width for width, shown in widths.items()), widths


def test_charts_answer_and_draw_what_stood_there(page: Page, real: Real, name: str) -> None:
    page.goto(real(name).as_uri())
    words = "[...document.querySelectorAll('.chart .wide text, .chart .stage text')].map(e => e.textContent)"
    still = page.evaluate(words)
    answer(page)
    assert sorted(page.evaluate(words)) == sorted(still)


@pytest.mark.long
def test_tab_reaches_every_control(page: Page, real: Real, name: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 200})  # less to paint between two of a thousand keys
    page.goto(real(name).as_uri())
    expected = page.evaluate(WATCH, CONTROLS)
    keys = page.context.new_cdp_session(page)
    for _ in range(expected + 5):
        keys.send(
            "Input.dispatchKeyEvent", {"type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
        )
    assert page.evaluate("window.reached.size") == expected


HEADS = "[...document.querySelectorAll('thead')].map(head => head.textContent.replaceAll('↕', ''))"


@pytest.mark.long
def test_the_print_is_tagged_whole_and_no_sheet_but_the_last_is_half_empty(
    browser: Browser, real: Real, ran: Callable[[str], NotebookNode], name: str, tmp_path: Path
) -> None:
    tab = browser.new_page()
    tab.goto(real(name).as_uri())
    heads = tab.evaluate(HEADS)
    tab.close()
    (tmp_path / "page.html").write_bytes(real(name).read_bytes())
    path = put_on_paper(browser, tmp_path / "page.html", evidence=True)
    root = pypdf.PdfReader(path).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    read = sheets(path)
    whole = "".join(text for text, _ in read)
    wanted = {re.sub(r"\s", "", figure) for figure in figures(ran(name))}
    assert {figure for figure in wanted if figure not in whole} == set()
    assert [(n, round(share, 2)) for n, (_, share) in enumerate(read[:-1], 1) if share < 0.4] == []
    # a table's head that stands alone at the foot of a sheet is not repeated on the next
    ends = tuple(re.sub(r"\s", "", head) for head in heads)
    assert [n for n, (text, _) in enumerate(read, 1) if text.endswith(ends)] == []


@pytest.mark.long
def test_the_print_without_evidence_is_short_and_no_sheet_but_the_last_is_half_empty(
    browser: Browser, real: Real, name: str, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_bytes(real(name).read_bytes())
    read = sheets(put_on_paper(browser, tmp_path / "page.html"))
    assert len(read) <= SHEETS.get(name, 12)
    assert [(n, round(share, 2)) for n, (_, share) in enumerate(read[:-1], 1) if share < 0.4] == []


def test_no_id_and_no_code_of_a_rule_is_seen_before_the_annex(real: Real, name: str) -> None:
    assert IDS.findall(seen(real(name).read_text(encoding="utf-8"))) == []

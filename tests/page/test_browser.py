"""The page in a real browser: no request, no message, every figure there, and what a reader can do with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import freedonia as f
import pytest
from playwright.sync_api import Browser, Page
from whole import IDS

from briefing.blocks.blocks import Cited
from briefing.page.exporter import render_page

pytestmark = pytest.mark.browser


#: The tools above the sample's long table, and the table.
LONG = ".tools:has(+ .scroll #table_4)"


#: The texts that a reader sees of a page before its annex, whatever is folded there unfolded.
SEEN = """() => {
  document.querySelectorAll('main > section:not(.annex) details').forEach(each => each.open = true);
  return [...document.querySelectorAll('.cover, main > section:not(.annex)')].map(each => each.innerText);
}"""


def ids_in_view(page: Page) -> list[str]:
    """List the ids that a reader sees before the annex."""
    return [found for text in page.evaluate(SEEN) for found in IDS.findall(text)]


def cited(value: object) -> Iterator[str]:
    """Find every figure inside a block."""
    if isinstance(value, Cited):
        yield value.text
    elif isinstance(value, tuple):
        for part in value:
            yield from cited(part)
    elif hasattr(value, "__dict__"):
        for part in vars(value).values():
            yield from cited(part)


def test_the_page_asks_for_nothing_and_shows_every_figure(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    shown = page.evaluate("document.body.textContent")
    figures = set(cited(f.BLOCKS))
    assert len(figures) >= 4
    assert {figure for figure in figures if figure not in shown} == set()


def test_a_hostile_quotation_is_text(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert f.HOSTILE in page.locator("#qt-2 blockquote").inner_text()
    assert page.locator("img").count() == 0


def test_the_page_is_whole_without_scripts(browser: Browser, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(file.as_uri())
    assert tab.locator("svg[role=img]").first.is_visible()
    assert "98–122, sources conflict" in tab.locator(".bottom-line").inner_text()
    assert tab.locator("button:not([popovertarget])").count() == 0
    tab.locator('.bottom-line [popovertarget="card_tr-3"]').click()
    assert "“65,089 tonnes of hay”" in tab.locator("#card_tr-3").inner_text()
    tab.locator("#card_tr-3").get_by_role("link", name="In the annex").click()
    assert tab.locator("#tr-3").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_the_page_never_scrolls_sideways(page: Page, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_sees_the_narrow_chart(page: Page, file: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(file.as_uri())
    assert page.locator(".narrow svg").is_visible()
    assert not page.locator(".wide svg").is_visible()


def test_question_day_and_bottom_line_stand_on_a_phones_first_screen(page: Page, file: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(file.as_uri())
    box = page.locator(".bottom-line").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 740


def test_one_goes_from_a_figure_to_its_card_its_source_and_back_by_keyboard(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    figure = page.locator('.bottom-line [popovertarget="card_tr-3"]')
    figure.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("group", name="65,089 t, The Ferrymen")
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert figure.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    card.get_by_role("link", name="source 3").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#source_3")
    assert page.locator("#source_3").is_visible() and not card.is_visible()
    page.go_back()
    figure.click()
    card.get_by_role("link", name="Bottom line").click()
    assert "use_" in page.url
    assert page.evaluate("document.querySelector(':target').textContent") == "65,089 t"


def test_a_card_opens_at_its_figure_and_on_a_phone_at_the_foot(page: Page, file: Path) -> None:
    figure, card = page.locator('main [popovertarget="card_tr-1"]').first, page.locator("#card_tr-1")
    page.goto(file.as_uri())
    figure.click()
    number, shown = figure.bounding_box(), card.bounding_box()
    assert number and shown
    below, above = shown["y"] - (number["y"] + number["height"]), number["y"] - (shown["y"] + shown["height"])
    assert 0 <= max(below, above) < 12
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 740})
    figure.click()
    shown = card.bounding_box()
    assert shown and (shown["x"], shown["width"], round(shown["y"] + shown["height"])) == (0, 360, 740)


def test_a_rivals_card_takes_the_place_of_the_one_that_names_it(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.locator('main [popovertarget="card_tr-1"]').first.click()
    page.locator("#card_tr-1").get_by_role("button", name="≥ 122").click()
    assert page.locator(".card:visible").evaluate_all("cards => cards.map(card => card.id)") == ["card_tr-2"]
    page.locator("#card_tr-2").get_by_role("button", name="98", exact=True).first.click()
    assert page.locator(".card:visible").evaluate_all("cards => cards.map(card => card.id)") == ["card_tr-1"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card')?.id") == "card_tr-1"


def test_the_annex_is_folded_and_a_link_or_a_search_unfolds_it(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert page.locator(".annex details[open]").count() == 0
    page.goto(f"{file.as_uri()}#tr-2")
    assert page.locator("#tr-2").is_visible()
    assert page.locator(".annex details[open]").count() == 1


def test_no_id_and_no_code_of_a_rule_is_seen_before_the_annex(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert ids_in_view(page) == []


def test_a_place_of_use_inside_closed_details_is_opened(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    anchor = page.locator(".chart details .figure").first.get_attribute("id")
    page.goto(f"{file.as_uri()}#{anchor}")
    page.wait_for_function("document.querySelector('.chart details').open")


def test_the_charts_answer_on_request_under_the_policy(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.get_by_role("button", name="Make charts interactive").click()
    page.wait_for_selector("html[data-charts]")
    assert page.locator(".stage[role=img] svg .mark-rect path").count() >= 2
    page.locator(".stage .mark-rect path").first.hover(force=True)
    assert page.locator(".tip").is_visible()


def saved(page: Page, name: str, *, within: str) -> list[list[str]]:
    """Press a button that saves a file, and read it."""
    with page.expect_download() as download:
        page.locator(within).get_by_role("button", name=name).first.click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_table_is_saved_as_csv_without_formulas(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    rows = saved(page, "Save as CSV", within=LONG)
    assert rows[0] == ["Claimant", "Mules", "Day"]
    assert ['\'=HYPERLINK("https://evil.example")', "≥ 5", "9 November 1933"] in rows
    assert ["Claimant 3", "1,300", "3 November 1933"] in rows


def test_the_claims_are_saved_as_csv(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}#annex_of_claims")
    rows = saved(page, "Save all claims as CSV", within=".annex")
    assert [row[0] for row in rows] == ["claim_id", "tr-1", "tr-2", "tr-3", "tr-4"]
    assert rows[2][4:7] == ["122", "", ""]


def test_a_table_is_filtered_and_sorted_and_the_address_keeps_it(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    table = page.locator("#table_4")
    page.locator(LONG).get_by_label("Filter").fill(",1")
    table.get_by_role("button", name="Mules").click()
    table.get_by_role("button", name="Mules").click()
    assert table.locator("tbody tr:visible th").all_inner_texts() == ["Claimant 11", "Claimant 1"]
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert table.locator("tbody tr:visible th").all_inner_texts() == ["Claimant 11", "Claimant 1"]
    assert table.locator("th[aria-sort=descending]").inner_text().strip().startswith("Mules")


def test_dates_sort_by_day(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    table = page.locator("#table_4")
    table.get_by_role("button", name="Day").click()
    days = table.locator("tbody tr td:last-child").all_inner_texts()
    assert days[:3] == ["1 November 1933", "2 November 1933", "3 November 1933"]


def test_names_of_every_script_sort_by_their_alphabet_and_run_their_way(page: Page, tmp_path: Path) -> None:
    names = ("عربي", "Якаў", "Mules", "Ілля", "Аляксандр Лукашэнка", "Ўладзімір", "Ådne", "باء")
    data = f.TableData(columns=(f.Column(name="Name"), f.Column(name="N")), rows=tuple(((n,), ("1",)) for n in names))
    (tmp_path / "names.html").write_text(
        render_page(f.notebook(f.words("# Who?"), f.cell(f.Table(caption="Names", data=data))), interactive=False)
    )
    page.goto((tmp_path / "names.html").as_uri())
    table = page.locator("#table_1")
    table.get_by_role("button", name="Name").click()
    shown = table.locator("tbody th").all_inner_texts()
    assert shown == ["Ådne", "Mules", "Аляксандр Лукашэнка", "Ілля", "Ўладзімір", "Якаў", "باء", "عربي"]
    left = "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect().left }"
    places = [cell.evaluate(left) for cell in table.locator("tbody th").all()]
    assert min(places[-2:]) > max(places[:-2])


def test_a_link_to_a_source_says_so_where_it_is_heard(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}#tr-1")
    assert page.get_by_role("link", name="source 1", exact=True).first.inner_text() == "1"
    assert page.get_by_role("link", name="Link to this claim: tr-1", exact=True).count() == 1


def test_a_page_asks_for_nothing_and_says_nothing_where_there_is_a_network(browser: Browser, file: Path) -> None:
    context = browser.new_context()
    tab = context.new_page()
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    tab.on("request", lambda request: None if request.is_navigation_request() else told.append(request.url))
    tab.goto(file.as_uri())
    tab.get_by_role("button", name="Make charts interactive").click()
    tab.wait_for_selector('html[data-charts="all interactive"]')
    context.close()
    assert told == []


def test_a_citation_is_copied(browser: Browser, file: Path) -> None:
    context = browser.new_context(offline=True, permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.locator('main [popovertarget="card_tr-1"]').first.click()
    tab.get_by_role("button", name="Copy citation: tr-1").click()
    tab.get_by_text("Copied").wait_for()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("The Ferrymen: “98 mules, counted at the ferry” (Mules lent to Sylvania: 98).")
    assert copied.endswith("#tr-1")
    context.close()


def test_tab_reaches_every_control(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    expected = page.evaluate(
        """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
           .filter(e => e.checkVisibility({contentVisibilityAuto: true})).length"""
    )
    reached = set()
    for _ in range(expected + 5):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    body = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.body)")
    assert len(reached - {body}) == expected

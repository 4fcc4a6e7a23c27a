"""The front in a real browser: whole on the first screen, two thumbs' lengths on a phone, half a sheet on paper."""

from __future__ import annotations

from pathlib import Path

import freedonia as f
import pypdf
import pytest
from accessible import bring_axe, violations
from playwright.sync_api import Browser, Page

import briefing as b
from briefing.blocks.blocks import Block, Heading, Prose
from briefing.desk.claims.claims import by_quantity
from briefing.page.exporter import render_page

pytestmark = pytest.mark.browser

DOSSIERS = Path(__file__).parents[1] / "support" / "dossiers_of_tests"
BOTTOM = "document.querySelector('.cover').getBoundingClientRect().bottom + scrollY"


def front_of(name: str) -> Block:
    """Head a page with the quantities of most claims, as an analyst would."""
    dossier = b.read_example() if name == "example" else b.read_dossier(DOSSIERS / name)
    ranked = sorted(by_quantity(b.choose_claims(dossier, status=["present", "delivered"])), key=lambda one: -len(one))
    counted = [b.contested(claims) for claims in ranked[:4]]
    series = next(one for one in counted if one.claims.each[0].is_stock)
    return b.front(
        dossier, "What is there, what was sent, and who says so?", answer=counted[0],
        standfirst="Each number is a claimant's, as printed. Where they differ, the front says so beside the picture.",
        tiles=[b.tile(one) for one in counted],
        hero=b.dated_series(series.claims, title="What was counted, by claimant"),
        contested=b.disputes(dossier, *counted),
    )  # fmt: skip


@pytest.fixture(scope="module", params=["example", "sylvania"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a front, with sections behind it."""
    path = tmp_path_factory.mktemp("front") / "page.html"
    sections = [
        block
        for n in range(12)
        for block in (Heading(text=(f"The finding of section {n}",)), *[Prose(text=("Words. " * 90,))] * 3)
    ]
    path.write_text(render_page(f.notebook(*map(f.cell, (front_of(request.param), *sections)))), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "most"), [(1280, 800), (1920, 800), (390, 1800)])
def test_the_front_is_whole_in_its_room(page: Page, site: Path, width: int, most: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.as_uri())
    assert page.evaluate(BOTTOM) <= most
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_picture_stands_left_of_what_is_contested(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.as_uri())
    left, right = (page.locator(part).bounding_box() for part in (".hero", ".disputes"))
    assert left and right
    assert left["x"] + left["width"] <= right["x"] and abs(left["y"] - right["y"]) < 2


@pytest.mark.parametrize("width", [390, 1280])
def test_the_contents_stay_at_the_top_and_scroll_inside_their_own_region(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.as_uri())
    page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
    box = page.locator(".contents").bounding_box()
    assert box and box["y"] == 0 and box["width"] <= width and box["height"] < 80
    assert page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('.contents ol'))")


def test_a_chip_leads_to_its_section_below_the_row(page: Page, site: Path) -> None:
    page.emulate_media(reduced_motion="reduce")  # the way there is no part of it
    page.goto(site.as_uri())
    page.locator(".contents a").nth(4).click()
    row, heading = page.locator(".contents").bounding_box(), page.locator("#section_5").bounding_box()
    assert row and heading and row["y"] + row["height"] <= heading["y"] < 200
    page.wait_for_selector('.contents a[aria-current][href="#section_5"]')


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_axe_finds_nothing_on_the_front(browser: Browser, site: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(site.as_uri())
    bring_axe(tab)
    found = violations(tab)
    context.close()
    assert found == []


def test_the_front_is_whole_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(site.as_uri())
    assert tab.locator(".hero svg[role=img]").first.is_visible() and tab.locator(".tile").count() == 4
    context.close()


def test_on_paper_the_front_leaves_room_on_its_sheet_and_the_contents_are_gone(page: Page, site: Path) -> None:
    page.goto(site.as_uri())
    page.pdf(path=site.with_suffix(".pdf"), prefer_css_page_size=True)
    first = pypdf.PdfReader(site.with_suffix(".pdf")).pages[0].extract_text()
    assert "What is contested" in first and "The finding of section 0" in first
    page.emulate_media(media="print")
    assert not page.locator(".contents").is_visible()

"""The archive in a real browser, from a disk: nobody is kept out, and every link leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from accessible import bring_axe, unfold, violations
from archives import front, publish
from playwright.sync_api import Browser, Page

from briefing.archive.write import write_archive
from briefing.press.publish import failure_path, save_json

pytestmark = pytest.mark.browser

DAYS = ("1933-11-17", "1933-11-18", "1934-01-02")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a reports folder with an archive, in which something is missing."""
    out = tmp_path_factory.mktemp("reports")
    for day in DAYS:
        publish(out, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
        publish(out, day, series="hay/wet")
    noted = {
        "address": "mules/1934-03-04.html",
        "briefing": "mules",
        "status": "failed",
        "parameters": {"as_of": "1934-03-04"},
    }
    save_json(failure_path(out, "mules/1934-03-04.html"), noted)
    schedules = {"mules": {"line": "0 6 * * 5", "since": ""}}  # which gives the front page a calendar
    save_json(out / ".press/archive/expected.json", {"order": ["mules", "hay"], "schedules": schedules})
    write_archive(out)
    return out


@pytest.mark.parametrize("name", ["index.html", f"mules/{DAYS[1]}.html", f"mules/{DAYS[1]}..{DAYS[2]}.html"])
def test_axe_finds_nothing_wide_or_narrow_by_day_or_night(browser: Browser, out: Path, name: str) -> None:
    context = browser.new_context(offline=True, bypass_csp=True)
    tab = context.new_page()
    tab.goto((out / name).as_uri())
    bring_axe(tab)
    unfold(tab)
    for width, colours in ((1280, "light"), (1280, "dark"), (360, "light")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_reader_walks_from_the_front_page_to_the_oldest_edition_and_back_to_the_newest(page: Page, out: Path) -> None:
    page.goto((out / "index.html").as_uri())
    page.get_by_role("link", name="How many mules?").first.click()
    assert page.url.endswith(f"{DAYS[2]}.html")
    for day in (DAYS[1], DAYS[0]):
        page.locator("#other_editions li", has_text="Previous").get_by_role("link").click()
        assert page.url.endswith(f"{day}.html")
    page.locator("#other_editions").get_by_role("link", name="The newest edition").click()
    page.wait_for_url(f"**/{DAYS[2]}.html")


def test_every_link_leads_to_a_file(page: Page, out: Path) -> None:
    for path in [path for path in sorted(out.rglob("*.html")) if path.name != "latest.html"]:
        page.goto(path.as_uri())
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])")
        local = [link.removeprefix("file://") for link in links if link.startswith("file://")]
        assert [link for link in local if not Path(link).is_file()] == [] and local


@pytest.mark.parametrize(("width", "is_in_view"), [(700, True), (360, False)])
def test_the_way_to_other_editions_costs_no_height_and_covers_no_name_on_a_telephone(
    page: Page, out: Path, width: int, is_in_view: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((out / f"hay/wet/{DAYS[1]}.html").as_uri())
    row, chip = (page.locator(place).bounding_box() for place in (".contents", ".to-editions"))
    assert row and chip and row["height"] < 80
    assert (chip["x"] + chip["width"] <= width) == is_in_view

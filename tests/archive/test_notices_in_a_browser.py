"""What the archive writes on a page, in a real browser, from a disk: read, printed, and told by a clock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from accessible import bring_axe, unfold, violations
from archives import front, publish
from playwright.sync_api import Browser, Page

from briefing.archive.notices import write_blocks
from briefing.archive.standing import Schedule, look_around
from briefing.archive.write import write_archive
from briefing.page.links import put_links

pytestmark = pytest.mark.browser

DAYS = ("1933-11-17", "1933-11-18")
NEWEST = f"mules/{DAYS[1]}.html"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a reports folder whose newest page was corrected and is followed by one that is due on 24 November 1933."""
    out, data = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("data")
    for day in DAYS:
        publish(out, day, front("98 mules", day=day))
    header, slip = "date,table,row_id,field,old,new,reason", "1934-02-03,transfers,tr-1,high,89,98,A slip"
    (data / "corrections.csv").write_text(f"{header}\n{slip}\n", encoding="utf-8")
    write_archive(out, data=data)
    archive = replace(look_around(out, data=data), schedules={"mules": Schedule("0 6 * * 5")})
    for address, blocks in write_blocks(archive).items():
        (out / address).write_bytes(put_links((out / address).read_bytes(), blocks))
    return out


@pytest.mark.parametrize(("now", "is_stale"), [("1933-11-24T22:00:00", False), ("1933-11-25T00:01:00", True)])
def test_a_page_says_that_it_may_be_old_once_the_day_has_passed(
    page: Page, out: Path, now: str, is_stale: bool
) -> None:
    page.clock.set_fixed_time(now)
    page.goto((out / NEWEST).as_uri())
    assert page.locator(".notices .due").is_visible()
    assert page.locator(".notices .stale").is_visible() == is_stale


def test_without_scripts_the_printed_day_stands_there(browser: Browser, out: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((out / NEWEST).as_uri())
    tab.emulate_media(media="print")
    assert "24 November 1933" in tab.locator(".notices").inner_text()
    assert tab.locator(".notices .corrected").is_visible() and not tab.locator(".neighbours").is_visible()
    context.close()


def test_a_reader_walks_from_the_banner_into_the_register_and_back(page: Page, out: Path) -> None:
    page.goto((out / NEWEST).as_uri())
    page.locator(".notices").get_by_role("link", name="tr-1").click()
    assert page.url.endswith("corrections.html#tr-1_high_1934-02-03")
    page.get_by_role("link", name="17 November 1933").click()
    page.get_by_role("link", name="the newest edition", exact=True).click()
    page.wait_for_url(f"**/{NEWEST}")


@pytest.mark.parametrize("name", ["corrections.html", *(f"mules/{day}.html" for day in DAYS)])
def test_axe_finds_nothing_in_notices_wide_or_narrow_by_day_or_night(browser: Browser, out: Path, name: str) -> None:
    context = browser.new_context(offline=True, bypass_csp=True)
    tab = context.new_page()
    tab.clock.set_fixed_time("1934-01-01T00:00:00")
    tab.goto((out / name).as_uri())
    bring_axe(tab)
    unfold(tab)
    for width, colours in ((1280, "light"), (1280, "dark"), (360, "light")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_empty_blocks_take_no_room(page: Page, tmp_path: Path) -> None:
    publish(tmp_path, DAYS[0])
    page.goto((tmp_path / f"mules/{DAYS[0]}.html").as_uri())
    blocks = page.locator("#page_notices, #since_the_last, #other_editions")
    assert [blocks.nth(at).bounding_box() for at in range(blocks.count())] == [None, None, None]

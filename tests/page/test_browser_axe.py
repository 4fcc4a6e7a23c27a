"""What axe-core finds on the page: nothing, in light, dark, on a phone, and with charts that answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from accessible import bring_axe, unfold, violations
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

#: Colours in every notation, some too faint, some let others through, one of them over another.
FAINT = """<!doctype html><html lang="en"><title>Faint</title><main><h1>Faint</h1>
<p style="color:#bbb">grey</p> <p style="color:rgb(0 0 0 / 30%)">black that lets through</p>
<p style="color:hsl(0.5turn 50% 60%)">turned</p> <p style="color:tomato;background:gold">named</p>
<div style="background:#0008"><p style="color:#777;background:rgb(255 255 255 / 20%)">over another</p></div>
<p style="color:#bbb">grey again</p> <p style="color:#333">dark</p></main>"""


@pytest.mark.parametrize(
    ("width", "scheme", "is_hydrated"),
    [(1280, "light", False), (1280, "dark", False), (360, "light", False), (360, "dark", True), (1280, "light", True)],
)
def test_axe_finds_nothing(browser: Browser, file: Path, width: int, scheme: str, is_hydrated: bool) -> None:
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(file.as_uri())
    unfold(tab)
    if is_hydrated:
        tab.get_by_role("button", name="Make charts interactive").click()
        tab.wait_for_selector("html[data-charts]")
    bring_axe(tab)
    found = violations(tab)
    context.close()
    assert found == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_with_a_card_open(browser: Browser, file: Path, width: int, scheme: str) -> None:
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.locator('main [popovertarget="card_tr-2"]').first.click()
    assert tab.locator("#card_tr-2").is_visible()
    bring_axe(tab)
    found = violations(tab)
    context.close()
    assert found == []


def test_axe_finds_nothing_on_paper(browser: Browser, file: Path) -> None:
    context = browser.new_context(offline=True, bypass_csp=True)
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.locator("#print_evidence").check()
    tab.emulate_media(media="print")
    bring_axe(tab)
    found = violations(tab)
    context.close()
    assert found == []


def test_axe_that_remembers_colours_finds_what_axe_finds(browser: Browser) -> None:
    tab = browser.new_page()
    tab.set_content(FAINT)
    bring_axe(tab, remembers=False)
    found = violations(tab)
    bring_axe(tab)
    assert len(found) == 6
    assert [violations(tab), violations(tab)] == [found, found]
    tab.close()

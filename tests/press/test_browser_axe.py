"""What axe-core finds on the page: nothing, in light, dark, on a phone, and with charts that answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


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
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    if is_hydrated:
        tab.get_by_role("button", name="Make charts interactive").click()
        tab.wait_for_selector("html[data-charts]")
    found = Axe().run(tab)
    told = [f"{v['id']}: {node['html'][:200]}" for v in found.response["violations"] for node in v["nodes"]]
    context.close()
    assert told == []

"""The page in a real browser: no request, no message, every figure there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import freedonia as f
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from briefing.blocks import Cited
from briefing.press.page import render_page

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no chromium is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "freedonia.html"
    path.write_text(render_page(f.freedonia()), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an offline tab that fails the test at any request, message or error of the page's."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("request", lambda request: told.append(request.url) if not request.is_navigation_request() else None)
    yield tab
    context.close()
    assert told == []


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
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_the_page_never_scrolls_sideways(page: Page, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""A real browser for the tests of pages: offline, silent, and loud about anything that a page asks or says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import freedonia as f
import pytest
from faults import call, give_room, lay_out
from playwright.sync_api import Browser, Page, sync_playwright

from briefing.engine.launcher import WarmParent
from briefing.page.exporter import render_page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the system's browser; without one the tests are skipped, but for CI, where they fail.

    Its event loop runs in this thread until it closes, so that a module has one and no test after it meets the loop.
    """
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no chromium is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample page to a file."""
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
    tab.on("request", lambda request: None if request.is_navigation_request() else told.append(request.url))
    yield tab
    context.close()
    assert told == []


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a press with one edition, and build its page."""
    root = lay_out(tmp_path_factory.mktemp("b"), who='["minister"]')
    assert call(root, "build").returncode == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """Give a copy of that press, for a test to harm."""
    root = shutil.copytree(built, tmp_path / "r", symlinks=True)
    give_room(root)
    return root


@pytest.fixture(scope="session")
def warm() -> Iterator[int]:
    """Start a warm parent without a dossier, and give its channel."""
    parent = WarmParent(data=None, environment=os.environ)
    assert parent.is_warm()
    yield parent.orders
    parent.close()


@pytest.fixture(scope="module", params=["warm", "ordinary"])
def parent(request: pytest.FixtureRequest) -> int | None:
    """Give the warm parent's channel, then nothing: whatever holds of one kind of kernel holds of the other."""
    return request.getfixturevalue("warm") if request.param == "warm" else None

"""What keeps readers out of built pages, as axe-core finds it: wide, dark, on a phone and on paper.

For authors, with the extra `dev`: a browser opens each page without a network, and nothing on a page is changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefing.errors import UsageError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: For each text axe reads the colour of each element behind it, always anew: a third of its time. A page has
#: a score of colours, so each is read once and remembered; what axe makes of it is as before.
REMEMBER = """() => {
  const colour = axe.commons.color.Color.prototype;
  const read = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    if (known.has(text)) return Object.assign(this, known.get(text));
    read.call(this, text);
    known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
    return this;
  };
}"""
ASK = """axe.run({resultTypes: ['violations']}).then(told => told.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))"""
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"

#: Where a browser of the system may be found, beside the one that playwright brings.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ("--no-sandbox", "--disable-gpu") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


@dataclass(frozen=True, slots=True)
class State:
    """How a page is shown: what a reader calls it, how wide, in which colours, on what."""

    name: str
    width: int = 1280
    colours: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"


STATES = (State("light"), State("dark", colours="dark"), State("360 px", width=360), State("print", media="print"))


@dataclass(frozen=True, slots=True)
class Barrier:
    """An element that breaks a rule of axe's, on a page, in some states of it."""

    page: str  #: its path in its folder
    rule: str
    element: str
    states: tuple[str, ...]

    @property
    def line(self) -> str:
        """What a baseline says of it: it is the same barrier in whatever state."""
        return f"{self.page}: {self.rule}: {self.element}"

    def __str__(self) -> str:
        return f"{self.line}  [{', '.join(self.states)}]"

    def to_dict(self) -> dict[str, Any]:
        """Give the barrier as plain values, for JSON."""
        return asdict(self)


def list_pages(folder: Path) -> list[Path]:
    """List the built pages of a folder, in order of their paths; one that only leads on to another is none.

    Raises `UsageError` where there are none.
    """
    found = sorted(path for path in folder.rglob("*.html") if not path.name.startswith("."))
    pages = [path for path in found if b'http-equiv="refresh"' not in path.read_bytes()[:1000]]
    if not pages:
        raise UsageError(f"{folder}: has no page; barriers are looked for on built pages. Run briefing build first.")
    return pages


def find_barriers(folder: Path, *, states: Sequence[State] = STATES) -> Iterator[Barrier]:
    """Find what axe-core finds on each page of a folder, page by page, all that may be opened open.

    Raises `UsageError` where there are no pages, or the extra or a browser is missing.
    """
    pages = list_pages(folder)
    with _open_browser() as browser:
        for path in pages:
            yield from _look(browser, path, path.relative_to(folder).as_posix(), states)


def _look(browser: Browser, path: Path, name: str, states: Sequence[State]) -> Iterator[Barrier]:
    context = browser.new_context(offline=True, bypass_csp=True)  # axe itself is a script that no policy lets through
    try:
        tab = context.new_page()
        tab.goto(path.resolve().as_uri())
        bring_axe(tab)
        unfold(tab)
        found: dict[str, dict[str, None]] = {}
        for state in states:
            tab.set_viewport_size({"width": state.width, "height": 900})
            tab.emulate_media(color_scheme=state.colours, media=state.media)
            for told in violations(tab):
                found.setdefault(told, {})[state.name] = None
    finally:
        context.close()
    for told, among in found.items():
        rule, _, element = told.partition(": ")
        yield Barrier(name, rule, " ".join(element.split()), tuple(among))


def bring_axe(tab: Page, *, remembers: bool = True) -> None:
    """Put axe into a page, once; its tab must bypass the page's policy."""
    from axe_playwright_python.base import AXE_SCRIPT

    tab.evaluate(AXE_SCRIPT)
    if remembers:
        tab.evaluate(REMEMBER)


def violations(tab: Page) -> list[str]:
    """Ask axe what is wrong with a page as it is shown now."""
    told: list[str] = tab.evaluate(ASK)
    return told


def unfold(tab: Page) -> None:
    """Open whatever a reader may open."""
    tab.evaluate(UNFOLD)


@contextmanager
def _open_browser() -> Iterator[Browser]:
    try:
        import axe_playwright_python  # noqa: F401
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        told = f"{error.name} is not installed; axe looks at pages in a browser"
        raise UsageError(f"{told}. Run: pip install 'briefing[dev]'.") from None
    own = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=own, args=list(_FLAGS))
        except Error as error:
            told = str(error).strip().splitlines()[0]
            rule = "axe looks at pages in a browser"
            raise UsageError(f"no browser starts ({told}); {rule}. Run: playwright install chromium.") from None
        try:
            yield browser
        finally:
            browser.close()


def read_baseline(path: Path) -> frozenset[str]:
    """Read which barriers are known: a line each as the command prints it; empty lines and # say nothing.

    Raises `UsageError` where the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}; a baseline is a text. Name another.") from None
    return frozenset(line.rpartition("  [")[0] or line for line in lines if line.strip() and not line.startswith("#"))


def part_known(found: Iterable[Barrier], known: Collection[str]) -> tuple[list[Barrier], list[Barrier]]:
    """Part barriers into those that are new and those that the baseline has."""
    parted: tuple[list[Barrier], list[Barrier]] = ([], [])
    for barrier in found:
        parted[barrier.line in known].append(barrier)
    return parted

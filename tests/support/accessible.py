"""What axe-core finds on a page: every rule, every element, in whatever state the page is shown."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

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


def bring_axe(tab: Page, *, remembers: bool = True) -> None:
    """Put axe into a page, once; its tab must bypass the page's policy."""
    tab.evaluate(AXE_SCRIPT)
    if remembers:
        tab.evaluate(REMEMBER)


def violations(tab: Page) -> list[str]:
    """Ask axe what is wrong with a page as it is shown now."""
    told: list[str] = tab.evaluate(ASK)
    return told


def unfold(tab: Page) -> None:
    """Open whatever a reader may open."""
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

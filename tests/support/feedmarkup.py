"""What a feed may hold as markup: whole, without anything that runs or loads, and with no address that is relative.

Readers of feeds show it on a page of their own: a relative address leads nowhere there.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Elements that readers of feeds show; all else is taken away by some of them, or runs.
_SAFE = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table "
    "tbody td tfoot th thead time tr u ul var wbr"
)
_EMPTY = frozenset(("br", "col", "hr", "img", "wbr"))
_WHOLE = re.compile(r"(https?://|mailto:)[^\s<>\"{}|\\^`]+")
_ENTITY = re.compile(r"&(?!#\d+;|#x[0-9A-Fa-f]+;|[A-Za-z]\w*;)")


class _Reader(HTMLParser):
    """Reads markup and notes what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SAFE.split():
            self.faults.append(f"<{tag}> may run or load something, or is no element of HTML")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.faults.append(f"the attribute {name} may run or hide something")
            if name in ("href", "src") and not _WHOLE.fullmatch(value or ""):
                self.faults.append(f"the address {value!r} is not a whole one of the web")
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> ends what is not open")

    def handle_data(self, data: str) -> None:
        if "<" in data or _ENTITY.search(data):
            self.faults.append(f"{data[:20]!r} has a sign of markup that is not written as one")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data[:20]!r}")

    handle_decl = unknown_decl = handle_pi = handle_comment


def list_faults_in_markup(markup: str) -> list[str]:
    """List what is wrong with markup in a feed."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return [*reader.faults, *(f"<{tag}> is never closed" for tag in reader.open)]

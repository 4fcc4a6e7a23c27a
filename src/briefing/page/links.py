"""The links of a page to its neighbours: the one block that stands outside its seal, so that a new edition changes it.

A page is made with an empty block. The archive fills it, and fills it anew whenever a neighbour comes or goes; all else
on the page stays as it was made, byte for byte. So little may stand in the block that nobody can say anything in it:
links to files beside the page, in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from briefing.page.tame import tame_text

#: What opens the block; a page has one. Its contents stand on one line.
OPENING, CLOSING = '<div class="neighbours" id="other_editions">', "</div>"
#: So much stands in it at most.
MOST_LINKS, _MOST_BYTES = 200, 60_000
#: So many letters of a title are shown in a link.
_LONGEST = 160

_WORDS = r"(?:[^<>\"&\n]|&(?:amp|lt|gt|quot|#x27);){1,300}"
_NAME = r"[a-z0-9][a-z0-9-]*"
_HREF = rf"(?:\.\./)*(?:{_NAME}/)*{_NAME}(?:\.claims)?\.(?:html|csv|json)"
_LINK = rf'<a href="{_HREF}"(?: lang="[A-Za-z0-9-]{{2,35}}")?>{_WORDS}</a>'
_GROUP = rf"<li><b>{_WORDS}</b> {_LINK}(?:, {_LINK})*</li>"
_CONTENTS = re.compile(rf'<nav aria-label="{_WORDS}"><ul>(?:{_GROUP})+</ul></nav>')


class PageLink(NamedTuple):
    """A link of the block: a file beside the page, its words, and their language where it is not the page's."""

    href: str
    words: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links that lead to one kind of thing: what that is, in words, and the links."""

    label: str
    links: Sequence[PageLink]


class PartedPage(NamedTuple):
    """A page as it was made, and what stands in its block of links."""

    made: bytes
    links: str
    has_block: bool = True


def part_links(page: bytes) -> PartedPage:
    """Part a page from its links; one that has no block, or several, is all as it was made.

    Examples
    --------
    >>> part_links(b'<p>a</p><div class="neighbours" id="other_editions">b</div>c')
    PartedPage(made=b'<p>a</p><div class="neighbours" id="other_editions"></div>c', links='b', has_block=True)
    """
    opening, closing = OPENING.encode(), CLOSING.encode()
    at = page.find(opening)
    begin = at + len(opening)
    end = page.find(closing, begin) if at >= 0 else -1
    if end < 0 or page.find(opening, begin) >= 0:
        return PartedPage(page, "", has_block=False)
    return PartedPage(page[:begin] + page[end:], page[begin:end].decode("utf-8", "replace"))


def strip_links(page: str) -> str:
    """Give a page as it was made: its block of links empty."""
    return part_links(page.encode("utf-8", "surrogatepass")).made.decode("utf-8", "surrogatepass")


def put_links(page: bytes, links: str) -> bytes:
    """Give a page with these links in place of those that it has; one that has no block stays as it is."""
    made, _, has_block = part_links(page)
    opening, closing = OPENING.encode(), CLOSING.encode()
    return made.replace(opening + closing, opening + links.encode() + closing) if has_block else page


def write_links(label: str, groups: Sequence[LinkGroup]) -> str:
    """Write what stands in the block; nothing where there is nothing to lead to.

    Examples
    --------
    >>> write_links("Other editions", [LinkGroup("Index", [PageLink("../index.html", "All briefings")])])
    '<nav aria-label="Other editions"><ul><li><b>Index</b> <a href="../index.html">All briefings</a></li></ul></nav>'
    """
    shown = [group for group in groups if group.links]
    if not shown:
        return ""
    items = "".join(f"<li><b>{_say(group.label)}</b> {_write_group(group.links)}</li>" for group in shown)
    return f'<nav aria-label="{_say(label)}"><ul>{items}</ul></nav>'


def check_links(links: str) -> str:
    """Say what is wrong with the contents of a block; nothing where only what the archive writes stands in it.

    Examples
    --------
    >>> check_links('<nav aria-label="a"><ul><li><b>b</b> <a href="https://example.org">c</a></li></ul></nav>')
    'something else than links to files beside it stands among its links'
    """
    is_small = len(links) <= _MOST_BYTES and links.count("<a ") <= MOST_LINKS
    if not links or (is_small and _CONTENTS.fullmatch(links)):
        return ""
    return "something else than links to files beside it stands among its links"


def _write_group(links: Sequence[PageLink]) -> str:
    written = [
        f'<a href="{escape(link.href)}"{f" lang={chr(34)}{link.language}{chr(34)}" if link.language else ""}>'
        f"{_say(link.words)}</a>"
        for link in links
    ]
    return ", ".join(written)


def _say(words: str) -> str:
    """Write words on one line, however long: what a title holds is shown, and nothing of it is markup."""
    line = " ".join(tame_text(words).split()) or "?"
    return escape(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")

"""What stands on a page outside its seal: notices on top, what is new, links to neighbours; and nothing else.

A page is made with these blocks empty. The archive fills them, and fills them anew whenever an edition comes or goes, a
row is corrected or a day is due; all else on the page stays as it was made, byte for byte. So little may stand in them
that nobody can say anything there: links to files beside the page in plain words, and sentences that the catalogue of
words holds (`page.notices`). To add a block, add it to `BLOCKS` and place it in the template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from briefing.page.tame import tame_text

#: So much stands in a block at most.
MOST_LINKS, _MOST_BYTES = 200, 60_000
#: So many links say what is new.
MOST_NEW = 5
#: So many letters of a title are shown in a link.
_LONGEST = 240

_WORDS = r"(?:[^<>\"&\n]|&(?:amp|lt|gt|quot|#x27);){1,300}"
_NAME = r"[a-z0-9][a-z0-9-]*"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
#: A name holds one full stop, or two between the days of two editions; none of it leads upwards.
_HREF = rf"(?:\.\./)*(?:{_NAME}/)*(?:{_NAME}(?:\.claims)?|{_DAY}\.\.{_DAY})\.(?:html|csv|json)"
_ANCHOR = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,200}"
_PLACE = rf"(?:#{_ANCHOR})?"
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,35}")
_SPEECH = rf'(?: lang="{_LANGUAGE.pattern}")?'
_LINK = rf'<a href="{_HREF}"{_SPEECH}>{_WORDS}</a>'
#: A link that may lead to a place in a file.
_PLACED = rf'<a href="{_HREF}{_PLACE}"{_SPEECH}>{_WORDS}</a>'
#: A link to a page of what changed, which lies beside the page.
CHANGED = rf'<a href="{_DAY}\.\.{_DAY}\.html{_PLACE}">{_WORDS}</a>'
_GROUP = rf"<li><b>{_WORDS}</b> {_LINK}(?:, {_LINK})*</li>"
#: A sentence: words, days and links; which words those are is for `page.notices` to say.
_TIME = rf'<time datetime="{_DAY}">{_WORDS}</time>'
_SAID = rf"(?:[^<>\"&\n]|&(?:amp|lt|gt|quot|#x27);|{_TIME}|{_PLACED}){{1,900}}"


@dataclass(frozen=True, slots=True)
class UnsealedBlock:
    """A block of a page that lies outside its seal: its class, its anchor, all that may stand in it."""

    name: str
    anchor: str
    grammar: re.Pattern[str]

    @property
    def opening(self) -> str:
        """What opens it; a page has one such block, or none."""
        return f'<div class="{self.name}" id="{self.anchor}">'


CLOSING = "</div>"

#: The blocks that lie outside the seal, in the order of the page.
BLOCKS: tuple[UnsealedBlock, ...] = (
    UnsealedBlock(
        "notices", "page_notices", re.compile(rf'(?:<p class="[a-z]{{1,20}}"(?: hidden)?>{_SAID}</p>){{1,6}}')
    ),
    UnsealedBlock(
        "since",
        "since_the_last",
        re.compile(rf'<p class="[a-z]{{1,20}}">{_SAID}</p>(?:<ul>(?:<li>{CHANGED}</li>){{1,{MOST_NEW}}}</ul>)?'),
    ),
    UnsealedBlock(
        "neighbours", "other_editions", re.compile(rf'<nav aria-label="{_WORDS}"><ul>(?:{_GROUP})+</ul></nav>')
    ),
)


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
    """A page as it was made, and what stands in each of its blocks outside the seal; only those that it has."""

    made: bytes
    blocks: Mapping[str, str]


def part_links(page: bytes) -> PartedPage:
    """Part a page from what the archive wrote; of a block that it has not, or several times, all is as it was made.

    Examples
    --------
    >>> part_links(b'<p>a</p><div class="neighbours" id="other_editions">b</div>c')
    PartedPage(made=b'<p>a</p><div class="neighbours" id="other_editions"></div>c', blocks={'neighbours': 'b'})
    """
    blocks = {}
    for block in BLOCKS:
        begin, end = _find_contents(page, block)
        if begin:
            blocks[block.name] = page[begin:end].decode("utf-8", "replace")
            page = page[:begin] + page[end:]
    return PartedPage(page, blocks)


def _find_contents(page: bytes, block: UnsealedBlock) -> tuple[int, int]:
    """Find where the contents of a block begin and end; at 0 where a page has no such block, or several."""
    opening = block.opening.encode()
    at = page.find(opening)
    begin = at + len(opening)
    end = page.find(CLOSING.encode(), begin) if at >= 0 else -1
    return (begin, end) if end >= 0 and page.find(opening, begin) < 0 else (0, 0)


def strip_links(page: str) -> str:
    """Give a page as it was made: its blocks outside the seal empty."""
    return part_links(page.encode("utf-8", "surrogatepass")).made.decode("utf-8", "surrogatepass")


def put_links(page: bytes, blocks: Mapping[str, str]) -> bytes:
    """Give a page with these contents in its blocks, and nothing in the others; one that it lacks stays away."""
    made = part_links(page).made
    for block in BLOCKS:
        if contents := blocks.get(block.name, ""):
            begin, end = _find_contents(made, block)
            made = made[:begin] + contents.encode() + made[end:] if begin else made
    return made


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
    items = "".join(f"<li><b>{_say(group.label)}</b> {write_group(group.links)}</li>" for group in shown)
    return f'<nav aria-label="{_say(label)}"><ul>{items}</ul></nav>'


def write_since(lead: str, links: Sequence[PageLink]) -> str:
    """Write what is new: a sentence that leads there (`page.notices.write_sentence`), and where each change is told."""
    items = "".join(f"<li>{_write_link(link)}</li>" for link in links[:MOST_NEW])
    return f"{lead}<ul>{items}</ul>" if items else lead


def is_place(anchor: str) -> bool:
    """Whether a link may lead to a place of this name."""
    return re.fullmatch(_ANCHOR, anchor) is not None


def check_links(blocks: Mapping[str, str]) -> str:
    """Say what is wrong with the contents of blocks; nothing where only such stands there as the archive writes.

    Examples
    --------
    >>> check_links({"since": '<p class="first">It is the <a href="https://example.org">first</a>.</p>'})
    'something else than the archive writes stands in its block "since"'
    """
    for block in BLOCKS:
        contents = blocks.get(block.name, "")
        is_small = len(contents) <= _MOST_BYTES and contents.count("<a ") <= MOST_LINKS
        if contents and not (is_small and block.grammar.fullmatch(contents)):
            return f'something else than the archive writes stands in its block "{block.name}"'
    return ""


def write_group(links: Sequence[PageLink]) -> str:
    """Write links side by side."""
    return ", ".join(map(_write_link, links))


def _write_link(link: PageLink) -> str:
    lang = f' lang="{link.language}"' if _LANGUAGE.fullmatch(link.language) else ""
    return f'<a href="{escape(link.href)}"{lang}>{_say(link.words)}</a>'


@lru_cache(maxsize=4_096)
def _say(words: str) -> str:
    """Write words on one line, however long: what a title holds is shown, and nothing of it is markup."""
    line = " ".join(tame_text(words).split()) or "?"
    return escape(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")

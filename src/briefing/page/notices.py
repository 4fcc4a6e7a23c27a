"""Notices: what the archive says on a page, outside its seal, in sentences that its catalogue of words holds.

Only days and links change in them. So whoever reads a page that somebody sent can hold each of them against the
catalogue: nobody else's words pass for the archive's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Literal

from briefing.page.links import CHANGED, PageLink, write_group
from briefing.page.manifest import find_manifest
from briefing.page.words import Words, list_languages, read_words

#: What is said on top of a page, in the order in which it is said; and of what is new.
NoticeKind = Literal["corrected", "newer", "due", "since", "first"]

#: What may follow a sentence, hidden until a reader's clock says so.
_HIDDEN: Mapping[str, str] = {"due": "stale"}

#: What is said in each block: the words of a link to what changed would pass for a notice on top.
_SAID_IN: Mapping[str, tuple[str, ...]] = {
    "notices": ("corrected", "newer", "due", "stale"),
    "since": ("since", "first"),
}

_SENTENCE = re.compile(r'<p class="([a-z]+)"(?: hidden)?>(.*?)</p>')
_TIME = re.compile(r'<time datetime="([^"]*)">([^<]*)</time>')
#: A row that was corrected: its words are its id, where it leads to in the register.
_ROW = r'<a href="(?:\.\./)*corrections\.html#(?P<row>[a-z0-9][a-z0-9-]*)(?:_[A-Za-z0-9_.-]*)?">(?P=row)</a>'
_ALL = r'<a href="(?:\.\./)*corrections\.html">{words}</a>'
_NEWEST = r'<a href="latest\.html">{words}</a>'


@dataclass(frozen=True, slots=True)
class Notice:
    """What a page is told: the kind of sentence, its day and its links."""

    kind: NoticeKind
    day: str = ""
    links: tuple[PageLink, ...] = ()


def write_notices(notices: Iterable[Notice], *, words: Words) -> str:
    """Write notices as they stand in a block of a page."""
    return "".join(write_sentence(notice, words=words) for notice in notices)


def write_sentence(notice: Notice, *, words: Words) -> str:
    """Write one notice, and behind it what a script shows once its day has passed.

    Examples
    --------
    >>> write_sentence(Notice("due", "2023-07-07"), words=read_words("en")).partition(" hidden")[0]
    '<p class="due">The next edition is due on <time datetime="2023-07-07">7 July 2023</time>.</p><p class="stale"'
    """
    said = escape(str(words.catalogue["notices"][notice.kind]))
    day = f'<time datetime="{escape(notice.day)}">{escape(words.date(notice.day))}</time>'
    sentence = f'<p class="{notice.kind}">{said.format(date=day, links=write_group(notice.links))}</p>'
    later = _HIDDEN.get(notice.kind)
    return sentence + (f'<p class="{later}" hidden>{escape(words.term("notices", later))}</p>' if later else "")


def find_strange(blocks: Mapping[str, str], *, page: str) -> str:
    """Find the first sentence in a page's blocks that no catalogue here holds, or that names a row not on the page.

    Empty where the archive of this release may have written all of them.
    """
    for block, kinds in _SAID_IN.items():
        for kind, said in _SENTENCE.findall(blocks.get(block, "")):
            is_known = kind in kinds and any(_is_of(said, kind, language) for language in list_languages())
            if not is_known or _names_strange(said, page):
                return re.sub("<[^>]*>", "", said)
    return ""


def _is_of(said: str, kind: str, language: str) -> bool:
    pattern = _patterns(language).get(kind)
    words = read_words(language)
    return bool(pattern and pattern.fullmatch(said)) and all(
        escape(words.date(day)) == shown for day, shown in _TIME.findall(said)
    )


def _names_strange(said: str, page: str) -> bool:
    """Whether a sentence names a row that does not stand on the page: an id can be made to say anything."""
    named = re.findall(_ROW, said)
    tables = (find_manifest(page) or {}).get("rows", {}).values() if named else ()
    return any(not any(row in rows for rows in tables) for row in named)


@lru_cache(maxsize=16)
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """Give what each sentence looks like in a language."""
    told = read_words(language).catalogue["notices"]
    more, rows = (_ALL.format(words=f"(?:{'|'.join(_forms(told[key]))})") for key in ("more_rows", "rows"))
    links = {
        "corrected": rf"(?:(?:(?:, )?{_ROW})+(?:, {more})?|{rows})",
        "newer": _NEWEST.format(words=re.escape(escape(told["newest"]))),
        "since": CHANGED,
    }
    return {
        kind: re.compile(_fill(str(told[kind]), date=_TIME.pattern, links=links.get(kind, "")))
        for kinds in _SAID_IN.values()
        for kind in kinds
    }


def _forms(said: Any) -> Iterator[str]:
    for form in said.values():
        yield _fill(form, n="[0-9]{1,6}")


def _fill(said: str, **parts: str) -> str:
    """Give a sentence as a pattern, with patterns in the place of its parts."""
    pieces = re.split(r"\{(\w+)\}", escape(said))
    return "".join(parts[piece] if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))

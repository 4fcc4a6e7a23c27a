"""The block of an analyst's own table, picture or words: shown as theirs, since no claim stands behind it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from briefing.blocks.block import Block
from briefing.blocks.records import TableData, Value

#: What a picture may be; an SVG is cleaned before a page shows it.
PictureKind: TypeAlias = Literal["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"]


class Picture(Value):
    """A picture: its kind, and its bytes in base 64, or the text of an SVG."""

    form: PictureKind
    data: str
    alt: str


class Markdown(Value):
    """Words in markdown."""

    markdown: str


class Own(Block):
    """A table, picture or words of an analyst's own. Checks do not count its numbers, and the page says so."""

    kind: Literal["own"] = "own"
    caption: str = ""
    #: Where it comes from, in the analyst's words.
    source: str = ""
    content: TableData | Picture | Markdown

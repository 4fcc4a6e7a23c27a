"""The analyst's markdown as HTML: raw HTML is shown as text, and only a link that a reader can trust becomes one.

A comment is what its author keeps from readers: it is dropped, or the cell is refused. Code is shown as it stands, and
so are formulas, which a page does not set.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5
from itertools import groupby
from typing import Any
from urllib.parse import unquote

import mistune
from markupsafe import Markup, escape
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.table import table
from mistune.plugins.task_lists import task_lists
from mistune.plugins.url import parse_url_link

from briefing.blocks.html_table import shift_words
from briefing.errors import PageError
from briefing.page.tame import tame_text
from briefing.values.addresses import address_problem

_LINKS = ("http://", "https://", "mailto:", "#")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
#: How some programs call them.
_OTHER_NAMES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png"}
_DATA = re.compile(r"data:([^;,]*);base64,([A-Za-z0-9+/]+={0,2})")

_COMMENT = r"<!--(?:-?>|[\s\S]*?(?P<comment_end>-->|\Z))"
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_ENDS = re.compile(r"(?:\s|<[bB][rR]\s*/?>)+")
#: As in Jupyter: no space behind the first dollar or before the last, and no digit behind it, so that prices are words.
_INLINE_FORMULA = (
    r"\$\$(?:[^$\\]|\\[\s\S])+?\$\$|\$(?![\s$])(?:[^$\\\n]|\\.)*?(?<!\s)\$(?!\d)"
    r"|\\\\\([\s\S]{1,4000}?\\\\\)|\\\\\[[\s\S]{1,4000}?\\\\\]"
    r"|\\begin\{(?P<inner>[a-z]+\*?)\}[\s\S]{1,4000}?\\end\{(?P=inner)\}"
)
_BLOCK_FORMULA = (
    r"^ {0,3}(?:\$\$(?:[^$\\]|\\[\s\S])+?\$\$"
    r"|\\begin\{(?P<outer>[a-z]+\*?)\}[\s\S]{1,4000}?\\end\{(?P=outer)\})[ \t]*(?:\n|$)"
)
_ADDRESS = (
    r"[hH][tT]{2}[pP][sS]?://(?:\([^\s<>()]*\)|[^\s<>()])*(?:\([^\s<>()]*\)|[^\s<>.,:;!?\"'()\[\]*_~|])"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading (its level is 1 to 6), or all that stands under one (its level is 0)."""

    html: Markup
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """What the words of a cell need to know of the page, and of the cell."""

    table_label: str
    anchor: str  #: with which the ids of footnotes begin
    attachments: Mapping[str, Mapping[str, str]]
    noted: set[int] = field(default_factory=set)  #: the footnotes that a link leads back from


class _Renderer(mistune.HTMLRenderer):
    """Mistune's HTML without anything that the page's policy forbids."""

    def __init__(self, place: _Place) -> None:
        super().__init__(escape=True)
        self.place = place

    def text(self, text: str) -> str:
        return escape(_read_entities(text))

    def render_token(self, token: dict[str, Any], state: Any) -> str:
        if token.get("style") == "indent" and "<!--" in token["raw"]:
            raise PageError(
                "a comment stands four spaces in, which makes it code, and code is published. Move it to the left, "
                "or put code between lines of ```."
            )
        return super().render_token(token, state)

    def block_html(self, html: str) -> str:
        kept = _drop_comments(html)
        return "" if _LINE_ENDS.fullmatch(kept) or not kept else f"<p>{escape(kept.strip())}</p>\n"

    def formula(self, text: str) -> str:
        return f"<code>{escape(_drop_comments(text))}</code>"

    def block_formula(self, text: str) -> str:
        return self.block_code(_drop_comments(text).strip())

    def shifted(self, text: str, kind: str) -> str:
        plain = _read_entities(text)
        shifted = shift_words(plain, kind)
        return f"<{kind}>{escape(plain)}</{kind}>" if shifted is None else escape(shifted)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = url.strip()
        if "!--" in unquote(address):
            raise _comment_that_is_open()
        if not _is_trusted(address):
            name = unquote(address)
            shown = Markup(text).striptags()
            return text if shown in (name, address) else f"{text} ({escape(name)})"
        return f'<a href="{escape(address)}"{_tell_title(title)}>{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        kind, data = self._find_picture(url)
        words = Markup(text).striptags()
        if kind == "image/svg+xml":
            raise PageError(
                "an attached SVG may hold scripts; a page runs none of others. Attach it as PNG, or use b.own(...)."
            )
        if kind not in _PICTURES or not data:
            told = f"an attached picture is {kind or 'of no type'}" if data else f"{url[:60]!r} holds no picture"
            raise PageError(f"{told}; a page shows PNG, JPEG, GIF and WebP. Save it as PNG and attach that.")
        if not words:
            raise PageError("a picture has no alternative text; not every reader sees it. Write ![what it shows](...).")
        return f'<img src="data:{kind};base64,{data}" alt="{escape(words)}"{_tell_title(title)}>'

    def _find_picture(self, url: str) -> tuple[str, str]:
        """Give a picture's type and its bytes in base 64: an attachment of the cell, or one written into the words."""
        name = url.removeprefix("attachment:")
        held = self.place.attachments
        kinds = held.get(name) or held.get(unquote(name)) if name != url else None
        if kinds:
            told = {_OTHER_NAMES.get(kind, kind): "".join(data.split()) for kind, data in kinds.items()}
            kind = min(told, key=lambda kind: kind not in _PICTURES)
            return self._find_picture(f"data:{kind};base64,{told[kind]}")
        if found := _DATA.fullmatch(unquote(url)):
            return _OTHER_NAMES.get(found[1], found[1]), found[2]
        if url.startswith("data:"):
            return url[5:].partition(";")[0].partition(",")[0], ""
        raise PageError(
            f"picture {unquote(url)[:60]!r} is not inside the notebook; a page makes no request. "
            "Drag it into the cell, so that it becomes an attachment."
        )

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'

    def table(self, text: str) -> str:
        label = escape(self.place.table_label)
        return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>{text}</table></div>\n'

    def table_head(self, text: str) -> str:
        return f"<thead><tr>{text}</tr></thead>"

    def table_body(self, text: str) -> str:
        return f"<tbody>{text}</tbody>"

    def table_row(self, text: str) -> str:
        return f"<tr>{text}</tr>"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        number = ' class="num"' if align == "right" else ""
        return f'<th scope="col"{number}>{text}</th>' if head else f"<td{number}>{text}</td>"

    def task_list_item(self, text: str, checked: bool = False) -> str:
        mark = "☑" if checked else "☐"
        begin = "<p>" if text.startswith("<p>") else ""
        return f"<li>{begin}{mark} {text.removeprefix('<p>')}</li>\n"

    def strikethrough(self, text: str) -> str:
        return f"<del>{text}</del>"

    def footnote_ref(self, key: str, index: int) -> str:
        at = f"{self.place.anchor}_{index}"
        name = "" if index in self.place.noted else f' id="ref_{at}"'
        self.place.noted.add(index)
        return f'<sup class="footnote-ref"><a{name} href="#note_{at}">{index}</a></sup>'

    def footnotes(self, text: str) -> str:
        return f'<ol class="footnotes">{text}</ol>\n'

    def footnote_item(self, text: str, key: str, index: int) -> str:
        at = f"{self.place.anchor}_{index}"
        body = text.rstrip().removesuffix("</p>")
        return f'<li id="note_{at}">{body} <a href="#ref_{at}">↩</a>{"</p>" if text.rstrip() != body else ""}</li>'


def _is_trusted(address: str) -> bool:
    """Whether an address may become a link: of the web, of mail or of this page, and leading where it seems to."""
    if not address.lower().startswith(_LINKS):
        return False
    return address.lower().startswith(("#", "mailto:")) or not address_problem(address)


def _read_entities(text: str) -> str:
    """Write the characters that ``&mdash;`` and ``&#8212;`` stand for; what names none stays as it is."""
    return _ENTITY.sub(lambda found: tame_text(html.unescape(found[0])) if _names_one(found[1]) else found[0], text)


def _names_one(entity: str) -> bool:
    return entity.startswith("#") or f"{entity};" in html5


def _tell_title(title: str | None) -> str:
    return f' title="{escape(title)}"' if title else ""


def _drop_comments(text: str) -> str:
    return re.sub(_COMMENT, _drop_comment, text)


def _drop_comment(comment: re.Match[str]) -> str:
    if comment["comment_end"] == "":  # it runs to the end of the text
        raise _comment_that_is_open()
    return ""


def _comment_that_is_open() -> PageError:
    return PageError(
        "a comment does not end in its paragraph; what stands in a comment is not published. "
        "Write --> behind it, and no empty line in it."
    )


def _parse_comment(inline: Any, found: re.Match[str], state: Any) -> int:
    _drop_comment(found)
    return found.end()


def _parse_line_end(inline: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "linebreak"})
    return found.end()


def _parse_shifted(inline: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "shifted", "raw": found["words"], "attrs": {"kind": found["shift"]}})
    return found.end()


def _parse_formula(inline: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "formula", "raw": found[0]})
    return found.end()


def _parse_block_formula(block: Any, found: re.Match[str], state: Any) -> int:
    state.append_token({"type": "block_formula", "raw": found[0]})
    return found.end()


@lru_cache(maxsize=1)
def _parser() -> mistune.Markdown:
    parser = mistune.Markdown(renderer=None, plugins=[table, strikethrough, footnotes, task_lists])
    inline = parser.inline
    inline.register("formula", _INLINE_FORMULA, _parse_formula, before="escape")
    inline.register("comment", _COMMENT, _parse_comment, before="inline_html")
    inline.register("line_end", r"<[bB][rR]\s*/?>", _parse_line_end, before="inline_html")
    shifted = r"<(?P<shift>su[bp])>(?P<words>[^<>\n]*)</(?P=shift)>"
    inline.register("shifted", shifted, _parse_shifted, before="inline_html")
    inline.register("url_link", _ADDRESS, parse_url_link)
    parser.block.register("block_formula", _BLOCK_FORMULA, _parse_block_formula, before="list")
    return parser


def render_markdown(
    text: str,
    *,
    attachments: Mapping[str, Mapping[str, str]] | None = None,
    table_label: str = "Table",
    anchor: str = "words",
) -> list[Piece]:
    """Render a markdown cell as pieces, cut at its headings, in reading order.

    `attachments` are the cell's pictures: name -> mime type -> base64. The ids of footnotes begin with `anchor`.

    Raises `PageError` where a picture would need a request, or has no alternative text, or a comment does not end.
    """
    tokens, state = _parser().parse(text)
    return list(_cut(tokens, state, _Renderer(_Place(table_label, anchor, attachments or {}))))


def _cut(tokens: Any, state: Any, renderer: _Renderer) -> Iterator[Piece]:
    for is_heading, group in groupby(tokens, key=lambda token: token["type"] == "heading"):
        if is_heading:
            for token in group:
                html = renderer.render_tokens(token["children"], state)
                yield Piece(Markup(html), token["attrs"]["level"])
        else:
            html = renderer(list(group), state)
            if html.strip():
                yield Piece(Markup(html))

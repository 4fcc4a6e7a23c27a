"""The analyst's markdown as HTML: raw HTML is shown as text, and only a link that a reader can trust becomes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import mistune
from markupsafe import Markup, escape
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.table import table

from briefing.errors import PageError

_LINKS = ("http://", "https://", "mailto:", "#")
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading (its level is 1 to 6), or all that stands under one (its level is 0)."""

    html: Markup
    level: int = 0


class _Renderer(mistune.HTMLRenderer):
    """Mistune's HTML without anything that the page's policy forbids."""

    def __init__(self, table_label: str, anchor: str) -> None:
        super().__init__(escape=True)
        self.table_label, self.anchor = table_label, anchor

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not url.strip().lower().startswith(_LINKS):
            return f"{text} ({escape(url)})"
        return f'<a href="{escape(url.strip())}">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        words = Markup(text).striptags()
        if url.startswith("data:image/svg"):
            raise PageError(
                "an attached SVG may hold scripts; a page runs none of others. Attach it as PNG, or use b.own(...)."
            )
        if not url.startswith(_PICTURES):
            raise PageError(
                f"picture {url[:60]!r} is not inside the notebook; a page makes no request. "
                "Drag it into the cell, so that it becomes an attachment."
            )
        if not words:
            raise PageError("a picture has no alternative text; not every reader sees it. Write ![what it shows](...).")
        return f'<img src="{escape(url)}" alt="{escape(words)}">'

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'

    def table(self, text: str) -> str:
        label = escape(self.table_label)
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

    def strikethrough(self, text: str) -> str:
        return f"<del>{text}</del>"

    def footnote_ref(self, key: str, index: int) -> str:
        at = f"{self.anchor}_{index}"
        return f'<sup class="footnote-ref"><a id="ref_{at}" href="#note_{at}">{index}</a></sup>'

    def footnotes(self, text: str) -> str:
        return f'<ol class="footnotes">{text}</ol>\n'

    def footnote_item(self, text: str, key: str, index: int) -> str:
        at = f"{self.anchor}_{index}"
        body = text.rstrip().removesuffix("</p>")
        return f'<li id="note_{at}">{body} <a href="#ref_{at}">↩</a>{"</p>" if text.rstrip() != body else ""}</li>'


@lru_cache(maxsize=1)
def _parser() -> mistune.Markdown:
    return mistune.Markdown(renderer=None, plugins=[table, strikethrough, footnotes])


def render_markdown(
    text: str,
    *,
    attachments: Mapping[str, Mapping[str, str]] | None = None,
    table_label: str = "Table",
    anchor: str = "words",
) -> list[Piece]:
    """Render a markdown cell as pieces, cut at its headings, in reading order.

    `attachments` are the cell's pictures: name -> mime type -> base64. The ids of footnotes begin with `anchor`.

    Raises `PageError` where a picture would need a request, or has no alternative text.
    """
    for name, data in (attachments or {}).items():
        kind, picture = min(data.items(), key=lambda one: f"data:{one[0]};base64," not in _PICTURES)
        text = text.replace(f"attachment:{name}", f"data:{kind};base64,{''.join(picture.split())}")
    tokens, state = _parser().parse(text)
    return list(_cut(tokens, state, _Renderer(table_label, anchor)))


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

"""The analyst's markdown: words become words, and nothing becomes what the policy forbids."""

from __future__ import annotations

import pytest

from briefing.errors import PageError
from briefing.page.markdown import render_markdown


def html(text: str) -> str:
    return "".join(str(piece.html) for piece in render_markdown(text))


@pytest.mark.parametrize("raw", ["<script>alert(1)</script>", "<b>bold</b>", "a <img src=x onerror=alert(1)> b"])
def test_raw_html_is_shown_as_text(raw: str) -> None:
    assert "<script" not in html(raw)
    assert "<img" not in html(raw)
    assert "&lt;" in html(raw)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "//x.y"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    assert "<a" not in html(f"[site]({url})")
    assert "site" in html(f"[site]({url})")


def test_a_link_of_the_web_is_one() -> None:
    assert html('[site](https://example.org/?a=1&b="2")').startswith('<p><a href="https://example.org/?a=1&amp;b=')


def test_a_table_scrolls_in_a_region_and_has_no_inline_style() -> None:
    table = html("| a | n |\n|---|--:|\n| x | 1 |\n")
    assert "style=" not in table
    assert '<th scope="col" class="num">n</th>' in table
    assert 'role="region" tabindex="0" aria-label="Table"' in table


def test_a_picture_from_elsewhere_is_told() -> None:
    with pytest.raises(PageError, match="is not inside the notebook"):
        html("![mules](https://example.org/a.png)")


def test_a_picture_without_words_is_told() -> None:
    with pytest.raises(PageError, match="no alternative text"):
        html("![](data:image/png;base64,aGk=)")


def test_an_attached_picture_is_shown() -> None:
    pieces = render_markdown("![two mules](attachment:m.png)", attachments={"m.png": {"image/png": "aGk=\n"}})
    assert '<img src="data:image/png;base64,aGk=" alt="two mules">' in str(pieces[0].html)

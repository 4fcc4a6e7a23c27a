"""The analyst's markdown: words become words, and nothing becomes what the policy forbids."""

from __future__ import annotations

import random
import re

import pytest
from bs4 import BeautifulSoup

from briefing.errors import PageError
from briefing.page.markdown import render_markdown
from briefing.page.policy import check_page


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


def attached(text: str, **pictures: dict[str, str]) -> str:
    held = {name.replace("_", " "): kinds for name, kinds in pictures.items()}
    return "".join(str(piece.html) for piece in render_markdown(text, attachments=held))


@pytest.mark.parametrize(
    "text",
    [
        "<!-- {0} -->", "a <!-- {0} --> b", "<!--\n\n# {0}\n\n- {0}\n-->\nafter", "a <!--- {0} ---> b",
        "# Why? <!-- {0} -->",
        "| a |\n|---|\n| <!-- {0} --> 1 |", "- x <!-- {0} -->", "> <!-- {0} -->", "a[^1]\n\n[^1]: b <!-- {0} -->",
        "![m <!-- {0} -->](data:image/png;base64,aGk=)", "[x <!-- {0} -->](https://a.org)", "**a <!-- {0} --> b**",
        "$x <!-- {0} --> y$", "<div>\n<!-- {0} -->\n</div>", "<pre>\n<!-- {0} -->\n</pre>", "`a\nb` <!-- {0} -->",
        "a ` b <!-- {0} -->", "a\n<!-- {0}\n{0} -->\nb", "- [ ] <!-- {0} -->",
        "Title <!-- {0} -->\n===", "[//]: # ({0})",
        "<sub><!-- {0} --></sub>", "<!-- {0} --><!-- {0} -->", "x<!--{0}-->y", "a <!-- `{0}` --> b",
        "$$\n<!-- {0} -->\n$$",
    ],
)  # fmt: skip
def test_what_stands_in_a_comment_is_not_published(text: str) -> None:
    assert "secret" not in html(text.format("secret")) and "--" not in html(text.format("secret"))


@pytest.mark.parametrize(
    "text",
    [
        "<!-- secret", "a <!-- x\n\nsecret --> b", "a <!-- secret --!> b", "<!--\nsecret", "    <!-- secret -->",
        "| a | b |\n|---|---|\n| <!-- x | secret --> |", "- a <!-- x\n- secret -->",
        "[x](<!--secret-->)", "$x <!-- secret$",
        "<div>\n<!-- x\n\nsecret -->", "> <!-- x\n\nsecret -->",
    ],
)  # fmt: skip
def test_a_comment_that_may_be_read_as_words_is_refused(text: str) -> None:
    with pytest.raises(PageError, match="a comment "):
        html(text)


def test_a_comment_in_code_is_code() -> None:
    assert "&lt;!-- a --&gt;" in html("`<!-- a -->`") and "&lt;!-- a --&gt;" in html("```\n<!-- a -->\n```")


@pytest.mark.parametrize(
    "formula",
    [
        "$a_1*b_1 + a_2*b_2$", r"$\{1, 2\}$", r"$$a \\ b$$", r"\\(x*y*z\\)", r"\\[x_1 * y_1\\]", "$x|y$", r"$\$5_a*b*$",
        "$$\na_1\n\n- b_1\n$$", "\\begin{align}\na_1 &= b_1 \\\\\n\\end{align}", "$<b>_1$", r"$\text{a} \& b$",
    ],
)  # fmt: skip
def test_a_formula_is_shown_as_it_is_written(formula: str) -> None:
    shown = BeautifulSoup(html(formula), "html.parser")
    assert shown.get_text().strip() == formula and shown.code is not None and shown.em is None


@pytest.mark.parametrize(
    "prices", ["it cost $5 and *then* $6", "$5*m* to $10", r"\$5 and *6*\$", "$ 5 *or* 6 $", "5$ *or* 6$ "]
)
def test_a_price_is_no_formula(prices: str) -> None:
    assert "<code>" not in html(prices) and "<em>" in html(prices)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&copy; 2022 &mdash; x&nbsp;y &#x41;&#65;", "© 2022 — x\u00a0y AA"), ("&lt;b&gt;", "&lt;b&gt;"),
        ("&amp;copy;", "&amp;copy;"),
        ("&nosuch; &notanentity; AT&T &lt", "&amp;nosuch; &amp;notanentity; AT&amp;T &amp;lt"),
        ("&#0;&#xD800;", "\ufffd\ufffd"), ("&#x202e;x", "\u202e\u202cx"), (r"\&copy;", "&amp;copy;"),
        ("98<br>122", "98<br />\n122"), ("98<BR/>122", "98<br />\n122"), ("CO<sub>2</sub>", "CO₂"),
        ("10<sup>6</sup>", "10⁶"),
        ("5<sup>th</sup>", "5<sup>th</sup>"), ("<sub>2", "&lt;sub&gt;2"),
        ("a<sup x=1>2</sup>", "a&lt;sup x=1&gt;2&lt;/sup&gt;"),
        ("`&copy;<br>`", "<code>&amp;copy;&lt;br&gt;</code>"),
    ],
)  # fmt: skip
def test_entities_line_ends_and_raised_numbers_are_what_they_stand_for(text: str, shown: str) -> None:
    assert html(text).strip() == f"<p>{shown}</p>"


def test_an_empty_line_that_is_forced_shows_nothing() -> None:
    assert html("a\n\n<br>\n\nb") == "<p>a</p>\n<p>b</p>\n"


def test_a_raised_number_is_its_own_in_the_title_too() -> None:
    assert render_markdown("# 10<sup>6</sup> mules<br>and oxen")[0].html.striptags() == "10⁶ mules and oxen"


def test_tasks_are_ticked_or_not_to_everybody() -> None:
    shown = html("- [x] counted\n- [ ] weighed\n\n1. [X] *fed*\n   - [ ] shod")
    assert [mark for mark in shown if mark in "☑☐"] == ["☑", "☐", "☑", "☐"] and "<input" not in shown


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.org/x_y_z", "https://a.org/x_y_z"), ("see https://a.org/x.", "https://a.org/x"),
        ("(http://a.org/x_(y))", "http://a.org/x_(y)"), ("*https://a.org*", "https://a.org"),
        ("HTTPS://A.org", "HTTPS://A.org"),
        ("<https://a.org>", "https://a.org"), ("https://a.org/?a=1&b=2", "https://a.org/?a=1&b=2"),
        ("a@b.org <a@b.org>", "mailto:a@b.org"),
        ("[t](MAILTO:a@b.org)", "MAILTO:a@b.org"), ("[https://b.org](https://a.org)", "https://a.org"),
        ("\"https://a.org\"", "https://a.org"),
    ],
)  # fmt: skip
def test_an_address_alone_is_a_link_and_the_only_one(text: str, address: str) -> None:
    assert [link["href"] for link in BeautifulSoup(html(text), "html.parser").find_all("a")] == [address]


@pytest.mark.parametrize(
    "text", ["https://www.nato.int@evil.example/", "http://[x", "`https://a.org`", "https://", "www.a.org"]
)
def test_an_address_that_leads_elsewhere_than_it_says_stays_words(text: str) -> None:
    shown = BeautifulSoup(html(text), "html.parser")
    assert shown.a is None and shown.get_text().strip() == text.strip("`")
    assert BeautifulSoup(html(f"[NATO]({text.strip('`')})"), "html.parser").get_text().startswith("NATO") or "`" in text


def test_a_note_that_is_cited_twice_has_one_way_back() -> None:
    assert html("a[^n] b[^n]\n\n[^n]: c").count('id="ref_words_1"') == 1


def test_pictures_are_found_by_their_whole_name() -> None:
    shown = attached(
        "![a](attachment:map.png) ![b](attachment:map.png2) ![c](attachment:my%20map.png)\n\n`attachment:map.png`",
        **{"map.png": {"image/png": "AAAA"}, "map.png2": {"image/jpg": "BBBB"}, "my_map.png": {"image/webp": "CCCC"}},
    )
    assert [image["src"][-4:] for image in BeautifulSoup(shown, "html.parser").find_all("img")] == [
        "AAAA",
        "BBBB",
        "CCCC",
    ]
    assert "image/jpeg;base64,BBBB" in shown and "<code>attachment:map.png</code>" in shown


def test_the_file_behind_a_link_is_told_by_its_name() -> None:
    assert (
        attached("[the map](attachment:m.png)", **{"m.png": {"image/png": "AAAA"}})
        == "<p>the map (attachment:m.png)</p>\n"
    )


@pytest.mark.parametrize("kind", ["image/bmp", "image/tiff", "image/avif", "image/heic", "text/plain", "image/svg+xml"])
def test_a_picture_of_another_kind_says_what_to_save_it_as(kind: str) -> None:
    with pytest.raises(PageError, match=r"[Aa]ttach.*PNG"):
        attached("![a](attachment:m.x)", **{"m.x": {kind: "AAAA"}})


@pytest.mark.parametrize("kinds", [{}, {"image/png": ""}, {"image/png": "<b>"}])
def test_an_attachment_that_holds_nothing_is_told(kinds: dict[str, str]) -> None:
    with pytest.raises(PageError, match=r"holds no picture|not inside the notebook"):
        attached("![a](attachment:m.png)", **{"m.png": kinds})


@pytest.mark.long
@pytest.mark.parametrize("seed", range(300))
def test_random_markdown_keeps_the_policy_and_its_comments(seed: int) -> None:
    chance = random.Random(seed)
    bits = [
        "<!-- secret -->", "`", "``", "$", "$$", "\n", "\n\n", "| a | b |\n|---|---|\n| ", " | ",
        "[x](", ")", "![", "](",
        "*",
        "_", "<br>", "<sub>", "</sub>", "<script>", "&lt;", "&#0;", "- [x] ", "> ", "[^1]", "\n[^1]: ",
        "https://a.org/", "<a ",
        "\\", "# ", "===", "98", "\\begin{a}", "\\end{a}", "javascript:", "    ", "~~", "<div>\n",
        "data:image/png;base64,",
    ]  # fmt: skip
    text = "".join(chance.choices(bits, k=20)).replace("`", chance.choice(["`", ""]))
    text = re.sub(r"\\+<", "<", text)  # whoever writes \< means the sign
    try:
        shown = html(text)
    except PageError:
        return
    code = "".join(tag.get_text() for tag in BeautifulSoup(shown, "html.parser").find_all(["code"]))
    assert shown.count("secret") == code.count("secret") and "<script" not in shown and not check_page(shown)[1:]

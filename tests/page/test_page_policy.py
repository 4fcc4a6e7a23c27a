"""The policy: what a page may hold, proved on its final text."""

from __future__ import annotations

import freedonia as f
import pytest

from briefing.errors import PageError
from briefing.page.exporter import render_page
from briefing.page.policy import assert_page, check_page, hash_inline, make_policy

STYLE = "a{color:red}"
POLICY = make_policy(styles=[STYLE], scripts=[])


def page(body: str, *, policy: str = POLICY, before: str = "") -> str:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    head = f'<!doctype html><html><head>{before}<meta charset="utf-8">{meta}<style>{STYLE}</style></head>'
    return f"{head}<body>{body}</body></html>"


def test_a_page_that_keeps_its_policy_has_no_problem() -> None:
    assert check_page(page('<p class="a">1 &lt; 2 <a href="#x">x</a></p>')) == []
    assert check_page(page('<button popovertarget="x">1</button><div popover id="x">2</div>')) == []


def test_the_policy_lets_nothing_in_but_what_it_names() -> None:
    policy = make_policy(styles=["x"], scripts=["y"])
    assert policy == (
        f"default-src 'none'; script-src {hash_inline('y')}; style-src {hash_inline('x')}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<p style="color:red">x</p>',
        '<p onclick="x">x</p>',
        '<meta http-equiv="refresh" content="0">',
        '<a href="javascript:alert(1)">x</a>',
        '<img src="https://example.org/a.png">',
        '<iframe srcdoc="x"></iframe>',
        '<base href="https://example.org/">',
        '<link rel="stylesheet" href="https://example.org/">',
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<p title='x'>x</p>",
        '<div popover="manual">x</div>',
        '<button commandfor="x" command="--go">x</button>',
        '<svg><rect fill="url(https://example.org/a#b)"/></svg>',
        '<svg><g CLIP-PATH="URL( //example.org)"></g></svg>',
        '<a href=" javascript:alert(1)">x</a>',
        '<a href="JaVaScRiPt:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="vbscript:x">x</a>',
        '<a href="//example.org">x</a>',
        '<a href="/etc/passwd">x</a>',
        '<a href="java&#9;script:alert(1)">x</a>',
        "<plaintext><p>x</p>",
        "<textarea><p>x</p></textarea>",
        "<noscript><p>x</p></noscript>",
        "<xmp><p>x</p></xmp>",
        "<math><mi>x</mi></math>",
        "<template><p>x</p></template>",
        "<dialog open>x</dialog>",
        "<video></video>",
        "<section hidden><p>x</p></section>",
        "<section inert><p>x</p></section>",
        '<p contenteditable="true">x</p>',
        '<p slot="x">x</p>',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
        '<meta name="description" content="x">',
        '<svg><image href="https://example.org/x.png" width="9" height="9"/></svg>',
        '<svg><image xlink:href="data:image/png;base64,aa"/></svg>',
        '<svg><a href="#x"><set attributeName="href" to="https://example.org/"/></a></svg>',
        '<svg><use href="#x"/></svg>',
        "<svg><style>p{}</style></svg>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<svg><p>x</p></svg>",
        '<svg><rect fill="u\\72l(https://example.org/)"/></svg>',
        "<path d='M0 0'/>",
        "<p>1 < 2</p>",
        "<p>x</p></ p>",
        "<!-- x --><p>x</p>",
        "<?x?><p>x</p>",
        "<![CDATA[x]]><p>x</p>",
        "<b><i>x</b></i>",
        "</main><p>x</p>",
        "<p>x",
        "<div/><p>x</p>",
        '<p class="a" class="b">x</p>',
        '<p class="a"id="b">x</p>',
        "<P>x</P>",
        '<script type="text/javascript">alert(1)</script>',
        '<script type="module">alert(1)</script>',
        '<script type="importmap">{}</script>',
        '<script type="speculationrules">{}</script>',
        '<script type="application/json"><!--<script></script>',
        "</body><body><p>x</p>",
        '<input type="text">',
        '<a href="#x" target="_blank">x</a>',
        '<img src="data:text/html;base64,aa" alt="x">',
    ],
)
def test_what_breaks_the_policy_is_found(body: str) -> None:
    assert check_page(page(body))


def test_what_is_refused_is_told_with_its_place() -> None:
    (told,) = check_page(page("<p>x</p>\n<section hidden><p>x</p></section>"))
    assert told == "line 2, column 1: <section hidden>: a page has no hidden such as that"


@pytest.mark.parametrize("body", ["<div>" * 300_000, "<" * 300_000, "<p hidden>" * 300_000, '<p class="' * 300_000])
def test_a_page_that_never_ends_is_told_at_once(body: str) -> None:
    assert 1 <= len(check_page(page(body))) <= 25


@pytest.mark.parametrize(
    "policy",
    [
        "",
        "default-src *",
        POLICY.replace("'none'", "*", 1),
        POLICY.replace("style-src", "style-src 'unsafe-inline'"),
        f"{POLICY}; connect-src *",
        f"script-src https://evil.example; {POLICY}",
        POLICY.replace("img-src data:", "img-src data: https:"),
        POLICY.replace("; base-uri 'none'", ""),
    ],
)
def test_a_policy_that_lets_more_through_is_found(policy: str) -> None:
    assert "policy" in check_page(page("<p>x</p>", policy=policy))[0]


@pytest.mark.parametrize(
    "before", ["<title>", "<script>alert(1)</script>", '<script type="application/json">', "<!-- ", "<style>"]
)
def test_a_policy_that_comes_too_late_is_none(before: str) -> None:
    assert "the page has no policy" in check_page(page("<p>x</p>", before=before))


@pytest.mark.parametrize("opening", ["<style>", "<SCRIPT>", '<script type="application/json">'])
def test_scripts_that_never_end_are_told_at_once(opening: str) -> None:
    assert "one style and few scripts" in check_page(page(opening * 200_000))[-1]


def test_a_page_that_breaks_its_policy_is_refused() -> None:
    with pytest.raises(PageError, match="its hash is not in the policy"):
        assert_page(page("<script>alert(1)</script>"))


def test_the_whole_page_keeps_its_policy() -> None:
    assert check_page(render_page(f.freedonia())) == []

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
    assert check_page(page('<p class="a">1 < 2 &lt; 3 <a href="#x">x</a></p>')) == []
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
    ],
)
def test_what_breaks_the_policy_is_found(body: str) -> None:
    assert check_page(page(body))


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

"""The policy: what a page may hold, proved on its final text."""

from __future__ import annotations

import freedonia as f
import pytest

from briefing.errors import PageError
from briefing.press.page import render_page
from briefing.press.page.policy import assert_page, check_page, hash_text, make_policy

STYLE = "a{color:red}"


def page(body: str) -> str:
    policy = make_policy(styles=[STYLE], scripts=[])
    return f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}"><style>{STYLE}</style>{body}'


def test_a_page_that_keeps_its_policy_has_no_problem() -> None:
    assert check_page(page('<p class="a">1 < 2 &lt; 3 <a href="#x">x</a></p>')) == []


def test_the_policy_lets_nothing_in_but_what_it_names() -> None:
    policy = make_policy(styles=["x"], scripts=["y"])
    assert policy == (
        f"default-src 'none'; script-src {hash_text('y')}; style-src {hash_text('x')}; "
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
    ],
)
def test_what_breaks_the_policy_is_found(body: str) -> None:
    assert check_page(page(body))


def test_a_page_that_breaks_its_policy_is_refused() -> None:
    with pytest.raises(PageError, match="its hash is not in the policy"):
        assert_page(page("<script>alert(1)</script>"))


def test_the_whole_page_keeps_its_policy() -> None:
    assert check_page(render_page(f.freedonia())) == []

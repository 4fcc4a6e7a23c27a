"""Texts that mean harm reach the page as text, in every place where a text can stand."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any

import freedonia as f
import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from playwright.sync_api import Page

from briefing.blocks.blocks import read_block
from briefing.blocks.faces import face
from briefing.page.budget import Budget
from briefing.page.exporter import render_page
from briefing.page.policy import check_page
from briefing.page.tame import looked_through, tame, tame_text

#: All sixty, as one text.
TOGETHER = " ".join(hostile.STRINGS)
BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>'
#: What is no free text: keys, choices and what only a machine reads.
KEPT = {
    "id",
    "ids",
    "kind",
    "version",
    "claims",
    "source",
    "origin",
    "as_of",
    "day",
    "spec",
    "narrow",
    "quantity",
    "table",
    "bears",
    "move",
    "outcome",
    "leaned",
}


def poison(value: Any, text: str, *, key: str = "") -> Any:
    """Put a text in the place of every text of a block; the claims and sources of its evidence too."""
    if key in KEPT and not isinstance(value, list | dict):
        return value
    if isinstance(value, dict):
        is_cited = value.keys() == {"text", "claims", "made", "how"}
        kept = KEPT if not is_cited else KEPT | {"claims", "made"}
        return {name: value[name] if name in kept - {"claims"} or (is_cited and name in {"claims", "made"})
                else poison(value[name], text, key=name) for name in value}  # fmt: skip
    if key == "events":  # of a judgement that is decided: id, title, source
        return [[one[0], text, one[2]] if isinstance(one, list) else poison(one, text) for one in value]
    if isinstance(value, list):
        return [poison(inner, text) for inner in value]
    return text if isinstance(value, str) else value


def poisoned(text: str) -> Any:
    cells = [f.cell(read_block(poison(block.model_dump(mode="json"), text))) for block in f.BLOCKS]
    words = text.replace("![", "! [").replace("<!-", "<! -")  # a picture from elsewhere and half a comment are refused
    return f.notebook(*cells, *(f.words(head + words) for head in ("## ", "a\n\n")))


@pytest.fixture(scope="module")
def clean() -> hostile.Reader:
    return hostile.read(render_page(f.freedonia(), interactive=False))


def test_there_are_sixty() -> None:
    assert len(set(hostile.STRINGS)) == 60


@pytest.mark.parametrize("text", hostile.STRINGS, ids=range(60))
@pytest.mark.parametrize("write", [escape, html.escape], ids=["template", "leaf"])
def test_a_hostile_text_is_text_once_it_is_escaped(write: Callable[[str], str], text: str) -> None:
    written = write(tame_text(text))
    read = hostile.read(f"<p title=\"{written}\" lang='{written}'>{written}</p>")
    assert (read.elements, read.attributes) == ({"p"}, {"title", "lang"})
    assert [*read.values, "".join(read.texts)] == [tame_text(text)] * 3


def test_hostile_texts_are_text_in_every_place_of_a_page(clean: hostile.Reader) -> None:
    page = render_page(poisoned(TOGETHER), draw=lambda spec: BLANK, interactive=False, budget=Budget(0, 0))
    read = hostile.read(page)
    assert read.elements <= clean.elements | {"p", "em", "code", "pre", "h4"}
    assert read.attributes <= clean.attributes
    assert " ".join(read.texts).count(tame_text(TOGETHER)) >= 30
    assert check_page(page) == []
    page.encode()


@pytest.mark.parametrize("block", f.BLOCKS, ids=lambda block: block.kind)
def test_hostile_texts_are_text_in_jupyterlab(block: Any) -> None:
    harmed = read_block(poison(block.model_dump(mode="json"), TOGETHER))
    faces = [hostile.read(face(each).get("text/html", "")) for each in (block, harmed)]
    assert faces[1].elements <= faces[0].elements | {"h1", "h2", "p"}
    assert faces[1].attributes <= faces[0].attributes


def test_all_hostile_texts_in_a_chart_are_text() -> None:
    chart = next(block for block in f.BLOCKS if isinstance(block, f.Chart))
    rows = [{"claimant": text, "low": 1, "high": 2, "side": "stated"} for text in hostile.STRINGS]
    spec = {**chart.spec, "data": {"values": rows}, "datasets": {}}
    page = render_page(
        f.freedonia((f.BLOCKS[0], chart.model_copy(update={"spec": spec, "narrow": None}), *f.BLOCKS[-2:]))
    )
    assert check_page(page) == []
    assert "&lt;svg/onload=alert(1)&gt;" in page.split('<svg role="img"')[1].split("</svg>")[0]


def test_a_million_characters_are_shown() -> None:
    long = "x" * 1_000_000
    page = render_page(f.notebook(f.words("# Who?"), f.cell(f.Prose(text=(long,)))), budget=Budget(0, 0))
    assert long in page


@pytest.mark.browser
def test_nothing_runs_in_a_browser(page: Page, tmp_path: Any) -> None:
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    file = tmp_path / "hostile.html"
    text = render_page(poisoned(TOGETHER), draw=lambda spec: BLANK, interactive=False, budget=Budget(0, 0))
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator("main img, iframe, object, embed, base, form, video").count() == 0
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert told == []


@pytest.mark.parametrize(
    ("text", "tamed"),
    [
        ("plain", "plain"),
        ("\u202eback", "\u202eback\u202c"),
        ("\u2067a \u202bb", "\u2067a \u202bb\u202c\u2069"),
        ("closed\u202c\u2069", "closed"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("\x00\x1b\ud800", "\ufffd\ufffd\ufffd"),
    ],
)
def test_a_text_ends_as_it_began(text: str, tamed: str) -> None:
    assert tame_text(text) == tamed


def test_what_was_looked_through_as_a_whole_is_not_looked_at_again_and_nothing_else_is_let_by() -> None:
    still, wild = {"text": ["as it is"]}, {"text": ["a\x00b", "\u202etxt"]}
    with looked_through(json.dumps(still, ensure_ascii=False)):
        assert tame(still) is still
    for written in ("", json.dumps([still, wild], ensure_ascii=False)):
        with looked_through(written):
            assert tame(wild) == {"text": ["a\ufffdb", "\u202etxt\u202c"]}
    assert tame(wild) == {"text": ["a\ufffdb", "\u202etxt\u202c"]}


@given(st.text(st.characters(exclude_categories=())))
def test_a_whole_that_is_tame_has_no_part_that_is_not(text: str) -> None:
    with looked_through(json.dumps({"cells": [{"data": {"text": text}}]}, sort_keys=True, ensure_ascii=False)):
        assert tame([text]) == [tame_text(text)]

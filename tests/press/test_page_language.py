"""The page in other languages: its own words from a catalogue, the notebook's words marked as what they are."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import freedonia as f
import pytest

from briefing.errors import UsageError
from briefing.press.page import render_page
from briefing.press.page.words import read_words

FOLDER = files("briefing.press.page") / "languages"
LANGUAGES = sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir())


def flat(language: str) -> dict[str, str]:
    catalogue = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    groups = {name: group for name, group in catalogue.items() if isinstance(group, dict)}
    return {f"{name}.{key}": text for name, group in groups.items() for key, text in group.items()}


def test_english_and_ukrainian_are_there() -> None:
    assert {"en", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_word_with_the_same_places(language: str) -> None:
    english, other = flat("en"), flat(language)
    assert other.keys() == english.keys()
    places = {key: set(re.findall(r"\{\w+\}", text)) for key, text in english.items()}
    assert {key: set(re.findall(r"\{\w+\}", text)) for key, text in other.items()} == places


def test_every_word_of_a_catalogue_is_used() -> None:
    package = files("briefing.press.page")
    folders = (package, package / "assets", package / "templates/briefing", package / "templates/briefing/blocks")
    text = "".join(
        file.read_text(encoding="utf-8") for folder in folders for file in folder.iterdir() if file.is_file()
    )
    words = [key.split(".")[1] for key in flat("en") if key.startswith(("words.", "script.", "dates."))]
    assert [word for word in words if f'"{word}"' not in text and f"'{word}'" not in text] == []


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(UsageError, match='language "ua" has no catalogue'):
        render_page(f.freedonia(), language="ua")


def test_a_ukrainian_page_speaks_ukrainian_around_english_words() -> None:
    page = render_page(f.freedonia(), language="uk", interactive=False)
    assert '<html lang="uk" dir="ltr">' in page
    assert "<dt>Станом на</dt>" in page
    assert "17 листопада 1933 року" in page
    assert '<h1 dir="auto" lang="en">Will Freedonia go to war?</h1>' in page
    assert '<p class="stance">заперечує</p>' in page


def test_english_words_on_an_english_page_are_not_marked() -> None:
    assert 'lang="en"' not in render_page(f.freedonia(), interactive=False).split("<body>")[1].replace(
        '" lang="en">', "", len(f.SOURCES)
    )


@pytest.mark.parametrize(
    ("text", "english", "ukrainian"),
    [
        ("2022-12-19", "19 December 2022", "19 грудня 2022 року"),
        ("2022-10", "October 2022", "жовтень 2022 року"),
        ("2022~", "about 2022", "приблизно 2022"),
        ("2022-10-09/2022-10-28", "9–28 October 2022", "9 жовтня 2022 року – 28 жовтня 2022 року"),
        ("2022-02-24/..", "since 24 February 2022", "від: 24 лютого 2022 року"),
        ("", "day unknown", "день невідомий"),
        ("some time ago", "some time ago", "some time ago"),
    ],
)
def test_a_date_is_said_in_the_pages_language(text: str, english: str, ukrainian: str) -> None:
    assert (read_words("en").date(text), read_words("uk").date(text)) == (english, ukrainian)


def test_names_of_any_script_stand_apart_from_the_words_around_them() -> None:
    speaker = f.said("qt-9", "denies", "لا", speaker="Аляксандр Лукашэнка", role="رئيس")
    exchange = f.Exchange(target="العربية", quotations=(speaker,))
    page = render_page(
        f.notebook(f.words("# Who?"), f.cell(f.Quotations(caption="?", exchanges=(exchange,), evidence=f.EVIDENCE)))
    )
    assert "<bdi><strong>Аляксандр Лукашэнка</strong>, رئيس</bdi>" in page
    assert '<h3 dir="auto">العربية</h3>' in page

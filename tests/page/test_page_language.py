"""The page in other languages: its own words from a catalogue, the notebook's words marked as what they are."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import freedonia as f
import pytest

from briefing.blocks.blocks import Block, read_block
from briefing.errors import UsageError
from briefing.page.exporter import render_page
from briefing.page.words import read_words

FOLDER = files("briefing.page") / "languages"
LANGUAGES = sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir())


def flat(language: str) -> dict[str, str]:
    catalogue = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    groups = {name: group for name, group in catalogue.items() if isinstance(group, dict)}
    words = {f"{name}.{key}": text for name, group in groups.items() for key, text in group.items()}
    return {key: text["other"] if isinstance(text, dict) else text for key, text in words.items()}


def test_english_and_ukrainian_are_there() -> None:
    assert {"en", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_word_with_the_same_places(language: str) -> None:
    english, other = flat("en"), flat(language)
    assert other.keys() == english.keys()
    places = {key: set(re.findall(r"\{\w+\}", text)) for key, text in english.items()}
    assert {key: set(re.findall(r"\{\w+\}", text)) for key, text in other.items()} == places


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogues_language_has_months_and_names_itself(language: str) -> None:
    words = read_words(language)
    assert words.name_language(language) != language and words.date("2022-10") not in ("2022-10", "2022")


def test_a_language_that_nobody_named_stays_as_its_tag() -> None:
    assert read_words("uk").name_language("qaa") == "qaa"


def test_every_word_of_a_catalogue_is_used() -> None:
    package = files("briefing.page")
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
    assert '<span class="stance">заперечує</span>' in page


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
        ("2022-10-09/2022-10-28", "9–28 October 2022", "9–28 жовтня 2022 року"),
        ("2022-02-24/..", "since 24 February 2022", "від 24 лютого 2022 року"),
        ("../2022-10", "until October 2022", "до жовтня 2022 року"),
        ("2022/..", "since 2022", "від 2022 року"),
        ("2022-03/2022-09", "March to September 2022", "березень – вересень 2022 року"),
        ("2022-09-30/2022-10-09", "30 September to 9 October 2022", "30 вересня – 9 жовтня 2022 року"),
        ("2022-10/2022-11-14", "October to 14 November 2022", "жовтень – 14 листопада 2022 року"),
        ("2021-12/2022-01", "December 2021 to January 2022", "грудень 2021 року – січень 2022 року"),
        ("2021/2022", "2021 to 2022", "2021 – 2022"),
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


def page_of(*blocks: Block, language: str = "en") -> str:
    return render_page(f.notebook(f.words("# Who?"), *map(f.cell, blocks)), language=language, interactive=False)


def test_a_block_in_another_language_says_so_and_runs_its_way() -> None:
    page = page_of(
        f.Heading(text=("Мулы",), language="be"), f.Prose(text=("عربي",), language="ar"), f.Prose(text=("Mules.",))
    )
    assert '<h2 id="section_1" dir="auto" lang="be">Мулы</h2>' in page
    assert '<a href="#section_1" lang="be">Мулы</a>' in page
    assert '<p dir="rtl" lang="ar">عربي</p>' in page
    assert '<p dir="auto">Mules.</p>' in page


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("ar-Latn", 'dir="auto" lang="ar-Latn"'),
        ("az-Arab", 'dir="rtl" lang="az-Arab"'),
        ("he", 'dir="rtl" lang="he"'),
        ("en", 'dir="auto"'),
        ("be_BY", 'dir="auto"'),  # left by hand: it is no tag, and says nothing to a reader's machine
    ],
)
def test_words_run_as_their_script_does(tag: str, attributes: str) -> None:
    assert f"<p {attributes}>?</p>" in page_of(f.Prose(text=("?",), language=tag))


def test_the_head_and_notes_say_their_language() -> None:
    head = f.Headline(title="Ці закрыта мяжа?", bottom_line=("Так.",), language="be")
    page = page_of(head, f.Note(label="Заўвага", text=("Мяжа.",), language="be"))
    assert '<h1 dir="auto" lang="be">Ці закрыта мяжа?</h1>' in page
    assert '<p dir="auto" lang="be">Так.</p>' in page
    assert '<p dir="auto" lang="be"><span class="label">Заўвага</span> Мяжа.</p>' in page


def test_a_cell_of_words_says_its_language_in_its_metadata() -> None:
    page = render_page(f.notebook(f.words("# Who?"), f.words("Мулы.", metadata={"language": "be"})))
    assert '<div class="words" lang="be"><p>Мулы.</p>' in page


def test_a_speakers_own_words_say_their_language() -> None:
    rows = (f.said("qt-8", "denies", "لا", language="ar"), f.said("qt-9", "denies", "No."))
    exchange = f.Exchange(target="?", quotations=rows)
    page = page_of(f.Quotations(caption="?", exchanges=(exchange,), evidence=f.EVIDENCE))
    assert '<blockquote><p dir="rtl" lang="ar">“لا”' in page
    assert '<blockquote><p dir="auto">“No.”' in page


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("до 11 000 [up to 11,000]", '“<bdi lang="uk">до 11 000</bdi> [up to 11,000]”'),
        ("до 11 000", '“<bdi lang="uk">до 11 000</bdi>”'),
        ("[up to 11,000]", "[up to 11,000]"),
    ],
)
def test_a_wording_as_printed_is_in_its_documents_language_and_its_rendering_is_not(wording: str, shown: str) -> None:
    claim, source = f.claim("tr-1", wording=wording), f.source("gazette-1", language="uk")
    page = page_of(f.Prose(text=(f.one("98", "tr-1"),), evidence=f.Evidence(claims=(claim,), sources=(source,))))
    assert f'<p class="wording" dir="auto">{shown}</p>' in page


def test_what_is_no_language_says_nothing_to_a_reader() -> None:
    assert "lang=" not in page_of(f.Prose(text=("Mules.",), language='x" onclick="alert(1)')).split("<body>")[1]


def test_a_run_of_the_first_version_still_becomes_a_page() -> None:
    assert read_block({"kind": "prose", "text": ["Mules."], "version": 1}).language == ""

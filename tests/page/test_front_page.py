"""The front on the page: what it shows, in what words, and what it leads to."""

import re

import freedonia as f
import pytest

from briefing.blocks.blocks import Front, Heading, Headline
from briefing.errors import PageError
from briefing.page.exporter import render_page
from briefing.page.parts import tell_cover

BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def page(*blocks, language="en", **options):
    return render_page(f.notebook(*map(f.cell, blocks)), language=language, draw=lambda spec: BLANK, **options)


def words(html):
    """Give the words of a page as a reader sees them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture(scope="module")
def whole():
    return render_page(f.freedonia((f.FRONT, *f.BLOCKS[1:])), draw=lambda spec: BLANK, interactive=False)


def cover(html):
    return html.split('<header class="cover')[1].split("</header>")[0]


def test_the_front_leads_with_question_answer_and_how_sure_in_two_sentences(whole):
    told = words(cover(whole))
    said = [f.FRONT.title, "It is unlikely (20–45 %)", "Our confidence in this is low"]
    assert sorted(said, key=told.index) == said


def test_a_tile_shows_number_label_claimant_time_and_standing(whole):
    tile = words(cover(whole).split('<li class="tile">')[1])
    for told in ("98–122, sources conflict", "Mules lent", "2 claimants, 9–28 October 1933", "contested", "2 origins"):
        assert told in re.sub(r" ,", ",", tile)
    assert "repeated from 28 October 1933" in tile and "doubted by Ambassador Trentino" in tile


def test_every_chip_is_worded_in_either_language(whole):
    uk = cover(page(f.FRONT, language="uk"))
    for chip in {chip.kind for tile in f.FRONT.tiles for chip in tile.chips}:
        (en_words,), (uk_words,) = (
            set(re.findall(rf'<span class="chip {chip}">([^<]+)</span>', html)) for html in (cover(whole), uk)
        )
        assert chip not in (en_words, uk_words) or chip == en_words
        assert re.search("[а-яі]", uk_words)


def test_what_no_claim_counts_is_told_without_a_link(whole):
    tile = cover(whole).split('<li class="tile">')[4].split("</li>")[0]
    assert "No count known" in tile and "<a " not in tile


def test_hostile_words_on_the_front_are_text(whole):
    assert f.HOSTILE not in whole
    assert cover(whole).count("&lt;img src=x") >= 4


def test_the_sources_of_the_front_have_the_first_numbers(whole):
    assert re.findall(r'href="#source_(\d+)"', cover(whole))[0] == "1"


def test_every_link_of_the_front_leads_somewhere_and_no_anchor_is_there_twice(whole):
    anchors = re.findall(r'\sid="([^"]+)"', whole)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', cover(whole))) <= set(anchors)


def test_the_picture_of_the_front_brings_its_evidence():
    alone = Front(title="How?", hero=f.FRONT.hero)
    assert 'id="tr-1"' in page(alone, interactive=False)


def test_the_badge_says_what_the_dossier_says_of_the_analyst(whole):
    assert '<span class="badge">a spy &lt;img' in cover(whole)


def test_the_day_of_making_stands_in_the_colophon_and_not_beside_the_day_spoken_for(whole, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1672531200")
    html = page(f.FRONT)
    assert "1 January 2023" not in words(cover(html))
    assert "Made on 1 January 2023" in words(html.split("<footer>")[1])


def test_a_page_that_was_reconstructed_says_from_when(whole):
    assert "reconstructed from data collected in 1934" in words(whole.split("<footer>")[1])
    of_the_day = f.FRONT.model_copy(update={"collected": "1933"})
    assert "reconstructed" not in (footer := words(page(of_the_day).split("<footer>")[1]))
    assert "Data collected in 1933" in footer


@pytest.mark.parametrize("second", [f.FRONT, Headline(title="What?")])
def test_a_page_has_one_head(second):
    with pytest.raises(PageError, match="2 fronts and headlines; a page has one"):
        page(f.FRONT, second)


def test_the_index_tells_question_and_answer_of_a_front():
    told = tell_cover(f.notebook(f.cell(f.FRONT)))
    assert told == {"question": f.FRONT.title, "bottom_line": f.FRONT.bottom_line[0]}


def test_a_missing_value_on_the_front_is_refused():
    with pytest.raises(PageError, match='the front prints "nan"'):
        page(Front(title="How?", standfirst=("They sent nan mules.",)))


def test_a_note_stands_where_there_is_nothing_to_draw():
    assert "No claim is known" in words(cover(page(Front(title="How?", instead=("No claim is known.",)))))


def test_a_chip_of_the_contents_shows_the_short_name_or_the_first_words():
    long = "Sylvania holds at least a hundred of the mules that Freedonia has lent"
    html = page(Headline(title="How?"), Heading(text=(long,), short="Mules"), Heading(text=(long,)))
    chips = re.findall(r'<a href="#section_\d"([^>]*)>([^<]+)</a>', html)
    assert chips == [(f' title="{long}"', "Mules"), (f' title="{long}"', "Sylvania holds at least a…")]


def test_a_headline_page_has_the_same_cover_without_a_front():
    html = cover(page(Headline(title="How?", bottom_line=("So.",))))
    assert html.startswith(" headline") and 'class="front"' not in html and "So." in html

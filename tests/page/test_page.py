"""The page of an executed notebook: what is on it, what refuses to be, and that it is the same twice."""

from __future__ import annotations

import datetime as dt
import re

import freedonia as f
import pytest

from briefing.blocks.blocks import Chart, Cited, Headline, Prose
from briefing.errors import PageError, UsageError
from briefing.page.exporter import BriefingExporter, render_page

BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def page(*blocks: object, **options: object) -> str:
    """Render a small page, its charts blank."""
    cells = [f.words("# Who?"), *(f.cell(block) if not hasattr(block, "cell_type") else block for block in blocks)]
    return render_page(f.notebook(*cells), draw=lambda spec: BLANK, interactive=False, **options)


def part(text: str, start: str, end: str) -> str:
    """Give what stands between two marks."""
    return text.split(start, 1)[1].split(end, 1)[0]


@pytest.fixture(scope="module")
def whole() -> str:
    return render_page(f.freedonia())


def test_a_page_has_one_h1_which_is_its_question(whole: str) -> None:
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", whole) == ["Will Freedonia go to war?"]


def test_a_hostile_text_is_shown_as_text(whole: str) -> None:
    assert f.HOSTILE not in whole
    assert whole.count("&lt;img src=x onerror=alert(1)&gt;") >= 4


def test_an_address_that_is_not_of_the_web_is_no_link(whole: str) -> None:
    assert 'href="javascript' not in whole
    assert "(javascript:alert(1))" in whole


def test_code_is_never_shown(whole: str) -> None:
    assert "secret = 1" not in whole


def test_every_link_inside_the_page_leads_somewhere(whole: str) -> None:
    anchors = re.findall(r'\sid="([^"]+)"', whole)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', whole)) <= set(anchors)


def test_the_contents_list_all_that_has_a_heading_in_its_order(whole: str) -> None:
    contents = re.findall(r'href="#(\w+)"', whole.split('<nav class="contents"')[1].split("</nav>")[0])
    main = whole.split("<main")[1]
    headed = re.findall(r'<h2 id="(section_\d+)"', main)
    assert contents[: len(headed)] == headed
    assert all(f' id="{anchor}"' in main.split('<section class="annex"')[1] for anchor in contents[len(headed) :])


def test_a_figure_opens_its_claim_and_tells_its_source(whole: str) -> None:
    assert re.search(
        r'<button class="figure short" id="use_\d+" popovertarget="card_tr-3">65,089 t</button>'
        r'<sup class="cite"><a class="row" href="#tr-3"></a><a href="#source_3"',
        whole,
    )


def test_a_figure_made_of_several_claims_opens_how_it_was_made(whole: str) -> None:
    assert 'popovertarget="card_figure_1">98–122</button>,</span> sources conflict' in whole
    card = part(whole, '<div class="card made-of" popover id="card_figure_1"', "</div>")
    assert "Stated range of 2 rival claims" in card
    assert re.findall('popovertarget="card_(tr-[0-9])"', card) == ["tr-1", "tr-2"]


def test_a_card_leads_to_its_row_and_back_to_each_place_of_use(whole: str) -> None:
    card = part(whole, 'popover id="card_tr-3"', '<div class="card"')
    uses = re.findall(r'id="(use_\d+)" popovertarget="card_tr-3"', whole)
    assert re.findall(r'href="#(use_\d+)"', card) == uses
    assert len(uses) == 2
    assert 'href="#tr-3"' in card


def test_a_card_says_who_said_what_where_it_was_read_and_what_others_say(whole: str) -> None:
    card = " ".join(re.sub("<[^>]+>", " ", part(whole, 'popover id="card_tr-2"', '<div class="card')).split())
    assert "“at least 122 mules” Sylvania’s General Staff" in card
    assert "Read in Sylvania Herald 2 , 17 November 1933; archived copy ; relays The Fredonia Gazette" in card
    assert "Grade C2 Bounds low 122 (items) Others say 98 The Ferrymen, 9–28 October 1933" in card
    assert "Note The same ferry, counted a week later." in card


def test_a_claim_is_a_line_of_the_annex_rivals_together(whole: str) -> None:
    group = part(part(whole, 'id="annex_of_claims"', "</details>"), "Mules lent to Sylvania", "</ul>")
    assert re.findall(r'<li class="claim" id="([^"]+)"', group) == ["tr-1", "tr-2"]


def test_a_figure_in_a_heading_has_no_numbers_behind_it(whole: str) -> None:
    heading = part(whole, '<h2 id="section_1"', "</h2>")
    assert "<button" in heading
    assert "source_" not in heading


def test_rows_of_one_address_are_one_source_with_all_its_days() -> None:
    twice = (f.source("s-1", url="https://a.example"), f.source("s-2", url="https://a.example", published="1933-12-01"))
    shown = page(f.Sources(summary=("x",), evidence=f.Evidence(sources=twice)))
    assert len(re.findall('<li id="source_', shown)) == 1
    assert "1 December 1933" in part(shown, 'id="source_1_2"', "</li>")
    assert '"@id":"#source_1_2"' in shown


def test_a_matrix_and_corrections_stand_in_the_annex_with_a_link_in_their_place(whole: str) -> None:
    body, annex = whole.split('<section class="annex"')
    assert '<div class="matrix">' not in body and '<div class="matrix">' in annex
    assert '<a href="#annexed_2">What we got wrong</a>: in the annex' in body


def test_sources_are_numbered_by_first_use(whole: str) -> None:
    assert re.findall(r'<li id="source_(\d+)"[^>]*>\s*<p class="document"><bdi class="publisher">([^<]+)', whole) == [
        ("1", "The Fredonia Gazette"),
        ("2", "Sylvania Herald"),
        ("3", "Ministry of War of Freedonia"),
    ]


def test_a_claim_that_is_not_on_the_page_is_named_without_a_link(whole: str) -> None:
    assert "tr-9 (not on this page)" in whole


def test_the_same_notebook_gives_the_same_page(whole: str) -> None:
    assert render_page(f.freedonia()) == whole


def test_the_day_of_issue_is_the_day_spoken_for_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    head = Headline(title="Who?", as_of="2022-12-19")
    assert page(head).count('datetime="2022-12-19"') == 2
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1672531200")
    assert 'datetime="2023-01-01"' in page(head)
    assert 'datetime="2024-02-29"' in page(head, issued=dt.date(2024, 2, 29))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match=r'^SOURCE_DATE_EPOCH: is "soon"'):
        page(head)


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(PageError, match="out: has no title; a page answers one question"):
        render_page(f.notebook(f.words("No heading.")), name="out")


def test_a_second_headline_is_refused() -> None:
    with pytest.raises(PageError, match="2 headlines; a page has one"):
        page(Headline(title="Who?"), Headline(title="What?"))


def test_a_figure_without_a_claim_is_refused_with_its_cell() -> None:
    with pytest.raises(PageError, match=r'cell 2: figure "98" has no claim'):
        page(Prose(text=(Cited(text="98", claims=()),)))


def test_a_figure_whose_claim_nobody_carries_is_refused() -> None:
    with pytest.raises(PageError, match=r'cell 2: figure "98" cites tr-1, which no block carries'):
        page(Prose(text=(f.one("98", "tr-1"),)))


def test_rows_that_differ_between_blocks_are_refused() -> None:
    other = f.EVIDENCE.model_copy(update={"claims": (f.claim("tr-1", low=97), *f.CLAIMS[1:])})
    with pytest.raises(PageError, match=r'row "tr-1" differs between two blocks'):
        page(Prose(text=("a",), evidence=f.EVIDENCE), Prose(text=("b",), evidence=other))


def test_an_empty_chart_is_refused() -> None:
    empty = f.DATA.model_copy(update={"rows": (), "ids": (), "order": ()})
    chart = Chart(title="Mules", spec={}, description="None.", source_line="As of today.", data=empty)
    with pytest.raises(PageError, match=r'cell 2: chart "Mules" is empty'):
        page(chart)


def test_an_output_may_be_folded() -> None:
    folded = page(f.cell(Prose(text=("Long.",)), tags=("hide-output",)))
    assert re.search(r'<details><summary>Details</summary>\s*<p dir="auto">Long.</p>', folded)


def test_the_exporter_is_found_by_name() -> None:
    from nbconvert.exporters import get_exporter

    assert get_exporter("briefing") is BriefingExporter


def test_the_exporter_writes_the_same_page(whole: str) -> None:
    exported, resources = BriefingExporter().from_notebook_node(f.freedonia())
    assert exported == whole
    assert resources["output_extension"] == ".html"


def test_what_was_found_is_a_list_and_leads_to_its_row() -> None:
    page = render_page(f.freedonia(), checks=("9 rules: 1 to note", "F14: tr-1 <stands> in gazette-1, no-such-row"))
    assert (
        '<li>F14: <a href="#tr-1">tr-1</a> &lt;stands&gt; in <a href="#source_1">gazette-1</a>, no-such-row</li>'
        in page
    )
    assert "9 rules: 1 to note. " in page.split('id="what_was_checked"')[1]

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
    contents = whole.split('<nav class="contents"')[1].split("</nav>")[0]
    headed = re.findall(r'<h[23] id="(\w+)"', whole.split("<main")[1])
    assert re.findall(r'href="#(\w+)"', contents) == [*headed, "what_was_checked"]
    assert headed[-2:] == ["annex_of_evidence", "annex_of_claims"]


def test_a_figure_leads_to_its_claim_and_its_source(whole: str) -> None:
    assert re.search(
        r'<a class="figure short" id="use_\d+" href="#tr-3">65,089 t</a><sup class="cite"><a href="#source_3"', whole
    )


def test_a_figure_made_of_several_claims_leads_to_how_it_was_made(whole: str) -> None:
    assert 'href="#figure_1">98–122, sources conflict</a>' in whole
    assert "stated range of 2 rival claims" in whole


def test_a_claim_leads_back_to_each_place_of_use(whole: str) -> None:
    entry = whole.split('<article class="claim" id="tr-3"')[1].split("</article>")[0]
    uses = re.findall(r'id="(use_\d+)" href="#tr-3"', whole)
    assert re.findall(r'href="#(use_\d+)"', entry) == uses
    assert len(uses) == 2


def test_rivals_stand_beside_each_other(whole: str) -> None:
    group = whole.split("Mules lent to Sylvania</bdi> <span")[1].split("</section>")[0]
    assert re.findall(r'<article class="claim" id="([^"]+)"', group) == ["tr-1", "tr-2"]


def test_sources_are_numbered_by_first_use(whole: str) -> None:
    assert re.findall(r'<li id="source_(\d+)">\s*<p class="document"><bdi class="publisher">([^<]+)', whole) == [
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
    assert "9 rules: 1 to note. " in page

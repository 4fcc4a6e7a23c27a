"""Judgements, matrix and indicators on a page: what a reader sees, and that hostile text stays text."""

from __future__ import annotations

import re

import pytest
from assessed import hypothesis, indicator, item, judgement, look, ratings
from dossiers import LATER, dossier, event, flow, quote
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing.blocks.blocks import MIME, Block
from briefing.blocks.faces import face
from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.desk.assessments.indicators import indicator_board
from briefing.desk.assessments.judgements import key_judgements
from briefing.desk.quotes.quotes import choose_quotes, quotations
from briefing.desk.quotes.timeline import timeline
from briefing.page.exporter import render_page
from briefing.page.manifest import find_manifest

HOSTILE = "<img src=x onerror=alert(1)>"

TABLES = {
    "transfers": [flow("f-1", 98)],
    "events": [event("ev-1")],
    "judgements": [
        judgement("j-1"),
        judgement("j-2", "very unlikely", made_on="2031-01-20", previous_id="j-1", contradicted_by="e-1",
                  change_reason=HOSTILE, would_change_if=HOSTILE),
        judgement("j-3", made_on="2031-01-08", outcome="true", resolved_on="2031-02-01", resolved_by="ev-1"),
    ],
    "hypotheses": [hypothesis("H1"), hypothesis("H2", statement=HOSTILE)],
    "quotes": [quote("q-1", text=HOSTILE)],
    "evidence": [item("e-1", claim_ids="f-1", statement=HOSTILE, quote_ids="q-1", event_ids="ev-1"), item("e-2")],
    "ratings": [*ratings("e-1", "II C"), *ratings("e-2", "C C")],
    "indicators": [indicator("i-1", observable=HOSTILE), indicator("i-2")],
    "indicator_log": [look("i-1", "counter_observed", "2031-01-12", source_id="s-1", note=HOSTILE)],
}  # fmt: skip


def blocks(day: str = LATER) -> list[Block]:
    given = dossier(day, **TABLES)
    return [key_judgements(given), hypothesis_matrix(given), indicator_board(given)]


def render(day: str = LATER, shown: list[Block] | None = None) -> str:
    shown = blocks(day) if shown is None else shown
    outputs = [new_output("display_data", {MIME: block.model_dump(mode="json")}) for block in shown]
    cells = [new_code_cell("1", outputs=[output]) for output in outputs]
    return render_page(new_notebook(cells=[new_markdown_cell("# Who?"), *cells]))


@pytest.fixture(scope="module")
def whole() -> str:
    return render()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())


def test_a_term_is_printed_with_its_range_in_the_sentence(whole: str) -> None:
    assert (
        'It is <strong class="term">very unlikely (5–20 %)</strong> that Freedonia attacks by 31 March 2031.' in whole
    )


def test_likelihood_and_confidence_are_paragraphs_of_their_own(whole: str) -> None:
    assert '<p class="assurance" dir="auto">Our confidence in this is low: one ferryman saw it.</p>' in whole


def test_who_judges_is_told_before_the_first_judgement(whole: str) -> None:
    assert "Judged by The Gazette." in words(whole.split('<article class="judgement"')[0])


def test_the_scale_is_drawn_to_its_true_widths(whole: str) -> None:
    assert '<rect class="band held" x="5" y="0" width="15" height="6">' in whole
    assert '<rect class="before" x="20" y="0" width="25" height="6">' in whole


def test_what_moved_is_told(whole: str) -> None:
    assert "Lowered from unlikely (20–45 %) (10 January 2031)" in words(whole)


def test_what_is_decided_is_a_row_with_its_event_and_source(whole: str) -> None:
    told = "judged unlikely (20–45 %) , 8 January 2031. Happened , 1 February 2031. Title of ev-1 1"
    assert "Leaned the wrong way. Freedonia attacks by 31 March 2031 : " + told in words(whole)


def test_the_number_of_an_item_of_evidence_leads_to_its_claim(whole: str) -> None:
    assert re.search(r'<button class="figure short" id="use_\d+" popovertarget="card_f-1">98 items</button>', whole)


def test_what_evidence_rests_on_leads_to_its_row_in_the_annex(whole: str) -> None:
    for key, name in (("q-1", "Rufus Firefly"), ("ev-1", "Title of ev-1")):
        assert f'<a href="#{key}">{name}</a>' in whole
        assert f'<li id="{key}"' in whole.split('id="annex_of_evidence"')[1]


def test_what_stands_on_the_page_itself_is_not_repeated_in_the_annex() -> None:
    given = dossier(LATER, **TABLES)
    said = quotations(choose_quotes(given), caption="Said")
    page = render(shown=[key_judgements(given), said, timeline(given, caption="Then")])
    assert "annex_of_evidence" not in page
    assert page.count('<a href="#q-1">') == 1 and page.count(' id="q-1"') == page.count(' id="ev-1"') == 1


def test_an_item_of_evidence_leads_to_its_ratings(whole: str) -> None:
    assert 'href="#e-1" title="how it is rated"' in whole.split('class="matrix"')[0]
    assert '<tr id="e-1"' in whole.split('id="annexed_1"')[1]
    alone = render(shown=[key_judgements(dossier(LATER, **TABLES))])
    assert '<li id="e-1">' in alone and 'href="#e-1"' not in alone


def test_what_decided_a_judgement_leads_to_its_row(whole: str) -> None:
    assert '<a href="#ev-1">Title of ev-1</a>' in whole


def test_the_rows_of_the_annex_are_in_the_manifest(whole: str) -> None:
    rows = find_manifest(whole)["rows"]
    assert set(rows["quotes"]) == {"q-1"} and set(rows["events"]) == {"ev-1"}


def test_each_rating_is_a_mark_with_its_meaning_in_words(whole: str) -> None:
    mark = '<b aria-hidden="true"><i>H1</i>●</b><span>speaks strongly against it</span>'
    assert f'<td class="against">{mark}</td>' in whole
    assert "● speaks strongly against it ◐ speaks against it" in words(whole)


def test_no_id_stands_among_the_words_of_judgements_matrix_and_indicators() -> None:
    named = {"e-1": "It rained", "ev-1": "A flood"}
    rows = TABLES | {"evidence": [item("e-1", quote_ids="q-1", event_ids="ev-1", statement=named["e-1"])],
                     "events": [event("ev-1", title=named["ev-1"])], "ratings": ratings("e-1", "II C")}  # fmt: skip
    page = render(
        shown=[key_judgements(given := dossier(LATER, **rows)), hypothesis_matrix(given), indicator_board(given)]
    )
    told = (
        page.split("</style>")[1].split('<section class="annex"')[0]
        + page.split('id="annexed_1"')[1].split("</details>")[0]
    )
    body = re.sub("<script.*?</script>", "", told, flags=re.S)
    shown = re.sub(r"<[^>]+>", " ", body)
    assert re.findall(r"\b(?:j|e|i|q|ev|h)-?\d\b", shown) == []


def test_a_row_that_tells_nothing_apart_is_marked_in_words(whole: str) -> None:
    assert whole.count('<span class="tag">tells no hypothesis apart</span>') == 1


def test_no_coverage_is_not_printed_as_not_observed(whole: str) -> None:
    assert "– No coverage" in words(whole)
    assert "Not observed" not in words(whole)


def test_a_hostile_text_is_shown_as_text(whole: str) -> None:
    assert HOSTILE not in whole
    assert whole.count("&lt;img src=x onerror=alert(1)&gt;") >= 6


def test_every_anchor_is_there_once_and_every_link_leads_somewhere(whole: str) -> None:
    anchors = re.findall(r'\sid="([^"]+)"', whole)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', whole)) <= set(anchors)


def test_every_table_has_a_caption_and_every_head_a_scope(whole: str) -> None:
    tables = re.findall(r"<table.*?</table>", whole, flags=re.DOTALL)
    assert len(tables) == 1
    assert all("<caption" in table and "<th>" not in table for table in tables)


def test_where_nothing_is_judged_the_page_says_so() -> None:
    page = words(render("2031-01-04"))
    assert "No judgement is open on this day." in page
    assert "Nobody had rated any evidence" in page
    assert "No indicator is known on this day." in page


@pytest.mark.parametrize("day", [LATER, "2031-01-04"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_analyst_sees_each_block_in_jupyterlab_and_hostile_text_as_text(day: str, at: int) -> None:
    shown = face(blocks(day)[at])
    assert shown["text/plain"]
    assert "<pre>" not in shown["text/html"]
    assert HOSTILE not in shown["text/html"]

"""Scenarios on a page: a row each, with strip, sides and lights; nothing of it an id, and hostile text stays text."""

from __future__ import annotations

import re

import pytest
from assessed import QUESTION, hypothesis, indicator, item, judgement, look, ratings
from dossiers import LATER, dossier, quote
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing.blocks.blocks import MIME, Block
from briefing.blocks.faces import face
from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.desk.assessments.scenarios import scenarios
from briefing.page.exporter import render_page
from briefing.page.manifest import find_manifest

HOSTILE = "<img src=x onerror=alert(1)>"
ROW = {"question": QUESTION, "made_by": "gazette", "made_on": "2031-01-05"}
TABLES = {
    "judgements": [
        judgement("j-1", supported_by="e-1|e-2|e-3", contradicted_by="e-4"),
        judgement("j-2", "likely", statement="Hay is dear by June", outcome="false", resolved_on="2031-03-01"),
        judgement("j-3", statement="Mules are shod by 31 March 2031"),
    ],
    "hypotheses": [hypothesis("H1"), hypothesis("H2")],
    "evidence": [item(f"e-{n}", statement=f"Item {'abcd'[n - 1]}") for n in range(1, 5)],
    "ratings": ratings("e-1", "II C"),
    "quotes": [quote("q-1", "denies", text=HOSTILE)],
    "scenarios": [
        ROW | {"scenario_id": "c-1", "label": "War", "statement": "It is war", "judgement_ids": "j-1",
               "raised_by": "q-1", "hypothesis_id": "h1"},
        ROW | {"scenario_id": "c-2", "label": "By sea", "statement": HOSTILE, "part_of": "c-1"},
    ],
    "indicators": [indicator("i-1"), indicator("i-2", bears="against", observable="Mules come home")],
    "indicator_log": [look("i-1", "observed", "2031-01-12")],
}  # fmt: skip


def render(*blocks: Block, language: str = "en") -> str:
    outputs = [new_output("display_data", {MIME: block.model_dump(mode="json")}) for block in blocks]
    cells = [new_code_cell("1", outputs=[output]) for output in outputs]
    return render_page(new_notebook(cells=[new_markdown_cell("# Who?"), *cells]), language=language)


@pytest.fixture(scope="module")
def whole() -> str:
    given = dossier(LATER, **TABLES)
    return render(scenarios(given), hypothesis_matrix(given))


def words(page: str) -> str:
    body = page.split("<main")[1].split('id="annex_of_evidence"')[0]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<script.*?</script>", "", body, flags=re.S)).split())


def test_a_scenario_is_an_item_of_a_list_with_its_label_as_heading(whole: str) -> None:
    rows = re.findall(r'<li class="scenario(?: way)?" id="([^"]+)">.*?<h3[^>]*>([^<]*)', whole, flags=re.S)
    assert rows == [("c-1", "War"), ("c-2", "By sea"), ("h2", "H2 is the case")]


def test_the_odds_stand_in_a_sentence_and_the_confidence_in_another(whole: str) -> None:
    assert "It is unlikely (20–45 %) that Freedonia attacks by 31 March 2031." in words(whole)
    assert '<p class="assurance" dir="auto">Our confidence in this is low: one ferryman saw it.</p>' in whole


def test_who_spoke_of_it_leads_to_their_words_and_says_what_they_do(whole: str) -> None:
    assert '<a href="#q-1">Rufus Firefly</a>' in whole
    assert "Spoken of by Rufus Firefly (denies, 1 January 2031)" in words(whole)


def test_more_than_two_items_on_a_side_fold(whole: str) -> None:
    folded = re.findall(r'<details class="rest"><summary>1 more</summary>(.*?)</details>', whole, flags=re.S)
    assert ["Item c" in part for part in folded] == [True]


def test_a_way_says_that_it_can_be_no_likelier_than_the_whole(whole: str) -> None:
    assert "One way of: War. We do not judge it separately; it can be no likelier than that." in words(whole)


def test_a_light_is_a_mark_with_its_word_and_its_day(whole: str) -> None:
    assert "● Mules at the pass : observed , 12 January 2031" in words(whole)
    assert "– Mules come home (would point away from it): no coverage" in words(whole)


def test_what_no_scenario_shows_is_judged_below(whole: str) -> None:
    assert "Also judged It is unlikely (20–45 %) that Mules are shod by 31 March 2031." in words(whole)


def test_a_miss_is_told_by_name(whole: str) -> None:
    told = "✗ Leaned the wrong way. Hay is dear by June : judged likely (55–80 %) , 10 January 2031. Did not happen"
    assert told in words(whole)


def test_no_id_is_among_the_words(whole: str) -> None:
    assert re.findall(r"\b(?:j|e|i|q|c)-\d\b", words(whole)) == []


def test_hostile_text_stays_text(whole: str) -> None:
    assert HOSTILE not in whole and "&lt;img src=x onerror=alert(1)&gt;." in whole


def test_the_rows_of_scenarios_are_in_the_manifest(whole: str) -> None:
    rows = find_manifest(whole)["rows"]
    assert {*rows["scenarios"]} == {"c-1", "c-2"} and {*rows["judgements"]} == {"j-1", "j-3"}


def test_every_anchor_is_there_once_and_every_link_leads_somewhere(whole: str) -> None:
    anchors = re.findall(r'\sid="([^"]+)"', whole)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', whole)) <= set(anchors)


def test_where_nothing_may_happen_the_page_says_so() -> None:
    assert "No scenario and no judgement is known on this day." in words(render(scenarios(dossier())))


def test_the_page_has_its_words_in_ukrainian_too() -> None:
    told = words(render(scenarios(dossier(LATER, **TABLES)), language="uk"))
    assert "Про це говорять" in told and "Оцінка схилялася в хибний бік" in told and "Spoken of" not in told


def test_an_analyst_sees_scenarios_in_jupyterlab_and_hostile_text_as_text() -> None:
    shown = face(scenarios(dossier(LATER, **TABLES)))
    assert shown["text/plain"].splitlines()[:2] == ["War: unlikely (20–45 %)", "By sea: not judged"]
    assert HOSTILE not in shown["text/html"] and "leaned the wrong way" in shown["text/html"]

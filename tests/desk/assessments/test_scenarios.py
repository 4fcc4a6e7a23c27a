"""Scenarios: whose odds, who raised them, what points to them and away, what is watched for."""

from __future__ import annotations

from typing import Any

import pytest
from assessed import QUESTION, hypothesis, indicator, item, judgement, look, ratings
from dossiers import LATER, Cells, dossier, event, quote, source

from briefing.blocks.blocks import Scenario, Scenarios
from briefing.desk.assessments.scenarios import scenarios
from briefing.errors import DossierError, UsageError


def row(scenario_id: str, **cells: object) -> Cells:
    return {
        "scenario_id": scenario_id, "question": QUESTION, "label": f"Label of {scenario_id}",
        "statement": f"Statement of {scenario_id}", "made_by": "gazette", "made_on": "2031-01-05",
    } | cells  # fmt: skip


def told(*rows: Cells, day: str = LATER, **tables: Any) -> Scenarios:
    return scenarios(dossier(day, scenarios=list(rows), **tables), question=QUESTION)


def first(*rows: Cells, day: str = LATER, **tables: Any) -> Scenario:
    return told(*rows, day=day, **tables).scenarios[0]


EDITIONS = [judgement("j-1"), judgement("j-2", "very unlikely", made_on="2031-01-20", previous_id="j-1")]
CHANGED = [EDITIONS[0], EDITIONS[1] | {"change_reason": "the mules left"}]


@pytest.mark.parametrize("named", ["j-1", "j-2"])
@pytest.mark.parametrize(("day", "term"), [("2031-01-19", "unlikely"), (LATER, "very unlikely")])
def test_the_edition_that_stands_on_the_day_gives_the_odds_whichever_is_named(named: str, day: str, term: str) -> None:
    odds = first(row("c-1", judgement_ids=named), day=day, judgements=CHANGED).odds
    assert odds is not None and odds.term == term


def test_of_two_judgements_in_turn_the_one_that_is_not_decided_gives_the_odds() -> None:
    past = judgement("j-0", outcome="false", resolved_on="2031-02-01", made_on="2031-01-06")
    shown = first(row("c-1", judgement_ids="j-0|j-1"), judgements=[past, judgement("j-1")])
    assert shown.judged is not None and shown.judged.id == "j-1"


def test_who_spoke_of_it_is_told_with_the_stance_and_the_day_the_newest_first() -> None:
    cells = {"raised_by": "q-1|e-1|v-1"}
    spoken = {
        "quotes": [quote("q-1", "denies", date="2031-01-02")],
        "evidence": [item("e-1", date="2031-01-01")],
        "events": [event("v-1", "2031-01-03")],
    }
    shown = first(row("c-1", **cells), **spoken).raised_by
    assert [(one.name, one.stance) for one in shown] == [
        ("Title of v-1", ""), ("Rufus Firefly", "denies"), ("Publisher of s-1", "")
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "number"), [("2031-01-31", 0), ("2031-02-01", 1)])
def test_a_scenario_is_not_known_before_the_first_who_spoke_of_it(day: str, number: int) -> None:
    late = {"sources": [source("s-1"), source("s-2", "2031-02-01")], "quotes": [quote("q-1", source_id="s-2")]}
    assert len(told(row("c-1", raised_by="q-1"), day=day, **late).scenarios) == number


def test_a_scenario_whose_speakers_have_no_day_is_never_known() -> None:
    late = {"sources": [source("s-1"), source("s-2", "")], "quotes": [quote("q-1", source_id="s-2")]}
    assert told(row("c-1", raised_by="q-1"), **late).scenarios == ()


def test_both_sides_empty_are_those_of_the_judgement() -> None:
    judged = judgement("j-1", supported_by="e-1", contradicted_by="e-2")
    shown = first(row("c-1", judgement_ids="j-1"), judgements=[judged], evidence=[item("e-1"), item("e-2")])
    assert [[one.id for one in side] for side in shown.sides] == [["e-1"], ["e-2"]]


def test_one_side_filled_takes_nothing_from_the_judgement() -> None:
    judged = judgement("j-1", supported_by="e-1", contradicted_by="e-2")
    given = {"judgements": [judged], "evidence": [item("e-1"), item("e-2")]}
    shown = first(row("c-1", judgement_ids="j-1", supported_by="e-2"), **given)
    assert [[one.id for one in side] for side in shown.sides] == [["e-2"], []]


RATED = {
    "hypotheses": [hypothesis("H1"), hypothesis("H2")],
    "evidence": [item("e-1"), item("e-2", relevance="high"), item("e-3")],
    "ratings": [*ratings("e-1", "CC C"), *ratings("e-2", "I CC"), *ratings("e-3", "II N")],
}


def test_what_is_not_judged_has_the_sides_of_its_hypothesis_what_weighs_most_first() -> None:
    shown = first(row("c-1", hypothesis_id="h1"), **RATED)
    assert [[one.id for one in side] for side in shown.sides] == [["e-1"], ["e-2", "e-3"]]


def test_what_the_evidence_speaks_least_against_is_marked_unless_all_tie() -> None:
    assert [one.survives for one in told(row("c-1", hypothesis_id="h1"), **RATED).scenarios] == [False, True]
    tied = RATED | {"ratings": ratings("e-1", "C C")}
    assert [one.survives for one in told(row("c-1", hypothesis_id="h1"), **tied).scenarios] == [False, False]


def test_a_way_stands_below_its_whole_without_odds_and_takes_the_indicators_that_it_names() -> None:
    rows = [row("c-1", judgement_ids="j-1"), row("c-2"), row("c-3", part_of="c-1", indicator_ids="i-2")]
    watched = [indicator("i-1"), indicator("i-2")]
    shown = told(*rows, judgements=[judgement("j-1")], indicators=watched).scenarios
    assert [(one.id, one.part_of) for one in shown] == [("c-1", ""), ("c-3", "Label of c-1"), ("c-2", "")]
    assert [[light.id for light in one.lights] for one in shown] == [["i-1"], ["i-2"], []]


def test_a_light_is_the_last_look_by_the_day() -> None:
    looks = [look("i-1", "not_observed", "2031-01-12"), look("i-1", "observed", "2031-02-01")]
    given = {"judgements": [judgement("j-1")], "indicators": [indicator("i-1")], "indicator_log": looks}
    shown = first(row("c-1", judgement_ids="j-1"), day="2031-01-31", **given)
    assert [(light.status, light.when) for light in shown.lights] == [("not_observed", "2031-01-12")]


def test_without_rows_judgements_and_hypotheses_are_the_scenarios() -> None:
    shown = told(judgements=[judgement("j-1")], **RATED).scenarios
    assert [(one.table, one.label) for one in shown] == [
        ("judgements", "An attack"), ("hypotheses", "H1 is the case"), ("hypotheses", "H2 is the case")
    ]  # fmt: skip


def test_what_no_scenario_shows_is_shown_all_the_same() -> None:
    block = told(row("c-1", hypothesis_id="h1"), judgements=[judgement("j-1")], **RATED)
    assert [one.id for one in block.scenarios] == ["c-1", "h2"] and [one.id for one in block.others] == ["j-1"]


def test_where_nothing_is_known_there_is_no_row() -> None:
    block = scenarios(dossier())
    assert (block.scenarios, block.others, block.decided, block.method) == ((), (), (), "")


def test_a_question_that_nobody_asks_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"Will Freedonia go to war\?"):
        scenarios(dossier(hypotheses=[hypothesis("H1")]), question="Will Freedonia go to war")


@pytest.mark.parametrize(
    ("term", "outcome", "leaned"),
    [
        ("likely", "true", "right"), ("likely", "false", "wrong"), ("unlikely", "false", "right"),
        ("roughly even chance", "true", "neither"), ("likely", "void", "neither"),
    ],
)  # fmt: skip
def test_a_decided_judgement_says_which_way_it_leaned(term: str, outcome: str, leaned: str) -> None:
    block = told(judgements=[judgement("j-1", term, outcome=outcome, resolved_on="2031-03-01")])
    assert [one.leaned for one in block.decided] == [leaned]


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"raised_by": "q-9"}, r'raised_by "q-9" is in no row of quotes\.csv, evidence\.csv or events\.csv'),
        ({"judgement_ids": "j-9"}, r"is in no row of judgements\.csv"),
        ({"to_place_id": "nowhere"}, r"is in no row of places\.csv"),
        ({"part_of": "c-1"}, "part_of runs in a circle"),
    ],
)
def test_a_key_that_leads_nowhere_is_a_problem(cells: Cells, what: str) -> None:
    with pytest.raises(DossierError, match=what):
        told(row("c-1", **cells))


def test_a_corrected_scenario_and_a_column_of_ones_own_are_read() -> None:
    mended = {"date": "2031-02-01", "table": "scenarios", "row_id": "c-1", "field": "label", "reason": "a slip"}
    assert first(row("c-1"), corrections=[mended]).label == "Label of c-1"

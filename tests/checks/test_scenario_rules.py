"""Rules over scenarios: sides, questions, arrows."""

from __future__ import annotations

from assessed import QUESTION, item, judgement
from dossiers import NAMES, Cells, dossier

from briefing.checks.scenarios import ROW_RULES
from briefing.dossier.dossier import Dossier


def found(given: Dossier) -> list[tuple[str, str | None]]:
    return [(problem.id, problem.subject) for rule in ROW_RULES for problem in rule.check(given)]


def row(**cells: object) -> Cells:
    return {
        "scenario_id": "c-1", "question": QUESTION, "label": "War", "statement": "Freedonia goes to war",
        "made_by": "gazette", "made_on": "2031-01-05",
    } | cells  # fmt: skip


def test_an_item_on_both_sides_of_a_judgement_or_a_scenario_is_an_error() -> None:
    both = {"supported_by": "e-1", "contradicted_by": "e-1"}
    given = dossier(judgements=[judgement("j-1", **both)], scenarios=[row(**both)], evidence=[item("e-1")])
    assert found(given) == [("J09", "j-1"), ("J09", "c-1")]


def test_a_scenario_on_a_question_that_nobody_judges_or_poses_is_doubted() -> None:
    given = dossier(judgements=[judgement("j-1")], scenarios=[row(question="Will Freedonia go to war")])
    assert found(given) == [("J10", "c-1")]


def test_an_arrow_needs_two_ends_with_coordinates() -> None:
    places = [*NAMES["places"], {"place_id": "quay", "name": "Quay", "country": "NO", "precision": "2", "lat": "60",
                                 "lon": "5"}]  # fmt: skip
    ends = [("quay", "quay"), ("quay", ""), ("quay", "pass"), ("", "")]
    rows = [row(scenario_id=f"c-{at}", from_place_id=a, to_place_id=b) for at, (a, b) in enumerate(ends)]
    given = dossier(judgements=[judgement("j-1")], scenarios=rows, places=places)
    assert found(given) == [("J11", "c-1"), ("J11", "c-2")]

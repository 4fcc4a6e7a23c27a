"""Why a judgement is as it is, in a sentence."""

from __future__ import annotations

from assessed import item, judgement
from dossiers import dossier

from briefing.desk.assessments.reasons import main_reason

BEFORE = judgement("jd-1", made_on="2031-01-05", term="unlikely")
AFTER = judgement("jd-2", made_on="2031-01-10", previous_id="jd-1", change_reason="the mules went home")


def test_what_was_held_before_and_why_it_changed_is_told_of_a_judgement_that_replaces_another() -> None:
    told = main_reason(dossier(judgements=[BEFORE, AFTER]))
    assert told == "The judgement of 5 January 2031, unlikely (20–45 %), changed because the mules went home."


def test_of_a_first_judgement_the_first_item_on_the_side_to_which_it_leans_is_told() -> None:
    items = [item("ee-1", statement="Mules are bought"), item("ee-2", statement="The pass is shut")]
    sides = {"supported_by": "ee-1", "contradicted_by": "ee-2"}
    for term, told in (("unlikely", "Against it: The pass is shut"), ("likely", "For it: Mules are bought")):
        one = dossier(judgements=[judgement("jd-1", term=term, **sides)], evidence=items)
        assert main_reason(one).startswith(told)


def test_where_nothing_is_judged_or_no_reason_given_nothing_is_told() -> None:
    assert main_reason(dossier("2031-01-01")) == ""
    assert main_reason(dossier(judgements=[judgement("jd-1", supported_by="", contradicted_by="")])) == ""

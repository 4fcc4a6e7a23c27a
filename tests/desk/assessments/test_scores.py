import pytest
from assessed import judgement
from dossiers import dossier

from briefing.desk.assessments.scores import brier, calibration, say_scores, scores
from briefing.values.likelihood import ICD_203, PHIA


def decided(number, outcome="false", term="unlikely", **cells):
    return judgement(f"j-{number}", term, outcome=outcome, resolved_on="2031-02-01", **cells)


@pytest.mark.parametrize(
    ("term", "came_true", "least", "most"),
    [("very unlikely", False, 0.0025, 0.04), ("very unlikely", True, 0.64, 0.9025), ("likely", True, 0.04, 0.2025)],
)
def test_a_score_is_that_of_both_ends_of_the_band(term, came_true, least, most):
    assert brier(ICD_203.find_band(term), came_true) == pytest.approx((least, most))


def test_an_open_end_of_the_yardstick_scores_to_the_end():
    assert brier(PHIA.find_band("remote chance"), False) == pytest.approx((0.0, 0.0025))


def test_the_mean_is_of_the_decided_and_how_many_are_lacking_is_said():
    rows = [decided(1), decided(2, "true", "likely"), decided(3, "void"), judgement("j-4")]
    assert say_scores(dossier(judgements=rows)).text == (
        "Two judgements are decided. Their mean Brier score is 0.04 to 0.20, from the better to the worse end of each "
        "band. 0 is best; always saying 50 % gets 0.25. One judgement became void and counts for nothing. A "
        "calibration table needs 20 decided judgements; 18 are still missing. Judged by The Gazette.",
    )


def test_where_nothing_is_decided_nothing_is_scored():
    assert say_scores(dossier("2031-01-31", judgements=[decided(1)])).text == (
        "No judgement is decided yet, so there is nothing to score.",
    )


def test_each_decided_judgement_is_a_row():
    rows = scores(dossier(judgements=[decided(1), decided(2, "void"), judgement("j-3")])).data.rows
    assert [(row[3], row[5]) for row in rows] == [(("did not happen",), ("0.04–0.20",)), (("void",), ("",))]


def test_below_twenty_there_is_no_calibration_table():
    table = calibration(dossier(judgements=[decided(1)]))
    assert (table.caption, table.data.rows) == ("Calibration: 19 judgements are missing of the 20 it needs", ())


def test_from_twenty_on_each_term_that_was_used_is_counted():
    rows = [decided(at) for at in range(15)] + [decided(at, "true", "likely") for at in range(15, 20)]
    assert calibration(dossier(judgements=rows)).data.rows == (
        (("unlikely (20–45 %)",), ("15",), ("0",), ("0%",)),
        (("likely (55–80 %)",), ("5",), ("5",), ("100%",)),
    )

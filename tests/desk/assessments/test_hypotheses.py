from math import sqrt

import pytest
from assessed import hypothesis, item, ratings
from dossiers import dossier, source
from hypothesis import given
from hypothesis import strategies as st

from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.errors import DossierError
from briefing.values.inconsistency import find_survivors, score


def matrix(*rows, hypotheses=("H1", "H2"), day=None, **tables):
    """Rate items of evidence, each given as credibility, relevance and letters."""
    evidence = [item(f"e-{at}", one[0], one[1]) for at, one in enumerate(rows, start=1)]
    rated = [cell for at, one in enumerate(rows, start=1) for cell in ratings(f"e-{at}", one[2])]
    given = {"hypotheses": [hypothesis(label) for label in hypotheses], "evidence": evidence, "ratings": rated}
    return hypothesis_matrix(dossier(day or "2031-12-31", **(given | tables)))


def test_only_inconsistency_counts():
    block = matrix(("moderate", "moderate", "CC I"), ("moderate", "moderate", "C N"), ("moderate", "moderate", "NA II"))
    assert [one.score for one in block.hypotheses] == [0.0, -3.0]


@pytest.mark.parametrize(
    ("credibility", "relevance", "weight"),
    [("low", "low", 0.5), ("low", "high", 1), ("high", "high", 2), ("moderate", "high", sqrt(2))],
)
def test_a_row_weighs_by_credibility_and_relevance(credibility, relevance, weight):
    assert matrix((credibility, relevance, "I C")).hypotheses[0].score == pytest.approx(-weight)


def test_the_least_inconsistent_survives_and_is_not_proved():
    block = matrix(("moderate", "moderate", "I C"))
    assert [one.survives for one in block.hypotheses] == [False, True]
    assert block.result[0] == "H2 survives with the least against it; that does not prove it."


def test_a_tie_is_told_as_a_tie():
    block = matrix(("moderate", "moderate", "I C"), ("moderate", "moderate", "C I"))
    assert [one.survives for one in block.hypotheses] == [True, True]
    assert block.result[0].startswith("H1 and H2 tie")


def test_a_tie_of_roots_is_a_tie():
    block = matrix(("high", "high", "I C"), ("moderate", "moderate", "C II"))
    assert [one.survives for one in block.hypotheses] == [True, True]


def test_a_row_rated_alike_across_is_marked():
    block = matrix(("moderate", "moderate", "C C"), ("moderate", "moderate", "I C"))
    assert [row.is_diagnostic for row in block.rows] == [False, True]
    assert "Row 1 is rated alike for every hypothesis and tells none apart." in block.result


def test_leaving_out_a_row_that_decides_is_told():
    block = matrix(("moderate", "moderate", "I C"), ("low", "low", "C I"))
    assert [row.without for row in block.rows] == [("H1",), ("H2",)]
    assert block.result[1] == "A single row can change that: without row 1, H1 survives."


def test_rows_that_turn_the_result_the_same_way_are_told_together():
    rows = [("moderate", "moderate", "I C"), ("moderate", "moderate", "I C"), ("moderate", "moderate", "C I")]
    assert matrix(*rows).result[1] == "A single row can change that: without row 1 or 2, H1 and H2 tie."


def test_the_reason_of_a_rating_stands_in_the_place_of_its_hypothesis():
    rated = ratings("e-1", "I C", reason="") + ratings("e-2", "I C", reason="a base needs no mules")
    block = matrix(("moderate", "moderate", "I C"), ("moderate", "moderate", "I C"), ratings=rated)
    assert [row.reasons for row in block.rows] == [("", ""), ("a base needs no mules",) * 2]


def test_where_no_row_decides_that_is_told():
    assert matrix(("moderate", "moderate", "I C"), ("moderate", "moderate", "I C")).result[1] == (
        "Leaving out any one row does not change that."
    )


def test_a_cell_that_is_not_rated_is_told():
    block = matrix(("moderate", "moderate", "I ."))
    assert block.rows[0].ratings == ("I", "")
    assert block.result[-1] == "One cell is not rated; an empty cell speaks against nothing."


def test_nothing_on_the_block_calls_a_score_a_probability():
    block = matrix(("moderate", "moderate", "I C"))
    assert "it is not a probability" in block.method
    assert "%" not in block.model_dump_json()


def test_a_rating_is_not_known_before_its_day():
    block = matrix(("moderate", "moderate", "I C"), day="2031-01-05")
    assert (len(block.hypotheses), block.rows) == (2, ())
    assert not any(one.survives for one in block.hypotheses)


def test_a_rating_of_evidence_that_was_published_later_is_not_known():
    late = {"sources": [source("s-1", "2031-02-01")]}
    assert matrix(("moderate", "moderate", "I C"), day="2031-01-31", **late).rows == ()
    assert len(matrix(("moderate", "moderate", "I C"), day="2031-02-01", **late).rows) == 1


def test_a_dossier_without_hypotheses_says_so():
    assert hypothesis_matrix(dossier()).result == ("Nobody had rated any evidence by this day.",)


def test_a_rating_by_no_hypothesis_is_a_problem():
    with pytest.raises(DossierError, match=r'hypothesis_id "h1" is in no row of hypotheses\.csv'):
        dossier(evidence=[item("e-1")], ratings=ratings("e-1", "C"))


def test_an_item_is_rated_once_by_each_hypothesis():
    with pytest.raises(DossierError, match='evidence_id and hypothesis_id "e-1 h1" is already the id of'):
        matrix(("moderate", "moderate", "I C"), ratings=ratings("e-1", "I") * 2)


ROWS = st.lists(st.tuples(st.just(1.0), st.tuples(*[st.sampled_from(["CC", "C", "N", "I", "II"])] * 3)), max_size=6)


@given(ROWS)
def test_somebody_always_survives_and_a_consistent_row_changes_nothing(rows):
    scores = score(rows, 3)
    assert find_survivors(scores)
    assert score([*rows, (2.0, ("C", "CC", "N"))], 3) == scores

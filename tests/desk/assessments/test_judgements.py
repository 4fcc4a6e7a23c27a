import re

import pytest
from assessed import QUESTION, item, judgement
from dossiers import NAMES, dossier, event, flow, source

from briefing.blocks.walk import plain
from briefing.desk.assessments.bottom_line import bottom_line
from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.desk.assessments.judgements import key_judgements
from briefing.dossier.dossier import read_dossier
from briefing.errors import ClaimError, DossierError, UsageError

DECIDED = {"outcome": "true", "resolved_on": "2031-02-01", "resolution_note": "They did", "resolved_by": "ev-1"}


def test_a_judgement_is_two_sentences():
    one = key_judgements(dossier(judgements=[judgement("j-1")])).judgements[0]
    assert one.likelihood == "It is unlikely (20–45 %) that Freedonia attacks by 31 March 2031."
    assert one.assurance == "Our confidence in this is low: one ferryman saw it."


@pytest.mark.parametrize(
    ("scale", "term", "opening"),
    [
        ("icd203", "almost no chance", "There is almost no chance (1–5 %) that "),
        ("icd203", "roughly even chance", "There is a roughly even chance (45–55 %) that "),
        ("icd203_odds", "roughly even odds", "There are roughly even odds (45–55 %) that "),
        ("icd203_odds", "remote", "The chance is remote (1–5 %) that "),
        ("phia", "realistic possibility", "There is a realistic possibility (40–50 %) that "),
    ],
)
def test_each_term_reads_as_a_sentence(scale, term, opening):
    one = key_judgements(dossier(judgements=[judgement("j-1", term, scale=scale)])).judgements[0]
    assert one.likelihood.startswith(opening)


@pytest.mark.parametrize("confidence", ["low", "moderate", "high"])
def test_no_sentence_speaks_of_both_likelihood_and_confidence(confidence):
    said = plain(bottom_line(dossier(judgements=[judgement("j-1", confidence=confidence)])).text)
    sentences = re.split(r"(?<=\.) ", said)
    assert [("likely" in one, "confidence" in one) for one in sentences] == [(True, False), (False, True)]


def noted(role):
    actors = [row | ({"role": role} if row["actor_id"] == "gazette" else {}) for row in NAMES["actors"]]
    return dossier(actors=actors, judgements=[judgement("j-1")])


def test_what_the_dossier_says_of_an_analyst_stands_with_the_judgements_and_the_bottom_line():
    told = "Judged by The Gazette (an illustration, written in hindsight)."
    given = noted("an illustration, written in hindsight")
    assert key_judgements(given).method == told
    assert plain(bottom_line(given).text).endswith(f" {told}")


def test_an_analyst_of_whom_nothing_is_said_is_named_with_the_judgement_alone():
    assert key_judgements(noted("")).method == "Judged by The Gazette."
    assert "Gazette" not in plain(bottom_line(noted("")).text)


def test_the_shipped_judgements_say_that_they_are_an_illustration_in_hindsight(shipped):
    told = "Judged by Example analyst (an illustration of the method, written in hindsight)."
    given = read_dossier(shipped, as_of="2022-12-19")
    assert key_judgements(given).method == told and plain(bottom_line(given).text).endswith(told)
    assert hypothesis_matrix(given).method.startswith(told.replace("Judged", "Rated"))


def test_a_judgement_is_not_known_before_its_day():
    rows = [judgement("j-1")]
    assert key_judgements(dossier("2031-01-09", judgements=rows)).judgements == ()
    assert len(key_judgements(dossier("2031-01-10", judgements=rows)).judgements) == 1


def test_where_nothing_is_judged_the_bottom_line_says_so():
    assert (
        plain(bottom_line(dossier("2031-01-09", judgements=[judgement("j-1")])).text)
        == "No judgement is open on this day."
    )


@pytest.mark.parametrize(("term", "move"), [("very unlikely", "lowered"), ("likely", "raised"), ("unlikely", "kept")])
def test_a_new_edition_replaces_the_one_before_and_says_what_moved(term, move):
    later = judgement("j-2", term, previous_id="j-1", made_on="2031-01-20", change_reason="mules came")
    shown = key_judgements(dossier(judgements=[judgement("j-1"), later])).judgements
    assert [(one.id, one.earlier.move, one.earlier.odds.term, one.earlier.reason) for one in shown] == [
        ("j-2", move, "unlikely", "mules came")
    ]


def test_an_earlier_day_shows_the_edition_of_then():
    rows = [judgement("j-1"), judgement("j-2", previous_id="j-1", made_on="2031-01-20")]
    assert [one.id for one in key_judgements(dossier("2031-01-19", judgements=rows)).judgements] == ["j-1"]


@pytest.mark.parametrize(("day", "open_", "decided"), [("2031-01-31", 1, 0), ("2031-02-01", 0, 1)])
def test_what_became_of_a_judgement_is_hidden_until_that_day(day, open_, decided):
    block = key_judgements(dossier(day, judgements=[judgement("j-1", **DECIDED)], events=[event("ev-1")]))
    assert (len(block.judgements), len(block.decided)) == (open_, decided)
    assert ("They did" in block.model_dump_json()) == bool(decided)


def test_no_outcome_is_in_the_table_of_an_earlier_day():
    row = dossier("2031-01-31", judgements=[judgement("j-1", **DECIDED)], events=[event("ev-1")]).judgements.iloc[0]
    assert row["outcome"] == "open"
    assert row[["resolved_on", "resolved_on_last", "resolved_by", "resolution_note"]].isna().all()


def test_what_decided_a_judgement_is_cited():
    block = key_judgements(dossier(judgements=[judgement("j-1", **DECIDED)], events=[event("ev-1")]))
    assert block.decided[0].events == (("ev-1", "Title of ev-1", "s-1"),)
    assert [one.id for one in block.evidence.sources] == ["s-1"]


def test_contrary_evidence_brings_its_claims_and_sources():
    rows = {"judgements": [judgement("j-1", contradicted_by="e-1")], "evidence": [item("e-1", claim_ids="f-1")]}
    block = key_judgements(dossier(transfers=[flow("f-1", 98)], **rows))
    assert [(span if isinstance(span, str) else span.text) for span in block.judgements[0].contrary[0].text] == [
        "Statement of e-1 (Quantity A: ", "98 items", ", says The Gazette", ")",
    ]  # fmt: skip
    assert [one.id for one in block.evidence.claims] == ["f-1"]


def test_evidence_that_was_published_later_is_not_shown_nor_are_claims():
    sources = [source("s-1"), source("s-2", "2031-06-01")]
    rows = [item("e-1", claim_ids="f-1"), item("e-2", source_id="s-2")]
    day = dossier(
        "2031-02-01", sources=sources, evidence=rows, transfers=[flow("f-1", 98, source_id="s-2")],
        judgements=[judgement("j-1", contradicted_by="e-1|e-2")],
    )  # fmt: skip
    assert [one.text for one in key_judgements(day).judgements[0].contrary] == [("Statement of e-1",)]


def test_a_judgement_past_its_horizon_is_told_as_overdue():
    assert key_judgements(dossier("2031-04-01", judgements=[judgement("j-1")])).judgements[0].is_overdue


def test_two_rows_of_words_are_refused():
    rows = [judgement("j-1"), judgement("j-2", "improbable", scale="icd203_odds")]
    with pytest.raises(ClaimError, match="one row of words"):
        key_judgements(dossier(judgements=rows))


def test_a_term_of_the_other_row_is_refused():
    with pytest.raises(UsageError, match='"improbable" is no term of ICD 203'):
        key_judgements(dossier(judgements=[judgement("j-1", "improbable")]))


def test_a_question_that_nobody_asks_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=re.escape(QUESTION)):
        key_judgements(dossier(judgements=[judgement("j-1")]), question="Will Freedonia go to war")


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"horizon": "2031-01-09"}, "horizon 2031-01-09 ends before made_on 2031-01-10"),
        ({"horizon": "2031-02-01/.."}, "has no end"),
        ({"outcome": "true"}, "outcome is true but resolved_on is empty"),
        ({"resolved_on": "2031-02-01"}, "outcome is open but resolved_on is filled in"),
        ({"outcome": "true", "resolved_on": "2031-01-01"}, "is before made_on"),
        ({"previous_id": "j-1"}, "previous_id runs in a circle"),
    ],
)
def test_days_that_contradict_each_other_are_a_problem(cells, what):
    with pytest.raises(DossierError, match=what):
        dossier(judgements=[judgement("j-1", **cells)])


def test_an_edition_cannot_replace_a_later_one():
    rows = [judgement("j-1", made_on="2031-01-20"), judgement("j-2", previous_id="j-1")]
    with pytest.raises(DossierError, match="previous_id j-1 was made later"):
        dossier(judgements=rows)

import pytest
from assessed import indicator, judgement, look
from dossiers import dossier, source

from briefing.desk.assessments.indicators import indicator_board
from briefing.errors import DossierError


def board(*looks, day="2031-12-31", **tables):
    given = {"judgements": [judgement("j-1")], "indicators": [indicator("i-1")], "indicator_log": list(looks)}
    return indicator_board(dossier(day, **(given | tables))).indicators


def test_the_last_look_stands():
    shown = board(look("i-1", "observed", "2031-02-01"), look("i-1", "not_observed", "2031-01-12"))
    assert [(one.status, one.when, one.looks) for one in shown] == [("observed", "2031-02-01", 2)]


def test_an_earlier_day_shows_the_look_of_then():
    looks = (look("i-1", "not_observed", "2031-01-12"), look("i-1", "observed", "2031-02-01"))
    assert [one.status for one in board(*looks, day="2031-01-31")] == ["not_observed"]


def test_a_look_is_known_from_its_source_too():
    looks = (look("i-1", "observed", "2031-01-12", source_id="s-2"),)
    sources = {"sources": [source("s-1"), source("s-2", "2031-02")]}
    assert [board(*looks, day=day, **sources)[0].looks for day in ("2031-02-27", "2031-02-28")] == [0, 1]


def test_a_look_whose_source_has_no_day_is_never_known():
    looks = (look("i-1", "observed", "2031-01-12", source_id="s-2"),)
    assert board(*looks, sources=[source("s-1"), source("s-2", "")])[0].looks == 0


def test_no_look_is_no_coverage_and_not_not_observed():
    assert [(one.status, one.note) for one in board()] == [("no_coverage", "The log holds no look at it")]


def test_an_indicator_is_not_known_before_its_day_nor_without_its_judgement():
    assert board(day="2031-01-09") == ()
    assert board(judgements=[judgement("j-1", made_on="2031-02-01")], day="2031-01-31") == ()


def test_an_indicator_follows_its_judgement_to_the_next_edition():
    later = judgement("j-2", previous_id="j-1", made_on="2031-01-20", statement="Freedonia attacks by June 2031")
    assert board(judgements=[judgement("j-1"), later])[0].judgement == "Freedonia attacks by June 2031"
    assert board(judgements=[judgement("j-1"), later], day="2031-01-19")[0].judgement.endswith("31 March 2031")


def test_a_look_says_where_or_why_not():
    with pytest.raises(DossierError, match="it has neither source_id nor note"):
        board(look("i-1", "observed", "2031-01-12", note=""))

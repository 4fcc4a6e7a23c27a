"""The front: its answer, and what it refuses."""

import pytest
from assessed import judgement
from dossiers import dossier, flow, stock

from briefing.blocks.blocks import Chart, Note
from briefing.blocks.walk import plain
from briefing.charts.series import dated_series
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.front import front
from briefing.desk.prose import say
from briefing.desk.tiles import tile
from briefing.errors import UsageError

MEN = {"unit": "persons", "quantity_id": "q-b"}
D = dossier(
    deployments=[stock("d-1", 3200, **MEN), stock("d-2", 12_000, date="2031-02-01", **MEN)],
    transfers=[flow("t-1", 98), flow("t-2", 122, claimant_id="trentino")],
    judgements=[judgement("jd-1")],
)
MULES = contested(choose_claims(D, quantity="q-a"))
TROOPS = contested(choose_claims(D, quantity="q-b"))
NOTHING = contested(choose_claims(D, quantity="q-c"))
QUESTION = judgement("jd-1")["question"]


def test_a_question_is_answered_by_the_judgement_that_stands() -> None:
    head = front(D, str(QUESTION))
    assert head.odds is not None and head.odds.words in plain(head.bottom_line)
    assert head.assurance.startswith("Our confidence in this is") and "confidence" not in plain(head.bottom_line)
    assert head.bands and head.scale_title and head.judged_by


def test_what_the_dossier_says_of_the_analyst_is_a_badge() -> None:
    judged = dossier(judgements=[judgement("jd-1", made_by="firefly")])
    head = front(judged, str(QUESTION))
    assert (head.judged_by, head.badge) == ("Rufus Firefly", "President")


def test_where_no_judgement_stands_the_answer_says_so_and_has_no_odds() -> None:
    head = front(dossier("2031-01-01"), "Will it?")
    assert (head.bottom_line, head.odds) == (("No judgement is open on this day.",), None)


def test_where_no_judgement_stands_something_else_may_answer_and_its_further_sentences_lead_the_standfirst() -> None:
    unjudged = dossier(deployments=[stock("d-2", 12_000, **MEN)])
    said = say(f"There are {contested(choose_claims(unjudged)): men}. Nobody saw them come.")
    head = front(unjudged, "Will it?", otherwise=said, standfirst="On 3 May the pass was shut.")
    assert plain(head.bottom_line) == "There are 12,000 men."
    assert plain(head.standfirst) == "Nobody saw them come. On 3 May the pass was shut."
    assert [claim.id for claim in head.evidence.claims] == ["d-2"]


def test_a_judgement_that_stands_answers_before_anything_else() -> None:
    assert "unlikely" in plain(front(D, str(QUESTION), otherwise="Nobody knows.").bottom_line)


def test_a_standfirst_of_nothing_but_spaces_is_none() -> None:
    assert front(D, "Will it?", answer="Nobody knows.", standfirst=" ").standfirst == ()


def test_rivals_answer_with_who_counts_how_much() -> None:
    head = front(D, "How many men?", answer=TROOPS)
    assert plain(head.bottom_line) == "The Gazette puts quantity B at 12,000."
    told = "The Gazette puts quantity A at 98; Ambassador Trentino at 122."
    assert plain(front(D, "How many mules?", answer=MULES).bottom_line) == told
    assert plain(front(D, "How many?", answer=NOTHING).bottom_line) == "No count of this is known."


def test_an_answer_in_words_says_whose_its_figures_are() -> None:
    said = front(D, "How many men?", answer=f"There are {TROOPS.parted[0].figure: men}.")
    assert plain(said.bottom_line) == "There are 12,000 men – The Gazette, 1 February 2031."


def test_a_front_carries_the_evidence_of_all_that_it_cites_and_its_picture_its_own() -> None:
    hero = dated_series(TROOPS.claims, title="Men in Sylvania")
    head = front(D, "How?", answer="None.", standfirst=f"{TROOPS:unit}.", tiles=[tile(MULES)], hero=hero)
    assert {claim.id for claim in head.evidence.claims} == {"d-1", "d-2", "t-1", "t-2"}
    assert isinstance(head.hero, Chart) and head.hero.evidence.claims


def test_a_tile_that_is_left_alone_would_say_the_answer_again_and_goes() -> None:
    assert front(D, "How?", answer="None.", tiles=[tile(MULES), tile(NOTHING)]).tiles == ()
    assert len(front(D, "How?", answer="None.", tiles=[tile(MULES)]).tiles) == 1


def test_where_there_is_nothing_to_draw_the_front_says_so() -> None:
    hero = dated_series(NOTHING.claims, title="Goats")
    head = front(D, "How?", answer="None.", hero=hero)
    assert isinstance(hero, Note) and (head.hero, head.instead) == (None, hero.text)


def test_the_years_in_which_documents_were_read_are_told() -> None:
    assert front(D, "How?", answer="None.").collected == "2031"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: front(D, f"{MULES}?", answer="None."), "a title asks, and cites nothing"),
        (lambda: front(D, "How?", answer="None.", tiles=[tile(MULES)] * 6), "6 tiles; a reader takes in five. Leave 1"),
        (lambda: front(D, "Will he?"), 'no row has the question "Will he?"'),
        (lambda: front(D, "How?", answer="None.", language="x y"), "x y"),
    ],
)
def test_what_no_reader_takes_in_is_refused(ask, said) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        ask()


def test_lines_of_what_is_contested_may_be_the_analysts_own() -> None:
    head = front(D, "How?", answer="None.", contested=["Nobody agrees.", say("They differ.")])
    assert head.contested == (("Nobody agrees.",), ("They differ.",))


@pytest.mark.parametrize(
    ("text", "answer", "standfirst"),
    [
        ("They came (in May). Nobody left.", "They came (in May).", "Nobody left."),
        ("Gen. Smith of St. Olaf left. Nobody came.", "Gen. Smith of St. Olaf left.", "Nobody came."),
        (f"They sent {MULES: mules}. That is all.", "They sent 98 to 122 mules (sources conflict).", "That is all."),
        ("They came.", "They came.", ""),
    ],
)
def test_further_sentences_of_an_answer_become_the_standfirst(text, answer, standfirst) -> None:
    head = front(D, "How?", answer=say(text))
    assert (plain(head.bottom_line), plain(head.standfirst)) == (answer, standfirst)
    assert plain(front(D, "How?", answer=say(text), standfirst="So.").bottom_line) == plain(say(text).text)

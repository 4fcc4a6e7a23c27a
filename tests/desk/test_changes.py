"""What changed between an earlier day and the dossier's own."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from assessed import QUESTION, judgement
from dossiers import Cells, dossier, event, flow, sides, source, stock
from hypothesis import given as random_rows
from hypothesis import strategies as st

from briefing.blocks.blocks import Note, Table
from briefing.blocks.walk import plain
from briefing.desk.assessments.judgements import key_judgements
from briefing.desk.changes import changes
from briefing.dossier.dossier import Dossier
from briefing.errors import UsageError
from briefing.values.dates import DateError

THEN, NOW = "2031-03-01", "2031-06-01"
EARLY, LATE, LATER = source("s-1"), source("s-late", "2031-04-01"), source("s-later", "2031-05-01")
OLD = stock("d-1", 300)


def known(*rows: Cells, **tables: list[Cells]) -> Dossier:
    """Read a dossier of one old claim about guards and what came after it."""
    given: dict[str, list[Cells]] = {"sources": [EARLY, LATE, LATER], "deployments": [OLD, *rows]}
    return dossier(NOW, **(given | tables))


def told(dossier: Dossier, since: str = THEN) -> list[tuple[str, str, str]]:
    """Give the rows of what moved, in plain words."""
    block = changes(dossier, since=since)
    assert isinstance(block, Table)
    spans = [
        [[span if isinstance(span, str) else span.text for span in cell] for cell in row] for row in block.data.rows
    ]
    return [("".join(what), "".join(then), "".join(now)) for what, then, now in spans]


def caption(dossier: Dossier, since: str = THEN) -> str:
    """Give what the counts say, without the day."""
    block = changes(dossier, since=since)
    return (block.caption if isinstance(block, Table) else str(block.text[0])).partition(": ")[2]


# --- claims and figures -----------------------------------------------------------------------------------------


def test_where_nothing_moved_it_says_so() -> None:
    block = changes(known(), since=THEN)
    assert isinstance(block, Note)
    assert block.text == ("Since 1 March 2031: no claim became known. No figure or judgement moved.",)


def test_a_rival_that_became_known_moves_the_figure() -> None:
    later = known(stock("d-2", 500, source_id="s-late"))
    assert told(later) == [("Quantity A", "300", "300–500, sources conflict")]
    assert caption(later) == "one claim became known."


def test_a_figure_cites_the_claims_it_is_made_of_now() -> None:
    block = changes(known(stock("d-2", 500, source_id="s-late")), since=THEN)
    assert isinstance(block, Table)
    assert [claim.id for claim in block.evidence.claims] == ["d-1", "d-2"]


def test_a_claim_that_agrees_is_counted_and_moves_nothing() -> None:
    block = changes(known(stock("d-2", 300, source_id="s-late", claimant_id="firefly")), since=THEN)
    assert isinstance(block, Note)
    assert "one claim became known. No figure" in str(block.text[0])


def test_a_quantity_that_is_claimed_for_the_first_time_is_counted_and_listed_as_new() -> None:
    later = known(stock("d-2", 500, source_id="s-late", quantity_id="q-b"), stock("d-3", 5, source_id="s-late"))
    assert told(later)[-1] == ("Quantity B", "not claimed", "new: 500")
    assert caption(later) == "two claims became known and one quantity was claimed for the first time."


def test_of_many_new_quantities_those_with_most_claims_are_listed_and_that_is_said() -> None:
    rows = [stock(f"d-{key}", 5, source_id="s-late", quantity_id=f"q-{key}") for key in "bcdefgh"]
    later = known(*rows, stock("d-2", 6, source_id="s-late", quantity_id="q-h"))
    assert [what for what, _, _ in told(later)] == [f"Quantity {letter}" for letter in "HBCDE"]
    assert caption(later).endswith(
        "seven quantities were claimed for the first time (those with most claims are listed)."
    )


def test_a_new_plan_is_told_with_its_status() -> None:
    later = known(stock("d-2", 500, source_id="s-late", quantity_id="q-b", status="denied"))
    assert told(later) == [("Quantity B (denied)", "not claimed", "new: The Gazette denies 500")]


def test_a_new_doubt_is_told_as_a_doubt() -> None:
    later = known(stock("d-2", 15_000, source_id="s-late", quantity_id="q-b", status="doubted"))
    assert told(later) == [("Quantity B (doubted)", "not claimed", "new: The Gazette doubts 15,000")]


def test_two_bounds_that_agree_keep_their_own_words_and_make_no_range() -> None:
    least, most = sides("more_than", low=1_000), sides("fewer_than", high=9_000)
    later = known(stock("d-2", quantity_id="q-b") | least, stock("d-3", quantity_id="q-b", source_id="s-late") | most)
    assert told(later) == [("Quantity B", "> 1,000", "more than 1,000 and fewer than 9,000")]


@random_rows(st.lists(st.sampled_from(["at_least", "more_than", "at_most", "fewer_than"]), min_size=1, max_size=4))
def test_no_row_prints_a_bound_that_no_claim_states(qualifiers: list[str]) -> None:
    numbers = {"at_least": 10, "more_than": 20, "at_most": 90, "fewer_than": 80}
    column = {"at_least": "low", "more_than": "low", "at_most": "high", "fewer_than": "high"}
    rows = [
        stock(f"d-{at}", quantity_id="q-b", source_id="s-late") | sides(one, **{column[one]: numbers[one]})
        for at, one in enumerate(qualifiers, start=2)
    ]
    now = told(known(*rows))[-1][-1]
    assert "bound" not in now and "–" not in now
    assert {int(number) for number in re.findall(r"\d+", now)} <= {numbers[one] for one in qualifiers}


def test_a_count_that_was_replaced_is_told_apart_from_one_that_was_withdrawn() -> None:
    gone = stock("d-9", 7, quantity_id="q-b", retracted_on="2031-04-04")
    later = known(stock("d-2", 500, source_id="s-late", supersedes="d-1"), gone)
    assert caption(later) == "one claim became known, one claim was replaced and one claim was withdrawn."
    assert told(later) == [("Quantity A", "300", "500"), ("Quantity B", "7", "no claim is left")]


def test_a_count_replaced_twice_in_between_was_replaced_and_not_withdrawn() -> None:
    twice = [
        stock("d-2", 400, source_id="s-late", supersedes="d-1"),
        stock("d-3", 500, source_id="s-later", supersedes="d-2"),
    ]
    assert caption(known(*twice)) == "one claim became known and one claim was replaced."


def test_what_a_withdrawn_document_said_was_withdrawn() -> None:
    sources = [EARLY, source("s-gone", "2031-01-05", retracted_on="2031-05-05")]
    later = known(stock("d-2", 400, source_id="s-gone"), sources=sources)
    assert caption(later) == "no claim became known and one claim was withdrawn."
    assert told(later) == [("Quantity A", "300–400, sources conflict", "300")]


def test_a_plan_and_what_is_there_move_apart() -> None:
    plan = stock("d-2", 900, status="announced")
    later = known(plan, stock("d-3", 950, status="announced", source_id="s-late"))
    assert told(later) == [("Quantity A (announced)", "900", "900–950, sources conflict")]


def test_a_number_where_there_was_none_is_a_move() -> None:
    later = known(stock("d-2", quantity_id="q-b"), stock("d-3", 5, quantity_id="q-b", source_id="s-late"))
    assert told(later) == [("Quantity B", "not stated", "5")]


def test_a_bound_that_became_tighter_is_a_move() -> None:
    open_ended = stock("d-2", quantity_id="q-b") | sides("at_least", low=94)
    later = known(open_ended, stock("d-3", quantity_id="q-b", source_id="s-late") | sides("range", low=98, high=122))
    assert told(later) == [("Quantity B", "≥ 94", "98–122")]


def test_the_figure_with_the_newest_claim_comes_first() -> None:
    pairs = [("q-a", "s-later"), ("q-b", "s-late"), ("q-c", "s-later")]
    rows = [flow(f"t-{key}", 1, quantity_id=key) for key, _ in pairs]
    rows += [flow(f"u-{key}", 2, quantity_id=key, source_id=read, claimant_id="firefly") for key, read in pairs]
    later = known(deployments=[], transfers=rows)
    assert [what for what, _, _ in told(later)] == ["Quantity A", "Quantity C", "Quantity B"]


def test_errors_of_ours_that_were_corrected_are_counted() -> None:
    mended = {"table": "deployments", "row_id": "d-1", "field": "low", "old": "30", "new": "300", "reason": "A slip"}
    rows = [mended | {"date": day} for day in ("2031-02-01", "2031-04-01")]
    assert caption(known(corrections=rows)).startswith("no claim became known and we corrected one error of ours.")


# --- judgements -------------------------------------------------------------------------------------------------

BEFORE = judgement("j-1", "roughly even chance", made_on="2031-02-01", horizon="2031-12-31")
AFTER = judgement("j-2", "unlikely", made_on="2031-04-01", horizon="2031-12-31", previous_id="j-1")


@pytest.mark.parametrize(
    ("term", "statement", "now"),
    [
        ("unlikely", "Freedonia attacks by 31 March 2031", "unlikely (20–45 %), lowered"),
        ("likely", "Freedonia attacks by 31 March 2031", "likely (55–80 %), raised"),
        ("roughly even chance", "Freedonia attacks by 31 March 2031", "roughly even chance (45–55 %), kept"),
        ("roughly even chance", "Freedonia attacks at dawn", "roughly even chance (45–55 %), reworded"),
    ],
)
def test_a_new_edition_of_a_judgement_says_how_it_moved(term: str, statement: str, now: str) -> None:
    later = known(judgements=[BEFORE, AFTER | {"term": term, "statement": statement}])
    assert told(later) == [(f"Judgement: {statement}", "roughly even chance (45–55 %)", now)]


def test_a_new_judgement_was_not_judged_before() -> None:
    new = known(judgements=[AFTER | {"previous_id": ""}])
    assert told(new) == [("Judgement: Freedonia attacks by 31 March 2031", "not judged", "unlikely (20–45 %)")]


def test_an_edition_that_was_made_and_replaced_since_was_a_judgement_all_the_same() -> None:
    first = BEFORE | {"made_on": "2031-03-15"}
    assert told(known(judgements=[first, AFTER])) == [
        (
            "Judgement: Freedonia attacks by 31 March 2031",
            "roughly even chance (45–55 %), judged on 15 March 2031",
            "unlikely (20–45 %), lowered",
        )
    ]


def test_an_edition_before_that_asked_in_other_words_was_a_judgement_too() -> None:
    given = known(judgements=[BEFORE | {"question": "Will Sylvania?"}, AFTER])
    block = changes(given, since=THEN, question=QUESTION)
    assert isinstance(block, Table) and block.data.rows[0][1] == (
        "roughly even chance (45–55 %), judged on 1 February 2031",
    )
    card = key_judgements(given, question=QUESTION).judgements[0].earlier
    assert card is not None and card.move == "lowered"


def test_of_several_editions_in_between_the_one_that_stood_before_is_told() -> None:
    last = AFTER | {"judgement_id": "j-3", "term": "very unlikely", "made_on": "2031-05-01", "previous_id": "j-2"}
    assert [row[1:] for row in told(known(judgements=[BEFORE, AFTER, last]))] == [
        ("roughly even chance (45–55 %)", "very unlikely (5–20 %), lowered"),
    ]


@pytest.mark.parametrize(
    ("outcome", "now"),
    [("true", "it came true"), ("false", "it did not come true"), ("void", "it became void")],
)
def test_a_judgement_that_was_decided_says_what_became_of_it(outcome: str, now: str) -> None:
    decided = {"outcome": outcome, "resolved_on": "2031-05-01", "resolved_by": "e-1"}
    later = known(judgements=[BEFORE | decided], events=[event("e-1")])
    assert [row[2] for row in told(later)] == [now]


def test_a_judgement_whose_later_edition_was_decided_was_decided() -> None:
    decided = AFTER | {"outcome": "false", "resolved_on": "2031-05-01"}
    assert [row[1:] for row in told(known(judgements=[BEFORE, decided]))] == [
        ("roughly even chance (45–55 %)", "it did not come true"),
    ]


def test_judgements_of_another_question_are_left_out() -> None:
    other = AFTER | {"judgement_id": "j-9", "question": "Will Sylvania?", "previous_id": ""}
    block = changes(known(judgements=[BEFORE, other]), since=THEN, question=QUESTION)
    assert isinstance(block, Note)


# --- days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("since", [THEN, dt.date(2031, 3, 1), "2031-03", "2031-03-01/2031-06-01", "2031-03-01/.."])
def test_since_is_a_day_or_the_first_day_of_a_span(since: str | dt.date) -> None:
    block = changes(known(), since=since)
    assert isinstance(block, Note)
    assert str(block.text[0]).startswith("Since 1 March 2031")


def test_since_its_own_day_nothing_moved() -> None:
    assert isinstance(changes(known(stock("d-2", 500, source_id="s-late")), since=NOW), Note)


def test_a_day_after_the_dossiers_own_is_refused() -> None:
    with pytest.raises(UsageError, match="2031-06-02 is after 2031-06-01"):
        changes(known(), since="2031-06-02")


def test_what_has_no_first_day_is_refused() -> None:
    with pytest.raises(UsageError, match="has no first day"):
        changes(known(), since="../2031-03")


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(DateError, match="yesterday"):
        changes(known(), since="yesterday")


def test_the_whole_dossier_is_of_no_day() -> None:
    with pytest.raises(UsageError, match="is of no day"):
        changes(dossier(None, deployments=[OLD]), since=THEN)


def test_a_range_of_odds_is_no_figure_that_needs_a_claim() -> None:
    block = changes(known(judgements=[BEFORE, AFTER]), since=THEN)
    assert isinstance(block, Table)
    assert not any(column.is_number for column in block.data.columns)


def test_what_is_new_may_be_counted_and_not_listed() -> None:
    block = changes(known(stock("d-2", 500, source_id="s-late", quantity_id="q-b")), since=THEN, new=False)
    assert isinstance(block, Note)
    assert "one quantity was claimed for the first time." in plain(block.text)

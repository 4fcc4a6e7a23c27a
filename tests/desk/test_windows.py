"""That a time holds nothing is not that nothing is known: what is said instead."""

from __future__ import annotations

import datetime as dt

import pytest
from dossiers import dossier, event, quote
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks.blocks import Note
from briefing.blocks.faces import face
from briefing.charts.spoken import events_and_statements, stances_over_time
from briefing.desk.quotes.quotes import choose_quotes, quotations, reversals
from briefing.desk.quotes.stances import stances
from briefing.desk.quotes.timeline import timeline
from briefing.desk.windows import tell_none
from briefing.values.dates import days_before, parse_date

DAY = "2031-06-30"
OLD = dossier(
    DAY,
    quotes=[quote("q-1", "denies"), quote("q-2", date="2031-01-03"), quote("q-3", date="2030")],
    events=[event("e-1"), event("e-2", "2031-02")],
)
TOLD = "none in the last 30 days; the latest of three was on 3 January 2031."


def words(block: object) -> str:
    assert isinstance(block, Note)
    return str(block.text[0])


def test_quotations_outside_the_window_are_counted_and_the_latest_dated() -> None:
    said = choose_quotes(OLD, during=days_before(DAY, 30))
    assert words(quotations(said, caption="Said.")) == f"Said: {TOLD}"
    assert words(stances(said, caption="Stances")) == f"Stances: {TOLD}"
    assert words(stances_over_time(said, title="Stances")) == f"Stances: {TOLD}"


def test_a_note_of_a_window_does_not_say_that_nothing_is_known() -> None:
    block = quotations(choose_quotes(OLD, during="2031-05"), caption="Said")
    assert isinstance(block, Note) and block.label == "Not in this time" and "known" not in words(block)


def test_where_no_time_has_any_nothing_is_known() -> None:
    assert words(quotations(choose_quotes(dossier(DAY), during="2031-05"), caption="Said")) == (
        "Said: no such quotation is known on this day."
    )


def test_another_subject_is_none_of_the_others() -> None:
    other = dossier(DAY, quotes=[quote("q-1"), quote("q-2", topic="money", date="2031-05-02")])
    told = words(quotations(choose_quotes(other, topic="war", during="2031-05"), caption="Said"))
    assert told == "Said: none in May 2031; the only one was on 1 January 2031."


def test_a_reversal_outside_the_window_is_told() -> None:
    turned = choose_quotes(OLD, during="2031-03/..")
    assert words(reversals(turned, caption="Turned")) == (
        "Turned: none since March 2031; the latest of two was on 3 January 2031."
    )


def test_events_outside_the_window_are_told_on_the_page_and_beside_a_chart() -> None:
    block = timeline(OLD, caption="Then", during="2031-05")
    told = "none in May 2031; the latest of two was in February 2031"
    assert (block.otherwise, told[1:] in face(block)["text/html"]) == (told, True)
    assert told in words(events_and_statements(block, choose_quotes(OLD, during="2031-05"), title="Deeds"))


def test_a_timeline_with_entries_says_nothing_else() -> None:
    assert timeline(OLD, caption="Then", during="2031-01").otherwise == ""


@pytest.mark.parametrize(
    ("during", "said"),
    [
        ("2031-06-01/2031-06-30", "in the last 30 days"),
        ("2031-04-01/2031-04-09", "on 1–9 April 2031"),
        ("2031-03-01/2031-04-09", "from 1 March to 9 April 2031"),
        ("2031-04-01", "on 1 April 2031"),
        ("../2030-05", "until May 2030"),
    ],
)
def test_a_window_is_said_as_a_reader_would(during: str, said: str) -> None:
    told = tell_none(during, [parse_date("2031-01-01")], as_of=dt.date(2031, 6, 30))
    assert told == f"none {said}; the only one was on 1 January 2031"


@given(st.dates(dt.date(2030, 1, 1), dt.date(2031, 6, 30)), st.integers(1, 600))
def test_either_a_quotation_is_shown_or_its_day_is_told(day: dt.date, days: int) -> None:
    said = choose_quotes(dossier(DAY, quotes=[quote("q-1", date=str(day))]), during=days_before(DAY, days))
    assert bool(len(said)) != bool(said.tell_none())

"""Rows that wait for the last day on which their document can have appeared."""

from __future__ import annotations

import datetime as dt

import pytest
from dossiers import dossier, flow, quote, source, stock

from briefing.desk.claims.sourcing import sources
from briefing.desk.waiting import find_waiting
from briefing.dossier.dossier import Dossier
from briefing.values.dates import day_words


def known(published: str, as_of: str | None = "2031-02-19") -> Dossier:
    rows = [flow("t-1", 5), flow("t-2", 6, source_id="s-2")]
    said = [quote("q-1", source_id="s-2")]
    return dossier(as_of, sources=[source("s-1"), source("s-2", published)], transfers=rows, quotes=said)


def test_rows_that_wait_are_counted_and_named_where_sources_are_listed() -> None:
    told = (
        "We leave out two rows until the end of February 2031, since we know no closer day of publication: t-2, q-1.",
    )
    assert sources(known("2031-02")).waiting == told


@pytest.mark.parametrize("published", ["2031", "2031-02~", "2031-02-10/2031-02-25"])
def test_any_date_that_may_lie_before_the_day_and_after_it_waits(published: str) -> None:
    assert find_waiting(known(published)) == {published: ["t-2", "q-1"]}


@pytest.mark.parametrize("published", ["2031-01", "2031-02-19", "2031-02-20", "2031-03", "2032"])
def test_what_is_known_or_surely_later_does_not_wait(published: str) -> None:
    assert find_waiting(known(published)) == {} and sources(known(published)).waiting == ()


def test_a_whole_dossier_waits_for_nothing() -> None:
    assert find_waiting(known("2031-02", as_of=None)) == {}


def test_a_page_of_nothing_but_waiting_rows_says_so() -> None:
    d = dossier("2031-02-19", sources=[source("s-1", "2031-02")], deployments=[stock("d-1", 5)])
    assert sources(d).waiting[0].endswith("day of publication: d-1.")


@pytest.mark.parametrize(("day", "waits"), [("0001-01-01", True), ("0999-06-15", True), ("9999-12-31", False)])
def test_the_first_and_last_days_of_the_calendar_are_days_like_others(day: str, waits: bool) -> None:
    d = dossier(day, sources=[source("s-1", day[:7])], deployments=[stock("d-1", 5)])
    assert find_waiting(d) == ({day[:7]: ["d-1"]} if waits else {})
    assert day_words(dt.date.fromisoformat(day)).endswith(f" {day[:4]}")

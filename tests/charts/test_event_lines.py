"""Events on the axis of a dated series: in words or by number, in description and table, and never before their day."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from dossiers import dossier, event, source, stock
from drawings import rows, words

from briefing.blocks.blocks import Chart
from briefing.blocks.walk import plain
from briefing.charts import dated_series
from briefing.charts.days import Days
from briefing.charts.events import find_events, lay_numbers, lay_words
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.quotes.timeline import timeline
from briefing.errors import UsageError

HAPPENED = dossier(
    sources=[source("s-1"), source("s-2", "2031-02-02")],
    deployments=[stock("d-1", 98), stock("d-2", 40, date="2031-03-01"), stock("d-3", 50, date="2031-02-01")],
    events=[event("e-1", "2031-01-10"), event("e-2", "2031-02-20"), event("e-3", "2031-02-05", source_id="s-2")],
)


def drawn(events: object = ("e-1", "e-2"), claims: Claims | None = None) -> Chart:
    chart = dated_series(claims or choose_claims(HAPPENED, quantity="q-a"), title="Mules", events=events)
    assert isinstance(chart, Chart)
    return chart


def test_an_event_stands_on_a_wide_axis_with_its_day_and_words() -> None:
    told = [" ".join(row["told"]) for row in rows(drawn().spec) if "told" in row]
    assert told == ["10 Jan: Title of e-1", "20 Feb: Title of e-2"]


def test_an_event_is_a_number_on_a_narrow_axis_with_the_list_beneath() -> None:
    spec = drawn().narrow
    assert [row["number"] for row in rows(spec) if "number" in row] == ["1", "2"]
    assert "2. 20 February 2031: Title of e-2" in words(spec)


def test_events_are_told_in_the_description_and_in_the_table_with_their_sources() -> None:
    chart = drawn("e-3")
    assert "Events: 1, 5 February 2031: Title of e-3." in chart.description
    assert "1. Title of e-3" in [plain(row[1]) for row in chart.data.rows]
    assert "s-2" in {cited.id for cited in chart.evidence.sources}


def test_a_table_of_counts_and_events_is_in_order_of_time() -> None:
    days = [keys[0] for keys in drawn().data.order]
    assert len(days) == 5 and days == sorted(days)


def test_a_timeline_gives_its_events() -> None:
    chart = drawn(timeline(HAPPENED, caption="Then", during="2031-02"))
    assert "Events: 1, 5 February 2031: Title of e-3; 2, 20 February 2031: Title of e-2." in chart.description


def test_an_event_that_is_not_yet_known_is_on_no_axis() -> None:
    early = HAPPENED.at("2031-01-31")
    chart = drawn(["e-1", "e-3"], choose_claims(early, quantity="q-a"))
    assert "e-3" not in chart.model_dump_json()


def test_an_event_of_no_row_is_refused() -> None:
    with pytest.raises(UsageError, match=r'"e-9" is no event on any day; .*Did you mean "e-'):
        drawn("e-9")


def test_no_words_of_events_run_into_each_other_nor_under_a_line() -> None:
    many = dossier(events=[event(f"e-{n}", f"2031-01-{n:02}", title=f"The {n}th thing of many") for n in range(10, 20)])
    days, width = Days(dt.date(2031, 1, 1), dt.date(2031, 1, 31)), 700
    placed = lay_words(find_events(many, timeline(many, caption="Then")), days, width)
    spans = [(e.level, days.along(e.day, width), e.align) for e in placed if e.words]
    assert len(spans) >= 3
    assert len({(level, x) for level, x, _ in spans}) == len(spans)
    lefts = sorted(x for level, x, align in spans if level == 0 and align == "left")
    assert all(later - before > 100 for before, later in pairwise(lefts))


def test_numbers_of_events_of_near_days_stand_one_above_the_other() -> None:
    near = dossier(events=[event("e-1", "2031-01-10"), event("e-2", "2031-01-10"), event("e-3", "2031-01-30")])
    days = Days(dt.date(2031, 1, 1), dt.date(2031, 2, 1))
    placed = lay_numbers(find_events(near, ["e-1", "e-2", "e-3"]), days, 240)
    assert [event.level for event in placed] == [0, 1, 0]

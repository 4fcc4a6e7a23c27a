"""Spans of days: one that holds another is found, wherever it stands among the others."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from briefing.values.spans import Spans

DAYS = st.integers(0, 12).map(lambda days: dt.date(2031, 4, 1) + dt.timedelta(days))
SPANS = st.tuples(DAYS, DAYS)


def test_no_span_holds_nothing() -> None:
    assert not Spans([]).hold(dt.date(2031, 4, 1), dt.date(2031, 4, 1))


def test_two_spans_that_touch_hold_nothing_that_reaches_from_one_into_the_other() -> None:
    spans = Spans([(dt.date(2031, 4, 1), dt.date(2031, 4, 5)), (dt.date(2031, 4, 5), dt.date(2031, 4, 9))])
    assert spans.hold(dt.date(2031, 4, 1), dt.date(2031, 4, 5)) and spans.hold(dt.date(2031, 4, 5), dt.date(2031, 4, 6))
    assert not spans.hold(dt.date(2031, 4, 4), dt.date(2031, 4, 6))


@given(st.lists(SPANS), SPANS)
def test_a_span_is_held_where_one_begins_no_later_and_ends_no_earlier(
    spans: list[tuple[dt.date, dt.date]], asked: tuple[dt.date, dt.date]
) -> None:
    held = any(first <= asked[0] and asked[1] <= last for first, last in spans)
    assert Spans(spans).hold(*asked) is held

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values.dates import DateError, PartialDate, day_words, parse_date

DAYS = st.dates(min_value=dt.date(1, 1, 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-10-11", "2022-10-11", "2022-10-11"),
        ("2022-10~", "2022-10-01", "2022-10-31"),
        ("2022-10-11?", "2022-10-11", "2022-10-11"),
        ("2022-10-09/2022-10-28", "2022-10-09", "2022-10-28"),
        ("2022-03/2022-09", "2022-03-01", "2022-09-30"),
        ("2022/2023-01", "2022-01-01", "2023-01-31"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_possible_day(text, first, last):
    date = parse_date(text)
    assert (str(date.first), str(date.last)) == (first, last)


def test_an_open_side_of_an_interval_is_unknown():
    assert parse_date("2022-02-24/..").last is None
    assert parse_date("../2022-11").first is None


@pytest.mark.parametrize(("text", "mark"), [("2022", ""), ("2022~", "~"), ("2022?", "?"), ("2022~/2023", "~")])
def test_a_mark_is_kept(text, mark):
    assert parse_date(text).mark == mark


@given(DAYS)
def test_a_day_goes_round(day):
    assert parse_date(day.isoformat()) == PartialDate(day.isoformat(), day, day)


@given(DAYS, DAYS)
def test_an_interval_goes_round_or_runs_backwards(one, two):
    early, late = sorted([one, two])
    assert (parse_date(f"{early}/{late}").first, parse_date(f"{early}/{late}").last) == (early, late)
    if early < late:
        with pytest.raises(DateError, match="runs backwards"):
            parse_date(f"{late}/{early}")


@given(DAYS, st.sampled_from([4, 7, 10]), st.sampled_from(["", "~", "?"]))
def test_a_shorter_date_is_never_padded(day, length, mark):
    date = parse_date(day.isoformat()[:length] + mark)
    assert date.first <= day <= date.last
    assert date.text == day.isoformat()[:length] + mark


@given(DAYS, DAYS)
def test_dates_overlap_where_a_day_is_in_both(one, two):
    assert parse_date(one.isoformat()).overlaps(parse_date(two.isoformat())) == (one == two)
    assert parse_date(f"../{one}").overlaps(parse_date(f"{two}/..")) == (two <= one)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2022-02-30", "2022-02-30 is not in the calendar"),
        ("2022-13", "2022-13 is not in the calendar"),
        ("2022-00-10", "2022-00-10 is not in the calendar"),
        ("0000", '"0000" is not in the calendar'),
        ("2022-21", "2022-21 is not in the calendar"),  # EDTF's spring
        ("2022-10-28/2022-10-09", "runs backwards"),
        ("../..", "open on both sides"),
        ("2022/", "is no interval"),
        ("2022/2023/2024", "is no interval"),
        ("", "is not a date"),
        ("autumn 2022", "is not a date"),
        ("20221019", "is not a date"),
        ("2022-1-9", "is not a date"),
        ("2022-10-11 ", "is not a date"),
        ("２０２２", "is not a date"),
        ("2022-10-11T12:00", "is not a date"),
        ("-2022", "is not a date"),
    ],
)
def test_what_is_no_date_is_told(text, what):
    with pytest.raises(DateError) as told:
        parse_date(text)
    assert what in told.value.what


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("44912", "write 2022-12-17"),
        ("44912.5", "write 2022-12-17"),
        ("12/19/2022", "2022-12-19"),
        ("19.12.2022", "2022-12-19"),
        ("03/04/2022", "2022-03-04 or 2022-04-03"),
        ("31/02/2022", "2022-12-19"),  # no reading exists, so the form is shown
        ("2022-02-30", "leave the day out"),
    ],
)
def test_a_cure_shows_the_date_that_was_meant(text, cure):
    with pytest.raises(DateError) as told:
        parse_date(text)
    assert cure in told.value.cure


@given(st.text())
def test_any_text_is_a_date_or_a_problem_on_one_short_line(text):
    try:
        assert parse_date(text).text == text
    except DateError as error:
        assert len(error.what) < 100
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022", "2022"),
        ("2022-10", "October 2022"),
        ("2022-10-11", "11 October 2022"),
        ("2022-10~", "about October 2022"),
        ("2022-10?", "October 2022 (uncertain)"),
        ("2022-10-09/2022-10-28", "9–28 October 2022"),
        ("2022-03/2022-09", "March to September 2022"),
        ("2022-02-24/2022-03-04", "24 February to 4 March 2022"),
        ("2022-12/2023-01", "December 2022 to January 2023"),
        ("2022/2022", "2022"),
        ("2022-02-24/..", "since 24 February 2022"),
        ("../2022-11", "until November 2022"),
    ],
)
def test_a_date_is_said_in_words(text, words):
    assert str(parse_date(text)) == words


def test_a_day_is_said_in_words():
    assert day_words(dt.date(2022, 12, 19)) == "19 December 2022"

"""Schedules: which days were due."""

from __future__ import annotations

import datetime as dt

import pytest

from briefing.editions.schedule import due_days
from briefing.errors import UsageError


def days(line: str, since: str | None, until: str, zone: str = "UTC", last: str | None = None) -> list[str]:
    first, end = (dt.date.fromisoformat(day) if day else None for day in (since, last))
    now = dt.datetime.fromisoformat(until).replace(tzinfo=dt.UTC)
    return [str(day) for day in due_days(line, time_zone=zone, since=first, until=now, where="x", last=end)]


def test_every_day_since_the_first_is_due_once() -> None:
    assert days("0 6,18 * * *", "2022-12-17", "2022-12-19T07:00") == ["2022-12-17", "2022-12-18", "2022-12-19"]


def test_a_day_is_due_from_its_hour_on() -> None:
    assert days("0 6 * * *", "2022-12-18", "2022-12-19T05:59") == ["2022-12-18"]


def test_the_line_is_read_in_its_own_time_zone() -> None:
    assert days("30 0 * * *", "2022-12-19", "2022-12-18T21:31", "Europe/Minsk") == ["2022-12-19"]


def test_an_hour_that_the_clocks_skip_or_repeat_is_due_once() -> None:
    assert days("30 2 * * *", "2022-03-26", "2022-03-28T12:00", "Europe/Berlin") == [
        "2022-03-26",
        "2022-03-27",
        "2022-03-28",
    ]
    assert days("30 2 * * *", "2022-10-30", "2022-10-30T12:00", "Europe/Berlin") == ["2022-10-30"]


@pytest.mark.parametrize("line", ["30 3 * * *", "0 3 * * *", "*/20 3 * * *", "0 0 * * *", "59 23 * * *"])
@pytest.mark.parametrize("changed", ["2022-03-27", "2022-10-30"])  # 3:00 is skipped, and 3:00 to 4:00 comes twice
def test_in_kyiv_every_day_of_both_changes_is_due_once(line: str, changed: str) -> None:
    day = dt.date.fromisoformat(changed)
    around = [str(day + dt.timedelta(days=n)) for n in (-1, 0, 1)]
    assert days(line, around[0], "2023-01-01T00:00", "Europe/Kyiv", last=around[2]) == around


def test_a_line_every_hour_makes_each_day_due_once_over_both_changes() -> None:
    due = days("0 * * * *", "2022-01-01", "2022-12-31T20:00", "Europe/Kyiv")
    assert len(due) == len(set(due)) == 365


@pytest.mark.parametrize(
    ("zone", "line"),
    [("America/Los_Angeles", "0 22 * * *"), ("Europe/Kyiv", "30 1 * * *"), ("Asia/Tokyo", "0 0 * * *")],
)
def test_the_last_day_ends_when_it_ends_in_its_own_time_zone(zone: str, line: str) -> None:
    assert days(line, "2022-12-18", "2023-01-31T00:00", zone, last="2022-12-19") == ["2022-12-18", "2022-12-19"]
    assert days(line, None, "2023-01-31T00:00", zone, last="2022-12-19") == ["2022-12-19"]


def test_a_last_day_to_come_makes_no_day_due_that_has_not_been() -> None:
    assert days("0 6 * * *", "2022-12-18", "2022-12-19T05:00", last="2099-01-01") == ["2022-12-18"]


def test_a_time_that_the_clocks_skip_is_due_an_hour_later() -> None:
    assert days("30 3 * * *", None, "2022-03-27T01:29", "Europe/Kyiv") == ["2022-03-26"]
    assert days("30 3 * * *", None, "2022-03-27T01:30", "Europe/Kyiv") == ["2022-03-27"]


def test_without_a_first_day_only_the_last_one_is_due() -> None:
    assert days("0 6 * * 1", None, "2022-12-21T00:00") == ["2022-12-19"]


def test_a_clock_set_back_makes_fewer_days_due_and_no_error() -> None:
    assert days("0 6 * * *", "2022-12-19", "2022-12-01T00:00") == []


@pytest.mark.parametrize(("line", "zone"), [("6 o'clock", "UTC"), ("0 6 * * *", "Europe/Minks"), ("61 * * * *", "UTC")])
def test_what_is_no_schedule_is_a_usage_error(line: str, zone: str) -> None:
    with pytest.raises(UsageError, match=r"^x: (schedule|time_zone): "):
        days(line, "2022-12-18", "2022-12-19T00:00", zone)

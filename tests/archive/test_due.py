"""When the next edition is due: by the schedule and the newest edition, whatever the clock says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.archive.notices import tell_due
from briefing.archive.records import Record
from briefing.archive.standing import Archive, Schedule, look_around
from briefing.editions.catalog import read_catalog
from briefing.page.notices import Notice


def archive(*days: str, line: str = "0 6 * * 5", since: str = "") -> Archive:
    records = tuple(Record(f"mules/{day}.html", "mules", "", as_of=day) for day in days)
    return Archive(Path(), records, schedules={"mules": Schedule(line, since)})


@pytest.mark.parametrize(
    ("days", "line", "since", "due"),
    [
        (("2023-06-30",), "0 6 * * 5", "", "2023-07-07"),
        (("2023-06-30", "2022-12-19"), "0 6 * * *", "", "2023-07-01"),
        (("2023-06-30",), "0 6 1 * *", "2024-01-01", "2024-01-01"),
        (("2023-06-30",), "0 6 30 2 *", "", ""), (("2023-06-30",), "hourly", "", ""),
        (("2023-06",), "0 6 * * 5", "", ""), (("9999-12-31",), "0 6 * * 5", "", ""), ((), "0 6 * * 5", "", ""),
    ],
)  # fmt: skip
def test_the_next_edition_is_due_on_the_first_day_of_the_schedule_behind_the_newest(
    days: tuple[str, ...], line: str, since: str, due: str
) -> None:
    told = [notice for notices in tell_due(archive(*days, line=line, since=since)).values() for notice in notices]
    assert told == ([Notice("due", due)] if due else [])


def test_a_series_without_a_schedule_is_never_due() -> None:
    assert tell_due(replace(archive("2023-06-30"), schedules={"hay": Schedule("0 6 * * 5")})) == {}


def test_a_build_that_knows_no_catalog_remembers_its_schedules(
    write_notebook: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_notebook("1").parent / "briefings.toml"
    path.write_text('[[briefing]]\nnotebook = "tiny"\nschedule = "0 6 * * 5"\n', encoding="utf-8")
    out = tmp_path / "reports"
    known = look_around(out, briefings=read_catalog(path), data=tmp_path / "data").schedules
    assert look_around(out).schedules == known == {"tiny": Schedule("0 6 * * 5")}

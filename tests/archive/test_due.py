"""When the next edition is due: by the schedule and the newest edition, whatever the clock says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.archive.due import find_next_due
from briefing.archive.records import Record
from briefing.archive.standing import Archive, Schedule, look_around
from briefing.editions.catalog import read_catalog


def archive(*days: str, line: str = "0 6 * * 5", since: str = "") -> Archive:
    records = tuple(Record(f"mules/{day}.html", "mules", "", as_of=day) for day in days)
    return Archive(Path(), records, schedules={"mules": Schedule(line, since)})


@pytest.mark.parametrize(
    ("days", "line", "since", "due"),
    [
        (("2023-06-30",), "0 6 * * 5", "", dt.date(2023, 7, 7)),
        (("2023-06-30", "2022-12-19"), "0 6 * * *", "", dt.date(2023, 7, 1)),
        (("2023-06-30",), "0 6 1 * *", "2024-01-01", dt.date(2024, 1, 1)),
        (("2023-06-30",), "0 6 30 2 *", "", None), (("2023-06-30",), "hourly", "", None),
        (("2023-06",), "0 6 * * 5", "", None), (("9999-12-31",), "0 6 * * 5", "", None), ((), "0 6 * * 5", "", None),
    ],
)  # fmt: skip
def test_the_next_edition_is_due_on_the_first_day_of_the_schedule_behind_the_newest(
    days: tuple[str, ...], line: str, since: str, due: dt.date | None
) -> None:
    assert find_next_due(archive(*days, line=line, since=since), "mules") == due


def test_a_series_without_a_schedule_is_never_due() -> None:
    assert find_next_due(archive("2023-06-30"), "hay") is None


def test_a_build_that_knows_no_catalog_remembers_its_schedules(
    write_notebook: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_notebook("1").parent / "briefings.toml"
    path.write_text('[[briefing]]\nnotebook = "tiny"\nschedule = "0 6 * * 5"\n', encoding="utf-8")
    out = tmp_path / "reports"
    known = look_around(out, briefings=read_catalog(path), data=tmp_path / "data").schedules
    assert look_around(out).schedules == known == {"tiny": Schedule("0 6 * * 5")}

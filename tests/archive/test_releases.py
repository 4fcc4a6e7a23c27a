"""The calendar of releases: a table on the front page, and a file that a strict reader of calendars takes in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from archives import front, publish
from hostile import STRINGS
from icalendar import Calendar
from rfc5545 import list_faults_of_calendar

from briefing.archive.icalendar import CALENDAR, Property, make_calendar, write_lines, write_value
from briefing.archive.releases import list_releases
from briefing.archive.standing import Archive, Schedule, look_around
from briefing.archive.write import write_archive
from briefing.editions.about import About
from briefing.press.publish import failure_path, save_json

#: A Friday, as a build's clock shows it: 17 November 1933 cannot be said in seconds since 1970.
FRIDAY = "2033-11-18"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2015912000")  # noon of that Friday


def note_schedule(out: Path, *, missing: str = "", line: str = "0 6 * * 5", title: str = "How many mules?") -> None:
    """Note what a catalog asks for, as a build with one does."""
    asked = [{"address": f"mules/{missing}.html", "day": missing, "due": True}] if missing else []
    told = {"order": ["mules"], "editions": asked, "schedules": {"mules": {"line": line, "since": "", "title": title}}}
    save_json(out / ".press/archive/expected.json", told)


def fail(out: Path, day: str, state: str) -> None:
    noted = {"address": f"mules/{day}.html", "briefing": "mules", "status": state, "parameters": {"as_of": day}}
    save_json(failure_path(out, f"mules/{day}.html"), noted)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder in which of four weeks one is there, one failed, one was held and one is late."""
    note_schedule(tmp_path, missing=FRIDAY)
    publish(tmp_path, "2033-10-28", front(day="2033-10-28"))
    fail(tmp_path, "2033-11-04", "failed")
    fail(tmp_path, "2033-11-11", "held")
    return tmp_path


def read_events(content: bytes) -> Iterator[dict[str, str]]:
    """Read the events of a calendar with a strict reader; give their properties as texts."""
    assert list_faults_of_calendar(content) == []
    calendar = Calendar.from_ical(content)
    assert calendar.errors == [] and [event.errors for event in calendar.walk("VEVENT") if event.errors] == []
    for event in calendar.walk("VEVENT"):
        yield {name: str(event.decoded(name, value)) for name, value in event.items()}


def test_each_release_stands_in_the_state_that_it_is_in(out: Path) -> None:
    told = [(release.day, release.state) for release in list_releases(look_around(out))]
    assert told[:4] == [("2033-10-28", "present"), ("2033-11-04", "failed"), ("2033-11-11", "held"), (FRIDAY, "late")]
    assert told[4:6] == [("2033-11-25", "coming"), ("2033-12-02", "coming")]


def test_the_front_page_tells_what_is_to_come_and_what_was_due(out: Path) -> None:
    write_archive(out)
    page = (out / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<tr class="(\w+)"><td><time datetime="([^"]*)">', page)
    assert rows[0] == ("coming", "2033-11-25")
    assert rows[-4:] == [
        ("late", FRIDAY), ("held", "2033-11-11"), ("failed", "2033-11-04"), ("present", "2033-10-28"),
    ]  # fmt: skip
    assert f'<a href="{CALENDAR}">' in page


def test_what_is_missing_is_called_by_its_question(out: Path) -> None:
    write_archive(out)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "“How many mules?” (11 November 2033) was held back" in page
    assert "“How many mules?” was due on 18 November 2033 and is not here yet." in page


def test_a_release_of_today_is_to_come_until_it_is_due(tmp_path: Path) -> None:
    note_schedule(tmp_path)
    (first, *_) = list_releases(look_around(tmp_path))
    assert (first.day, first.state, first.question) == (FRIDAY, "coming", "How many mules?")


def test_a_strict_reader_takes_in_the_calendar(out: Path) -> None:
    events = list(read_events(make_calendar(look_around(out))[CALENDAR]))
    assert [event["SUMMARY"] for event in events[:4]] == [
        "How many mules?", "How many mules? (could not be made)", "How many mules? (held back)",
        "How many mules? (late)",
    ]  # fmt: skip
    assert [event["STATUS"] for event in events[:5]] == ["CONFIRMED", *["TENTATIVE"] * 4]
    assert len({event["UID"] for event in events}) == len(events) and "URL" not in events[0]


def test_an_event_keeps_its_id_and_has_another_stamp_once_it_says_something_else(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {event["UID"]: event for event in read_events(make_calendar(look_around(out))[CALENDAR])}
    publish(out, FRIDAY, front(day=FRIDAY))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2015998400")
    second = {event["UID"]: event for event in read_events(make_calendar(look_around(out))[CALENDAR])}
    changed = [uid for uid in first.keys() & second.keys() if first[uid] != second[uid]]
    assert [second[uid]["SUMMARY"] for uid in changed] == ["How many mules?"]
    assert second[changed[0]]["DTSTAMP"] > first[changed[0]]["DTSTAMP"]


def test_an_archive_with_an_address_leads_to_its_pages(out: Path) -> None:
    archive = replace(look_around(out), about=About(address="https://example.org/b/"))
    (first, *_) = read_events(make_calendar(archive)[CALENDAR])
    assert first["URL"] == "https://example.org/b/mules/2033-10-28.html"


@pytest.mark.parametrize("text", [*STRINGS, "END:VEVENT\r\nBEGIN:VALARM", "тягне? \\n; " * 30, "🛶" * 60, "a,b;c\\d"])
def test_whatever_a_title_holds_it_is_one_value_in_short_lines(tmp_path: Path, text: str) -> None:
    archive = Archive(tmp_path, schedules={"mules": Schedule("0 6 * * 5", title=text or "?")})
    content = make_calendar(archive)[CALENDAR]
    assert max(map(len, content.split(b"\r\n"))) <= 75 and b"\n" not in content.replace(b"\r\n", b"")
    (first, *_) = read_events(content)
    assert first["DTSTART"] == str(date(2033, 11, 18)) and len(first) == 7


def test_a_line_is_folded_between_letters() -> None:
    content = write_lines([Property("SUMMARY", write_value("їжак" * 40))])
    assert [len(line) <= 75 and bool(line.decode()) for line in content.split(b"\r\n")[:-1]] == [True] * 5
    assert content.replace(b"\r\n ", b"").decode() == f"SUMMARY:{'їжак' * 40}\r\n"


def test_an_archive_without_a_schedule_has_no_calendar(tmp_path: Path) -> None:
    publish(tmp_path, "1933-11-17")
    write_archive(tmp_path)
    assert not (tmp_path / CALENDAR).exists() and CALENDAR not in (tmp_path / "index.html").read_text()


def test_the_same_clock_gives_the_same_bytes(out: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    write_archive(out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    write_archive(out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before

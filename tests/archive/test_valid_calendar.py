"""The calendar holds against validators: the rules of RFC 5545 and RFC 7986, and two strict readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from archives import front, publish
from ical.calendar_stream import IcsCalendarStream
from ical.exceptions import CalendarParseError
from icalendar import Calendar
from rfc5545 import list_faults_of_calendar

from briefing.archive.icalendar import CALENDAR, make_calendar
from briefing.archive.standing import Schedule, look_around
from briefing.editions.about import About

DAY = "2033-11-18"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2015912000")  # noon of that day


def make(out: Path, *titles: str, address: str = "https://example.org/b/") -> bytes:
    """Make the calendar of an archive in which a page is there, and questions of these titles are to come."""
    publish(out, DAY, front(day=DAY))
    schedules = {
        name: Schedule("0 6 * * 5", title=title) for name, title in zip(("mules", "hay"), titles, strict=False)
    }
    archive = replace(look_around(out), schedules=schedules, about=About(address=address))
    return make_calendar(archive)[CALENDAR]


def list_all_faults(content: bytes) -> list[str]:
    """List what any of the three finds wrong."""
    faults = list_faults_of_calendar(content)
    try:
        read = Calendar.from_ical(content)
        read.validate()
        faults += [f"icalendar: {error}" for part in read.walk() for error in part.errors]
        IcsCalendarStream.calendar_from_ics(content.decode())
    except (CalendarParseError, ValueError) as error:
        faults.append(f"{type(error).__name__}: {error}")
    return faults


@pytest.mark.parametrize("address", ["", "https://example.org/b/"])
def test_the_calendar_of_releases_is_valid(tmp_path: Path, address: str) -> None:
    content = make(tmp_path, "How many mules?", "Скільки сіна; і чому, власне?" * 9, address=address)
    assert list_all_faults(content) == [] and content.count(b"BEGIN:VEVENT") > 3


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b"\r\n", b"\n", "does not end with CR and LF"),
        (b"SUMMARY:How", b"SUMMARY:" + b"How" * 25, "octets, of 75 at most"),
        (b"SUMMARY:How", b"SUMMARY:\xd1\r\n \x97", "a letter that is cut in two"),
        (b"SUMMARY:", b"SUM MARY:", "is no line of a calendar"),
        (b"SUMMARY:How", b"SUMMARY:\x07How", "is no line of a calendar"),
        (b"SUMMARY:How", b"SUMMARY:How; ", "not escaped"),
        (b"SUMMARY:How", b"SUMMARY:\\How", "not escaped"),
        (b"SUMMARY:", b"TITLE:", "TITLE is no property of it"),
        (b"PRODID:-//briefing//releases//EN\r\n", b"", "VCALENDAR: no PRODID"),
        (b"VERSION:2.0\r\n", b"", "VCALENDAR: no VERSION"),
        (b"VERSION:2.0", b"VERSION:3.0", "'3.0' is none of 2.0"),
        (b"UID:", b"X-UID:", "VEVENT: no UID"),
        (b"UID:", b"UID:a\r\nUID:", "VEVENT: 2 times UID"),
        (b"DTSTAMP:", b"X-STAMP:", "VEVENT: no DTSTAMP"),
        (b"000Z\r\nDTSTART", b"000\r\nDTSTART", "is not in UTC"),
        (b"DTSTART;", b"X-START;", "no DTSTART"),
        (b"DATE:2033111", b"DATE:2033131", "is no DATE"),
        (b"DTSTART;VALUE=DATE", b"DTSTART", "is no DATE-TIME"),
        (b"VALUE=DATE:", b"VALUE=PERIOD:", "cannot be a PERIOD"),
        (b"VALUE=DATE:20331118", b"VALUE=DATE:20331118\r\nDTEND;VALUE=DATE:20331118", "ends before it begins"),
        (b"VALUE=DATE:20331118", b"VALUE=DATE:20331118\r\nDTEND;VALUE=DATE:20331119\r\nDURATION:P1D", "both DTEND"),
        (b"STATUS:TENTATIVE", b"STATUS:PERHAPS", "'PERHAPS' is none of"),
        (b";VALUE=DURATION:PT6H", b":PT6H", "it must say VALUE=DURATION"),
        (b"DURATION:PT6H", b"DURATION:6 hours", "is no DURATION"),
        (b"URL:https://example.org", b"URL:the page", "is no URI"),
        (b"END:VEVENT\r\n", b"", "END:VCALENDAR ends VEVENT"),
        (b"END:VCALENDAR\r\n", b"", "VCALENDAR is never ended"),
        (b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nBEGIN:VFUN\r\nEND:VFUN", "VFUN is no component"),
        (b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR", "one VCALENDAR is asked for"),
    ],
)  # fmt: skip
def test_a_broken_calendar_is_refused_with_the_reason(tmp_path: Path, before: bytes, after: bytes, reason: str) -> None:
    whole = make(tmp_path, "How many mules?")
    last = whole.rfind(before)
    broken = (
        whole.replace(before, after) if before == b"\r\n" else whole[:last] + whole[last:].replace(before, after, 1)
    )
    assert before in whole and any(reason in fault for fault in list_faults_of_calendar(broken))


def test_a_calendar_with_one_id_twice_or_without_an_event_is_refused(tmp_path: Path) -> None:
    whole = make(tmp_path, "How many mules?")
    head, *events = whole.removesuffix(b"END:VCALENDAR\r\n").split(b"BEGIN:VEVENT")
    twice = b"BEGIN:VEVENT".join([head, *events, events[0]]) + b"END:VCALENDAR\r\n"
    assert "is that of 2" in list_faults_of_calendar(twice)[0]
    assert list_faults_of_calendar(head + b"END:VCALENDAR\r\n") == ["VCALENDAR: without a component"]

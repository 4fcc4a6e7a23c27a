"""The calendar of releases as a file that calendars take in (RFC 5545): an event a release, on the day that it is due.

An event keeps its id for good, and its stamp for as long as it says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing.archive.moments import note_moments
from briefing.archive.releases import Release, list_releases
from briefing.archive.sheet import name_archive
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest
from briefing.page.tame import tame_text
from briefing.page.words import Words, read_words
from briefing.values.clock import today

#: The file that calendars take in.
CALENDAR = "releases.ics"

#: So many bytes a line holds at most, without its end.
_LINE = 75

_ESCAPED = re.compile(r"[\\;,]")


class Property(NamedTuple):
    """A line of a calendar before it is folded: its name with parameters, and its value as written."""

    name: str
    value: str


def make_calendar(archive: Archive) -> dict[str, bytes]:
    """Make the calendar of releases; none where nothing has a schedule."""
    releases = list_releases(archive)
    if not releases:
        return {}
    words = read_words(archive.language)
    events = {release.name: list(_tell_event(release, archive, words=words)) for release in releases}
    moments = note_moments(
        archive.out,
        "releases",
        {name: digest([list(line) for line in event]) for name, event in events.items()},
        issued={release.name: _day_of_stamp(release) for release in releases},
    )
    lines = [
        Property("BEGIN", "VCALENDAR"),
        Property("VERSION", "2.0"),
        Property("PRODID", "-//briefing//releases//EN"),
        Property("CALSCALE", "GREGORIAN"),
        *_name_calendar(archive, words=words),
    ]
    for name, event in events.items():
        stamp = re.sub("[-:]", "", moments[name].changed)
        uid = archive.make_id(f"release:{name}").removeprefix("urn:uuid:")
        lines += [Property("BEGIN", "VEVENT"), Property("UID", uid), Property("DTSTAMP", stamp), *event]
        lines += [Property("END", "VEVENT")]
    return {CALENDAR: write_lines([*lines, Property("END", "VCALENDAR")])}


def _day_of_stamp(release: Release) -> str:
    """Give the day on which an event was first told: that of its page, or today."""
    return release.record.issued if release.record and release.record.issued else str(today())


def _name_calendar(archive: Archive, *, words: Words) -> Iterator[Property]:
    title = f"{name_archive(archive.about, words=words)}: {words.term('releases', 'title')}"
    for name in ("NAME", "X-WR-CALNAME"):  # the standard's, and the one that calendars read
        yield Property(f"{name};LANGUAGE={words.language}" if name == "NAME" else name, write_value(title))
    for name in ("REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL"):
        yield Property(name, "PT6H")
    if archive.about.address:
        yield Property("SOURCE;VALUE=URI", archive.about.lead_to(CALENDAR))


def _tell_event(release: Release, archive: Archive, *, words: Words) -> Iterator[Property]:
    state, record = words.term("releases", release.state), release.record
    is_sure = release.state in ("present", "coming")
    yield Property("DTSTART;VALUE=DATE", release.day.replace("-", ""))
    yield Property("SUMMARY", write_value(release.question if is_sure else f"{release.question} ({state})"))
    if record and record.answer and release.state == "present":
        yield Property("DESCRIPTION", write_value(record.answer))
    yield Property("STATUS", "CONFIRMED" if release.state == "present" else "TENTATIVE")
    yield Property("TRANSP", "TRANSPARENT")
    yield Property("CATEGORIES", write_value(release.series.split("/")[0]))
    if record and archive.about.address:
        yield Property("URL", archive.about.lead_to(record.address))


def write_value(text: str) -> str:
    """Write a text as a value: what would end it is marked, and nothing in it breaks a line.

    Examples
    --------
    >>> write_value("Tanks, or not; ask\\nagain")
    'Tanks\\\\, or not\\\\; ask\\\\nagain'
    """
    return _ESCAPED.sub(r"\\\g<0>", tame_text(text)).replace("\n", "\\n").replace("\t", " ")


def write_lines(lines: Iterable[Property]) -> bytes:
    r"""Write lines, each folded where it is longer than the standard allows.

    Examples
    --------
    >>> write_lines([Property("SUMMARY", "a" * 70)])
    b'SUMMARY:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n aaa\r\n'
    """
    return b"".join(b"\r\n ".join(_fold(f"{line.name}:{line.value}".encode())) + b"\r\n" for line in lines)


def _fold(line: bytes) -> Iterator[bytes]:
    """Part a line into pieces, each with its blank no longer than a line may be; no letter is cut in two."""
    most = _LINE
    while len(line) > most:
        end = most
        while line[end] & 0xC0 == 0x80:  # the rest of a letter
            end -= 1
        yield line[:end]
        line, most = line[end:], _LINE - 1
    yield line

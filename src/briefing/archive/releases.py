"""Releases: what is due when, and how it stands. A table on the front page tells it; a calendar file does too.

Only briefings that have a schedule have releases. What is to come depends on the day, which heeds
``SOURCE_DATE_EPOCH``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from briefing.archive.records import Record, is_day
from briefing.archive.sheet import as_words, speech_of
from briefing.archive.standing import Archive, Lack, Schedule, name_series_apart
from briefing.errors import UsageError
from briefing.page.words import Words
from briefing.values.clock import today

#: How a release stands.
ReleaseState = Literal["coming", "present", "late", "held", "failed", "changed", "gone"]

#: So many releases to come of each series are told; in the table so many of each, and so many of all.
COMING, _COMING_OF_EACH, _COMING_SHOWN = 6, 3, 8
#: So many releases that were due are told, the newest, and so many in the table.
RECENT, _RECENT_SHOWN = 200, 8


@dataclass(frozen=True, slots=True)
class Release:
    """An edition that a schedule asks for: its day, and how it stands."""

    day: str
    series: str
    question: str
    state: ReleaseState
    record: Record | None = None  #: what is known of its page; ``None`` where none is there

    @property
    def name(self) -> str:
        """What names it for good: its series and its day."""
        return f"{self.series}/{self.day}"


def list_releases(archive: Archive) -> list[Release]:
    """List the releases of all schedules, by day: those that were due lately, and the next of each."""
    if not archive.schedules:
        return []
    listed, questions = archive.series, name_series_apart(archive)
    due: list[Release] = []
    coming: list[Release] = []
    for series, schedule in archive.schedules.items():
        question = questions[series]
        lacks = [lack for lack in archive.troubles if _is_of(lack, series)]
        were = list(_list_due(series, question, listed.get(series, ()), lacks))
        due += were
        last = max((release.day for release in were), default="")
        coming += [Release(day, series, question, "coming") for day in _list_days(schedule, last=last, where=series)]
    return [*sorted(due, key=_order)[-RECENT:], *sorted(coming, key=_order)]


def _order(release: Release) -> tuple[str, str]:
    return release.day, release.series


def _list_due(series: str, question: str, editions: Sequence[Record], lacks: Sequence[Lack]) -> Iterator[Release]:
    """List what was due of a series, each day once: what is wrong with an edition says more than that it is there."""
    records = {record.as_of: record for record in editions[-RECENT:]}
    wrong = {lack.day: lack for lack in lacks}
    for day in filter(is_day, {**records, **wrong}):
        state = _state_of(wrong[day]) if day in wrong else "present"
        yield Release(day, series, question, state, records.get(day))


def _is_of(lack: Lack, series: str) -> bool:
    return lack.name.rpartition("/")[0] == series


def _state_of(lack: Lack) -> ReleaseState:
    """Say how an edition stands with which something is wrong: one that the archive cannot read is there."""
    if lack.kind == "unread":
        return "present"
    return "late" if lack.kind == "missing" else lack.kind


def _list_days(schedule: Schedule, *, last: str, where: str) -> Iterator[str]:
    """List the next days of a schedule: behind the last that was due, and none that is over."""
    from briefing.editions.schedule import next_due_day  # only where something is scheduled

    with suppress(ValueError, UsageError):  # what was noted of a catalog may be older than the rules for it
        begins = (today(), dt.date.fromisoformat(schedule.since)) if schedule.since else (today(),)
        behind = max(last, *(str(day - dt.timedelta(days=1)) for day in begins))
        day: dt.date | None = dt.date.fromisoformat(behind)
        for _ in range(COMING):
            day = next_due_day(schedule.line, after=day, where=where) if day else None
            if day:
                yield day.isoformat()


def write_releases(releases: Sequence[Release], *, words: Words) -> Markup:
    """Write the table of releases: those to come, the soonest first, then those that were due, the newest first."""
    if not releases:
        return Markup("")
    coming = list(_choose_coming(releases))[:_COMING_SHOWN]
    due = [release for release in reversed(releases) if release.state != "coming"][:_RECENT_SHOWN]
    groups = Markup("").join(
        _write_group(words.term("releases", name), shown, words=words)
        for name, shown in (("to_come", coming), ("were_due", due))
        if shown
    )
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(words.term("releases", key)) for key in ("day", "briefing", "state")
    )
    return Markup(
        '<section class="releases" aria-labelledby="releases">\n<h2 id="releases">{}</h2>\n'
        "<table>\n<thead><tr>{}</tr></thead>\n{}</table>\n</section>\n"
    ).format(words.term("releases", "title"), heads, groups)


def _choose_coming(releases: Iterable[Release]) -> Iterator[Release]:
    """Choose the next few releases of each series: one that is due each day leaves room for the others."""
    told: Counter[str] = Counter()
    for release in releases:
        if release.state == "coming" and told[release.series] < _COMING_OF_EACH:
            told[release.series] += 1
            yield release


def _write_group(name: str, releases: Iterable[Release], *, words: Words) -> Markup:
    rows = Markup("").join(_write_row(release, words=words) for release in releases)
    head = Markup('<tr><th colspan="3" scope="rowgroup">{}</th></tr>\n').format(name)
    return Markup("<tbody>\n{}{}</tbody>\n").format(head, rows)


def _write_row(release: Release, *, words: Words) -> Markup:
    record, question = release.record, as_words(release.question)
    speech = speech_of(record, words=words) if record else Markup(' dir="auto"')
    named = Markup('<a href="{}"{}>{}</a>').format(record.address, speech, question) if record else question
    return Markup('<tr class="{}"><td><time datetime="{}">{}</time></td><td{}>{}</td><td>{}</td></tr>\n').format(
        release.state,
        release.day,
        as_words(words.date(release.day)),
        "" if record else speech,
        named,
        words.term("releases", release.state),
    )

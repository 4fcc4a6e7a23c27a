"""What changed since the last edition of a question, as short as a mail or a notice says it."""

from __future__ import annotations

from briefing.archive.keeping import read_details
from briefing.archive.records import Details, Record
from briefing.archive.since import Since, find_since
from briefing.archive.since_points import list_points, say_count
from briefing.archive.standing import Archive
from briefing.page.words import Words


def say_changes(archive: Archive, record: Record, *, words: Words, most: int = 5) -> tuple[str, tuple[str, ...]]:
    """Say in a line how much changed since the last edition, and the most telling points of it."""
    since = _find_changes(archive, record)
    return say_count(since, words=words), tuple(point.words for point in list_points(since, words=words, most=most))


def _find_changes(archive: Archive, record: Record) -> Since:
    editions = archive.series.get(record.series, [record])
    at = next((at for at, edition in enumerate(editions) if edition.address == record.address), 0)
    before = editions[at - 1] if at else None
    then = read_details(archive.out, before) if before else Details()
    return find_since(before, record, then=then, now=read_details(archive.out, record))

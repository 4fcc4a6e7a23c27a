"""Feeds: what is new in the archive, for programs that follow it. One of all briefings, and one of each.

An edition has an id that it keeps, and a moment that it keeps for as long as its run says the same: a page that is made
again in another look is no news. Its text is what changed since the edition before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefing.archive.atom import write_atom
from briefing.archive.entries import Feed, FeedEntry, folder_of_feed
from briefing.archive.jsonfeed import write_json_feed
from briefing.archive.moments import Moment, note_moments
from briefing.archive.records import Record
from briefing.archive.sheet import as_words, lead_from, name_apart, name_archive, name_question, name_series
from briefing.archive.since_kept import SinceSummary
from briefing.archive.standing import Archive, since_of
from briefing.page.tame import tame_text
from briefing.page.words import read_words
from briefing.press.publish import INDEX

#: So many editions stand in a feed, the newest; the front page leads to the others.
MOST = 50


@dataclass(frozen=True, slots=True)
class DatedEdition:
    """An edition, what it is called beside the others, and since when it says what it says."""

    record: Record
    title: str
    moment: Moment

    @property
    def order(self) -> tuple[str, tuple[str, str]]:
        """What news is ordered by: when it became so, then the day that it speaks for."""
        return self.moment.changed, self.record.order


def make_feeds(archive: Archive) -> dict[str, bytes]:
    """Make the feeds of an archive: one of all, and one of each briefing, each in both kinds."""
    news = sorted(_list_news(archive), key=lambda item: item.order, reverse=True)
    folders: dict[str, list[DatedEdition]] = {"": news} if news else {}
    for item in news:
        folders.setdefault(folder_of_feed(item.record), []).append(item)
    files: dict[str, bytes] = {}
    for folder, items in folders.items():
        feed = _tell_feed(archive, folder, items[:MOST])
        files |= {_place(folder, "feed.xml"): write_atom(feed), _place(folder, "feed.json"): write_json_feed(feed)}
    return files


def _place(folder: str, name: str) -> str:
    return f"{folder}/{name}".lstrip("/")


def _list_news(archive: Archive) -> Iterator[DatedEdition]:
    """List all editions with their moments; a run that is the same says the same, whatever its page looks like."""
    digests = {record.address: record.made_from.get("run") or record.page for record in archive.records}
    issued = {record.address: record.issued for record in archive.records}
    moments = note_moments(archive.out, "editions", digests, issued=issued, known=(archive.states or {}).keys())
    listed = archive.series.values()
    newest = [editions[-1] for editions in listed]
    for editions in listed:
        shared = name_apart(editions[-1], newest) != name_question(editions[-1])
        for record in editions:
            question = name_question(record)
            title = f"{question} ({name_series(record)})" if shared else question
            yield DatedEdition(record, title, moments[record.address])


def _tell_feed(archive: Archive, folder: str, items: Sequence[DatedEdition]) -> Feed:
    about, newest = archive.about, items[0].record
    words = read_words(newest.language if folder else archive.language)
    title = name_archive(about, words=words)
    return Feed(
        id=archive.make_id(f"{folder}/feed" if folder else "feed"),
        title=f"{title}: {_name_briefing([item.record for item in items])}" if folder else title,
        author=about.author or title,
        language=words.language,
        home=_lead(archive, folder, INDEX),
        place=_lead(archive, folder, _place(folder, "feed")),
        entries=tuple(_tell_entry(archive, item, folder=folder) for item in items),
        is_public=bool(about.address),
    )


def _name_briefing(records: Sequence[Record]) -> str:
    """Name a briefing as the catalog does, or else by the one question that its editions ask."""
    questions = {name_question(record) for record in records}
    return records[0].title or (questions.pop() if len(questions) == 1 else records[0].briefing)


def _tell_entry(archive: Archive, item: DatedEdition, *, folder: str) -> FeedEntry:
    record, since = item.record, since_of(archive, item.record)
    day = read_words(record.language).date(record.as_of) if record.as_of else ""
    page = archive.about.lead_to(since.page) if since.page and archive.about.address else ""
    return FeedEntry(
        id=archive.make_id(record.address),
        title=f"{item.title} ({day})" if day else item.title,
        address=_lead(archive, folder, record.address),
        published=item.moment.first,
        updated=item.moment.changed,
        summary=record.answer or item.title,
        html=_write_markup(record.answer, since, page=page),
        text=_write_plain(record.answer, since),
        language=record.spoken or record.language,
        category=folder_of_feed(record),
    )


def _lead(archive: Archive, folder: str, name: str) -> str:
    return archive.about.lead_to(name) if archive.about.address else lead_from(folder, name)


def _write_markup(answer: str, since: SinceSummary, *, page: str) -> str:
    """Write an answer and what changed as markup, whatever their words hold; `page` is where all of it is told."""
    said = Markup("<p><strong>{}</strong></p>\n").format(as_words(answer)) if answer else Markup("")
    count = as_words(since.count)
    linked = Markup('<a href="{}">{}</a>').format(page, count) if page else count
    points = Markup("").join(Markup("<li>{}</li>\n").format(as_words(point.words)) for point in since.points)
    listed = Markup("<ul>\n{}</ul>\n").format(points) if points else Markup("")
    return str(Markup("{}<p>{}</p>\n{}").format(said, linked, listed))


def _write_plain(answer: str, since: SinceSummary) -> str:
    points = "".join(f"\n- {point.words}" for point in since.points)
    return tame_text("\n\n".join(filter(None, (answer, f"{since.count}{points}"))))

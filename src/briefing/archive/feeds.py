"""Feeds: what is new in the archive, for programs that follow it. One of all briefings, and one of each.

An edition has an id that it keeps, and a moment that it keeps for as long as its run says the same: a page that is made
again in another look is no news. Its text is what changed since the edition before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from briefing.archive.atom import write_atom
from briefing.archive.entries import Feed, FeedEntry, folder_of_feed, list_feeds
from briefing.archive.jsonfeed import write_json_feed
from briefing.archive.keeping import FOLDER
from briefing.archive.moments import note_moments
from briefing.archive.news import News, Told, digest_telling_code, tell_news
from briefing.archive.records import Record
from briefing.archive.sheet import lead_from, name_apart, name_archive, name_question
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest, digest_bytes
from briefing.page.words import read_words
from briefing.press.publish import INDEX, read_json, save_json

#: So many editions stand in a feed, the newest; the front page leads to the others.
MOST = 50

#: What each feed was made from, and what became of it.
_MADE = f"{FOLDER}/feeds.json"


def make_feeds(archive: Archive) -> dict[str, bytes]:
    """Make the feeds of an archive; one whose news is the same keeps its bytes, and nothing that it tells is read."""
    if not archive.records:
        return {}
    news = sorted(_list_news(archive), key=lambda item: item.order, reverse=True)
    folders: dict[str, list[News]] = {"": news}
    for item in news:
        folders.setdefault(folder_of_feed(item.record), []).append(item)
    newest = {folder: items[:MOST] for folder, items in folders.items()}

    @cache
    def tell(folder: str) -> Mapping[str, Told]:
        return tell_news(archive.out, folder, newest[folder])

    noted, files = read_json(archive.out / _MADE), dict[str, bytes]()
    made: dict[str, list[str]] = {}
    for folder, items in newest.items():
        names = list(list_feeds(archive, folder))
        key = _key_of(archive, items)
        written = _read_made(archive.out, names, noted.get(folder), key) or _write(archive, folder, items, tell=tell)
        made[folder] = [key, *map(digest_bytes, written)]
        files |= dict(zip(names, written, strict=True))
    if made != noted:
        save_json(archive.out / _MADE, made)
    return files


def _list_news(archive: Archive) -> Iterator[News]:
    """List all editions with their moments; a run that is the same says the same, whatever its page looks like."""
    digests = {record.address: record.made_from.get("run") or record.page for record in archive.records}
    issued = {record.address: record.issued for record in archive.records}
    moments = note_moments(archive.out, "editions", digests, issued=issued, known=(archive.states or {}).keys())
    for editions in archive.series.values():
        for before, record in zip([None, *editions[:-1]], editions, strict=True):
            yield News(record, before, moments[record.address])


def _key_of(archive: Archive, items: Sequence[News]) -> str:
    """Give what a feed stands for: all that it is made from, and the code that makes it."""
    told = [archive.language, archive.seed, asdict(archive.about), digest_telling_code()]
    newest = [[editions[-1].question, editions[-1].title] for editions in archive.series.values()]
    return digest([told, newest, [[item.key, list(item.moment)] for item in items]])


def _read_made(out: Path, names: Sequence[str], noted: Any, key: str) -> list[bytes]:
    """Read the files of a feed that were made from the same; nothing where they were not, or somebody changed them."""
    if not isinstance(noted, list) or noted[:1] != [key]:
        return []
    written = [(out / name).read_bytes() for name in names if (out / name).is_file()]
    return written if [key, *map(digest_bytes, written)] == noted else []


def _write(
    archive: Archive, folder: str, items: Sequence[News], *, tell: Callable[[str], Mapping[str, Told]]
) -> list[bytes]:
    newest = [editions[-1] for editions in archive.series.values()]
    entries = []
    for item in items:
        told = tell(folder_of_feed(item.record))[item.record.address]
        entries.append(_tell_entry(archive, item, told, title=name_apart(item.record, newest), folder=folder))
    feed = _begin_feed(archive, folder, [item.record for item in items], tuple(entries))
    return [write_atom(feed), write_json_feed(feed)]


def _begin_feed(archive: Archive, folder: str, records: Sequence[Record], entries: tuple[FeedEntry, ...]) -> Feed:
    about, words = archive.about, read_words(records[0].language if folder else archive.language)
    title = name_archive(about, words=words)
    return Feed(
        id=archive.make_id(f"{folder}/feed" if folder else "feed"),
        title=f"{title}: {_name_briefing(records)}" if folder else title,
        author=about.author or title,
        language=words.language,
        home=_lead(archive, folder, INDEX),
        place=_lead(archive, folder, f"{folder}/feed".lstrip("/")),
        entries=entries,
        is_public=bool(about.address),
    )


def _name_briefing(records: Sequence[Record]) -> str:
    """Name a briefing as the catalog does, or else by the one question that its editions ask."""
    questions = {name_question(record) for record in records}
    return records[0].title or (questions.pop() if len(questions) == 1 else records[0].briefing)


def _tell_entry(archive: Archive, item: News, told: Told, *, title: str, folder: str) -> FeedEntry:
    record = item.record
    words = read_words(record.language)
    day = words.date(record.as_of) if record.as_of else ""
    return FeedEntry(
        id=archive.make_id(record.address),
        title=f"{title} ({day})" if day else title,
        address=_lead(archive, folder, record.address),
        published=item.moment.first,
        updated=item.moment.changed,
        summary=told.answer or title,
        html=told.html,
        text=told.text,
        language=record.spoken or record.language,
        category=folder_of_feed(record),
    )


def _lead(archive: Archive, folder: str, name: str) -> str:
    return archive.about.lead_to(name) if archive.about.address else lead_from(folder, name)

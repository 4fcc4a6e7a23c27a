"""What a feed holds: editions, the newest first, each with what changed since the edition before it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.archive.records import Record
from briefing.archive.standing import Archive

#: What a browser is told that a feed is.
ATOM_TYPE, JSON_FEED_TYPE = "application/atom+xml", "application/feed+json"

#: What feeds are called, and what each is written as.
FEEDS = {"feed.xml": ATOM_TYPE, "feed.json": JSON_FEED_TYPE}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An edition as a feed tells it."""

    id: str
    title: str
    address: str  #: of its page: whole where the archive has an address, and else relative to the feed
    published: str  #: since when it is there, a moment of RFC 3339
    updated: str  #: since when it says what it says
    summary: str  #: its answer, in words
    html: str  #: what changed since the edition before, as markup
    text: str  #: the same in plain words
    language: str
    category: str  #: the folder of its briefing


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, whatever it is written as."""

    id: str
    title: str
    author: str
    language: str
    home: str  #: where a reader finds what it tells of
    place: str  #: where it lies itself, without the ending
    entries: tuple[FeedEntry, ...]
    is_public: bool  #: whether its addresses are whole ones

    @property
    def updated(self) -> str:
        """Since when it says what it says: as its newest change."""
        return max(entry.updated for entry in self.entries)


def folder_of_feed(record: Record) -> str:
    """Give the folder of the feed in which an edition is told, beside that of all: its briefing's."""
    return record.name.split("/")[0]


def list_feeds(archive: Archive, folder: str = "") -> dict[str, str]:
    """Name the feeds of all briefings, or of the one in a folder, with what each is written as; none without a page."""
    return {f"{folder}/{name}".lstrip("/"): kind for name, kind in FEEDS.items()} if archive.records else {}

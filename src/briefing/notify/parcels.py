"""What one recipient is told at once: in words for people, as data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.archive.mail.message import cut_subject, fold_text
from briefing.archive.mail.saying import cut_text
from briefing.archive.records import Record
from briefing.archive.register import REGISTER
from briefing.archive.sheet import name_question
from briefing.archive.standing import Archive, since_of
from briefing.editions.recipients import EVENTS, Event
from briefing.notify.news import NewsItem
from briefing.page.words import Words, read_words

#: The order in which they are told: what somebody must look after first.
_ORDER: tuple[Event, ...] = ("failed", "held", "late", "corrected", "published")

#: So many notices of a kind are told one by one, of so many editions what changed, and of each so many points of it.
_MOST, _MOST_CHANGES, _MOST_POINTS = 40, 8, 3

#: The version of what a program is told: a key that goes, or means something else, raises it; a new one does not.
VERSION = 1


@dataclass(frozen=True, slots=True)
class ParcelItem:
    """A notice as it is told."""

    notice: NewsItem
    title: str
    lines: tuple[str, ...] = ()
    address: str = ""  #: where its page is: whole where the catalog says where readers find the archive


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that a recipient is told at once."""

    notices: tuple[NewsItem, ...]
    words: Words
    subject: str
    groups: tuple[
        tuple[str, tuple[ParcelItem, ...], str], ...
    ]  #: what each kind is called, its items, and what is left out
    is_test: bool = False

    @property
    def text(self) -> str:
        """What it says as plain text."""
        parts = [_say_group(*group) for group in self.groups]
        return "\n\n".join(parts or [self.words.term("notify", "test_text")]) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        items = [_describe(item) for _, listed, _ in self.groups for item in listed]
        kind = "test" if self.is_test else "notices"
        more = len(self.notices) - len(items)
        return {
            "version": VERSION,
            "kind": kind,
            "text": f"{self.subject}\n\n{self.text}",
            "notices": items,
            "more": more,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a parcel: whether a service took it, and what went wrong, of which nothing is a secret."""

    flaw: str = ""
    is_taken: bool = False
    is_dead: bool = False  #: whether the service would take nothing else either


def make_parcel(archive: Archive, notices: Sequence[NewsItem]) -> Parcel:
    """Make what a recipient is told of some notices."""
    words = read_words(archive.language)
    records = {record.name: record for record in archive.records}
    told = list({(notice.event, notice.name, notice.digest): notice for notice in notices}.values())
    groups = []
    for event in _ORDER:
        listed = [notice for notice in told if notice.event == event]
        if listed:
            items = tuple(_make_items(archive, listed, records, words=words))
            more = words.term("notify", "more", n=len(listed) - _MOST) if len(listed) > _MOST else ""
            groups.append((words.term("notify", event), items, more))
    counts = Counter(notice.event for notice in told)
    subject = _name_one(groups[0]) if len(told) == 1 else _count(counts, words=words)
    return Parcel(tuple(told), words, cut_subject(subject), tuple(groups))


def make_test_parcel(archive: Archive) -> Parcel:
    """Make what a recipient is told to see whether it arrives."""
    words = read_words(archive.language)
    return Parcel((), words, words.term("notify", "test"), (), is_test=True)


def _make_items(
    archive: Archive, notices: Iterable[NewsItem], records: dict[str, Record], *, words: Words
) -> Iterable[ParcelItem]:
    for at, notice in enumerate(list(notices)[:_MOST]):
        record = records.get(notice.name)
        if notice.event == "published" and record:
            yield _tell_edition(archive, notice, record, words=words, with_changes=at < _MOST_CHANGES)
        else:
            yield _tell_other(archive, notice, record, words=words)


def _tell_edition(
    archive: Archive, notice: NewsItem, record: Record, *, words: Words, with_changes: bool
) -> ParcelItem:
    day = f" ({words.date(record.as_of)})" if record.as_of else ""
    since = since_of(archive, record)
    points = [f"- {point.words}" for point in since.points[:_MOST_POINTS]] if with_changes else []
    lines = (record.answer, since.count, *points)
    title = f"{name_question(record)}{day}"
    return ParcelItem(notice, title, tuple(filter(None, map(cut_text, lines))), archive.about.lead_to(record.address))


def _tell_other(archive: Archive, notice: NewsItem, record: Record | None, *, words: Words) -> ParcelItem:
    day = f" ({words.date(notice.day)})" if notice.day and notice.event in ("late", "corrected") else ""
    if notice.event == "corrected":
        title, *lines = notice.told or (notice.name,)
        return ParcelItem(notice, f"{title}{day}", tuple(lines), archive.about.lead_to(f"{REGISTER}#{notice.digest}"))
    title = notice.name or words.term("notify", "build")
    good = words.term("archive", "last_good") if record else ""
    address = archive.about.lead_to(record.address) if record else ""
    return ParcelItem(notice, f"{title}{day}", tuple(filter(None, (*notice.told, good))), address)


def _name_one(group: tuple[str, Sequence[ParcelItem], str]) -> str:
    title, (item, *_), _ = group
    return f"{title}: {item.title}"


def _count(counts: Counter[Event], *, words: Words) -> str:
    return ", ".join(words.term("notify", f"n_{event}", n=counts[event]) for event in _ORDER if counts[event])


def _say_group(title: str, items: Iterable[ParcelItem], more: str) -> str:
    """Write the notices of a kind as plain text."""
    return "\n\n".join([f"{title}:", *map(_say_item, items), *([more] if more else [])])


def _say_item(item: ParcelItem) -> str:
    lines = [fold_text(item.title, first="- ", rest="  ")]
    lines += [fold_text(line, first="  ", rest="  ") for line in item.lines]
    return "\n".join([*lines, *([f"  {item.address}"] if item.address else [])])


def _describe(item: ParcelItem) -> dict[str, Any]:
    """Describe a notice for a program."""
    notice = item.notice
    return {
        "event": notice.event,
        "meaning": EVENTS[notice.event],
        "edition": notice.name if notice.event != "corrected" else None,
        "row": notice.name if notice.event == "corrected" else None,
        "briefing": notice.briefing or None,
        "day": notice.day or None,
        "title": item.title,
        "lines": list(item.lines),
        "address": item.address or None,
        "digest": notice.digest,
    }

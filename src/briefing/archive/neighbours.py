"""Neighbours: how a reader of one page comes to the previous, the next and the newest, and to those of the same day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from briefing.archive.machines import claims_names
from briefing.archive.records import Record
from briefing.archive.sheet import as_words, lead_from, make_sheet, name_apart, name_edition, name_question, speech_of
from briefing.archive.standing import Archive
from briefing.page.links import LinkGroup, PageLink, write_links
from briefing.page.words import Words, read_words
from briefing.press.publish import INDEX

#: What leads to the newest edition of a series, beside its editions.
LATEST = "latest.html"

#: So many pages of the same day are linked to; the front page has the others.
_MOST_SISTERS = 24


def write_neighbours(archive: Archive) -> dict[str, str]:
    """Write the links of each page to its neighbours, by address."""
    days: dict[str, list[Record]] = {}
    for record in archive.records:
        days.setdefault(record.as_of, []).append(record)
    return {
        record.address: _write_for(record, editions, at, days[record.as_of])
        for editions in archive.series.values()
        for at, record in enumerate(editions)
    }


def _write_for(record: Record, editions: Sequence[Record], at: int, of_day: Sequence[Record]) -> str:
    words = read_words(record.language)
    links: dict[str, Sequence[PageLink]] = {
        "previous": [_link(record, editions[at - 1], words=words)] if at else (),
        "next": [_link(record, editions[at + 1], words=words)] if at + 1 < len(editions) else (),
        "newest": list(_link_newest(record, words=words)),
        "index": [PageLink(lead_from(record.folder, INDEX), words.term("archive", "index_link"))],
        "same_day": list(_link_sisters(record, of_day, words=words)) if record.as_of else (),
        "claims": list(_link_claims(record)),
    }
    groups = [LinkGroup(words.term("archive", key), found) for key, found in links.items()]
    return write_links(words.term("archive", "others"), groups)


def _link(record: Record, other: Record, *, words: Words) -> PageLink:
    return PageLink(lead_from(record.folder, other.address), name_edition(other, words=words))


def _link_newest(record: Record, *, words: Words) -> Iterator[PageLink]:
    """Lead to what leads to the newest: that link stands, however many editions follow."""
    if record.is_dated:
        yield PageLink(LATEST, words.term("archive", "newest_link"))


def _link_sisters(record: Record, of_day: Sequence[Record], *, words: Words) -> Iterator[PageLink]:
    """Lead to the pages of other questions, and of other values of this one, that speak for the same day."""
    sisters = [other for other in of_day if other.series != record.series]
    for other in sisters[:_MOST_SISTERS]:
        spoken = other.spoken or other.language
        language = spoken if spoken != words.language else ""
        yield PageLink(lead_from(record.folder, other.address), name_apart(other, of_day), language)


def _link_claims(record: Record) -> Iterator[PageLink]:
    for kind, name in claims_names(record).items():
        yield PageLink(lead_from(record.folder, name), kind)


def make_latest(archive: Archive) -> dict[str, bytes]:
    """Make, for each series that has days, the page that leads to its newest edition."""
    made = {}
    for series, editions in archive.series.items():
        newest = editions[-1]
        if newest.is_dated:
            words = read_words(newest.language)
            href = lead_from(newest.folder, newest.address)
            day = words.date(newest.as_of)
            body = Markup('<p>{} <a href="{}"{}>{}</a> ({})</p>\n').format(
                words.term("archive", "leads_to"),
                href,
                speech_of(newest, words=words),
                as_words(name_question(newest)),
                as_words(day),
            )
            made[latest_of(series)] = make_sheet(name_question(newest), body, words=words, leads_to=href)
    return made


def latest_of(series: str) -> str:
    """Give the name of the page that leads to the newest edition of a series."""
    return f"{series}/{LATEST}"

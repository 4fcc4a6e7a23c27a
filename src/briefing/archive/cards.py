"""The front page: a card a question, with its newest answer, its numbers, how the first of them moved, and what was.

A question with many editions has a page of its own that lists all of them, year by year.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from briefing.archive.entries import folder_of_feed, list_feeds
from briefing.archive.icalendar import CALENDAR
from briefing.archive.machines import ARCHIVE
from briefing.archive.records import Record, RecordedTile
from briefing.archive.register import REGISTER
from briefing.archive.releases import list_releases, write_releases
from briefing.archive.search_page import write_search_box
from briefing.archive.sheet import (
    as_words,
    lead_from,
    make_sheet,
    name_apart,
    name_archive,
    name_edition,
    name_question,
    say_chip,
    speech_of,
)
from briefing.archive.sparkline import draw_steps, list_steps
from briefing.archive.standing import Archive, Lack, name_series_apart
from briefing.page.words import Words, read_words
from briefing.press.publish import INDEX

#: So many older editions stand on the front page; a question with more has a list of its own.
SHOWN = 40

_EDITION = Markup('<li><a href="{}">{}</a></li>\n')
_EDITION_SAYS = Markup('<li><a href="{}">{}</a><p{}>{}</p></li>\n')


def make_front_page(archive: Archive) -> dict[str, bytes]:
    """Make the front page of a reports folder, and the lists of questions that have many editions."""
    words = read_words(archive.language)
    series = list(archive.series.values())
    newest = [editions[-1] for editions in series]
    are_several = len({folder_of_feed(record) for record in newest}) > 1  # or else the feed of all is that of the one

    def follow(record: Record) -> Markup:
        return _write_follow(archive, record, words=words) if are_several else Markup("")

    cards = Markup("").join(
        _write_card(editions, name_apart(editions[-1], newest), words=words, at=at, follow=follow(editions[-1]))
        for at, editions in enumerate(series, 1)
    )
    nothing = Markup("<p>{}</p>\n").format(words.term("archive", "no_page"))
    title = name_archive(archive.about, words=words)
    releases = list_releases(archive)
    trouble, calendar = _write_troubles(archive, words=words), write_releases(releases, words=words)
    front = make_sheet(
        title,
        trouble + (cards or nothing) + calendar,
        words=words,
        lead=write_search_box(words=words) if archive.records else "",
        asks=bool(archive.records),
        foot=_write_foot(archive, has_calendar=bool(releases), words=words),
        linked=_describe(archive, title) if archive.records else None,
        feeds=list_feeds(archive),
    )
    return {INDEX: front, **_make_lists(archive)}


def _make_lists(archive: Archive) -> dict[str, bytes]:
    lists = {}
    for series, editions in archive.series.items():
        if len(editions) - 1 > SHOWN:
            words, folder = read_words(editions[-1].language), series
            body = _write_years(editions, folder=folder, level=2, words=words)
            home = Markup('<p><a href="{}">{}</a></p>\n').format(
                lead_from(folder, INDEX), words.term("archive", "index_link")
            )
            feeds = {lead_from(folder, name): kind for name, kind in _feeds_of(archive, editions[-1]).items()}
            made = make_sheet(name_question(editions[-1]), body, words=words, lead=home, feeds=feeds)
            lists[f"{folder}/{INDEX}"] = made
    return lists


def _feeds_of(archive: Archive, record: Record) -> dict[str, str]:
    return list_feeds(archive, folder_of_feed(record))


def _write_follow(archive: Archive, record: Record, *, words: Words) -> Markup:
    """Lead to the feed of an edition's briefing."""
    return Markup('<p class="follow"><a href="{}">{}</a></p>\n').format(
        next(iter(_feeds_of(archive, record))), words.term("follow", "series")
    )


def _write_card(editions: Sequence[Record], question: str, *, words: Words, at: int, follow: Markup) -> Markup:
    newest, older = editions[-1], editions[:-1]
    return Markup(
        '<article class="card" aria-labelledby="card_{at}">\n'
        '<h2 id="card_{at}"{speech}><a href="{href}">{question}</a></h2>\n{dates}<div class="front">\n{answer}{tiles}'
        "</div>\n{moved}{older}{follow}</article>\n"
    ).format(
        at=at,
        speech=speech_of(newest, words=words),
        href=newest.address,
        question=as_words(question),
        dates=_write_day(newest, words=words),
        answer=_write_answer(newest, words=words),
        tiles=_write_tiles(newest, words=words),
        moved=draw_steps(list_steps(editions), words=words),
        older=_write_older(older, words=words) if older else "",
        follow=follow,
    )


def _write_day(record: Record, *, words: Words) -> Markup:
    if not record.as_of:
        return Markup("")
    day = Markup('<div><dt>{}</dt><dd><time datetime="{}">{}</time></dd></div>')
    badge = Markup('<div><dd><span class="badge">{}</span></dd></div>').format(as_words(record.badge))
    return Markup('<dl class="dates">{}{}</dl>\n').format(
        day.format(words("as_of"), as_words(record.as_of), as_words(words.date(record.as_of))),
        badge if record.badge else "",
    )


def _write_answer(record: Record, *, words: Words) -> Markup:
    if not record.answer:
        return Markup("")
    return Markup('<p class="said"{}>{}</p>\n').format(speech_of(record, words=words), as_words(record.answer))


def _write_tiles(record: Record, *, words: Words) -> Markup:
    if not record.tiles:
        return Markup("")
    tiles = Markup("").join(_write_tile(tile, speech_of(record, words=words), words=words) for tile in record.tiles)
    return Markup('<ul class="tiles" aria-label="{}">\n{}</ul>\n').format(words.term("front", "tiles"), tiles)


def _write_tile(tile: RecordedTile, speech: Markup, *, words: Words) -> Markup:
    chips = Markup(" ").join(_write_chip(chip, words=words) for chip in tile.chips)
    whose = ", ".join(filter(None, (tile.claimant, words.date(tile.when) if tile.when else "")))
    lines = {"value": tile.words, "hedge": tile.hedge, "label": tile.label, "whose": whose}
    told = (
        Markup('<p class="{}"{}>{}</p>').format(kind, speech, as_words(line)) for kind, line in lines.items() if line
    )
    chipped = Markup('<p class="chips">{}</p>').format(chips) if chips else ""
    return Markup('<li class="tile">{}{}</li>\n').format(Markup("").join(told), chipped)


def _write_chip(chip: Mapping[str, Any], *, words: Words) -> Markup:
    return Markup('<span class="chip {}">{}</span>').format(chip["kind"], as_words(say_chip(chip, words=words)))


def _write_older(older: Sequence[Record], *, words: Words) -> Markup:
    """Fold the older editions; where there are many, the newest of them and the way to the list of all."""
    shown = older[-SHOWN:]
    number = len(older)
    listed = Markup("")
    if shown != older:
        href, told = f"{older[0].series}/{INDEX}", words.term("archive", "list", n=number + 1)
        listed = Markup('<p><a href="{}">{}</a></p>\n').format(href, told)
    return Markup('<details class="fold"><summary>{}</summary>\n{}{}</details>\n').format(
        words.term("archive", "older", n=number), listed, _write_years(shown, folder="", level=3, words=words)
    )


def _write_years(editions: Iterable[Record], *, folder: str, level: int, words: Words) -> Markup:
    """Write editions as lists, the newest first, a list a year; `level` is that of the headings."""
    newest_first = sorted(editions, key=lambda record: record.order, reverse=True)
    years = itertools.groupby(newest_first, key=lambda record: record.as_of[:4])
    return Markup("").join(
        _write_year(year, list(told), folder=folder, level=level, words=words) for year, told in years
    )


def _write_year(year: str, editions: Iterable[Record], *, folder: str, level: int, words: Words) -> Markup:
    """Write the editions of a year, the newest first; an answer that the one above it gave too is not said again."""
    items, answers = [], ["", *(record.answer for record in editions)]
    for record, above in zip(editions, answers[:-1], strict=True):
        day = name_edition(record, words=words)
        link = (lead_from(folder, record.address), as_words(day))
        if record.answer in ("", above):
            items.append(_EDITION.format(*link))
        else:
            items.append(_EDITION_SAYS.format(*link, speech_of(record, words=words), as_words(record.answer)))
    listed = Markup("").join(items)
    shape = Markup('<h{level} class="year">{year}</h{level}>\n<ul class="editions">\n{listed}</ul>\n')
    return shape.format(level=level, year=as_words(year), listed=listed)


def _write_troubles(archive: Archive, *, words: Words) -> Markup:
    if not archive.troubles:
        return Markup("")
    questions = name_series_apart(archive)
    items = Markup("").join(
        Markup('<li dir="auto">{}</li>\n').format(_tell_trouble(told, questions, words=words))
        for told in archive.troubles
    )
    return Markup(
        '<section class="trouble" aria-labelledby="trouble">\n<h2 id="trouble">{}</h2>\n<ul>\n{}</ul>\n</section>\n'
    ).format(words.term("archive", "trouble"), items)


def _tell_trouble(trouble: Lack, questions: Mapping[str, str], *, words: Words) -> Markup:
    """Say what is wrong with an edition, by its question and its day; by its name where nobody knows what it asks."""
    day = words.date(trouble.day) if trouble.day else ""
    question = questions.get(trouble.series, "")
    key = "named" if day and trouble.kind != "late" else "named_alone"
    name = words.term("archive", key, question=question, date=day) if question else trouble.name
    told = words.term("archive", trouble.kind, name=name, date=day)
    stands = words.term("archive", "last_good") if trouble.has_page and trouble.kind in ("held", "failed") else ""
    return as_words(f"{told} {stands}".strip())


def _write_foot(archive: Archive, *, has_calendar: bool, words: Words) -> Markup:
    """Write the foot: our errors, what a reader may follow, and what there is for machines."""
    ways = dict(zip(list_feeds(archive), ("feed", "json"), strict=False))
    ways |= {CALENDAR: "calendar"} if has_calendar else {}
    links = Markup(" · ").join(
        Markup('<a href="{}">{}</a>').format(name, words.term("follow", key)) for name, key in ways.items()
    )
    register = Markup('<p><a href="{}">{}</a>: {}</p>\n').format(
        REGISTER, words.term("register", "title"), words.term("register", "link")
    )
    follow = Markup("<p>{}: {}</p>\n").format(words.term("follow", "title"), links) if links else ""
    machines = Markup('<p>{}: <a href="{}">{}</a> ({})</p>\n').format(
        words.term("archive", "machines"), ARCHIVE, ARCHIVE, words.term("archive", "machines_link")
    )
    return Markup("<footer>\n{}{}{}</footer>\n").format(register, follow, machines)


def _describe(archive: Archive, title: str) -> dict[str, Any]:
    """Describe the archive as linked data: a dataset of editions, and the file that lists them."""
    days = sorted(record.as_of for record in archive.records if record.as_of)
    questions = [name_question(editions[-1]) for editions in archive.series.values()]
    told = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": " ".join(questions)[:5000],
        "temporalCoverage": f"{days[0]}/{days[-1]}" if days else None,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": ARCHIVE},
        ],
        "hasPart": [
            {"@type": "Report", "name": name_question(editions[-1]), "url": editions[-1].address}
            for editions in archive.series.values()
        ],
    }
    return {name: value for name, value in told.items() if value}

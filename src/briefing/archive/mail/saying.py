"""What a mail says, in words: the same for its markup and for its plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.archive.mail.letter import Letter
from briefing.archive.neighbours import latest_of
from briefing.archive.records import RecordedTile
from briefing.archive.sheet import name_question, say_chip
from briefing.blocks.walk import plain
from briefing.errors import UNPRINTABLE
from briefing.page.words import Words
from briefing.press.publish import INDEX

#: So many letters of a text are mailed; the page that is attached has it whole.
LONGEST = 1_500

#: So many lines of a list are mailed.
MOST_POINTS = 12


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says of an edition; what it has nothing of is empty."""

    question: str
    answer: str
    dates: str = ""
    marking: str = ""
    assurance: str = ""
    standfirst: str = ""
    counted: str = ""
    points: Sequence[str] = ()
    contested: Sequence[str] = ()
    instead: str = ""  #: what is said where there is no picture
    flaw: str = ""
    attached: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class SaidTile:
    """A number that leads, what earlier counts said, what it is, and whose count it is with its standing."""

    value: str
    hedge: str
    label: str
    rest: str


def cut_text(text: str) -> str:
    """Cut a text that is longer than a mail shows, and say so.

    Examples
    --------
    >>> len(cut_text("word " * 1_000)), cut_text("word ")
    (1500, 'word ')
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def in_one_header_line(text: str) -> str:
    """Give a text as a header of a mail takes it: on one line, with nothing that ends it.

    Examples
    --------
    >>> in_one_header_line("Will it\\r\\nBcc: all@example.org\\x00?")
    'Will it Bcc: all@example.org ?'
    """
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def say_letter(letter: Letter, *, words: Words) -> Said:
    """Word an edition for its mail."""
    record, front = letter.record, letter.front
    contested = [cut_text(plain(line)) for line in front.contested] if front else []
    return Said(
        question=cut_text(name_question(record)),
        answer=cut_text(record.answer),
        dates=_say_dates(letter, words=words),
        marking=cut_text(front.marking) if front else "",
        assurance=cut_text(record.assurance),
        standfirst=cut_text(plain(front.standfirst)) if front else "",
        counted=cut_text(letter.since.count),
        points=[cut_text(point.words) for point in letter.since.points],
        contested=_say_some(contested, words=words),
        instead=cut_text(letter.instead),
        flaw=words.term("archive", "unread", name=record.name) if record.flaw else "",
        attached=_say_attached(letter, words=words),
        foot=words.term("mail", "foot", name=record.name),
    )


def _say_dates(letter: Letter, *, words: Words) -> str:
    """Say the day that it speaks for, and who judges."""
    record, front = letter.record, letter.front
    parts = [f"{words('as_of')} {words.date(record.as_of)}" if record.as_of else words("as_of_whole")]
    if front and front.judged_by:
        badge = f" ({front.badge})" if front.badge else ""
        parts.append(f"{words.term('front', 'judged_by')} {front.judged_by}{badge}")
    return cut_text(" · ".join(parts))


def _say_some(points: Sequence[str], *, words: Words) -> list[str]:
    more = len(points) - MOST_POINTS
    return [*points[:MOST_POINTS], *([words.term("mail", "more", n=more)] if more > 0 else [])]


def _say_attached(letter: Letter, *, words: Words) -> str:
    key = "too_large" if letter.is_large else "attached"
    return words.term("mail", key, name=letter.file_name, size=f"{len(letter.page) / 1e6:.1f}")


def say_tile(tile: RecordedTile, *, words: Words) -> SaidTile:
    """Word a number that leads."""
    chips = [say_chip(chip, words=words) for chip in tile.chips]
    rest = " · ".join(filter(None, (tile.claimant, words.date(tile.when) if tile.when else "", *chips)))
    return SaidTile(*map(cut_text, (tile.words, tile.hedge, tile.label, rest)))


def list_links(letter: Letter, *, words: Words) -> list[tuple[str, str]]:
    """List where a mail leads, each with its words; nowhere where nobody said under what address the archive lies."""
    record = letter.record
    if not letter.site:
        return []
    newest = [(words.term("archive", "newest_link"), latest_of(record.series))] if record.is_dated else []
    changed = [(words.term("mail", "since"), letter.since.page)] if letter.since.page else []
    places = [
        (words.term("mail", "page"), record.address),
        *changed,
        *newest,
        (words.term("archive", "index_link"), INDEX),
    ]
    return [(told, letter.site + place) for told, place in places]

"""The message: body, plain text, picture and page in one file that a mail program opens as a draft.

Two runs give the same bytes: its boundaries and ids come from what it holds, and its date from the edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from textwrap import wrap

from briefing.archive.mail.body import PICTURE, write_body
from briefing.archive.mail.letter import Letter
from briefing.archive.mail.saying import Said, SaidTile, in_one_header_line, list_links, say_letter, say_tile
from briefing.editions.fingerprint import digest_bytes
from briefing.page.tame import tame_text
from briefing.page.words import Words, read_words

#: A line of plain text is so long at most, but for an address.
_LINE = 74

#: So many letters of a question are a subject.
_SUBJECT = 150


def make_message(letter: Letter, *, attach: bool = True) -> EmailMessage:
    """Make the message of an edition: nothing in it names a sender or a reader, and nothing is sent."""
    words = read_words(letter.record.language)
    said = say_letter(letter, words=words)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = name_subject(said.question, letter.record.as_of, words=words)
    if moment := _find_date(letter):
        message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{digest_bytes(letter.page)[:32]}@briefing.invalid>"
    message.set_content(write_plain_text(letter, said, words=words), cte="quoted-printable")
    message.add_alternative(write_body(letter, said, words=words), subtype="html", cte="quoted-printable")
    _add_picture(message, letter)
    if attach:
        name, told = letter.file_name, {"charset": "utf-8"}
        message.add_attachment(letter.page, maintype="text", subtype="html", filename=name, params=told)
    return fix_boundaries(message)


def write_draft(message: EmailMessage) -> bytes:
    """Write a message as a file that a mail program opens as a draft."""
    message["X-Unsent"] = "1"
    return message.as_bytes()


def name_subject(question: str, day: str, *, words: Words) -> str:
    """Name a mail: what it asks, and of which day."""
    asked = cut_subject(question)
    return f"{asked} ({in_one_header_line(words.date(day))})" if day else asked


def cut_subject(text: str) -> str:
    """Give a text as the subject of a mail takes it: on one line, and not too long.

    Examples
    --------
    >>> len(cut_subject("word " * 1_000)), cut_subject("Failed:\\nBcc: x")
    (150, 'Failed: Bcc: x')
    """
    told = in_one_header_line(text)
    return told if len(told) <= _SUBJECT else f"{told[: _SUBJECT - 1]}…"


def _find_date(letter: Letter) -> dt.datetime | None:
    """Find the date of a mail: the day on which the edition was made, or else the one that it speaks for."""
    for day in (letter.record.issued, letter.record.as_of):
        try:
            return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC)
        except ValueError:
            continue
    return None


def _add_picture(message: EmailMessage, letter: Letter) -> None:
    """Put the picture beside the markup that shows it."""
    markup = message.get_body(("html",))
    if letter.picture and isinstance(markup, EmailMessage):
        markup.add_related(
            letter.picture, "image", "png", cid=f"<{PICTURE}>", disposition="inline", filename="hero.png"
        )


def fix_boundaries(message: EmailMessage) -> EmailMessage:
    """Part a message by boundaries that are the same in each run, and in nobody's text."""
    parts = [part for part in message.walk() if part.is_multipart()]
    told = "".join(str(part.get_payload()) for part in message.walk() if not part.is_multipart())
    made = digest_bytes(told.encode("utf-8", "replace"))[:32]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_briefing_{made}_{number}")
    return message


def write_plain_text(letter: Letter, said: Said, *, words: Words) -> str:
    """Write the same as plain text."""
    tiles = [say_tile(tile, words=words) for tile in letter.record.tiles]
    numbers = [_say_number(tile) for tile in tiles]
    links = "\n".join(f"{told}: {href}" for told, href in list_links(letter, words=words))
    hero = letter.front.hero if letter.front and letter.picture else None
    paragraphs = (
        *map(fold_text, (said.marking, said.question, said.dates, said.answer, said.assurance, said.standfirst)),
        list_plain_points(words.term("front", "tiles"), numbers),
        fold_text(hero.description if hero else said.instead),
        list_plain_points(said.counted, said.points) or fold_text(said.counted),
        list_plain_points(words.term("front", "disputes"), said.contested),
        fold_text(said.flaw), fold_text(said.attached), links, fold_text(said.foot),
    )  # fmt: skip
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _say_number(tile: SaidTile) -> str:
    """Say a number that leads in one line."""
    hedge, rest = f" ({tile.hedge})" if tile.hedge else "", f" [{tile.rest}]" if tile.rest else ""
    return f"{tile.label}: {tile.value}{hedge}{rest}"


def list_plain_points(title: str, points: Sequence[str]) -> str:
    """Write a list of plain text under its title; nothing where it has no point."""
    listed = [fold_text(point, first="- ", rest="  ") for point in points]
    return "\n".join([fold_text(title), *listed]) if listed else ""


def fold_text(text: str, *, first: str = "", rest: str = "") -> str:
    """Fold a paragraph of plain text into lines."""
    told = " ".join(tame_text(text).split())
    folded = wrap(
        told, _LINE, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(folded)

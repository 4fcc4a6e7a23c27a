"""News: an edition told to whoever follows the archive: its answer, and what changed since the edition before.

What was told once is kept, since a feed tells fifty editions of which one is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from briefing.archive.keeping import FOLDER, read_details
from briefing.archive.moments import Moment
from briefing.archive.records import Details, Record
from briefing.archive.sheet import as_words
from briefing.archive.since import find_since
from briefing.archive.since_points import count_changes, list_points
from briefing.editions.fingerprint import digest, digest_bytes
from briefing.page.tame import tame_text
from briefing.page.words import read_words
from briefing.press.publish import read_json, save_json


@dataclass(frozen=True, slots=True)
class News:
    """An edition, the one before it, and since when it says what it says."""

    record: Record
    before: Record | None
    moment: Moment

    @property
    def order(self) -> tuple[str, tuple[str, str]]:
        """What news is ordered by: when it became so, then the day that it speaks for."""
        return self.moment.changed, self.record.order

    @property
    def key(self) -> list[str]:
        """What its words are made from."""
        known = [record for record in (self.record, self.before) if record]
        return [part for record in known for part in (record.address, record.page, record.details)]


@dataclass(frozen=True, slots=True)
class Told:
    """News in words."""

    answer: str
    count: str  #: what changed since the edition before, counted on a line; or that there is none before
    points: tuple[str, ...]  #: what of it tells most

    @property
    def html(self) -> str:
        """The news as markup, whatever its words hold."""
        answer = Markup("<p><strong>{}</strong></p>\n").format(as_words(self.answer)) if self.answer else Markup("")
        points = Markup("").join(Markup("<li>{}</li>\n").format(as_words(point)) for point in self.points)
        listed = Markup("<ul>\n{}</ul>\n").format(points) if points else Markup("")
        return str(Markup("{}<p>{}</p>\n{}").format(answer, as_words(self.count), listed))

    @property
    def text(self) -> str:
        """The news in plain words."""
        points = "".join(f"\n- {point}" for point in self.points)
        return "\n\n".join(filter(None, (self.answer, f"{self.count}{points}")))


def tell_news(out: Path, folder: str, news: Sequence[News]) -> dict[str, Told]:
    """Tell the news of a folder, by address; what is kept of it is told again, and no page's details are read for it.

    Only what was told the last time is kept.
    """
    path = out / FOLDER / "news" / f"{folder}.json"
    noted = read_json(path)
    kept: dict[str, list[Any]] = {}
    details: dict[str, Details] = {}
    for item in news:
        address, key = item.record.address, digest([item.key, digest_telling_code()])
        known = noted.get(address)
        is_known = isinstance(known, list) and len(known) == 4 and known[0] == key
        kept[address] = known if is_known and known else [key, *_tell(out, item, details)]
    if kept != noted:
        save_json(path, kept)
    return {address: Told(answer, count, tuple(points)) for address, (_, answer, count, points) in kept.items()}


def _tell(out: Path, item: News, details: dict[str, Details]) -> tuple[str, str, list[str]]:
    """Tell an edition; the details of an edition stand in two pieces of news, and are read once."""
    for record in filter(None, (item.before, item.record)):
        if record.address not in details:
            details[record.address] = read_details(out, record)
    words = read_words(item.record.language)
    then = details[item.before.address] if item.before else Details()
    since = find_since(item.before, item.record, then=then, now=details[item.record.address])
    points = [tame_text(point.words) for point in list_points(since, words=words)]
    return tame_text(item.record.answer), tame_text(count_changes(since, words=words)), points


@cache
def digest_telling_code() -> str:
    """Give the digest of the code and the words that tell news: what others told is told anew."""
    places: list[Any] = [files("briefing.archive"), files("briefing.page") / "languages"]
    found = sorted((file for place in places for file in place.iterdir() if file.is_file()), key=lambda file: file.name)
    return digest_bytes(b"".join(file.read_bytes() for file in found if file.name.endswith((".py", ".toml"))))

"""What the mail of an edition says: its record, the front of its stored run, its picture, its page as it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from briefing.archive.mail.picture import draw_png
from briefing.archive.records import Record
from briefing.archive.runs import read_run, read_run_blocks
from briefing.archive.since_kept import SinceSummary
from briefing.archive.standing import Archive, since_of
from briefing.blocks.blocks import Front
from briefing.blocks.walk import plain
from briefing.errors import BriefingError, PublishError, UsageError, did_you_mean
from briefing.page.links import check_links, part_links
from briefing.page.notices import find_strange
from briefing.page.words import read_words
from briefing.press.publish import digest_page, manifest_path, read_json

#: Many mail services refuse a message with more attached.
MOST_ATTACHED = 10_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """All that the mail of an edition says."""

    record: Record
    page: bytes
    front: Front | None = None  #: of its stored run; ``None`` where that has none, or cannot be read
    picture: bytes = b""  #: the chart that carries the argument, as PNG
    width: int = 0  #: of the picture as it is shown
    instead: str = ""  #: why there is no picture, as the page says it
    since: SinceSummary = field(default_factory=partial(SinceSummary, ""))  #: what changed since the last edition
    site: str = ""  #: where readers find the archive, with a slash at its end; empty where nobody said

    @property
    def file_name(self) -> str:
        """What its page is called as an attachment."""
        return self.record.address.replace("/", "-")

    @property
    def is_large(self) -> bool:
        """Whether many mail services would refuse its page."""
        return len(self.page) > MOST_ATTACHED


def pick_record(archive: Archive, edition: str) -> Record:
    """Find an edition whose page stands as it was made.

    Raises `UsageError` where there is none of that name, and `PublishError` where its page was changed or is gone.
    """
    name = edition.removesuffix(".html")
    known = {record.name: record for record in archive.records}
    if name in known:
        return known[name]
    troubles: Mapping[str, str] = {told.name: told.kind for told in archive.troubles if not told.has_page}
    place = archive.out / f"{name}.html"
    if troubles.get(name) == "changed":
        raise _changed(place)
    rule = "what is mailed is a page that was built"
    if name in troubles:
        told = {"gone": "is no longer here", "late": "is late", "missing": "has not been made yet"}
        state = told.get(
            troubles[name], f"{'was held' if troubles[name] == 'held' else 'failed'}, and has no good page"
        )
        raise UsageError(f"{name}: {state}; {rule}. Build it first: briefing status says why it is not there.")
    raise UsageError(f"{edition}: is no edition in {archive.out}; {rule}. {did_you_mean(name, known)}")


def read_letter(archive: Archive, record: Record) -> Letter:
    """Read what the mail of an edition says; nothing is run.

    Raises `PublishError` where its page is not the one that was made.
    """
    page = _read_page(archive.out / record.address, record)
    letter = Letter(record, page, since=since_of(archive, record), site=archive.about.address)
    front = _read_front(archive.out, record)
    return _with_picture(replace(letter, front=front)) if front else letter


def _read_page(path: Path, record: Record) -> bytes:
    """Read a page; its links to neighbours are the archive's own, and nothing else is among them."""
    try:
        page = path.read_bytes()
    except OSError as error:
        raise PublishError(f"{path}: {error.strerror}; a mail has the whole page attached. Build it again.") from None
    made, blocks = part_links(page)
    is_strange = check_links(blocks) or find_strange(blocks, page=made.decode("utf-8", "replace"))
    if digest_page(page) != record.page or is_strange:
        raise _changed(path)
    return page


def _changed(path: Path) -> PublishError:
    rule = "a page is mailed as it was made"
    return PublishError(f"{path}: was changed after it was made; {rule}. Build it again: briefing build --force.")


def _read_front(out: Path, record: Record) -> Front | None:
    try:
        blocks, _ = read_run_blocks(read_run(out, read_json(manifest_path(out, record.address))))
    except (OSError, ValueError, EOFError, KeyError, AttributeError, BriefingError):
        return None  # the record says that, and why
    return next((block for block in blocks if isinstance(block, Front)), None)


def _with_picture(letter: Letter) -> Letter:
    """Add the picture, or the reason why there is none."""
    front = letter.front
    if front is None or front.hero is None:
        return replace(letter, instead=plain(front.instead) if front else "")
    try:
        picture, width = draw_png(front.hero)
    except ValueError:
        return replace(letter, instead=read_words(letter.record.language).term("mail", "undrawn"))
    return replace(letter, picture=picture, width=width)

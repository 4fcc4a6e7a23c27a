"""Writing the archive: at the end of a build, under its lock, from what the press stored.

What is to be there is worked out first; then only what differs is written. To add a file that stands around the pages,
write a function from an `Archive` to files by name and list it in `_AROUND`; one that stands beside each page is made
from a record and its details (`_BESIDE`), and only where the edition changed. The page of what changed since the
edition before stands beside its page too, and is made anew where either of both editions changed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

from briefing.archive.cards import make_front_page
from briefing.archive.feeds import make_feeds
from briefing.archive.icalendar import make_calendar
from briefing.archive.keeping import FOLDER, MadeRecord, digest_own_code, read_details
from briefing.archive.machines import make_claims, make_index_of_editions
from briefing.archive.neighbours import make_latest
from briefing.archive.notices import write_blocks
from briefing.archive.records import Details, Record
from briefing.archive.register import make_register
from briefing.archive.search_page import make_search
from briefing.archive.settled import noting_how_left
from briefing.archive.since_asked import list_compared, note_asked
from briefing.archive.since_kept import SinceSummary, digest_pair, find_between, summarize, write_summaries
from briefing.archive.since_pages import make_since_page, since_address
from briefing.archive.stamps import (
    EditionState,
    PageState,
    digest_contents,
    find_as_written,
    list_below,
    read_state,
    write_states,
)
from briefing.archive.standing import Archive, look_around
from briefing.editions.catalog import Briefing
from briefing.editions.fingerprint import digest, digest_bytes
from briefing.errors import PublishError
from briefing.page.links import put_links
from briefing.press.publish import (
    INDEX,
    OWNER,
    hold_lock,
    note_around,
    read_around,
    refuse_links,
    write_changed,
    write_file,
)
from briefing.press.stamps import stamp_file, tell_moment

#: What is made of the whole archive; the front page is written last, so that it leads to what is there.
_AROUND: tuple[Callable[[Archive], Mapping[str, bytes]], ...] = (
    make_latest,
    make_index_of_editions,
    make_register,
    make_feeds,
    make_calendar,
    make_search,
    make_front_page,
)

#: What is made of one edition, beside its page.
_BESIDE: tuple[Callable[[Record, Details], Mapping[str, bytes]], ...] = (make_claims,)


@contextmanager
def _collect_seldom() -> Iterator[None]:
    """Have Python look for garbage seldom: a thousand records are none, and are looked through each time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_collect_seldom()
def write_archive(
    out: Path,
    *,
    briefings: Sequence[Briefing] = (),
    data: Path | None = None,
    ahead: Mapping[str, MadeRecord] | None = None,
) -> Archive:
    """Write all that stands around the pages of a reports folder, and give what it was made from.

    Whoever calls it holds the folder's lock. What nobody changed keeps its bytes. With the catalog's briefings and the
    dossier the front page tells what they ask for and is not there; without, what they asked for last. `ahead` are the
    records that were made while editions were (`make_ahead`).

    Raises `PublishError` where the folder cannot be written.
    """
    with noting_how_left(out, briefings=briefings, data=data):
        return _write_all(out, briefings=briefings, data=data, ahead=ahead)


def _write_all(
    out: Path, *, briefings: Sequence[Briefing], data: Path | None, ahead: Mapping[str, MadeRecord] | None
) -> Archive:
    begun = _tell_beginning(out)
    archive = look_around(out, briefings=briefings, data=data, ahead=ahead)
    states = {address: replace(state, beside="", files=None) for address, state in (archive.states or {}).items()}
    compared, told = list_compared(archive), dict(archive.since)
    for record in archive.records:
        earlier = compared.get(record.address, [])
        states[record.address], made = _write_beside(out, record, archive.state(record), earlier)
        told |= {record.address: made} if made else {}
    archive = replace(archive, since=_keep_told(archive, told, compared))
    for address, blocks in write_blocks(archive).items():
        states[address] = replace(states[address], page=_write_links(out, out / address, states[address].page, blocks))
    archive = replace(archive, states=states)
    files = {name: made for make in _AROUND for name, made in make(archive).items()}
    for name in sorted(files, key=lambda name: name == INDEX):
        _write(out, name, files[name])
    digests = {name: digest_bytes(made) for name, made in files.items()}
    beside = {name: made for state in states.values() for name, (_, made) in (state.files or {}).items()}
    _clear(out, gone=read_around(out).keys() - digests.keys() - beside.keys(), known=states)
    note_around(out, {**beside, **digests})
    write_states(out, states, begun=begun)
    return archive


def _tell_beginning(out: Path) -> int:
    """Tell the moment, by the disk's clock; where nobody can write there, it is before all others."""
    try:
        return tell_moment(out / OWNER)
    except OSError:
        return 0


def write_compared(out: Path, before: Record, after: Record) -> str:
    """Write the page of what changed between two editions, and note that it was asked for; give its address.

    Raises `PublishError` where the folder cannot be written.
    """
    with hold_lock(out):
        note_asked(out, before, after)
        write_archive(out)
    return since_address(before, after)


def _write_beside(
    out: Path, record: Record, state: EditionState, compared: Sequence[Record]
) -> tuple[EditionState, SinceSummary | None]:
    """Write the files beside a page where it or what it is compared with changed, or one is not as it was written.

    Gives also what changed since the edition before in short, where that was worked out.
    """
    pairs = [digest_pair(before, record) for before in compared]
    made_from = digest([digest_own_code(), _digest_makers(), record.page, record.details, pairs])
    known = state.files or {}
    still = {name: (find_as_written(f"{out}/{name}", stood, made), made) for name, (stood, made) in known.items()}
    if state.beside == made_from and state.files is not None and all(stands for stands, _ in still.values()):
        return replace(state, files=still), None
    details = read_details(out, record)
    files = {name: made for make in _BESIDE for name, made in make(record, details).items()}
    found = [find_between(out, before, record, now=details) for before in compared]
    files |= {since_address(since.before, record): make_since_page(since) for since in found if since.before}
    for name, made in files.items():
        _write(out, name, made)
    told = {name: (stamp_file(out / name), digest_bytes(made)) for name, made in files.items()}
    return replace(state, beside=made_from, files=told), summarize(found[0]) if found else None


def _keep_told(
    archive: Archive, told: Mapping[str, SinceSummary], compared: Mapping[str, Sequence[Record | None]]
) -> dict[str, SinceSummary]:
    """Keep in short what changed since the edition before each, and give it."""
    known = {
        record.address: told.get(record.address) or summarize(find_between(archive.out, before, record))
        for record in archive.records
        for before in compared.get(record.address, [None])[:1]
    }
    if known != archive.since:
        write_summaries(archive.out, archive.records, known)
    return known


@cache
def _digest_makers() -> str:
    """Give the digest of the code that makes the files beside a page."""
    return digest_bytes(b"".join(Path(make.__code__.co_filename).read_bytes() for make in _BESIDE))


def _write_links(out: Path, path: Path, state: PageState, blocks: Mapping[str, str]) -> PageState:
    """Fill a page's blocks where what stands there is another; all else on it stays."""
    if all(stood == digest_contents(blocks.get(name, "")) for name, stood in state.blocks.items()):
        return state
    refuse_links(out, path)
    page = put_links(path.read_bytes(), blocks)
    write_changed(path, page)
    return read_state(stamp_file(path), page)


def _write(out: Path, name: str, content: bytes) -> None:
    path = out / name
    refuse_links(out, path.parent)
    if path.is_symlink():
        write_file(path, content)  # which puts the file in the place of the link
    else:
        write_changed(path, content)


def _clear(out: Path, *, gone: Iterable[str], known: Mapping[str, EditionState]) -> None:
    """Take away what stood around pages that are no longer there, and what was kept of them."""
    for name in gone:
        place = PurePosixPath(name)
        if name not in known and not place.is_absolute() and ".." not in place.parts:
            with suppress(OSError, PublishError):
                refuse_links(out, (out / name).parent)
                (out / name).unlink()
    for kind, ending in (("records", ".json"), ("details", ".json.gz")):
        folder = out / FOLDER / kind
        for name in list_below(folder, ending):
            if f"{name}.html" not in known:
                with suppress(OSError):
                    (folder / f"{name}{ending}").unlink()

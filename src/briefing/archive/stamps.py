"""How a file stood when the archive last read it, so that a thousand pages need not be read to know one that changed.

Size and time of a file can be set back by whoever changes it; the time of its last change of state cannot, short of
the machine's clock.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefing.archive.keeping import FOLDER, digest_own_code
from briefing.editions.fingerprint import digest_bytes
from briefing.page.links import part_links
from briefing.press.stamps import FileStamp, is_older_than_a_tick, stamp_file
from briefing.press.whole import read_whole, write_whole

#: Where it is noted how files stood.
_PATH = f"{FOLDER}/state.json"


@dataclass(frozen=True, slots=True)
class PageState:
    """A page as it lies there."""

    stamp: FileStamp
    made: str = ""  #: the digest of the page as it was made
    file: str = ""  #: the digest of the whole file
    #: The digest of what stands in each of its blocks outside the seal; only those that it has.
    blocks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditionState:
    """What was seen of an edition when its record was last read."""

    manifest: FileStamp = ()
    key: str = ""  #: what its record stood for
    page: PageState = PageState(())
    beside: str = ""  #: what the files beside its page were made from
    files: Mapping[str, tuple[FileStamp, str]] | None = None  #: those files: how each stood, and its digest


def list_below(folder: Path, ending: str) -> list[str]:
    """List the files below a folder whose names end so, by those names in it without that ending, in order."""
    found = []
    for place, _, names in os.walk(folder):
        inner = "".join(f"{step}/" for step in Path(place).relative_to(folder).parts)
        found += [f"{inner}{name.removesuffix(ending)}" for name in names if name.endswith(ending)]
    return sorted(found, key=lambda name: name.split("/"))


def look_at_page(path: Path, known: PageState) -> PageState:
    """Look at a page, and read it where it does not stand as it did; one that is no plain file has no digests."""
    now = stamp_file(path)
    return known if now and now == known.stamp else read_state(now, path.read_bytes()) if now else PageState(())


def read_state(now: FileStamp, page: bytes) -> PageState:
    """Give the state of a page with these bytes."""
    parted = part_links(page)
    blocks = {name: digest_contents(contents) for name, contents in parted.blocks.items()}
    return PageState(now, digest_bytes(parted.made), digest_bytes(page), blocks)


def digest_contents(contents: str) -> str:
    """Give the digest of what stands in a block; empty where nothing does."""
    return digest_bytes(contents.encode())[:32] if contents else ""


def read_states(out: Path) -> dict[str, EditionState]:
    """Read how the editions of a reports folder stood, by address; nothing where the note is missing or damaged."""
    noted = _read_noted(out)
    try:
        return {address: _read_edition(cells) for address, cells in noted.items()}
    except (TypeError, ValueError, KeyError, AttributeError):
        return {}


def write_states(out: Path, states: Mapping[str, EditionState], *, begun: int) -> None:
    """Note how the editions stand now; of a file that has changed since `begun`, or a moment before, not how it stood.

    It could have changed once more since it was read, without another stamp: its content is looked at next time.
    """
    plain = {address: _to_cells(_forget_unsettled(state, begun)) for address, state in states.items()}
    write_whole(out / _PATH, {"code": digest_own_code(), "editions": plain})


def _forget_unsettled(state: EditionState, begun: int) -> EditionState:
    def forget(stood: FileStamp) -> FileStamp:
        return stood if is_older_than_a_tick(stood, begun) else ()

    files = {name: (forget(stood), made) for name, (stood, made) in (state.files or {}).items()}
    page = replace(state.page, stamp=forget(state.page.stamp))
    return replace(state, manifest=forget(state.manifest), page=page, files=None if state.files is None else files)


def find_as_written(path: Path | str, stood: FileStamp, made: str) -> FileStamp:
    """Give how a file stands where it is the one that was written; nothing where it is another, or is not there.

    Where it is not known how it stood its content tells.
    """
    now = stamp_file(path)
    is_same = now == stood if stood else bool(now) and digest_bytes(Path(path).read_bytes()) == made
    return now if is_same else ()


def _read_noted(out: Path) -> Mapping[str, Any]:
    noted = read_whole(out / _PATH)
    editions = noted.get("editions", {}) if noted.get("code") == digest_own_code() else {}
    return editions if isinstance(editions, dict) else {}


def _to_cells(state: EditionState) -> list[Any]:
    page = state.page
    files = {name: [list(stood), made] for name, (stood, made) in (state.files or {}).items()}
    return [list(state.manifest), state.key, [list(page.stamp), page.made, page.file, page.blocks], state.beside, files]


def _read_edition(cells: Sequence[Any]) -> EditionState:
    manifest, key, (stood, made, file, blocks), beside, files = cells
    page = PageState(tuple(stood), made, file, dict(blocks))
    return EditionState(
        tuple(manifest), key, page, beside, {name: (tuple(at), digest) for name, (at, digest) in files.items()}
    )

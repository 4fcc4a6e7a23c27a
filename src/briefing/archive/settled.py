"""Whether all that stands around the pages is as it was left: then none of it is read to be written again.

What stands around the pages is made from the reports folder itself, the catalog, the dossier's list of corrections, the
day and the code. When it has been written, the archive notes all of that, and how every file of the folder stood. The
next build makes it anew unless each of these is the same. A file that was changed a moment before the note could be
changed once more without another stamp: of such files the note holds the digests, and they are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from briefing.editions.catalog import CATALOG, Briefing, list_editions
from briefing.editions.fingerprint import digest, digest_all_code, digest_bytes, list_versions
from briefing.errors import PublishError
from briefing.press.heartbeat import HEARTBEAT
from briefing.press.publish import LOCK, OWNER, PRESS, note_writes
from briefing.press.seen import NOTED_SEEN
from briefing.press.stamps import FileStamp, is_older_than_a_tick, stamp_of, tell_moment
from briefing.press.whole import read_whole, write_whole
from briefing.values.clock import today

#: Where it is noted.
_PATH = f"{PRESS}/settled.json"

#: What builds write for others than the archive: nothing around the pages is made from it.
_NOT_READ = frozenset({_PATH, LOCK, OWNER, NOTED_SEEN, f"{PRESS}/{HEARTBEAT}"})


@dataclass(frozen=True, slots=True)
class Folder:
    """A reports folder as it stood at a moment."""

    stamps: Mapping[str, FileStamp]  #: how each file stood, by its path in the folder; nothing of what is no plain file
    digests: Mapping[str, str] = field(default_factory=dict)  #: of files that could change without another stamp


def name_sources(briefings: Sequence[Briefing], *, data: Path | None) -> str:
    """Give the digest of all that the archive is made from besides the reports folder."""
    asked = list_editions(briefings, data=data) if briefings and data else ()
    said = [[edition.address, str(dict(edition.values)), bool(edition.briefing.flaw)] for edition in asked]
    catalog = _digest_file(briefings[0].notebook.parent / CATALOG) if briefings else ""
    corrected = _digest_file(data / "corrections.csv") if data else ""
    listed = [[one.name, one.title, str(one.options), one.flaw] for one in briefings]
    return digest([digest_all_code(), list_versions(), listed, said, catalog, corrected, today().isoformat()])


def is_as_left(out: Path, *, made_from: str) -> bool:
    """Whether a reports folder is as the archive left it, and so is what it was made from."""
    noted = read_whole(out / _PATH)
    if not noted or noted.get("made_from") != made_from:
        return False
    moment, found = tell_moment(out / OWNER), dict(_walk(out))
    digests = noted["digests"]
    if digest_stamps(found) != noted["stamps"] or any(_digest_file(out / name) != digests[name] for name in digests):
        return False
    if digests and all(is_older_than_a_tick(found[name], moment) for name in digests):
        _note(out, made_from, Folder(found))  # those files need not be read again
    return True


@contextmanager
def noting_how_left(out: Path, *, briefings: Sequence[Briefing], data: Path | None) -> Iterator[None]:
    """Note, when what stands around the pages has been written, how the folder was left.

    A file that changed meanwhile, was not written here, or is gone, was changed by somebody else: then nothing is
    noted, and the next build makes all of it anew. So it does where the note cannot be written.
    """
    made_from, before = name_sources(briefings, data=data), Folder({})
    with suppress(OSError):
        before = see_folder(out)
    with note_writes() as written:
        yield
    with suppress(OSError):
        after = see_folder(out, also=before.digests)
        named = {str(path): made for path, made in written.items()}
        is_whole = before.stamps.keys() <= after.stamps.keys()
        if is_whole and all(_is_ours(out, name, before, after, named) for name in after.stamps):
            _note(out, made_from, after)


def _note(out: Path, made_from: str, left: Folder) -> None:
    with suppress(PublishError):
        noted = {"made_from": made_from, "stamps": digest_stamps(left.stamps), "digests": left.digests}
        write_whole(out / _PATH, noted)


def _is_ours(out: Path, name: str, before: Folder, after: Folder, written: Mapping[str, str]) -> bool:
    """Whether a file is as it was before, or as it was written since."""
    is_same = before.stamps.get(name) == after.stamps[name]
    if is_same and before.digests.get(name) in (None, after.digests.get(name)):
        return True
    return _digest_file(out / name) == written.get(str(out / name), "nothing")


def see_folder(out: Path, also: Mapping[str, str] | None = None) -> Folder:
    """See how the files of a folder stand, and read those that could change without another stamp; `also` others."""
    moment = tell_moment(out / OWNER)
    stamps = dict(_walk(out))
    unsettled = [name for name, stamp in stamps.items() if stamp and not is_older_than_a_tick(stamp, moment)]
    return Folder(stamps, {name: _digest_file(out / name) for name in (*unsettled, *(also or ()))})


def digest_stamps(stamps: Mapping[str, FileStamp]) -> str:
    """Give one digest of how all files stand."""
    return digest_bytes(repr(sorted(stamps.items())).encode("utf-8", "surrogateescape"))


def _walk(out: Path) -> Iterator[tuple[str, FileStamp]]:
    """Give how each file below a folder stands that the archive may have been made from; links are not followed."""
    waiting, start = [str(out)], len(str(out)) + 1
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif (name := entry.path[start:]) not in _NOT_READ:
                    yield name, stamp_of(entry.stat(follow_symlinks=False))


def _digest_file(path: Path) -> str:
    try:
        return digest_bytes(path.read_bytes())
    except OSError:
        return ""

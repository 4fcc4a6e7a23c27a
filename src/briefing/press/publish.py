"""Publishing: pages appear whole or not at all, and the last good one is never lost.

A file is written beside its place, flushed to the disk and renamed into it. One build at a time holds the lock of a
reports folder. What the press knows of its pages lies in ``reports/.press``: a manifest an edition.
"""

from __future__ import annotations

import getpass
import json
import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Literal

from briefing.dossier.plain import write_plain
from briefing.editions.fingerprint import digest_bytes
from briefing.errors import BusyError, PublishError
from briefing.page.links import check_links, part_links, put_links

#: Where the press keeps what it knows of its pages.
PRESS = ".press"

#: The lock of a reports folder.
LOCK = f"{PRESS}/lock"

#: Who holds that lock: a file of its own, for some versions of filelock empty the lock that they try.
OWNER = f"{PRESS}/owner"

#: Where is noted what stands around the pages; whoever ends a build makes that, and the press sends it.
AROUND = f"{PRESS}/around.json"

#: The front page of a reports folder: what leads to all pages.
INDEX = "index.html"

#: A file that a build leaves half written: its name, the process that wrote it.
_HALF = re.compile(r"\..+\.(html|json|gz|xml|txt|csv|svg|css|js|ics|bin)(\.sig)?\.[0-9]+\.part|\.(owner)\.[0-9]+\.part")

#: What a lock may hold: nothing, or who held it, as earlier versions wrote there.
_HELD_BY = re.compile(r"[^\n]* on [^\n]* \(process [0-9]+\)\s*")

#: The key under which a file of the press's own tells the digest of the rest of it.
_SEAL = "seal"


#: What is written while somebody notes it (`note_writes`): the digests of files, by path.
_WRITTEN: ContextVar[dict[Path, str] | None] = ContextVar("written", default=None)


@contextmanager
def note_writes() -> Iterator[Mapping[Path, str]]:
    """Note the digest of each file that is written meanwhile (`write_file`)."""
    written: dict[Path, str] = {}
    before = _WRITTEN.set(written)
    try:
        yield written
    finally:
        _WRITTEN.reset(before)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises `PublishError` where the disk is full or the folder cannot be written; what was there before still is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_plain(path, content)
        if (written := _WRITTEN.get()) is not None:
            written[path] = digest_bytes(content)
    except OSError as error:
        rule = "a page is published whole or not at all"
        cure = "Make room on the disk or name another folder with --out"
        raise PublishError(f"{path}: {error.strerror or error}; {rule}. {cure}.") from None


def sweep(out: Path) -> None:
    """Clear away what an interrupted build left half written, and no other program's parts."""
    for part in out.rglob(".*.part"):
        if _HALF.fullmatch(part.name) and part.is_file():
            with suppress(OSError):
                part.unlink()


@contextmanager
def hold_lock(out: Path) -> Iterator[None]:
    """Hold the lock of a reports folder; the system gives it back even where the build is killed.

    Raises `BusyError` where another build holds it; the message says whose. Raises `PublishError` where the folder
    cannot be written, or where its lock is a link or another's file.
    """
    from filelock import FileLock, Timeout  # slow to import, and only what writes pages needs it

    owner, lock = out / OWNER, FileLock(out / LOCK)
    try:
        owner.parent.mkdir(parents=True, exist_ok=True)
        _refuse_strange_lock(out)
        lock.acquire(blocking=False)
        write_plain(owner, f"{_find_user()} on {socket.gethostname()} (process {os.getpid()})".encode())
    except Timeout:
        rule = f"{_read_owner(owner)} is building here; one build at a time"
        raise BusyError(f"{out}: {rule}. Wait, or name another --out.") from None
    except OSError as error:
        lock.release()
        rule = "pages are written there"
        raise PublishError(f"{out}: {error.strerror}; {rule}. Name another folder with --out.") from None
    try:
        yield
    finally:
        lock.release()


def _refuse_strange_lock(out: Path) -> None:
    """Refuse a lock that is a link, or holds what no build wrote: who locks a file may empty it."""
    path, rule = out / LOCK, "a lock is an empty file of the press's own"
    refuse_links(out, path)
    if path.exists():
        holds = path.read_bytes()[:1000].decode("utf-8", "replace") if path.is_file() else "no file"
        if holds and not _HELD_BY.fullmatch(holds):
            raise PublishError(f"{path}: is another's file; {rule}. Move it away.")


def is_at_work(out: Path) -> bool:
    """Whether a build holds the lock of a reports folder; where nobody can tell, one does."""
    from filelock import FileLock, Timeout  # the same

    if not (out / LOCK).is_file():
        return False
    try:
        _refuse_strange_lock(out)
        with FileLock(out / LOCK).acquire(blocking=False):
            return False
    except (Timeout, OSError, PublishError):
        return True


def refuse_links(out: Path, path: Path) -> None:
    """Refuse a path in a reports folder that leads through a link: what is written there would lie elsewhere."""
    for place in (path, *path.parents):
        if place == out:
            return
        if place.is_symlink():
            rule = "what lies in a reports folder is written there and nowhere else"
            raise PublishError(f"{place}: is a link; {rule}. Delete it, or name another folder with --out.")


def _read_owner(path: Path) -> str:
    with suppress(OSError, UnicodeError):
        return path.read_text(encoding="utf-8").strip() or "another build"
    return "another build"


def _find_user() -> str:
    with suppress(KeyError, OSError):
        return getpass.getuser()
    return "somebody"


def manifest_path(out: Path, address: str) -> Path:
    """Say where an edition's manifest lies."""
    return Path(f"{out}/{PRESS}/editions/{address.removesuffix('.html')}.json")


def failure_path(out: Path, address: str) -> Path:
    """Say where the press notes why an edition failed or was held."""
    return Path(f"{out}/{PRESS}/failures/{address.removesuffix('.html')}.json")


def run_path(out: Path, address: str) -> Path:
    """Say where the executed notebook behind a page lies."""
    return Path(f"{out}/{PRESS}/runs/{address.removesuffix('.html')}.ipynb.gz")


def failed_path(out: Path, address: str) -> Path:
    """Say where the page of a failed edition lies."""
    return out / f"{address.removesuffix('.html')}.failed.html"


def publish_page(
    out: Path, address: str, page: bytes, manifest: Mapping[str, Any], *, run: bytes | None = None
) -> Path:
    """Put a page in its place, then its manifest; what told of an earlier failure goes away.

    `run` is the executed notebook behind it, compressed; left out, the one that is there stays. A file that holds the
    very same bytes already is not touched. What the archive wrote on the page that was there stays on the new one.
    """
    # The page comes first: where a build is killed in between, the manifest does not know the page, and the next
    # build makes it again.
    path, kept = out / address, run_path(out, address)
    for place in (path.parent, kept, manifest_path(out, address)):
        refuse_links(out, place)
    if run is not None:
        write_changed(kept, run)
    write_changed(path, _keep_links(page, path))
    about_run = {"run": digest_bytes(run)} if run is not None else {}
    about_page = {"address": address, "page": digest_page(page)}
    save_json(manifest_path(out, address), {**manifest, **about_run, **about_page})
    for told in (failed_path(out, address), failure_path(out, address)):
        with suppress(OSError):
            told.unlink()
    return path


def _keep_links(page: bytes, path: Path) -> bytes:
    """Give a page with what the archive wrote on the one in its place, where there is one: it is mended in the end."""
    with suppress(OSError):
        blocks = part_links(path.read_bytes()).blocks
        return page if check_links(blocks) else put_links(page, blocks)
    return page


def digest_page(page: bytes) -> str:
    """Give the digest of a page as it was made: what the archive writes on it is none of its own."""
    return digest_bytes(part_links(page).made)


def remove_page(out: Path, address: str) -> None:
    """Take a page away, with what the press knows of it."""
    paths = (out / address, failed_path(out, address), failure_path(out, address), run_path(out, address))
    for path in (*paths, manifest_path(out, address)):
        with suppress(OSError):
            path.unlink()


def write_changed(path: Path, content: bytes) -> None:
    """Write a file where it does not hold the very same bytes already."""
    if not path.is_file() or path.read_bytes() != content:
        write_file(path, content)


def save_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write plain values under a seal, the same bytes for the same values."""
    plain = {name: item for name, item in value.items() if name != _SEAL}
    write_file(path, (_dump({**plain, _SEAL: digest_bytes(_dump(plain).encode())}) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """Read plain values; nothing where the file is missing or its seal is broken: then it is as if it never was."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    seal = value.pop(_SEAL, "")
    return value if seal == digest_bytes(_dump(value).encode("utf-8", "surrogatepass")) else {}


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def read_manifests(out: Path) -> list[dict[str, Any]]:
    """Read the manifests of all editions whose pages are there, by address."""
    found = read_notes(out, "editions")
    return [manifest for manifest in found if (out / str(manifest["address"])).is_file()]


def read_notes(out: Path, kind: Literal["editions", "failures"]) -> list[dict[str, Any]]:
    """Read what the press knows of editions, by address: manifests, or why some failed.

    A note that lies where that of another address belongs is as if it never was.
    """
    folder = out / PRESS / kind
    notes = {path: read_json(path) for path in sorted(folder.rglob("*.json"))}
    places = {path: f"{path.relative_to(folder).as_posix().removesuffix('.json')}.html" for path in notes}
    return [note for path, note in notes.items() if note.get("address") == places[path]]


def note_around(out: Path, files: Mapping[str, str]) -> None:
    """Note which files stand around the pages, by name, with their digests: they are sent where pages are sent."""
    if read_around(out) != dict(files):
        save_json(out / AROUND, {"files": dict(files)})


def read_around(out: Path) -> dict[str, str]:
    """Read which files stand around the pages, by name, with their digests."""
    files = read_json(out / AROUND).get("files", {})
    return {str(name): str(made) for name, made in files.items()} if isinstance(files, dict) else {}

"""The mirror: built pages sent to where readers find them, a folder or an object store that fsspec knows.

What the press knows of is sent, and nothing else that lies beside it. Only what changed is sent: a small manifest at
the target says what lies there. New files go before those that were there, which may lead to them, and the front page
goes last, so that no link dangles; all are read again. Nothing is
deleted unless that is asked for, and then only what was once sent. Credentials come from fsspec's own configuration and
environment, never from the address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from briefing.editions.fingerprint import digest_bytes
from briefing.errors import PublishError, UsageError, in_a_line
from briefing.page.links import check_links, part_links
from briefing.page.notices import find_strange
from briefing.press.publish import INDEX, digest_page, hold_lock, read_around, read_manifests, write_file
from briefing.press.secrets import hide_secrets, holds_secret

#: What is sent, and what a reader's browser is told that it is.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ics": "text/calendar; charset=utf-8",
}

#: What lies at the target, by name and digest.
LISTED = ".briefing.json"

#: How many files are on their way at a time.
_AT_A_TIME = 8

#: What is kept of a page between two readings: it is asked for each time whether it is still the same.
CACHE = "no-cache"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a target: how many files were sent, were there already, and were deleted there."""

    sent: int
    there: int
    deleted: int = 0

    def __str__(self) -> str:
        deleted = f", {self.deleted} deleted" if self.deleted else ""
        return f"{self.sent} sent, {self.there} there already{deleted}"


@dataclass(frozen=True, slots=True)
class Target:
    """A place that fsspec writes to."""

    files: Any
    root: str
    url: str

    def read(self, name: str) -> bytes:
        """Read a file; empty where there is none."""
        try:
            return bytes(self.files.cat_file(self._place(name)))
        except FileNotFoundError:
            return b""

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, and read it again; raises `PublishError` where other bytes arrived."""
        self._write(name, content)
        if self.read(name) != content:
            rule = "a page arrives as it was sent"
            raise PublishError(f"{self.url}: {name}: other bytes arrived; {rule}. Build again: it is sent again.")

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is deleted already."""
        with suppress(FileNotFoundError):
            self.files.rm_file(self._place(name))

    def _write(self, name: str, content: bytes) -> None:
        place = self._place(name)
        if self.is_folder:
            write_file(Path(place), content)
            return
        protocols = {self.files.protocol} if isinstance(self.files.protocol, str) else {*self.files.protocol}
        kind = TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        told: dict[str, Any] = {}
        if "s3" in protocols:
            told = {"ContentType": kind, "CacheControl": CACHE}
        elif "gs" in protocols:
            told = {"content_type": kind, "fixed_key_metadata": {"cache_control": CACHE}}
        self.files.pipe_file(place, content, **told)

    def list_sizes(self) -> dict[str, int]:
        """List what lies there: the size of each file, by name."""
        self.files.invalidate_cache()
        try:
            found = self.files.find(self.root, detail=True)
        except FileNotFoundError:
            return {}
        return {place.removeprefix(f"{self.root}/"): int(entry.get("size") or 0) for place, entry in found.items()}

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of this machine, where a file is written beside its place first."""
        return "file" in self.files.protocol

    def _place(self, name: str) -> str:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise PublishError(f"{name}: leads out of {self.url}; a page lies below its target. Remove it.")
        return f"{self.root}/{name}"


def send_pages(out: Path, target: Target, *, delete: bool = False) -> Sent:
    """Send a reports folder's pages, then what leads to them, to a target; `delete` there what was retired here.

    The folder's lock is held, so that what is sent belongs together: raises `BusyError` where a build is at work there,
    and `PublishError` where the target does not take them. Those here stand; the next call sends what is missing.
    """
    with hold_lock(out):
        return send_held(out, target, delete=delete)


def send_held(out: Path, target: Target, *, delete: bool = False) -> Sent:
    """Send as `send_pages` does; whoever calls it holds the folder's lock."""
    try:
        return _send(list_sent(out), target, delete=delete)
    except PublishError:
        raise
    except Exception as error:  # every store has errors of its own
        rule = "pages are sent there when they are built; those here stand"
        cure = "Correct it, and build again: what is missing is sent"
        raise PublishError(f"{target.url}: {hide_secrets(in_a_line(error))}; {rule}. {cure}.") from None


def open_target(url: str, *, out: Path) -> Target:
    """Open a target by its address, such as ``s3://bucket/briefings``; nothing is asked of it yet.

    Raises `UsageError` where the address is none, holds a password, or leads into the reports folder.
    """
    if holds_secret(url):
        rule = "an address on a command line is seen by everybody"
        raise UsageError(
            f"--publish: the address holds a name or password, or a query; {rule}. Set it in fsspec's configuration."
        )
    try:
        from fsspec.core import url_to_fs  # the extra `cloud`, which few need

        files, root = url_to_fs(url, skip_instance_cache=True)
    except ImportError as error:
        rule = "the extra `cloud` brings fsspec and s3fs, other stores have packages of their own"
        cure = "Run pip install 'briefing[cloud]'"
        raise UsageError(f"--publish {url}: {hide_secrets(in_a_line(error))}; {rule}. {cure}.") from None
    except Exception as error:  # every store has errors of its own
        rule = "a target is a folder or an address that fsspec knows"
        raise UsageError(
            f"--publish {url}: {hide_secrets(in_a_line(error))}; {rule}. Write s3://bucket/folder."
        ) from None
    target = Target(files, root.rstrip("/"), url)
    if target.is_folder and Path(root).resolve().is_relative_to(out.resolve()):
        raise UsageError(f"--publish {url}: lies in the reports folder; pages are sent elsewhere. Name another.")
    return target


def list_sent(out: Path) -> dict[str, bytes]:
    """Give what is sent, by name: the pages that manifests know, what was noted to stand around them, the index last.

    Whatever else lies in the folder stays at home. Raises `PublishError` where a page, or a file around it, was changed
    since it was built.
    """
    found = {}
    for manifest in sorted(read_manifests(out), key=lambda manifest: str(manifest["address"])):
        name = str(manifest["address"])
        page = (out / name).read_bytes()
        is_made = digest_page(page) == manifest.get("page") and _is_written(page)
        found[name] = _take(out, name, page, is_made=is_made)
    around = read_around(out)
    for name in sorted(around, key=lambda name: (name == INDEX, name)):
        if (out / name).is_file():
            content = (out / name).read_bytes()
            found[name] = _take(out, name, content, is_made=digest_bytes(content) == around[name])
    return found


def _is_written(page: bytes) -> bool:
    """Whether only such stands outside a page's seal as the archive of this release writes."""
    made, blocks = part_links(page)
    return not check_links(blocks) and not find_strange(blocks, page=made.decode("utf-8", "replace"))


def _take(out: Path, name: str, content: bytes, *, is_made: bool) -> bytes:
    """Give the bytes of a file that is to be sent; raises `PublishError` where they are not those that were made."""
    if not is_made or (out / name).resolve() != out.resolve() / name:
        rule = "a page is sent as it was built"
        raise PublishError(f"{out / name}: was changed since it was built; {rule}. Build it again, or delete it.")
    return content


def _send(pages: Mapping[str, bytes], target: Target, *, delete: bool) -> Sent:
    listed, sizes = _read_listed(target), target.list_sizes()
    digests = {name: digest_bytes(page) for name, page in pages.items()}
    there = {name for name, page in pages.items() if sizes.get(name) == len(page)}
    changed = [name for name in pages if listed.get(name) != digests[name] or name not in there]
    gone = [name for name in listed if name not in pages] if delete else []
    if not changed and not gone:
        return Sent(0, len(pages))
    # What is on its way is not known to be there: where this is interrupted, the next call sends it again.
    _write_listed(target, {name: known for name, known in listed.items() if name not in changed})
    for are_new in (True, False):
        _write_all(target, {name: pages[name] for name in changed if name != INDEX and (name in sizes) != are_new})
    if INDEX in changed:
        target.write(INDEX, pages[INDEX])
    for name in gone:  # no index leads to them any more
        target.delete(name)
    _write_listed(target, {name: known for name, known in {**listed, **digests}.items() if name not in gone})
    return Sent(len(changed), len(pages) - len(changed), len(gone))


def _write_all(target: Target, pages: Mapping[str, bytes]) -> None:
    """Write pages side by side; whoever interrupts that waits for those alone that are on their way."""
    threads = ThreadPoolExecutor(_AT_A_TIME)
    try:
        list(threads.map(target.write, pages, pages.values()))
    finally:
        threads.shutdown(cancel_futures=True)


def _read_listed(target: Target) -> dict[str, str]:
    """Read what is known to lie at a target; nothing where the note is missing or damaged."""
    try:
        told = json.loads(target.read(LISTED) or "{}")
    except ValueError:
        return {}
    return told.get("files", {}) if isinstance(told, dict) and isinstance(told.get("files", {}), dict) else {}


def _write_listed(target: Target, files: Mapping[str, str]) -> None:
    target.write(LISTED, (json.dumps({"version": 1, "files": files}, sort_keys=True) + "\n").encode())

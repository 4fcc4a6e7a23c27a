"""The mirror: built pages sent to where readers find them, a folder or an object store that fsspec knows.

Only what changed is sent: a small manifest at the target says what lies there. Pages go before the index, so that no
link dangles, and nothing is ever deleted there. Credentials come from fsspec's own configuration and environment, never
from the address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from briefing.editions.fingerprint import digest_bytes
from briefing.errors import PublishError, UsageError, in_a_line
from briefing.press.archive import INDEX
from briefing.press.publish import hold_lock, write_file

#: What is sent, and what a reader's browser is told that it is.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
}

#: What lies at the target, by name and digest.
LISTED = ".briefing.json"

#: How many files are on their way at a time.
_AT_A_TIME = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a target: how many files were sent, and how many were there already."""

    sent: int
    there: int

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.there} there already"


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
        """Write a file whole or not at all."""
        place = self._place(name)
        if self.is_folder:
            write_file(Path(place), content)
            return
        protocols = {self.files.protocol} if isinstance(self.files.protocol, str) else {*self.files.protocol}
        kind = TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
        told = {"ContentType": kind} if "s3" in protocols else {"content_type": kind} if "gs" in protocols else {}
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


def send_pages(out: Path, target: Target) -> Sent:
    """Send a reports folder's pages, then what leads to them, to a target.

    The folder's lock is held, so that what is sent belongs together: raises `BusyError` where a build is at work there,
    and `PublishError` where the target does not take them. Those here stand; the next call sends what is missing.
    """
    with hold_lock(out):
        return send_held(out, target)


def send_held(out: Path, target: Target) -> Sent:
    """Send as `send_pages` does; whoever calls it holds the folder's lock."""
    try:
        return _send(list_sent(out), target)
    except PublishError:
        raise
    except Exception as error:  # every store has errors of its own
        rule = "pages are sent there when they are built; those here stand"
        cure = "Correct it, and build again: what is missing is sent"
        raise PublishError(f"{target.url}: {in_a_line(error)}; {rule}. {cure}.") from None


def open_target(url: str, *, out: Path) -> Target:
    """Open a target by its address, such as ``s3://bucket/briefings``; nothing is asked of it yet.

    Raises `UsageError` where the address is none, holds a password, or leads into the reports folder.
    """
    if "@" in url.rpartition("://")[2].partition("/")[0]:
        rule = "an address on a command line is seen by everybody"
        raise UsageError(f"--publish: the address holds a name or password; {rule}. Set it in fsspec's configuration.")
    try:
        from fsspec.core import url_to_fs  # the extra `cloud`, which few need

        files, root = url_to_fs(url, skip_instance_cache=True)
    except ImportError as error:
        rule = "the extra `cloud` brings fsspec and s3fs, other stores have packages of their own"
        cure = "Run pip install 'briefing[cloud]'"
        raise UsageError(f"--publish {url}: {in_a_line(error)}; {rule}. {cure}.") from None
    except Exception as error:  # every store has errors of its own
        rule = "a target is a folder or an address that fsspec knows"
        raise UsageError(f"--publish {url}: {in_a_line(error)}; {rule}. Write s3://bucket/folder.") from None
    target = Target(files, root.rstrip("/"), url)
    if target.is_folder and Path(root).resolve().is_relative_to(out.resolve()):
        raise UsageError(f"--publish {url}: lies in the reports folder; pages are sent elsewhere. Name another.")
    return target


def list_sent(out: Path) -> dict[str, Path]:
    """List what is sent, by name, in the order in which it goes: pages, then what leads to them, the index last.

    Failed pages stay at home, and so does what the press knows of its pages, what is hidden, and any link out.
    """
    found = {}
    for path in out.rglob("*"):
        place = path.relative_to(out)
        is_hidden = any(part.startswith(".") for part in place.parts)
        is_page = path.suffix in TYPES and not path.name.endswith(".failed.html") and path.is_file()
        if is_page and not is_hidden and path.resolve() == out.resolve() / place:
            found[place.as_posix()] = path
    return dict(sorted(found.items(), key=lambda item: (item[0] == INDEX, "/" not in item[0], item[0])))


def _send(paths: Mapping[str, Path], target: Target) -> Sent:
    listed, sizes = _read_listed(target), target.list_sizes()
    digests = {name: digest_bytes(path.read_bytes()) for name, path in paths.items()}
    there = {name for name, path in paths.items() if sizes.get(name) == path.stat().st_size}
    changed = [name for name in paths if listed.get(name) != digests[name] or name not in there]
    if not changed:
        return Sent(0, len(paths))
    # What is on its way is not known to be there: where this is interrupted, the next call sends it again.
    _write_listed(target, {name: known for name, known in listed.items() if name not in changed})
    pages = [name for name in changed if "/" in name]
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        list(threads.map(lambda name: target.write(name, paths[name].read_bytes()), pages))
    for name in changed[len(pages) :]:
        target.write(name, paths[name].read_bytes())
    _write_listed(target, {**listed, **digests})
    return Sent(len(changed), len(paths) - len(changed))


def _read_listed(target: Target) -> dict[str, str]:
    """Read what is known to lie at a target; nothing where the note is missing or damaged."""
    try:
        told = json.loads(target.read(LISTED) or "{}")
    except ValueError:
        return {}
    return told.get("files", {}) if isinstance(told, dict) and isinstance(told.get("files", {}), dict) else {}


def _write_listed(target: Target, files: Mapping[str, str]) -> None:
    target.write(LISTED, (json.dumps({"version": 1, "files": files}, sort_keys=True) + "\n").encode())

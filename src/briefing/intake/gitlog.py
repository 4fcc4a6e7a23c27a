"""What git knows of a file: its versions, newest last, with who made each and why; nothing is ever changed there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.errors import UsageError, last_line

#: So many versions of a file are looked at, the newest.
MOST_VERSIONS = 5_000

#: git answers at once, or something is wrong with the disk it lies on.
_PATIENCE = 120

_FIELDS = "%H%x1f%h%x1f%aN%x1f%aI%x1f%s"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a file: the commit that made it, by whom, when and why, and its bytes then."""

    commit: str
    short: str
    author: str
    day: dt.date
    message: str
    raw: bytes = field(default=b"", repr=False)  #: Empty where the file was not there.


def list_versions_of(path: Path) -> list[Version]:
    """List the versions of a file that git keeps, oldest first.

    Raises `UsageError` where there is no git, the file lies in no repository of it, or was never committed.
    """
    folder, name = path.resolve().parent, path.name
    _ask(folder, "rev-parse", "--show-toplevel", where=path)
    told = _ask(
        folder,
        "log",
        f"--max-count={MOST_VERSIONS}",
        f"--format={_FIELDS}",
        "--",
        f"./{name}",
        where=path,
        may_fail=True,
    )
    lines = [line.split("\x1f") for line in told.decode("utf-8", "replace").splitlines() if line]
    if not lines:
        rule = "git tells what was committed"
        raise UsageError(f"{path}: was never committed; {rule}. Commit it, and its history begins.")
    contents = _read_contents(folder, [f"{line[0]}:./{name}" for line in lines])
    versions = [
        Version(commit, short, author, dt.date.fromisoformat(when[:10]), message, raw)
        for (commit, short, author, when, message), raw in zip(lines, contents, strict=True)
    ]
    return versions[::-1]


def is_shallow(folder: Path) -> bool:
    """Whether the repository holds its newest commits alone."""
    return _ask(folder, "rev-parse", "--is-shallow-repository", where=folder, may_fail=True).strip() == b"true"


def find_user(folder: Path) -> str:
    """Find the name under which git commits in a folder; empty where it knows none, or there is no git."""
    if shutil.which("git") is None:
        return ""
    return _ask(folder, "config", "user.name", where=folder, may_fail=True).decode("utf-8", "replace").strip()


def _read_contents(folder: Path, names: Sequence[str]) -> list[bytes]:
    """Read objects in one go; one that is not there is empty."""
    asked = "".join(f"{name}\n" for name in names).encode()
    answer, at, contents = _ask(folder, "cat-file", "--batch", where=folder, given=asked), 0, list[bytes]()
    for _ in names:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        size = int(head[-1]) if head[-1].isdigit() and head[-2] == b"blob" else None
        contents.append(answer[end + 1 : end + 1 + size] if size is not None else b"")
        at = end + 1 + (size + 1 if size is not None else 0)
    return contents


def _ask(folder: Path, *words: str, where: Path, given: bytes = b"", may_fail: bool = False) -> bytes:
    """Ask git something that changes nothing."""
    git = shutil.which("git")
    rule = "who changed what is read from git"
    if git is None:
        raise UsageError(f"{where}: git is not on this machine; {rule}. Install it.")
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    command = [git, "--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", *words]
    try:
        answer = subprocess.run(
            command, cwd=folder, input=given, capture_output=True, env=environment, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"{where}: git does not answer ({error}); {rule}. Look why.") from None
    if answer.returncode and not may_fail:
        said = last_line(answer.stderr)
        if "not a git repository" in said:
            raise UsageError(f"{where}: lies in no repository of git; {rule}. Run git init there, and commit it.")
        raise UsageError(f"{where}: git refuses ({said.removeprefix('fatal: ')}); {rule}. Do what it says.")
    return answer.stdout

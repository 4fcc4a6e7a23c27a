"""Files that a build leaves for other machines: metrics and a test report, whole, and whatever became of the build."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.dossier.plain import write_plain
from briefing.errors import BriefingError, PublishError, UsageError
from briefing.press.endings import BriefingEnding
from briefing.press.heartbeat import read_heartbeat
from briefing.values.clock import now

if TYPE_CHECKING:
    from briefing.press.make import MadePages


@dataclass(frozen=True, slots=True)
class Reports:
    """Which files a build leaves for other machines."""

    metrics: Path | None = None
    junit: Path | None = None


def check_reports(reports: Reports) -> None:
    """Raise `UsageError` where the test report cannot be written: whoever asked for it would wait for the build."""
    if reports.junit is None:
        return
    try:
        place = _find_place(reports.junit)
        probe = place.with_name(f".{place.name}.{os.getpid()}.probe")
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        probe.unlink()
    except OSError as error:
        raise UsageError(f"--junit {_say_why(reports.junit, error)}; {_RULE}. Name another file.") from None


_RULE = "a report is written whole, as a plain file"


def write_reports(
    reports: Reports, made: MadePages, *, exit: int, error: str, seconds: float, say: Callable[[str], None]
) -> None:
    """Write what was asked for; metrics that cannot be written are said, and no build fails for them.

    Raises `PublishError` where the test report cannot be written, which nothing else would tell.
    """
    made.error = error
    endings = made.list_endings()
    if reports.metrics:
        try:
            _write(reports.metrics, _make_metrics(made, endings, exit=exit, seconds=seconds))
        except (OSError, BriefingError) as flaw:
            why = _say_why(reports.metrics, flaw) if isinstance(flaw, OSError) else str(flaw)
            say(f"--metrics {why}; {_RULE}, and the pages stand without it. Name another file.")
    if reports.junit:
        from briefing.press.junit import make_junit

        try:
            _write(reports.junit, make_junit(endings, error=error, seconds=seconds, ended=now()))
        except OSError as flaw:
            cure = "The pages stand; make room, and build again"
            raise PublishError(f"--junit {_say_why(reports.junit, flaw)}; {_RULE}. {cure}.") from None


def _make_metrics(made: MadePages, endings: tuple[BriefingEnding, ...], *, exit: int, seconds: float) -> bytes:
    from briefing.press.metrics import make_metrics

    out = made.out
    missing = Counter(e.briefing.name for e in made.editions if out is None or not (out / e.address).is_file())
    heartbeat = read_heartbeat(out)[1] if out else {}
    ended = now().timestamp()
    return make_metrics(endings, exit=exit, seconds=seconds, ended=ended, missing=missing, heartbeat=heartbeat)


def _write(path: Path, content: bytes) -> None:
    write_plain(_find_place(path), content)


def _find_place(path: Path) -> Path:
    """Find where a file is to lie, and make the folder; raises `OSError` where something else than a file lies there.

    A link is followed: what it leads to is replaced, and not the link, which may be a device's.
    """
    place = Path(os.path.realpath(path))
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        there = place.stat()
    except FileNotFoundError:
        return place
    if not stat.S_ISREG(there.st_mode):
        raise OSError(None, "it is a folder, a pipe or a device")
    return place


def _say_why(path: Path, error: OSError) -> str:
    return f"{path}: {error.strerror or error}"

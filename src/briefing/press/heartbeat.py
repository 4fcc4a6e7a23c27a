"""The heartbeat: how the last build ended, in a small file that a monitor reads.

It is noted when a build begins, too: one that was killed has begun and never ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import PublishError
from briefing.press.publish import PRESS, is_at_work, read_json, save_json
from briefing.values.clock import now
from briefing.values.words import name_some

HEARTBEAT = "heartbeat.json"

#: How many characters of an error a heartbeat keeps: it is to be written on a disk that is nearly full.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Ending:
    """How a build ended."""

    exit: int  #: the exit code, which is 0 where all is good
    seconds: float
    expected: int = 0  #: how many editions it was to make
    good: int = 0
    bad: int = 0
    error: str = ""  #: what went wrong; empty where nothing did
    published: Mapping[str, Any] | None = None  #: where pages were sent, and how that went; where none were, nothing
    briefings: Mapping[str, bool] | None = None  #: whether all went well with each; nothing where unknown


def begin(out: Path) -> None:
    """Note that a build has begun; how the last one ended is still known."""
    _save(out, {**read_json(out / PRESS / HEARTBEAT), "begun": _moment()})


def end(out: Path, ending: Ending) -> None:
    """Note how a build ended; the last success and the last sending of pages are still known."""
    before, finished = read_json(out / PRESS / HEARTBEAT), _moment()
    is_good = ending.exit == 0
    told = {
        "begun": None,
        "finished": finished,
        "ok": is_good,
        "exit": ending.exit,
        "seconds": round(ending.seconds, 1),
        "last_success": finished if is_good else before.get("last_success"),
        "published": {**ending.published, "at": finished} if ending.published else before.get("published"),
        "expected": ending.expected,
        "good": ending.good,
        "bad": ending.bad,
        "error": ending.error[:_MOST],
        "briefings": _note_briefings(ending.briefings, before.get("briefings"), finished),
    }
    _save(out, told)


def _note_briefings(went_well: Mapping[str, bool] | None, before: object, finished: str) -> dict[str, Any]:
    """Note of each briefing whether all went well with it, and when it last did."""
    known = before if isinstance(before, Mapping) else {}
    if went_well is None:
        return dict(known)
    last = {name: note.get("last_success") for name, note in known.items() if isinstance(note, Mapping)}
    return {name: {"ok": ok, "last_success": finished if ok else last.get(name)} for name, ok in went_well.items()}


def _moment() -> str:
    return now().isoformat(timespec="seconds")


def _save(out: Path, told: Mapping[str, Any]) -> None:
    """Save the note; where the disk takes none, the old one goes: a monitor is not to believe it."""
    path = out / PRESS / HEARTBEAT
    try:
        save_json(path, told)
    except PublishError:
        with suppress(OSError):
            path.unlink()


def read_heartbeat(out: Path) -> tuple[dt.datetime | None, dict[str, Any]]:
    """Read when a build last ended, and how it went."""
    told = read_json(out / PRESS / HEARTBEAT)
    return read_moment(told.get("finished")), told


def read_moment(text: object) -> dt.datetime | None:
    """Read a moment of a heartbeat; ``None`` where it holds none."""
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def tell_last(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Say in lines how long the last build took, and when it and each briefing last went well."""
    seconds, briefings = told.get("seconds"), told.get("briefings")
    lines = [f"it took {seconds:g} s"] if isinstance(seconds, int | float) else []
    lines.append(f"last good build: {told.get('last_success') or 'never'}")
    notes = briefings.items() if isinstance(briefings, Mapping) else ()
    lines += [f"last good {name}: {note.get('last_success') or 'never'}" for name, note in notes]
    return tuple(lines)


def list_alarms(out: Path, *, overdue: Sequence[str] = (), max_age: float | None = None) -> tuple[str, ...]:
    """List what a monitor is to be told of, a line each: of the last build, the last sending, of what is overdue.

    `overdue` are editions that are due and missing for too long; `max_age` is in hours.
    """
    finished, told = read_heartbeat(out)
    alarms = []
    if told.get("begun") and not is_at_work(out):
        alarms.append(f"the build that began at {told['begun']} was killed: it never ended")
    if told.get("finished") and not told.get("ok"):
        error = f": {told['error']}" if told.get("error") else ""
        alarms.append(f"the last build ended at {finished} with exit code {told.get('exit')}{error}")
    sent = told.get("published")
    if isinstance(sent, Mapping) and not sent.get("ok"):
        alarms.append(f"publishing to {sent.get('url')} failed at {sent.get('at')}")
    if is_late(finished, max_age=max_age):
        alarms.append(f"no build ended within {max_age:g} hours")
    if overdue:
        alarms.append(f"due and missing for too long: {name_some(overdue, most=5)}")
    return tuple(alarms)


def is_late(finished: dt.datetime | None, *, max_age: float | None) -> bool:
    """Whether the last build ended too many hours ago.

    One that ended in the future tells of a clock that was set back, not of a build.
    """
    return max_age is not None and (finished is None or abs(now() - finished) > dt.timedelta(hours=max_age))

"""Moments: since when each thing is as it is. What is made again and says the same keeps its moment.

A page's own day of issue is its first moment, so that an archive that is made anew says the same. Whatever changed
later, changed when the archive first saw it so: by the clock, which heeds ``SOURCE_DATE_EPOCH``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from briefing.archive.keeping import FOLDER
from briefing.press.publish import read_json, save_json
from briefing.values.clock import now


class Moment(NamedTuple):
    """Since when a thing is there, and is as it is: moments of RFC 3339, in UTC."""

    digest: str
    first: str
    changed: str


def note_moments(
    out: Path, kind: str, digests: Mapping[str, str], *, issued: Mapping[str, str], known: Collection[str] = ()
) -> dict[str, Moment]:
    """Note since when each thing of a kind is as its digest says, and give that by name.

    `issued` is the day of things that bring one. Those that are not here but `known` keep their moments.
    """
    path = out / FOLDER / f"moments-{kind}.json"
    noted = _read_moments(path)
    moments = {name: _tell(noted.get(name), made, issued.get(name, "")) for name, made in digests.items()}
    kept = {name: moment for name, moment in noted.items() if name in known and name not in moments}
    if kept | moments != noted:
        save_json(path, {"moments": {name: list(moment) for name, moment in (kept | moments).items()}})
    return moments


def _tell(noted: Moment | None, digest: str, issued: str) -> Moment:
    if noted is None:
        first = _begin(issued) or _stamp(now())
        return Moment(digest, first, first)
    return noted if noted.digest == digest else Moment(digest, noted.first, _stamp(now()))


def _begin(day: str) -> str:
    """Give the moment at which a day begins; nothing where it is no day."""
    try:
        return _stamp(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC))
    except ValueError:
        return ""


def _stamp(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _read_moments(path: Path) -> dict[str, Moment]:
    told = read_json(path).get("moments", {})
    try:
        return {str(name): Moment(*map(str, moment)) for name, moment in told.items()}
    except (TypeError, AttributeError):
        return {}

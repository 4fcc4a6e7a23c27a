"""Keeping a reports folder: how it stands, what is old, what nobody asks for any more, and when a build last ran."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from briefing.editions.address import DAY
from briefing.editions.catalog import Briefing, Edition, series_of
from briefing.errors import PublishError
from briefing.press.plan import Step, look
from briefing.press.publish import PRESS, read_json, read_manifests, remove_page, save_json
from briefing.values.clock import now

EditionState = Literal["present", "stale", "missing", "held", "failed"]

HEARTBEAT = "heartbeat.json"


class Ended(Protocol):
    """What became of an edition, as far as a heartbeat tells it."""

    @property
    def is_good(self) -> bool:
        """Whether its page is there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition stands: its state, and why it is not simply present."""

    edition: str
    state: EditionState
    why: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {"edition": self.edition, "state": self.state, "why": list(self.why)}


def list_standings(steps: Iterable[Step], *, out: Path) -> tuple[Standing, ...]:
    """Say how each edition of a plan stands, from plain files alone."""
    return tuple(_stand(step, out=out) for step in steps)


def _stand(step: Step, *, out: Path) -> Standing:
    facts, name = look(step.edition, out=out), step.edition.name
    if facts.failure:
        reasons = tuple(str(reason) for reason in facts.failure.get("reasons", ()))
        return Standing(name, "held" if facts.failure.get("status") == "held" else "failed", reasons)
    if not facts.manifest or not (out / step.edition.address).is_file():
        return Standing(name, "missing", step.why)
    return Standing(name, "present" if step.action == "keep" else "stale", step.why)


def list_orphans(out: Path, briefings: Sequence[Briefing]) -> tuple[str, ...]:
    """List the pages of briefings that the catalog no longer has; nothing takes them away unasked."""
    names = {briefing.name for briefing in briefings}
    return tuple(str(found["address"]) for found in read_manifests(out) if found.get("briefing") not in names)


def retire(out: Path, briefings: Sequence[Briefing]) -> None:
    """Take away pages beyond the newest of their series, where the catalog says how many are kept."""
    keep = {briefing.name: briefing.options["keep"] for briefing in briefings if briefing.options.get("keep")}
    pages = [found for found in read_manifests(out) if found.get("briefing") in keep] if keep else []
    newest = _order_by_age((*_date(found), str(found["address"])) for found in pages)
    for found in pages:
        series, day = _date(found)
        address = str(found["address"])
        if (day, address) not in newest[series][: keep[found["briefing"]]]:
            remove_page(out, address)


def _date(manifest: Mapping[str, Any]) -> tuple[str, str]:
    """Give the series of a page, and its day in it."""
    values = manifest.get("parameters", {})
    return series_of(str(manifest.get("briefing")), values), str(values.get(DAY))


def _order_by_age(pages: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Give the pages of each series, the newest first; each comes as its series, its day and what else tells it."""
    newest: dict[str, list[tuple[str, ...]]] = {}
    for series, *dated in sorted(set(pages), reverse=True):
        newest.setdefault(series, []).append(tuple(dated))
    return newest


def part_by_age(editions: Sequence[Edition], *, out: Path) -> tuple[list[Edition], list[Edition]]:
    """Part the editions that are to be from those that are too old: the next build would take them away again.

    An edition is too old where as many newer pages of its series are there, or to be, as the catalog keeps.
    """
    if not any(edition.briefing.options.get("keep") for edition in editions):
        return list(editions), []
    days = [(edition.series, str(edition.values.get(DAY))) for edition in editions]
    newest = _order_by_age([*days, *(_date(found) for found in read_manifests(out))])
    kept: list[Edition] = []
    old: list[Edition] = []
    for edition in editions:
        keep = edition.briefing.options.get("keep")
        is_kept = not keep or (str(edition.values.get(DAY)),) in newest[edition.series][:keep]
        (kept if is_kept else old).append(edition)
    return kept, old


def missing(steps: Iterable[Step], *, out: Path) -> list[Edition]:
    """Give the editions that are due and have no page, or failed."""
    absent = ("missing", "failed", "held")
    return [step.edition for step in steps if _stand(step, out=out).state in absent]


def beat(out: Path, outcomes: Iterable[Ended], *, expected: int) -> None:
    """Note that a build ran: a monitor that sees the note grow old knows of a build that did not."""
    ended = list(outcomes)
    good = sum(outcome.is_good for outcome in ended)
    told = {"at": now().isoformat(timespec="seconds"), "expected": expected, "good": good, "bad": len(ended) - good}
    try:
        save_json(out / PRESS / HEARTBEAT, told)
    except PublishError:
        return  # a disk that takes no note of it is told by the build itself


def read_heartbeat(out: Path) -> tuple[dt.datetime | None, dict[str, Any]]:
    """Read when a build last ran, and how it went."""
    told = read_json(out / PRESS / HEARTBEAT)
    try:
        return dt.datetime.fromisoformat(str(told.get("at"))), told
    except ValueError:
        return None, told

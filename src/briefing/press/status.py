"""Keeping a reports folder: how it stands, what is overdue, what is old, what nobody asks for any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from briefing.dossier.files import LATEST
from briefing.editions.address import DAY
from briefing.editions.catalog import CATALOG, Briefing, Edition, list_editions, series_of
from briefing.press.plan import Step, look_up
from briefing.press.publish import read_manifests, read_notes, remove_page
from briefing.values.clock import now

EditionState = Literal["present", "stale", "missing", "held", "failed"]


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
    facts, name = look_up(step.edition, out=out), step.edition.name
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
    """Take away pages beyond the newest of their series, where the catalog says how many are kept.

    What is noted of editions that failed goes where as many newer ones are there, or failed too.
    """
    keep = {briefing.name: briefing.options["keep"] for briefing in briefings if briefing.options.get("keep")}
    if not keep:
        return
    pages = [found for found in read_manifests(out) if found.get("briefing") in keep]
    there = {str(page["address"]) for page in pages}
    noted = [found for found in read_notes(out, "failures") if found.get("briefing") in keep]
    failed = [found for found in noted if found["address"] not in there and "parameters" in found]
    for old in (*_beyond(pages, keep=keep), *_beyond([*pages, *failed], keep=keep, of=failed)):
        remove_page(out, str(old["address"]))


def retire_empty(out: Path, editions: Iterable[Edition]) -> None:
    """Take away pages that said that nothing is known, of a day after the latest that the dossier knows of by now.

    The latest day of a dossier that knows nothing is the day on which it was built. Its page would stand as the newest
    of its series, above those that know something.
    """
    newest = {edition.series: str(edition.values[DAY]) for edition in editions if _asks_for_latest(edition)}
    for page in read_manifests(out) if newest else ():
        series, day = _date(page)
        if series in newest and day > newest[series] and _cites_nothing(out / str(page["address"])):
            remove_page(out, str(page["address"]))


def _asks_for_latest(edition: Edition) -> bool:
    return edition.briefing.given.get(DAY) == (LATEST,)


def _cites_nothing(path: Path) -> bool:
    """Whether a page says itself that it has no row; of one that cannot be read nobody knows."""
    from briefing.page.manifest import read_rows_on  # slow to import, and seldom needed

    rows = read_rows_on(path)
    return rows is not None and not any(rows.values())


def _beyond(
    editions: Sequence[Mapping[str, Any]], *, keep: Mapping[str, int], of: Sequence[Mapping[str, Any]] | None = None
) -> list[Mapping[str, Any]]:
    """Give the editions, or those `of` them, that have as many newer ones in their series as are kept."""
    newest = _order_by_age((*_date(found), str(found["address"])) for found in editions)
    return [
        found
        for found in (editions if of is None else of)
        if (_date(found)[1], str(found["address"])) not in newest[_date(found)[0]][: keep[found["briefing"]]]
    ]


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


def missing(editions: Iterable[Edition], *, out: Path) -> list[Edition]:
    """Give the editions that are due and have no page, or failed, from plain files alone."""
    return [edition for edition in editions if not _is_there(edition, out=out)]


def _is_there(edition: Edition, *, out: Path) -> bool:
    facts = look_up(edition, out=out)
    return bool(facts.manifest) and not facts.failure and (out / edition.address).is_file()


def list_overdue(
    standings: Iterable[Standing], briefings: Sequence[Briefing], *, data: Path, hours: float
) -> tuple[str, ...]:
    """List the editions that have been due for so many hours and are missing.

    An edition is due when its schedule says; one that the catalog lists by itself, since that was saved.
    """
    before = now() - dt.timedelta(hours=hours)
    known = [found for found in briefings if "schedule" in found.options or _saved(found) <= before]
    due = {edition.name for edition in list_editions(known, data=data, until=before)}
    return tuple(found.edition for found in standings if found.state == "missing" and found.edition in due)


def _saved(briefing: Briefing) -> dt.datetime:
    path = briefing.notebook.parent / CATALOG
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)

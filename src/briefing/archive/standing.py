"""What there is: the editions whose pages stand as they were made, in the order of the catalog, and what is missing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from briefing.archive.corrections import KnownCorrection, know_corrections
from briefing.archive.keeping import FOLDER, MadeRecord, find_kept, find_printed, key_of, read_record
from briefing.archive.records import Record, order_records
from briefing.archive.sheet import name_apart
from briefing.archive.since_kept import SinceSummary, find_between, list_earlier, read_summaries, summarize
from briefing.archive.stamps import EditionState, list_below, look_at_page, read_states
from briefing.editions.about import About, read_about
from briefing.editions.address import DAY
from briefing.editions.catalog import CATALOG, Briefing, Edition, list_editions
from briefing.press.publish import PRESS, read_json, read_notes, save_json
from briefing.press.stamps import stamp_file
from briefing.values.clock import today

#: What may be wrong with an edition, in the order in which the front page tells it.
LackKind = Literal["changed", "gone", "held", "failed", "late", "missing", "unread"]

#: What the catalog asked for when a build last knew it.
_EXPECTED = f"{FOLDER}/expected.json"

#: What the catalog said of the archive when a build last knew it, and the first address that it gave.
_ABOUT = f"{FOLDER}/about.json"


@dataclass(frozen=True, slots=True)
class Lack:
    """An edition that is not there, or not as it should be."""

    name: str
    kind: LackKind
    day: str = ""  #: the day that it speaks for
    has_page: bool = False  #: whether its last good page is there

    @property
    def series(self) -> str:
        """What names the editions that differ in their day alone, as `Record.series` does."""
        folder, _, last = self.name.rpartition("/")
        return folder if self.day and last == self.day else f"{self.name}.html"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the editions of a series are due, as the catalog says."""

    line: str  #: a cron line
    since: str = ""  #: the first day on which one was due
    title: str = ""  #: what the catalog calls its briefing


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the archive is made from."""

    out: Path
    records: tuple[Record, ...] = ()  #: the editions whose pages stand as made: by catalog, series and day
    troubles: tuple[Lack, ...] = ()
    states: Mapping[str, EditionState] | None = None  #: how each edition stands on the disk, by address
    about: About = field(default_factory=About)  #: what the catalog says of it
    seed: str = ""  #: the first address that it had: what its permanent ids are made of
    since: Mapping[str, SinceSummary] = field(default_factory=dict)  #: what is kept of what changed, by address
    schedules: Mapping[str, Schedule] = field(default_factory=dict)  #: when each series is due that has a schedule
    corrections: tuple[KnownCorrection, ...] = ()  #: our errors that were mended, and what they touched; newest first
    _series: dict[str, list[Record]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def series(self) -> Mapping[str, Sequence[Record]]:
        """The editions of each series, the oldest first; the series in the order of the catalog."""
        if not self._series:  # ordered once: all that is written around the pages asks for it
            self._series.update(order_records(self.records))
        return self._series

    @property
    def language(self) -> str:
        """The language of what stands around the pages: that of the first page."""
        return self.records[0].language if self.records else "en"

    def make_id(self, name: str) -> str:
        """Make the id by which whoever follows the archive knows a thing: the same for as long as its name is.

        It is made of the first address that the catalog gave, so that it stays where the archive moves.
        """
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.seed or 'briefing:'}{name}").urn

    def state(self, record: Record) -> EditionState:
        """Give how an edition stands on the disk."""
        return (self.states or {}).get(record.address, EditionState())


def look_around(
    out: Path,
    *,
    briefings: Sequence[Briefing] = (),
    data: Path | None = None,
    ahead: Mapping[str, MadeRecord] | None = None,
) -> Archive:
    """Look at a reports folder: which editions are there, and what is missing of what the catalog asks for.

    Without the catalog's briefings what it last asked for is remembered. `ahead` are records that are made already.
    """
    known = read_states(out)
    states: dict[str, EditionState] = {}
    earlier: dict[str, Mapping[str, str]] = {}
    records, troubles = [], []
    for record, state in _read_editions(out, known, earlier, ahead):
        states[record.address] = state
        kind = _judge_page(record, state)
        if kind:
            troubles.append(Lack(record.name, kind, record.as_of))
        else:
            records.append(record)
            troubles += [Lack(record.name, "unread", record.as_of, has_page=True)] if record.flaw else []
    expected = _note_expected(out, briefings, data=data)
    order = {name: at for at, name in reversed(list(enumerate(expected.get("order", ()))))}
    records.sort(key=lambda record: (order.get(record.briefing, len(order)), record.briefing, record.series))
    there = {record.address for record in records}
    troubles += _list_failures(out, there)
    troubles += _list_missing(expected.get("editions", ()), {*states, *(f"{told.name}.html" for told in troubles)})
    about, seed = _note_about(out, briefings)
    since = read_summaries(out, records)
    schedules = {series: Schedule(**told) for series, told in expected.get("schedules", {}).items()}
    corrections = know_corrections(out, records, data=data, earlier=earlier)
    troubles.sort(key=_order_trouble)
    return Archive(out, tuple(records), tuple(troubles), states, about, seed, since, schedules, corrections)


def name_series_apart(archive: Archive) -> dict[str, str]:
    """Say what the editions of each series ask, and of what where two ask the same; of one to come its title."""
    newest = [editions[-1] for editions in archive.series.values()]
    titles = {series: schedule.title or series for series, schedule in archive.schedules.items()}
    return titles | {record.series: name_apart(record, newest) for record in newest}


def since_of(archive: Archive, record: Record) -> SinceSummary:
    """Give in short what changed from the edition before to this one: what is kept, or else it is worked out."""
    kept = archive.since.get(record.address)
    earlier = None if kept else list_earlier(archive.records).get(record.address)
    return kept or summarize(find_between(archive.out, earlier, record))


_KINDS: tuple[LackKind, ...] = ("changed", "gone", "held", "failed", "late", "missing", "unread")


def _order_trouble(trouble: Lack) -> tuple[int, str]:
    return _KINDS.index(trouble.kind), trouble.name


def _read_editions(
    out: Path,
    known: Mapping[str, EditionState],
    earlier: dict[str, Mapping[str, str]],
    ahead: Mapping[str, MadeRecord] | None,
) -> Iterator[tuple[Record, EditionState]]:
    """Read the record of each edition that the press knows, and look at its page; note what it printed before."""
    folder = out / PRESS / "editions"
    for name in list_below(folder, ".json"):
        address, path = f"{name}.html", folder / f"{name}.json"
        state, now = known.get(address, EditionState()), stamp_file(path)
        record = find_kept(out, address, state.key) if now and now == state.manifest else None
        if record is None:
            manifest = read_json(path)
            if manifest.get("address") != address:
                continue
            earlier[address] = find_printed(out, address)
            record = read_record(out, manifest, ahead=ahead)
            state = replace(state, manifest=now, key=key_of(manifest) if record.details else "")
        yield record, replace(state, page=look_at_page(out / address, state.page))


def _judge_page(record: Record, state: EditionState) -> LackKind | None:
    """Say what is wrong with a page: it is gone, or is not the one that was made."""
    if not state.page.stamp:
        return "gone"
    return None if state.page.made == record.page else "changed"


def _list_failures(out: Path, there: Iterable[str]) -> Iterator[Lack]:
    for noted in read_notes(out, "failures"):
        address, day = str(noted["address"]), noted.get("parameters", {}).get(DAY)
        kind: LackKind = "held" if noted.get("status") == "held" else "failed"
        name = address.removesuffix(".html").removesuffix("/unreadable")
        yield Lack(name, kind, "" if day is None else str(day), has_page=address in there)


def _list_missing(expected: Iterable[Mapping[str, Any]], told: Iterable[str]) -> Iterator[Lack]:
    known = set(told)
    for edition in expected:
        if edition["address"] not in known:
            kind: LackKind = "late" if edition["due"] else "missing"
            yield Lack(str(edition["address"]).removesuffix(".html"), kind, str(edition["day"]))


def _note_expected(out: Path, briefings: Sequence[Briefing], *, data: Path | None) -> Mapping[str, Any]:
    """Note what the catalog asks for by now; where a build knows no catalog, read what was noted."""
    noted = read_json(out / _EXPECTED)
    if not briefings or data is None:
        return noted
    asked = [edition for edition in list_editions(briefings, data=data) if not edition.briefing.flaw]
    schedules = {
        edition.name.rpartition("/")[0]: _describe_schedule(edition.briefing)
        for edition in (*asked, *_list_first(briefings, data=data))
        if "schedule" in edition.briefing.options
    }
    expected = {
        "order": [briefing.name for briefing in briefings],
        "editions": [_describe_edition(edition) for edition in asked],
        "schedules": schedules,
    }
    if noted != expected:
        save_json(out / _EXPECTED, expected)
    return expected


def _describe_edition(edition: Edition) -> dict[str, Any]:
    day = edition.values.get(DAY)
    is_due = "schedule" in edition.briefing.options
    return {"address": edition.address, "day": "" if day is None else str(day), "due": is_due}


def _describe_schedule(briefing: Briefing) -> dict[str, str]:
    options = briefing.options
    return {"line": str(options["schedule"]), "since": str(options.get("since", "")), "title": briefing.title}


def _list_first(briefings: Sequence[Briefing], *, data: Path) -> Iterator[Edition]:
    """List the first editions of schedules that begin in time to come: none of theirs is due yet."""
    for briefing in briefings:
        first = str(briefing.options.get("since", "")) if "schedule" in briefing.options else ""
        if first > today().isoformat() and not briefing.flaw:
            from briefing.editions.schedule import next_due_day  # only where something is scheduled

            before = dt.date.fromisoformat(first) - dt.timedelta(days=1)
            day = next_due_day(briefing.options["schedule"], after=before, where=briefing.name)
            given = {**briefing.given, DAY: (str(day),)}
            yield from list_editions([replace(briefing, given=given)], data=data) if day else ()


def _note_about(out: Path, briefings: Sequence[Briefing]) -> tuple[About, str]:
    """Note what the catalog says of the archive, and give it with the first address that it ever gave."""
    noted = read_json(out / _ABOUT)
    known = About(**{name: str(noted.get(name, "")) for name in asdict(About())})
    about = read_about(briefings[0].notebook.parent / CATALOG) if briefings else known
    seed = str(noted.get("seed") or about.address)
    if noted != (told := {**asdict(about), "seed": seed}) and (noted or about != About()):
        save_json(out / _ABOUT, told)
    return about, seed

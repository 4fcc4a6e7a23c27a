"""Imports: somebody's file becomes rows, all of them or none, and what that changes is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from briefing.dossier.tables import TABLES
from briefing.errors import DossierError, Problem, UsageError, did_you_mean
from briefing.intake.edits import Change, Edits, check_edits, open_edits, write_edits
from briefing.intake.foreign import ForeignFile, read_their_file
from briefing.intake.making import Context, make_fillings, make_rows
from briefing.intake.mapping import SETTING, Preset
from briefing.intake.placing import KnownNames, Unplaced, gather_unplaced, read_names, read_placed, write_unplaced
from briefing.intake.readings import read_day
from briefing.intake.releases import (
    Applied,
    ReleaseDiff,
    ReleaseSource,
    apply_release,
    compare_release,
    put_names,
    read_standing,
)
from briefing.intake.touched import Touched, find_touched
from briefing.values.clock import today
from briefing.values.words import counted

#: KnownNames that cannot be placed are listed in this file, beside the dossier.
UNPLACED = "unplaced.csv"

#: Fewer rows than these may all vanish without a word more.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import was asked for."""

    released: str = ""
    url: str = ""
    archived_url: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    adds_names: bool = False
    is_part: bool = False  #: The file is a part of its release: nothing vanishes.
    is_whole: bool = False  #: The file is whole: most rows may vanish.
    unplaced: Path | None = None
    out: Path | None = None  #: The reports, and the folder of the catalog: whose editions are looked at.
    catalog: Path | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What a file brings: the edits, what they are about, what could not be placed. Nothing is written yet."""

    preset: Preset
    file: str
    released: str
    edits: Edits
    read: int  #: How many rows the file has.
    diff: ReleaseDiff = field(default_factory=ReleaseDiff)
    ids: Mapping[tuple[str, str], int] = field(default_factory=dict)
    added: tuple[tuple[str, str], ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    waiting: int = 0  #: How many rows wait for their names to be placed.
    unplaced_path: Path = Path(UNPLACED)
    placed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()  #: Warnings that the edits bring.
    touched: Touched = field(default_factory=Touched)

    @property
    def changes(self) -> list[Change]:
        """The rows that are new, changed or gone."""
        return self.edits.changes()

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        licence = " ".join(self.preset.licence.split())
        return {
            "preset": self.preset.name, "licence": licence, "file": self.file, "released": self.released,
            "read": self.read, "new": len(self.diff.new), "changed": len(self.diff.changed),
            "vanished": len(self.diff.vanished), "same": self.diff.same, "waiting": self.waiting,
            "added": [{"table": table, "id": key} for table, key in self.added],
            "changes": [change.to_dict() for change in self.changes],
            "unplaced": [asdict(each) for each in self.unplaced],
            "touched": self.touched.to_dict(), "remarks": list(self.remarks),
            "findings": [problem.to_dict() for problem in self.problems],
        }  # fmt: skip


def plan_import(preset: Preset, path: Path, *, folder: Path, asked: Asked) -> Import:
    """Plan an import: read the file, place its names, compare it with what stands. Nothing is written.

    Raises `UsageError` where the file is another's, or a day or setting is missing; `DossierError` with everything that
    is wrong in the file, by its lines.
    """
    _check_settings(preset, asked.settings)
    _check_whole(preset)
    edits = open_edits(folder)
    foreign = read_their_file(path, preset)
    unplaced_path = asked.unplaced or folder.resolve().parent / UNPLACED
    placed = read_placed(unplaced_path)
    mapped = {
        table: {**placed.get(table, {}), **preset.names.get(table, {})}
        for table in ("actors", "places", "items", "sources")
    }
    names = read_names(edits, mapped)
    if preset.fills:
        made = _plan_filling(preset, foreign, edits, names)
    else:
        made = _plan_rows(preset, foreign, edits, names, mapped, asked)
    made = replace(made, unplaced_path=unplaced_path, placed=placed)
    warnings = _judge(made)
    day = made.released or today().isoformat()
    touched = find_touched(made.edits, day=day, out=asked.out, catalog=asked.catalog) if made.changes else Touched()
    return replace(made, problems=tuple(warnings), touched=touched)


def run_import(planned: Import) -> list[Path]:
    """Write what an import brings, all of it or nothing, and the list of names that could not be placed."""
    written = write_edits(planned.edits)
    if planned.unplaced or (planned.placed and planned.unplaced_path.is_file()):
        write_unplaced(planned.unplaced_path, planned.unplaced, file=planned.file, placed=planned.placed)
        written += [planned.unplaced_path] if planned.unplaced else []
    elif planned.unplaced_path.is_file() and not planned.placed:
        written += _clear(planned)
    return written


def _clear(planned: Import) -> list[Path]:
    """Empty the list of an earlier import, whose names are placed by now."""
    write_unplaced(planned.unplaced_path, (), file=planned.file, placed={})
    return [planned.unplaced_path]


def _check_settings(preset: Preset, settings: Mapping[str, str]) -> None:
    for name in settings:
        if name not in preset.settings:
            cure = did_you_mean(name, preset.settings)
            raise UsageError(f"--set {name}: {preset.name} has no such setting; a mapping lists its settings. {cure}")
    for name, what in preset.settings.items():
        if not settings.get(name):
            raise UsageError(f"{preset.name}: needs to know {what}; the file does not say. Add --set {name} VALUE.")


def _check_whole(preset: Preset) -> None:
    """Raise `DossierError` where rows would lack what their table requires: a draft that nobody has mended yet."""
    flaws = []
    for at, rule in enumerate(preset.makes, 1):
        made = {
            TABLES[rule.table].key[0],
            "source_id",
            "quantity_id",
            *rule.cells,
            *(("qualifier",) if rule.number else ()),
        }
        needed = [name for name in TABLES[rule.table].columns if name in TABLES[rule.table].required]
        if lacking := ["number" if name == "qualifier" else name for name in needed if name not in made]:
            what, law = f"lacks {', '.join(lacking)}", f"{TABLES[rule.table].file} requires them in each row"
            cure = 'Write each, for instance item = "lorry" or from = { column = "...", read = "actor" }'
            flaws.append(Problem(f"{preset.name}: makes.{at}", None, None, None, what, law, cure))
    if flaws:
        raise DossierError(flaws)


# --- rows -------------------------------------------------------------------------------------------------------


def _plan_rows(
    preset: Preset,
    foreign: ForeignFile,
    edits: Edits,
    names: KnownNames,
    mapped: Mapping[str, Mapping[str, str]],
    asked: Asked,
) -> Import:
    released = _released(preset, foreign, asked.released)
    _refuse_nowhere(preset, asked, foreign.name)
    context = Context(preset, names, asked.settings, released, foreign.name)
    made = make_rows(foreign, context)
    if made.problems:
        raise DossierError(made.problems)
    edits, added = put_names(edits, made.rows, is_asked=asked.adds_names)
    if added:
        names = read_names(edits, mapped)
        made = make_rows(foreign, replace(context, names=names))
    waiting = [row for row in made.rows if row.nowhere]
    standing = read_standing(edits, preset)
    _refuse_older(preset, standing_days=_days_of(edits, preset), released=released)
    diff = compare_release(standing, made.rows, is_part=asked.is_part)
    _refuse_emptied(diff, foreign.name, asked)
    settings = {f"{SETTING}{name}": value for name, value in asked.settings.items()}
    source = ReleaseSource(preset, released, asked.url, asked.archived_url, settings) if preset.release else None
    applied = apply_release(edits, diff, source, released=released)
    unplaced = gather_unplaced(names, ((table, name, row.line) for row in waiting for table, name in row.nowhere))
    skipped = [f"{counted(made.skipped, 'row')} of the file made nothing"] if made.skipped else []
    return Import(
        preset, foreign.name, released, _without_idle_names(applied, added), len(foreign.rows), diff, applied.ids,
        tuple(added), unplaced, len({row.line for row in waiting}),
        remarks=(*foreign.remarks, *made.remarks, *skipped, *_address_remarks(source, edits, preset, released)),
    )  # fmt: skip


def _address_remarks(source: ReleaseSource | None, edits: Edits, preset: Preset, released: str) -> Iterator[str]:
    """Ask for copies where one address has had several releases: a reader of it sees the newest alone."""
    earlier = [day for day in _days_of(edits, preset) if day != released]
    if source and earlier and not source.archived_url:
        yield f"the address had another release on {earlier[-1]}: name a copy of each in an archive (--archived URL)"


def _without_idle_names(applied: Applied, added: Iterable[tuple[str, str]]) -> Edits:
    """Leave out the rows of names that no row needs: those of rows that wait for another name."""
    edits = applied.edits
    columns = {table: tuple(TABLES[table].references()) for table in TABLES} if added else {}
    rows = [(change.table, change.after) for change in edits.changes() if change.after] if added else []
    used = {row.get(column, "") for table, row in rows for column in columns[table]}
    used_parts = {part for cell in used for part in cell.split("|")}
    idle = [(table, key) for table, key in added if key not in used_parts]
    for table, key in idle:
        edits = edits.drop(table, (key,))
    return edits


def _released(preset: Preset, foreign: ForeignFile, told: str) -> str:
    """Find the day of release: as it was told, or as the file or its name says it; a sheet of one's own is today's."""
    if told:
        return told
    release = preset.release
    for pattern, text in ((release.released, foreign.above), (release.in_name, foreign.name)) if release else ():
        found = re.search(pattern, text) if pattern else None
        if release and found:
            return read_day(found[1], release.formats)
    if release is None:
        return today().isoformat()  # each row has its own source; what is gone from the sheet went by now
    rule = "the day of release is the day from which its rows are known"
    raise UsageError(f"{foreign.name}: does not say when it was released; {rule}. Add --released 2031-03-10.")


def _refuse_nowhere(preset: Preset, asked: Asked, name: str) -> None:
    if preset.release and not (asked.url or preset.release.url):
        raise UsageError(f"{name}: does not say where it was published; a source has an address. Add --url ADDRESS.")


def _days_of(edits: Edits, preset: Preset) -> list[str]:
    """Give the days of the releases that are in the dossier."""
    name = re.compile(rf"{re.escape(preset.name)}-(\d{{4}}-\d\d-\d\d)(?:-known-.*)?")
    found = (name.fullmatch(row["source_id"]) for row in edits.rows("sources"))
    return sorted(each[1] for each in found if each)


def _refuse_older(preset: Preset, *, standing_days: list[str], released: str) -> None:
    if standing_days and released < standing_days[-1]:
        rule = "releases come in in the order of their days"
        raise UsageError(
            f"--released {released}: a release of {standing_days[-1]} is in the dossier; {rule}. Name a later day."
        )


def _refuse_emptied(diff: ReleaseDiff, name: str, asked: Asked) -> None:
    gone = len(diff.vanished)
    if gone >= _FEW and gone * 2 > diff.standing and not asked.is_whole:
        what = f"{name}: lacks {gone} of the {diff.standing} rows that earlier releases brought"
        rule = "what a release has no more is retracted"
        raise UsageError(f"{what}; {rule}. Add --part where the file is a part of it, --whole where it is all.")


# --- sources ----------------------------------------------------------------------------------------------------


def _plan_filling(preset: Preset, foreign: ForeignFile, edits: Edits, names: KnownNames) -> Import:
    """Plan what a file fills in the rows of sources, which are found by their address."""
    assert preset.fills is not None
    made, problems = make_fillings(foreign, preset.fills, Context(preset, names, {}, "", foreign.name))
    if problems:
        raise DossierError(problems)
    ids: dict[tuple[str, str], int] = {}
    nowhere: list[tuple[str, str, int]] = []
    rows: dict[str, dict[str, str]] = {}
    for line, address, cells in made:
        key = names.find("sources", address)
        if key is None:
            nowhere.append(("sources", address, line))
            continue
        rows[key] = {"source_id": key, **cells}
        ids["sources", key] = line
    if rows:
        edits = edits.put("sources", *rows.values())
    unplaced = gather_unplaced(names, nowhere)
    left = len(foreign.rows) - len(made)
    remarks = [f"{counted(left, 'row')} of the file fill nothing: not archived, or without an address"] if left else []
    return Import(
        preset, foreign.name, "", edits, len(foreign.rows), ids=ids, unplaced=unplaced, waiting=len(nowhere),
        remarks=(*foreign.remarks, *remarks),
    )  # fmt: skip


# --- what is wrong, by the file's lines -------------------------------------------------------------------------


def _judge(planned: Import) -> list[Problem]:
    """Give the warnings that the edits bring; raises `DossierError` with the errors, by the file's lines."""
    found = [_at_line(problem, planned) for problem in check_edits(planned.edits)] if planned.changes else []
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise DossierError(errors)
    return found


def _at_line(problem: Problem, planned: Import) -> Problem:
    """Tell a problem of a new row at the line of the file that it comes from."""
    table = problem.file.rpartition("/")[2].removesuffix(".csv")
    rows = planned.edits.after.get(table)
    if rows is None or problem.row is None or not 2 <= problem.row < len(rows.rows) + 2:
        return problem
    key = rows.key_of(rows.rows[problem.row - 2].cells)[0]
    line = planned.ids.get((table, key))
    if line is None:
        return problem
    return replace(problem, file=planned.file, row=line, what=f"{table}.csv, {key}: {problem.what}")

"""Telling an import: what is new, changed and vanished, what that touches, which names lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from briefing.errors import quoted
from briefing.intake.edits import Change
from briefing.intake.imports import Import
from briefing.intake.touched import Touched
from briefing.values.words import counted

#: So many new rows of a table are told one by one, and so many names; of the others how many they are.
MOST_ROWS, MOST_NAMES = 60, 10


def tell_import(planned: Import) -> Iterator[str]:
    """Say what an import brings, in lines."""
    diff = planned.diff
    day = f", release of {planned.released}" if planned.preset.release else ""
    yield f"{planned.file}: {counted(planned.read, 'row')} read by {planned.preset.name}{day}"
    if planned.preset.licence:
        yield f"licence, as its provider states it: {' '.join(planned.preset.licence.split())} Heed it."
    yield from planned.remarks
    if planned.preset.fills:
        yield f"{counted(len(planned.changes), 'source')} filled"
    else:
        counts = {"new": diff.new, "changed": diff.changed, "vanished": diff.vanished}
        told = ", ".join(f"{len(rows)} {word}" for word, rows in counts.items())
        yield f"{told}, {diff.same} as they were"
    yield from _tell_changes(planned.changes)
    yield from _tell_touched(planned.touched)
    if planned.unplaced:
        yield from _tell_unplaced(planned)


def _tell_unplaced(planned: Import) -> Iterator[str]:
    lead = "leads" if len(planned.unplaced) == 1 else "lead"
    wait = "waits" if planned.waiting == 1 else "wait"
    names = counted(len(planned.unplaced), "name")
    yield f"{counted(planned.waiting, 'row')} of the file {wait}: {names} {lead} nowhere"
    for each in planned.unplaced[:MOST_NAMES]:
        near = f"; nearest is {each.nearest}" if each.nearest else ""
        rows = counted(len(each.lines), "row")
        yield f"  {each.table}: {quoted(each.name)}, {rows}, first in line {each.lines[0]}{near}"
    if len(planned.unplaced) > MOST_NAMES:
        yield f"  and {len(planned.unplaced) - MOST_NAMES} more"
    yield f"Write their ids into {planned.unplaced_path.name}, or add aliases or rows, and run the command again"


def _tell_changes(changes: Sequence[Change]) -> Iterator[str]:
    """Say what changes in lines; of very many new rows in a table how many more they are."""
    new = Counter[str]()
    for change in changes:
        if change.table in ("quantities", "corrections"):
            continue  # they follow from the others
        is_plain = change.kind == "new" and not (change.after or {}).get("supersedes")
        new[change.table] += is_plain
        if not is_plain or new[change.table] <= MOST_ROWS:
            yield from _tell_change(change)
    for table, number in new.items():
        if number > MOST_ROWS:
            yield f"+ {table}.csv: {number - MOST_ROWS} more"


def _tell_change(change: Change) -> Iterator[str]:
    """Say a change in a line; of a claim that supersedes another, which."""
    after = change.after or {}
    first, *cells = change.tell()
    if after.get("supersedes"):
        yield f"{first} supersedes {after['supersedes']}"
    elif change.kind == "new":
        yield f"{first}{_said(after)}"
    else:
        yield first
        yield from cells


def _said(cells: Mapping[str, str]) -> str:
    said = cells.get("wording") or cells.get("title") or cells.get("name") or ""
    return f": {said}" if said else ""


def _tell_touched(touched: Touched) -> Iterator[str]:
    if touched.unknown:
        yield f"what it touches is not known: {touched.unknown}"
    for figure in touched.figures:
        yield f"figure: {figure.title}: {figure.then} -> {figure.now}"
    for judgement in touched.judgements:
        yield f"judgement: {judgement.id}: {judgement.statement}"
    for edition in touched.editions:
        shows = f" (shows {', '.join(edition.shows[:6])})" if edition.shows else ""
        verb = "edition" if edition.is_to_be_built else "edition that stands"
        yield f"{verb}: {edition.name}{shows}: {'; '.join(edition.why[:2])}"

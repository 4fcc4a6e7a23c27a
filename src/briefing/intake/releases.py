"""A release beside what an earlier one brought: rows that are new, changed or vanished, and the edits that say so.

A claim that changed is a new claim that supersedes the old; one that vanished is retracted. Both on the day of the
release, so that an edition of an earlier day stands as it was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from briefing.dossier.csvfile import OWN
from briefing.dossier.groups import CITED_TABLES, CLAIM_TABLES
from briefing.dossier.tables import TABLES
from briefing.dossier.tabletext import Cells
from briefing.intake.edits import Edits
from briefing.intake.ids import name_id, number_id
from briefing.intake.making import Added, MadeRow
from briefing.intake.mapping import Preset, fill_in
from briefing.intake.placing import added_row
from briefing.values.clock import today

#: The column in which a row says what import brought it, and the one in which an event says that it is gone.
IMPORTED, VANISHED = "x_import", "x_vanished_on"

#: How ids of each table begin where it numbers none.
_STEMS = {"deployments": "dp-", "transfers": "tr-", "losses": "ls-", "events": "ev-"}

_KEY = re.compile(r"(?P<stem>[a-z0-9-]+/[0-9a-f]+/[^/@]+)/(?P<number>\d+)@(?P<digest>[0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row that an earlier import brought, as it stands."""

    table: str
    id: str
    stem: str
    number: int
    digest: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that a release says otherwise: the row that stands, and what the release makes of it."""

    standing: ImportedRow
    made: MadeRow
    cells: Mapping[str, tuple[str, str]]  #: The cells that differ, as they stand and as they are to be.


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """What a release says that the dossier does not, and what it says no more."""

    new: tuple[MadeRow, ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    vanished: tuple[ImportedRow, ...] = ()
    same: int = 0

    @property
    def standing(self) -> int:
        """How many rows of earlier releases stand."""
        return self.same + len(self.changed) + len(self.vanished)


@dataclass(frozen=True, slots=True)
class Applied:
    """Edits, and the line of the file that each new or changed row comes from."""

    edits: Edits
    ids: Mapping[tuple[str, str], int]  #: By table and id.


def read_standing(edits: Edits, preset: Preset) -> list[ImportedRow]:
    """Read the rows that imports by a preset brought and that stand: not superseded, not retracted."""
    tables = tuple(dict.fromkeys(rule.table for rule in preset.makes))
    replaced = {row.get("supersedes", "") for table in CLAIM_TABLES for row in edits.rows(table)} - {""}
    rows = ((table, row) for table in tables for row in edits.rows(table))
    found = (_standing(table, row) for table, row in rows if row.get(IMPORTED, "").startswith(f"{preset.name}/"))
    return [each for each in found if each and each.id not in replaced and not each.cells.get("retracted_on")]


def _standing(table: str, row: Cells) -> ImportedRow | None:
    key = _KEY.fullmatch(row.get(IMPORTED, ""))
    if key is None:
        return None  # the analyst wrote something else there: the row is theirs
    return ImportedRow(table, row[TABLES[table].key[0]], key["stem"], int(key["number"]), key["digest"], row)


def compare_release(standing: Sequence[ImportedRow], made: Sequence[MadeRow], *, is_part: bool) -> ReleaseDiff:
    """Compare what a release makes with what stands.

    Rows of one identity are paired by what they say first, then in order. A row whose names lead nowhere is in the
    release all the same: it does not vanish. Where the file `is_part` of a release, nothing does.
    """
    by_stem: dict[str, list[ImportedRow]] = defaultdict(list)
    for each in standing:
        by_stem[each.stem].append(each)
    new: list[MadeRow] = []
    changed: list[ChangedRow] = []
    same = 0
    for stem, rows in _grouped(made).items():
        left = sorted(by_stem.pop(stem, []), key=lambda row: row.number)
        unlike: list[MadeRow] = []
        for row in rows:
            twin = next((other for other in left if other.digest == row.digest), None)
            if twin is None:
                unlike.append(row)
                continue
            left.remove(twin)
            same += not twin.cells.get(VANISHED)
            changed += [_changed(twin, row)] if twin.cells.get(VANISHED) else []
        pairs = list(zip(left, unlike, strict=False))
        differing = [_changed(old, new_state) for old, new_state in pairs]
        placed = [pair for pair in differing if not pair.made.nowhere]
        moved = [pair for pair in placed if pair.cells or pair.standing.cells.get(VANISHED)]
        changed += moved
        same += len(differing) - len(moved)
        new += [row for row in unlike[len(pairs) :] if not row.nowhere]
        by_stem[stem] = left[len(pairs) :]
    gone = [old for olds in by_stem.values() for old in olds if not old.cells.get(VANISHED)]
    return ReleaseDiff(tuple(new), tuple(changed), () if is_part else tuple(gone), same + (len(gone) if is_part else 0))


def _grouped(made: Iterable[MadeRow]) -> dict[str, list[MadeRow]]:
    groups: dict[str, list[MadeRow]] = defaultdict(list)
    for row in made:
        groups[row.stem].append(row)
    return groups


def _changed(standing: ImportedRow, made: MadeRow) -> ChangedRow:
    """Compare the cells that the file speaks of; what the analyst added beside them stays."""
    spoken = {"low", "best", "high", *made.cells} if standing.table in CLAIM_TABLES else set(made.cells)
    pairs = {name: (standing.cells.get(name, ""), made.cells.get(name, "")) for name in spoken}
    return ChangedRow(standing, made, {name: pair for name, pair in sorted(pairs.items()) if pair[0] != pair[1]})


# --- the edits --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """What the row of a release in sources.csv is made of."""

    preset: Preset
    released: str
    url: str
    archived_url: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    def row(self, day: str, row_id: str) -> Cells:
        """Make the row of a release that was known on a day."""
        release = self.preset.release
        assert release is not None
        url = self.url or release.url
        title = f"{release.title} (release of {self.released})"
        title += "" if day == self.released else f", known since {day}"
        licence = " ".join(self.preset.licence.split())
        made = {
            "source_id": row_id, "publisher": fill_in(release.publisher, self.settings), "title": title, "url": url,
            "archived_url": self.archived_url, "published": day, "published_basis": "stated",
            "accessed": max(today().isoformat(), day), "kind": release.kind, "language": release.language,
            "licence": licence,
        }  # fmt: skip
        return {name: cell for name, cell in made.items() if cell}


def apply_release(edits: Edits, diff: ReleaseDiff, source: ReleaseSource | None, *, released: str) -> Applied:
    """Give the edits that a release asks for."""
    newer = [each for each in diff.changed if _is_superseded(each, source)]
    made = [*diff.new, *(each.made for each in newer)]
    edits, source_ids = _put_sources(edits, made, source)
    edits, quantities = _put_quantities(edits, made, {id(each.made): each.standing for each in newer})
    ids: dict[tuple[str, str], int] = {}
    rows: dict[str, list[Cells]] = defaultdict(list)
    next_id, next_alike = _number_rows(edits), _number_alike(edits)
    for row in diff.new:
        rows[row.table].append(_new_row(row, next_id(row.table), next_alike(row.stem), source_ids, quantities))
        ids[row.table, rows[row.table][-1][TABLES[row.table].key[0]]] = row.line
    for each in diff.changed:
        old = each.standing
        if _is_superseded(each, source):
            after = _new_row(each.made, next_id(old.table), old.number, source_ids, quantities)
            after = {**_kept(old), **after, "supersedes": old.id}
        else:
            after = _mended(each)
            edits = edits.put("corrections", *_corrections(each, released))
        rows[old.table].append(after)
        ids[old.table, after[TABLES[old.table].key[0]]] = each.made.line
    for gone in diff.vanished:
        column = "retracted_on" if gone.table in CLAIM_TABLES else VANISHED
        rows[gone.table].append({TABLES[gone.table].key[0]: gone.id, column: released})
    for table, cells in rows.items():
        edits = edits.put(table, *cells)
    return Applied(edits, ids)


def put_names(edits: Edits, made: Iterable[MadeRow], *, is_asked: bool) -> tuple[Edits, list[tuple[str, str]]]:
    """Give edits with rows for names that lead nowhere, as far as the mapping knows enough; and what was added."""
    wanted: dict[tuple[str, str], Added] = {}
    for row in made:
        for each in row.added:
            if is_asked or each.always:
                wanted.setdefault((each.table, each.name.casefold()), each)
    added: list[tuple[str, str]] = []
    for each in wanted.values():
        key = TABLES[each.table].key[0]
        taken = [row[key] for row in edits.rows(each.table)]
        row_cells = added_row(each.table, each.name, taken, each.cells)
        if row_cells is not None:
            edits = edits.put(each.table, row_cells)
            added.append((each.table, row_cells[key]))
    return edits, added


def _number_rows(edits: Edits) -> Callable[[str], str]:
    """Make what gives the next id of a table; each table is looked through once, however many rows are new."""
    taken = {row[TABLES[name].key[0]] for name in CITED_TABLES for row in edits.rows(name)}
    counts: dict[str, Iterator[str]] = {}

    def give(table: str) -> str:
        if table not in counts:
            first = number_id((row[TABLES[table].key[0]] for row in edits.rows(table)), otherwise=_STEMS[table])
            stem, _, number = first.rpartition("-")
            counts[table] = (f"{stem}-{at:0{len(number)}}" for at in count(int(number)))
        made = next(each for each in counts[table] if each not in taken)
        taken.add(made)
        return made

    return give


def _number_alike(edits: Edits) -> Callable[[str], int]:
    """Make what numbers rows of one identity, behind every number that one of them has or had."""
    most: dict[str, int] = defaultdict(int)
    for table in _STEMS:
        for row in edits.rows(table):
            if key := _KEY.fullmatch(row.get(IMPORTED, "")):
                most[key["stem"]] = max(most[key["stem"]], int(key["number"]))

    def give(stem: str) -> int:
        most[stem] += 1
        return most[stem]

    return give


def _key(made: MadeRow, number: int) -> str:
    return f"{made.stem}/{number}@{made.digest}"


def _new_row(
    made: MadeRow, row_id: str, number: int, sources: Mapping[str, str], quantities: Mapping[int, str]
) -> dict[str, str]:
    cells = {TABLES[made.table].key[0]: row_id, **made.cells, IMPORTED: _key(made, number)}
    if "source_id" not in cells and made.known in sources:
        cells["source_id"] = sources[made.known]
    if made.table in CLAIM_TABLES and id(made) in quantities:
        cells["quantity_id"] = quantities[id(made)]
    return cells


def _kept(standing: ImportedRow) -> dict[str, str]:
    """Give what the analyst linked the old claim to, which holds of the new one: a whole, a possible double."""
    return {name: standing.cells[name] for name in ("part_of", "same_as_candidate") if standing.cells.get(name)}


def _is_superseded(each: ChangedRow, source: ReleaseSource | None) -> bool:
    """Whether what changed is a claim of a newer document; in a sheet of one's own it may be a slip that was mended."""
    is_same_document = source is None and each.made.cells.get("source_id") == each.standing.cells.get("source_id")
    return each.standing.table in CLAIM_TABLES and not is_same_document


def _mended(each: ChangedRow) -> dict[str, str]:
    """Change a row under its own id: an event, which cannot be superseded, or a slip in a sheet of one's own."""
    old = each.standing
    mark = {IMPORTED: _key(each.made, old.number)} | ({VANISHED: ""} if old.cells.get(VANISHED) else {})
    return {TABLES[old.table].key[0]: old.id, **{name: new for name, (_, new) in each.cells.items()}, **mark}


def _corrections(each: ChangedRow, released: str) -> Iterator[Cells]:
    """Say how a row was mended, so that whoever read a page of an earlier day is told."""
    for name, (before, after) in each.cells.items():
        if not name.startswith(OWN):
            yield {
                "date": released, "table": each.standing.table, "row_id": each.standing.id, "field": name,
                "old": before, "new": after, "reason": "The file that it was imported from says otherwise now",
            }  # fmt: skip


def _put_sources(edits: Edits, made: Iterable[MadeRow], source: ReleaseSource | None) -> tuple[Edits, dict[str, str]]:
    """Give edits with a source for each day on which rows became known; the release's own day is the empty one."""
    ids: dict[str, str] = {}
    if source is None:
        return edits, ids
    for known in dict.fromkeys(row.known for row in made if "source_id" not in row.cells):
        day = known or source.released
        row_id = f"{source.preset.name}-{source.released}" + (f"-known-{day}" if day != source.released else "")
        ids[known] = row_id
        if edits.find("sources", row_id) is None:
            edits = edits.put("sources", source.row(day, row_id))
    return edits, ids


def _put_quantities(
    edits: Edits, made: Iterable[MadeRow], standing: Mapping[int, ImportedRow]
) -> tuple[Edits, dict[int, str]]:
    """Give edits with the quantities of new claims; a claim that changed keeps its own."""
    titled = {row["quantity_id"]: row["title"] for row in edits.rows("quantities")}
    of_title = {title: key for key, title in titled.items()}
    ids: dict[int, str] = {}
    new: list[Cells] = []
    for row in made:
        if id(row) in standing:
            ids[id(row)] = standing[id(row)].cells["quantity_id"]
        elif row.title in of_title and not row.is_own_quantity:
            ids[id(row)] = of_title[row.title]
        elif row.title:
            title = next(each for n in count(1) if (each := _numbered(row.title, n)) not in of_title)
            key = ids[id(row)] = of_title[title] = name_id(title, titled)
            titled[key] = title
            new.append({"quantity_id": key, "title": title} | ({"scope": row.scope} if row.scope else {}))
    return (edits.put("quantities", *new) if new else edits), ids


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title} ({number})"

"""A workbook's way back into the tables: what it changes, what was mended, and what is refused, by its cells.

All of it is written, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.dossier.tables import TABLES
from briefing.dossier.tabletext import Cells, TableText
from briefing.errors import DossierError, Problem, UsageError, did_you_mean
from briefing.intake.edits import Change, Edits, check_edits, open_edits, write_edits
from briefing.intake.sheets.brought import Brought, bring
from briefing.intake.sheets.called import know_targets
from briefing.intake.sheets.laid import Laid, lay, table_name
from briefing.intake.sheets.mends import Mend, strip_ends
from briefing.intake.sheets.opened import BookSheet, read_workbook
from briefing.intake.sheets.shown import read_shown
from briefing.intake.sheets.stamps import STAMPS, read_stamps
from briefing.values.words import counted, name_some

#: The title of the sheet that says whose ids are whose.
WHO = "who is who"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a workbook would do to the tables."""

    edits: Edits
    laid: Mapping[str, Laid]
    brought: Mapping[str, Brought]
    strangers: tuple[str, ...]  #: What is said of sheets that are no table.

    @property
    def changes(self) -> list[Change]:
        """The rows that are new, changed or gone."""
        return self.edits.changes()

    @property
    def mends(self) -> list[Mend]:
        """The cells that were mended."""
        return [mend for each in self.brought.values() for mend in each.mends]

    @property
    def notes(self) -> list[str]:
        """What the workbook holds or lacks that changes nothing."""
        return [*self.strangers, *(note for each in self.brought.values() for note in each.notes)]

    @property
    def refused(self) -> list[Problem]:
        """What no table can hold."""
        return [problem for each in self.brought.values() for problem in each.refused]


def plan_sheets(folder: Path, path: Path, *, delete: bool = False) -> SheetPlan:
    """Plan what a workbook does to the tables of a folder; rows that its sheets lack go where `delete` says so.

    Raises `UsageError` where the file is no workbook, or none of its sheets is a table.
    """
    edits = open_edits(folder)
    book = read_workbook(path)
    sheets = _pick_tables(path, book)
    filled = {name: sheet for name, sheet in sheets.items() if sheet.header or sheet.rows}
    laid = {name: lay(sheet, _table(edits, name)) for name, sheet in filled.items()}
    known = know_targets({name: list(_rows_of(edits, name, laid.get(name))) for name in TABLES})
    stamps = read_stamps(next((sheet for sheet in book if sheet.title == STAMPS), None))
    brought = {name: bring(each, known, stamps.get(name), delete=delete) for name, each in laid.items()}
    changed = {name: each.table for name, each in brought.items() if each.table is not laid[name].table}
    after = replace(edits, after={**edits.after, **changed})
    return SheetPlan(after, laid, brought, tuple(_tell_strangers(sheet.title for sheet in book)))


@dataclass(frozen=True, slots=True)
class ImportedBook:
    """A workbook that was read back, or would be."""

    plan: SheetPlan
    warnings: tuple[Problem, ...]
    written: tuple[Path, ...]
    is_dry: bool

    def to_dict(self) -> dict[str, object]:
        """Give it as plain values, for JSON."""
        return {
            "changes": [change.to_dict() for change in self.plan.changes],
            "mended": [mend.to_dict() for mend in self.plan.mends],
            "notes": self.plan.notes,
            "warnings": [problem.to_dict() for problem in self.warnings],
            "written": [str(path) for path in self.written],
            "dry_run": self.is_dry,
        }

    def tell(self) -> Iterator[str]:
        """Say in lines what was mended, what changed and what was written."""
        yield from (f"mended {mend}" for mend in self.plan.mends)
        for change in self.plan.changes:
            yield from change.tell()
        yield from self.plan.notes
        yield from (f"warning: {problem.id}: {problem}" for problem in self.warnings)
        changes = counted(len(self.plan.changes), "row")
        if not self.plan.changes:
            yield "nothing to change: the tables say what the workbook says"
        elif self.is_dry:
            yield f"{changes} would change; nothing is written. Without --dry-run it is."
        else:
            yield f"{changes} changed; wrote {', '.join(map(str, self.written))}"


def import_workbook(folder: Path, path: Path, *, delete: bool = False, dry_run: bool = False) -> ImportedBook:
    """Read a workbook back into the tables of a folder: all of it, or nothing where a cell is wrong.

    Raises `DossierError` with all that is wrong, by cell, and `UsageError` where the file is no workbook of tables.
    """
    plan = plan_sheets(folder, path, delete=delete)
    found = check_plan(plan)
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise DossierError(sorted(errors, key=lambda problem: _reading_order(problem, plan)))
    written = () if dry_run or not plan.changes else write_edits(plan.edits, found=found)
    return ImportedBook(plan, tuple(found), tuple(written), dry_run)


def check_plan(plan: SheetPlan) -> list[Problem]:
    """List what a workbook would break, errors and warnings, each by its cell."""
    found = check_edits(plan.edits) if plan.changes else []
    placed = [_place(problem, plan) for problem in found]
    told = {problem.file for problem in plan.refused}
    return [*plan.refused, *(problem for problem in placed if problem.file not in told)]


def _reading_order(problem: Problem, plan: SheetPlan) -> tuple[int, int, str]:
    """Give the order in which somebody walks through a workbook: by sheet, row and column."""
    title, _, cell = problem.file.rpartition("!")
    titles = [laid.sheet.title for laid in plan.laid.values()]
    number = re.search(r"\d+", cell)
    letters = cell.rstrip("0123456789").rjust(3)
    return titles.index(title) if title in titles else -1, int(number[0]) if number else 0, letters


def _pick_tables(path: Path, book: Iterable[BookSheet]) -> dict[str, BookSheet]:
    """Pick the sheets that are tables, by the table's name."""
    sheets: dict[str, BookSheet] = {}
    for sheet in book:
        name = table_name(sheet.title)
        if name in sheets:
            what, rule = f"sheets {sheets[name].title} and {sheet.title} are both of {name}", "a table has one sheet"
            raise UsageError(f"{path}: {what}; {rule}. Delete one, or give it another name.")
        if name in TABLES:
            sheets[name] = sheet
    if not sheets:
        titles, rule = name_some([sheet.title for sheet in book], most=5), "a sheet has the name of its table"
        cure = "Make a workbook to fill: briefing sheet export FILE.xlsx"
        raise UsageError(f"{path}: none of its sheets is a table ({titles}); {rule}. {cure}.")
    return sheets


def _table(edits: Edits, name: str) -> TableText:
    return edits.after.get(name) or TableText(TABLES[name], TABLES[name].columns)


def _rows_of(edits: Edits, name: str, laid: Laid | None) -> Iterator[Cells]:
    """Give the rows that a table will have: those of its sheet, and those that the sheet lacks."""
    key = TABLES[name].key[0]
    brought = [
        {column: strip_ends(read_shown(cell.shown)) for column, cell in cells.items()}
        for _, cells in (laid.rows if laid else ())
    ]
    yield from brought
    there = {cells.get(key, "") for cells in brought}
    yield from (cells for cells in edits.rows(name) if cells.get(key, "") not in there)


def _tell_strangers(titles: Iterable[str]) -> Iterator[str]:
    for title in titles:
        if table_name(title) not in TABLES and title not in (STAMPS, WHO):
            near = did_you_mean(table_name(title), TABLES)
            yield f"sheet {title} is no table, and nothing of it is read. {near if 'mean' in near else ''}".strip()


def _place(problem: Problem, plan: SheetPlan) -> Problem:
    """Name the cell of a workbook that a problem of a table's row is in, also where its message names rows."""
    place = _find_place(problem.file, problem.row, problem.column, plan)
    what, cure = _place_words(problem.what, plan), _place_words(problem.cure, plan)
    told = replace(problem, what=what, cure=cure)
    return replace(told, file=place, row=None) if place else told


def _find_place(file: str, row: int | None, column: str | None, plan: SheetPlan) -> str:
    name = file.rpartition("/")[2].removesuffix(".csv")
    laid = plan.laid.get(name)
    if laid is None or row is None or row == 1:
        return laid.place(1, column) if laid is not None and row == 1 else ""
    table = plan.brought[name].table
    is_same = table is laid.table
    at = next((at for at, each in enumerate(table.rows) if each.number == row), -1) if is_same else row - 2
    number = plan.brought[name].numbers.get(at)
    return laid.place(number, column) if number is not None else ""


def _place_words(text: str, plan: SheetPlan) -> str:
    def place(found: re.Match[str]) -> str:
        return _find_place(found[1], int(found[2]), None, plan) or found[0]

    return re.sub(r"([\w.-]+/[a-z_]+\.csv):(\d+)", place, text)

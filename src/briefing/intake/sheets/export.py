"""A dossier written as one workbook: a sheet a table, whose ids are whose, and what it was made from."""

from __future__ import annotations

import io
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from briefing.checks import check_folder
from briefing.dossier.plain import write_plain
from briefing.dossier.rows import columns_of
from briefing.dossier.tables import TABLES, tables_behind
from briefing.dossier.tabletext import TableText, TextRow
from briefing.errors import Problem, PublishError, UsageError, printable
from briefing.intake.edits import Edits, open_edits
from briefing.intake.sheets.opened import name_column
from briefing.intake.sheets.plan import WHO, plan_sheets
from briefing.intake.sheets.shown import MOST_SHOWN, is_cut, show_text
from briefing.intake.sheets.stamps import COLUMNS, STAMPS, list_stamps
from briefing.intake.sheets.styles import (
    FILLS,
    SPARE,
    choose_validation,
    choose_width,
    gravest,
    number_format,
    paint,
    say_column,
    say_problems,
)
from briefing.values.clock import now
from briefing.values.words import counted

#: The most rows of a sheet, its header among them.
MOST_ROWS = 1_048_576

#: What a row is called by, for those who look for its id.
_NAMES = ("name", "title", "singular", "text", "hypothesis", "statement", "what", "wording", "note")

_CURE = "Name another file, or lose that: --force"


#: The severity and the note of what is wrong, by number of the row and column.
_Wrong = Mapping[tuple[int, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook that was written."""

    path: Path
    rows: Mapping[str, int]  #: How many rows each table has.
    marked: Mapping[str, int]  #: How many errors and warnings are marked in it.
    cut: tuple[str, ...]  #: The cells that hold more than a workbook's can.

    def to_dict(self) -> dict[str, object]:
        """Give it as plain values, for JSON."""
        return {"file": str(self.path), "rows": dict(self.rows), "marked": dict(self.marked), "cut": list(self.cut)}

    def tell(self) -> Iterator[str]:
        """Say in lines what was written."""
        tables = sum(1 for number in self.rows.values() if number)
        yield f"{self.path}: {counted(sum(self.rows.values()), 'row')} of {counted(tables, 'table')}"
        told = [counted(self.marked[kind], kind) for kind in ("error", "warning") if self.marked[kind]]
        if told:
            yield f"marked in it: {', '.join(told)}; briefing check lists them"
        for place in self.cut:
            yield f"{place}: has more than the {MOST_SHOWN:,} characters of a workbook's cell; it is cut there"


#: So many cells of a table have a note that says what is wrong; beyond, a colour has to do.
MOST_NOTES = 500

#: What is wrong, by table, number of the row (1 is the header) and column.
Marks = Mapping[tuple[str, int, str], list[Problem]]


def export_workbook(folder: Path, path: Path, *, force: bool = False) -> Exported:
    """Write the tables of a folder as a workbook.

    Raises `UsageError` where the name is no workbook's, or a workbook there holds what the tables do not, unless
    `force`; `PublishError` where it cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        rule = "a workbook is an .xlsx file"
        raise UsageError(f"{path}: ends otherwise; {rule}. Write {path.with_suffix('.xlsx').name}.")
    edits = open_edits(folder)
    if path.exists() and not force:
        _refuse_loss(folder, path)
    problems = [problem for problem in check_folder(folder).problems if problem.severity != "info"]
    marks = _mark(problems)
    raw = _pack(_fill(edits, marks))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_plain(path, raw)
    except OSError as error:
        rule, cure = "a workbook is written whole", "Close it where it is open, or make room"
        raise PublishError(f"{path}: cannot be written ({error.strerror or error}); {rule}. {cure}.") from None
    _date_as_tables(folder, path)
    rows = {name: len(table.rows) for name, table in edits.after.items()}
    told = [each for at in marks.values() for each in at]
    marked = {kind: sum(each.severity == kind for each in told) for kind in ("error", "warning")}
    return Exported(path, rows, marked, tuple(_find_cut(edits)))


def name_workbook(folder: Path) -> Path:
    """Name the workbook of a dossier: like its folder, or the one around it where that is called data.

    Examples
    --------
    >>> name_workbook(Path("/somewhere/harbour/data")), name_workbook(Path("/somewhere/quay"))
    (PosixPath('harbour.xlsx'), PosixPath('quay.xlsx'))
    """
    whole = folder.resolve()
    name = whole.parent.name if whole.name == "data" else whole.name
    return Path(f"{name or 'dossier'}.xlsx")


def _refuse_loss(folder: Path, path: Path) -> None:
    plan = plan_sheets(folder, path)
    lost = len(plan.changes) + len(plan.refused)
    if lost or plan.strangers:
        what = f"holds {counted(lost, 'row')} that the tables do not have" if lost else "holds sheets of your own"
        first = f"Import it first: briefing sheet import {path}. " if lost else ""
        raise UsageError(f"{path}: {what}; what is typed is not written over. {first}{_CURE}.")


def _date_as_tables(folder: Path, path: Path) -> None:
    """Date a workbook as its newest table: it is newer than they are once somebody saves it, and not before."""
    paths = [folder / table.file for table in TABLES.values()]
    newest = max(path.stat().st_mtime_ns for path in paths if path.is_file())
    os.utime(path, ns=(newest, newest))


def _mark(problems: Iterable[Problem]) -> Marks:
    """Sort what is wrong by table, number of the row (1 is the header) and column."""
    marks: dict[tuple[str, int, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        name = problem.file.rpartition("/")[2].removesuffix(".csv")
        if name in TABLES:
            column = problem.column if problem.row is not None and problem.column else TABLES[name].key[0]
            marks[name, problem.row or 1, column].append(problem)
    return marks


# --- the sheets --------------------------------------------------------------------------------------------------


def _fill(edits: Edits, marks: Marks) -> Any:
    """Make a workbook of the tables, in memory; its rows are written as they come, so that large tables fit."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    who = _list_ids(edits)
    for name, table in TABLES.items():
        _fill_table(book, edits.after.get(name) or TableText(table, table.columns), marks, who)
    _fill_who(book, who)
    kinds = {name: {column.name: column.kind for column in columns_of(table)} for name, table in TABLES.items()}
    stamps = book.create_sheet(STAMPS)
    stamps.sheet_state = "hidden"
    stamps.append(COLUMNS)
    for name, table_text in edits.after.items():
        for stamp in list_stamps(table_text, kinds[name]):
            stamps.append([_as_text(stamps, show_text(part, None)) for part in stamp])
    return book


def _fill_table(book: Any, table: TableText, marks: Marks, who: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    name, sheet = table.table.name, book.create_sheet(table.table.name)
    columns = tuple(dict.fromkeys((*table.table.columns, *table.header)))
    if len(table.rows) >= MOST_ROWS:
        what, rule = f"has {len(table.rows):,} rows", f"a sheet has at most {MOST_ROWS - 1:,}"
        raise UsageError(f"{table.table.file}: {what}; {rule}. Edit the table itself.")
    kinds = {column.name: column.kind for column in columns_of(table.table)}
    last = len(table.rows) + 1
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{name_column(len(columns))}{last}"
    _set_columns(sheet, columns, kinds, table)
    sheet.append(_head(sheet, table, columns, marks))
    cells = {column: _styled(sheet, kinds.get(column)) for column in columns}
    wrong = _wrong_in(name, marks)
    for row in table.rows:
        sheet.append(_row(sheet, row, cells, kinds, wrong))
    _set_validations(sheet, table, last + SPARE, who)


def _set_columns(sheet: Any, columns: Sequence[str], kinds: Mapping[str, Any], table: TableText) -> None:
    """Set widths, and the format of cells that are still empty."""
    for at, column in enumerate(columns, start=1):
        shape = sheet.column_dimensions[name_column(at)]
        shape.width = choose_width(column, [row.cells.get(column, "") for row in table.rows[:500]])
        shape.number_format = number_format(kinds.get(column))


def _head(sheet: Any, table: TableText, columns: Sequence[str], marks: Marks) -> list[Any]:
    """Make the header: each name with its note, coloured by whether it must be filled."""
    from openpyxl.styles import Alignment, Font

    known = {column.name: column for column in columns_of(table.table)}
    head = []
    for name in columns:
        column, wrong = known.get(name), marks.get((table.table.name, 1, name), [])
        kind = "own" if column is None else "required" if column.is_required else "optional"
        note = "The curator's own." if column is None else say_column(table.table, column)
        fill = _fill_of(gravest(wrong) if wrong else kind)
        cell = _as_text(sheet, show_text(name, None))
        styles = {"fill": fill, "font": Font(bold=kind == "required"), "alignment": Alignment(vertical="top")}
        styles["comment"] = _note("\n".join(filter(None, (note, say_problems(wrong)))))
        head.append(paint(cell, styles))
    return head


def _row(sheet: Any, row: TextRow, cells: Mapping[str, Any], kinds: Mapping[str, Any], wrong: _Wrong) -> list[Any]:
    """Make a row; a cell without fault is one that its column has, filled anew, since a million are slow to make."""
    made: list[Any] = []
    for name, cell in cells.items():
        problems, text = wrong.get((row.number, name)), row.cells.get(name, "")
        if not text and not problems:
            made.append(None)
            continue
        at = _styled(sheet, kinds.get(name), *problems) if problems else cell
        made.append(_set(at, show_text(text, kinds.get(name))))
    return made


def _wrong_in(name: str, marks: Marks) -> _Wrong:
    """Give what is wrong in the rows of a table: the severity, and what the note says where there is one."""
    ours = {(row, column): problems for (table, row, column), problems in marks.items() if table == name}
    noted = enumerate(ours.items())
    return {at: (gravest(each), say_problems(each) if number < MOST_NOTES else "") for number, (at, each) in noted}


def _set(cell: Any, shown: Any) -> Any:
    cell.value = shown
    if isinstance(shown, str):
        cell.data_type = "s"  # the library takes "=cmd" for a formula and "#N/A" for an error
    return cell


def _styled(sheet: Any, kind: Any, severity: str = "", note: str = "") -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format(kind)
    styles = {"fill": _fill_of(severity)} if severity else {}
    return paint(cell, styles | ({"comment": _note(note)} if note else {}))


def _as_text(sheet: Any, shown: Any) -> Any:
    return _set(_styled(sheet, None), shown)


def _fill_of(kind: str) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=FILLS[kind], end_color=FILLS[kind])


def _note(text: str) -> Any:
    from openpyxl.comments import Comment

    lines = text.count("\n") + len(text) // 45 + 1
    return Comment(printable(text), "briefing", height=min(20 + 18 * lines, 400), width=320)


def _set_validations(sheet: Any, table: TableText, last: int, who: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidationList

    references, lists = table.table.references(), table.table.lists()
    rules = DataValidationList()
    for at, column in enumerate(columns_of(table.table), start=1):
        target = references.get(column.name, "")
        if rule := choose_validation(column, None if column.name in lists else _range(target, who)):
            rule.add(f"{name_column(at)}2:{name_column(at)}{last}")
            rules.append(rule)
    sheet.data_validations = rules


# --- whose ids are whose -----------------------------------------------------------------------------------------


def _list_ids(edits: Edits) -> dict[str, list[tuple[str, str]]]:
    """List the ids that each target has, with the names of their rows: what drop-downs offer."""
    targets = dict.fromkeys(target for table in TABLES.values() for target in table.references().values())
    return {target: [pair for name in tables_behind(target) for pair in _ids_of(edits, name)] for target in targets}


def _ids_of(edits: Edits, name: str) -> Iterator[tuple[str, str]]:
    key = TABLES[name].key[0]
    column = next((column for column in _NAMES if column in TABLES[name].columns), "")
    for cells in edits.rows(name):
        if row_id := cells.get(key):
            yield row_id, cells.get(column, "")[:200]


def _range(target: str, who: Mapping[str, Sequence[tuple[str, str]]]) -> str | None:
    """Give the range of a target's ids on their sheet; ``None`` where there are none yet."""
    if not who.get(target):
        return None
    letters = name_column(2 * list(who).index(target) + 1)
    return f"'{WHO}'!${letters}$2:${letters}${len(who[target]) + 1}"


def _fill_who(book: Any, who: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Fill the sheet of ids and names, two columns a target; it is read, and not edited."""
    from openpyxl.styles import Font

    sheet = book.create_sheet(WHO)
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    for at in range(1, 2 * len(who) + 1):
        sheet.column_dimensions[name_column(at)].width = 24 if at % 2 else 40
    heads = [word for target in who for word in (f"id of {target}", "called")]
    sheet.append([paint(_as_text(sheet, head), {"font": Font(bold=True)}) for head in heads])
    for at in range(max(map(len, who.values()), default=0)):
        pairs = [pairs[at] if at < len(pairs) else ("", "") for pairs in who.values()]
        sheet.append([_as_text(sheet, show_text(text, None)) if text else None for pair in pairs for text in pair])


# --- the file ----------------------------------------------------------------------------------------------------


def _pack(book: Any) -> bytes:
    """Pack a workbook so that the same dossier makes the same bytes: no part has the time of day."""
    from openpyxl.writer.excel import ExcelWriter

    moment = now().replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = "briefing"
    loose, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, ZipFile(loose, "w", ZIP_STORED)).save()
    with ZipFile(loose) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()


def _find_cut(edits: Edits) -> Iterator[str]:
    for name, table in edits.after.items():
        for row in table.rows:
            long = (column for column, text in row.cells.items() if is_cut(text))
            yield from (f"{TABLES[name].file}:{row.number} {column}" for column in long)

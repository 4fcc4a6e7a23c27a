"""Read every table of a folder, with all problems of all its files."""

from __future__ import annotations

import gc
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from briefing.dossier.csvfile import Sheet, read_sheet
from briefing.dossier.cures import mend_cures
from briefing.dossier.files import Stamp, stamp_files
from briefing.dossier.rows import read_rows
from briefing.dossier.rules import check_rows
from briefing.dossier.tables import TABLES, DossierTable
from briefing.dossier.units import shipped_units
from briefing.errors import Problem

#: How alike, of 1, a file's name must be to a table's to be meant for it.
_SURELY_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as its file held it, with what is wrong in it by itself."""

    stamp: Stamp | None  #: how its file stood; ``None`` where there is none
    frame: pd.DataFrame
    problems: Sequence[Problem]
    is_whole: bool


def read_tables(
    folder: Path, *, known: MutableMapping[str, ReadTable] | None = None
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read every table of a folder, with all problems of all files.

    Those `known` from before, whose files stand as they did, are not read again; what is read is noted there.
    """
    try:
        present = {path.name for path in folder.iterdir()}
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        missing = isinstance(error, FileNotFoundError | NotADirectoryError | ValueError)
        what = "is no folder" if missing else f"cannot be read ({getattr(error, 'strerror', error)})"
        return {}, [_folder_problem(folder, what)]
    if not present & {table.file for table in TABLES.values()}:
        what = f"holds none of the files {', '.join(table.file for table in TABLES.values() if table.is_required)}"
        return {}, [_folder_problem(folder, what)]
    problems = _strangers(folder, present)
    known = {} if known is None else known
    stamps = {stamp[0]: stamp for stamp in stamp_files(folder)}
    files = {name: _file_name(folder, table.file) for name, table in TABLES.items()}
    with pause_collector():
        for name, table in TABLES.items():
            file, now = files[name], stamps.get(table.file)
            if now is None or file not in known or known[file].stamp != now:
                known[file] = _read_table(table, folder / table.file, file, now, table.file in present)
            problems += known[file].problems
        frames = {name: known[file].frame for name, file in files.items()}
        broken = {name for name, file in files.items() if not known[file].is_whole}
        problems += check_rows(frames, files=files, told=problems, broken=broken)
        problems = mend_cures(problems, frames, files=files)
    return frames, sorted(problems, key=_reading_order)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Pause the search for circular garbage: reading makes cells by the million, none of them in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_table(table: DossierTable, path: Path, file: str, stamp: Stamp | None, is_there: bool) -> ReadTable:
    sheet, found = _read_file(table, path, file=file, is_there=is_there)
    frame, wrong = read_rows(table, sheet)
    return ReadTable(stamp, frame, [*found, *wrong], sheet.is_whole)


def _read_file(table: DossierTable, path: Path, *, file: str, is_there: bool) -> tuple[Sheet, list[Problem]]:
    if is_there:
        sheet, problems = read_sheet(path, file=file, columns=table.columns, required=table.required)
        return (sheet if sheet.rows or table.name != "units" else shipped_units(file)), problems
    if table.name == "units":
        return shipped_units(file), []
    if not table.is_required:
        return Sheet(file, {}, ()), []
    rule, cure = "a dossier has this table", f"Add it, with the header {','.join(table.columns)}"
    return Sheet(file, {}, (), is_whole=False), [Problem(file, None, None, None, "is missing", rule, cure, id="D01")]


def _strangers(folder: Path, present: set[str]) -> list[Problem]:
    """Warn of CSV files that are no table: nobody reads them, which their author may not know."""
    names = [table.file for table in TABLES.values()]
    rule = f"the tables are {', '.join(names)}"
    cures = {name: _rename(name, present) for name in sorted(present - set(names)) if name.lower().endswith(".csv")}
    return [
        Problem(_file_name(folder, name), None, None, None, "is no table", rule, cure, severity="warning")
        for name, cure in cures.items()
    ]


def _rename(name: str, present: set[str]) -> str:
    """Say what to do with a file that is no table; to give it the name of one that is there would lose that one."""
    stem = name[: -len(".csv")].strip().lower().replace(" ", "_").replace("-", "_")
    near = [f"{table}.csv" for table in get_close_matches(stem, TABLES, n=1, cutoff=_SURELY_ALIKE)]
    if not near:
        return "Keep it in another folder"
    return f'Move its rows into "{near[0]}"' if near[0] in present else f'Name it "{near[0]}"'


def _file_name(folder: Path, name: str) -> str:
    """Name a file as messages do: with its folder alone, whatever the machine."""
    return f"{folder.name or folder}/{name}"


def _folder_problem(folder: Path, what: str) -> Problem:
    cure = "Name the folder that holds the tables"
    return Problem(str(folder), None, None, None, what, "a dossier is a folder of tables", cure)


def _reading_order(problem: Problem) -> tuple[int, int]:
    files = [table.file for table in TABLES.values()]
    name = problem.file.rsplit("/", 1)[-1]
    return files.index(name) if name in files else -1, problem.row or 0

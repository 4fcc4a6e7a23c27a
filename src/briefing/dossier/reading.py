"""Read every table of a folder, with all problems of all its files."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from briefing.dossier.csvfile import Sheet, read_sheet
from briefing.dossier.rows import read_rows
from briefing.dossier.rules import check_rows
from briefing.dossier.tables import TABLES, DossierTable
from briefing.dossier.units import shipped_units
from briefing.errors import Problem, cure_for


def read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read every table of a folder, with all problems of all files."""
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
    frames: dict[str, pd.DataFrame] = {}
    broken: set[str] = set()
    files = {name: _file_name(folder, table.file) for name, table in TABLES.items()}
    with _collector_paused():
        for name, table in TABLES.items():
            sheet, found = _read_file(table, folder / table.file, file=files[name], is_there=table.file in present)
            frames[name], wrong = read_rows(table, sheet)
            problems += found + wrong
            if not sheet.is_whole:
                broken.add(name)
        problems += check_rows(frames, files=files, told=problems, broken=broken)
    return frames, sorted(problems, key=_reading_order)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the search for circular garbage: reading makes cells by the million, none of them in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    known = [table.file for table in TABLES.values()]
    rule = f"the tables are {', '.join(known)}"
    cures = {
        name: cure_for(name, known, verb="Name it", otherwise="Keep it in another folder")
        for name in sorted(present - set(known))
        if name.lower().endswith(".csv")
    }
    return [
        Problem(_file_name(folder, name), None, None, None, "is no table", rule, cure, severity="warning")
        for name, cure in cures.items()
    ]


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

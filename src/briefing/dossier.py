"""The dossier: a folder of tables, read, checked, and shown as of a day."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from briefing.csvfile import Sheet, read_sheet
from briefing.dates import DateError, parse_date
from briefing.errors import DossierError, Problem, UsageError
from briefing.knowledge import add_known_on, visible
from briefing.rows import read_rows
from briefing.rules import check_rows
from briefing.tables import TABLES, Row

#: Where a notebook finds its dossier: the press sets it, a person need not.
DATA_VARIABLE = "BRIEFING_DATA"


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """The tables of a folder as they stood on a day.

    Parameters
    ----------
    folder : Path
        Where it was read.
    as_of : datetime.date or None
        The day it speaks for; ``None`` is the whole dossier, superseded and retracted rows included.
    frames : mapping of str to DataFrame
        The tables by name. They are also attributes: ``dossier.transfers``.
    """

    folder: Path
    as_of: dt.date | None
    frames: Mapping[str, pd.DataFrame] = field(repr=False)

    @property
    def sources(self) -> pd.DataFrame:
        """One row a document."""
        return self.frames["sources"]

    @property
    def actors(self) -> pd.DataFrame:
        """One row an actor."""
        return self.frames["actors"]

    @property
    def places(self) -> pd.DataFrame:
        """One row a place."""
        return self.frames["places"]

    @property
    def items(self) -> pd.DataFrame:
        """One row a kind of thing that is counted."""
        return self.frames["items"]

    @property
    def quantities(self) -> pd.DataFrame:
        """One row a thing in the world that rival claims are about."""
        return self.frames["quantities"]

    @property
    def deployments(self) -> pd.DataFrame:
        """One row a claim about what was there on a date."""
        return self.frames["deployments"]

    @property
    def transfers(self) -> pd.DataFrame:
        """One row a claim about what moved in a period."""
        return self.frames["transfers"]

    @property
    def quotes(self) -> pd.DataFrame:
        """One row a quotation."""
        return self.frames["quotes"]

    @property
    def events(self) -> pd.DataFrame:
        """One row an event."""
        return self.frames["events"]

    def find(self, key: str) -> Row | None:
        """Look up a row of any table by its id; ``None`` where no visible row has it.

        Parameters
        ----------
        key : str
            Such as ``tr-0006`` or ``belaruski-hajun``.

        Returns
        -------
        Row or None
            The row as its model: ``row.low``, ``row.wording`` ...
        """
        for name, frame in self.frames.items():
            at = frame.index[frame[TABLES[name].key] == key]
            if len(at):
                cells = frame.loc[at[0], list(TABLES[name].columns)].to_dict()
                present = {column: value for column, value in cells.items() if not pd.isna(value)}
                return TABLES[name].model.model_construct(**_fields(name, present))
        return None

    def name_of(self, key: str) -> str:
        """Give the name that pages use for an actor, place, item or quantity; the id itself where it is unknown."""
        for table, column in (("actors", "name"), ("places", "name"), ("items", "name"), ("quantities", "title")):
            frame = self.frames[table]
            names = frame.loc[frame[TABLES[table].key] == key, column]
            if len(names):
                return str(names.iloc[0])
        return key

    def __repr__(self) -> str:
        rows = ", ".join(f"{len(frame)} {name}" for name, frame in self.frames.items() if len(frame))
        day = "whole" if self.as_of is None else f"as of {self.as_of}"
        return f"Dossier({str(self.folder)!r}, {day}: {rows})"


def read_dossier(folder: str | Path | None = None, *, as_of: str | dt.date | None = None) -> Dossier:
    """Read a folder of tables and show it as of a day.

    Parameters
    ----------
    folder : path, optional
        The folder. Left out, it is the one that the press names, or else the nearest ``data`` folder above the
        working directory, which is what a notebook wants.
    as_of : date or str, optional
        The day, as ``2022-12-19``. Left out, every row is there, whenever it was known.

    Returns
    -------
    Dossier
        With one frame a table.

    Raises
    ------
    DossierError
        With every problem of every file, each with its row, rule and cure.
    UsageError
        Where the day is no day, or no folder is found.

    Examples
    --------
    >>> read_dossier("data", as_of="2022-12-19").find("tr-0006").wording  # doctest: +SKIP
    '98 T-72A tanks'
    """
    day = _day(as_of)
    folder = find_folder() if folder is None else Path(folder)
    frames, problems = read_tables(folder)
    if any(problem.severity == "error" for problem in problems):
        raise DossierError(problems)
    dated = add_known_on(frames)
    shown = visible(dated, as_of=day) if day else dated
    return Dossier(folder, day, MappingProxyType(shown))


def check_dossier(folder: str | Path) -> list[Problem]:
    """List everything that is wrong with a folder of tables; an empty list is good.

    Examples
    --------
    >>> [problem.what for problem in check_dossier("/nowhere")]
    ['is no folder']
    """
    return read_tables(Path(folder))[1]


def read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Read every table of a folder, with all problems of all files."""
    if not folder.is_dir():
        cure = "Name the folder that holds the tables"
        return {}, [Problem(str(folder), None, None, None, "is no folder", "a dossier is a folder", cure, id="D01")]
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    files = {name: f"{folder.name or folder}/{table.file}" for name, table in TABLES.items()}
    if not any((folder / table.file).exists() for table in TABLES.values()):
        what = f"holds none of the files {', '.join(table.file for table in TABLES.values() if table.is_required)}"
        cure = "Name the folder that holds the tables"
        return {}, [Problem(str(folder), None, None, None, what, "a dossier is a folder of tables", cure, id="D01")]
    for name, table in TABLES.items():
        path = folder / table.file
        sheet, found = Sheet(files[name], {}, ()), list[Problem]()
        if path.exists():
            sheet, found = read_sheet(path, file=files[name], columns=table.columns)
        elif table.is_required:
            rule, cure = "a dossier has this table", f"Add it, with the header {','.join(table.columns)}"
            found = [Problem(files[name], None, None, None, "is missing", rule, cure, id="D01")]
        frame, wrong = read_rows(table, sheet)
        frames[name] = frame
        problems += found + wrong
    return frames, sorted(problems + check_rows(frames, files=files), key=_reading_order)


def find_folder(start: Path | None = None) -> Path:
    """Find the dossier that a notebook means: the press's, or the nearest ``data`` folder with tables, upwards.

    Raises
    ------
    UsageError
        Where there is none.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    start = Path.cwd() if start is None else start
    for place in (start, *start.parents):
        if (place / "data" / TABLES["sources"].file).is_file():
            return place / "data"
    raise UsageError(
        f"no dossier near {start}; a notebook lies beside or below a folder data/ with sources.csv in it. "
        'Name the folder: read_dossier("my/folder").'
    )


def _day(as_of: str | dt.date | None) -> dt.date | None:
    if as_of is None or isinstance(as_of, dt.date):
        return as_of
    try:
        date = parse_date(as_of)
    except DateError as error:
        raise UsageError(f"as_of: {error}") from None
    if not date.is_day or date.first is None:
        raise UsageError(f'as_of: "{as_of}" is not one day; a dossier is shown as of a day. Write year-month-day.')
    return date.first


def _fields(name: str, cells: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row's cells by field name, missing ones as ``None``."""
    fields = TABLES[name].model.model_fields
    return {field_name: cells.get(info.alias or field_name) for field_name, info in fields.items()}


def _reading_order(problem: Problem) -> tuple[int, int]:
    files = [table.file for table in TABLES.values()]
    name = problem.file.rsplit("/", 1)[-1]
    return files.index(name) if name in files else -1, problem.row or 0

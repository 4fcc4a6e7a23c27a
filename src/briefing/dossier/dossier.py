"""The dossier: a folder of tables, read, checked, and shown as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, overload

import pandas as pd

from briefing.dossier.as_of import add_known_on, known_by, visible
from briefing.dossier.cells import is_filled
from briefing.dossier.columns import Row
from briefing.dossier.files import DATA_VARIABLE, LATEST, Stamp, find_folder, latest_day, stamp_files
from briefing.dossier.read_log import Names, Reading, ReadLog, Shelf, find_log
from briefing.dossier.reading import ReadTable, read_tables
from briefing.dossier.relays import add_implied_originals
from briefing.dossier.rules import origin_of
from briefing.dossier.shown import ShownTables
from briefing.dossier.tables import TABLES
from briefing.errors import DossierError, Problem, UsageError, did_you_mean
from briefing.usage import glance, verb
from briefing.values.dates import DateError, parse_date

__all__ = ["DATA_VARIABLE", "Dossier", "check_dossier", "find_folder", "read_dossier"]


class _Table:
    """A table as an attribute: a frame of one's own, so that a column added to it is not added to the dossier."""

    def __init__(self, row: str) -> None:
        self.__doc__ = row

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, dossier: None, owner: type) -> Self: ...
    @overload
    def __get__(self, dossier: Dossier, owner: type) -> pd.DataFrame: ...
    def __get__(self, dossier: Dossier | None, owner: type) -> pd.DataFrame | Self:
        return self if dossier is None else dossier.frames[self._name].copy(deep=False)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
    names : mapping of str to str
        What pages call an actor, place, item or quantity, by id.
    everything : mapping of str to DataFrame
        The same tables whole, whatever the day. A page never shows them.
    known : mapping of str to DataFrame
        The same tables with all that was known by the day, replaced and withdrawn rows too: revisions of a total are
        made from them.

    Examples
    --------
    >>> import briefing as b
    >>> b.read_example()
    Dossier('...example', as of 2031-12-19: 17 sources, 8 actors, ...)
    """

    folder: Path
    as_of: dt.date | None
    frames: Shelf = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    everything: Shelf = field(repr=False)
    known: Shelf = field(repr=False)

    def at(self, day: str | dt.date) -> Dossier:
        """Show the same folder as of an earlier day.

        Raises `UsageError` where the day is later than its own: what a dossier does not know yet it does not tell.
        """
        earlier = _day(day)
        if self.as_of is not None and (earlier is None or earlier > self.as_of):
            raise UsageError(f"{earlier} is after {self.as_of}; a dossier knows nothing after its day. Read it anew.")
        return show_reading(self.everything.reading, folder=self.folder, day=earlier, log=self.everything.log)

    def where(self, table: str, **asked: str | Iterable[str] | None) -> pd.DataFrame:
        """Give the rows of a table whose columns hold what is asked for.

        By column, one value or several; ``None`` asks nothing. A page is made again only when rows that it was given
        have changed: whoever asks for fewer, waits less often. Raises `UsageError` where there is no such table or
        column.

        Examples
        --------
        >>> import briefing as b
        >>> d = b.read_example()
        >>> d.where("quotes", speaker_id="minister", topic=["strait", "tolls"])[["date", "stance"]]
                 date     stance
        0  2031-06-01     denies
        1  2031-10-21  threatens
        2  2031-12-01     denies
        """
        if table not in TABLES:
            raise UsageError(f'"{table}" is no table. {did_you_mean(table, TABLES)}')
        for column in asked:
            if column not in TABLES[table].columns:
                raise UsageError(f'"{column}" is no column of {table}. {did_you_mean(column, TABLES[table].columns)}')
        wanted = {
            column: (values,) if isinstance(values, str) else tuple(values)
            for column, values in asked.items()
            if values is not None
        }
        return self.frames.where(table, wanted)

    @property
    def roots(self) -> dict[str, str]:
        """Each document's root: the origin at the end of what it relays, or itself."""
        return self.frames.once_of_cells(origin_of, "sources")

    sources = _Table("One row a document.")
    actors = _Table("One row an actor.")
    places = _Table("One row a place.")
    units = _Table("One row a unit in which things are counted.")
    items = _Table("One row a kind of thing that is counted.")
    quantities = _Table("One row a thing in the world that rival claims are about.")
    deployments = _Table("One row a claim about what was there on a date.")
    transfers = _Table("One row a claim about what moved in a period.")
    losses = _Table("One row a claim about what was lost in a period.")
    links = _Table("One row a tie between two claims.")
    quotes = _Table("One row a quotation.")
    events = _Table("One row an event.")
    hypotheses = _Table("One row an answer that a question may have.")
    evidence = _Table("One row an item of evidence.")
    ratings = _Table("One row an item of evidence rated by one hypothesis.")
    judgements = _Table("One row an edition of a judgement; one that is decided later is open.")
    indicators = _Table("One row a thing that is watched for.")
    indicator_log = _Table("One row a look at an indicator.")
    scenarios = _Table("One row a course that things may take.")
    corrections = _Table("One row an error that was mended.")
    reviews = _Table("One row a look at a row by a second pair of eyes.")

    def find(self, key: str, *, table: str | None = None) -> Row | None:
        """Look up a row of a table, as its model, by its id; ``None`` where no visible row has it.

        Where no table is named, all are looked in, in order: a state that is an actor and a place is the actor.
        """
        for name in self.frames:
            if table not in (None, name) or len(TABLES[name].key) > 1:
                continue
            frame = self.frames.where(name, {TABLES[name].key[0]: (key,)})
            if len(frame):
                cells: dict[str, Any] = frame.loc[0, list(TABLES[name].columns)].to_dict()  # type: ignore[assignment]
                present = {column: value for column, value in cells.items() if is_filled(value)}
                fields = TABLES[name].model.model_fields.items()
                by_field = {field_name: present.get(info.alias or field_name) for field_name, info in fields}
                return TABLES[name].model.model_construct(**by_field)
        return None

    def name_of(self, key: str | None, otherwise: str = "") -> str:
        """Give the name that pages use for an actor, place, item or quantity; the id itself where it is unknown.

        `otherwise` is said where a notebook was asked for none in particular: its parameter is ``None``.

        Examples
        --------
        >>> import briefing as b
        >>> d = b.read_example()
        >>> d.name_of("corvia"), d.name_of(None, "all countries")
        ('Corvia', 'all countries')
        """
        return otherwise if key is None else self.names.get(key, key)

    def __repr__(self) -> str:
        sizes = {name: len(self.frames.peek(name)) for name in self.frames}
        rows = ", ".join(f"{size} {name}" for name, size in sizes.items() if size)
        day = "whole" if self.as_of is None else f"as of {self.as_of}"
        return f"Dossier({str(self.folder)!r}, {day}: {rows})"

    def _repr_html_(self) -> str:
        known = [(name, len(self.frames.peek(name)), len(self.everything.peek(name))) for name in self.frames]
        day = "whole, whatever the day" if self.as_of is None else f"as of {self.as_of}"
        rows = [(name, f"{seen:,}", f"{every:,}") for name, seen, every in known if every]
        heads = ("Table", "Rows on that day", "Rows in the file")
        return glance(f"Dossier {self.folder.name}, {day}", heads, rows, below=str(self.folder))


@verb
def read_dossier(folder: str | Path | None = None, *, as_of: str | dt.date | None = None) -> Dossier:
    """Read a folder of tables and show it as of a day.

    Parameters
    ----------
    folder : path, optional
        The folder. Left out, it is the one that the press names, or else the nearest ``data`` folder above the
        working directory, which is what a notebook wants.
    as_of : date or str, optional
        The day, as ``2022-12-19``; ``latest`` is the last day on which the folder learned something. Left out, every
        row is there, whenever it was known.

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
    >>> import briefing as b
    >>> folder = b.read_example().folder
    >>> b.read_dossier(folder, as_of="2031-11-20").find("tr-0006").wording
    '48 of them lorries'
    """
    folder = find_folder() if folder is None else Path(folder)
    day = latest_day(folder) if as_of == LATEST else _day(as_of)
    return show_reading(_read_everything(folder), folder=folder, day=day, log=find_log())


# What a warm parent has read for the notebooks that it will run, by folder: how its files stood, and one reading, the
# newest; and its tables, for whoever reads them again when one changed. It is all that a process remembers of tables by
# itself, and only where it was asked to (`keep`).
_KEPT: dict[Path, tuple[tuple[Stamp, ...], Reading]] = {}
_TABLES: dict[Path, dict[str, ReadTable]] = {}


def keep(folder: Path) -> Reading:
    """Read a folder now for whoever reads it later in this process, or in one forked from it, and give the reading.

    One reading of a folder is kept, the newest: it goes when the folder is kept anew, or read after its files changed.
    Whoever reads it then reads those files alone that did. Raises `DossierError` with every problem of every file.
    """
    stamps, _ = stamp_files(folder), _TABLES.setdefault(folder.resolve(), {})
    reading = _read_everything(folder)
    _KEPT[folder.resolve()] = (stamps, reading)
    return reading


def _read_everything(folder: Path) -> Reading:
    """Read the tables whole, with ``known_on``; what was kept serves as long as the files stand as they did."""
    kept = _KEPT.get(folder.resolve())
    if kept is not None and kept[0] == stamp_files(folder):
        return kept[1]
    _KEPT.pop(folder.resolve(), None)
    frames, problems = read_tables(folder, known=_TABLES.get(folder.resolve()))
    if any(problem.severity == "error" for problem in problems):
        raise DossierError(problems)
    return Reading(add_known_on(add_implied_originals(frames)))


def check_dossier(folder: str | Path) -> list[Problem]:
    """List everything that is wrong with a folder of tables; an empty list is good."""
    return read_tables(Path(folder))[1]


def show_reading(reading: Reading, *, folder: Path, day: dt.date | None, log: ReadLog | None = None) -> Dossier:
    """Show tables that were read before as of a day; `read_dossier` and `Dossier.at` come here."""
    whole = Shelf(ShownTables(reading.frames), reading=reading, day="", log=log)
    shown = known = whole
    if day is not None:
        shown = Shelf(visible(reading, as_of=day), reading=reading, day=day.isoformat(), log=log)
        known = Shelf(known_by(reading, as_of=day), reading=reading, day=f"../{day}", log=log)
    names = Names(reading.memo.once(_name_rows, dict(reading.frames)), log=log)
    return Dossier(folder, day, shown, names, whole, known)


def _name_rows(*frames: pd.DataFrame) -> dict[str, str]:
    """Give what pages call an actor, place, item or quantity, by id."""
    tables = dict(zip(TABLES, frames, strict=True))
    names: dict[str, str] = {}
    for table, column in (("quantities", "title"), ("items", "name"), ("places", "name"), ("actors", "name")):
        names |= dict(zip(tables[table][TABLES[table].key[0]].tolist(), tables[table][column].tolist(), strict=True))
    return names


def _day(as_of: str | dt.date | None) -> dt.date | None:
    if as_of is None or type(as_of) is dt.date:
        return as_of
    try:
        # A datetime is not taken: its hour and zone would have to be dropped in silence.
        date = parse_date(as_of) if isinstance(as_of, str) else None
    except DateError as error:
        raise UsageError(f"as_of: {error}") from None
    if date is None or not date.is_day or date.text != str(date.first):
        raise UsageError(f'as_of: "{as_of}" is not one day; a dossier is shown as of a day. Write year-month-day.')
    return date.first

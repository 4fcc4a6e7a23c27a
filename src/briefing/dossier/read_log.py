"""Which rows were read: while a log is open, it notes every table that a dossier gives out, with the rows asked for.

A page can only have come from rows that were given out here. The press opens a log in the kernel of an edition, asks
for the list after the edition has run (`tell_reads`), and runs the edition again only when rows on it have changed,
come or gone. An analyst who asks for fewer rows, with ``dossier.where("quotes", speaker_id="putin")`` instead of
``dossier.quotes``, is run again less often.

A log holds questions and digests, never frames. Frames belong to the reading and the shelves of a dossier, and go with
it. Without a log nothing is noted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from briefing.dossier.cut import Cut, Places, list_cells
from briefing.dossier.files import READS_VARIABLE
from briefing.dossier.memo import Memo, Remembered
from briefing.dossier.plain import read_plain
from briefing.dossier.shown import ShownTables

#: What was asked of a table: values by column, each a list; nothing is the whole table.
Where = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class ReadLog:
    """What was read of dossiers while the log was open.

    That is: by table, day and what was asked, the digest of the rows that were given out; the names that were looked
    up, by id, empty where there is none; and by name, the digest of each file beside the tables, empty where it is not
    there.
    """

    tables: dict[tuple[str, str, str], str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def note(answers: dict[Any, str], question: Any, answer: str) -> None:
        """Note an answer; where it is another than before, both, so that no later answer is the same."""
        known = answers.get(question, answer)
        answers[question] = answer if known == answer else f"{known}\n{answer}"

    def tell(self) -> list[list[str]]:
        """List what was read so far: table, day, what was asked, and the digest of the rows that were given out.

        Entries are in order; names are one, with the ids that were looked up, and each file beside the tables is one.
        """
        entries = [[*key, self.tables[key]] for key in sorted(self.tables)]
        if self.names:
            digest = _digest(json.dumps(self.names, sort_keys=True).encode())
            entries.append(["names", "", json.dumps(sorted(self.names)), digest])
        return entries + [["file", "", json.dumps(name), self.files[name]] for name in sorted(self.files)]


class _Process:
    """What this process has open."""

    log: ReadLog | None = None


@contextmanager
def note_reads() -> Iterator[ReadLog]:
    """Open a log, and note in it what is read of every dossier that is read meanwhile.

    Examples
    --------
    >>> import briefing as b
    >>> with note_reads() as log:
    ...     quotes = b.read_example().quotes
    >>> [entry[:2] for entry in log.tell()]
    [['quotes', '2031-12-19']]
    """
    before, log = _Process.log, ReadLog()
    _Process.log = log
    try:
        yield log
    finally:
        _Process.log = before


def find_log() -> ReadLog | None:
    """Find the log that is open; in a kernel that the press will ask, one is open for as long as the kernel lives."""
    if _Process.log is None and READS_VARIABLE in os.environ:
        _Process.log = ReadLog()
    return _Process.log


def tell_reads() -> list[list[str]]:
    """List what the log that is open has noted so far, as `ReadLog.tell` does; nothing where none is open."""
    log = find_log()
    return log.tell() if log is not None else []


def read_noted(path: Path) -> bytes | None:
    """Read a file beside the tables, and note what was read; ``None`` where it is not there."""
    content = read_plain(path) if path.is_file() else None
    log = find_log()
    if log is not None:
        log.note(log.files, path.name, "" if content is None else _digest(content))
    return content


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Reading:
    """The tables of a folder, whole, as they were read at one time; dossiers of all days are shown from it.

    The tables have ``known_on`` and are never changed; what was made of them, the hash of each row above all, is kept.
    """

    frames: Mapping[str, pd.DataFrame] = field(repr=False)
    memo: Memo = field(default_factory=Memo, repr=False)

    def hash_rows(self, table: str) -> np.ndarray:
        """Give the hash of each row of a table, in their order."""
        return self.memo.once(_hash_rows, {table: self.frames[table]})

    def digest_rows(self, table: str, places: Places) -> str:
        """Give one digest of the rows in some places of a table, ``None`` for all, wherever in the file they are."""
        hashes = self.hash_rows(table)
        return _digest(np.ascontiguousarray(hashes if places is None else hashes[places]).tobytes())

    def cells(self, table: str, column: str) -> list[Any]:
        """Give the cells of a column, in the order of the rows; ``None`` where one is empty."""
        return self.memo.once(_list_cells, {table: self.frames[table], f".{column}": column})

    def moments(self, table: str, column: str) -> np.ndarray:
        """Give the days of a column, in the order of the rows."""
        return self.memo.once(_list_moments, {table: self.frames[table], f".{column}": column})

    def places(self, table: str, column: str) -> Mapping[Any, Sequence[int]]:
        """Give the places of the rows of a table, from 0, by what a column holds."""
        return self.memo.once(_place_cells, {table: self.frames[table], f".{column}": column})

    def find_places(self, table: str, column: str, values: Iterable[Any]) -> list[int]:
        """Find the places of the rows in which a column holds one of some values, in their order."""
        places = self.places(table, column)
        return sorted({place for value in values for place in places.get(value, ())})


def _hash_rows(whole: pd.DataFrame) -> np.ndarray:
    return pd.util.hash_pandas_object(whole.drop(columns="row"), index=False).to_numpy()


def _list_cells(whole: pd.DataFrame, column: str) -> list[Any]:
    return list_cells(whole[column])


def _list_moments(whole: pd.DataFrame, column: str) -> np.ndarray:
    return whole[column].to_numpy()


def _place_cells(whole: pd.DataFrame, column: str) -> dict[Any, list[int]]:
    places: dict[Any, list[int]] = {}
    for place, cell in enumerate(whole[column].tolist()):
        places.setdefault(cell, []).append(place)
    return places


class Shelf(Mapping[str, pd.DataFrame]):
    """Tables by name, as of a day (empty: the whole dossier); where a log is open, each that is taken is noted.

    The reading holds the same tables, whole.
    """

    def __init__(self, frames: ShownTables, *, reading: Reading, day: str, log: ReadLog | None = None) -> None:
        self._frames, self._day, self.log = frames, day, log
        self._memo, self._noted = Memo(), set[tuple[str, str]]()
        self.reading = reading

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.where(table, {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def where(self, table: str, asked: Where) -> pd.DataFrame:
        """Give the rows whose columns hold the values that are asked for."""
        places = self.places(table, asked)
        if places is None or not asked:
            return self._frames[table]
        if self.is_edited(table):
            return _choose(self._frames, table, asked).reset_index(drop=True)
        return self.reading.frames[table].take(places).reset_index(drop=True)

    def places(self, table: str, asked: Where) -> Places:
        """Give the places in the whole table of the rows that `where` would give, which are noted; ``None`` for all."""
        places = self._find_places(table, asked)
        self._note(table, asked, places)
        return places

    def is_edited(self, table: str) -> bool:
        """Whether cells of a table are shown as they stood on the day, and not as they stand in the whole table."""
        return bool(self._frames.edited(table))

    def cut(self, table: str, asked: Where | None = None) -> Cut:
        """Give the cells of the rows that `where` would give, column by column."""
        return self._cut(table, asked or {}, self.places(table, asked or {}))

    def once(self, make: Callable[..., Remembered], *tables: str) -> Remembered:
        """Give what a function makes of some of these tables; it is made once, and kept as long as the shelf lives.

        ``make`` is a function of a module, which is given the tables in the order named. What it gives is not to be
        changed.
        """
        made = self._memo.find(make, tables)
        if made is not None:  # the tables were noted when it was made
            return made
        return self._memo.once(make, {table: self[table] for table in tables})

    def once_of_cells(self, make: Callable[..., Remembered], *tables: str) -> Remembered:
        """Give what a function makes of the cells of some tables (`cut`); it is made once, as `once` does."""
        made = self._memo.find(make, tables)
        return made if made is not None else self._memo.once(make, {table: self.cut(table) for table in tables})

    def peek(self, table: str) -> pd.DataFrame:
        """Give a table that no page is made from: it is not noted."""
        return self._frames[table]

    def peek_cells(self, table: str, column: str) -> Sequence[Any]:
        """Give the cells of a column of a table that no page is made from: they are not noted."""
        return self._cut(table, {}, self._frames.places(table))[column]

    def digest(self, table: str, asked: Where) -> str:
        """Give the digest of the rows that `where` would give; they are not noted."""
        return self.reading.digest_rows(table, self._find_places(table, asked))

    def _cut(self, table: str, asked: Where, places: Places) -> Cut:
        frame = partial(_choose, self._frames, table, asked) if self.is_edited(table) else None
        return Cut(self.reading, table, places, self._frames.edited(table), frame)

    def _find_places(self, table: str, asked: Where) -> Places:
        if not asked:
            return self._frames.places(table)
        if not asked.keys().isdisjoint(self._frames.edited(table)):
            rows = _choose(self._frames, table, asked)["row"].tolist()
            return np.array(self.reading.find_places(table, "row", rows), dtype=np.intp)
        first, *others = (self.reading.find_places(table, column, values) for column, values in asked.items())
        chosen = first if not others else sorted(set(first).intersection(*others))
        mask = self._frames.mask(table)
        kept = chosen if mask is None else [place for place in chosen if mask[place]]
        return np.array(kept, dtype=np.intp)

    def _note(self, table: str, asked: Where, places: Places) -> None:
        """Note rows that were given out; the same rows once, since their digest takes time."""
        if self.log is None:
            return
        question = _question(asked)
        if (table, question) not in self._noted:
            self._noted.add((table, question))
            self.log.note(self.log.tables, (table, self._day, question), self.reading.digest_rows(table, places))


def _choose(frames: ShownTables, table: str, asked: Where) -> pd.DataFrame:
    frame = frames[table]
    for column, values in asked.items():
        frame = frame.loc[frame[column].isin(values)]
    return frame


class Names(Mapping[str, str]):
    """Names by id; where a log is open, each that is looked up is noted."""

    def __init__(self, names: Mapping[str, str], *, log: ReadLog | None = None) -> None:
        self._names, self._log = names, log

    def __getitem__(self, key: str) -> str:
        if self._log is not None:
            self._log.note(self._log.names, key, self._names.get(key, ""))
        return self._names[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def note_rows(shelf: Shelf, table: str, asked: Where) -> list[str]:
    """Give the entry for some rows of a whole table, as `tell_reads` lists it."""
    return [table, "", _question(asked), shelf.digest(table, asked)]


def read_again(shelf: Shelf, names: Mapping[str, str], read: list[Any], *, folder: Path) -> str:
    """Give the digest that a read of an earlier run would have now; ``shelf`` is of that read's day."""
    table, _, asked, _ = read
    if table == "file":
        return _digest_file(folder / json.loads(asked))
    if table == "names":
        return _digest(json.dumps({key: names.get(key, "") for key in json.loads(asked)}, sort_keys=True).encode())
    return shelf.digest(table, json.loads(asked))


def _question(asked: Where) -> str:
    if not asked:
        return "{}"
    return json.dumps({column: sorted(set(values)) for column, values in asked.items()}, sort_keys=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _digest_file(path: Path) -> str:
    return _digest(read_plain(path)) if path.is_file() else ""

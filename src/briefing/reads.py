"""Which rows were read: every table that a dossier gives out is noted, with the rows that were asked for.

A page can only have come from rows that were given out here. The press asks for the list after an edition has run
(`tell_reads`) and runs the edition again only when rows on it have changed, come or gone. Whoever asks for fewer rows,
with ``dossier.where("quotes", speaker_id="putin")`` instead of ``dossier.quotes``, is run again less often.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

#: What was asked of a table: values by column, each a list; nothing is the whole table.
Where = Mapping[str, tuple[str, ...]]

# By table, day and what was asked: the rows that were given out, for as long as this process lives. A file that was
# saved between two reads gave out two tables: each is kept, so that its id stays its own.
_READS: dict[tuple[str, str, str, int], tuple[pd.DataFrame, pd.DataFrame]] = {}
_NAMES: dict[str, str] = {}
# Files beside the tables, by name, each with the digest of its content; nothing where it is not there.
_FILES: dict[str, str] = {}
# The hash of each row, by the frame that it is in. The frame is kept, so that its id stays its own.
_HASHES: dict[int, tuple[pd.DataFrame, pd.Series]] = {}


class Shelf(Mapping[str, pd.DataFrame]):
    """Tables by name, as of a day; each that is taken off it is noted.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The tables.
    everything : mapping of str to DataFrame
        The same tables, whole.
    day : str
        The day, empty for the whole dossier.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame], *, everything: Mapping[str, pd.DataFrame], day: str) -> None:
        self._frames, self._everything, self._day = dict(frames), everything, day

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.where(table, {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def where(self, table: str, asked: Where) -> pd.DataFrame:
        """Give the rows whose columns hold the values that are asked for."""
        frame = self._frames[table]
        for column, values in asked.items():
            frame = frame.loc[frame[column].isin(values)]
        note = json.dumps({column: sorted(set(values)) for column, values in asked.items()}, sort_keys=True)
        whole = self._whole(table)
        _READS[table, self._day, note, id(whole)] = (frame, whole)
        return frame.reset_index(drop=True) if asked else frame

    @property
    def plain(self) -> dict[str, pd.DataFrame]:
        """The tables, none of them noted."""
        return dict(self._frames)

    def peek(self, table: str) -> pd.DataFrame:
        """Give a table that no page is made from: it is not noted."""
        return self._frames[table]

    def _whole(self, table: str) -> pd.DataFrame:
        return self._everything[table]


class Names(Mapping[str, str]):
    """Names by id; each that is looked up is noted."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def __getitem__(self, key: str) -> str:
        _note(_NAMES, key, self._names.get(key, ""))
        return self._names[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def tell_reads() -> list[list[str]]:
    """List what was read so far: table, day, what was asked, and the digest of the rows that were given out.

    Returns
    -------
    list of lists of str
        In order; names are one entry, with the ids that were looked up, and each file beside the tables is one.
    """
    rows = {(*key[:3], digest_rows(*given)) for key, given in _READS.items()}
    told = [list(read) for read in sorted(rows)]
    if _NAMES:
        told.append(["names", "", json.dumps(sorted(_NAMES)), _digest(json.dumps(_NAMES, sort_keys=True).encode())])
    return told + [["file", "", json.dumps(name), _FILES[name]] for name in sorted(_FILES)]


def read_noted(path: Path) -> bytes | None:
    """Read a file beside the tables, and note what was read; ``None`` where it is not there.

    Examples
    --------
    >>> read_noted(Path("/nowhere/outlines.json")) is None
    True
    """
    content = path.read_bytes() if path.is_file() else None
    _note(_FILES, path.name, "" if content is None else _digest(content))
    return content


def _note(notes: dict[str, str], key: str, answer: str) -> None:
    """Note an answer; where it is another than before, both, so that no later answer is the same."""
    known = notes.get(key, answer)
    notes[key] = answer if known == answer else f"{known}\n{answer}"


def note_rows(shelf: Shelf, table: str, asked: Where) -> list[str]:
    """Give the entry for some rows of a whole table, as `tell_reads` lists it."""
    frame = shelf.peek(table)
    for column, values in asked.items():
        frame = frame.loc[frame[column].isin(values)]
    note = json.dumps({column: sorted(set(values)) for column, values in asked.items()}, sort_keys=True)
    return [table, "", note, digest_rows(frame, shelf.peek(table))]


def forget_reads() -> None:
    """Begin a new list."""
    _READS.clear()
    _NAMES.clear()
    _FILES.clear()


def digest_rows(frame: pd.DataFrame, whole: pd.DataFrame) -> str:
    """Give one digest of some rows of a table, in their order; where they stand in the file does not matter."""
    hashes = hash_rows(whole).reindex(frame["row"]).to_numpy()
    return _digest(np.ascontiguousarray(hashes).tobytes())


def hash_rows(whole: pd.DataFrame) -> pd.Series:
    """Give each row's hash, by its number in the file; once for each frame."""
    known = _HASHES.get(id(whole))
    if known is None:
        hashes = pd.util.hash_pandas_object(whole.drop(columns="row"), index=False)
        known = _HASHES[id(whole)] = (whole, pd.Series(hashes.to_numpy(), index=whole["row"]))
    return known[1]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _digest_file(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""


def read_again(shelf: Shelf, names: Mapping[str, str], read: list[Any], *, folder: Path) -> str:
    """Give the digest that a read of an earlier run would have now; ``shelf`` is of that read's day."""
    table, _, asked, _ = read
    if table == "file":
        return _digest_file(folder / json.loads(asked))
    if table == "names":
        return _digest(json.dumps({key: names.get(key, "") for key in json.loads(asked)}, sort_keys=True).encode())
    frame = shelf.peek(table)
    for column, values in json.loads(asked).items():
        frame = frame.loc[frame[column].isin(values)]
    return digest_rows(frame, shelf._whole(table))

"""A CSV file as analysts really save it: bytes in, cells of text out, or a problem that names the row and the cure.

Read as UTF-8 with or without byte-order mark, lines ended by LF or CRLF, cells separated by commas (RFC 4180). Anything
else is a problem, never a guess. Rows are numbered as a spreadsheet does, the header being row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from briefing.dossier.plain import read_plain
from briefing.errors import LONGEST_NAME, Problem, cure_for, quoted

#: How the names of columns begin that are the curator's own: no rule reads them, and nothing loses them.
OWN = "x_"

#: What a table is made of: cells in quotation marks, or cells without any, with commas and ends of lines between them.
_CELL = r'(?:"[^"]*(?:""[^"]*)*+"|[^",\r\n]*+)'
_CELLS = re.compile(rf"(?:{_CELL}(?:,|\r?\n))*+{_CELL}")

#: The csv module has one limit for the whole process.
_LIMIT = Lock()


#: The cells of a column, each a text: a tuple, or an array of a large file.
Cells: TypeAlias = Any

#: From so many characters on a file is split by columns, where nothing is odd about it.
_LARGE = 250_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one file: those of each known column, and the number of each row; only rows of the right length."""

    file: str  #: Its name in messages.
    columns: Mapping[str, Cells]
    rows: Sequence[int]
    is_whole: bool = True  #: Whether each row of the file is in; an empty row loses nothing that others need.


def read_sheet(
    path: Path, *, file: str, columns: Sequence[str], required: Collection[str] | None = None
) -> tuple[Sheet, list[Problem]]:
    """Read a file's cells as far as they can be read, with everything that is wrong with the file as a file.

    Columns that are not `required` may be left out (all are, unless told); those that begin with ``x_`` are the
    curator's own, and kept.
    """
    required = columns if required is None else required
    unread = Sheet(file, {}, (), is_whole=False)
    try:
        raw = read_plain(path)
    except OSError as error:
        cure = "Put the file itself there, with the rights that let it be read"
        return unread, [_problem(file, None, f"cannot be read ({error.strerror})", "a table is a plain file", cure)]
    text, problem = _decode(raw, file)
    if problem:
        return unread, [problem]
    if len(text) >= _LARGE and (large := _read_large(text, columns, required, file)):
        return large
    lines, misquoted = _split(text, file)
    if not lines:
        cure = _header_cure(columns)
        return unread, misquoted or [_problem(file, None, "is empty", "a table has a header row", cure)]
    header, *body = lines
    if not set(header) & set(columns):
        return unread, [*misquoted, _no_header(header, columns, file)]
    numbered = list(enumerate(body, start=2))
    blank = [number for number, cells in numbered if not any(cells)]
    ragged = [(number, cells) for number, cells in numbered if len(cells) != len(header) and any(cells)]
    problems = [*misquoted, *check_header(header, columns, required, file)]
    problems += [_ragged(file, number, cells, header) for number, cells in ragged]
    problems += _blank_problems(file, blank)
    lost = {*blank, *(number for number, _ in ragged)}
    kept = [(number, cells) for number, cells in numbered if number not in lost] if lost else numbered
    across = list(zip(*(cells for _, cells in kept), strict=True)) if kept else [()] * len(header)
    is_whole = not misquoted and not ragged
    rows = tuple(number for number, _ in kept)
    return Sheet(file, _name_columns(header, across, columns), rows, is_whole), problems


def _read_large(
    text: str, columns: Sequence[str], required: Collection[str], file: str
) -> tuple[Sheet, list[Problem]] | None:
    """Read a large file by columns; ``None`` where anything but its header may be wrong with it as a file."""
    from briefing.dossier.largefile import split_columns  # which needs pandas, and few files are large

    split = None if _find_loose(text, file) else split_columns(text)
    if split is None or not set(split[0]) & set(columns):
        return None
    header, cells = split
    rows = range(2, len(cells[0]) + 2)
    return Sheet(file, _name_columns(header, cells, columns), rows), check_header(header, columns, required, file)


def _name_columns(header: Sequence[str], cells: Sequence[Cells], columns: Sequence[str]) -> dict[str, Cells]:
    """Give the cells of the columns that are known, and of the curator's own."""
    own = [name for name in header if name.startswith(OWN)]
    return {name: cells[header.index(name)] for name in (*columns, *own) if name in header}


def read_header(path: Path) -> tuple[str, ...]:
    """Read the names of a file's columns, in order; what is wrong with them `read_sheet` says."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _decode(raw: bytes, file: str) -> tuple[str, Problem | None]:
    cure = "Save it as CSV UTF-8"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:2]:  # UTF-16, with or without its mark
        return "", _problem(file, None, "is UTF-16", "a table is UTF-8", cure)
    if raw[:4] == b"PK\3\4":
        return "", _problem(file, None, "is a workbook", "a table is UTF-8 text", cure)
    if (nul := raw.find(b"\0")) >= 0:
        row, cure = raw.count(b"\n", 0, nul) + 1, "Delete the byte, or save it as CSV UTF-8"
        return "", _problem(file, row, "holds a NUL byte", "a table is text", cure)
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02X} is not UTF-8 (perhaps Latin-1 or Windows-1252)"
        return "", _problem(file, row, what, "a table is UTF-8", cure)


def _split(text: str, file: str) -> tuple[list[list[str]], list[Problem]]:
    """Split text into cells; a broken quotation mark ends the reading, because all after it is guesswork."""
    lines: list[list[str]] = []
    try:
        with room_for(text):
            lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))  # what comes before an error stays
    except csv.Error as error:
        ended = "unexpected end" in str(error)
        what = "a quotation mark is opened and never closed" if ended else "a quotation mark stands inside a cell"
        cure = 'Close it, or write "" for a quotation mark inside a quoted cell'
        return lines, [_problem(file, len(lines) + 1, what, "quoted cells begin and end with a quotation mark", cure)]
    return lines, _find_loose(text, file)


def _find_loose(text: str, file: str) -> list[Problem]:
    """Find the first character that the csv module takes and that other programs read otherwise."""
    if '"' not in text and text.count("\r") == text.count("\r\n"):
        return []
    found = _CELLS.match(text)
    at = found.end() if found else 0
    if at == len(text):
        return []
    row = text.count("\n", 0, at) + 1
    if text[at] == "\r":
        what, rule = "a line ends in a carriage return alone", "lines end in LF or CRLF"
        return [_problem(file, row, what, rule, "Save it as CSV UTF-8")]
    what, rule = "a quotation mark stands in a cell without quotation marks", "a cell that holds one is quoted"
    return [_problem(file, row, what, rule, 'Put the cell in quotation marks, and write "" for the one inside')]


@contextmanager
def room_for(text: str) -> Iterator[None]:
    """Let a cell be as long as the text: one long cell is then a problem of that cell, not of the file."""
    with _LIMIT:
        limit = csv.field_size_limit(len(text) + 1)
        try:
            yield
        finally:
            csv.field_size_limit(limit)


def _no_header(header: list[str], columns: Sequence[str], file: str) -> Problem:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            rule, cure = "cells are separated by commas", "Save it as CSV UTF-8 (comma separated)"
            return _problem(file, 1, f"is separated by {name}", rule, cure)
    what = f"{quoted(','.join(header))} is no header"
    return _problem(file, 1, what, "the first row names the columns", _header_cure(columns))


def check_header(header: Sequence[str], columns: Sequence[str], required: Collection[str], file: str) -> list[Problem]:
    """List what is wrong with a header: columns that stand twice, are missing or are unknown."""
    doubled = [name for name, times in Counter(header).items() if times > 1]
    missing = [name for name in columns if name in required and name not in header]
    extra = [name for name in header if name not in columns and not name.startswith(OWN)]
    rule = f"its columns are {', '.join(columns)}"
    wrong = [(name, "stands twice", "a column stands once", "Keep one of the two") for name in doubled]
    wrong += [(name, "is missing", rule, f"Add {name}") for name in missing]
    for name in dict.fromkeys(extra):
        plain = "_".join(re.findall(r"[a-z0-9]+", name.lower()))[:LONGEST_NAME] or "note"
        wrong.append((name, "is unknown", rule, cure_for(name, columns, otherwise=f"Call it {OWN}{plain} to keep it")))
    return [_problem(file, 1, f"column {quoted(name)} {what}", law, cure, name) for name, what, law, cure in wrong]


def _ragged(file: str, row: int, cells: list[str], header: list[str]) -> Problem:
    what = f"has {len(cells)} cells where the header has {len(header)}"
    cure = "Look for a missing comma or quotation mark"
    return _problem(file, row, what, "every row has a cell for each column", cure)


def _blank_problems(file: str, blank: list[int]) -> list[Problem]:
    problems = []
    for first, last in _runs(blank):
        what = f"row {first} is empty" if first == last else f"rows {first} to {last} are empty"
        problems.append(_problem(file, first, what, "every row is a row of the table", "Delete what is empty"))
    return problems


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    # numbers that follow each other are all as far from their place in the list
    for _, pairs in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in pairs]
        yield run[0], run[-1]


def _header_cure(columns: Sequence[str]) -> str:
    return f"Write the header {','.join(columns)}"


def _problem(file: str, row: int | None, what: str, rule: str, cure: str, column: str | None = None) -> Problem:
    return Problem(file, row, column, None, what, rule, cure, id="D01")

"""Files that others publish: CSV or a workbook, read as their mapping says they are written, each row with its line.

Nothing is repaired in silence: what is read otherwise than the mapping says is told.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from briefing.dossier.csvfile import room_for
from briefing.dossier.plain import read_plain
from briefing.errors import UsageError, did_you_mean, in_a_line, quoted
from briefing.intake.mapping import FileShape, Preset, columns_needed
from briefing.intake.preset_files import list_presets
from briefing.values.words import counted

#: In so many rows from the top a header is looked for.
_TOP = 60

#: Encodings that take any byte, so that a file in UTF-8 would be read as other letters.
_TAKE_ANY = frozenset({"latin-1", "latin1", "iso-8859-1", "cp1252", "windows-1252"})

_WORKBOOKS = (".xlsx", ".xlsm")
_OTHERS = (".xls", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row of somebody's file: its cells by column, and the line in which it begins."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """Somebody's file as it was read."""

    name: str
    header: tuple[str, ...]
    rows: tuple[ForeignRow, ...]
    above: str = ""  #: What stands above the header.
    remarks: tuple[str, ...] = ()  #: What was read otherwise than the mapping says.


#: A row as it stands: its line, and its cells.
_Line = tuple[int, list[str]]


def read_their_file(path: Path, preset: Preset) -> ForeignFile:
    """Read a file as a preset says that it is written.

    Raises `UsageError` where it is not written so: another encoding, another header (and whose that is), a row of
    another length.
    """
    try:
        lines, remarks = read_lines(path, preset.file)
    except UsageError as error:
        if other := _whose(path, preset):
            raise UsageError(f"{error} Did you mean the preset {other}?") from None
        raise
    at, header, told = _find_header(lines, preset, path)
    above = "\n".join(" ".join(cells).strip() for _, cells in lines[:at])
    body = lines[at + (preset.file.header_lines if told is not None else 0) :]
    remarks += [told] if told else []
    rows = _rows(body, header, preset.file, name=path.name)
    return ForeignFile(path.name, header, tuple(rows), above, tuple(remarks))


def read_lines(path: Path, shape: FileShape) -> tuple[list[_Line], list[str]]:
    """Read the cells of a file, row by row, and what is to be told of how they were read."""
    try:
        raw = read_plain(path)
    except OSError as error:
        rule = "a file that comes in is a plain file"
        raise UsageError(f"{path}: cannot be read ({error.strerror}); {rule}. Name the file.") from None
    if path.suffix.lower() in _OTHERS:
        rule = "what is read is CSV or .xlsx"
        raise UsageError(f"{path.name}: is a {path.suffix} file; {rule}. Save it as .xlsx or CSV.")
    if raw[:4] == b"PK\3\4" or path.suffix.lower() in _WORKBOOKS:
        return _read_workbook(raw, shape, name=path.name), []
    text, remark = _decode(raw, shape.encoding, name=path.name)
    return _read_text(text, shape.delimiter, name=path.name), [remark] if remark else []


def _decode(raw: bytes, encoding: str, *, name: str) -> tuple[str, str]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        rule = f"the mapping says {encoding}"
        raise UsageError(f'{name}: is UTF-16; {rule}. Save it as CSV UTF-8, or write encoding = "utf-16".')
    try:
        if encoding.lower() in _TAKE_ANY:
            return _decode_any(raw, encoding, name=name)
        return raw.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding), ""
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02X} is not {encoding}"
        cure = 'Write encoding = "latin-1" in a mapping of your own, if it is that' if "utf" in encoding else "Mend it"
        raise UsageError(f"{name}:{line}: {what}; the mapping says how a file is written. {cure}.") from None
    except LookupError:
        rule = "an encoding has a name that Python knows"
        raise UsageError(f"{name}: {quoted(encoding)} is no encoding; {rule}. Write utf-8 or latin-1.") from None


def _decode_any(raw: bytes, encoding: str, *, name: str) -> tuple[str, str]:
    """Decode what takes any byte; letters that are surely UTF-8 are read as that, and it is told."""
    if not raw.isascii():
        try:
            return raw.decode("utf-8-sig"), f"{name} is UTF-8 and not {encoding}, and was read as that"
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode("cp1252"), ""  # what is called Latin-1 often holds its quotation marks
    except UnicodeDecodeError:
        return raw.decode("latin-1"), ""


def _read_text(text: str, delimiter: str, *, name: str) -> list[_Line]:
    lines, begin = [], 1
    with room_for(text):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for cells in reader:
                lines.append((begin, cells))
                begin = reader.line_num + 1
        except csv.Error as error:
            rule = "cells with commas or line ends stand in quotation marks"
            raise UsageError(f"{name}:{begin}: {in_a_line(error)}; {rule}. Look for a lost one.") from None
    return lines


def _read_workbook(raw: bytes, shape: FileShape, *, name: str) -> list[_Line]:
    from openpyxl import load_workbook  # slow to import
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of styles and drop-downs that it does not keep
        try:
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
            rule = "a workbook is .xlsx"
            raise UsageError(f"{name}: cannot be read ({in_a_line(error)}); {rule}. Save it again.") from None
        sheet = book[_pick_sheet(book.sheetnames, shape.sheet, name=name)]
        rows = sheet.iter_rows(values_only=True)
        stated = ((number, row) for number, row in enumerate(rows, 1) if any(value is not None for value in row))
        return [(number, _cells_of(row)) for number, row in stated]


def _cells_of(row: Sequence[Any]) -> list[str]:
    """Write a workbook's row as text; what is empty at its end is formatting alone."""
    texts = [_text_of(value) for value in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _pick_sheet(sheets: Sequence[str], wanted: str, *, name: str) -> str:
    if not wanted:
        return sheets[0]
    for sheet in sheets:
        if sheet.strip().casefold() == wanted.strip().casefold():
            return sheet
    rule = "the mapping names its sheet"
    raise UsageError(f"{name}: has no sheet {quoted(wanted)}; {rule}. {did_you_mean(wanted, sheets)}")


def _text_of(value: Any) -> str:
    """Write a workbook's value as a person would: a day without its midnight, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


# --- the header -------------------------------------------------------------------------------------------------


def _find_header(lines: Sequence[_Line], preset: Preset, path: Path) -> tuple[int, tuple[str, ...], str | None]:
    """Find where a header stands, its names, and what is to be told; nothing is told where the file has none."""
    shape, name = preset.file, path.name
    needed = [column for column in columns_needed(preset) if column not in shape.optional]
    wanted = shape.header or tuple(needed)
    for at in range(min(len(lines), _TOP)):
        header = _name_columns([cells for _, cells in lines[at : at + shape.header_lines]], shape.also)
        if set(wanted) <= set(header):
            _refuse_lacking(header, needed, name=f"{name}:{lines[at][0]}")
            expected = shape.skip + 1
            moved = shape.skip and lines[at][0] != expected
            return at, header, f"{name}: the header is in line {lines[at][0]}, not {expected}" if moved else ""
    if shape.columns and lines and len(lines[0][1]) == len(shape.columns):
        return 0, shape.columns, None
    raise UsageError(_no_header(lines, preset, wanted, path))


def _name_columns(rows: Sequence[Sequence[str]], also: Mapping[str, str]) -> tuple[str, ...]:
    """Name the columns: a group above is put before a name, and a column without one is named after its neighbour.

    Examples
    --------
    >>> _name_columns([["Year of order", " ", "Number"]], {})
    ('Year of order', 'after Year of order', 'Number')
    >>> _name_columns([["", "Active", ""], ["Place", "Army", "Navy"]], {})
    ('Place', 'Active / Army', 'Active / Navy')
    """
    *groups, names = rows or [[]]
    above: list[str] = [""] * len(names)
    for group in groups:
        held = ""
        for at in range(len(names)):
            held = (group[at].strip() if at < len(group) else "") or held
            above[at] = " / ".join(filter(None, (above[at], held)))
    made: list[str] = []
    for at, cell in enumerate(names):
        name = " ".join(cell.removeprefix("\ufeff").split()) or (f"after {made[-1]}" if made else "before all")
        name = f"{above[at]} / {name}" if above[at] else name
        name = also.get(name, name)
        made.append(name if name not in made else f"{name} ({made.count(name) + 1})")
    # a column without a name is called after the one before, by the name that is used here
    return tuple(also.get(name, name) for name in made)


def _refuse_lacking(header: Sequence[str], needed: Iterable[str], *, name: str) -> None:
    lacking = [column for column in needed if column not in header]
    if lacking:
        rule = "the mapping speaks of it"
        cure = did_you_mean(lacking[0], [column for column in header if column])
        raise UsageError(f"{name}: the header has no {quoted(lacking[0])}; {rule}. {cure}")


def _no_header(lines: Sequence[_Line], preset: Preset, wanted: Sequence[str], path: Path) -> str:
    """Say that there is no such header, and whose the file is, or what it has."""
    other = _whose(path, preset)
    rows = [{cell.strip() for cell in cells} for _, cells in lines[:_TOP]]
    best = max(rows, key=lambda cells: len(cells & set(wanted)), default=set())
    lacking = [column for column in wanted if column not in best]
    few = ", ".join(lacking[:3]) + (f" and {len(lacking) - 3} more" if len(lacking) > 3 else "")
    has = len(wanted) - len(lacking)
    near = f"the nearest row lacks {few}" if has else f"no row of the first {min(len(lines), _TOP)} has {few}"
    is_shipped = any(each.name == preset.name for each in list_presets())
    see = f"See briefing import {preset.name} --show." if is_shipped else "Mend the header that the mapping names."
    cure = f"Did you mean the preset {other}?" if other else see
    return f"{path.name}: is no file of {preset.name}: {near}; a header is looked for by its names. {cure}"


def _whose(path: Path, preset: Preset) -> str:
    """Name the other preset that a file is of; nothing where it is of none."""
    for other in list_presets():
        if other.name != preset.name and other.file.header:
            try:
                lines, _ = read_lines(path, other.file)
            except UsageError:
                continue
            if _has_header(lines, other.file):
                return other.name
    return ""


def _has_header(lines: Sequence[_Line], shape: FileShape) -> bool:
    """Whether some row near the top is the header that is looked for."""
    return any(
        set(shape.header) <= set(_name_columns([cells for _, cells in lines[at : at + shape.header_lines]], shape.also))
        for at in range(min(len(lines), _TOP))
    )


# --- the rows ---------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[_Line], header: Sequence[str], shape: FileShape, *, name: str) -> Iterator[ForeignRow]:
    whole = _join_broken(lines, len(header)) if shape.broken_rows else lines
    left_out = {each.casefold() for each in shape.leave_out}
    for at, (line, cells) in enumerate(whole):
        texts = [_mend_spaces(cell) for cell in cells]
        first = next((text for text in texts if text), "")
        if not first or (at == 0 and shape.hashtags and _is_tagged(texts)):
            continue
        if shape.ends_at and first.casefold() == shape.ends_at.casefold():
            return
        if first.casefold() in left_out:
            continue
        extra = [text for text in texts[len(header) :] if text]
        if len(texts) != len(header) and (extra or not _may_be_short(name)):
            rule = f"each row has the {counted(len(header), 'cell')} of the header"
            raise UsageError(
                f"{name}:{line}: has {counted(len(texts), 'cell')}; {rule}. Look for a lost comma or mark."
            )
        filled = [*texts, *[""] * len(header)][: len(header)]
        stated = ["" if text in shape.missing else text for text in filled]
        yield ForeignRow(line, dict(zip(header, stated, strict=True)))


def _mend_spaces(cell: str) -> str:
    return " ".join(cell.split())


def _may_be_short(name: str) -> bool:
    """Whether cells at the end may be left out: a workbook's rows end where nothing more stands."""
    return name.lower().endswith(_WORKBOOKS)


def _is_tagged(texts: Sequence[str]) -> bool:
    stated = [text for text in texts if text]
    return bool(stated) and sum(text.startswith("#") for text in stated) * 2 >= len(stated)


def _join_broken(lines: Sequence[_Line], width: int) -> Iterator[_Line]:
    """Join rows that run over several lines: what is short goes on in the next, within the cell that was cut."""
    held: _Line | None = None
    for line, cells in lines:
        if held is None:
            held = (line, list(cells))
        elif cells:
            joined = [*held[1][:-1], f"{held[1][-1]} {cells[0]}", *cells[1:]]
            if len(joined) > width:  # they are two rows, and the first is short, which is told
                yield held
                held = (line, list(cells))
            else:
                held = (held[0], joined)
        if held is not None and (len(held[1]) >= width or not held[1]):
            yield held
            held = None
    if held is not None:
        yield held

"""Dossiers as tired people and broken programs leave them: seeded changes of a folder, one kind at a time."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from briefing.dossier.cells import Count, Day, When
from briefing.dossier.files import OUTLINES
from briefing.dossier.rows import columns_of
from briefing.dossier.tables import TABLES

#: What a folder's files become: their bytes, and nothing where a file goes.
Files = dict[str, bytes | None]
Cells = list[list[str]]
Change = Callable[[random.Random, str, Cells], None]

#: Texts that have no business in most cells.
ODD = (
    "\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x07", "\x1b[31m", "\ufffd", "\ue000", "\n", "\r", "\t", "\u2028",
    "\u00a0", '"', "'", "|", "||", ",", ";", "/", "..", "~", "?", "@", "{x}", "%s", "</script>", "[x](y)", "=1+1",
    "\U0001f3f3\ufe0f\u200d\U0001f308", "Z\u0310\u0336\u0489", "\u0627\u0644", "ß", "İ", "ﬁ", "１２",
)  # fmt: skip
WORDS = (
    "nan", "NaN", "inf", "-inf", "None", "null", "NA", "<NA>", "NaT", "true", "TRUE", "0", "-0", "-1", "x", " ", "?",
    "1.500", "1,500", "1e5", "1e999", "0x10", "1_000", "2022-02-30", "2022-13", "0000", "0000-01-01", "44912",
    "english", "xx-notalang", "EN_us", "UK", "ZZ", "Q0", "lol", "90.1", "-181", "https://", "https://a b/",
    "https://www.nato.int@evil.example/", "javascript:alert(1)", "y" * 3_000, "[[[", "../../etc/passwd",
)  # fmt: skip
HUGE = ("9" * 20, "9" * 400, "9" * 5_000, "1000000000000001", "-" + "9" * 30, "9" * 400 + ".5", "1e400")
TIMES = (
    "2022-02-24/..", "../2022-02-24", "../..", "..", "2022-02-24~/..", "0001-01-01", "9999-12-31", "9999", "0001",
    "0001-01-01/9999-12-31", "2022", "2022-12", "2022-12-19~", "2022-12-19?", "2022-12-19/2022-12-01", "2022-W03",
    "2022-12-19T10:00", "2022-12-19/2022-12-19", "2022-10~/2022-11?", "/", "2022-/..", "2024-02-29", "2023-02-29",
)  # fmt: skip
CODINGS = ("utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "latin-1", "utf-8-sig", "cp037", "utf-7")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change, and whether `check` must say something of each."""

    change: Callable[[random.Random, Path], Files]
    is_told: bool = False


def read_cells(folder: Path, table: str) -> Cells:
    """Read a table's header and rows as they stand."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(cells: Cells) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().encode("utf-8", errors="surrogatepass")


def _filled(folder: Path) -> list[str]:
    return [name for name in TABLES if (folder / f"{name}.csv").is_file() and len(read_cells(folder, name)) > 1]


def _kinds_of(table: str, *kinds: object) -> list[str]:
    """Give the columns of a table whose type is one of these."""
    return [column.name for column in columns_of(TABLES[table]) if column.kind in kinds]


def of_cells(change: Change) -> Callable[[random.Random, Path], Files]:
    """Make a change of a folder from a change of one table's cells, any table by chance."""

    def apply(chance: random.Random, folder: Path) -> Files:
        table = chance.choice(_filled(folder))
        cells = read_cells(folder, table)
        change(chance, table, cells)
        return {f"{table}.csv": _write(cells)}

    return apply


def of_columns(choose: Callable[[str], list[str]], new: Callable[[random.Random, str], str]) -> Callable[..., Files]:
    """Make a change of a folder that writes something new into cells of chosen columns."""

    def apply(chance: random.Random, folder: Path) -> Files:
        table = chance.choice([name for name in _filled(folder) if choose(name)])
        cells = read_cells(folder, table)
        there = [column for column in choose(table) if column in cells[0]]
        for _ in range(chance.choice((1, 1, 1, 4, 30))):
            row, column = chance.choice(cells[1:]), cells[0].index(chance.choice(there))
            row[column] = new(chance, row[column])
        return {f"{table}.csv": _write(cells)}

    return apply


def _any(table: str) -> list[str]:
    return list(TABLES[table].columns)


def _numbers(table: str) -> list[str]:
    return _kinds_of(table, Count)


def _dates(table: str) -> list[str]:
    return _kinds_of(table, When, Day)


def _keys(table: str) -> list[str]:
    return list(TABLES[table].references())


def _insert(chance: random.Random, cell: str) -> str:
    at = chance.randrange(len(cell) + 1)
    return cell[:at] + chance.choice(ODD) + cell[at:]


def _swap(chance: random.Random, _: str, cells: Cells) -> None:
    a, b = chance.choice(cells[1:]), chance.choice(cells[1:])
    i = chance.randrange(len(a))
    j = i if chance.random() < 0.7 else chance.randrange(len(a))
    a[i], b[j] = b[j], a[i]


def _swap_pair(chance: random.Random, table: str, cells: Cells) -> None:
    row = chance.choice(cells[1:])
    i, j = chance.sample(range(len(row)), 2)
    row[i], row[j] = row[j], row[i]


def _empty_column(chance: random.Random, table: str, cells: Cells) -> None:
    at = chance.randrange(len(cells[0]))
    for row in cells[1:]:
        row[at] = ""


def _empty_row(chance: random.Random, _: str, cells: Cells) -> None:
    cells[chance.randrange(1, len(cells))][:] = [""] * len(cells[0])


def _double_rows(chance: random.Random, _: str, cells: Cells) -> None:
    cells += chance.sample(cells[1:], chance.randint(1, min(5, len(cells) - 1)))


def _double_under_another_id(chance: random.Random, _: str, cells: Cells) -> None:
    for n in range(chance.choice((1, 3, 20))):
        cells.append([f"{chance.choice(cells[1:])[0]}-{n}"[-90:], *chance.choice(cells[1:])[1:]])


def _lose_rows(chance: random.Random, _: str, cells: Cells) -> None:
    keep = chance.choice((0.0, 0.5, 0.95))
    cells[1:] = [row for row in cells[1:] if chance.random() < keep]


def _mix_rows(chance: random.Random, _: str, cells: Cells) -> None:
    body = cells[1:]
    chance.shuffle(body)
    cells[1:] = body


def _odd_header(chance: random.Random, _: str, cells: Cells) -> None:
    at = chance.randrange(len(cells[0]))
    cells[0][at] = chance.choice((cells[0][0], "", "x_own", cells[0][at].upper(), _insert(chance, cells[0][at])))


def _lose_column(chance: random.Random, _: str, cells: Cells) -> None:
    at = chance.randrange(len(cells[0]))
    for row in cells:
        del row[at]


def _ragged(chance: random.Random, _: str, cells: Cells) -> None:
    row = chance.choice(cells)
    row.append("x") if chance.random() < 0.5 else row.pop()


def _another_choice(chance: random.Random, table: str, cells: Cells) -> None:
    kinds = {column.name: get_args(column.kind) for column in columns_of(TABLES[table])}
    choices = {name: words for name, words in kinds.items() if name in cells[0] and all(type(w) is str for w in words)}
    for _ in range(chance.choice((1, 5, 40)) if any(choices.values()) else 0):
        name = chance.choice([name for name, words in choices.items() if words])
        chance.choice(cells[1:])[cells[0].index(name)] = chance.choice(choices[name])


def _another_row(chance: random.Random, table: str, cells: Cells) -> None:
    columns = [cells[0].index(column) for column in _keys(table) if column in cells[0]]
    for _ in range(chance.choice((1, 5, 40)) if columns else 0):
        at = chance.choice(columns)
        chance.choice(cells[1:])[at] = chance.choice(cells[1:])[at]


def _own_id(chance: random.Random, table: str, cells: Cells) -> None:
    columns = [cells[0].index(column) for column in _keys(table) if column in cells[0]]
    if columns:
        row = chance.choice(cells[1:])
        row[chance.choice(columns)] = row[0]


def _one_cell_everywhere(chance: random.Random, table: str, cells: Cells) -> None:
    at = chance.randrange(1, len(cells[0]))
    cell = chance.choice(cells[1:])[at]
    for row in cells[1:]:
        row[at] = cell


def _lose_file(chance: random.Random, folder: Path) -> Files:
    return {chance.choice(sorted(path.name for path in folder.iterdir())): None}


def _lose_table(chance: random.Random, folder: Path) -> Files:
    return {f"{chance.choice([name for name, table in TABLES.items() if table.is_required])}.csv": None}


def _some_file(chance: random.Random, folder: Path) -> tuple[str, bytes]:
    path = chance.choice([*sorted(folder.glob("*.csv")), *folder.glob(OUTLINES)])
    return path.name, path.read_bytes()


def _cut(chance: random.Random, folder: Path) -> Files:
    name, content = _some_file(chance, folder)
    return {name: content[: chance.randrange(len(content))]}


def _flip(chance: random.Random, folder: Path) -> Files:
    name, content = _some_file(chance, folder)
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 8))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return {name: bytes(made)}


def _blow_up(chance: random.Random, folder: Path) -> Files:
    name, content = _some_file(chance, folder)
    at = chance.randrange(len(content))
    return {name: content[:at] + chance.randbytes(chance.choice((1, 10, 1_000))) + content[at:]}


def _recode(chance: random.Random, folder: Path) -> Files:
    name, content = _some_file(chance, folder)
    return {name: content.decode("utf-8").encode(chance.choice(CODINGS), errors="replace")}


def _other_lines(chance: random.Random, folder: Path) -> Files:
    name, content = _some_file(chance, folder)
    return {name: content.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\n\r", b"")))}


def _other_commas(chance: random.Random, folder: Path) -> Files:
    name, content = _some_file(chance, folder)
    return {name: content.replace(b",", chance.choice((b";", b"\t", b"|", b", ")))}


def _another_table(chance: random.Random, folder: Path) -> Files:
    (name, _), (_, content) = _some_file(chance, folder), _some_file(chance, folder)
    return {name: content}


def _odd_outlines(chance: random.Random, folder: Path) -> Files:
    """Put something odd into a place of the outlines; a dossier that has none gets none."""
    if not (folder / OUTLINES).is_file():
        return {}
    whole = json.loads((folder / OUTLINES).read_bytes())
    new = chance.choice((None, "x", -1, 1e308, 400, [], {}, True, "\u202e", "\ue000", [[0, 0]], "y" * 5_000, ["\x00"]))
    place: object = whole
    for _ in range(chance.randint(1, 7)):
        within = list(place) if isinstance(place, dict) else range(len(place)) if isinstance(place, list) else ()
        if not within:
            break
        before, key = place, chance.choice(list(within))
        place = place[key]  # type: ignore[index]
    before[key] = new  # type: ignore[index]
    return {OUTLINES: json.dumps(whole).encode()}


def _some(*names: str) -> Callable[[random.Random, Path], Files]:
    """Make a change of several kinds at once, of different files where chance wills it."""

    def apply(chance: random.Random, folder: Path) -> Files:
        made: Files = {}
        for name in chance.choices(names, k=chance.randint(2, 4)):
            made |= KINDS[name].change(chance, folder)
        return made

    return apply


KINDS: dict[str, Kind] = {
    "cells of two rows swapped": Kind(of_cells(_swap)),
    "cells of one row swapped": Kind(of_cells(_swap_pair)),
    "cells emptied": Kind(of_columns(_any, lambda chance, cell: "")),
    "a column emptied": Kind(of_cells(_empty_column)),
    "a row emptied": Kind(of_cells(_empty_row), is_told=True),
    "rows doubled": Kind(of_cells(_double_rows), is_told=True),
    "rows doubled under another id": Kind(of_cells(_double_under_another_id)),
    "rows lost": Kind(of_cells(_lose_rows)),
    "rows in another order": Kind(of_cells(_mix_rows)),
    "odd characters": Kind(of_columns(_any, _insert)),
    "odd words": Kind(of_columns(_any, lambda chance, cell: chance.choice(WORDS))),
    "odd dates": Kind(of_columns(_dates, lambda chance, cell: chance.choice(TIMES))),
    "huge numbers": Kind(of_columns(_numbers, lambda chance, cell: chance.choice(HUGE)), is_told=True),
    "other numbers": Kind(of_columns(_numbers, lambda chance, cell: str(chance.choice((0, 1, 0.5, 7, 300, 10**15))))),
    "ids of nothing": Kind(of_columns(_keys, lambda chance, cell: f"{cell.partition('|')[0]}-x"), is_told=True),
    "ids of other rows": Kind(of_cells(_another_row)),
    "a row that names itself": Kind(of_cells(_own_id)),
    "other choices": Kind(of_cells(_another_choice)),
    "one cell in all rows": Kind(of_cells(_one_cell_everywhere)),
    "an odd header": Kind(of_cells(_odd_header)),
    "a column lost": Kind(of_cells(_lose_column)),
    "a row of another length": Kind(of_cells(_ragged), is_told=True),
    "a file lost": Kind(_lose_file),
    "a table lost": Kind(_lose_table, is_told=True),
    "a file cut off": Kind(_cut),
    "bytes turned": Kind(_flip),
    "bytes put in": Kind(_blow_up),
    "another encoding": Kind(_recode),
    "other ends of lines": Kind(_other_lines),
    "other commas": Kind(_other_commas),
    "a file in another's place": Kind(_another_table),
    "odd outlines": Kind(_odd_outlines),
}  # fmt: skip
KINDS["several at once"] = Kind(_some("other choices", "ids of other rows", "other numbers", "odd dates", "rows lost"))


def mutate(kind: str, seed: int, folder: Path) -> Files:
    """Give what the files of a folder become by one change of a kind; one seed gives one change, always."""
    return KINDS[kind].change(random.Random(f"{kind} {seed}"), folder)


def mutants(kind: str, *, into: Path, seeds: int, data: Path) -> Iterator[tuple[int, Path]]:
    """Give a folder as each seed leaves it; what was changed is put right again before the next."""
    folder = shutil.copytree(data, into / "data", dirs_exist_ok=True)
    for seed in range(seeds):
        files = mutate(kind, seed, data)
        for name, content in files.items():
            (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
        yield seed, folder
        for name in files:
            shutil.copy(data / name, folder / name)

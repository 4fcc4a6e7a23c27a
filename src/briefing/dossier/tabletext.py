"""A table as its file has it: the cells of each row beside the very text of its line.

What nobody edits keeps its bytes: quotation marks, ends of lines and order. `csvfile` reads what `check` judges; this
is what is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.dossier.csvfile import room_for
from briefing.dossier.tables import DossierTable

#: The mark that some programs begin a file in UTF-8 with.
_MARK = "\ufeff"

#: The text of each cell of a row, by its column.
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: its cells, and its line as the file has it; empty where the row is new or was edited."""

    cells: Cells
    line: str = ""
    number: int = 0  #: Its number as a spreadsheet counts it, the header being row 1; 0 where it is in no file.


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as its file has it, or is to have it."""

    table: DossierTable
    header: tuple[str, ...]
    rows: tuple[TextRow, ...] = ()
    head: str = ""  #: The line of the header as the file has it; empty where it is new or was edited.
    ends: str = "\n"  #: How its lines end.

    def find(self, key: tuple[str, ...]) -> Cells | None:
        """Find the cells of the row with a key; ``None`` where there is none."""
        return next((row.cells for row in self.rows if self.key_of(row.cells) == key), None)

    def key_of(self, cells: Cells) -> tuple[str, ...]:
        """Give the key of a row, as many cells as the table has it made of."""
        return tuple(cells.get(name, "") for name in self.table.key)

    def put(self, *given: Cells) -> TableText:
        """Give the table with rows more, or with the rows of the same keys changed in the columns that are given.

        A column that the file lacks is added, in its place, where one of its cells is not empty.
        """
        wide = self._with_columns(name for cells in given for name, cell in cells.items() if cell)
        rows = list(wide.rows)
        places = {wide.key_of(row.cells): at for at, row in enumerate(rows)}
        for cells in given:
            at = places.setdefault(wide.key_of(cells), len(rows))
            if at == len(rows):
                rows.append(TextRow(dict(cells)))
            elif any(rows[at].cells.get(name, "") != cell for name, cell in cells.items()):
                rows[at] = TextRow({**rows[at].cells, **cells})
        return replace(wide, rows=tuple(rows))

    def drop(self, *keys: tuple[str, ...]) -> TableText:
        """Give the table without the rows of some keys."""
        return replace(self, rows=tuple(row for row in self.rows if self.key_of(row.cells) not in keys))

    def edit(
        self, changed: Mapping[int, Cells], *, dropped: Collection[int] = (), new: Sequence[Cells] = ()
    ) -> TableText:
        """Give the table with rows changed or dropped by their place, from 0, and with rows more.

        Where two rows have the same key, which is a problem of its own, `put` cannot tell them apart; this can.
        """
        given = (*changed.values(), *new)
        wide = self._with_columns(name for cells in given for name, cell in cells.items() if cell)
        rows = [
            TextRow({**row.cells, **changed[at]}) if at in changed else row
            for at, row in enumerate(wide.rows)
            if at not in dropped
        ]
        return replace(wide, rows=(*rows, *(TextRow(dict(cells)) for cells in new)))

    def to_bytes(self) -> bytes:
        """Give the bytes of the file; those of lines that nobody edited are as they were."""
        lines = [self.head or self._write(self.header)]
        lines += [row.line or self._write([row.cells.get(name, "") for name in self.header]) for row in self.rows]
        *most, last = lines
        ended = [line if line.endswith(("\n", "\r")) else line + self.ends for line in most]
        return "".join([*ended, last]).encode()

    def _write(self, cells: Sequence[str]) -> str:
        made = io.StringIO(newline="")
        csv.writer(made, lineterminator=self.ends).writerow(cells)
        return made.getvalue()

    def _with_columns(self, names: Iterable[str]) -> TableText:
        new = [name for name in dict.fromkeys(names) if name not in self.header]
        if not new:
            return self
        known = [name for name in self.table.columns if name in {*self.header, *new}]
        own = [name for name in (*self.header, *new) if name not in known]
        mark = _MARK if self.head.startswith(_MARK) else ""
        rows = tuple(TextRow(row.cells) for row in self.rows)  # each line has a cell more
        made = replace(self, header=(*known, *own), rows=rows, head="")
        return replace(made, head=mark + made._write(made.header))


def parse_table(table: DossierTable, text: str) -> TableText:
    """Take the text of a file apart, line by line; what is wrong with it `csvfile` says."""
    lines = list(io.StringIO(text, newline=""))
    ends = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    rows: list[TextRow] = []
    header: tuple[str, ...] = ()
    head, begin = "", 0
    with room_for(text):
        reader = csv.reader(lines)
        for number, cells in enumerate(reader, start=1):
            line = "".join(lines[begin : reader.line_num])
            begin = reader.line_num
            if not header:
                header, head = tuple(name.removeprefix(_MARK) for name in cells), line
            elif cells:
                rows.append(TextRow(dict(zip(header, cells, strict=False)), line, number))
    return TableText(table, header or table.columns, tuple(rows), head, ends)

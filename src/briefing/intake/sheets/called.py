"""The ids that a workbook's cells may refer to: of the tables as they are, and of rows that the workbook brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from briefing.dossier.cures import find_all_called, find_id, plain_name
from briefing.dossier.tables import TABLES, tables_behind
from briefing.dossier.tabletext import Cells
from briefing.intake.sheets.mends import strip_ends


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of the rows that a column refers to, and what else those rows are called."""

    ids: frozenset[str]
    called: Mapping[str, str]  #: The id of the one row that is called so.
    alike: Mapping[str, tuple[str, ...]]  #: The ids of rows that are called alike.

    def mend(self, text: str, *, is_list: bool) -> str:
        """Write the id for what a row is called; the ids of a list each for itself."""
        if text in self.ids:
            return text
        parts = [strip_ends(part) for part in text.split("|")] if is_list else [text]
        return "|".join(find_id(part, self.ids, self.called) or part for part in parts)

    def find_alike(self, text: str) -> tuple[str, ...]:
        """Find the rows that a text may mean, where it is no id and several are called so."""
        return () if text in self.ids or text.lower() in self.ids else self.alike.get(plain_name(text), ())


def know_targets(rows: Mapping[str, Iterable[Cells]]) -> dict[str, Known]:
    """Give what is known of each target that a column refers to, from the rows of all tables."""
    targets = {target for table in TABLES.values() for target in table.references().values()}
    return {target: _know([(name, rows.get(name, ())) for name in tables_behind(target)]) for target in targets}


def _know(tables: Iterable[tuple[str, Iterable[Cells]]]) -> Known:
    ids: set[str] = set()
    called: dict[str, set[str]] = defaultdict(set)
    for name, rows in tables:
        filled = [{column: text or None for column, text in cells.items()} for cells in rows]
        ids |= {row_id for cells in filled if (row_id := cells.get(TABLES[name].key[0]))}
        for word, found in (find_all_called(pd.DataFrame(filled, dtype=object), name) if filled else {}).items():
            called[word] |= found
    one = {word: next(iter(found)) for word, found in called.items() if len(found) == 1}
    alike = {word: tuple(sorted(found)) for word, found in called.items() if len(found) > 1}
    return Known(frozenset(ids), one, alike)

"""Tables of which some rows are shown, and what is made ahead of all rows."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from briefing.dossier.claims import gather
from briefing.dossier.dossier import read_dossier, show_reading
from briefing.dossier.example import FOLDER
from briefing.dossier.models import rows_by_id
from briefing.dossier.prepared import prepare
from briefing.dossier.read_log import Reading, note_reads
from briefing.dossier.shown import Edit, ShownTables
from briefing.dossier.tables import TABLES

TANKS = pd.DataFrame({"claim_id": ["a", "b", "c"], "best": [98, 122, 94], "row": [2, 3, 4]})


def test_a_table_of_which_all_rows_are_shown_is_the_table_itself() -> None:
    assert ShownTables({"tanks": TANKS}, masks={"tanks": np.array([True, True, True])})["tanks"] is TANKS


def test_rows_that_are_shown_keep_their_order_and_count_from_zero() -> None:
    shown = ShownTables({"tanks": TANKS}, masks={"tanks": np.array([True, False, True])})["tanks"]
    assert shown.to_dict("list") == {"claim_id": ["a", "c"], "best": [98, 94], "row": [2, 4]}
    assert list(shown.index) == [0, 1]


def test_cells_that_were_others_on_the_day_are_shown_as_they_were() -> None:
    shown = ShownTables(
        {"tanks": TANKS}, edits={"tanks": Edit(frozenset({"best"}), lambda frame: frame.assign(best=0))}
    )
    assert shown["tanks"]["best"].tolist() == [0, 0, 0] and list(shown.edited("tanks")) == ["best"]
    assert TANKS["best"].tolist() == [98, 122, 94]


def of_every_row(reading: Reading, day: str) -> tuple[object, list[list[str]]]:
    """Give what an edition sees of all tables, and what is noted of it."""
    with note_reads() as log:
        dossier = show_reading(reading, folder=Path("data"), day=dt.date.fromisoformat(day), log=log)
        rows = {name: dict(rows_by_id(dossier, table.model)) for name, table in TABLES.items()}
        seen = rows, gather(dossier).claims, {name: dossier.where(name).to_csv() for name in TABLES}
    return seen, log.tell()


def test_what_was_made_ahead_changes_neither_what_an_edition_sees_nor_what_is_noted() -> None:
    ahead = read_dossier(FOLDER).everything.reading
    prepare(ahead)
    for day in ("2031-10-22", "2031-11-17", "2031-12-19"):
        assert of_every_row(ahead, day) == of_every_row(read_dossier(FOLDER).everything.reading, day)

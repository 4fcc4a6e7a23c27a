"""Tables as text: what nobody edits keeps its bytes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.dossier.example import FOLDER
from briefing.dossier.tables import TABLES
from briefing.dossier.tabletext import parse_table

PLACES = 'place_id,name,country,precision\r\nport,"Port",NO,2\r\nbay,"The ""bay""",NO,3\r\n'


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_a_table_that_nobody_edits_keeps_every_byte(path: Path) -> None:
    assert parse_table(TABLES[path.stem], path.read_bytes().decode()).to_bytes() == path.read_bytes()


def test_one_edited_cell_changes_one_line() -> None:
    places = parse_table(TABLES["places"], PLACES).put({"place_id": "port", "precision": "1"})
    assert places.to_bytes().decode() == PLACES.replace('port,"Port",NO,2', "port,Port,NO,1")


def test_a_new_row_comes_last_and_ends_as_the_others_do() -> None:
    places = parse_table(TABLES["places"], PLACES.removesuffix("\r\n")).put(
        {"place_id": "cape", "name": "Cape, north", "country": "NO", "precision": "2"}
    )
    assert places.to_bytes().decode() == PLACES + 'cape,"Cape, north",NO,2\r\n'


def test_a_column_that_the_file_lacks_is_added_in_its_place() -> None:
    places = parse_table(TABLES["places"], "\ufeff" + PLACES).put({"place_id": "bay", "lat": "70.1"})
    first, _, bay = places.to_bytes().decode().splitlines()
    assert (first, bay) == ("\ufeffplace_id,name,country,lat,precision", 'bay,"The ""bay""",NO,70.1,3')


def test_the_same_cells_put_again_change_nothing() -> None:
    places = parse_table(TABLES["places"], PLACES)
    assert places.put(*(row.cells for row in places.rows)).to_bytes() == places.to_bytes()


def test_a_row_that_is_dropped_takes_its_line_with_it() -> None:
    places = parse_table(TABLES["places"], PLACES).drop(("port",))
    assert places.to_bytes().decode() == PLACES.replace('port,"Port",NO,2\r\n', "")


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_cells_are_read_as_they_were_written(pairs: list[tuple[str, str]]) -> None:
    rows = [{"place_id": f"p-{at}", "name": name, "country": country} for at, (name, country) in enumerate(pairs)]
    written = parse_table(TABLES["places"], "place_id,name,country\n").put(*rows).to_bytes().decode()
    assert list(csv.DictReader(io.StringIO(written, newline=""))) == rows
    assert [row.cells for row in parse_table(TABLES["places"], written).rows] == rows

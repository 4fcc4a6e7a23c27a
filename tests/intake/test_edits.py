"""Edits: what changes is told before it is written, and all of it is written or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.dossier.example import FOLDER
from briefing.errors import DossierError, PublishError, UsageError
from briefing.intake.edits import check_edits, open_edits, write_edits

ACTOR = {"actor_id": "quay-watch", "name": "Quay Watch", "kind": "monitor"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_row_is_told_and_written_in_its_file_alone(folder: Path) -> None:
    before = bytes_of(folder)
    edits = open_edits(folder).put("actors", ACTOR)
    assert [list(change.tell()) for change in edits.changes()] == [
        ["+ actors.csv quay-watch", "    actor_id: quay-watch", "    name: Quay Watch", "    kind: monitor"]
    ]
    assert write_edits(edits) == [folder / "actors.csv"]
    after = bytes_of(folder)
    assert {name for name in after if after[name] != before.get(name)} == {"actors.csv"}
    assert after["actors.csv"].startswith(before["actors.csv"])


def test_a_changed_cell_is_told_as_it_was_and_as_it_is(folder: Path) -> None:
    first = open_edits(folder).rows("actors")[0]
    (change,) = open_edits(folder).put("actors", {**first, "name": "Somebody else"}).changes()
    assert list(change.tell())[1] == f"    name: {first['name']} -> Somebody else"


def test_what_edits_would_break_is_found_before_a_byte_is_written(folder: Path) -> None:
    before = bytes_of(folder)
    edits = open_edits(folder).put("actors", {**ACTOR, "kind": "boat"})
    assert [problem.column for problem in check_edits(edits)] == ["kind"]
    with pytest.raises(DossierError, match=r'data/actors.csv:\d+: kind: "boat" is not a choice'):
        write_edits(edits)
    assert bytes_of(folder) == before


def test_a_file_that_somebody_saved_meanwhile_is_not_written_over(folder: Path) -> None:
    edits = open_edits(folder).put("actors", ACTOR)
    with (folder / "actors.csv").open("a") as file:
        file.write("harbour-office,Harbour Office,ministry,,,,\n")
    before = bytes_of(folder)
    with pytest.raises(UsageError, match="was saved meanwhile"):
        write_edits(edits)
    assert bytes_of(folder) == before


def test_where_one_table_cannot_be_written_none_is(folder: Path) -> None:
    before = bytes_of(folder)
    (folder / "links.csv").mkdir()  # nothing can be moved to where a folder is
    edits = open_edits(folder)
    first, second = (row["claim_id"] for row in edits.rows("deployments")[:2])
    link = {"claim_id": first, "relation": "alternative_to", "other_id": second}
    with pytest.raises(PublishError, match="all tables are written, or none"):
        write_edits(edits.put("actors", ACTOR).put("links", link))
    (folder / "links.csv").rmdir()
    assert bytes_of(folder) == before


def test_a_folder_without_a_table_is_no_dossier(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no table"):
        open_edits(tmp_path)

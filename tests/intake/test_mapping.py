"""Mappings: what is wrong in one is told by its place, its rule and its cure."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from briefing.dossier.tables import TABLES
from briefing.errors import DossierError, UsageError
from briefing.intake.mapping import Preset
from briefing.intake.preset_files import list_presets, parse_preset, pick_mapping, read_preset

GOOD = """
name = "ferries"
title = "Ferries"
identity = ["No"]
[[makes]]
table = "events"
[makes.cells]
date = { column = "Day", read = "day" }
title = "{What}"
"""


def wrong(text: str) -> list[str]:
    with pytest.raises(DossierError) as caught:
        parse_preset(tomllib.loads(text), where="ferries.toml")
    return [str(problem) for problem in caught.value.problems]


def test_every_shipped_preset_can_be_read_and_says_what_it_needs() -> None:
    names = [preset.name for preset in list_presets()]
    assert names == sorted(names)
    assert {"sipri-trade-register", "ucdp-ged", "acled", "dmdc-troops", "auto-archiver", "own-sheet"} <= set(names)
    assert all(preset.licence and preset.title for preset in list_presets())


@pytest.mark.parametrize("preset", [each for each in list_presets() if each.makes], ids=lambda each: each.name)
def test_a_preset_gives_a_row_every_cell_that_its_table_needs(preset: Preset) -> None:
    for rule in preset.makes:
        made = {"qualifier", "quantity_id"} if rule.table != "events" else set()
        made |= {TABLES[rule.table].key[0], "source_id", *rule.cells}
        assert TABLES[rule.table].required <= made


def test_a_key_that_is_none_is_told_with_the_nearest() -> None:
    assert wrong(GOOD.replace("identity", "identiy")) == [
        'ferries.toml: identiy: is no key of a mapping; a mapping has the keys of docs/import.md. Write "identity".'
    ]


def test_a_cell_of_no_column_is_told_with_the_nearest() -> None:
    assert wrong(GOOD.replace('title = "{What}"', 'tittle = "{What}"')) == [
        "ferries.toml: makes.1.cells.tittle: is no column of the table; "
        'cells are those of the table, or begin with x_. Write "title".'
    ]


def test_a_key_inside_a_cell_is_told_by_its_place() -> None:
    (told,) = wrong(GOOD.replace("read =", "reads ="))
    assert told.startswith("ferries.toml: makes.1.cells.date.reads: is no key of a mapping")
    assert 'Write "read".' in told


def test_a_value_that_cannot_be_meant_is_told() -> None:
    (told,) = wrong(GOOD.replace('"day"', '"date"'))
    assert told.startswith('ferries.toml: makes.1.cells.date.read: "date" cannot be meant')


def test_a_setting_that_is_not_listed_is_told() -> None:
    (told,) = wrong(GOOD.replace("{What}", "{set:what}"))
    assert "set:what is no setting; a setting is listed" in told


def test_a_mapping_that_makes_nothing_is_told() -> None:
    assert wrong('name = "a"\ntitle = "b"')[0].startswith("ferries.toml: makes nothing")


def test_a_preset_that_is_none_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"sipri: is no preset; .* Did you mean sipri-trade-register"):
        read_preset("sipri")


def test_a_toml_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("name = \n")
    with pytest.raises(UsageError, match=r"mine.toml: Invalid value .* a mapping is TOML in UTF-8"):
        read_preset(str(tmp_path / "mine.toml"))


def test_the_shipped_beginning_of_a_mapping_imports_nothing() -> None:
    with pytest.raises(UsageError, match=r"Draft it: briefing import own-sheet FILE --draft mapping.toml"):
        pick_mapping("own-sheet")

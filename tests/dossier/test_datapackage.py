import json
import re
import shutil

import pytest
from frictionless import validate
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from briefing.dossier.cells import Country, Id, Listed, When
from briefing.dossier.datapackage import TYPES, descriptor, descriptor_text, fill_columns, write_descriptor
from briefing.dossier.tables import TABLES
from briefing.errors import UsageError


def resource(folder, name):
    return next(resource for resource in descriptor(folder)["resources"] if resource["name"] == name)


def field(folder, table, name):
    fields = resource(folder, table)["schema"]["fields"]
    return next(field for field in fields if field["name"] == name)


def errors_of(folder):
    """Ask another tool what is wrong with a folder: pairs of the file and the kind of error."""
    write_descriptor(folder)
    report = validate(str(folder / "datapackage.json"))
    return {(task.place, error.type) for task in report.tasks for error in task.errors}


# --- in step ----------------------------------------------------------------------------------------------------


def test_the_shipped_descriptor_is_what_the_row_models_say(shipped):
    assert (shipped / "datapackage.json").read_text(encoding="utf-8") == descriptor_text(shipped)


def test_the_column_tables_of_the_shipped_readme_are_what_the_row_models_say(shipped):
    text = (shipped / "README.md").read_text(encoding="utf-8")
    assert text == fill_columns(text)


def test_the_shipped_readme_has_the_columns_of_every_table_of_the_folder(shipped):
    named = re.findall("<!-- columns: (.*?) -->", (shipped / "README.md").read_text(encoding="utf-8"))
    assert named == [name for name, table in TABLES.items() if (shipped / table.file).exists()]


# --- agreed -----------------------------------------------------------------------------------------------------


def test_another_tool_finds_no_fault_in_the_shipped_dossier(shipped, tmp_path):
    assert errors_of(shutil.copytree(shipped, tmp_path / "data")) == set()


def test_another_tool_finds_no_fault_in_the_small_dossier(small):
    assert errors_of(small) == set()


@pytest.mark.parametrize(
    ("table", "key", "cells", "kind"),
    [
        ("transfers", "t-1", {"status": "sent"}, "constraint-error"),
        ("transfers", "t-1", {"best": "1,234"}, "type-error"),
        ("transfers", "t-1", {"best": "-1"}, "constraint-error"),
        ("transfers", "t-1", {"period": "12/19/2022"}, "constraint-error"),
        ("transfers", "t-1", {"wording": ""}, "constraint-error"),
        ("transfers", "t-1", {"source_id": "nowhere"}, "foreign-key"),
        ("items", "tanker-lorry", {"parent_id": "nothing"}, "foreign-key"),
        ("actors", "namibia", {"country": "Namibia"}, "constraint-error"),
        ("actors", "harbour-watch", {"actor_id": "norway"}, "primary-key"),
        ("sources", "gazette", {"accessed": "yesterday"}, "type-error"),
        ("quotes", "q-1", {"translated": "yes"}, "type-error"),
        ("places", "walvis-bay", {"lat": "229.6"}, "constraint-error"),
    ],
)
def test_another_tool_finds_the_fault_in_a_broken_copy(edit, table, key, cells, kind):
    assert (f"{table}.csv", kind) in errors_of(edit(table, key, **cells))


# --- what it says -----------------------------------------------------------------------------------------------


def test_only_the_tables_of_the_folder_are_described(small):
    for table in ("hypotheses", "ratings"):
        (small / f"{table}.csv").unlink(missing_ok=True)
    names = [resource["name"] for resource in descriptor(small)["resources"]]
    assert "hypotheses" not in names
    assert names[:2] == ["sources", "actors"]


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(UsageError, match="holds no table"):
        write_descriptor(tmp_path)


def test_choices_are_an_enum(small):
    assert field(small, "transfers", "counting")["constraints"]["enum"] == ["increment", "cumulative", "running"]


def test_only_the_empty_cell_is_missing_so_that_na_survives(small):
    assert resource(small, "actors")["schema"]["missingValues"] == [""]


def test_keys_lead_to_one_table_and_never_from_a_list(small):
    keys = {tuple(key["fields"]): key["reference"] for key in resource(small, "events")["schema"]["foreignKeys"]}
    assert keys == {
        ("place_id",): {"resource": "places", "fields": ["place_id"]},
        ("source_id",): {"resource": "sources", "fields": ["source_id"]},
    }


def test_a_key_into_its_own_table_names_no_resource(small):
    assert resource(small, "items")["schema"]["foreignKeys"] == [
        {"fields": ["parent_id"], "reference": {"fields": ["item_id"]}}
    ]


def test_every_column_says_what_it_means(small):
    fields = [field for resource in descriptor(small)["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"] for field in fields)


def test_every_column_has_a_type_or_choices(small):
    fields = [field for resource in descriptor(small)["resources"] for field in resource["schema"]["fields"]]
    assert all(field["type"] != "string" or field["constraints"] for field in fields)
    assert all(field.get("constraints", {}).get("enum", True) for field in fields)


@given(st.text(alphabet="ab9-A|/.~? 2021", max_size=12), st.sampled_from([Id, Country, When, Listed]))
def test_what_a_cell_may_hold_the_descriptor_allows(text, kind):
    rules = next(rules for known, _, _, rules in TYPES if known == kind)
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return
    assert re.fullmatch(rules["pattern"], text)


# --- writing ----------------------------------------------------------------------------------------------------


def test_writing_twice_writes_once_and_the_same_bytes(small):
    assert write_descriptor(small) == [small / "datapackage.json"]
    before = (small / "datapackage.json").read_bytes()
    assert write_descriptor(small) == []
    assert (small / "datapackage.json").read_bytes() == before
    assert json.loads(before) == descriptor(small)


def test_the_words_of_a_readme_stay_and_its_tables_are_made_anew(small):
    (small / "README.md").write_text("# Ours\n\n<!-- columns: items -->\nlast year's\n<!-- end -->\n\nWords.\n")
    write_descriptor(small)
    text = (small / "README.md").read_text()
    assert text.startswith("# Ours\n\n<!-- columns: items -->\n| column | required | holds | meaning |\n")
    assert text.endswith("<!-- end -->\n\nWords.\n")
    assert "last year's" not in text


def test_a_bar_inside_a_column_table_does_not_open_a_cell():
    text = fill_columns("<!-- columns: actors --><!-- end -->")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


@pytest.mark.parametrize(
    ("text", "told"),
    [("<!-- columns: tanks --><!-- end -->", '"tanks" is no table'), ("<!-- columns: items -->", "have no end")],
)
def test_a_marker_that_cannot_be_meant_is_refused(text, told):
    with pytest.raises(UsageError, match=told):
        fill_columns(text)


def test_a_table_is_described_as_its_file_has_it(small):
    rows = (small / "places.csv").read_text(encoding="utf-8").splitlines()
    header = [name for name in rows[0].split(",") if name != "aliases"]
    (small / "places.csv").write_text(",".join([*header, "x_seen"]) + "\nport,Port,NO,1,2,2,twice\n", encoding="utf-8")
    names = [column["name"] for column in resource(small, "places")["schema"]["fields"]]
    assert names == [*header, "x_seen"]
    assert ("places.csv", "incorrect-label") not in errors_of(small)

import pandas as pd
import pytest
from norway import ROWS, csv_text, write_dossier

from briefing.dossier.dossier import check_dossier
from briefing.dossier.groups import CITED_TABLES
from briefing.dossier.rules import WALKED, origin_of
from briefing.dossier.tables import TABLES


def told(folder):
    return [str(problem) for problem in check_dossier(folder)]


def test_the_small_dossier_has_no_problem(small):
    assert told(small) == []


def test_the_shipped_dossier_has_no_problem(shipped):
    assert told(shipped) == []


# --- bounds -----------------------------------------------------------------------------------------------------


def test_low_above_high_is_a_problem(edit):
    assert told(edit("transfers", "t-2", low="6", high="4")) == [
        "small/transfers.csv:3: low is 6 but high is 4; bounds run low <= best <= high. Swap them or leave one empty."
    ]


def test_the_column_that_is_named_is_the_one_out_of_order(edit):
    problems = check_dossier(edit("transfers", "t-2", best="9"))
    assert [(problem.column, problem.id, problem.what) for problem in problems] == [
        ("best", "F16", "best is 9 but high is 6")
    ]


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"qualifier": "at_least"}, "at_least has no high"),
        ({"qualifier": "exact"}, "exact needs best"),
        ({"qualifier": "unquantified"}, "unquantified has no low and high"),
        ({"qualifier": "order", "high": ""}, "order means tens (10), dozens (12) or hundreds (100)"),
    ],
)
def test_a_qualifier_that_its_bounds_contradict_is_a_problem(edit, cells, what):
    problems = check_dossier(edit("transfers", "t-2", **cells))
    assert [(problem.row, problem.what) for problem in problems] == [(3, what)]


@pytest.mark.parametrize("cells", [{"low": "1,234"}, {"qualifier": "abuot"}])
def test_a_number_that_cannot_be_read_is_not_also_told_as_missing(edit, cells):
    assert len(told(edit("transfers", "t-2", **cells))) == 1


# --- keys -------------------------------------------------------------------------------------------------------


def test_a_duplicate_id_is_a_problem_that_names_both_rows(small):
    (small / "actors.csv").write_text(csv_text("actors", [*ROWS["actors"], ROWS["actors"][0]]))
    assert told(small) == [
        'small/actors.csv:6: actor_id "norway" is already the id of small/actors.csv:2; an id names one row. '
        "Give it an id of its own."
    ]


@pytest.mark.parametrize("again", [[], [{"place_id": "p-3", "name": "Again"}]])
def test_a_duplicate_id_is_found_among_more_rows_than_are_walked(small, again):
    many = [{"place_id": f"p-{n}", "name": f"Place {n}"} for n in range(WALKED)]
    (small / "places.csv").write_text(csv_text("places", [*ROWS["places"], *many, *again]))
    assert [problem.value for problem in check_dossier(small) if problem.id == "S01"] == ["p-3"] * len(again)


def test_claims_of_both_kinds_share_one_space_of_ids(edit):
    problems = told(edit("transfers", "t-2", claim_id="d-1"))
    assert problems == [
        'small/transfers.csv:3: claim_id "d-1" is already the id of small/deployments.csv:2; an id names one row. '
        "Give it an id of its own."
    ]


@pytest.mark.parametrize(
    ("table", "row", "cells", "before"),
    [
        ("quotes", "q-1", {"quote_id": "t-1"}, "small/transfers.csv:2"),
        ("events", "e-1", {"event_id": "d-2"}, "small/deployments.csv:3"),
        ("events", "e-1", {"event_id": "q-1"}, "small/quotes.csv:2"),
        ("quotes", "q-1", {"quote_id": "gazette"}, "small/sources.csv:3"),
    ],
)
def test_rows_that_a_page_cites_share_one_space_of_ids(edit, table, row, cells, before):
    (problem,) = check_dossier(edit(table, row, **cells))
    assert (problem.id, problem.severity) == ("S01", "error")
    assert problem.what.endswith(f"is already the id of {before}")


@pytest.mark.parametrize("table", CITED_TABLES)
def test_every_table_that_a_page_cites_is_told_of_an_id_that_a_claim_has(small, table):
    taken = "t-1" if table != "transfers" else "d-1"
    row = dict.fromkeys(TABLES[table].columns, "") | {TABLES[table].key[0]: taken}
    (small / f"{table}.csv").write_text(csv_text(table, [*ROWS.get(table, ()), row]))
    assert [problem.value for problem in check_dossier(small) if "is already the id of" in problem.what] == [taken]


def test_an_actor_a_quantity_and_a_claim_may_be_called_alike(small):
    alike = [{"quantity_id": "norway", "title": "Norway"}, {"quantity_id": "t-1", "title": "Lorries"}]
    (small / "quantities.csv").write_text(csv_text("quantities", [*ROWS["quantities"], *alike]))
    assert told(small) == []


def test_a_dangling_key_is_a_problem_with_the_nearest_key(edit):
    assert told(edit("quotes", "q-1", source_id="gazete")) == [
        'small/quotes.csv:2: source_id "gazete" is in no row of sources.csv; a key leads to a row. Write "gazette".'
    ]


def test_each_key_of_a_list_leads_to_a_row(edit):
    problems = check_dossier(edit("events", "e-1", actor_ids="norway|atlantis"))
    assert [(problem.row, problem.value, problem.cure) for problem in problems] == [(2, "atlantis", "Add the row")]


def test_a_whole_may_be_in_the_other_table(edit):
    assert told(edit("transfers", "t-2", part_of="d-1")) == []


@pytest.mark.parametrize("lost", [b"", b"\xff\xfe", None])
def test_keys_are_not_searched_in_a_table_that_cannot_be_read(small, lost):
    if lost is None:
        (small / "sources.csv").unlink()
    else:
        (small / "sources.csv").write_bytes(lost)
    assert {problem.file for problem in check_dossier(small)} == {"small/sources.csv"}


def test_keys_are_not_searched_in_a_table_that_has_lost_a_row(edit):
    folder = edit("quotes", "q-1", source_id="gazete")
    with (folder / "sources.csv").open("a") as file:
        file.write("gazete\n")
    assert [(problem.row, problem.column) for problem in check_dossier(folder)] == [(5, None)]


def test_keys_are_searched_beside_empty_rows(edit):
    folder = edit("quotes", "q-1", source_id="gazete")
    with (folder / "sources.csv").open("a") as file:
        file.write("\n")
    assert [problem.row for problem in check_dossier(folder)] == [5, 2]


# --- circles and supersession -----------------------------------------------------------------------------------


def test_a_claim_that_is_a_part_of_its_own_part_is_a_problem(edit):
    assert told(edit("transfers", "t-1", part_of="t-2")) == [
        "small/transfers.csv:2: part_of runs in a circle: t-1 -> t-2 -> t-1; part_of leads to an end. "
        "Empty part_of in one of these rows."
    ]


def test_a_claim_that_supersedes_itself_is_a_problem(edit):
    problems = check_dossier(edit("transfers", "t-2", supersedes="t-2"))
    assert [(problem.row, problem.id) for problem in problems] == [(3, "T08")]


def test_sources_that_relay_each_other_are_a_problem(edit):
    problems = check_dossier(edit("sources", "harbour-log", origin_id="gazette"))
    assert [problem.what for problem in problems] == [
        "origin_id runs in a circle: harbour-log -> gazette -> harbour-log"
    ]


def test_an_item_above_itself_is_a_problem(edit):
    problems = check_dossier(edit("items", "lorry", parent_id="tanker-lorry"))
    assert [problem.column for problem in problems] == ["parent_id"]


def test_another_claimant_of_another_origin_cannot_supersede(edit):
    problems = check_dossier(edit("deployments", "d-2", supersedes="d-1"))
    assert [(problem.row, problem.id, problem.rule) for problem in problems] == [
        (3, "F16", "only the same claimant or origin can supersede; others contradict")
    ]


def test_the_same_origin_can_supersede_through_a_relay(edit):
    assert told(edit("deployments", "d-1", supersedes="t-1", claimant_id="norway")) == []


def test_the_origin_of_a_relay_of_a_relay_is_the_first_document():
    frame = pd.DataFrame({"source_id": ["c", "b", "a"], "origin_id": ["b", "a", None]})
    assert origin_of(frame) == {"a": "a", "b": "a", "c": "a"}


# --- corrections ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"table": "transfer"}, 'table "transfer" is not there'),
        ({"row_id": "t-9"}, 'row_id "t-9" is not there'),
        ({"field": "hihg"}, 'field "hihg" is not there'),
        ({}, ""),
    ],
)
def test_a_correction_names_a_cell_that_is_there(tmp_path, cells, what):
    row = {"date": "2031-05-01", "table": "transfers", "row_id": "t-1", "field": "high", "reason": "A slip"} | cells
    problems = check_dossier(write_dossier(tmp_path / "small", ROWS | {"corrections": [row]}))
    assert [(problem.what, problem.id) for problem in problems] == ([(what, "S01")] if what else [])

"""Cures of keys that lead nowhere: what was typed is looked up, and no part of it is lost."""

import pytest

from briefing.dossier.cures import cure_key
from briefing.dossier.dossier import check_dossier

KNOWN = {"kim", "putin", "nis"}
CALLED = {"south korea (nis)": "nis", "kim jong un": "kim"}


@pytest.mark.parametrize(
    ("value", "is_list", "cure"),
    [
        ("kim; putin", True, 'Write "kim|putin"'), ("kim, putin", True, 'Write "kim|putin"'),
        ("Kim Jong Un / putin", True, 'Write "kim|putin"'), ("kim and Putin", True, 'Write "kim|putin"'),
        ("kim; stranger", True, "Give each part its id (kim, stranger), with | between"),
        ("one; two", True, "Add the rows, and write their ids with | between"),
        ("kim; putin", False, "Give one id, kim or putin; another is a row of its own"),
        ("South Korea  (NIS)", False, 'Write "nis"'), ("KIM", False, 'Write "kim"'), ("puttin", False, 'Write "putin"'),
        ("churchill", False, "Add the row"),
    ],
)  # fmt: skip
def test_a_key_is_looked_up_before_a_near_one_is_proposed(value, is_list, cure):
    assert cure_key(value, KNOWN, CALLED, is_list=is_list, near=sorted(KNOWN)) == cure


@pytest.mark.parametrize(
    ("column", "value", "cure"),
    [
        ("claimant_id", "Harbour Watch", 'Write "harbour-watch"'), ("claimant_id", "Südwest", 'Write "namibia"'),
        ("claimant_id", "norway; namibia", "Give one id, norway or namibia; another is a row of its own"),
        ("source_id", "https://www.gazette.example/a?b=1&utm_source=x", 'Write "gazette"'),
        ("source_id", "https://other.example/a", "Give it an id, and write that of a row of sources.csv"),
        ("item", "Tanker lorries", 'Write "tanker-lorry"'), ("item", "Tanker Lorry", "Write tanker-lorry"),
        ("unit", "item", 'Write "items"'),
        ("claimant_id", "Sea Lords", "Give it an id, and write that of a row of actors.csv"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_id_leads_to_the_row_that_it_names(edit, column, value, cure):
    (problem,) = [one for one in check_dossier(edit("transfers", "t-2", **{column: value})) if one.severity == "error"]
    assert (problem.column, problem.cure) == (column, cure)


def test_a_web_address_in_the_place_of_a_new_id_is_not_made_into_one(edit):
    problems = check_dossier(edit("sources", "leaflet", source_id="https://leaflet.example/"))
    assert problems[0].cure == "Give it an id"

"""Units are data: a dossier names its own, or has the shipped ones."""

from dossiers import dossier
from norway import csv_text

from briefing.dossier.dossier import check_dossier, read_dossier

MONEY = {"unit_id": "crowns", "singular": "crown", "plural": "crowns", "of": "money"}


def test_a_dossier_that_names_no_unit_has_the_shipped_ones():
    assert "tonnes" in set(dossier().units["unit_id"])


def test_a_dossier_that_names_units_has_those_alone(small):
    (small / "units.csv").write_text(csv_text("units", [MONEY]), encoding="utf-8")
    problems = check_dossier(small)
    assert {problem.what for problem in problems} == {'unit "items" is in no row of units.csv'}


def test_an_unknown_unit_is_a_row_to_be_added_and_not_another_unit(edit):
    problems = check_dossier(edit("items", "lorry", unit="containers"))
    assert [(problem.column, problem.cure) for problem in problems] == [("unit", "Add the row")]


def test_a_file_without_units_is_read_on(small):
    (small / "units.csv").unlink(missing_ok=True)
    assert len(read_dossier(small).units) == 7

"""What the cells of tables carry beside their words, so that a page sorts them in any language."""

import re
from pathlib import Path

import pytest

import briefing as b
from briefing.blocks.blocks import Column, TableData, read_block
from briefing.blocks.layouts import Cell, day_cell, lay_out, least, number_cell
from briefing.errors import PageError
from briefing.values.bounds import claimed

SRC = Path(__file__).parents[2] / "src" / "briefing"
WHEN, COUNT = Column(name="When"), Column(name="How many", is_number=True)


def test_a_cell_carries_what_it_sorts_by_and_its_text_stays_a_text():
    data = lay_out([WHEN, COUNT], [[day_cell("2031-04-09"), number_cell(3)], [("unknown",), ("none",)]])
    assert data.rows == ((("9 April 2031",), ("3",)), (("unknown",), ("none",)))
    assert data.order == (("2031-04-09", 3), (None, None))


def test_a_table_of_words_carries_nothing():
    assert lay_out([WHEN], [[("Monday",)]]).order == ()


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2031", "2031-01-01"),
        ("2031-04~", "2031-04-01"),
        ("2031-04-09/2031-04-28", "2031-04-09"),
        ("2031-04-09/..", "2031-04-09"),
        ("../2031-04-09", "2031-04-09"),
    ],
)
def test_a_period_sorts_by_its_first_day_and_by_its_last_where_it_has_no_first(date, day):
    assert day_cell(date).by == day


@pytest.mark.parametrize(
    ("bounds", "number"),
    [
        (claimed("range", low=98, high=122), 98),
        (claimed("at_least", low=94), 94),
        (claimed("nearly", high=5_000), 5_000),
        (claimed("about", best=20), 20),
        (claimed("order", low=12), 12),
        (claimed("unquantified"), None),
    ],
)
def test_bounds_sort_by_the_least_number_that_is_stated(bounds, number):
    assert least(bounds) == number


def test_every_date_and_number_of_the_desks_tables_carries_its_value():
    dossier = b.read_example()
    claims = b.choose_claims(dossier, quantity="lorries-sent")
    tables = [
        b.claims_table(claims, caption="c"), b.overview(b.choose_claims(dossier), caption="c"),
        b.gaps(b.choose_claims(dossier), caption="c"),
        b.sums(b.choose_claims(dossier, item="lorry"), caption="c"), b.scores(dossier),
        b.sensitivity(claims, caption="c"),
        b.other_scopes(b.choose_claims(dossier, quantity="hay-to-september"), caption="c"),
        b.audit_origins(dossier, caption="c"), b.audit_dates(dossier, caption="c"),
        b.audit_languages(dossier, caption="c"), b.audit_grades(dossier, caption="c"),
    ]  # fmt: skip
    bare = [
        (column.name, row[at])
        for data in (table.data for table in tables)
        for at, column in enumerate(data.columns)
        for row, order in zip(data.rows, data.order, strict=True)
        if (column.is_number or column.name in ("When", "Period", "Made", "Decided")) and order[at] is None
    ]
    assert [cell for _, cell in bare if re.search(r"\d", str(cell))] == []


def test_tables_are_laid_out_in_one_place():
    made = [path.name for path in SRC.rglob("*.py") if "TableData(" in path.read_text(encoding="utf-8")]
    assert sorted(made) == [
        "html_table.py",
        "layouts.py",
        "records.py",
    ]  # records define it


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_table_of_an_older_version_has_no_order(version):
    data = {"columns": [{"name": "When"}], "rows": [[["9 April 2031"]]]}
    assert read_block({"kind": "table", "version": version, "caption": "c", "data": data}).data.order == ()


@pytest.mark.parametrize("order", [[["2031-04-09", 1]], [[]], [["2031-04-09"], [None]], [[float("nan")]], [[["a"]]]])
def test_an_order_of_another_shape_is_refused(order):
    data = {"columns": [{"name": "When"}], "rows": [[["9 April 2031"]]], "order": order}
    with pytest.raises(PageError, match="block 'table': "):
        read_block({"kind": "table", "caption": "c", "data": data})


def test_values_travel_through_json_as_they_are():
    data = TableData(columns=(WHEN, COUNT), rows=((("a",), ("b",)),), order=(("2031-04-09", 2.5),))
    assert TableData.model_validate_json(data.model_dump_json()) == data
    assert Cell(("a",)).by is None

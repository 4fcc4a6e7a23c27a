import math

import pytest

from briefing.dossier.csvfile import Sheet
from briefing.dossier.rows import columns_of, read_rows
from briefing.dossier.tables import TABLES


def read(table, **cells):
    """Read rows of a table from columns of cells; the columns that are not given are empty."""
    count = len(next(iter(cells.values())))
    blank = ("",) * count
    columns = {name: cells.get(name, blank) for name in TABLES[table].columns}
    return read_rows(TABLES[table], Sheet(f"d/{table}.csv", columns, tuple(range(2, count + 2))))


def problems_of(column, table="deployments", **cells):
    return [str(problem) for problem in read(table, **cells)[1] if problem.column == column]


def test_country_codes_of_norway_and_namibia_survive():
    assert read("actors", country=("NO", "NA"))[0]["country"].tolist() == ["NO", "NA"]


def test_words_that_other_readers_take_for_nothing_are_text():
    words = ["nan", "NaN", "None", "NULL", "n/a", "#N/A", "-"]
    assert read("actors", name=tuple(words))[0]["name"].tolist() == words


def test_an_empty_cell_is_missing_and_not_zero():
    frame, _ = read("deployments", low=("", "0"), note=("", "x"))
    assert math.isnan(frame["low"][0])
    assert frame["low"][1] == 0
    assert frame["note"].isna().tolist() == [True, False]


def test_a_date_has_its_first_and_last_possible_day_beside_it():
    frame, _ = read("deployments", date=("2022-10", "2022-02-24/.."))
    assert frame["date"].tolist() == ["2022-10", "2022-02-24/.."]
    assert frame["date_first"].astype("str").tolist() == ["2022-10-01", "2022-02-24"]
    assert frame["date_last"].isna().tolist() == [False, True]


def test_each_row_knows_its_number_in_the_file():
    assert read("actors", name=("a", "b"))[0]["row"].tolist() == [2, 3]


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_has_its_columns_and_their_types(table):
    empty, problems = read(table, row=())
    assert (len(empty), problems) == (0, [])
    assert set(TABLES[table].columns) <= set(empty.columns)
    for column in columns_of(TABLES[table]):
        assert empty[column.name].dtype == read(table, row=("x",))[0][column.name].dtype


def test_a_bad_cell_is_told_and_missing_and_its_neighbours_stay():
    frame, problems = read("deployments", low=("94", "1,234", "20"))
    assert next(problem for problem in problems if problem.column == "low").row == 3
    assert frame["low"].isna().tolist() == [False, True, False]


def test_a_required_cell_that_is_empty_is_a_problem():
    told = problems_of("wording", wording=("x", ""))
    assert told == ["d/deployments.csv:3: wording is empty; the column is required. Fill it in, or leave the row out."]


def test_a_choice_that_does_not_exist_is_told_with_the_nearest_one():
    told = problems_of("status", status=("presnt", "present"))
    assert told == [
        'd/deployments.csv:2: status: "presnt" is not a choice; choices are announced, planned, ordered, '
        "committed, dispatched, delivered, "
        'present, withdrawn, denied, doubted. Write "present".'
    ]


def test_a_problem_keeps_the_cell_as_it_stands():
    _, problems = read("deployments", low=("1 234",))
    assert [problem.value for problem in problems if problem.column == "low"] == ["1 234"]


def test_a_cell_of_a_megabyte_is_a_problem_of_one_short_line():
    _, problems = read("actors", name=("x" * 1_000_000,))
    problem = next(problem for problem in problems if problem.column == "name")
    assert "1,000,000 characters" in str(problem)
    assert len(problem.value) < 300


def test_an_excel_serial_number_is_an_unreadable_date():
    _, problems = read("deployments", date=("44912",))
    problem = next(problem for problem in problems if problem.column == "date")
    assert (problem.id, problem.cure) == (
        "T08",
        "It looks like a spreadsheet's day number; if it is, write 2022-12-17",
    )


def test_a_column_that_the_file_lacks_is_empty_and_told_elsewhere():
    sheet = Sheet("d/actors.csv", {"actor_id": ("a",), "name": ("A",)}, (2,))
    frame, problems = read_rows(TABLES["actors"], sheet)
    assert frame["kind"].isna().all()
    assert problems == []


def test_many_problems_of_one_column_are_told_in_the_order_of_rows():
    told = [problem.row for problem in read("actors", name=("", " x", "a", "", "b "))[1] if problem.column == "name"]
    assert told == [2, 3, 5, 6]


@pytest.mark.parametrize(
    ("table", "column", "rule"),
    [("judgements", column, "J01") for column in ("actor_id", "event", "horizon", "resolution")]
    + [("judgements", "confidence_reason", "J02"), ("actors", "name", "D01")]
    + [("quotes", column, "Q01") for column in ("speaker_id", "date", "source_id")],
)
def test_an_empty_cell_breaks_the_rule_that_asks_for_it(table, column, rule):
    _, problems = read(table, **{column: ("",)})
    assert [problem.id for problem in problems if problem.column == column] == [rule]

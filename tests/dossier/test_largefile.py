import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.dossier.csvfile import read_sheet
from briefing.dossier.largefile import split_columns

COLUMNS = ("id", "name", "note")
ROWS = 20_000

#: Cells of all that CSV has a meaning for, and of words that other readers take for nothing.
cells = st.text(alphabet='a ,"\n\r|é0', max_size=6) | st.sampled_from(["NA", "nan", "1e5", "#", "007"])


def write(rows, *, ends="\n"):
    text = io.StringIO(newline="")  # a lone carriage return is quoted by nobody but who quotes everything
    quoting = csv.QUOTE_ALL if any("\r" in cell for row in rows for cell in row) else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator=ends, quoting=quoting).writerows(rows)
    return text.getvalue()


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_a_file_is_split_by_columns_as_the_csv_module_splits_it(rows, ends):
    table = [("k", "b", "c", "d"), *((f"k{at}", *row) for at, row in enumerate(rows))]
    split = split_columns(write(table, ends=ends))
    assert split is not None
    assert list(zip(split[0], *zip(*split[1], strict=True), strict=True)) == list(zip(*table, strict=True))


@pytest.mark.parametrize(
    "body",
    ["a,b\n", "a,b,c,d\n", "a,b,c\n\nd,e,f\n", "a,b,c\n,,\n", '"","",""\n', "a,b\nc,d,e,f\n", "a\nb,c,d\n"],
    ids=["short", "long", "no cells", "empty cells", "quoted and empty", "short and long", "shorter first"],
)
def test_rows_that_are_empty_or_of_another_length_are_left_to_be_told_one_by_one(body):
    assert split_columns(f"id,name,note\n{body}") is None


def read(path, rows):
    path.write_text(write([COLUMNS, *rows]), encoding="utf-8")
    return read_sheet(path, file="d/t.csv", columns=COLUMNS)


def test_a_large_file_has_the_cells_of_a_small_one(tmp_path):
    rows = [(f"a-{at}", 'Alpha, "the first"', "\n" if at % 3 else "") for at in range(ROWS)]
    sheet, problems = read(tmp_path / "t.csv", rows)
    assert (list(sheet.rows[:2]), sheet.rows[-1], sheet.is_whole, problems) == ([2, 3], ROWS + 1, True, [])
    assert list(zip(*(sheet.columns[name] for name in COLUMNS), strict=True)) == rows


def test_what_is_wrong_with_a_large_file_is_told_as_of_a_small_one(tmp_path):
    rows = [(f"a-{at}", "Alpha", "the same words") for at in range(ROWS)]
    _, ragged = read(tmp_path / "t.csv", [*rows, ("b", "Beta")])
    _, empty = read(tmp_path / "t.csv", [*rows, ("", "", "")])
    assert [(problem.row, problem.what) for problem in ragged + empty] == [
        (ROWS + 2, "has 2 cells where the header has 3"),
        (ROWS + 2, f"row {ROWS + 2} is empty"),
    ]

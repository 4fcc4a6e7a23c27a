import csv
import threading

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.dossier.csvfile import read_sheet

COLUMNS = ("id", "name", "note")


@pytest.fixture
def read(tmp_path):
    """Give a function that writes bytes or text to a file and reads it."""

    def write_and_read(content):
        path = tmp_path / "t.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_sheet(path, file="d/t.csv", columns=COLUMNS)

    return write_and_read


@pytest.mark.parametrize(
    "content",
    [
        b"id,name,note\na,Alpha,\nb,Beta,x\n",
        b"id,name,note\r\na,Alpha,\r\nb,Beta,x\r\n",
        b"\xef\xbb\xbfid,name,note\r\na,Alpha,\r\nb,Beta,x\r\n",
        b"id,name,note\na,Alpha,\nb,Beta,x",
        b'"id","name","note"\n"a","Alpha",""\n"b","Beta","x"\n',
        b"note,id,name\n,a,Alpha\nx,b,Beta\n",
    ],
    ids=["plain", "crlf", "byte-order mark", "no last line end", "all quoted", "columns in another order"],
)
def test_a_file_is_read_as_analysts_save_it(read, content):
    sheet, problems = read(content)
    assert problems == []
    assert sheet.columns == {"id": ("a", "b"), "name": ("Alpha", "Beta"), "note": ("", "x")}
    assert sheet.rows == (2, 3)


def test_quoted_cells_keep_their_commas_and_quotation_marks(read):
    sheet, problems = read('id,name,note\na,"Alpha, ""the first""",\n')
    assert (sheet.columns["name"], problems) == (('Alpha, "the first"',), [])


@pytest.mark.parametrize(
    ("content", "row", "what"),
    [
        ('id,name,note\na,Alpha "the first",\n', 2, "a quotation mark stands in a cell without"),
        ('id,name,note\na,Alpha,\nb,5" gun,\n', 3, "a quotation mark stands in a cell without"),
        ("id,name,note\ra,Alpha,\r", 1, "a line ends in a carriage return alone"),
        ("id,name,note\na,Alpha,\rb,Beta,\n", 2, "a line ends in a carriage return alone"),
    ],
)
def test_what_other_programs_would_read_otherwise_is_told_with_its_row(read, content, row, what):
    sheet, problems = read(content)
    assert [(problem.row, problem.what.startswith(what)) for problem in problems] == [(row, True)]
    assert not sheet.is_whole


def test_ends_of_lines_inside_quoted_cells_are_words(read):
    assert read('id,name,note\na,"Alpha\r\nBeta\rGamma ""x""",\n')[1] == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "d/t.csv: is empty; a table has a header row. Write the header id,name,note."),
        (b"\n\n", 'd/t.csv:1: "" is no header; the first row names the columns. Write the header id,name,note.'),
        (
            b"a,Alpha,\n",
            'd/t.csv:1: "a,Alpha," is no header; the first row names the columns. Write the header id,name,note.',
        ),
        (
            b"id;name;note\na;Alpha;\n",
            "d/t.csv:1: is separated by semicolons; cells are separated by commas. "
            "Save it as CSV UTF-8 (comma separated).",
        ),
        (
            b"id\tname\tnote\na\tAlpha\t\n",
            "d/t.csv:1: is separated by tabs; cells are separated by commas. Save it as CSV UTF-8 (comma separated).",
        ),
        (
            "id,name,note\na,Älpha,\n".encode("latin-1"),
            "d/t.csv:2: byte 0xC4 is not UTF-8 (perhaps Latin-1 or Windows-1252); a table is UTF-8. "
            "Save it as CSV UTF-8.",
        ),
        ("id,name,note\n".encode("utf-16"), "d/t.csv: is UTF-16; a table is UTF-8. Save it as CSV UTF-8."),
        ("id,name,note\n".encode("utf-16-le"), "d/t.csv: is UTF-16; a table is UTF-8. Save it as CSV UTF-8."),
        ("id,name,note\n".encode("utf-16-be"), "d/t.csv: is UTF-16; a table is UTF-8. Save it as CSV UTF-8."),
        (b"PK\x03\x04\x00\x00", "d/t.csv: is a workbook; a table is UTF-8 text. Save it as CSV UTF-8."),
        (
            b"id,name,note\na,Al\x00pha,\n",
            "d/t.csv:2: holds a NUL byte; a table is text. Delete the byte, or save it as CSV UTF-8.",
        ),
        (
            b"id,name\na,Alpha\n",
            'd/t.csv:1: column "note" is missing; its columns are id, name, note. Add note.',
        ),
        (
            b"id,name,note,extra\na,Alpha,,\n",
            'd/t.csv:1: column "extra" is unknown; its columns are id, name, note. Call it x_extra to keep it.',
        ),
        (
            b"id,name,note,name\na,Alpha,,Beta\n",
            'd/t.csv:1: column "name" stands twice; a column stands once. Keep one of the two.',
        ),
        (
            b"id,name,note\na,Alpha,\n,,\n,,\n",
            "d/t.csv:3: rows 3 to 4 are empty; every row is a row of the table. Delete what is empty.",
        ),
        (
            b"id,name,note\na,Alpha,\n\nb,Beta,\n",
            "d/t.csv:3: row 3 is empty; every row is a row of the table. Delete what is empty.",
        ),
        (
            b"id,name,note\na,Alpha\n",
            "d/t.csv:2: has 2 cells where the header has 3; every row has a cell for each column. "
            "Look for a missing comma or quotation mark.",
        ),
        (
            b'id,name,note\na,Alpha,\nb,"Beta,\nc,Gamma,\n',
            "d/t.csv:3: a quotation mark is opened and never closed; quoted cells begin and end with a quotation mark. "
            'Close it, or write "" for a quotation mark inside a quoted cell.',
        ),
        (
            b'id,name,note\na,"Al"pha,\n',
            "d/t.csv:2: a quotation mark stands inside a cell; quoted cells begin and end with a quotation mark. "
            'Close it, or write "" for a quotation mark inside a quoted cell.',
        ),
    ],
)  # fmt: skip
def test_each_fault_of_a_file_has_its_own_problem(read, content, told):
    assert [str(problem) for problem in read(content)[1]] == [told]


def test_a_misspelt_column_is_missing_and_the_cure_names_it(read):
    problems = read("id,nmae,note\n")[1]
    assert [problem.cure for problem in problems] == ["Add name", 'Write "name"']


def test_rows_before_an_unclosed_quotation_mark_are_still_read(read):
    assert read('id,name,note\na,Alpha,\nb,"Beta,\n')[0].columns["id"] == ("a",)


def test_a_row_is_numbered_as_a_spreadsheet_does(read):
    sheet, _ = read('id,name,note\na,"two\nlines",\nb,Beta,\n')
    assert sheet.rows == (2, 3)


def test_a_cell_of_a_megabyte_is_read_and_the_limit_of_the_csv_module_stays(read):
    before = csv.field_size_limit()
    sheet, problems = read("id,name,note\na," + "x" * 1_000_000 + ",\n")
    assert (len(sheet.columns["name"][0]), problems) == (1_000_000, [])
    assert csv.field_size_limit() == before


def test_files_are_read_side_by_side(read, tmp_path):
    path = tmp_path / "big.csv"
    path.write_text("id,name,note\na," + "x" * 1_000_000 + ",\n")
    found = []
    jobs = [
        threading.Thread(target=lambda: found.append(read_sheet(path, file="t", columns=COLUMNS)[1])) for _ in range(8)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert found == [[]] * 8


@pytest.mark.parametrize("make", ["directory", "nothing"])
def test_what_is_no_readable_file_is_a_problem(tmp_path, make):
    path = tmp_path / "t.csv"
    if make == "directory":
        path.mkdir()
    sheet, problems = read_sheet(path, file="d/t.csv", columns=COLUMNS)
    assert sheet.rows == ()
    assert str(problems[0]).startswith("d/t.csv: cannot be read (")


@given(st.binary(max_size=200))
@example(b"\xd8\x80")
def test_any_bytes_are_cells_or_problems(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(raw)
    sheet, problems = read_sheet(path, file="t.csv", columns=COLUMNS)
    assert problems or set(sheet.columns) == set(COLUMNS)
    assert all(len(cells) == len(sheet.rows) for cells in sheet.columns.values())
    assert all(str(problem).isprintable() for problem in problems)


def test_a_column_that_is_not_required_may_be_left_out(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,name\na,Alpha\n")
    assert read_sheet(path, file="t.csv", columns=COLUMNS, required={"id"})[1] == []


def test_the_curators_own_columns_are_kept(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,name,note,x_seen\na,Alpha,,twice\n")
    sheet, problems = read_sheet(path, file="t.csv", columns=COLUMNS)
    assert (sheet.columns["x_seen"], problems) == (("twice",), [])

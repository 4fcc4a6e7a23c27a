"""A sheet of the analyst's own: a mapping is drafted, mended where it says so, and brings the rows in."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from foreign_files import workbook

from briefing.dossier.example import FOLDER
from briefing.errors import DossierError, UsageError
from briefing.intake.drafting import draft_mapping
from briefing.intake.imports import Asked, Import, plan_import, run_import
from briefing.intake.preset_files import read_preset

#: As a spreadsheet in the browser exports it: days with the month first, 11,000, TRUE, empty rows.
GOOGLE = """ID,Date,From,To,Equipment,Count,According to,Link,Confirmed,Comments
1,10/05/2031,Veldania,Corvia,lorries,"11,000",Ferry Workers' Union,https://union-2031-10-11.example/,TRUE,By night
2,10/25/2031,Veldania,Corvia,lorries,about 20,Ferry Workers' Union,https://union-2031-10-18.example/,FALSE,
,,,,,,,,,
3,10/26/2031,Veldania,Corvia,lorries,12?,Ferry Workers' Union,https://union-2031-10-30.example/,TRUE,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def write(folder: Path, text: str, name: str = "lorries.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def take(path: Path, folder: Path, *, mend: tuple[str, str] = ("", ""), table: str = "") -> Import:
    """Import a sheet with the mapping that is drafted, mended once."""
    mapping = folder.parent / "mapping.toml"
    mapping.write_text(draft_mapping(path, table=table).replace(*mend), encoding="utf-8")
    return plan_import(read_preset(str(mapping)), path, folder=folder, asked=Asked())


def claims(planned: Import) -> list[tuple[str, ...]]:
    rows = [row.cells for row in planned.diff.new]
    return [tuple(row.get(name, "") for name in ("period", "best", "qualifier", "source_id")) for row in rows]


EXPECTED = [
    ("2031-10-05", "11000", "exact", "union-2031-10-11"),
    ("2031-10-25", "20", "about", "union-2031-10-18"),
    ("2031-10-26", "12", "about", "union-2031-10-30"),
]


def test_a_drafted_mapping_brings_a_sheet_in_as_it_is(tmp_path: Path, folder: Path) -> None:
    assert claims(take(write(tmp_path, GOOGLE), folder)) == EXPECTED


def test_a_workbook_is_drafted_and_read_with_its_days_as_days(tmp_path: Path, folder: Path) -> None:
    rows = [
        ["ID", "Date", "From", "To", "Equipment", "Count", "According to", "Link"],
        [1, dt.date(2031, 10, 5), "Veldania", "Corvia", "lorries", 11000, "Ferry Workers' Union",
         "https://union-2031-10-11.example/"],
        [None] * 8,
    ]  # fmt: skip
    assert claims(take(workbook(tmp_path / "lorries.xlsx", rows), folder)) == EXPECTED[:1]


def test_what_the_draft_does_not_know_is_kept_in_columns_of_its_own(tmp_path: Path, folder: Path) -> None:
    planned = take(write(tmp_path, GOOGLE), folder)
    assert [row.cells.get("x_confirmed") for row in planned.diff.new] == ["TRUE", "FALSE", "TRUE"]
    assert [row.cells.get("note") for row in planned.diff.new] == ["By night", None, None]


def test_days_that_may_be_two_are_to_be_decided(tmp_path: Path, folder: Path) -> None:
    sheet = GOOGLE.replace("10/25/2031", "10/06/2031").replace("10/26/2031", "10/07/2031")
    path = write(tmp_path, sheet)
    assert '10/05/2031 may be 5 October or 10 May: write ["%m/%d/%Y"] or ["%d/%m/%Y"]' in draft_mapping(path)
    with pytest.raises(DossierError, match=r'lorries.csv:2: Date: "10/05/2031" may be two days; .* never guessed'):
        take(path, folder)
    assert claims(take(path, folder, mend=("formats = []", 'formats = ["%d/%m/%Y"]')))[0][0] == "2031-05-10"


def test_a_row_that_changed_within_its_document_is_mended_under_its_id(tmp_path: Path, folder: Path) -> None:
    run_import(take(write(tmp_path, GOOGLE), folder))
    planned = take(write(tmp_path, GOOGLE.replace("about 20", "24")), folder)
    (claim,) = [change for change in planned.changes if change.table == "transfers"]
    assert (claim.key, claim.cells["qualifier"]) == (("tr-0016",), ("about", "exact"))
    assert {change.key[3] for change in planned.changes if change.table == "corrections"} >= {"qualifier", "low"}
    assert planned.diff.vanished == ()


@pytest.mark.long
def test_a_row_that_another_document_says_otherwise_supersedes_the_old(tmp_path: Path, folder: Path) -> None:
    run_import(take(write(tmp_path, GOOGLE), folder))
    newer = GOOGLE.replace("about 20", "24").replace("union-2031-10-18", "union-2031-10-30")
    (claim,) = [change for change in take(write(tmp_path, newer), folder).changes if change.table == "transfers"]
    assert (claim.after or {})["supersedes"] == "tr-0016"


def test_a_new_source_is_added_where_the_mapping_knows_enough_of_it(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path, GOOGLE.replace("union-2031-10-18.example", "quay-post.example/a"))
    assert [each.name for each in take(path, folder).unplaced] == ["https://quay-post.example/a/"]
    known = (
        'add = { publisher = "Quay Post", title = "{Comments}.", published_basis = "first_seen", kind = "newspaper" }'
    )
    mapping = (folder.parent / "mapping.toml").read_text().replace('read = "source" }', f'read = "source", {known} }}')
    (folder.parent / "mapping.toml").write_text(mapping)
    preset = read_preset(str(folder.parent / "mapping.toml"))
    planned = plan_import(preset, path, folder=folder, asked=Asked(adds_names=True))
    assert [change.key for change in planned.changes if change.table == "sources"] == [("quay-post-example-a",)]


def test_what_a_sheet_does_not_say_is_named_with_its_meaning(tmp_path: Path) -> None:
    drafted = draft_mapping(write(tmp_path, "Date,Recipient,Count\n2031-10-05,Corvia,3\n"), table="transfers")
    assert "# from = ...  # not found, and needed: Who gave it." in drafted
    assert 'publisher = "MEND: who publishes it"' in drafted


@pytest.mark.parametrize(
    ("header", "table"),
    [("Supplier,Recipient,Date", "transfers"), ("Force,Host,Day", "deployments"), ("Headline,Details,Day", "events")],
)
def test_the_table_is_picked_by_the_columns(tmp_path: Path, header: str, table: str) -> None:
    assert f'table = "{table}"' in draft_mapping(write(tmp_path, f"{header}\na,b,2031-10-05\n"))


def test_a_column_of_numbers_is_the_number_whatever_it_is_called(tmp_path: Path) -> None:
    sheet = 'Date,Lorries,Who counted\n2031-10-05,about 40,Quay Watch\n2031-10-06,"1,020",Quay Watch\n'
    drafted = draft_mapping(write(tmp_path, sheet), table="transfers")
    assert 'number = { column = "Lorries" }' in drafted
    assert 'claimant_id = { column = "Who counted", read = "actor" }' in drafted


def test_of_two_columns_of_numbers_none_is_guessed(tmp_path: Path) -> None:
    sheet = "Date,Lorries,Wagons\n2031-10-05,40,3\n"
    assert "# number = " in draft_mapping(write(tmp_path, sheet), table="transfers")


def test_a_draft_that_lacks_what_a_row_needs_is_told_before_its_names(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path, "Date,Recipient,Link\n2031-10-05,Nobody,https://quay.example/\n")
    with pytest.raises(DossierError, match=r"lorries: makes.1: lacks from, item, number, claimant_id; transfers.csv"):
        take(path, folder, table="transfers")


def test_a_file_of_another_header_is_told_to_mend_its_own_mapping(tmp_path: Path, folder: Path) -> None:
    take(write(tmp_path, GOOGLE), folder)
    other = write(tmp_path, GOOGLE.replace("Date", "Tag"), name="other.csv")
    with pytest.raises(UsageError, match=r"lacks Date; .* Mend the header that the mapping names"):
        plan_import(read_preset(str(folder.parent / "mapping.toml")), other, folder=folder, asked=Asked())


def test_the_day_of_a_source_that_is_added_is_read_as_the_rows_are(tmp_path: Path, folder: Path) -> None:
    path = write(tmp_path, GOOGLE.replace("union-2031-10-18.example", "quay-post.example/a"))
    add = (
        'add = { publisher = "Quay Post", title = "Count", published = "{Date}", published_basis = "stated", '
        'kind = "newspaper" }'
    )
    take(path, folder, mend=('read = "source" }', f'read = "source", {add} }}'))
    preset = read_preset(str(folder.parent / "mapping.toml"))
    planned = plan_import(preset, path, folder=folder, asked=Asked(adds_names=True))
    (source,) = [change.after for change in planned.changes if change.table == "sources"]
    assert source is not None and source["published"] == "2031-10-25"


def test_a_sheet_with_semicolons_in_latin_1_is_drafted_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "lorries.csv"
    path.write_bytes("Date;From;To;Straße\n2031-10-05;Veldania;Corvia;Süd\n".encode("latin-1"))
    drafted = draft_mapping(path)
    assert 'encoding = "latin-1"\ndelimiter = ";"\n' in drafted
    assert 'x_stra_e = "{Straße}"' in drafted


def test_a_sheet_without_a_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no header in its first 20 rows; .* Write one above the data."):
        draft_mapping(write(tmp_path, "1,2,3\n4,5,6\n"))


def test_a_table_that_no_sheet_becomes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'Did you mean "transfers"'):
        draft_mapping(write(tmp_path, GOOGLE), table="transfer")

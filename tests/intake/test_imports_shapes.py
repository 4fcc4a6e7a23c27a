"""Files of other shapes than the register's become rows: each with its own habits, none of them guessed at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from foreign_files import TROOPS, acled_file, acled_row, aid_file, ged_file, ged_row, workbook

from briefing.dossier.example import FOLDER
from briefing.errors import DossierError, UsageError
from briefing.intake.edits import open_edits
from briefing.intake.imports import Asked, Import, plan_import, run_import
from briefing.intake.preset_files import read_preset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def plan(preset: str, path: Path, folder: Path, **asked: object) -> Import:
    given = {"released": "2031-12-10", "url": "https://release.example/", "adds_names": True} | asked
    return plan_import(read_preset(preset), path, folder=folder, asked=Asked(**given))  # type: ignore[arg-type]


def new_rows(planned: Import, table: str) -> list[dict[str, str]]:
    return [dict(change.after or {}) for change in planned.changes if change.table == table and change.kind == "new"]


def cells(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


@pytest.mark.parametrize("header", ["", None], ids=["without a header", "with one"])
def test_best_low_and_high_of_an_event_are_a_range(tmp_path: Path, folder: Path, header: str | None) -> None:
    row = ged_row(low="2", best="3", high="8", date_end="2031-10-07 00:00:00.000")
    path = ged_file(tmp_path, row) if header is None else ged_file(tmp_path, row, header=header)
    (loss,) = new_rows(plan("ucdp-ged", path, folder), "losses")
    assert cells(loss, "low", "best", "high", "qualifier", "period", "side", "place_id") == (
        "2", "3", "8", "range", "2031-10-05/2031-10-07", "corvia", "north-quay",
    )  # fmt: skip


def test_a_row_of_hashtags_is_no_event(tmp_path: Path, folder: Path) -> None:
    path = ged_file(tmp_path, ged_row(), ged_row(id="2", country="Sylvania"), tags=True)
    planned = plan("ucdp-ged", path, folder)
    assert [row["qualifier"] for row in new_rows(planned, "losses")] == ["exact", "exact"]
    assert planned.read == 2


def test_an_incident_is_known_from_its_timestamp(tmp_path: Path, folder: Path) -> None:
    path = acled_file(tmp_path, acled_row(), acled_row(event_id_cnty="COR2", event_date="06 October 2031"))
    planned = plan("acled", path, folder)
    assert [row["date"] for row in new_rows(planned, "events")] == ["2031-10-05", "2031-10-06"]
    assert [cells(row, "published", "publisher") for row in new_rows(planned, "sources")] == [("2031-10-10", "ACLED")]


def test_reported_dead_are_an_estimate(tmp_path: Path, folder: Path) -> None:
    path = acled_file(tmp_path, acled_row(event_type="Battles", fatalities="4"))
    planned = plan("acled", path, folder)
    assert [cells(row, "best", "qualifier", "kind") for row in new_rows(planned, "losses")] == [
        ("4", "about", "killed")
    ]
    assert [row["kind"] for row in new_rows(planned, "events")] == ["attack"]


MONEY = "unit_id,singular,plural,of\neuros,euro,euros,money\npersons,person,people,people\nitems,item,items,count\n"


def plan_aid(tmp_path: Path, folder: Path, *rows: list[object]) -> Import:
    shipped = "".join(f"{unit},{unit},{unit},count\n" for unit in ("tonnes", "wagons"))
    (folder / "units.csv").write_text(MONEY + shipped, encoding="utf-8")
    settings = {"recipient": "Corvia", "unit": "euros"}
    return plan("aid-tracker", aid_file(tmp_path, *rows), folder, settings=settings, released="")


def test_a_month_of_nought_is_unknown_and_a_point_is_not_stated(tmp_path: Path, folder: Path) -> None:
    rows = [
        ["A1", "Veldania", "2031-03-02", 111, "Humanitarian ", ".", "Allocation", "Tents", ".", ".", 5000],
        ["A2", "Veldania", ".", 0, "Humanitarian ", ".", "Allocation", ".", ".", ".", "."],
    ]
    planned = plan_aid(tmp_path, folder, *rows)
    assert [cells(row, "period", "best", "qualifier", "item", "status") for row in new_rows(planned, "transfers")] == [
        ("2031-03", "5000", "exact", "humanitarian", "committed"),
        ("../2031-12-01", "", "unquantified", "humanitarian", "committed"),
    ]


def test_a_number_below_zero_cancels_what_was_committed(tmp_path: Path, folder: Path) -> None:
    row = ["A3", "Veldania", "2031-03-02", 111, "Military", "", "Commitment", "Cancelled", "", "", -700]
    (claim,) = new_rows(plan_aid(tmp_path, folder, row), "transfers")
    assert cells(claim, "best", "status") == ("700", "withdrawn")


def test_a_setting_that_the_preset_needs_is_asked_for(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"needs to know whose aid it is, .* Add --set recipient VALUE."):
        plan("aid-tracker", aid_file(tmp_path), folder)


def test_troops_of_a_country_stand_there_on_the_day_that_the_table_counts(tmp_path: Path, folder: Path) -> None:
    path = workbook(tmp_path / "troops.xlsx", TROOPS)
    planned = plan("dmdc-troops", path, folder, settings={"as_of": "2031-09-30"})
    assert [cells(row, "host", "best", "date", "qualifier") for row in new_rows(planned, "deployments")] == [
        ("corvia", "1234", "2031-09-30", "exact"), ("sylvania", "8", "2031-09-30", "exact"),
    ]  # fmt: skip


MAP = """entry,date,event_group,title,brief description,lat,lon,country,link,geolocation
E1,2031-10-05,Protest,Crowd at the quay,Some fifty people,-31.4,-121.2,Corvia,https://post.example/1,https://map.example/1
,,,,,,,,,
E2,2031-10-06,Military movement,Lorries on the pier,,-31.5,-121.2,Corvia,https://post.example/2,
"""


def test_an_entry_of_a_map_becomes_an_event_with_its_link(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(MAP, encoding="utf-8")
    planned = plan("geolocated-incidents", path, folder, settings={"publisher": "Quay Maps"})
    assert [cells(row, "title", "kind", "x_link") for row in new_rows(planned, "events")] == [
        ("Crowd at the quay", "protest", "https://post.example/1"),
        ("Lorries on the pier", "other", "https://post.example/2"),
    ]
    assert [row["publisher"] for row in new_rows(planned, "sources")] == ["Quay Maps"]


TIMEMAP = """id,date,time,location,latitude,longitude,description,source1,type
7,10/05/2031,14:00,North Quay,-31.4,-121.2,A ferry is held,photo-1,ferry
8,10/25/2031,,Nowhere Bay,-31.4,-121.2,Another ferry is held,photo-2,ferry
"""


def test_a_sheet_of_timemap_has_the_month_first_and_places_that_may_wait(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(TIMEMAP, encoding="utf-8")
    planned = plan("timemap", path, folder, settings={"publisher": "Quay Maps"})
    assert [cells(row, "date", "place_id", "x_time") for row in new_rows(planned, "events")] == [
        ("2031-10-05", "north-quay", "14:00")
    ]
    assert [(each.table, each.name, each.lines) for each in planned.unplaced] == [("places", "Nowhere Bay", (3,))]


ARCHIVED = """link,archive status,archive location,archive date,hash
http://www.union-2031-10-11.example/,wayback: success,https://archive.example/1,2031-12-01,abc123
https://union-2031-10-18.example/,nothing archived,,,
https://stranger.example/,wayback: success,https://archive.example/2,2031-12-01,def456
"""


def test_an_archived_address_fills_its_source(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "archived.csv"
    path.write_text(ARCHIVED, encoding="utf-8")
    planned = plan("auto-archiver", path, folder)
    run_import(planned)
    row = open_edits(folder).find("sources", "union-2031-10-11") or {}
    assert cells(dict(row), "archived_url", "x_archive_hash", "x_archive_method") == (
        "https://archive.example/1", "abc123", "wayback: success",
    )  # fmt: skip
    assert [each.name for each in planned.unplaced] == ["https://stranger.example/"]


def test_what_is_wrong_in_a_file_is_told_by_its_lines(tmp_path: Path, folder: Path) -> None:
    path = ged_file(tmp_path, ged_row(), ged_row(id="2", best="many"), ged_row(id="3", date_start="5/10/2031"))
    with pytest.raises(DossierError) as caught:
        plan("ucdp-ged", path, folder)
    assert [(problem.place, problem.column) for problem in caught.value.problems] == [
        ("GEDEvent.csv:3", "best"), ("GEDEvent.csv:4", "date_start"),
    ]  # fmt: skip


def test_what_a_rule_of_the_dossier_forbids_is_told_by_the_line_too(tmp_path: Path, folder: Path) -> None:
    path = ged_file(tmp_path, ged_row(), ged_row(id="2", low="5"))
    with pytest.raises(DossierError, match=r"GEDEvent.csv:3: losses.csv, ls-0002: low is 5 but best is 3"):
        plan("ucdp-ged", path, folder)


def second(tmp_path: Path, folder: Path, *rows: str) -> Import:
    """Import two events, and plan the next release."""
    run_import(plan("acled", acled_file(tmp_path, acled_row(), acled_row(event_id_cnty="COR2")), folder))
    return plan("acled", acled_file(tmp_path, *rows), folder, released="2031-12-20")


def test_an_event_that_changed_is_mended_in_place_and_told_as_a_correction(tmp_path: Path, folder: Path) -> None:
    planned = second(tmp_path, folder, acled_row(event_type="Battles"), acled_row(event_id_cnty="COR2"))
    assert [(change.table, change.kind) for change in planned.changes] == [
        ("events", "changed"),
        ("corrections", "new"),
    ]
    assert planned.changes[0].cells["kind"] == ("protest", "attack")
    assert [(row["field"], row["old"], row["new"]) for row in new_rows(planned, "corrections")] == [
        ("kind", "protest", "attack")
    ]


@pytest.mark.long
def test_an_event_that_vanished_says_so_and_may_come_back(tmp_path: Path, folder: Path) -> None:
    planned = second(tmp_path, folder, acled_row())
    assert [change.cells["x_vanished_on"] for change in planned.changes] == [("", "2031-12-20")]
    run_import(planned)
    assert plan("acled", tmp_path / "acled.csv", folder, released="2031-12-20").changes == []
    again = acled_file(tmp_path, acled_row(), acled_row(event_id_cnty="COR2"))
    back = plan("acled", again, folder, released="2031-12-30")
    assert [change.cells["x_vanished_on"] for change in back.changes] == [("2031-12-20", "")]


def test_a_stamp_of_another_second_alone_is_no_change(tmp_path: Path, folder: Path) -> None:
    later = [acled_row(event_id_cnty=key, timestamp="1949360000") for key in ("COR1", "COR2")]
    assert second(tmp_path, folder, *later).changes == []

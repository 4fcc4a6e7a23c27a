"""A trade register becomes transfers with every hedge kept; its next release is told as new, changed and gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from foreign_files import SIPRI_ROWS, sipri_file
from notebooks import notebook_text

from briefing.checks import check_folder
from briefing.dossier.example import FOLDER
from briefing.editions.catalog import list_editions, read_catalog
from briefing.errors import UsageError
from briefing.intake.edits import open_edits, write_edits
from briefing.intake.imports import Asked, Import, plan_import, run_import
from briefing.intake.preset_files import read_preset
from briefing.intake.telling import tell_import
from briefing.press.build import Options, build

ORDERED_36 = "Corvia,Veldania,2012,?,36,?,Bastion,APC,30,?,2013; 2014; 2016"
WATCHER = "Borduria,Veldania,2013,?,3,,Watcher,air search radar,3,,2014,New,,1,3,3\n"
NEXT = SIPRI_ROWS.replace(ORDERED_36, "Corvia,Veldania,2012,?,36,,Bastion,APC,33,?,2013; 2014; 2016").replace(
    WATCHER, ""
)
NEXT += "Corvia,Borduria,2031,,3,,Mule,transport helicopter,,,,New,,1,3,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def plan(path: Path, folder: Path, preset: str = "sipri-trade-register", **asked: object) -> Import:
    given = {"adds_names": True} | asked
    return plan_import(read_preset(preset), path, folder=folder, asked=Asked(**given))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the first release once for all tests."""
    place = tmp_path_factory.mktemp("first")
    shutil.copytree(FOLDER, place / "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    run_import(plan(sipri_file(place), place / "data"))
    return place


@pytest.fixture
def imported(tmp_path: Path, first: Path) -> Path:
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


@pytest.fixture
def row_of(imported: Path) -> Callable[[str], dict[str, str]]:
    rows = open_edits(imported).rows("transfers")
    return lambda wording: dict(next(row for row in rows if row["wording"] == wording))


def cells(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


def test_thirty_rows_become_what_was_ordered_and_what_was_delivered(imported: Path) -> None:
    rows = [row for row in open_edits(imported).rows("transfers") if row.get("x_import")]
    statuses = [row["status"] for row in rows]
    assert (statuses.count("ordered"), statuses.count("delivered")) == (30, 27)
    assert {row["source_id"] for row in rows} == {"sipri-trade-register-2032-03-10"}


def test_an_import_brings_no_error(imported: Path) -> None:
    assert check_folder(imported).errors == ()


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("[about 36 Bastion ordered]", ("", "36", "", "about", "2012?")),
        ("[about 30 Bastion delivered]", ("", "30", "", "about", "2013/2016")),
        ("[about 20 Longbow ordered]", ("", "20", "", "about", "2014")),
        ("[an unstated number of Watcher ordered]", ("", "", "", "unquantified", "2015?")),
        ("[about 44 Bastion delivered]", ("", "44", "", "about", "2020/2022")),
        ("[12 Heron-2 ordered]", ("12", "12", "12", "exact", "2011")),
        ("[about 1,000 Dart ordered]", ("", "1000", "", "about", "2022")),
    ],
)
def test_every_hedge_is_kept(row_of: Callable[[str], dict[str, str]], wording: str, expected: tuple[str, ...]) -> None:
    assert cells(row_of(wording), "low", "best", "high", "qualifier", "period") == expected


def test_comments_become_notes_also_over_two_lines_and_in_latin_1(row_of: Callable[[str], dict[str, str]]) -> None:
    assert row_of("[about 20 Longbow ordered]")["note"] == "towed gun, New. Delivery expected from 2025"
    assert row_of("[3 Mule ordered]")["note"] == "transport helicopter, New. Ciudad de Fútbol programme"


def test_the_release_is_a_source_and_its_day_is_the_day_of_knowledge(imported: Path) -> None:
    row = dict(open_edits(imported).find("sources", "sipri-trade-register-2032-03-10") or {})
    assert cells(row, "publisher", "published", "published_basis") == ("SIPRI", "2032-03-10", "stated")
    assert row["licence"].startswith("SIPRI gives the register free of charge for non-commercial use")


def test_names_that_lead_nowhere_are_listed_and_their_rows_wait(tmp_path: Path, folder: Path) -> None:
    planned = plan(sipri_file(tmp_path), folder, adds_names=False)
    run_import(planned)
    assert (len(planned.diff.new), planned.waiting, len(planned.unplaced)) == (0, 30, 10)
    listed = (tmp_path / "unplaced.csv").read_text(encoding="utf-8").splitlines()
    assert listed[:2] == ["table,name,rows,first_line,nearest,id,file", "actors,Sylvania,16,20,,,register.csv"]
    assert not [row for row in open_edits(folder).rows("transfers") if row.get("x_import")]


def test_an_id_that_the_analyst_writes_beside_a_name_places_it(tmp_path: Path, folder: Path) -> None:
    path = sipri_file(tmp_path, rows=SIPRI_ROWS.splitlines()[0] + "\n")
    run_import(plan(path, folder, adds_names=False))
    unplaced = tmp_path / "unplaced.csv"
    unplaced.write_text(unplaced.read_text().replace("Heron-2,1,13,,,", "Heron-2,1,13,,lorry,"), encoding="utf-8")
    planned = plan(path, folder, adds_names=False)
    run_import(planned)
    assert [row.cells["item"] for row in planned.diff.new] == ["lorry", "lorry"]
    assert "items,Heron-2,,,,lorry," in unplaced.read_text()


def test_an_alias_places_a_name(tmp_path: Path, folder: Path) -> None:
    path = sipri_file(tmp_path, rows="Republic of Corvia,Veldania,2020,,3,,Mule,helicopter,,,,New,,1,3,\n")
    assert [each.name for each in plan(path, folder, adds_names=False).unplaced] == ["Republic of Corvia", "Mule"]
    corvia = open_edits(folder).find("actors", "corvia") or {}
    write_edits(open_edits(folder).put("actors", {**corvia, "aliases": "Republic of Corvia"}))
    assert [each.name for each in plan(path, folder, adds_names=False).unplaced] == ["Mule"]


def test_a_name_is_added_only_for_a_row_that_comes_in(tmp_path: Path, folder: Path) -> None:
    planned = plan(sipri_file(tmp_path), folder, adds_names=False)
    assert [change.key for change in planned.changes] == []


def test_the_same_release_twice_changes_nothing(tmp_path: Path, imported: Path) -> None:
    before = {path.name: path.read_bytes() for path in imported.iterdir()}
    planned = plan(tmp_path / "register.csv", imported)
    assert (planned.changes, planned.diff.same, run_import(planned)) == ([], 57, [])
    assert {path.name: path.read_bytes() for path in imported.iterdir()} == before


def test_a_second_release_is_told_as_what_is_new_changed_and_vanished(tmp_path: Path, imported: Path) -> None:
    planned = plan(sipri_file(tmp_path, rows=NEXT, released="9 Mar 2033"), imported)
    assert (len(planned.diff.new), len(planned.diff.changed), len(planned.diff.vanished)) == (1, 2, 2)
    told = list(tell_import(planned))
    assert "+ transfers.csv tr-0073 supersedes tr-0017" in told
    assert "    retracted_on: (empty) -> 2033-03-09" in told
    assert "figure: Bastion that Corvia ordered from Veldania, 2012 (ordered): ~36 -> 36" in told
    run_import(planned)
    assert check_folder(imported).errors == ()


def test_an_edition_of_the_day_before_a_release_reads_what_it_read(tmp_path: Path, imported: Path) -> None:
    from briefing.dossier.dossier import read_dossier

    def known(day: str) -> set[str]:
        return set(read_dossier(imported, as_of=day).transfers["claim_id"])

    before = known("2033-03-08")
    run_import(plan(sipri_file(tmp_path, rows=NEXT, released="9 Mar 2033"), imported))
    assert known("2033-03-08") == before
    assert known("2033-03-09") == before - {"tr-0017", "tr-0018", "tr-0038", "tr-0039"} | {
        "tr-0072",
        "tr-0073",
        "tr-0074",
    }


@pytest.mark.long
def test_a_third_release_follows_the_second(tmp_path: Path, imported: Path) -> None:
    run_import(plan(sipri_file(tmp_path, rows=NEXT, released="9 Mar 2033"), imported))
    planned = plan(sipri_file(tmp_path, rows=SIPRI_ROWS, released="9 Mar 2034"), imported)
    assert (len(planned.diff.new), len(planned.diff.changed), len(planned.diff.vanished)) == (2, 2, 1)
    assert {change.standing.id for change in planned.diff.changed} == {"tr-0073", "tr-0074"}


def test_what_the_analyst_wrote_beside_a_claim_is_no_change_of_the_release(tmp_path: Path, imported: Path) -> None:
    row = open_edits(imported).find("transfers", "tr-0017") or {}
    write_edits(
        open_edits(imported).put("transfers", {**row, "note": "Ours", "credibility": "3", "credibility_basis": "x"})
    )
    assert plan(tmp_path / "register.csv", imported).changes == []


def test_a_judgement_that_rests_on_a_row_that_changed_is_told(tmp_path: Path, imported: Path) -> None:
    row = open_edits(imported).find("evidence", "ee-0002") or {}
    write_edits(open_edits(imported).put("evidence", {**row, "claim_ids": "tr-0017"}))
    planned = plan(sipri_file(tmp_path, rows=NEXT, released="9 Mar 2033"), imported)
    assert "jd-0003" in [judgement.id for judgement in planned.touched.judgements]


def test_a_part_of_a_release_lets_nothing_vanish(tmp_path: Path, imported: Path) -> None:
    path = sipri_file(tmp_path, rows=SIPRI_ROWS.splitlines()[0] + "\n", released="9 Mar 2033")
    with pytest.raises(UsageError, match=r"lacks 55 of the 57 rows .* Add --part .*, --whole where it is all."):
        plan(path, imported)
    assert plan(path, imported, is_part=True).changes == []
    assert len(plan(path, imported, is_whole=True).diff.vanished) == 55


def test_an_older_release_is_refused(tmp_path: Path, imported: Path) -> None:
    with pytest.raises(UsageError, match=r"a release of 2032-03-10 is in the dossier; releases come in .* order"):
        plan(sipri_file(tmp_path, released="9 Mar 2031"), imported)


def test_a_release_that_does_not_say_its_day_is_refused(tmp_path: Path, folder: Path) -> None:
    path = sipri_file(tmp_path, released="some day")
    with pytest.raises(UsageError, match=r"does not say when it was released; .* Add --released 2031-03-10."):
        plan(path, folder)
    assert plan(path, folder, released="2032-03-10").released == "2032-03-10"


def test_nothing_is_written_where_a_row_breaks_a_rule(tmp_path: Path, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    path = sipri_file(tmp_path, rows=SIPRI_ROWS.replace("Corvia,Veldania,2011,,12,", "Corvia,Veldania,2011,,-12,"))
    with pytest.raises(Exception, match=r"register.csv:13: Number ordered: the number is below zero"):
        plan(path, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.long
def test_a_second_release_names_the_editions_that_would_be_other_pages(tmp_path: Path, imported: Path) -> None:
    notebooks, out = tmp_path / "notebooks", tmp_path / "reports"
    notebooks.mkdir()
    shown = (
        "import briefing as b\nd = b.read_dossier(as_of=as_of)",
        "b.claims_table(b.choose_claims(d, item=item), caption='Sent')",
    )
    asked = 'as_of: "date" = "2032-04-01"\nitem: "item" = "bastion"'
    (notebooks / "arms.ipynb").write_text(notebook_text(*shown, parameters=asked), encoding="utf-8")
    days = '["2032-01-01", "2032-04-01", "2033-04-01"]'
    (notebooks / "briefings.toml").write_text(f'[[briefing]]\nnotebook = "arms"\nas_of = {days}\n', encoding="utf-8")
    briefings = read_catalog(notebooks / "briefings.toml")
    made = build(
        list_editions(briefings, data=imported), data=imported, out=out, options=Options(), briefings=briefings
    )
    assert [outcome.status for outcome in made] == ["published"] * 3
    path = sipri_file(tmp_path, rows=NEXT.replace(WATCHER, "") + WATCHER, released="9 Mar 2033")
    planned = plan(path, imported, out=out, catalog=notebooks)
    told = {edition.name: (edition.shows, edition.is_to_be_built) for edition in planned.touched.editions}
    assert told == {
        "arms/2032-04-01": (("tr-0017", "tr-0018"), False),
        "arms/2033-04-01": (("tr-0017", "tr-0018"), True),
    }

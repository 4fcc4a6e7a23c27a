"""The pages of what changed: of neighbours, of pairs that somebody asked for, and the summary that others tell."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from archives import front, publish, read_all
from click.testing import CliRunner
from recorded import NOW, THEN, counted, details, document, exactly, figure, judged, record, since

from briefing.archive.records import Record
from briefing.archive.since_asked import find_compared
from briefing.archive.since_kept import list_earlier
from briefing.archive.since_pages import make_since_page, since_address
from briefing.archive.since_points import list_points
from briefing.archive.standing import look_around, since_of
from briefing.archive.write import write_archive, write_compared
from briefing.cli.main import main
from briefing.errors import UsageError
from briefing.page.words import read_words

DAYS = ("1933-11-17", "1933-12-17", "1934-01-17")
HOSTILE = "<img src=x onerror=alert(1)>{x}"


def archive_of(out: Path) -> None:
    """Write the archive of three editions; the last two count more mules."""
    publish(out, DAYS[0], front(day=DAYS[0]))
    for day in DAYS[1:]:
        publish(out, day, front("122 mules or more", day=day))
    write_archive(out)


def test_each_pair_of_neighbours_has_a_page(tmp_path: Path) -> None:
    archive_of(tmp_path)
    assert sorted(name for name in read_all(tmp_path) if ".." in name) == [
        "mules/1933-11-17..1933-12-17.html",
        "mules/1933-12-17..1934-01-17.html",
    ]
    page = (tmp_path / "mules/1933-11-17..1933-12-17.html").read_text(encoding="utf-8")
    assert "<h1>What changed since 17 November 1933</h1>" in page and 'href="1933-12-17.html#tr-2"' in page
    assert "Nothing changed since" in (tmp_path / "mules/1933-12-17..1934-01-17.html").read_text(encoding="utf-8")


def test_a_second_build_writes_the_same_bytes(tmp_path: Path) -> None:
    archive_of(tmp_path)
    before = read_all(tmp_path)
    write_archive(tmp_path)
    assert read_all(tmp_path) == before


def test_only_pages_of_an_edition_that_changed_are_made_anew(tmp_path: Path) -> None:
    archive_of(tmp_path)
    pages = {path.name: path for path in (tmp_path / "mules").glob("*..*.html")}
    stood = {name: path.stat().st_mtime_ns for name, path in pages.items()}
    publish(tmp_path, DAYS[2], front("98 mules", day=DAYS[2]))
    write_archive(tmp_path)
    changed = {name for name, path in pages.items() if path.stat().st_mtime_ns != stood[name]}
    assert changed == {"1933-12-17..1934-01-17.html"}


def test_a_page_of_an_edition_that_is_gone_goes_with_it(tmp_path: Path) -> None:
    archive_of(tmp_path)
    (tmp_path / "mules/1933-12-17.html").unlink()
    write_archive(tmp_path)
    assert [name for name in read_all(tmp_path) if ".." in name] == ["mules/1933-11-17..1934-01-17.html"]


def test_the_summary_is_kept_and_worked_out_where_it_is_not(tmp_path: Path) -> None:
    archive_of(tmp_path)
    archive = look_around(tmp_path)
    first, second, third = archive.records
    told = since_of(archive, second)
    assert told == since_of(replace(archive, since={}), second) == archive.since[second.address]
    assert told.count.startswith("Since 17 November 1933: ") and told.points[0].kind == "moved"
    assert (told.before, told.page) == (first.address, "mules/1933-11-17..1933-12-17.html")
    assert since_of(archive, third).is_unchanged and since_of(archive, first).count == "This is the first edition."


def test_every_anchor_of_a_point_is_on_the_page(tmp_path: Path) -> None:
    archive_of(tmp_path)
    archive = look_around(tmp_path)
    for told in archive.since.values():
        page = (tmp_path / told.page).read_text(encoding="utf-8") if told.page else ""
        assert all(f'id="{point.anchor}"' in page for point in told.points)


def test_a_page_that_somebody_asked_for_survives_the_next_build(tmp_path: Path) -> None:
    archive_of(tmp_path)
    pair = find_compared(look_around(tmp_path), "mules/1933-11-17", "mules/1934-01-17.html")
    page = write_compared(tmp_path, *pair)
    publish(tmp_path, DAYS[2], front("98 mules", day=DAYS[2]))
    write_archive(tmp_path)
    assert page == "mules/1933-11-17..1934-01-17.html"
    assert "Nothing changed since 17 November 1933" in (tmp_path / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("mules/1933-11-18", "mules/1933-12-17"), 'Did you mean "mules/1933-11-17"'),
        (("mules/1933-12-17", "mules/1933-11-17"), "the earlier is named first"),
        (("mules/1933-11-17", "mules/1933-11-17"), "what changed is told between two"),
        (("mules/1933-11-17", "hay/1933-12-17"), "they answer other questions"),
        (("mules/1933-11-17", "mules/north/1933-12-17"), "they answer other values"),
    ],
)
def test_editions_that_cannot_be_compared_are_refused(tmp_path: Path, names: tuple[str, str], told: str) -> None:
    for series, day in (("mules", DAYS[0]), ("mules", DAYS[1]), ("hay", DAYS[1]), ("mules/north", DAYS[1])):
        publish(tmp_path, day, front(day=day), series=series)
    with pytest.raises(UsageError, match=told):
        find_compared(look_around(tmp_path), *names)


def test_an_edition_without_a_day_has_none_before_it() -> None:
    dayless = Record("mules.html", "mules", "p")
    assert list_earlier([dayless, record(THEN), record(NOW)]) == {f"mules/{NOW}.html": record(THEN)}


# --- what stands on a page ---------------------------------------------------------------------------------------


def page_of_all(**cells: str) -> str:
    """Make a page on which something of every kind changed, each text of the dossier as it is given."""
    text = cells.get("text", "Sylvania yields")
    old = (judged("jd-1", 5, 20, statement=text), judged("jd-2", 20, 45))
    new = (
        judged("jd-1", 5, 20, statement=text, outcome="true", leaned="wrong", decided_on="1933-12-01", how=text),
        judged("jd-3", 5, 20, previous="jd-2", move="lowered", reason=text),
    )
    more = counted("tr-2", low=122.0, best=122.0, high=122.0, when="1933-11", claimant=text)
    rows = [counted(f"tr-{at}", quantity=f"q-{at}", quantity_title=f"{text} {at}") for at in range(3, 12)]
    quote = {"id": text, "speaker": text, "text": text, "date": text}
    now = details(counted("tr-1"), more, *rows, tables={"quotes": (quote,), "odd": ({"id": text},)})
    then = details(counted("tr-1"), counted("tr-0", quantity_title=text), sources=(document(),))
    before = record(THEN, figure(text, "tr-1"), judgements=old, answer=text)
    after = record(NOW, figure("122", "tr-2", bounds=exactly(122)), judgements=new, answer="No.", question=text)
    return make_since_page(since(then, now, before=before, after=after)).decode()


def test_a_miss_stands_before_all_else_that_was_judged() -> None:
    page = page_of_all()
    assert (
        page.index("We got this wrong") < page.index("Lowered to") < page.index('id="figures"') < page.index('id="new"')
    )


def test_the_most_telling_rows_are_shown_and_the_others_folded_with_their_number() -> None:
    page = page_of_all()
    shown, _, folded = page[page.index('id="new-claims"') :].partition("<summary>")
    assert shown.count("<li>") == 4 and folded.startswith("5 more</summary>")


def test_rows_that_say_the_same_are_one_line_with_a_mark_each() -> None:
    twice = details(counted("tr-1"), counted("tr-8", quantity="q", best=9.0), counted("tr-9", quantity="q", best=9.0))
    page = make_since_page(since(details(counted("tr-1")), twice)).decode()
    assert re.findall(r'aria-label="(tr-[89]): ', page) == ["tr-8", "tr-9"] and page.count("Mules lent</span>: ") == 1


def test_new_rows_that_were_told_with_a_figure_are_not_counted_again() -> None:
    then, told = details(counted("tr-1")), counted("tr-2", low=122.0, best=122.0, high=122.0)
    tiles = {
        "before": record(THEN, figure("98", "tr-1")),
        "after": record(NOW, figure("122", "tr-2", bounds=exactly(122))),
    }
    sources = (document(), document("herald-1"))
    page = make_since_page(since(then, details(told, sources=sources), **tiles)).decode()
    assert '<h2 id="new">Documents</h2>' in page
    page = make_since_page(since(then, details(told, counted("tr-3", quantity="q")), **tiles)).decode()
    assert '<h2 id="new">One more row new</h2>' in page


def test_other_tables_are_called_by_their_names() -> None:
    now = details(
        tables={"scenarios": ({"id": "sc-1", "title": "War"},), "odd_rows": ({"id": "o-1", "title": "Oats"},)}
    )
    page = make_since_page(since(details(), now)).decode()
    assert re.findall(r"<h3[^>]*>([^<]*)<", page) == ["Other rows: odd rows", "Scenarios"]


def test_a_point_of_any_table_leads_to_a_place_on_the_page() -> None:
    found = since(details(counted("tr-1")), details(counted("tr-1"), tables={"odd": ({"id": "o-1", "title": "Oats"},)}))
    assert [point.anchor for point in list_points(found, words=read_words("en"))] == ["new-others-odd"]
    assert 'id="new-others-odd"' in make_since_page(found).decode()


def test_two_editions_that_cannot_be_read_are_told_in_one_place() -> None:
    before, after = (record(day, details="", flaw="no run") for day in (THEN, NOW))
    page = make_since_page(since(details(), details(), before=before, after=after)).decode()
    assert page.count('id="unread"') == 1 and page.count('<p class="trouble">') == 2


def test_hostile_texts_are_text_on_the_page() -> None:
    page = page_of_all(text=HOSTILE)
    assert "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;{x}" in page
    assert f"#{'%3Cimg'}" in page


def test_the_address_of_a_page_names_both_days() -> None:
    assert since_address(record(THEN), record(NOW)) == "mules/1933-11-17..1933-12-17.html"


# --- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a catalog, a dossier's place and the reports of three editions."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/briefings.toml").write_text("", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/claimants.csv").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    archive_of(tmp_path / "reports")
    return tmp_path


def test_the_command_prints_what_changed(folder: Path) -> None:
    ran = CliRunner().invoke(main, ["since", "mules/1933-11-17", "mules/1934-01-17", "--data", "data"])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith("Since 17 November 1933: one figure moved") and "tr-2" in ran.output


def test_the_command_writes_the_page_and_answers_in_json(folder: Path) -> None:
    names = ["mules/1933-11-17", "mules/1934-01-17"]
    ran = CliRunner().invoke(main, ["since", *names, "--html", "--json", "--data", "data"])
    told = json.loads(ran.stdout)
    assert told["page"] == "mules/1933-11-17..1934-01-17.html" and (folder / "reports" / told["page"]).is_file()
    assert told["figures"][0]["reasons"][0]["claim"] == "tr-2" and told["unchanged"] is False


def test_an_edition_that_is_unknown_is_one_line_with_the_nearest_name(folder: Path) -> None:
    ran = CliRunner().invoke(main, ["since", "mules/1933-11-71", "mules/1934-01-17", "--data", "data"])
    assert ran.exit_code == 2 and 'Did you mean "mules/1933-11-17"?' in ran.output

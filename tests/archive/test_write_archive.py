"""What stands around the pages: made of what is there, changed only where that changed, and true about what is not."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import freedonia as f
import pytest
from archives import front, publish, publish_as, read_all
from hostile import STRINGS

from briefing.archive.machines import guard_cell
from briefing.archive.notices import write_blocks
from briefing.archive.search_page import write_search_box
from briefing.archive.standing import Schedule, look_around
from briefing.archive.write import write_archive
from briefing.blocks.blocks import Evidence
from briefing.page.links import LinkGroup, PageLink, check_links, part_links, write_links
from briefing.page.policy import check_page
from briefing.page.verify import read_page, verify_page
from briefing.page.words import read_words
from briefing.press.publish import OWNER, failure_path, remove_page, save_json

DAYS = ("1933-11-17", "1933-11-18", "1934-01-02")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with three editions of one question and one of another, and its archive."""
    for day in DAYS:
        publish(tmp_path, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
    publish(tmp_path, DAYS[1], series="hay/wet")
    write_archive(tmp_path)
    return tmp_path


def links_of(out: Path, address: str) -> dict[str, str]:
    """Give where the links of a page lead, by the words before them."""
    links = part_links((out / address).read_bytes()).blocks["neighbours"]
    return dict(re.findall(r'<li><b>([^<]*)</b> <a href="([^"]*)"', links))


def index(out: Path) -> str:
    return (out / "index.html").read_text(encoding="utf-8")


def test_every_page_leads_to_its_neighbours(out: Path) -> None:
    assert links_of(out, f"mules/{DAYS[1]}.html") == {
        "Previous": f"{DAYS[0]}.html", "Next": f"{DAYS[2]}.html", "Newest": "latest.html",
        "Front page": "../index.html", "Same day": f"../hay/wet/{DAYS[1]}.html",
        "Claims behind this page": f"{DAYS[1]}.claims.csv",
    }  # fmt: skip
    assert "Previous" not in links_of(out, f"mules/{DAYS[0]}.html")


def test_pages_whose_addresses_name_no_day_are_no_editions_of_one_question(tmp_path: Path) -> None:
    for name in ("mules", "mules/brown", "mules/grey"):
        publish_as(tmp_path, name, front())
    publish(tmp_path, DAYS[0])
    write_archive(tmp_path)
    assert links_of(tmp_path, "mules/grey.html").keys() == {"Front page", "Same day", "Claims behind this page"}
    assert "Previous" not in links_of(tmp_path, f"mules/{DAYS[0]}.html")
    blocks = [
        part_links(page).blocks
        for name, page in read_all(tmp_path).items()
        if name.endswith(("rown.html", "grey.html"))
    ]
    assert [(told["notices"], check_links(told)) for told in blocks] == [("", "")] * 2
    assert not [name for name in read_all(tmp_path) if ".." in name]


def test_what_leads_to_the_newest_edition_asks_nothing_and_works_without_a_script(out: Path) -> None:
    page = (out / "mules" / "latest.html").read_text(encoding="utf-8")
    assert f'http-equiv="refresh" content="0; url={DAYS[2]}.html"' in page and f'<a href="{DAYS[2]}.html"' in page


def stand_of(out: Path) -> dict[Path, int]:
    """Give when each file was written; a build asks the disk what time it is by touching who holds the lock."""
    files = (path for path in out.rglob("*") if path.is_file() and path != out / OWNER)
    return {path: path.stat().st_mtime_ns for path in files}


def test_a_second_build_changes_no_byte_and_writes_nothing(out: Path) -> None:
    before = stand_of(out)
    write_archive(out)
    assert stand_of(out) == before


def test_a_new_edition_changes_its_neighbour_and_what_leads_to_it(out: Path) -> None:
    before = read_all(out)
    new = publish(out, "1934-02-03")
    write_archive(out)
    changed = {name for name, content in read_all(out).items() if before.get(name) != content}
    beside = {f"mules/1934-02-03.claims.{kind}" for kind in ("csv", "json")}
    beside |= {f"{folder}feed.{kind}" for folder in ("", "mules/") for kind in ("xml", "json")}
    beside.add(f"mules/{DAYS[2]}..1934-02-03.html")
    around = {"mules/latest.html", "index.html", "archive.json", "search.html"}
    assert changed == {new, f"mules/{DAYS[2]}.html"} | around | beside


def test_an_edition_that_changed_changes_its_neighbour_and_what_tells_of_it(out: Path) -> None:
    publish(out, "1934-02-03")
    write_archive(out)
    before = read_all(out)
    changed = publish(out, DAYS[1], front("122 mules or more", day=DAYS[1]))
    write_archive(out)
    written = {name for name, content in read_all(out).items() if before.get(name) != content}
    beside = {f"mules/{DAYS[1]}.claims.{kind}" for kind in ("csv", "json")} | {f"mules/{DAYS[2]}.html"}
    since = {f"mules/{DAYS[0]}..{DAYS[1]}.html", f"mules/{DAYS[1]}..{DAYS[2]}.html"}
    around = {f"{folder}feed.{kind}" for folder in ("", "mules/") for kind in ("xml", "json")}
    assert written == {changed, "index.html", "archive.json", "search.html"} | beside | since | around


def test_an_archive_brought_up_to_date_is_the_same_as_one_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    for day in DAYS:
        publish(tmp_path / "once", day)
    shutil.copytree(tmp_path / "once", tmp_path / "step")
    publish(tmp_path / "step", DAYS[0], front(day=DAYS[0]))  # another page of the same rows
    publish(tmp_path / "step", DAYS[1], front("122 mules or more", day=DAYS[1]))
    write_archive(tmp_path / "step")
    shutil.copytree(tmp_path / "once", tmp_path / "step", dirs_exist_ok=True)
    for folder in ("step", "once"):
        write_archive(tmp_path / folder)
    assert read_all(tmp_path / "step") == read_all(tmp_path / "once")


def test_pythons_own_habits_are_left_as_they_were(out: Path) -> None:
    before = gc.get_threshold()
    write_archive(out)
    assert gc.get_threshold() == before


def test_a_page_made_again_with_the_same_bytes_keeps_its_links(out: Path) -> None:
    before = read_all(out)
    publish(out, DAYS[1], front(day=DAYS[1]))
    assert read_all(out) == before


def test_links_lie_outside_the_seal_and_verify_says_so(out: Path) -> None:
    told = {verdict.part: verdict for verdict in verify_page(read_page(out / f"mules/{DAYS[1]}.html"))}
    assert (told["page"].state, told["policy"].state, told["links"].state) == ("same", "same", "not checked")
    assert "outside the seal" in told["links"].detail


@pytest.mark.parametrize(
    "put",
    [
        '<li><b>a</b> <a href="https://example.org/">b</a></li>', '<li><b>a</b> <a href="javascript:x">b</a></li>',
        '<li><b>a</b> <a href="//example.org/a.html">b</a></li>', "<script>1</script>", "<p>It was withdrawn.</p>",
        '<li><b>a</b> <a href="a.html" onclick="x">b</a></li>', "</ul></nav></div><p>more</p>", "<img src=x>",
    ],
)  # fmt: skip
def test_anything_else_among_the_links_is_told_and_the_next_build_mends_it(out: Path, put: str) -> None:
    path = out / f"mules/{DAYS[1]}.html"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"<ul><li><b>Previous", f"<ul>{put}<li><b>Previous".encode()))
    told = {verdict.part: verdict.state for verdict in verify_page(read_page(path))}
    assert "differs" in (told["policy"], told["page"])
    write_archive(out)
    assert path.read_bytes() == good or "was changed after it was made" in index(out)


def test_a_page_that_was_tampered_with_is_named_and_nothing_leads_to_it(out: Path) -> None:
    path = out / f"mules/{DAYS[1]}.html"
    path.write_bytes(path.read_bytes().replace(b"98 mules", b"99 mules"))
    write_archive(out)
    assert "“How many mules? (mules)” (18 November 1933) was changed after it was made" in index(out)
    assert f'href="mules/{DAYS[1]}.html"' not in index(out)
    assert links_of(out, f"mules/{DAYS[0]}.html")["Next"] == f"{DAYS[2]}.html"
    assert not (out / f"mules/{DAYS[1]}.claims.csv").exists()


def test_pages_that_are_gone_held_or_failed_are_told(out: Path) -> None:
    (out / f"mules/{DAYS[1]}.html").unlink()
    for state, day in (("held", DAYS[2]), ("failed", "1934-03-04")):
        address = f"mules/{day}.html"
        noted = {"address": address, "briefing": "mules", "status": state, "parameters": {"as_of": day}}
        save_json(failure_path(out, address), noted)
    write_archive(out)
    for told in (
        "The page of “How many mules? (mules)” (18 November 1933) is no longer here.",
        "“How many mules? (mules)” (4 March 1934) could not be made.",
        "“How many mules? (mules)” (2 January 1934) was held back: a check found a problem. "
        "The last good page is here.",
    ):  # fmt: skip
        assert told in index(out)
    assert [told["state"] for told in json.loads((out / "archive.json").read_text())["missing"]] == [
        "gone", "held", "failed",
    ]  # fmt: skip


def test_what_stood_beside_a_retired_page_goes_with_it(out: Path) -> None:
    remove_page(out, f"mules/{DAYS[1]}.html")
    write_archive(out)
    assert [name for name in read_all(out) if DAYS[1] in name and name.startswith("mules")] == []
    assert [path for path in (out / ".press/archive").rglob(f"*{DAYS[1]}*") if "hay" not in path.parts] == []


def test_a_file_of_the_archive_that_somebody_changed_is_mended(out: Path) -> None:
    before = read_all(out)
    for name in ("index.html", "mules/latest.html", f"mules/{DAYS[0]}.claims.csv", "archive.json"):
        (out / name).write_bytes(b"changed")
    write_archive(out)
    assert read_all(out) == before


def test_the_front_page_draws_ranges_and_what_is_open_and_no_midpoint(out: Path) -> None:
    svg = re.search(r'<svg viewBox.*?aria-label="([^"]*)".*?</svg>', index(out))
    assert svg and svg[1] == "Mules lent: 98 mules (17 November 1933), now 122 mules or more (2 January 1934)"
    assert re.findall(r'class="(\w+)" d="([^"]*)"', svg[0])[1:] == [
        ("point", "M6 16h0M13 16h0M314 6h0"), ("open", "M314 6V0"),
    ]  # fmt: skip


def test_no_line_is_drawn_where_the_newest_edition_leads_with_another_number(out: Path) -> None:
    publish(out, "1934-02-02", front(day="1934-02-02", tiles=()))
    write_archive(out)
    assert 'class="spark"' not in index(out)


def test_an_answer_is_said_again_unless_the_edition_above_gave_it_too(tmp_path: Path) -> None:
    days = [f"1933-11-{day}" for day in range(10, 15)]
    for day, answer in zip(days, ("Yes.", "Yes.", "No.", "No.", "Yes."), strict=True):
        publish(tmp_path, day, front(day=day, bottom_line=(answer,)))
    write_archive(tmp_path)
    told = re.findall(r'<li><a href="mules/[^"]*-(\d\d)\.html">[^<]*</a>(?:<p[^>]*>([^<]*))?', index(tmp_path))
    assert told == [("13", "No."), ("12", ""), ("11", "Yes."), ("10", "")]


def test_a_question_with_many_editions_has_a_list_of_its_own(tmp_path: Path) -> None:
    for number in range(43):
        publish(tmp_path, f"19{33 + number}-11-17", front(day=f"19{33 + number}-11-17"))
    write_archive(tmp_path)
    listed = (tmp_path / "mules/index.html").read_text(encoding="utf-8")
    assert listed.count("<li><a") == 43 and '<a href="mules/index.html">All 43 editions</a>' in index(tmp_path)
    assert index(tmp_path).count("<li><a") == 40
    assert '<h2 class="year">1975</h2>' in listed and "<h3" not in listed  # no level of headings is left out


def test_every_edition_is_listed_with_its_hashes_and_its_parents(out: Path) -> None:
    listed = {told["address"]: told for told in json.loads((out / "archive.json").read_text())["editions"]}
    told = listed[f"mules/{DAYS[1]}.html"]
    assert told["parents"]["previous"] == f"mules/{DAYS[0]}.html"
    assert {"run", "notebook", "code", "template"} <= told["parents"]["made_from"].keys()
    beside = {f"mules/{DAYS[1]}.claims.csv", f"mules/{DAYS[1]}.claims.json", f"mules/{DAYS[0]}..{DAYS[1]}.html"}
    assert told["files"].keys() == beside
    assert '"@type":"Dataset"' in index(out)


def test_claims_beside_a_page_are_those_that_it_cites(out: Path) -> None:
    text = (out / f"mules/{DAYS[2]}.claims.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["claim_id"], row["low"], row["high"], row["source_publisher"]) == (
        "tr-2", "122", "", "The Fredonia Gazette",
    )  # fmt: skip
    told = json.loads((out / f"mules/{DAYS[2]}.claims.json").read_text(encoding="utf-8"))
    assert [claim["id"] for claim in told["claims"]] == ["tr-2"] and told["as_of"] == DAYS[2]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "a;=1", "\uff1d1", "\u200b=1"])
def test_no_cell_of_a_file_of_claims_is_a_formula(cell: str) -> None:
    assert "'" in guard_cell(cell)


def test_hostile_words_are_words_on_the_front_page_and_in_links(tmp_path: Path) -> None:
    hostile = " ".join(STRINGS).encode("utf-8", "replace").decode()
    evidence = Evidence(claims=(f.claim("tr-1", claimant=hostile, wording=hostile),), sources=f.SOURCES)
    for day in DAYS[:2]:
        publish(tmp_path, day, front(day=day, title=hostile).model_copy(update={"evidence": evidence}))
    publish(tmp_path, DAYS[1], series="hay")
    write_archive(tmp_path)
    blocks = part_links((tmp_path / f"hay/{DAYS[1]}.html").read_bytes()).blocks
    assert check_links(blocks) == "" and "Same day" in blocks["neighbours"]
    sheet = index(tmp_path).replace(write_search_box(words=read_words("en")), "")
    sheet = re.sub('<link rel="alternate" [^<>]*>', "", sheet)  # of which a page has none
    told = [problem for problem in check_page(sheet) if "a page has no href such as that" not in problem]
    assert [problem for problem in told if "lets through" not in problem] == []


def test_what_is_no_language_is_no_language_of_a_link() -> None:
    links = [PageLink("a.html", "A", language) for language in ("uk", 'uk"><b>', "x" * 36)]
    written = write_links("Others", [LinkGroup("Same day", links)])
    assert check_links({"neighbours": written}) == "" and written.count("lang=") == 1


def test_a_folder_without_a_page_says_so(tmp_path: Path) -> None:
    write_archive(tmp_path)
    assert "No page has been built yet." in index(tmp_path)


def test_a_ukrainian_page_leads_on_in_ukrainian(tmp_path: Path) -> None:
    for day in DAYS[:2]:
        publish(tmp_path, day, language="uk")
    write_archive(tmp_path)
    assert links_of(tmp_path, f"mules/{DAYS[0]}.html")["Наступний"] == f"{DAYS[1]}.html"
    assert '<html lang="uk"' in index(tmp_path) and "1 давніший випуск" in index(tmp_path)


def test_each_page_says_first_what_is_new_and_leads_there(out: Path) -> None:
    blocks = [part_links((out / f"mules/{day}.html").read_bytes()).blocks for day in DAYS]
    assert "This is the first edition." in blocks[0]["since"]
    assert f'<a href="{DAYS[1]}..{DAYS[2]}.html">Since 18 November 1933: ' in blocks[2]["since"]
    assert f'<a href="{DAYS[1]}..{DAYS[2]}.html#' in blocks[2]["since"]
    assert [check_links(told) for told in blocks] == ["", "", ""]
    told = {verdict.part: verdict for verdict in verify_page(read_page(out / f"mules/{DAYS[2]}.html"))}
    assert (told["policy"].state, told["links"].state) == ("same", "not checked")


def test_an_older_edition_leads_to_the_newest_and_the_newest_says_when_the_next_is_due(out: Path) -> None:
    archive = replace(look_around(out), schedules={"mules": Schedule("0 6 * * 5")})
    told = {address: blocks["notices"] for address, blocks in write_blocks(archive).items()}
    assert 'A newer edition is here: <a href="latest.html">' in told[f"mules/{DAYS[1]}.html"]
    assert '<time datetime="1934-01-05">5 January 1934</time>' in told[f"mules/{DAYS[2]}.html"]
    assert told[f"hay/wet/{DAYS[1]}.html"] == ""

"""What the search is made from: each claim once, under its newest edition; only what changed is packed again."""

from __future__ import annotations

import base64
import json
import re
import zlib
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import freedonia as f
import pytest
from archives import LARGE, front, publish, read_all, write_large_search
from recorded import record

from briefing.archive.search_entries import write_edition
from briefing.archive.search_index import MOST_BYTES, Holding, plan_parts
from briefing.archive.standing import look_around
from briefing.archive.write import write_archive
from briefing.blocks.blocks import Evidence
from briefing.page.policy import find_policy, find_scripts
from briefing.page.words import read_words
from briefing.press.publish import remove_page

DAYS = ("1933-11-17", "1933-11-18", "1934-01-02")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with three editions of one question and one of another, and its archive."""
    for day in DAYS:
        publish(tmp_path, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
    publish(tmp_path, DAYS[1], series="hay/wet")
    write_archive(tmp_path)
    return tmp_path


def index_of(out: Path, name: str = "search.html") -> tuple[dict[str, Any], list[list[str]]]:
    """Unpack the index of a page as a browser does: what its pieces say in their first lines, and the other lines."""
    page = (out / name).read_text(encoding="utf-8")
    head: dict[str, Any] = {"rows": [], "others": []}
    lines: list[list[str]] = []
    for packed in re.findall(r'class="search_index">([^<]+)</script>', page):
        first, *rest = zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS).decode().splitlines()
        told = json.loads(first)
        head = {**head, **told, **{name: head[name] + told[name] for name in ("rows", "others")}}
        lines += [line.split("\t") for line in rest]
    assert page.count('class="search_index">') == head["pieces"]
    return head, lines


def claims_of(out: Path) -> dict[str, tuple[str, int]]:
    """Give, for each claim of the index, the edition that it leads to and how many others carry it."""
    head, lines = index_of(out)
    places = zip(lines[len(head["editions"]) :], head["rows"], head["others"], strict=True)
    return {line[0]: (head["editions"][at][0], others) for line, at, others in places}


def kept(out: Path) -> dict[str, int]:
    """Give when each file that the search keeps was last written."""
    files = (out / ".press/archive/search").rglob("*.*")
    return {path.name: path.stat().st_mtime_ns for path in files}


def test_a_claim_is_found_once_under_the_newest_edition_that_carries_it(out: Path) -> None:
    assert claims_of(out) == {"tr-1": ("hay/wet/1933-11-18.html", 2), "tr-2": ("mules/1934-01-02.html", 0)}


def test_an_edition_is_found_by_its_question_answer_day_tiles_headings_and_name(out: Path) -> None:
    _, lines = index_of(out)
    assert [line for line in lines if line[-1] == "hay/wet/1933-11-18"] == [[
        "How many mules?", "The Ferrymen count 98 mules.", "18 November 1933\x1f1933-11-18",
        "Mules lent: 98 mules, The Ferrymen", "They came by ferry", "", "hay/wet/1933-11-18",
    ]]  # fmt: skip


def test_a_likelihood_that_the_answer_says_is_not_said_twice() -> None:
    told = record(answer="It is unlikely (20–45 %).", term="unlikely (20–45 %)")
    assert write_edition(told, words=read_words("en")).count("unlikely") == 1
    assert "No.\x1funlikely" in write_edition(replace(told, answer="No."), words=read_words("en"))


def test_a_claim_is_found_by_what_it_counts_who_says_so_where_when_and_where_it_was_read(tmp_path: Path) -> None:
    claim = f.claim("tr-1", where="Fredonia Ferry")
    head = front().model_copy(update={"evidence": Evidence(claims=(claim,), sources=f.SOURCES)})
    publish(tmp_path, DAYS[0], head)
    write_archive(tmp_path)
    assert index_of(tmp_path)[1][-1] == [
        "tr-1", "Mules lent to Sylvania", "Mule", "98", "98 mules, counted at the ferry", "The Ferrymen",
        "Freedonia to Sylvania", "Fredonia Ferry", "9–28 October 1933", "The Fredonia Gazette", "Mules cross the river",
    ]  # fmt: skip


def test_a_large_index_has_a_piece_a_month_and_the_first_says_what_is_in_the_others(tmp_path: Path) -> None:
    write_large_search(tmp_path)
    head, lines = index_of(tmp_path)
    assert (head["pieces"], head["older"], head["titles"]) == (3, "1933-12-01", "Mule Mules Stone Stones lent tr")
    assert len(lines) == 3 + 3 * LARGE and {head["rows"][0], head["rows"][-1]} == {0, 2}


def test_a_claim_that_was_reworded_is_found_by_either_wording(tmp_path: Path) -> None:
    for day, wording in ((DAYS[0], "98 mules"), (DAYS[1], "ninety-eight mules")):
        claims = (f.claim("tr-1", wording=wording),)
        publish(
            tmp_path, day, front(day=day).model_copy(update={"evidence": Evidence(claims=claims, sources=f.SOURCES)})
        )
    write_archive(tmp_path)
    assert {line[4] for line in index_of(tmp_path)[1][2:]} == {"98 mules", "ninety-eight mules"}


def test_a_second_build_writes_nothing_and_one_from_nothing_gives_the_same_bytes(out: Path) -> None:
    publish(out, "1934-02-03")
    write_archive(out)
    pages, stamps = read_all(out), kept(out)
    write_archive(out)
    assert kept(out) == stamps
    for path in (out / ".press/archive/search").rglob("*.*"):
        path.unlink()
    write_archive(out)
    assert read_all(out) == pages and kept(out).keys() == stamps.keys()


def test_a_new_edition_packs_its_own_month_and_those_that_lose_a_claim_to_it(out: Path) -> None:
    publish(out, "1933-10-01", front(day="1933-10-01"))
    write_archive(out)
    before = kept(out)
    publish(out, "1934-02-03", front(day="1934-02-03"))
    write_archive(out)
    changed = {name for name, stamp in kept(out).items() if before.get(name) != stamp}
    assert {name for name in changed if name[0] == "1"} == {"1933-11.bin", "1934-02.bin"}


@pytest.mark.parametrize("damage", ["months/1933-11.bin", "parts/search.bin", "editions.bin", "state.json"])
def test_what_is_kept_of_the_search_and_damaged_is_made_again(out: Path, damage: str) -> None:
    path, pages = out / ".press/archive/search" / damage, read_all(out)
    path.write_bytes(b"damaged")
    (out / "search.html").unlink()
    write_archive(out)
    assert read_all(out) == pages
    publish(out, "1934-02-03")
    write_archive(out)
    assert claims_of(out)["tr-1"] == ("mules/1934-02-03.html", 3)


def test_a_search_that_somebody_changed_is_mended_and_goes_when_there_is_nothing_to_search(out: Path) -> None:
    before = read_all(out)
    (out / "search.html").write_bytes(b"changed")
    write_archive(out)
    assert read_all(out) == before
    for address in [name for name in before if re.search(r"\d\.html", name)]:
        remove_page(out, address)
    write_archive(out)
    assert not (out / "search.html").exists() and 'role="search"' not in (out / "index.html").read_text()


def test_the_search_runs_its_own_script_alone_and_asks_nobody(out: Path) -> None:
    page = (out / "search.html").read_text(encoding="utf-8")
    assert len(find_scripts(page)) == 1 and "'unsafe" not in page and "connect-src" not in page
    assert find_policy(page).startswith("default-src 'none'; script-src 'sha256-")
    assert re.findall(r'<script( type="[^"]*")?', page).count("") == 1 and " src=" not in page


def test_years_that_do_not_fit_one_page_have_pages_of_their_own(out: Path) -> None:
    months = {
        record.as_of[:7]: [Holding(record, "", array("Q"), array("Q"), (0, 0, 0))]
        for record in look_around(out).records
    }
    sizes = dict.fromkeys(months, MOST_BYTES // 2)
    told = [(part.name, part.label, part.months) for part in plan_parts(months, sizes)]
    assert told == [("search.html", "1934", ("1934-01",)), ("search/1933.html", "1933", ("1933-11",))]
    (whole,) = plan_parts(months, dict.fromkeys(months, 9))
    assert (whole.label, whole.months) == ("", ("1934-01", "1933-11"))


def test_a_year_that_does_not_fit_one_page_is_parted_by_months(out: Path) -> None:
    held = [Holding(look_around(out).records[0], "", array("Q"), array("Q"), (0, 0, 0))]
    months = dict.fromkeys(("1933-10", "1933-11", "1933-12", "1934-01"), held)
    told = [(part.name, part.label) for part in plan_parts(months, dict.fromkeys(months, MOST_BYTES // 3))]
    assert told == [
        ("search.html", "1934"), ("search/1933.html", "1933-11/1933-12"), ("search/1933-2.html", "1933-10/1933-10"),
    ]  # fmt: skip

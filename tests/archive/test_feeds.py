"""Feeds: what a reader of feeds takes in, what it knows an edition by, and when it is told that one is new."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from archives import front, publish, read_all
from atomfeed import list_faults_of_atom
from hostile import STRINGS
from jsonfeed import list_faults
from markupsafe import escape

from briefing.archive.atom import write_atom
from briefing.archive.entries import Feed, FeedEntry
from briefing.archive.feeds import MOST, make_feeds
from briefing.archive.jsonfeed import write_json_feed
from briefing.archive.records import Record
from briefing.archive.standing import Archive, look_around
from briefing.archive.write import write_archive
from briefing.page.exporter import render_page
from briefing.press.orders import unpack
from briefing.press.publish import PRESS, manifest_path, publish_page, read_json, run_path, save_json

DAYS = ("1933-11-17", "1933-11-18", "1934-01-02")
ADDRESS = "https://example.org/ferry/"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with three editions of one question, the last with another answer, and one of another."""
    for day in DAYS:
        publish(tmp_path, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
    publish(tmp_path, DAYS[1], front(day=DAYS[1], title="How much hay?"), series="hay/wet")
    write_archive(tmp_path)
    return tmp_path


def name_archive(out: Path, **about: str) -> None:
    """Say what the archive is called and where it lies, as a build with a catalog does."""
    told = {"address": "", "title": "", "author": "", **about}
    save_json(out / PRESS / "archive/about.json", {**told, "seed": told["address"]})
    write_archive(out)


def read_feed(out: Path, name: str = "feed.xml") -> Any:
    """Read a feed as a reader of feeds does, which finds nothing wrong with it."""
    content = (out / name).read_bytes()
    assert list_faults_of_atom(content) == []
    feed = feedparser.parse(content)
    assert not feed.bozo and feed.version == "atom10"
    return feed


def read_items(out: Path, name: str = "feed.json") -> list[dict[str, Any]]:
    """Read the items of a JSON feed, in which there is no fault."""
    feed = json.loads((out / name).read_text(encoding="utf-8"))
    assert list_faults(feed) == []
    return list(feed["items"])


def test_a_feed_tells_the_newest_edition_first_with_its_answer_and_what_changed(out: Path) -> None:
    feed = read_feed(out, "mules/feed.xml")
    assert [entry.title for entry in feed.entries] == [
        f"How many mules? ({day})" for day in ("2 January 1934", "18 November 1933", "17 November 1933")
    ]
    newest, same, first = (entry.content[0].value for entry in feed.entries)
    assert "<strong>The Ferrymen count 122 mules or more.</strong>" in newest and "Since 18 November 1933" in newest
    assert "Nothing changed since 17 November 1933." in same and "This is the first edition." in first


def test_a_feed_of_all_has_what_the_feed_of_each_briefing_has(out: Path) -> None:
    titles = {
        name: {entry.id for entry in read_feed(out, name).entries}
        for name in ("feed.xml", "mules/feed.xml", "hay/feed.xml")
    }
    assert titles["feed.xml"] == titles["mules/feed.xml"] | titles["hay/feed.xml"] and len(titles["feed.xml"]) == 4


def test_both_kinds_of_feed_tell_the_same(out: Path) -> None:
    entries, items = read_feed(out).entries, read_items(out)
    assert [(entry.id, entry.title, entry.updated, entry.content[0].value) for entry in entries] == [
        (item["id"], item["title"], item["date_modified"], item["content_html"].rstrip("\n")) for item in items
    ]


def test_without_an_address_links_are_relative_and_json_has_none(out: Path) -> None:
    feed = (out / "mules/feed.xml").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]*)"', feed)[:3] == ["feed.xml", "../index.html", f"{DAYS[2]}.html"]
    assert "url" not in read_items(out)[0]


def test_with_an_address_every_link_is_whole(out: Path) -> None:
    name_archive(out, address=ADDRESS, title="On mules", author="The ferry desk")
    feed = read_feed(out, "mules/feed.xml")
    assert {link["rel"]: link["href"] for link in feed.feed.links} == {
        "self": f"{ADDRESS}mules/feed.xml", "alternate": f"{ADDRESS}index.html",
    }  # fmt: skip
    assert (feed.feed.author, feed.entries[0].link) == ("The ferry desk", f"{ADDRESS}mules/{DAYS[2]}.html")
    assert read_items(out)[0]["url"] == f"{ADDRESS}mules/{DAYS[2]}.html"
    assert f'<a href="{ADDRESS}mules/{DAYS[1]}..{DAYS[2]}.html">Since' in feed.entries[0].content[0].value


def test_ids_stay_where_the_archive_moves(out: Path) -> None:
    name_archive(out, address=ADDRESS)
    before = [entry.id for entry in read_feed(out).entries]
    save_json(out / PRESS / "archive/about.json", {"address": "https://example.net/", "seed": ADDRESS})
    write_archive(out)
    assert [entry.id for entry in read_feed(out).entries] == before
    assert read_feed(out).entries[0].link.startswith("https://example.net/")


def test_an_edition_that_says_something_else_is_news_and_keeps_its_id(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_feed(out, "mules/feed.xml")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    publish(out, DAYS[0], front("122 mules or more", day=DAYS[0]))
    write_archive(out)
    after = read_feed(out, "mules/feed.xml")
    assert (after.entries[0].id, after.entries[0].updated) == (before.entries[2].id, "2023-11-14T22:13:20Z")
    assert after.entries[0].published == before.entries[2].published == f"{DAYS[0]}T00:00:00Z"
    assert after.feed.updated == "2023-11-14T22:13:20Z"


def test_a_page_that_is_made_again_and_says_the_same_is_no_news(out: Path) -> None:
    before = read_feed(out, "mules/feed.xml").entries
    address = f"mules/{DAYS[1]}.html"
    run = run_path(out, address).read_bytes()
    page = render_page(unpack(run), edition=f"mules/{DAYS[1]}", language="uk", interactive=False)
    publish_page(out, address, page.encode(), read_json(manifest_path(out, address)), run=run)
    write_archive(out)
    after = read_feed(out, "mules/feed.xml").entries
    assert [(entry.id, entry.updated) for entry in before] == [(entry.id, entry.updated) for entry in after]
    assert "17 листопада 1933" in after[1].content[0].value


def test_a_second_build_writes_no_feed_and_another_folder_has_the_same_bytes(
    out: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for day in DAYS:
        publish(other, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
    publish(other, DAYS[1], front(day=DAYS[1], title="How much hay?"), series="hay/wet")
    write_archive(other)
    assert {name: made for name, made in read_all(other).items() if "feed" in name} == make_feeds(look_around(out))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    write_archive(out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


def test_a_feed_that_somebody_changed_is_mended(out: Path) -> None:
    before = read_all(out)
    for name in ("feed.xml", "mules/feed.json"):
        (out / name).write_bytes(b"<feed/>")
    write_archive(out)
    assert read_all(out) == before


def test_a_feed_holds_the_newest_few(tmp_path: Path) -> None:
    days = [str(date(1933, 1, 1) + timedelta(days=number)) for number in range(MOST + 2)]
    records = tuple(Record(f"mules/{day}.html", "mules", f"page of {day}", as_of=day, issued=day) for day in days)
    feed = feedparser.parse(make_feeds(Archive(tmp_path, records))["feed.xml"])
    assert len(feed.entries) == MOST and feed.entries[0].link == f"mules/{days[-1]}.html"


def test_the_front_page_leads_to_the_feeds(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate" type="application/atom+xml" href="feed.xml" title="Briefings">' in page
    for name in ("feed.xml", "feed.json", "mules/feed.xml", "hay/feed.xml"):
        assert f'<a href="{name}">' in page


def test_an_archive_without_a_page_has_no_feed(tmp_path: Path) -> None:
    write_archive(tmp_path)
    assert not (tmp_path / "feed.xml").exists() and "feed" not in (tmp_path / "index.html").read_text()


@pytest.mark.parametrize("text", [*STRINGS, "a\x0bb\x0cc\ud800]]>&amp;\ufffe", "</content></entry>"])
def test_whatever_a_text_holds_a_feed_is_valid(text: str) -> None:
    moment, html = "2031-01-01T00:00:00Z", f"<p>{escape(text)}</p>"
    entry = FeedEntry("urn:x:1", text, "a.html", moment, moment, text, html, text, "en", text)
    feed = Feed("urn:x:0", text, text, "en", "index.html", "feed", (entry,), is_public=False)
    written = write_atom(feed)
    assert list_faults_of_atom(written) == [] and len(feedparser.parse(written).entries) == 1
    assert list_faults(json.loads(write_json_feed(feed))) == []

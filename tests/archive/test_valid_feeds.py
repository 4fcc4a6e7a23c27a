"""Feeds hold against validators: a grammar and a schema that others published, and what those two cannot say.

Each validator is shown to refuse what is broken, and to say why.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from archives import front, publish
from atomfeed import list_faults_of_atom
from feedmarkup import list_faults_in_markup
from hostile import STRINGS
from jsonfeed import list_faults
from nbformat import NotebookNode

from briefing.archive.write import write_archive
from briefing.page.exporter import render_page
from briefing.press.orders import pack
from briefing.press.publish import PRESS, publish_page, save_json

ADDRESS = "https://example.org/ferry/"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an archive of the second dossier: of three questions, one in another language, one whose words mean harm."""
    out = tmp_path_factory.mktemp("reports")
    for day in ("1933-11-17", "1933-11-18", "1934-01-02"):
        publish(out, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
    publish(out, "1933-11-18", front(day="1933-11-18", title="Скільки сіна?"), series="hay/wet", language="uk")
    harm = " ".join(STRINGS).encode("utf-8", "replace").decode()
    publish(out, "1934-01-02", front(title=harm, day="1934-01-02", bottom_line=(harm,)), series="harm")
    return write(out, address=ADDRESS)


def write(out: Path, *, address: str = "") -> Path:
    """Write an archive that has an address, or none."""
    about = {"address": address, "title": "On mules", "author": "The ferry desk", "seed": address}
    save_json(out / PRESS / "archive/about.json", about)
    write_archive(out)
    return out


def check_feeds(out: Path, *, address: str = "") -> Iterator[str]:
    """Check every feed of an archive, of both kinds; each is named that was checked."""
    for path in sorted(out.rglob("feed.*")):
        name = path.relative_to(out).as_posix()
        lies = f"{address}{name}" if address else ""
        content = path.read_bytes()
        is_atom = path.suffix == ".xml"
        faults = (
            list_faults_of_atom(content, address=lies) if is_atom else list_faults(json.loads(content), address=lies)
        )
        assert (name, faults) == (name, [])
        yield name


def test_every_feed_of_the_second_dossier_is_valid_with_an_address(out: Path) -> None:
    folders = ("", "harm/", "hay/", "mules/")
    assert {*check_feeds(out, address=ADDRESS)} == {
        f"{folder}feed.{kind}" for folder in folders for kind in ("json", "xml")
    }


def test_every_feed_is_valid_without_an_address(tmp_path: Path) -> None:
    publish(tmp_path, "1933-11-17")
    publish(tmp_path, "1933-11-18")
    assert len([*check_feeds(write(tmp_path))]) == 4


@pytest.mark.long
def test_every_feed_of_the_shipped_dossier_is_valid(tmp_path: Path, ran: Callable[..., NotebookNode]) -> None:
    for day in ("2022-12-19", "2023-06-30"):
        notebook = ran("statements", day)
        page = render_page(notebook, edition=f"statements/{day}", interactive=False)
        manifest = {"briefing": "statements", "title": "", "parameters": {"as_of": day}}
        publish_page(tmp_path, f"statements/{day}.html", page.encode(), manifest, run=pack(notebook))
    assert len([*check_feeds(write(tmp_path, address=ADDRESS), address=ADDRESS)]) == 4


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("<title>", "<titel>", "no XML"),
        ("<feed ", "<!DOCTYPE feed><feed ", "a document type is declared"),
        (' <author>\n  <name>The ferry desk</name>\n </author>', "", "entry: without an author"),
        (" <updated>", " <changed>1</changed><updated>", "Element feed failed to validate"),
        ("T00:00:00Z</updated>", " 00:00:00Z</updated>", "Element updated failed to validate"),
        ("T00:00:00Z</updated>", "T00:00:00</updated>", "Element updated failed to validate"),
        ("01-02T00:00:00Z</updated>", "06-31T00:00:00Z</updated>", "Type dateTime doesn't allow"),
        ("T00:00:00Z</updated>", "T24:00:00Z</updated>", "hour must be in"),
        ('rel="self"', 'role="self"', "Invalid attribute role"),
        ('rel="self"', 'rel="itself"', "'itself' is no registered relation"),
        ('rel="self"', 'rel="related"', "0 links to itself"),
        (f'href="{ADDRESS}feed.xml"', 'href="feed.xml"', "but it lies at"),
        ('type="application/atom+xml"', 'type="text/xml"', "of the type text/xml"),
        ('type="html"', 'type="markdown"', "Element entry failed to validate"),
        ('xml:lang="en"', 'xml:lang="e_n"', "Invalid attribute lang"),
        ('xml:lang="en"', "", "in no language"),
        ("<id>urn:uuid:", "<id>", "no absolute address"),
        ("<id>urn:uuid:", "<id>urn:uuid:0", "not written as urn:uuid:"),
        ("<id>", "<id> ", "Error validating datatype string"),
        ("<title>On mules</title>", "<title> </title>", "title: blank"),
        ("<updated>1934-01-02", "<updated>1931-01-02", "updated before an entry of its own"),
        ("<published>1934-01-02", "<published>1935-01-02", "updated before it was published"),
        (f'href="{ADDRESS}mules/', 'href="100%/', "'100%/1934-01-02.html' is no address"),
        ('<category term="mules" />', '<category term="" />', "a blank term"),
        (f"&lt;a href=\"{ADDRESS}mules", "&lt;a href=\"mules", "content: the address"),
        ("&lt;strong&gt;", "&lt;script&gt;", "<script> may run"),
        ("&lt;p&gt;", '&lt;p onclick="1"&gt;', "the attribute onclick"),
        ("&lt;/p&gt;", "", "<p> is never closed"),
    ],
)  # fmt: skip
def test_a_broken_atom_feed_is_refused_with_the_reason(out: Path, before: str, after: str, reason: str) -> None:
    whole = (out / "feed.xml").read_text(encoding="utf-8")
    faults = list_faults_of_atom(whole.replace(before, after, 1).encode(), address=f"{ADDRESS}feed.xml")
    assert before in whole and any(reason in fault for fault in faults), faults


def test_an_atom_feed_with_one_id_twice_is_refused(out: Path) -> None:
    whole = (out / "feed.xml").read_text(encoding="utf-8")
    first, second = (entry.partition("</id>")[0] for entry in whole.split("<entry>\n  <id>")[1:3])
    assert list_faults_of_atom(whole.replace(first, second).encode()) == [f"id {second!r} is that of 2"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda feed: feed.pop("title"), "'title' is a required property"),
        (lambda feed: feed.update(title=""), "title: blank"),
        (lambda feed: feed.update(version="1.1"), "'1.1' is not one of"),
        (lambda feed: feed.update(version="https://jsonfeed.org/version/1"), "is an older one"),
        (lambda feed: feed.update(feed_url="feed.json"), "'feed.json' is not a 'uri'"),
        (lambda feed: feed.update(feed_url=ADDRESS), "it lies at"),
        (lambda feed: feed.pop("home_page_url"), "it lies at"),
        (lambda feed: feed.update(author={"name": "A"}), "version 1.1 has authors"),
        (lambda feed: feed.update(language="english!"), "is no language"),
        (lambda feed: feed.update(updated="1934"), "'updated' does not match"),
        (lambda feed: feed["items"][0].pop("id"), "'id' is a required property"),
        (lambda feed: feed["items"][0].update(id=7), "7 is not of type 'string'"),
        (lambda feed: feed["items"][0].update(id=feed["items"][1]["id"]), "is that of 2"),
        (lambda feed: feed["items"][0].update(date_modified="1934-01-02 00:00"), "is not a 'date-time'"),
        (lambda feed: feed["items"][0].update(date_published="1999-01-01T00:00:00Z"), "before it was published"),
        (lambda feed: feed["items"][0].update(url="a b"), "'a b' is not a 'uri'"),
        (lambda feed: feed["items"][0].update(url="urn:x:y"), "no address of the web"),
        (lambda feed: feed["items"][0].update(tags="mules"), "'mules' is not of type 'array'"),
        (lambda feed: feed["items"][0].update(tags=["a", "a"]), "tags: one twice"),
        (lambda feed: feed["items"].append({"id": "a"}), "is not valid under any"),
        (lambda feed: feed["items"][0].update(content_html="<p>1 < 2</p>"), "not written as one"),
        (lambda feed: feed["items"][0].update(content_html="<iframe></iframe>"), "<iframe> may run"),
    ],
)  # fmt: skip
def test_a_broken_json_feed_is_refused_with_the_reason(out: Path, change: Callable[[Any], Any], reason: str) -> None:
    feed = json.loads((out / "feed.json").read_text(encoding="utf-8"))
    change(feed)
    faults = list_faults(feed, address=f"{ADDRESS}feed.json")
    assert any(reason in fault for fault in faults), faults


@pytest.mark.parametrize(
    "markup",
    ["<p>", "</p>", "<b><i></b></i>", "<x>", "<style></style>", "<p style='a'>", "a & b", "<!-- -->", "<!a>",
     "<?php ?>", "<a href='javascript:1'>a</a>",
     "<a href='/a'>a</a>", "<a href='//example.org'>a</a>", "<img src='a.png'>"],
)  # fmt: skip
def test_markup_that_is_broken_or_not_safe_is_refused(markup: str) -> None:
    assert list_faults_in_markup(markup) != []
    assert list_faults_in_markup("<p>a &amp; b &lt; c<br><a href='https://example.org/'>d</a></p>") == []

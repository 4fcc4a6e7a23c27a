"""The archive's index and the page of a failed edition."""

from __future__ import annotations

from pathlib import Path

import hostile
from briefing.press.archive import make_index

from briefing.editions.catalog import Briefing, Edition
from briefing.engine.run import Failure
from briefing.page.policy import check_page
from briefing.page.tame import tame_text
from briefing.press.failed import command, make_failed_page

#: All hostile texts, as one.
TOGETHER = " ".join(hostile.STRINGS)


def manifest(address: str, **parameters: str) -> dict[str, object]:
    return {"address": address, "briefing": address.split("/")[0], "title": "<Q>?", "parameters": parameters}


def test_the_newest_edition_of_a_briefing_stands_first() -> None:
    days = ["2022-12-19", "2023-06-30"]
    index = make_index([manifest(f"s/{day}.html", as_of=day) for day in days]).decode()
    assert index.index("30 June 2023") < index.index("19 December 2022")
    assert 'href="s/2023-06-30.html"' in index


def test_titles_are_text_and_nothing_is_fetched() -> None:
    index = make_index([manifest("s/putin/2022-12-19.html", as_of="2022-12-19")]).decode()
    assert "&lt;Q&gt;?" in index and "putin" in index
    assert (
        "default-src &#x27;none&#x27;" in index and "<script" not in index and "http" not in index.split("</head>")[1]
    )


def test_a_page_is_listed_with_what_it_asks_and_answers() -> None:
    cover = {"question": "Do they <cross>?", "bottom_line": "It is <unlikely>."}
    index = make_index([manifest("s/2022-12-19.html", as_of="2022-12-19") | {"cover": cover}]).decode()
    assert ">Do they &lt;cross&gt;?</a>" in index and "19 December 2022" in index
    assert "<p>It is &lt;unlikely&gt;.</p>" in index


def test_a_page_whose_day_is_no_day_takes_the_index_from_nobody() -> None:
    index = make_index([manifest("s/draft.html", as_of="draft"), manifest("t/2022-12-19.html", as_of="2022-12-19")])
    assert ">draft</a>" in index.decode() and "19 December 2022" in index.decode()


def test_an_empty_archive_says_so() -> None:
    assert "No page has been built yet" in make_index([]).decode()


def test_a_failed_page_says_where_why_and_how_to_run_it_again() -> None:
    edition = Edition("s/x/2022-12-19.html", Briefing("s", Path("s.ipynb")), {"as_of": "2022-12-19", "who": "<x> y"})
    failure = Failure("s.ipynb", "Found", 3, 2, "a < b", "NameError: a", edition.values, "Traceback ...")
    page = make_failed_page(edition, failure=failure.to_dict(), reasons=("it <failed>",)).decode()
    for part in ("it &lt;failed&gt;", "<dd>Found</dd>", "<dd>a &lt; b</dd>", "-p who &#x27;&lt;x&gt; y&#x27;"):
        assert part in page
    assert command(edition) == "briefing render s -p as_of 2022-12-19 -p who '<x> y'"


def index_of(title: str) -> hostile.Reader:
    made = make_index([manifest("s/x/2022-12-19.html", as_of="2022-12-19") | {"title": title}])
    return hostile.read(made.decode())


def failed_of(text: str) -> str:
    edition = Edition("s/x.html", Briefing("s", Path("s.ipynb"), text), {"who": text})
    failure = Failure(text, text, 3, 2, text, text, edition.values, text)
    return make_failed_page(edition, failure=failure.to_dict(), reasons=(text,)).decode()


def test_hostile_titles_are_text_in_the_index() -> None:
    read, clean = index_of(TOGETHER), index_of("plain")
    assert tame_text(TOGETHER) in read.texts
    assert (read.elements, read.attributes, read.values) == (clean.elements, clean.attributes, clean.values)


def test_hostile_texts_are_text_on_the_page_of_a_failed_edition() -> None:
    read, clean = hostile.read(failed_of(TOGETHER)), hostile.read(failed_of("plain"))
    assert read.texts.count(tame_text(TOGETHER)) >= 6
    assert (read.elements, read.attributes, read.values) == (clean.elements, clean.attributes, clean.values)
    assert [told for told in check_page(failed_of(TOGETHER)) if "lets through" not in told] == []  # no pictures

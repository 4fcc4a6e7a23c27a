"""The page of a failed edition."""

from __future__ import annotations

from pathlib import Path

import hostile

from briefing.editions.catalog import Briefing, Edition
from briefing.engine.run import Failure
from briefing.page.policy import check_page
from briefing.page.tame import tame_text
from briefing.press.failed import command, make_failed_page

#: All hostile texts, as one.
TOGETHER = " ".join(hostile.STRINGS)


def test_a_failed_page_says_where_why_and_how_to_run_it_again() -> None:
    edition = Edition("s/x/2022-12-19.html", Briefing("s", Path("s.ipynb")), {"as_of": "2022-12-19", "who": "<x> y"})
    failure = Failure("s.ipynb", "Found", 3, 2, "a < b", "NameError: a", edition.values, "Traceback ...")
    page = make_failed_page(edition, failure=failure.to_dict(), reasons=("it <failed>",)).decode()
    for part in ("it &lt;failed&gt;", "<dd>Found</dd>", "<dd>a &lt; b</dd>", "-p who &#x27;&lt;x&gt; y&#x27;"):
        assert part in page
    assert command(edition) == "briefing render s -p as_of 2022-12-19 -p who '<x> y'"


def failed_of(text: str) -> str:
    edition = Edition("s/x.html", Briefing("s", Path("s.ipynb"), text), {"who": text})
    failure = Failure(text, text, 3, 2, text, text, edition.values, text)
    return make_failed_page(edition, failure=failure.to_dict(), reasons=(text,)).decode()


def test_hostile_texts_are_text_on_the_page_of_a_failed_edition() -> None:
    read, clean = hostile.read(failed_of(TOGETHER)), hostile.read(failed_of("plain"))
    assert read.texts.count(tame_text(TOGETHER)) >= 6
    assert (read.elements, read.attributes, read.values) == (clean.elements, clean.attributes, clean.values)
    assert [told for told in check_page(failed_of(TOGETHER)) if "lets through" not in told] == []  # no pictures

"""What stands on a page outside its seal: only what the archive writes, in sentences that the catalogue holds."""

from __future__ import annotations

from pathlib import Path

import freedonia as f
import pytest
from resealed import sealed

from briefing.errors import PublishError
from briefing.page.exporter import render_page
from briefing.page.links import BLOCKS, CLOSING, PageLink, check_links, part_links, put_links, strip_links, write_since
from briefing.page.notices import Notice, find_strange, write_notices, write_sentence
from briefing.page.verify import Verdict, read_page, verify_page
from briefing.page.words import read_words
from briefing.press.mirror import list_sent
from briefing.press.publish import publish_page

SINCE = "1933-11-17..1933-11-18.html"
ROW = '<a href="../corrections.html#tr-1_high_1933-11-20">tr-1</a>'
CORRECTED = "We have corrected what this page prints, most recently on {day}: {rows}."
DAY = '<time datetime="1933-11-20">20 November 1933</time>'


def notices(language: str = "en") -> str:
    words = read_words(language)
    more = PageLink("../corrections.html", words.term("notices", "more_rows", n=22))
    rows = (PageLink("../corrections.html#tr-1_high_1933-11-20", "tr-1"), more)
    newest = PageLink("latest.html", words.term("notices", "newest"))
    told = (Notice("corrected", "1933-11-20", rows), Notice("newer", links=(newest,)), Notice("due", "1933-11-24"))
    return write_notices(told, words=words)


def since(language: str = "en") -> str:
    lead = Notice("since", links=(PageLink(SINCE, "Since 17 November 1933: 1 figure moved"),))
    return write_since(
        write_sentence(lead, words=read_words(language)), [PageLink(f"{SINCE}#row-1.x", "Mules: 98, now 122")]
    )


@pytest.fixture(scope="module")
def page() -> bytes:
    """Give a page as it is made: nothing stands outside its seal."""
    return render_page(f.freedonia(), interactive=False).encode()


def verdicts(page: bytes, folder: Path) -> dict[str, Verdict]:
    (folder / "sent.html").write_bytes(page)
    return {verdict.part: verdict for verdict in verify_page(read_page(folder / "sent.html"))}


@pytest.mark.parametrize("language", ["en", "uk"])
def test_what_the_archive_writes_may_stand_there_and_goes_without_a_trace(page: bytes, language: str) -> None:
    blocks = {"notices": notices(language), "since": since(language), "neighbours": ""}
    filled = put_links(page, blocks)
    assert part_links(filled) == (page, blocks)
    assert (check_links(blocks), find_strange(blocks, page=page.decode())) == ("", "")


def test_verify_counts_what_no_seal_covers(page: bytes, tmp_path: Path) -> None:
    told = verdicts(put_links(page, {"notices": notices(), "since": since()}), tmp_path)
    assert (told["page"].state, told["policy"].state, told["links"].state) == ("same", "same", "not checked")
    assert told["links"].detail.startswith("4 notices, 2 links to what is new lie outside the seal")


def test_a_page_of_an_earlier_release_has_the_one_block_that_it_was_made_with(page: bytes, tmp_path: Path) -> None:
    text = page.decode()
    for block in BLOCKS[:2]:
        text = text.replace(f"{block.opening}{CLOSING}\n", "")
    links = '<nav aria-label="a"><ul><li><b>b</b> <a href="c.html">d</a></li></ul></nav>'
    filled = put_links(sealed(text).encode(), {"notices": notices(), "since": since(), "neighbours": links})
    assert part_links(filled).blocks == {"neighbours": links}
    told = verdicts(filled, tmp_path)
    assert (told["page"].state, told["policy"].state, told["links"].state) == ("same", "same", "not checked")


@pytest.mark.parametrize(
    "said",
    [
        "<p>The desk has withdrawn it.</p>", '<p class="due">The desk has withdrawn it.</p>',
        '<p class="due">The next edition is due on <time datetime="1933-11-24">doomsday</time>.</p>',
        '<p class="due">The next edition is due on <time datetime="1933-11-24" id="x">24 November 1933</time>.</p>',
        '<p class="newer">A newer edition is here: <a href="https://example.org/">the newest edition</a>.</p>',
        '<p class="newer">A newer edition is here: <a href="latest.html">all of it is false</a>.</p>',
        '<p class="newer">A newer edition is here: <a href="a..b.html">the newest edition</a>.</p>',
        f'<p class="corrected">{CORRECTED.format(day=DAY, rows=ROW.replace(">tr-1", ">tr-2"))}</p>',
        f'<p class="corrected">{CORRECTED.format(day=DAY, rows=ROW.replace("tr-1", "all-is-false"))}</p>',
        f'<p class="corrected">{CORRECTED.format(day=DAY, rows=ROW + ", it is false")}</p>',
        f'<p class="since"><a href="{SINCE}">The desk has withdrawn it.</a></p>',
        '<p class="stale">It is false.</p>', "<script>1</script>",
        '<p class="first">This is the <b>first</b> edition.</p>',
    ],
)  # fmt: skip
def test_nobody_elses_words_pass_for_a_notice(page: bytes, tmp_path: Path, said: str) -> None:
    good = f'<p class="corrected">{CORRECTED.format(day=DAY, rows=ROW)}</p>'
    assert find_strange({"notices": good}, page=page.decode()) == ""
    told = verdicts(put_links(page, {"notices": said}), tmp_path)
    assert told["policy"].state == "differs" and told["page"].state == "same"


@pytest.mark.parametrize(
    "href",
    ["../2031-04-12..2031-04-13.html/../x.html", "..html", "a..b.html", "/a.html", "//a/b.html", "https:a.html",
     "2031-04-12...html", "../../..html", "a.html#<", "a.html#x y", "%2e%2e/a.html", "a.HTML", "a.html?b"],
)  # fmt: skip
def test_a_link_leads_to_a_file_beside_the_page_alone(href: str) -> None:
    assert check_links({"since": f'<p class="since">Since <a href="{href}">x</a>.</p>'})
    assert not check_links({"since": f'<p class="since">Since <a href="../mules/{SINCE}#a">x</a>.</p>'})


def test_what_is_new_leads_to_a_page_of_what_changed_alone(page: bytes) -> None:
    for href, is_known in ((SINCE, True), (f"{SINCE}#a", True), ("a.html", False), (f"../{SINCE}", False)):
        said = f'<p class="since"><a href="{href}">It is new.</a></p>'
        assert (find_strange({"since": said}, page=page.decode()) == "") == is_known
        assert not check_links({"since": said})
        listed = f'<p class="first">This is the first edition.</p><ul><li><a href="{href}">It is new.</a></li></ul>'
        assert (check_links({"since": listed}) == "") == is_known


def test_a_page_with_a_strange_notice_is_not_sent(page: bytes, tmp_path: Path) -> None:
    publish_page(tmp_path, "tiny/a.html", page, {})
    path = tmp_path / "tiny/a.html"
    path.write_bytes(put_links(page, {"notices": notices()}))
    assert list(list_sent(tmp_path)) == ["tiny/a.html"]
    path.write_bytes(put_links(page, {"notices": '<p class="first">It is all false.</p>'}))
    with pytest.raises(PublishError, match="was changed since it was built"):
        list_sent(tmp_path)


def test_a_block_within_another_or_twice_is_none(page: bytes) -> None:
    opening = BLOCKS[0].opening
    twice = page.replace(CLOSING.encode(), f"{CLOSING}{opening}{CLOSING}".encode(), 1)
    assert "notices" not in part_links(twice).blocks
    assert strip_links(twice.decode()) == twice.decode()
    assert check_links(part_links(put_links(page, {"since": opening})).blocks)

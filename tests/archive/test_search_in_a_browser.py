"""The search in a real browser, from a disk: what a reader types finds what is there, and text stays text."""

from __future__ import annotations

import re
from pathlib import Path

import freedonia as f
import pytest
from accessible import bring_axe, violations
from archives import LARGE, front, publish, write_large_search
from hostile import STRINGS
from playwright.sync_api import Browser, Page, expect

from briefing.archive.write import write_archive
from briefing.blocks.blocks import Evidence

pytestmark = pytest.mark.browser

DAYS = ("1933-11-17", "1933-11-18", "1934-01-02")

#: Claims by their ids: what each says, in letters of many kinds.
WORDINGS = {
    "tr-1": "98 mules, counted at the ferry",
    "uk-1": "Щонайменше 12 000 бійців п’ятої бригади прибули до Їжакова",
    "pl-1": "Żołnierze przekroczyli Łódkę; 12,000 Straßenbahnen",
    "ar-1": "وصل الجُنود والدبابات إلى المدينة",
    "zh-1": "大約一百頭騾子渡過了河",
    "kit-1": "The T-72 tanks of Café Müller were seen",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a reports folder whose newest edition carries claims in many scripts, and one that means harm."""
    out = tmp_path_factory.mktemp("reports")
    hostile = " ".join((*STRINGS, "\u2028zebra")).encode("utf-8", "replace").decode()
    claims = [f.claim(key, wording=wording, quantity_title=f"Title {key}") for key, wording in WORDINGS.items()]
    claims.append(f.claim("bad-1", wording=hostile, claimant=hostile, quantity_title=hostile, item="Zebra"))
    for day in DAYS:
        publish(out, day, front("98 mules" if day < "1934" else "122 mules or more", day=day))
    told = front(day=DAYS[2], title="How much hay?", bottom_line=("Nobody knows.",))
    evidence = Evidence(claims=tuple(claims), sources=f.SOURCES)
    publish(out, DAYS[2], told.model_copy(update={"evidence": evidence}), series="hay")
    write_archive(out)
    return out


def ask(page: Page, out: Path, question: str) -> list[str]:
    """Ask the search; give where its hits lead, pages first, from the reports folder."""
    page.goto((out / "search.html").as_uri())
    page.locator("#search_asked").fill(question)
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("#search_status:not(:empty)").wait_for()
    links = page.locator(".hits > li h3 a").evaluate_all("links => links.map(link => link.href)")
    return [link.removeprefix(f"{out.as_uri()}/") for link in links]


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("FERRY counted title", "tr-1"), ("бійців 12000", "uk-1"), ("п'ята їжаків", ""), ("п'ятої ЇЖАК", "uk-1"),
        ("zolnierze lodke", "pl-1"), ("strassenbahn", "pl-1"), ("12.000 straßen", "pl-1"), ("الجنود", "ar-1"),
        ("دبابات", "ar-1"), ("騾子", "zh-1"), ("t72", "kit-1"), ("T-72 muller cafe", "kit-1"),
        ('"tanks of cafe"', "kit-1"), ('"cafe tanks"', ""), ("ules", ""), ("erry", ""), ("nowhere", ""),
    ],
)  # fmt: skip
def test_words_find_a_claim_whatever_their_case_accents_script_and_place(
    page: Page, out: Path, question: str, claim: str
) -> None:
    found = [link.partition("#")[2] for link in ask(page, out, question) if "#" in link]
    assert found == ([claim] if claim else [])


def test_nothing_found_is_said_and_one_letter_is_too_few(page: Page, out: Path) -> None:
    assert ask(page, out, "nowhere") == []
    assert page.locator("#search_status").inner_text() == "Nothing found for “nowhere”."
    assert ask(page, out, "m") == [] and page.locator("#search_status").inner_text() == "Type at least two letters."


def test_a_hit_leads_to_the_row_in_the_newest_edition_that_carries_it(page: Page, out: Path) -> None:
    assert ask(page, out, "counted ferry title")[-1] == "hay/1934-01-02.html#tr-1"
    page.locator(".hits h3 a").last.click()
    assert page.url.endswith("hay/1934-01-02.html#tr-1") and page.locator(":target").get_attribute("id") == "tr-1"


def test_editions_of_a_question_are_one_hit_with_the_older_ones_folded(page: Page, out: Path) -> None:
    assert ask(page, out, "many mules")[:1] == [f"mules/{DAYS[2]}.html"]
    page.get_by_text("2 older editions have the words too").click()
    expect(page.locator(".hits .editions a")).to_have_text(["18 November 1933", "17 November 1933"])


def test_what_has_the_words_in_its_title_comes_first(page: Page, out: Path) -> None:
    found = ask(page, out, "title tr-1")
    assert found[0].endswith("#tr-1") and "98 mules" in page.locator(".hits > li").first.inner_text()


def test_the_front_page_asks_the_search_without_scripts_and_the_address_can_be_shared(
    browser: Browser, page: Page, out: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((out / "index.html").as_uri())
    tab.locator("#search_asked").fill("камінь & <bold>")
    tab.locator("#search_asked").press("Enter")
    tab.wait_for_url("**/search.html?q=*")
    assert tab.get_by_text("The search needs scripts").is_visible() and not tab.locator("form").is_visible()
    shared = tab.url
    context.close()
    page.goto(shared)
    page.get_by_text("Nothing found for “камінь & <bold>”.").wait_for()


def test_hostile_words_are_shown_as_text_and_nothing_of_them_runs_or_asks(page: Page, out: Path) -> None:
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: told.append(request.url))
    page.on("pageerror", lambda error: told.append(str(error)))
    assert [link for link in ask(page, out, "zebra") if "#" in link] == [f"hay/{DAYS[2]}.html#bad-1"]
    assert "<script>alert(1)</script>" in page.locator("#search_results").inner_text()
    assert page.locator("#search_results").locator("script, img, svg, iframe, form, style").count() == 0
    assert [url for url in told if not url.startswith(out.as_uri())] == []


def test_a_question_that_is_an_expression_or_markup_is_only_words(page: Page, out: Path) -> None:
    for question in (".*", "[a-z]+(", "\\p{L}", "<img src=x onerror=alert(1)>", '"""', "$& ${x}"):
        page.goto((out / "search.html").as_uri())
        page.locator("#search_asked").fill(question)
        page.locator("#search_asked").press("Enter")
        page.locator("#search_status:not(:empty)").wait_for()
        assert "does not work" not in page.locator("#search_status").inner_text()


def test_an_index_that_is_cut_short_is_told_to_whoever_asks_and_breaks_nothing_else(
    page: Page, out: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    before, sign, packed = (out / "search.html").read_text(encoding="utf-8").partition('class="search_index">')
    (tmp_path / "search.html").write_text(before + sign + packed[400:], encoding="utf-8")
    assert ask(page, tmp_path, "mules") == [] and told == []
    assert page.locator("#search_status").inner_text().startswith("The search does not work in this browser: ")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of a search whose index is three pieces."""
    out = tmp_path_factory.mktemp("large")
    write_large_search(out)
    return out / "search.html"


#: What a page says once it has counted all.
_COUNTED = re.compile(r"^\d.* claims?$|^Nothing")
#: Notes what a page says and shows, each time that it says something else.
_NOTE = """window.noted = [];
new MutationObserver(() => {
  const said = document.getElementById("search_status")?.textContent;
  const links = [...document.querySelectorAll(".hits h3 a")].map((link) => link.hash);
  if (said && said !== window.noted.at(-1)?.[0]) window.noted.push([said, links]);
}).observe(document, { childList: true, subtree: true });"""


def note(page: Page, large: Path, asked: str) -> list[tuple[str, list[str]]]:
    """Ask by the address; give all that the page says until it has counted all, and what it shows meanwhile."""
    page.add_init_script(_NOTE)
    page.goto(f"{large.as_uri()}?q={asked}")
    page.locator("#search_status").get_by_text(_COUNTED).wait_for()
    return [(said, links) for said, links in page.evaluate("window.noted")]


def test_what_is_newest_is_shown_at_once_and_stays_where_it_is_when_all_are_counted(page: Page, large: Path) -> None:
    (early, first), (late, last) = note(page, large, "lent")
    assert early == f"Counting: {LARGE} claims" and late == f"{3 * LARGE} claims"
    assert len(first) == 10 and first == last
    assert page.locator("h2").inner_text() == late and page.get_by_role("button", name="Show 100 more").is_visible()


def test_nothing_is_shown_early_that_an_older_title_could_come_before(page: Page, large: Path) -> None:
    ((said, shown),) = note(page, large, "stone")  # the newest only word it so
    assert said == f"{3 * LARGE} claims" and [int(link.removeprefix("#tr-")) // LARGE for link in shown] == [0] * 10


def test_an_answer_in_pieces_is_that_of_a_page_which_has_them_all(page: Page, large: Path) -> None:
    for asked in ("stone 3", "mules", "tr 5"):
        *_, whole = note(page, large, asked)
        for question, said in (("nowhere", "Nothing found for “nowhere”."), (asked, whole[0])):
            page.locator("#search_asked").fill(question)
            page.get_by_role("button", name="Search", exact=True).click()
            page.locator("#search_status").get_by_text(said, exact=True).wait_for()
        assert tuple(page.evaluate("window.noted.at(-1)")) == whole


def test_axe_finds_nothing_wrong_with_what_was_found_wide_or_narrow_by_day_or_night(
    browser: Browser, out: Path
) -> None:
    context = browser.new_context(offline=True, bypass_csp=True)
    tab = context.new_page()
    ask(tab, out, "mules")
    bring_axe(tab)
    for width, colours in ((1280, "light"), (1280, "dark"), (360, "light")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

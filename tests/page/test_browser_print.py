"""The page on paper, without the evidence and with it: tagged, whole, running heads, no half-empty sheet."""

from __future__ import annotations

import re
from pathlib import Path

import freedonia as f
import pypdf
import pytest
from playwright.sync_api import Browser
from test_browser import cited
from test_browser_charts import CHARTS

import briefing as b
from briefing.blocks.blocks import Block, Column, Table, TableData
from briefing.page.exporter import render_page

pytestmark = pytest.mark.browser

#: The sheet between its margins, in points: A4 with 20 mm above and 18 mm below.
TOP, BOTTOM = 842 - 20 / 25.4 * 72, 18 / 25.4 * 72


#: The blocks of a page about the example: tables, charts, quotations, events, judgements, a matrix, sources.
D = b.read_example()
EXAMPLE = (
    b.headline(D, "Will the strait be closed?"),
    b.key_judgements(D),
    b.claims_table(b.choose_claims(D), caption="Claims"),
    *CHARTS.values(),
    b.quotations(b.choose_quotes(D), caption="Said"),
    b.timeline(D, caption="Then"),
    b.hypothesis_matrix(D),
    b.indicator_board(D),
    b.sources(D),
)


def put_on_paper(browser: Browser, page: Path, *, evidence: bool = False) -> Path:
    """Print a page as a reader does, with the box for the evidence ticked or not."""
    path = page.with_suffix(".evidence.pdf" if evidence else ".pdf")
    tab = browser.new_page()
    tab.goto(page.as_uri())
    tab.locator("#print_evidence").set_checked(evidence)
    tab.pdf(path=path, prefer_css_page_size=True, tagged=True, outline=True)
    tab.close()
    return path


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a page of the sample, four times as long as it is, so that it has sheets to break."""
    path = tmp_path_factory.mktemp("print") / "page.html"
    body = tuple(block for _ in range(4) for block in f.BLOCKS[1:-2])
    path.write_text(render_page(f.freedonia((f.BLOCKS[0], *body, *f.BLOCKS[-2:]))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def printed(browser: Browser, long_page: Path) -> Path:
    return put_on_paper(browser, long_page)


@pytest.fixture(scope="module")
def with_evidence(browser: Browser, long_page: Path) -> Path:
    return put_on_paper(browser, long_page, evidence=True)


def texts(path: Path) -> list[str]:
    return [text for text, _ in sheets(path)]


def sheets(path: Path) -> list[tuple[str, float]]:
    """Read each sheet's text, and how full it is: how far down its lowest line stands that is not its foot."""
    return [_read_sheet(page) for page in pypdf.PdfReader(path).pages]


def _read_sheet(page: pypdf.PageObject) -> tuple[str, float]:
    heights: list[float] = []

    def visit(text: str, page_matrix: list[float], matrix: list[float], *_: object) -> None:
        y = matrix[4] * page_matrix[1] + matrix[5] * page_matrix[3] + page_matrix[5]
        if text.strip() and y > BOTTOM:
            heights.append(y)

    text = page.extract_text(visitor_text=visit)
    return re.sub(r"\s", "", text), (TOP - min(heights)) / (TOP - BOTTOM)


def test_the_print_is_tagged(printed: Path) -> None:
    root = pypdf.PdfReader(printed).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert root["/Lang"] == "en"  # type: ignore[index]


def test_every_figure_is_printed_with_the_evidence(with_evidence: Path) -> None:
    whole = "".join(texts(with_evidence))
    figures = {re.sub(r"\s", "", figure) for figure in cited(f.BLOCKS)}
    assert {figure for figure in figures if figure not in whole} == set()


def test_the_addresses_of_sources_are_printed(printed: Path) -> None:
    assert "<https://example.org/gazette-2>" in "".join(texts(printed))


def test_paper_has_the_evidence_where_it_is_asked_for_and_no_id_where_it_is_not(
    printed: Path, with_evidence: Path
) -> None:
    without, whole = "".join(texts(printed)), "".join(texts(with_evidence))
    for told in ("Thesameferry,countedaweeklater.", "tr-2", "Weightedinconsistency", "Misread."):
        assert (told in without, told in whole) == (False, True)
    assert "65,089t" in without


def test_an_unfolded_part_of_the_annex_is_printed(browser: Browser, long_page: Path) -> None:
    tab = browser.new_page()
    tab.goto(f"{long_page.as_uri()}#annex_of_claims")
    tab.pdf(path=long_page.with_suffix(".open.pdf"), prefer_css_page_size=True)
    tab.close()
    told = "".join(texts(long_page.with_suffix(".open.pdf")))
    assert "tr-2" in told and "Misread." not in told


def test_an_open_card_is_not_printed(browser: Browser, long_page: Path) -> None:
    tab = browser.new_page()
    tab.goto(long_page.as_uri())
    tab.locator('main [popovertarget="card_tr-2"]').first.click()
    tab.pdf(path=long_page.with_suffix(".card.pdf"), prefer_css_page_size=True)
    tab.close()
    assert "Thesameferry" not in "".join(texts(long_page.with_suffix(".card.pdf")))


@pytest.mark.parametrize(("evidence", "most"), [(False, 8), (True, 16)])
def test_the_example_takes_few_sheets_and_none_is_half_empty(
    browser: Browser, tmp_path: Path, evidence: bool, most: int
) -> None:
    (tmp_path / "page.html").write_text(render_page(f.notebook(*map(f.cell, EXAMPLE))), encoding="utf-8")
    read = sheets(put_on_paper(browser, tmp_path / "page.html", evidence=evidence))
    assert 2 < len(read) <= most
    assert [(n, round(share, 2)) for n, (_, share) in enumerate(read[:-1], 1) if share < 0.4] == []


def test_every_sheet_has_question_marking_and_number(printed: Path) -> None:
    pages = texts(printed)
    for number, text in enumerate(pages, start=1):
        assert "WillFreedoniagotowar?" in text
        assert "Opensource" in text
        assert f"Page{number}/{len(pages)}" in text


def test_no_sheet_but_the_last_is_under_two_fifths_full(printed: Path) -> None:
    full = [share for _, share in sheets(printed)]
    assert len(full) > 4
    assert [round(share, 2) for share in full[:-1] if share < 0.4] == []


def test_a_printed_page_has_no_buttons(printed: Path) -> None:
    assert "SaveasCSV" not in "".join(texts(printed))


def print_page(browser: Browser, folder: Path, *blocks: Block) -> list[str]:
    page = render_page(f.freedonia((f.BLOCKS[0], *blocks, *f.BLOCKS[-2:])))
    (folder / "page.html").write_text(page, encoding="utf-8")
    return texts(put_on_paper(browser, folder / "page.html", evidence=True))


def test_the_head_of_a_long_table_is_on_every_sheet_that_it_runs_over(browser: Browser, tmp_path: Path) -> None:
    rows = tuple(((f"Lender {n}",), (f"{n} mules",)) for n in range(120))
    columns = (Column(name="Who lent"), Column(name="How many"))
    sheets = print_page(browser, tmp_path, Table(caption="All", data=TableData(columns=columns, rows=rows)))
    over = [text for text in sheets if re.search(r"Lender\d", text)]
    assert len(over) > 2
    assert [text[:80] for text in over if "WholentHowmany" not in text] == []


def test_the_foot_of_a_long_table_is_printed_once(browser: Browser, tmp_path: Path) -> None:
    row = f.WEIGHED.rows[1]
    many = (row.model_copy(update={"exhibit": row.exhibit.model_copy(update={"id": f"ex-{n}"})}) for n in range(60))
    long = f.WEIGHED.model_copy(update={"rows": tuple(many)})
    sheets = print_page(browser, tmp_path, long)
    assert len(sheets) > 3
    assert "".join(sheets).count("Weightedinconsistency") == 1

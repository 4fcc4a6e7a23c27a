"""The page on paper: tagged, every figure there, running heads, and no half-empty sheet but the last."""

from __future__ import annotations

import re
from pathlib import Path

import freedonia as f
import pypdf
import pytest
from playwright.sync_api import Browser
from test_browser import cited

from briefing.blocks.blocks import Block, Column, Table, TableData
from briefing.page.exporter import render_page

pytestmark = pytest.mark.browser

#: The sheet between its margins, in points: A4 with 20 mm above and 18 mm below.
TOP, BOTTOM = 842 - 20 / 25.4 * 72, 18 / 25.4 * 72


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print a page of the sample, four times as long as it is, so that it has pages to break."""
    folder = tmp_path_factory.mktemp("print")
    body = tuple(block for _ in range(4) for block in f.BLOCKS[1:-2])
    (folder / "page.html").write_text(render_page(f.freedonia((f.BLOCKS[0], *body, *f.BLOCKS[-2:]))), encoding="utf-8")
    tab = browser.new_page()
    tab.goto((folder / "page.html").as_uri())
    tab.pdf(path=folder / "page.pdf", prefer_css_page_size=True, tagged=True, outline=True)
    tab.close()
    return folder / "page.pdf"


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


def test_every_figure_is_printed(printed: Path) -> None:
    whole = "".join(texts(printed))
    figures = {re.sub(r"\s", "", figure) for figure in cited(f.BLOCKS)}
    assert {figure for figure in figures if figure not in whole} == set()


def test_the_addresses_of_sources_are_printed(printed: Path) -> None:
    assert "<https://example.org/gazette-2>" in "".join(texts(printed))


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
    tab = browser.new_page()
    tab.goto((folder / "page.html").as_uri())
    tab.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    tab.close()
    return texts(folder / "page.pdf")


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

"""What a stranger may put into a page's address or its tables runs nowhere: not in the page, nor in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import freedonia as f
import hostile
import pytest
from playwright.sync_api import Page

from briefing.page.exporter import render_page

pytestmark = pytest.mark.browser

#: Cells that one spreadsheet or another takes for formulas, some of them behind what it takes for the end of a cell.
FORMULAS = (
    '=HYPERLINK("https://evil.example")', "+1+1", "-1+1", "@SUM(1)", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff201",
    " =1+1", "\u00a0=1+1", "\u3000=1+1", "\u200b=1+1", "\ufeff=1+1", "\u200e=1+1", '"=1+1"', "a;=1+1;b", "a; \u200b+1",
    'a;"=1+1";b', "a;b;;@x", "a|=1+1", "=cmd|' /C calc'!A0", "a\u2028;=1",
)  # fmt: skip
#: Cells that are none, and stay as they are.
TAME = ("a = b", "98–122", "a; b", "a-b", "x@example.org", "'quoted'", "1,300; more")
_FORMULA = re.compile('[\\s"\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]')

#: Addresses that hold what no button of the page writes.
STATES = (
    "%E0%A4%A", "%", "~", "~=", "~&&&", "~table_4.s=1.5", "~table_4.s=-0.5", "~table_4.s=1e99", "~table_4.s=NaN",
    "~table_4.s=Infinity", "~table_4.s=99", "~__proto__.s=1&constructor.q=x", "~table_4.c0=nobody&table_4.c9=x",
    "~table_4.q=(((", *(f"~table_4.q={quote(text, errors='replace')}&table_4.c0={quote(text, errors='replace')}"
                       for text in hostile.STRINGS[:3]),
    *(quote(text, errors="replace") for text in hostile.STRINGS[:3]),
)  # fmt: skip


def test_no_address_stops_the_page_or_becomes_markup(page: Page, file: Path) -> None:
    before = None
    for n, state in enumerate(STATES):
        page.goto(f"{file.as_uri()}?{n}#{state}")
        found = page.evaluate("[document.querySelectorAll('button').length, document.querySelectorAll('*').length]")
        assert (state, found) == (state, before or found)
        before = found


def test_an_address_is_cleared_wherever_the_page_lies(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}?a=1#~table_4.q=ferry")
    page.locator(".tools:has(+ .scroll #table_4)").get_by_label("Filter").fill("")
    assert page.url == f"{file.as_uri()}?a=1"


def test_no_cell_of_a_saved_table_is_a_formula_in_any_spreadsheet(page: Page, tmp_path: Path) -> None:
    cells = (*FORMULAS, *TAME)
    rows = tuple(((f"row {n}",), (cell,)) for n, cell in enumerate(cells))
    data = f.TableData(columns=(f.Column(name="=A1"), f.Column(name="Cell")), rows=rows)
    block = f.Table(caption="../../=CON: \u202egpj", data=data)
    (tmp_path / "page.html").write_text(render_page(f.notebook(f.words("# Who?"), f.cell(block)), interactive=False))
    page.goto((tmp_path / "page.html").as_uri())
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    for mark in ",;\t|":
        read = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) for cell in row]
        assert [cell for cell in read if _FORMULA.match(cell)] == []
    assert {row[1] for row in csv.reader(io.StringIO(text, newline=""))} >= set(TAME)
    assert download.value.suggested_filename == "con-gpj.csv"


def test_no_cell_of_the_saved_claims_is_a_formula(page: Page, tmp_path: Path) -> None:
    claim = f.claim("tr-1", wording="=1+1", claimant="a;@SUM(1)", quantity_title="\uff1d1+1", note="-1")
    evidence = f.Evidence(claims=(claim,), sources=f.SOURCES)
    block = f.Prose(text=(f.one("98", "tr-1"),), evidence=evidence)
    (tmp_path / "page.html").write_text(render_page(f.notebook(f.words("# =Who?"), f.cell(block)), interactive=False))
    page.goto((tmp_path / "page.html").as_uri())
    with page.expect_download() as download:
        page.get_by_role("button", name="Save all claims as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[1][:4] == ["tr-1", "'\uff1d1+1", "a;'@SUM(1)", "'=1+1"]

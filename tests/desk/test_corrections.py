"""Our own errors: which of them a page tells, and how."""

from __future__ import annotations

import re

from dossiers import Cells, dossier, flow, source
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing.blocks.blocks import MIME, Block
from briefing.blocks.faces import face
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.tables import claims_table
from briefing.desk.corrections import corrections
from briefing.page.exporter import render_page

HOSTILE = "<img src=x onerror=alert(1)>"
SOURCES = [source("s-1"), source("s-2", "2031-02-10")]
FLOWS = [flow("t-1", 98), flow("t-2", 122, source_id="s-2")]


def mended(row_id: str, date: str = "2031-01-20", **cells: object) -> Cells:
    """Write a row of corrections."""
    given = {"date": date, "table": "transfers", "row_id": row_id, "field": "high", "old": "89", "new": "98"}
    return given | {"reason": "A slip of the key"} | cells


def told(day: str | None, *rows: Cells) -> list[tuple[str, bool]]:
    block = corrections(dossier(day, sources=SOURCES, transfers=FLOWS, corrections=list(rows)))
    return [(one.row, one.is_later) for one in block.corrections]


def render(*blocks: Block) -> str:
    outputs = [new_output("display_data", {MIME: block.model_dump(mode="json")}) for block in blocks]
    cells = [new_code_cell("1", outputs=[output]) for output in outputs]
    return render_page(new_notebook(cells=[new_markdown_cell("# Who?"), *cells]))


def test_a_correction_is_told_on_a_page_of_any_day_on_which_its_row_is_known() -> None:
    assert told("2031-01-19", mended("t-1")) == [("t-1", True)]
    assert told("2031-01-20", mended("t-1")) == [("t-1", False)]
    assert told(None, mended("t-1")) == [("t-1", False)]


def test_a_row_that_is_not_known_yet_is_not_told() -> None:
    assert told("2031-02-09", mended("t-2")) == []
    assert told("2031-02-10", mended("t-2")) == [("t-2", False)]


def test_the_latest_correction_comes_first() -> None:
    assert told(None, mended("t-1"), mended("t-2", "2031-03-01")) == [("t-2", False), ("t-1", False)]


def test_a_row_of_another_table_is_called_by_its_title() -> None:
    row = mended("s-1", table="sources", field="title", old="Titel", new="Title of s-1")
    block = corrections(dossier(corrections=[row]))
    assert (block.corrections[0].title, block.evidence.claims) == ("Title of s-1", ())


def test_a_page_tells_what_a_cell_held_and_leads_to_the_row() -> None:
    given = dossier("2031-01-19", transfers=FLOWS[:1], corrections=[mended("t-1", reason=HOSTILE)])
    page = render(corrections(given))
    entry = page.split('<div class="corrections">')[1].split("</div>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", entry).split())
    assert 'href="#t-1"' in entry and '<li class="claim" id="t-1"' in page
    assert "column high: it was 89 , it is 98 ." in words
    assert "earlier copies of this edition carry the error" in words
    assert HOSTILE not in page


def test_a_page_says_that_nothing_was_corrected() -> None:
    block = corrections(dossier(transfers=FLOWS[:1]))
    assert "No row known on the day of this page has been corrected." in render(block)
    assert face(block)["text/plain"] == "Corrections: none"


def test_an_analyst_sees_corrections_in_jupyterlab() -> None:
    shown = face(corrections(dossier(transfers=FLOWS[:1], corrections=[mended("t-1", reason=HOSTILE, new="")])))
    assert "t-1 (Quantity A), high: 89 became empty." in shown["text/plain"]
    assert HOSTILE not in shown["text/html"]


def test_a_row_without_a_place_on_the_page_is_no_link() -> None:
    given = dossier(transfers=FLOWS[:1], corrections=[mended("mule", table="items", field="name")])
    page = render(corrections(given), claims_table(choose_claims(given), caption="Sent"))
    assert "mule (<bdi>mules</bdi>)" in page

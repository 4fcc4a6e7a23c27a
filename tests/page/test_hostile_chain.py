"""Texts that mean harm, in every text column of a dossier, go the whole way: rows, notebook, run, page, browser."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import freedonia as f
import hostile_dossier as h
import pytest
from norway import ROWS, csv_text, write_dossier
from notebooks import notebook_text
from playwright.sync_api import Page

from briefing.checks import check_edition, tell_readers
from briefing.dossier.dossier import check_dossier, read_dossier
from briefing.dossier.outlines import read_outlines
from briefing.dossier.tables import TABLES
from briefing.editions.parameters import declared, settle
from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook
from briefing.errors import UNPRINTABLE, DossierError, UsageError
from briefing.page.budget import Budget
from briefing.page.exporter import render_page
from briefing.page.policy import check_page
from briefing.values.likelihood import find_scale

CELLS = (
    "import briefing as b\nd = b.read_dossier(as_of=as_of)\nsent = b.choose_claims(d)",
    "b.headline(d, 'Is it so?')",
    "b.key_judgements(d)",
    "b.scenarios(d)",
    "b.claims_table(sent, caption='Claims')",
    "b.dot_range(b.choose_claims(d, quantity='q-0'), title='Sent')",
    "b.place_map(b.choose_claims(d, quantity=['q-0', 'q-1', 'q-2']), title='Where')",
    "b.quotations(b.choose_quotes(d), caption='Said')",
    "b.timeline(d, caption='Then')",
    "b.hypothesis_matrix(d)",
    "b.indicator_board(d)",
    "b.corrections(d)",
    "b.say(f'They ask of {who}.')",
    "b.note('Asked', who)",
    "b.sources(d)",
)
#: What the notebook is asked besides: every text that a parameter may be, one behind another.
ASKED = " § ".join((*h.FIT, "a\nb\tc"))
DECLARED = 'as_of: "date" = "2031-05-01"\nwho: str = ""'
#: Elements that no page of ours has.
FOREIGN = "main img, iframe, object, embed, base, form:not(.vega-bindings), video, link"


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the page of a dossier that holds every text in every column of words, and names of outlines besides."""
    folder = tmp_path_factory.mktemp("hostile")
    data = write_dossier(folder / "data", h.hostile_rows((*h.FIT, h.LONGEST)))
    (data / "outlines.json").write_text(h.outlines_text(h.FIT))
    environment = name_environment(data=data)
    source = notebook_text(*CELLS, parameters=DECLARED)
    asked = settle(declared(json.loads(source)["cells"], where="x"), {"who": ASKED}, where="x")
    ran = run_notebook(source, asked, folder=folder, environment=environment, name="x")
    found = check_edition(ran, dossier=read_dossier(data), name="x")
    return render_page(ran, checks=tell_readers(found), budget=Budget(0, 0))


@pytest.fixture
def told(page: Page) -> Iterator[list[str]]:
    """Gather what a page says in a dialog, which no page does."""
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    yield said
    assert said == []


def words_of(text: str) -> str:
    """Give a text as readers compare texts: white space is one space, and a sentence begins with a capital."""
    return " ".join(text.split()).lower()


@pytest.mark.browser
@pytest.mark.usefixtures("told")
def test_every_text_of_every_column_reaches_the_page_as_text_and_nothing_runs(
    page: Page, text: str, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    page.get_by_role("button", name="Make charts interactive").click()
    page.wait_for_selector('html[data-charts="all interactive"]')
    shown = words_of(page.evaluate("document.body.textContent"))
    cells = [h.marked(name, each) for name in h.SHOWN for each in (*h.FIT, h.LONGEST)]
    assert [cell for cell in cells if words_of(cell) not in shown] == []
    assert shown.count(words_of(ASKED)) >= 2
    assert page.locator(FOREIGN).count() == 0
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_of_hostile_texts_keeps_its_policy(text: str) -> None:
    assert check_page(text) == []


def test_machines_read_the_same_texts(text: str) -> None:
    blocks = dict(re.findall(r'<script type="application/(?:ld\+)?json" id="(\w+)">(.*?)</script>', text, re.DOTALL))
    assert blocks.keys() == {
        "linked_data",
        "linked_sources",
        "linked_quotes_1",
        "page_words",
        "chart_specs",
        "chart_licences",
        "page_manifest",
    }
    assert [name for name, block in blocks.items() if re.search("[<>&\u2028\u2029]", block)] == []
    assert json.loads(blocks["page_manifest"])["parameters"]["who"] == ASKED
    nodes = json.loads(blocks["linked_data"])["@graph"]
    said = {node["text"] for node in nodes if node["@type"] == "Claim"}
    assert said >= {h.marked("transfers.wording", each) for each in h.FIT}


def test_what_is_said_to_be_on_no_page_is_on_none(text: str) -> None:
    assert [name for name in h.UNSHOWN if f" {name}" in text] == []


def test_every_column_holds_hostile_words_or_refuses_them() -> None:
    rows = h.hostile_rows(["x"])
    held = {f"{table}.{column}" for table in rows for row in rows[table] for column in row if row[column][:2] == "x "}
    assert held == {*h.WORDED} - {"judgements.term"}
    every = {f"{name}.{column}" for name, table in TABLES.items() for column in table.columns}
    assert {*h.SHOWN, *h.UNSHOWN, *h.REFUSING} == every


@pytest.mark.parametrize("table", TABLES)
def test_a_column_of_no_words_refuses_each_hostile_text_in_its_cell(tmp_path: Path, table: str) -> None:
    refusing = [name.split(".")[1] for name in h.REFUSING if name.startswith(f"{table}.")]
    texts = [each for each in (*h.FIT, *h.UNFIT) if each.strip()]
    missed = poison(tmp_path, table, dict.fromkeys(refusing, texts))
    assert missed == []


@pytest.mark.parametrize("table", {name.split(".")[0]: None for name in h.WORDED})
def test_what_no_cell_may_hold_is_refused_in_every_column_of_words(tmp_path: Path, table: str) -> None:
    worded = [name.split(".")[1] for name in h.WORDED if name.startswith(f"{table}.")]
    missed = poison(tmp_path, table, {column: [*h.UNFIT, "x" * 1_000_000] for column in worded})
    assert missed == []


def poison(folder: Path, table: str, texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Give the columns, each with the text, that no error names in the row where the text was put."""
    rows = h.hostile_rows(["x"])
    put = [(column, text) for column, each in texts.items() for text in each]
    data = write_dossier(folder / "data", rows | {table: [rows[table][-1] | {column: text} for column, text in put]})
    problems = [one for one in check_dossier(data) if one.severity == "error" and one.file.endswith(f"{table}.csv")]
    told = [str(one).replace("\ufffd", "") for one in problems]  # what cannot be shown is told as this character
    assert [one[:200] for one in told if UNPRINTABLE.search(one) or len(one) > 1000] == []
    found = {(one.row, one.column) for one in problems}
    return [(column, text) for at, (column, text) in enumerate(put, start=2) if (at, column) not in found]


@pytest.mark.parametrize(("broken", "what"), [("a nul \x00", "holds a NUL byte"), ("half \ud800", "is not UTF-8")])
@pytest.mark.parametrize("table", ["sources", "waivers"])
def test_half_a_character_is_told_with_its_row(tmp_path: Path, table: str, broken: str, what: str) -> None:
    rows = h.hostile_rows(["x"])
    data = write_dossier(tmp_path / "data", rows)
    told = csv_text(table, [*rows[table], rows[table][-1] | {"note": broken, "reason": broken}])
    (data / f"{table}.csv").write_bytes(told.encode("utf-8", "surrogatepass"))
    problem = next(one for one in check_dossier(data) if one.file.endswith(f"{table}.csv"))
    assert (problem.row, what in problem.what) == (len(rows[table]) + 2, True)


@pytest.mark.parametrize("term", h.FIT)
def test_a_term_of_no_scale_ends_the_run(term: str) -> None:
    with pytest.raises(UsageError, match="is no term of ICD 203"):
        find_scale("icd203").find_band(term)


@pytest.mark.parametrize("name", ["half \ud800", "a bell \x07", "a figure \ue000", "turned \u202e", "x" * 201])
def test_what_no_cell_may_hold_is_no_name_of_outlines_either(name: str, tmp_path: Path) -> None:
    data = write_dossier(tmp_path / "data", ROWS)
    (data / "outlines.json").write_text(h.outlines_text([name]))
    with pytest.raises(DossierError, match="outlines are a GeoJSON"):
        read_outlines(data)


#: Addresses that lead elsewhere than they say, or nowhere on the web.
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)",
    "data:text/html,x", " javascript:alert(1)", "DATA:text/html;base64,eA==", "vbscript:x", "//evil.example",
    "/\\evil.example", "\\\\evil",
    "file:///etc/passwd", "blob:https://evil.example/x", "feed:javascript:alert(1)", "view-source:https://x",
    "mailto:a@b",
    "https:javascript:alert(1)", "https:/evil.example", "https:evil", "http:\\\\evil.example", "https://", "ftp://x",
    "https://a b", 'https://a"onclick=alert(1)', "https://a'b", "https://a<b>", "https://a`b", "https://a\nb",
    "https://a\u202eb", "#here", "reports/x.html", "ｈttps://a", "https\uff1a//a",
)  # fmt: skip


@pytest.mark.parametrize("column", ["url", "archived_url"])
def test_a_cell_holds_an_address_of_the_web_alone(tmp_path: Path, column: str) -> None:
    assert poison(tmp_path, "sources", {column: list(ADDRESSES)}) == []


def test_no_other_address_becomes_a_link() -> None:
    sources = tuple(f.source(f"s-{n}", url=url, archived_url=url, title=f"T{n}") for n, url in enumerate(ADDRESSES))
    page = render_page(
        f.notebook(f.words("# Who?"), f.cell(f.Sources(summary=("x",), evidence=f.Evidence(sources=sources))))
    )
    links = [link for link in re.findall(r'href="([^"]*)"', page) if not link.startswith("#")]
    assert (check_page(page), {link.partition("//")[0] for link in links}) == ([], {"https:"})
    assert all(html.unescape(link).partition("//")[2].startswith("a") or link == "https://" for link in links)

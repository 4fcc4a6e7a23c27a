"""What becomes of outputs that other libraries leave: the analyst's own, or a finding with its cure."""

from __future__ import annotations

import base64
from typing import Any

import altair as alt
import freedonia as f
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

import briefing as b
from briefing.blocks.blocks import MIME, Own
from briefing.errors import PageError, UsageError
from briefing.page.exporter import render_page
from briefing.page.foreign import plain_svg
from briefing.page.parts import read_parts
from briefing.usage import GLANCE, glance

FRAME = pd.DataFrame({"claimant": ["The Ferrymen", f.HOSTILE], "mules": [98, 122]})
PNG = base64.b64encode(b"\x89PNG\r\n").decode()

#: As great_tables writes it: a title and a spanner above, the name of a group between, a source below.
GREAT = """<div id="gtx"><style>#gtx table {color: red}</style><table class="gt_table"><thead>
<tr class="gt_heading"><td colspan="3" class="gt_title">Mules <b>and</b> hay</td></tr>
<tr class="gt_col_headings"><th rowspan="2">who</th><th colspan="2">counted</th></tr>
<tr><th>mules</th><th>hay</th></tr></thead>
<tbody><tr><th colspan="3" class="gt_group_heading">North</th></tr>
<tr><th class="gt_stub">Ferrymen</th><td>1,098</td><td>12.5</td></tr></tbody>
<tfoot class="gt_sourcenotes"><tr><td colspan="3">Own count</td></tr></tfoot></table></div>"""

#: As matplotlib writes it: a document type, notes, one rule of style, glyphs that are used again.
MATPLOTLIB = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="72pt" viewBox="0 0 72 72"
 xmlns="http://www.w3.org/2000/svg" version="1.1"><metadata><rdf>2031</rdf></metadata>
<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
<g id="figure_1"><defs><path id="m1" d="M 0 3 L 1 4"/></defs>
<g clip-path="url(#p1)"><use xlink:href="#m1" x="5" y="6" style="fill: #1f77b4; stroke: #1f77b4"/></g></g>
<defs><clipPath id="p1"><rect x="0" y="0" width="9" height="9"/></clipPath></defs></svg>"""


def shown(data: dict[str, Any], **notes: str) -> Own:
    cell = f.cell(new_output("display_data", data))
    cell.metadata.update(notes)
    block = read_parts(f.notebook(cell))[0].block
    assert isinstance(block, Own)
    return block


def rows(block: Own) -> list[list[str]]:
    return [[str(cell[0]) for cell in row] for row in block.model_dump()["content"]["rows"]]


def heads(block: Own) -> list[str]:
    return [column["name"] for column in block.model_dump()["content"]["columns"]]


def page_of(*blocks: Any) -> BeautifulSoup:
    cells = [f.words("# Who?"), *(one if "outputs" in one else f.words(one) for one in blocks)]
    return BeautifulSoup(render_page(f.notebook(*cells)), "html.parser")


def test_a_styled_frame_is_the_table_of_its_cells() -> None:
    html = FRAME.head(1).style.format(precision=1).to_html()
    block = shown({"text/html": html}, caption="Mules", source="Own count")
    assert (block.caption, block.source, rows(block)[0]) == ("Mules", "Own count", ["0", "The Ferrymen", "98"])


def test_headings_in_layers_are_written_before_each_column() -> None:
    block = shown({"text/html": FRAME.groupby("claimant").agg(["min"]).to_html()})
    assert heads(block) == ["claimant", "mules: min"]


def test_a_great_table_keeps_its_title_spanner_group_and_source() -> None:
    block = shown({"text/html": GREAT})
    assert (block.caption, block.source, heads(block)) == (
        "Mules and hay", "Own count", ["who", "counted: mules", "counted: hay"],
    )  # fmt: skip
    assert rows(block) == [["North", "", ""], ["Ferrymen", "1,098", "12.5"]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text/html": "<p>Hello</p>", "text/plain": "x"}, "HTML of its own (text/html).*Use b.own"),
        ({"text/html": "<p>Hello</p><table><tr><td>1</td></tr></table>"}, "more than one table of words: 'Hello'"),
        ({"text/html": "<table><tr><th>n</th></tr><tr><td><img src='x'></td></tr></table>"}, "<img>"),
        ({"text/html": "<table><tr><td>1</td></tr></table><script>1</script>"}, "<script>"),
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<div></div>"}, "plotly.*b.own(figure"),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "w"}, "a widget"),
        ({"application/javascript": "alert(1)"}, "a script"),
        ({"application/vnd.vegalite.v7.1+json": {}, "text/plain": "c"}, "altair's own.*b.dot_range"),
        ({"application/geo+json": {}, "text/plain": "m"}, "a map that is a script.*b.place_map"),
        ({"application/vnd.bokehjs_exec.v0+json": "", "text/html": "<div></div>"}, "bokeh"),
        ({"image/bmp": PNG, "text/plain": "p"}, "a picture of another kind (image/bmp).*Save it as PNG: b.own"),
        ({"video/mp4": PNG}, "a film"),
        ({"text/html": "<img src='x.png'>"}, "HTML of its own.*Use b.own"),
        ({"image/gif": PNG}, "image/gif without an alternative text.*b.own"),
        ({"text/plain": "0    1\ndtype: int64"}, "left text/plain.*b.own"),
    ],
)
def test_what_cannot_be_shown_is_a_finding_with_its_cure(data: dict[str, Any], told: str) -> None:
    with pytest.raises(PageError) as raised:
        shown(data)
    assert all(part in str(raised.value) for part in told.replace("(text/html)", "(text/html)").split(".*"))


@pytest.mark.parametrize("form", ["image/png", "image/jpeg", "image/gif", "image/webp"])
def test_a_picture_of_each_kind_is_shown_with_its_words(form: str) -> None:
    cell = f.cell(new_output("display_data", {form: PNG}))
    cell.metadata.update(alt='Two "mules"', caption="Mules")
    figure = page_of(cell).select_one("figure.own")
    assert figure is not None and figure.img is not None
    assert (figure.img["alt"], figure.img["src"]) == ('Two "mules"', f"data:{form};base64,{PNG}")
    assert "No claim in the dossier" in figure.text and "No source given." in figure.text


def test_a_drawing_of_matplotlib_is_drawn_without_its_notes_and_style() -> None:
    cell = f.cell(new_output("display_data", {"image/svg+xml": MATPLOTLIB}))
    cell.metadata.update(alt="Mules by day")
    svg = page_of(cell).select_one("figure.own svg")
    assert svg is not None and svg.find("use") is None and svg.find("style") is None
    assert 'fill="#1f77b4"' in str(svg) and 'd="M 0 3 L 1 4"' in str(svg) and "translate(5,6)" in str(svg)


def test_a_glyph_keeps_its_size() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M 0 1" transform="scale(0.015625)"/></svg>'
    cell = f.cell(new_output("display_data", {"image/svg+xml": svg}))
    cell.metadata.update(alt="x")
    assert "scale(0.015625)" in str(page_of(cell))


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>"),
        ('<image href="https://evil.example/x.png"/>', "no request"),
        ('<use href="https://evil.example/x.svg#a"/>', "uses what is not in it"),
        ('<image href="data:image/png;base64,iVBORw0K"/>', "Save it as PNG"),
        ("<style>@import url(//evil.example)</style>", "stylesheet of its own"),
        ("<g>", "cannot be read"),
    ],
)
def test_a_drawing_that_is_more_than_one_is_a_finding(inside: str, told: str) -> None:
    cell = f.cell(
        new_output("display_data", {"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'})
    )
    cell.metadata.update(alt="x")
    with pytest.raises(PageError, match="cell 2: ") as raised:
        page_of(cell)
    assert told in str(raised.value)


def test_a_drawing_with_entities_is_refused_before_it_is_read() -> None:
    with pytest.raises(PageError, match="entities"):
        plain_svg('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>')


def test_an_event_handler_of_a_drawing_is_left_out() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect onclick="x" x="1" fill="#123456"/></svg>'
    cell = f.cell(new_output("display_data", {"image/svg+xml": svg}))
    cell.metadata.update(alt="x")
    assert "alert" not in str(page_of(cell)) and "onclick" not in str(page_of(cell))


def test_markdown_that_a_cell_shows_is_the_analysts_own() -> None:
    page = page_of(f.cell(new_output("display_data", {"text/markdown": "| a |\n|---|\n| <b>1</b> |"})))
    assert page.select_one("figure.own td").get_text() == "<b>1</b>"  # type: ignore[union-attr]


def test_latex_is_shown_as_it_is_written() -> None:
    page = page_of(f.cell(new_output("display_data", {"text/latex": r"$\frac{a}{b}$ <i>"})))
    assert page.select_one("figure.own pre").get_text() == "$\\frac{a}{b}$ <i>\n"  # type: ignore[union-attr]


def test_footnotes_lead_there_and_back_and_are_counted_cell_by_cell() -> None:
    text = "Mules came.[^1]\n\n[^1]: So <b>he</b> says."
    page = page_of(text, text)
    notes = page.select("ol.footnotes li")
    assert [note["id"] for note in notes] == ["note_cell_2_1", "note_cell_3_1"]
    assert notes[0].get_text().startswith("So <b>he</b> says.")
    assert page.select_one("#ref_cell_2_1")["href"] == "#note_cell_2_1"  # type: ignore[index]


def test_an_attached_svg_is_a_finding_with_its_cure() -> None:
    cell = f.words("![mules](attachment:m.svg)")
    cell["attachments"] = {"m.svg": {"image/svg+xml": PNG}}
    with pytest.raises(PageError, match="Attach it as PNG"):
        read_parts(f.notebook(cell))


# --- b.own -------------------------------------------------------------------------------------------------------


class Drawing:
    """Shows itself as a PNG, as figures of several libraries do."""

    def savefig(self, file: Any, **options: Any) -> None:
        file.write(b"\x89PNG drawn")


class Grid:
    """Holds a figure, as seaborn's grids do."""

    figure = Drawing()


class Plotly:
    """Draws itself as plotly's figures do: by a program that may be missing."""

    def __init__(self, png: bytes | None) -> None:
        self.png = png

    def to_image(self, *, format: str, scale: int) -> bytes:
        if self.png is None:
            raise ValueError("kaleido is missing")
        return self.png


class Shown:
    """Shows itself in one form."""

    def __init__(self, form: str, data: Any) -> None:
        setattr(self, f"_repr_{form}_", lambda: data)


def own(thing: Any, **notes: str) -> dict[str, Any]:
    return dict(b.own(thing, caption="Mules", **notes).model_dump()["content"])


def test_a_frame_is_the_analysts_own_table() -> None:
    content = own(pd.DataFrame({"n": [1200, None], "x": ["a", None]}, index=["p", "q"]))
    assert content["rows"] == ((("p",), ("1,200",), ("a",)), (("q",), ("",), ("",)))
    assert [column["is_number"] for column in content["columns"]] == [False, True, False]


def test_a_series_is_a_table_too() -> None:
    assert own(pd.Series([3, 4], name="mules"))["rows"] == ((("3",),), (("4",),))


@pytest.mark.parametrize(
    ("thing", "form"),
    [
        (Drawing(), "image/png"), (Grid(), "image/png"), (b"\x89PNG x", "image/png"), (b"\xff\xd8\xff x", "image/jpeg"),
        (Shown("png", (b"\x89PNG", {})), "image/png"), (Shown("svg", MATPLOTLIB), "image/svg+xml"),
    ],
)  # fmt: skip
def test_what_draws_itself_is_a_picture(thing: Any, form: str) -> None:
    assert own(thing, alt="Two mules")["form"] == form


def test_a_figure_of_matplotlib_is_a_picture_of_the_same_bytes_each_time_and_is_closed() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    drawn = []
    for _ in range(2):
        _, axes = pyplot.subplots(figsize=(2, 1))
        axes.plot([98, 122])
        drawn.append(own(axes, alt="Two mules"))
    assert drawn[0] == drawn[1] and base64.b64decode(drawn[0]["data"]).startswith(b"\x89PNG")
    assert pyplot.get_fignums() == []


def test_a_chart_of_altair_is_drawn_and_describes_itself_on_a_page_that_calls_it_the_analysts_own() -> None:
    chart = alt.Chart(FRAME, description="98 and 122 mules").mark_bar().encode(x="mules", y="claimant")
    block = b.own(chart, caption="Mules")
    page = page_of(f.cell(new_output("display_data", {MIME: block.model_dump(mode="json")})))
    figure = page.select_one("figure.own")
    assert figure is not None and figure.svg is not None and figure.svg.desc is not None
    assert figure.svg.desc.get_text() == "98 and 122 mules" and figure.svg.find("path") is not None
    assert own(chart, alt="Other words")["alt"] == "Other words"


def test_a_figure_of_plotly_is_drawn_or_says_why_it_cannot_be() -> None:
    assert own(Plotly(b"\x89PNG x"), alt="Mules")["form"] == "image/png"
    with pytest.raises(UsageError, match=r"plotly cannot draw .*kaleido is missing.* b\.own\(png"):
        b.own(Plotly(None), caption="Mules", alt="Mules")


def test_what_is_made_from_claims_is_not_the_analysts_own() -> None:
    with pytest.raises(UsageError, match=r"was given Claims, which is made from claims.*b\.claims_table"):
        b.own(b.choose_claims(b.read_example()), caption="Claims")


D = b.read_example()


@pytest.mark.parametrize(
    "value",
    [D, b.choose_claims(D, quantity="lorries-sent"), b.contested(b.choose_claims(D, quantity="lorries-sent")),
     b.contested(b.choose_claims(D, quantity="lorries-sent")).figure, b.find_parts(D, "tr-0005"), b.choose_quotes(D),
     b.revisions(D, item="lorry", counting="increment"), b.affected_by(D, "union-2031-10-11")],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_an_author_sees_of_a_value_is_refused_by_the_page_as_before(value: Any) -> None:
    html = value._repr_html_()
    assert html.startswith(GLANCE) and BeautifulSoup(html, "html.parser").caption.get_text()
    with pytest.raises(PageError, match=rf"left .*{type(value).__name__}\(.*a page shows blocks"):
        shown({"text/html": html, "text/plain": repr(value)})


def test_a_glance_escapes_what_rows_hold_and_shows_the_first_of_many() -> None:
    html = glance(f.HOSTILE, ["id"], [[f.HOSTILE]] * 70)
    assert f.HOSTILE not in html and html.count("<tr>") == 61 and "10 more rows" in html


def test_what_shows_itself_as_a_table_is_one() -> None:
    assert own(Shown("html", GREAT))["rows"][1] == (("Ferrymen",), ("1,098",), ("12.5",))


def test_words_are_markdown() -> None:
    assert own("*Mules*") == own(Shown("markdown", "*Mules*")) == {"markdown": "*Mules*"}


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: b.own(FRAME, caption=" "), "caption is empty"),
        (lambda: b.own(Drawing(), caption="x"), "no alternative text"),
        (lambda: b.own(3, caption="x"), "was given int; it takes a frame, a chart, a figure"),
        (lambda: b.own(Shown("html", "<table><tr><td><img></td></tr></table>"), caption="x"), "<img>"),
    ],
)
def test_own_says_what_is_lacking(ask: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        ask()


def test_an_own_block_is_labelled_and_names_its_source() -> None:
    block = b.own(FRAME, caption="Mules", source="Own count")
    data = {MIME: block.model_dump(mode="json")}
    figure = page_of(f.cell(new_output("display_data", data))).select_one("figure.own")
    assert figure is not None and figure.caption is not None
    assert figure.get_text(" ", strip=True).startswith("Analyst's own No claim in the dossier supports it.")
    assert figure.get_text().strip().endswith("Source: Own count")
    assert f.HOSTILE in figure.get_text()

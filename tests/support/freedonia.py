"""A second dossier's page: an executed notebook about countries that do not exist, with one block of every kind."""

from __future__ import annotations

from typing import Any

import altair as alt
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing.blocks.blocks import (
    MIME,
    Block,
    Chart,
    Chip,
    Cited,
    ClaimRecord,
    Column,
    Correction,
    Corrections,
    Decided,
    Earlier,
    Entry,
    Evidence,
    Exchange,
    Exhibit,
    Front,
    Heading,
    Headline,
    Hypothesis,
    Indicator,
    Indicators,
    Judgement,
    Judgements,
    Matrix,
    MatrixRow,
    Note,
    Odds,
    Own,
    Prose,
    Quotation,
    Quotations,
    Raised,
    Scenario,
    Scenarios,
    SourceRecord,
    Sources,
    Sourcing,
    Table,
    TableData,
    Text,
    Tile,
    Timeline,
)

HOSTILE = "<img src=x onerror=alert(1)>"


def source(key: str, **changes: Any) -> SourceRecord:
    """Make a source that relays nobody."""
    cells = {
        "id": key, "publisher": "The Fredonia Gazette", "title": "Mules cross the river", "published": "1933-11-17",
        "url": f"https://example.org/{key}", "origin": key, "kind": "newspaper", "language": "en", "reliability": "C",
    }  # fmt: skip
    return SourceRecord(**(cells | changes))


def claim(key: str, **changes: Any) -> ClaimRecord:
    """Make a claim of exactly 98 mules."""
    cells = {
        "id": key, "table": "transfers", "quantity": "mules-lent", "quantity_title": "Mules lent to Sylvania",
        "item": "Mule", "when": "1933-10-09/1933-10-28", "parties": "Freedonia to Sylvania", "shown": "98",
        "unit": "items", "qualifier": "exact", "low": 98, "best": 98, "high": 98, "status": "delivered",
        "claimant": "The Ferrymen",
        "wording": "98 mules, counted at the ferry", "source": "gazette-1", "grade": "C2", "counting": "cumulative",
    }  # fmt: skip
    return ClaimRecord(**(cells | changes))


SOURCES = (
    source("gazette-1"),
    source("gazette-2", publisher="Sylvania Herald", title="A hundred and more", origin="gazette-1",
           origin_name="The Fredonia Gazette", archived_url="https://web.archive.org/web/1/https://example.org/2"),
    source("ministry-1", publisher="Ministry of War of Freedonia", title=HOSTILE, url="javascript:alert(1)",
           published="1933-11", published_basis="inferred", note="The title was not seen."),
)  # fmt: skip

CLAIMS = (
    claim("tr-1"),
    claim("tr-2", shown="≥ 122", low=122, best=None, high=None, qualifier="at_least",
          claimant="Sylvania’s General Staff",
          wording="at least 122 mules", source="gazette-2", supersedes="tr-9", part_of="tr-1",
          note="The same ferry, counted a week later."),
    claim("tr-3", quantity="hay-lent", quantity_title="Hay lent to Sylvania", item="Hay", shown="65,089 t",
          unit="tonnes", low=65089, best=65089, high=65089, wording="65,089 tonnes of hay",
          source="ministry-1", where="Gomel quay"),
    claim("tr-4", quantity="hay-lent", quantity_title="Hay lent to Sylvania", item="Hay", shown="> 65,000 t",
          unit="tonnes", low=65000, best=None, high=None, qualifier="more_than", wording="more than 65,000 tons",
          source="gazette-2"),
)  # fmt: skip

EVIDENCE = Evidence(claims=CLAIMS, sources=SOURCES)


def one(text: str, key: str) -> Cited:
    """Cite one claim."""
    return Cited(text=text, claims=(key,))


RANGE = Cited(text="98–122, sources conflict", claims=("tr-1", "tr-2"), how="stated range of 2 rival claims")


def spec(width: int) -> dict[str, Any]:
    """Draw two rivals: a bar between stated bounds, a dotted line where a side is not stated."""
    rows = [
        {"claimant": "The Ferrymen", "low": 98, "high": 98, "side": "stated"},
        {"claimant": "Sylvania’s General Staff", "low": 122, "high": 140, "side": "not stated"},
    ]
    axis = alt.Axis(labelLimit=220, title=None)
    base = alt.Chart(alt.Data(values=rows)).encode(y=alt.Y("claimant:N", axis=axis))
    dash = alt.StrokeDash("side:N", scale=alt.Scale(domain=["stated", "not stated"], range=[[1, 0], [2, 4]]))
    rules = base.mark_rule(strokeWidth=3, color="#005a8c", clip=True).encode(
        x=alt.X("low:Q", scale=alt.Scale(domain=[0, 140]), title="mules"), x2="high:Q", strokeDash=dash
    )
    ticks = base.mark_tick(thickness=3, color="#005a8c", size=16).encode(x=alt.X("low:Q"))
    chart = (rules + ticks).properties(width=width, height=90)
    return chart.configure_view(stroke=None).configure(font="Liberation Sans, Arial, Helvetica, sans-serif").to_dict()


DATA = TableData(
    columns=(Column(name="Claimant"), Column(name="Mules", is_number=True), Column(name="Day"), Column(name="Status")),
    rows=(
        (("The Ferrymen",), (one("98", "tr-1"),), ("28 October 1933",), ("delivered",)),
        (("Sylvania’s General Staff",), (one("≥ 122", "tr-2"),), ("4 November 1933",), (HOSTILE,)),
    ),
    ids=("tr-1", "tr-2"),
    order=((None, 98, "1933-10-28", None), (None, 122, "1933-11-04", None)),
)

HAY = TableData(
    columns=(Column(name="As printed"), Column(name="Tonnes", is_number=True)),
    rows=((("65,089 tonnes of hay",), ("65,089",)), (("more than 65,000 tons",), ("> 65,000",))),
    ids=("tr-3", "tr-4"),
    order=((None, 65_089), (None, 65_000)),
)


LONG = TableData(
    columns=(Column(name="Claimant"), Column(name="Mules", is_number=True), Column(name="Day")),
    rows=(
        *(((f"Claimant {n}",), (f"{1000 + 100 * n:,}",), (f"{n} November 1933",)) for n in (3, 10, 1, 2, 7, 8, 11)),
        (('=HYPERLINK("https://evil.example")',), ("≥ 5",), ("9 November 1933",)),
    ),
    order=(
        *((None, 1000 + 100 * n, f"1933-11-{n:02}") for n in (3, 10, 1, 2, 7, 8, 11)),
        (None, 5, "1933-11-09"),
    ),
)


def said(key: str, stance: str, text: str, **changes: Any) -> Quotation:
    """Say something about whether Freedonia goes to war."""
    cells = {
        "id": key, "speaker": "Rufus T. Firefly", "role": "President of Freedonia", "date": "1933-11-10", "text": text,
        "is_direct": True, "is_translated": False, "stance": stance, "target": "Freedonia goes to war",
        "source": "gazette-1",
    }  # fmt: skip
    return Quotation(**(cells | changes))


EXCHANGE = Exchange(
    target="Freedonia goes to war",
    quotations=(
        said("qt-1", "affirms", "Then it’s war!"),
        said("qt-2", "denies", HOSTILE, speaker="Trentino", role="Ambassador of Sylvania", is_translated=True,
             relay="Herald Radio", source="ministry-1"),
        said("qt-3", "denies", "He said that nobody had asked for a war.", is_direct=False),
    ),
)  # fmt: skip

EVENTS = (
    Entry(id="ev-1", date="1933-10-09", day="1933-10-09", title="First ferry", summary="20 mules cross.",
          kind="transfer", where="Gomel quay", source="gazette-1"),
    Entry(id="ev-2", date="1933-11", day="1933-11-01", title="Note of protest", summary=HOSTILE, kind="diplomacy",
          source="gazette-2"),
)  # fmt: skip

UNLIKELY, EVEN, LIKELY = (
    Odds(term=term, range=f"{low}–{high} %", low=low, high=high)
    for term, low, high in (("unlikely", 20, 45), ("roughly even chance", 45, 55), ("likely", 55, 80))
)


def exhibit(key: str, text: Text, **changes: Any) -> Exhibit:
    """Make an observation read in the Gazette."""
    cells = {
        "id": key, "text": text, "kind": "observation", "date": "1933-11-10", "source": "gazette-1",
        "credibility": "high", "relevance": "moderate",
    }  # fmt: skip
    return Exhibit(**(cells | changes))


FERRY = exhibit("ex-1", ("The ferry carried ", one("98", "tr-1"), " mules"), rests_on=("tr-1", "ev-1"))
ENVOY = exhibit("ex-2", (HOSTILE,), kind="statement", source="ministry-1", credibility="low", rests_on=("qt-4",))
#: What items of evidence rest on; what the page shows nowhere else, its annex does.
RESTS = Evidence(
    claims=CLAIMS, sources=SOURCES, events=EVENTS[:1],
    quotes=(said("qt-4", "denies", "There is no ferry.", speaker="Trentino", note="Said in Gomel."),),
)  # fmt: skip

JUDGED = Judgements(
    caption="Will Freedonia go to war by spring?",
    scale="icd203",
    scale_title="ICD 203",
    bands=(UNLIKELY, EVEN, LIKELY),
    method="An illustration of the method.",
    judgements=(
        Judgement(
            id="jd-1", opening="It is", odds=LIKELY, statement="Freedonia declares war", confidence="low",
            confidence_reason="the evidence is one newspaper's", supporting=(FERRY,), contrary=(ENVOY,),
            would_change_if="the mules come back",
            earlier=Earlier(id="jd-0", odds=UNLIKELY, made_on="1933-11-01", statement="Freedonia goes to war",
                            move="raised", reason="the ferry"),
            actor="Freedonia", event="a declaration of war", where="Sylvania", horizon="1934-03-31",
            resolution="A declaration is printed in the Gazette", made_by="Rufus's desk", made_on="1933-11-17"),
        Judgement(
            id="jd-2", opening="There is a", odds=EVEN, statement="Sylvania gives the mules back",
            confidence="moderate", confidence_reason="both sides say so", would_change_if="the ferry stops",
            actor="Sylvania", event="a return", horizon="1933-11-15", resolution="The ferrymen count them",
            made_by="Rufus's desk", made_on="1933-11-10", is_overdue=True),
    ),
    decided=(
        Decided(id="jd-3", statement="The ferry runs in winter", odds=EVEN, made_on="1933-10-01", outcome="true",
                on="1933-10-28", how="It ran", events=(("ev-1", "First ferry", "gazette-1"),)),
        Decided(id="jd-4", statement="Hay is dear", odds=LIKELY, made_on="1933-10-01", outcome="void", on="1933-11"),
    ),
    evidence=RESTS,
)  # fmt: skip

WEIGHED = Matrix(
    caption="Why the mules were lent",
    hypotheses=(
        Hypothesis(id="hy-1", label="H1", statement="Freedonia prepares a war", score=-0.5, survives=True),
        Hypothesis(id="hy-2", label="H2", statement=HOSTILE, score=-3.0, survives=False),
    ),
    rows=(
        MatrixRow(exhibit=FERRY, ratings=("CC", "II"), is_diagnostic=True, without=("H1", "H2")),
        MatrixRow(exhibit=ENVOY, ratings=("I", ""), is_diagnostic=True, without=("H1",)),
        MatrixRow(exhibit=exhibit("ex-3", ("Hay is cheap",), kind="assumption"), ratings=("N", "N"),
                  is_diagnostic=False, without=("H1",)),
    ),
    result=("Least speaks against H1.", "It turns on ex-1."),
    method="Only what speaks against counts.",
    evidence=RESTS,
)  # fmt: skip


def watched(key: str, status: str, **changes: Any) -> Indicator:
    """Watch for something at the border."""
    cells = {
        "id": key, "observable": "Mules are shod at the border", "threshold": "ten in a day", "where": "Gomel quay",
        "bears": "for", "judgement": "Freedonia declares war", "status": status, "when": "1933-11-12",
        "note": "Seen once", "looks": 2,
    }  # fmt: skip
    return Indicator(**(cells | changes))


WATCHED = Indicators(
    caption="What is watched for",
    indicators=(
        watched("in-1", "observed", source="gazette-2"),
        watched("in-2", "counter_observed", bears="against", observable=HOSTILE, note=HOSTILE),
        watched("in-3", "ambiguous"),
        watched("in-4", "not_observed", note=""),
        watched("in-5", "no_coverage", when="", note="", looks=0),
    ),
    evidence=EVIDENCE,
)

ARGUED = Scenarios(
    caption="What may happen by spring",
    scale="icd203",
    scale_title="ICD 203",
    bands=(UNLIKELY, EVEN, LIKELY),
    method="An illustration of the method.",
    scenarios=(
        Scenario(
            id="sc-1", label="War", statement="Freedonia goes to war", judged=JUDGED.judgements[0],
            raised_by=(
                Raised(name="Trentino", date="1933-11-12", row="qt-4", source="ministry-1", stance="denies"),
                Raised(name="Freedonia Gazette", date="1933-11-10", row="ex-1", source="gazette-1"),
                Raised(name="First ferry", date="1933-10-28", row="ev-1", source="gazette-1"),
            ),
            lights=(WATCHED.indicators[0], WATCHED.indicators[4])),
        Scenario(id="sc-2", label="By ferry", statement=HOSTILE, part_of="War", lights=(WATCHED.indicators[1],),
                 note="One of two ways."),
        Scenario(id="hy-1", table="hypotheses", label="The mules are for the hay",
                 statement="The mules are for the hay", supporting=(FERRY,) * 2 + (ENVOY,), survives=True),
    ),
    others=JUDGED.judgements[1:],
    decided=(JUDGED.decided[0].model_copy(update={"leaned": "wrong"}), JUDGED.decided[1]),
    evidence=RESTS,
)  # fmt: skip

MENDED = Corrections(
    caption="What we got wrong",
    corrections=(
        Correction(date="1933-11-02", row="tr-1", title="Mules lent", field="high", old="89", reason="Misread."),
        Correction(date="1933-11-20", row="tr-99", title=HOSTILE, field="claimant", old=HOSTILE, new="The Ferrymen",
                   reason="The name was another's", is_later=True),
    ),
    evidence=EVIDENCE,
)  # fmt: skip

BLOCKS: tuple[Block, ...] = (
    Headline(
        title="Will Freedonia go to war?",
        bottom_line=("No decision is seen. Freedonia has lent Sylvania ", RANGE, " mules and ", one("65,089 t", "tr-3"),
                     " of hay."),
        as_of="1933-11-17",
        marking="Open source",
        evidence=EVIDENCE,
    ),
    Heading(text=("Sylvania holds at least ", one("98", "tr-1"), " of Freedonia’s mules"), evidence=EVIDENCE),
    Prose(text=("The ferrymen counted ", one("98", "tr-1"), " mules; the General Staff says ", one("≥ 122", "tr-2"),
                ". Both cannot be right, and neither has been withdrawn."), evidence=EVIDENCE),
    Chart(title="Mules lent to Sylvania, by claimant", spec=spec(480), narrow=spec(150),
          description="The Ferrymen state 98. Sylvania’s General Staff states at least 122, with no upper bound.",
          source_line="As of 17 November 1933; 2 documents, 1 origin. Bars are stated bounds.",
          sourcing=Sourcing(as_of="17 November 1933", documents=2, origins=1), data=DATA, evidence=EVIDENCE),
    Table(caption="Mules lent, by claimant", data=DATA, evidence=EVIDENCE),
    Note(label="Assumption", text=("A mule is counted once.",)),
    Heading(text=("Hay went by rail",)),
    Table(caption="Hay lent", data=HAY, evidence=EVIDENCE),
    Table(caption="Mules offered by others", data=LONG),
    Heading(text=("Each denial stands beside what it denies",)),
    Quotations(caption="What was said", exchanges=(EXCHANGE,), evidence=EVIDENCE),
    Heading(text=("The loan came before the quarrel",)),
    Timeline(
        caption="What happened",
        entries=EVENTS,
        evidence=EVIDENCE,
    ),
    Heading(text=("War is likely, and what was said of it before was wrong once",)),
    JUDGED,
    ARGUED,
    WEIGHED,
    WATCHED,
    MENDED,
    Heading(text=("Sources",)),
    Sources(summary=("3 documents, 2 origins.",), evidence=EVIDENCE),
)  # fmt: skip

#: The head of a page that argues, in place of the headline; each chip there is.
FRONT = Front(
    title="Will Freedonia go to war?",
    bottom_line=("It is unlikely (20–45 %) that Freedonia goes to war by 31 December 1933.",),
    assurance="Our confidence in this is low: one gazette is the only source.",
    standfirst=("Freedonia has lent Sylvania ", one("98", "tr-1"), " mules, say the Ferrymen; no order is seen.",),
    as_of="1933-11-17",
    judged_by="Bob Roland",
    badge=f"a spy {HOSTILE}",
    odds=Odds(term="unlikely", range="20–45 %", low=20, high=45),
    bands=(Odds(term="unlikely", range="20–45 %", low=20, high=45),
           Odds(term="likely", range="55–80 %", low=55, high=80)),
    scale_title="The scale of the Gazette",
    tiles=(
        Tile(figure=(RANGE,), label="Mules lent", claimant="2 claimants", when="1933-10-09/1933-10-28",
             chips=(Chip(kind="contested"), Chip(kind="origins", number=2), Chip(kind="repeated", day="1933-10-28"),
                    Chip(kind="denied", name=HOSTILE), Chip(kind="doubted", name="Ambassador Trentino"))),
        Tile(figure=(one("65,089 tonnes", "tr-3"),), hedge=("before: ", one("more than 65,000", "tr-4")),
             label=HOSTILE, claimant="The Ferrymen", when="1933-10",
             chips=(Chip(kind="relays"), Chip(kind="one_origin"), Chip(kind="old", number=48))),
        Tile(figure=(one("98 mules", "tr-1"),), label="Mules promised", claimant="The Ferrymen",
             chips=(Chip(kind="to_come"), Chip(kind="undated"))),
        Tile(figure=("No count known",), label="Goats lent"),
    ),
    hero=next(block for block in BLOCKS if isinstance(block, Chart)),
    contested=(("The Ferrymen count ", one("98", "tr-1"), "; the General Staff counts ", one("≥ 122", "tr-2"), "."),
               (f"Firefly denies it {HOSTILE}.",)),
    collected="1934",
    evidence=EVIDENCE,
)  # fmt: skip

#: An analyst's own table, of which no claim of the dossier knows.
OWN = Own(
    caption=f"Mules in the barn {HOSTILE}",
    source="Our own count",
    content=TableData(columns=(Column(name="who"), Column(name="mules", is_number=True)),
                      rows=((("The Ferrymen",), ("98",)), ((HOSTILE,), ("122",)))),
)  # fmt: skip


def cell(*outputs: Any, tags: tuple[str, ...] = ()) -> NotebookNode:
    """Make a code cell that left outputs: blocks, or outputs as they stand."""
    made = [
        new_output("display_data", {MIME: out.model_dump(mode="json"), "text/plain": "a block"})
        if isinstance(out, Block)
        else out
        for out in outputs
    ]
    return new_code_cell("secret = 1", outputs=made, metadata={"tags": list(tags)})


def notebook(*cells: NotebookNode) -> NotebookNode:
    """Make an executed notebook."""
    return new_notebook(cells=list(cells))


def words(source: str, **changes: Any) -> NotebookNode:
    """Make a markdown cell."""
    return new_markdown_cell(source, **changes)


def freedonia(blocks: tuple[Block, ...] = BLOCKS) -> NotebookNode:
    """Give the whole executed notebook."""
    method = "## How it was made\n\nEach row is a claim, *not* a fact.\n\n| Step | Rows |\n|---|---:|\n| read | 4 |\n"
    cells = [words("# Will Freedonia go to war?"), cell(tags=("parameters",)), *map(cell, blocks[:-2]), words(method)]
    return notebook(*cells, *map(cell, blocks[-2:]))


if __name__ == "__main__":
    nbformat.write(freedonia(), "freedonia.ipynb")

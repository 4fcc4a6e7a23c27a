"""Who says what of one quantity: each sentence stands here beside the rows that it was made from."""

from __future__ import annotations

import pytest
from dossiers import NAMES, Cells, dossier, flow, loss, sides, source, stock

from briefing.blocks.blocks import Cited
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.counts import say_count
from briefing.desk.prose import finding

SOURCES = [source("s-1"), source("s-2"), source("s-3", origin_id="s-1"), source("s-4", origin_id="s-1")]
ITEMS = [
    *NAMES["items"][1:],
    {"item_id": "animal", "name": "animals", "unit": "items", "singular": "animal", "plural": "animals"},
    {"item_id": "loan", "name": "Loan", "unit": "crowns"},
    {"item_id": "people", "name": "People", "unit": "persons"},
]
UNITS = [
    {"unit_id": "items", "singular": "item", "plural": "items", "of": "count"},
    {"unit_id": "persons", "singular": "person", "plural": "persons", "of": "people"},
    {"unit_id": "tonnes", "singular": "tonne", "plural": "tonnes", "of": "mass"},
    {"unit_id": "crowns", "singular": "crown", "plural": "crowns", "of": "money"},
]
FIREFLY, TRENTINO, SYLVANIA = ({"claimant_id": name} for name in ("firefly", "trentino", "sylvania"))
AGAIN = {"source_id": "s-2"}


def counted(*rows: Cells, title: str = "Mules at the Pass") -> Contested:
    tables: dict[str, list[Cells]] = {"deployments": [], "transfers": [], "losses": []}
    for row in rows:
        name = "deployments" if "date" in row else "losses" if "side" in row else "transfers"
        tables[name].append(row)
    quantities: list[Cells] = [{"quantity_id": "q-a", "title": title}]
    known = dossier(sources=SOURCES, items=ITEMS, units=UNITS, quantities=quantities, **tables)
    return contested(choose_claims(known))


def said(rivals: Contested) -> str:
    return "".join(span.text if isinstance(span, Cited) else span for span in finding(say_count(rivals)).text)


@pytest.mark.parametrize(
    ("bounds", "number"),
    [
        (sides("exact", 1, 1, 1), "one"), (sides("exact", 2, 2, 2), "two"), (sides("exact", 40, 40, 40), "40"),
        (sides("exact", 0, 0, 0), "none"), (sides("about", best=1_100), "about 1,100"),
        (sides("at_least", 3_000), "3,000 or more"), (sides("more_than", 65_000), "more than 65,000"),
        (sides("at_most", high=12_000), "up to 12,000"), (sides("fewer_than", high=48), "fewer than 48"),
        (sides("nearly", high=9_000), "nearly 9,000"), (sides("range", 36, high=44), "36 to 44"),
    ],
)  # fmt: skip
def test_one_claimant_puts_it_at_a_number_as_hedged(bounds: Cells, number: str) -> None:
    assert said(counted(stock("d-1") | bounds)) == f"The Gazette puts mules at the Pass at {number} (1 January 2031)"


#: The rows, the quantity's title where it is another, and the sentence.
SENTENCES: dict[str, tuple[tuple[Cells, ...], str, str]] = {
    "no claim gives a number": (
        (stock("d-1"),), "", "No claim known on this day gives a number",
    ),
    "dozens": (
        (stock("d-1", **sides("order", 12)),), "", "The Gazette puts mules at the Pass in the dozens (1 January 2031)",
    ),
    "two say the same": (
        (stock("d-1", 98), stock("d-2", 98, **AGAIN, **FIREFLY)), "",
        "The Gazette and Rufus Firefly put mules at the Pass at 98 (1 January 2031)",
    ),
    "two differ": (
        (stock("d-1", 98), stock("d-2", **AGAIN, **FIREFLY, **sides("at_least", 3_000))), "",
        "The Gazette puts mules at the Pass at 98, Rufus Firefly at 3,000 or more (1 January 2031)",
    ),
    "who counts leads who only fits": (
        (flow("t-1", 65_089, **AGAIN), flow("t-2", **FIREFLY, **sides("more_than", 65_000))), "",
        "The Gazette puts mules at the Pass at 65,089, Rufus Firefly at more than 65,000 (1 January 2031)",
    ),
    "three differ": (
        (stock("d-1", 98), stock("d-2", 122, **AGAIN, **FIREFLY), stock("d-3", **TRENTINO, **sides("about", best=150))),
        "",
        "The Gazette puts mules at the Pass at 98, Rufus Firefly at 122 and Ambassador Trentino at about 150 "
        "(1 January 2031)",
    ),
    "many differ": (
        (stock("d-1", 98), stock("d-2", 122, **FIREFLY), stock("d-3", 150, **TRENTINO), stock("d-4", 90, **SYLVANIA)),
        "", "Four claimants put mules at the Pass at 90 to 150 (sources conflict, 1 January 2031)",
    ),
    "an earlier count": (
        (stock("d-1", 3, date="2030-12-01", **AGAIN), stock("d-2", 40, **FIREFLY)), "",
        "Rufus Firefly puts mules at the Pass at 40 (1 January 2031); The Gazette gave three before (1 December 2030)",
    ),
    "earlier counts": (
        (
            stock("d-1", date="2030-10", **AGAIN, **sides("about", best=3_200)), stock("d-2", 4_300, date="2030-11"),
            stock("d-3", **FIREFLY, **sides("at_most", high=12_000)),
        ), "",
        "Rufus Firefly puts mules at the Pass at up to 12,000 (1 January 2031), repeating an earlier count; "
        "The Gazette gave about 3,200 to 4,300 before",
    ),
    "a relay keeps the hedge that another drops": (
        (flow("t-1", 12_000, source_id="s-3"), flow("t-2", source_id="s-4", **sides("at_most", high=12_000))), "",
        "The Gazette puts mules at the Pass at up to 12,000 (1 January 2031)",
    ),
    "relays of one original differ": (
        (flow("t-1", 20, source_id="s-3"), flow("t-2", 60, source_id="s-4")), "",
        "The Gazette puts mules at the Pass at 20 or 60 (reports of it differ, 1 January 2031)",
    ),
    "announced": (
        (stock("d-1", 300, status="announced"),), "",
        "The Gazette puts mules at the Pass at 300 (announced, 1 January 2031)",
    ),
    "the title says that it is announced": (
        (stock("d-1", 300, status="announced"),), "Mules for the Pass, as announced",
        "The Gazette puts mules for the Pass, as announced, at 300 (1 January 2031)",
    ),
    "one denies, one doubts": (
        (
            stock("d-1", 300), stock("d-2", status="denied", **AGAIN, **FIREFLY),
            stock("d-3", 300, status="doubted", **TRENTINO),
        ), "",
        "The Gazette puts mules at the Pass at 300 (1 January 2031); Rufus Firefly denies it; "
        "Ambassador Trentino doubts 300",
    ),
    "nobody counts, and one doubts": (
        (stock("d-1", 300, status="doubted"),), "",
        "The Gazette doubts a figure of 300 for mules at the Pass (1 January 2031)",
    ),
    "a running total": (
        (
            flow("t-1", 500, period="2031-01/2031-02", counting="running"),
            flow("t-2", 700, period="2031-01/2031-03", counting="running", **AGAIN),
        ), "Animals sent to Sylvania",
        "The Gazette puts animals sent to Sylvania at 700 (January to March 2031); "
        "an earlier total, of January to February 2031, gave 500",
    ),
    "a loss": (
        (loss("l-1", 600, period="2031-01/2031-03", item="people"),), "Dead of Sylvania at the Pass",
        "The Gazette puts dead of Sylvania at the Pass at 600 (January to March 2031)",
    ),
    "money": (
        (flow("t-1", item="loan", unit="crowns") | sides("at_most", high=5e6),), "Loan to Sylvania",
        "The Gazette puts loan to Sylvania at up to 5,000,000 crowns (1 January 2031)",
    ),
    "tonnes": (
        (flow("t-1", 8, item="hay", unit="tonnes", period="2031-03/2031-09"),), "Hay by rail, March to September 2031",
        "The Gazette puts hay by rail, March to September 2031, at 8 tonnes",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "title", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_the_sentence_beside_its_rows(rows: tuple[Cells, ...], title: str, sentence: str) -> None:
    assert said(counted(*rows, title=title or "Mules at the Pass")) == sentence


def test_each_figure_inside_leads_to_the_claims_of_its_own_claimant() -> None:
    heading = finding(say_count(counted(stock("d-1", 98), stock("d-2", 122, **AGAIN, **FIREFLY))))
    assert [span.claims for span in heading.text if isinstance(span, Cited)] == [("d-1",), ("d-2",)]

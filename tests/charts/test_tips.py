"""What a mark answers, and which marks are small since they repeat an origin that is drawn already."""

from __future__ import annotations

import pytest
from dossiers import dossier, flow, sides, source, stock
from drawings import rows, specs

from briefing.charts import dated_series, dot_range, part_and_whole
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.sums import find_parts
from briefing.page.svg import clean_svg
from briefing.page.vega import draw_svg

SOURCES = [source("s-1"), source("s-2", "2031-02-02", origin_id="s-1"), source("s-3")]
RELAYED = dossier(
    sources=SOURCES,
    deployments=[
        stock("d-1", 98),
        stock("d-2", source_id="s-2", claimant_id="firefly", **sides("more_than", 90)),
        stock("d-3", 122, source_id="s-2", date="2031-02-01"),
        stock("d-4", 98, source_id="s-3"),
    ],
)


@pytest.mark.parametrize("draw", [dot_range, dated_series])
def test_only_a_number_that_another_document_of_its_origin_gave_before_is_drawn_small(draw) -> None:
    for spec in specs(draw(choose_claims(RELAYED), title="Mules")):
        small = [row["tip"]["title"] for row in rows(spec) if row.get("again")]
        assert small == ["Rufus Firefly, 1 January 2031: > 90 items"]


@pytest.mark.parametrize("draw", [dot_range, dated_series])
def test_a_chart_says_how_many_marks_repeat_an_origin(draw) -> None:
    chart = draw(choose_claims(RELAYED), title="Mules")
    assert "Small marks repeat an origin that is drawn already" in chart.source_line
    assert chart.source_line.endswith(": 1 of 4.")
    assert "more than 90 items (same origin again)" in chart.description


def test_two_counts_of_one_document_are_two() -> None:
    twice = dossier(sources=SOURCES, deployments=[stock("d-1", 98), stock("d-2", 98, date="2031-03-01")])
    assert not [row for row in rows(dot_range(choose_claims(twice), title="Mules").spec) if row.get("again")]


def test_a_tip_names_what_is_repeated_and_leaves_long_words_to_the_table() -> None:
    long = dossier(
        sources=SOURCES, deployments=[stock("d-1", 98), stock("d-2", 98, source_id="s-2", wording="mule " * 30 + ".")]
    )
    assert rows(dot_range(choose_claims(long), title="Mules").spec)[1]["tip"] == {
        "title": "The Gazette, 1 January 2031: 98 items",
        "Read in": "Publisher of s-2",
        "Repeats": "The Gazette, 1 January 2031",
    }


def test_what_is_unaccounted_for_says_of_what() -> None:
    few = dossier(
        transfers=[flow("t-1", 100, counting="cumulative", item="animal"),
                   flow("t-2", quantity_id="q-b", part_of="t-1", **sides("at_least", 40))]
    )  # fmt: skip
    drawn = rows(part_and_whole(find_parts(few, "t-1"), title="Animals").spec)
    assert {row["tip"]["title"]: row["tip"].get("The whole") for row in drawn} == {
        "The Gazette, 1 January 2031: 100 items": None,
        "The Gazette, 1 January 2031: ≥ 40 items": None,
        "up to 60 unaccounted for": "The Gazette, 1 January 2031: 100 items",
    }


def test_tips_leave_the_picture_of_a_page_as_it_is() -> None:
    spec = dot_range(choose_claims(RELAYED), title="Mules").spec
    mute = [{name: cell for name, cell in row.items() if name != "tip"} for row in rows(spec)]
    pictures = [str(clean_svg(draw_svg(one), anchor="c", title="T", description="D")) for one in
                (spec, {**spec, "data": {"values": mute}})]  # fmt: skip
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"date": "2031-11"}, "The Gazette, November 2031: 98 items"),
        ({"status": "announced"}, "The Gazette, 1 January 2031: 98 items (announced)"),
        ({"status": "denied"}, "The Gazette, 1 January 2031: denies 98 items"),
        (sides("at_most", "", "", 12_000), "The Gazette, 1 January 2031: ≤ 12,000 items"),
        (sides("order", 12, "", ""), "The Gazette, 1 January 2031: dozens of items"),
    ],
)
def test_a_tip_says_figure_and_date_as_they_are_stated(cells: dict[str, object], said: str) -> None:
    few = dossier(deployments=[stock("d-1", 98, **cells), stock("d-2", 7, claimant_id="firefly")])
    assert said in [row["tip"]["title"] for row in rows(dot_range(choose_claims(few), title="Mules").spec)]

"""Running totals: claims of different ends are a series, and the newest end leads; a ratio and a difference."""

from __future__ import annotations

from typing import Any

import pytest
from dossiers import Cells, dossier, flow, sides, source
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.blocks.blocks import Chart, Table
from briefing.blocks.records import plain
from briefing.charts import running_steps
from briefing.desk.claims.arithmetic import difference, ratio
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.overview import leading_quantity, overview
from briefing.desk.claims.running import running
from briefing.desk.claims.sourcing import weigh
from briefing.desk.claims.sums import total
from briefing.desk.prose import say
from briefing.errors import ClaimError, UsageError

SOURCES = [source("s-1"), source("s-2")]


def to(claim_id: str, end: str, number: object = None, **cells: object) -> Cells:
    """Write a running total since the first day of 2031."""
    return flow(claim_id, number, **{"counting": "running", "period": f"2031-01-01/{end}"} | cells)


def chosen(*rows: Cells) -> Claims:
    return choose_claims(dossier(transfers=list(rows), sources=SOURCES))


GROWS = (
    to("t-1", "2031-02-01", **sides("at_least", 1_000)),
    to("t-2", "2031-05-29", **sides("at_least", 20_000), claimant_id="sylvania", source_id="s-2"),
)


def cells(block: object) -> list[list[str]]:
    assert isinstance(block, Table)
    return [[plain(cell) for cell in row] for row in block.data.rows]


def test_the_newest_end_of_a_running_total_leads() -> None:
    told = contested(chosen(*GROWS)).latest.words
    assert told == "at least 20,000, by the newest count, of 1 January to 29 May 2031; at least 1,000 before"


def test_the_period_and_the_figure_of_an_overview_are_of_one_claim() -> None:
    assert cells(overview(chosen(*GROWS), caption="All"))[0][1:3] == ["1 January to 29 May 2031", "≥ 20,000"]


def test_so_they_are_where_totals_of_several_periods_share_a_quantity() -> None:
    rows = [{**row, "counting": "cumulative"} for row in GROWS]
    assert cells(overview(chosen(*rows), caption="All"))[0][1:3] == ["1 January to 29 May 2031", "≥ 20,000"]


def test_a_growing_series_is_not_called_consistent() -> None:
    running_told, told = (plain(weigh(contested(chosen(*rows))).text) for rows in
                          (GROWS, [{**row, "counting": "cumulative"} for row in GROWS]))  # fmt: skip
    assert running_told.endswith("totals to different days: each later one includes the earlier ones.")
    assert told.endswith("None contradicts another, but they are totals of different periods.")


def test_claimants_who_differ_at_the_newest_end_are_in_conflict_and_growth_is_none() -> None:
    rivals = to("t-3", "2031-05-29", **sides("at_most", high=9_000))
    grown, at_odds = (plain(weigh(contested(chosen(*GROWS, *more))).text) for more in ((), (rivals,)))
    assert ("totals to different days" in grown, "conflict" in grown) == (True, False)
    assert "Those to the newest day conflict." in at_odds


@pytest.mark.parametrize("counting", ["running", "cumulative"])
def test_a_page_is_headed_by_the_newest_end_and_not_by_the_most_claimed(counting: str) -> None:
    rows = [to("t-1", "2031-02-26", 6_700), to("t-2", "2031-02-28", **sides("at_least", 10_000)),
            to("t-3", "2031-05-29", **sides("at_least", 20_000), quantity_id="q-b")]  # fmt: skip
    assert leading_quantity(chosen(*({**row, "counting": counting} for row in rows))).ids == ("t-3",)


def test_a_total_of_another_time_does_not_lead_for_being_newer() -> None:
    rows = [to("t-1", "2031-02-26", 6_700), to("t-2", "2031-02-28", 9_000),
            flow("t-3", 5, period="2031-05", counting="running", quantity_id="q-b")]  # fmt: skip
    assert leading_quantity(chosen(*rows)).ids == ("t-1", "t-2")


def test_a_sum_of_running_totals_is_the_newest_and_says_so() -> None:
    figure = total(chosen(*GROWS))
    assert (figure.words, figure.claims, figure.how) == (
        "at least 20,000", ("t-2",), "one earlier running total left out",
    )  # fmt: skip


def test_so_it_is_where_each_end_is_a_quantity_of_its_own() -> None:
    assert total(chosen(GROWS[0], {**GROWS[1], "quantity_id": "q-b"})).claims == ("t-2",)


def test_an_earlier_end_that_counts_more_than_a_later_one_is_refused() -> None:
    with pytest.raises(ClaimError, match="overlap"):
        total(chosen(to("t-1", "2031-02-01", 900), to("t-2", "2031-05-29", 20, quantity_id="q-b")))


def test_an_end_that_is_not_stated_is_the_day_on_which_it_was_known() -> None:
    rows = [to("t-1", "2031-01-01", 5), flow("t-2", 9, counting="running", period="2031-01-01/..")]
    assert total(chosen(*rows)).claims == ("t-2",)


def test_a_table_of_running_totals_follows_each_claimant() -> None:
    mine = [to("t-1", "2031-02-01", 1_000), to("t-2", "2031-03", **sides("range", 1_500, "", 1_800))]
    table = cells(running(chosen(*mine, {**GROWS[1], "claim_id": "t-3"}), caption="Mules"))
    assert [[row[0], row[2], row[3], row[5]] for row in table] == [
        ["Sylvania", "29 May 2031", "≥ 20,000", ""],
        ["The Gazette", "1 February 2031", "1,000", ""],
        ["The Gazette", "March 2031", "1,500–1,800", "500–800"],
    ]


def test_steps_never_lead_from_one_claimant_to_another() -> None:
    chart = running_steps(chosen(*GROWS, to("t-3", "2031-04-01", 4_000)), title="Mules")
    assert isinstance(chart, Chart)
    data: Any = chart.spec["data"]
    values: list[dict[str, Any]] = data["values"]
    assert [(mark["group"], mark.get("was")) for mark in values] == [
        ("Sylvania", None), ("The Gazette", None), ("The Gazette", 1_000),
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(2, 28), st.integers(1, 99)), min_size=1, max_size=5, unique_by=lambda end: end[0])
)
def test_a_sum_of_ends_is_never_more_than_the_newest(ends: list[tuple[int, int]]) -> None:
    rows = [to(f"t-{at}", f"2031-02-{day:02}", number) for at, (day, number) in enumerate(ends)]
    assert total(chosen(*rows)).bounds.low == max(ends)[1]


# --- ratio and difference ---------------------------------------------------------------------------------------

MULES, GOATS = flow("t-1", 30), flow("t-2", **sides("range", 10, "", 15), quantity_id="q-b")


def pair(*rows: Cells) -> list[Claims]:
    both = chosen(*rows)
    return [choose_claims(both, claim=str(row["claim_id"])) for row in rows]


def test_a_ratio_and_a_difference_keep_their_bounds_and_their_claims() -> None:
    mules, goats = pair(MULES, GOATS)
    assert (ratio(mules, goats).short, difference(mules, goats).short) == ("2–3", "15–20")
    assert ratio(mules, contested(goats)).claims == ("t-1", "t-2")
    assert difference(total(mules), goats).how == "one claim minus one claim"


@pytest.mark.parametrize(
    ("mules", "goats", "words"),
    [
        (sides("at_least", 80, "", ""), sides("exact", 30, 30, 30), "at least 2.6 times"),
        (sides("exact", 80, 80, 80), sides("exact", 30, 30, 30), "about 2.7 times"),
        (sides("at_most", "", "", 80), sides("exact", 30, 30, 30), "up to 2.7 times"),
        (sides("exact", 45, 45, 45), sides("exact", 30, 30, 30), "1.5 times"),
        (sides("exact", 80, 80, 80), sides("at_least", 30, "", ""), "up to 2.7 times"),
    ],
)  # fmt: skip
def test_a_ratio_is_rounded_and_never_says_more_than_is_known(mules: Cells, goats: Cells, words: str) -> None:
    first, second = pair(flow("t-1", 1, **mules), flow("t-2", 1, **(goats | {"quantity_id": "q-b"})))
    assert plain(say(f"{ratio(first, second): times}").text).casefold() == words


def test_of_a_series_the_newest_end_is_compared() -> None:
    both = chosen(*GROWS, flow("t-3", 10_000, quantity_id="q-b"))
    assert ratio(choose_claims(both, quantity="q-a"), choose_claims(both, claim="t-3")).words == "at least 2"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"item": "hay", "unit": "tonnes"}, "items and tonnes cannot be compared"),
        ({"item": "hay"}, "hay and mule cannot be compared"),
        ({"item": "goat", "counting": "cumulative"}, "goat and mule, different branches of animal"),
    ],
)
def test_other_units_and_branches_are_not_compared(row: Cells, told: str) -> None:
    mules, others = pair(MULES, GOATS | row)
    for work in (ratio, difference):
        with pytest.raises(ClaimError, match=told):
            work(mules, others)


def test_a_conflict_is_no_number_to_work_with() -> None:
    both = chosen(MULES, {**MULES, "claim_id": "t-3", "low": 40, "best": 40, "high": 40}, GOATS)
    rivals, goats = choose_claims(both, quantity="q-a"), choose_claims(both, quantity="q-b")
    for given_ in (rivals, contested(rivals), contested(rivals).figure):
        with pytest.raises(ClaimError, match="the sources conflict"):
            ratio(given_, goats)


def test_what_is_not_stated_gives_no_ratio() -> None:
    assert ratio(*pair(MULES, flow("t-2", quantity_id="q-b"))).words == "no stated number"


# --- choosing ---------------------------------------------------------------------------------------------------

ACTORS: list[Cells] = [
    {"actor_id": "freedonia", "name": "Freedonia", "kind": "state", "country": "NO"},
    {"actor_id": "sylvania", "name": "Sylvania", "kind": "state", "country": "SE"},
    {"actor_id": "gazette", "name": "The Gazette", "kind": "media", "country": "NO"},
]
SIDED = choose_claims(
    dossier(
        actors=ACTORS,
        sources=[source("s-1", reliability="B", reliability_basis="x"), source("s-2")],
        transfers=[
            flow("t-1", 5),
            flow("t-2", 6, claimant_id="sylvania", source_id="s-2"),
            flow("t-3", **sides("at_least", 7), quantity_id="q-b"),
        ],
        losses=[
            {
                "claim_id": "l-1",
                "quantity_id": "q-c",
                "period": "2031-01",
                "side": "freedonia",
                "item": "mule",
                "kind": "killed",
                "counting": "cumulative",
                **sides("exact", 4, 4, 4),
                "unit": "items",
                "status": "delivered",
                "claimant_id": "sylvania",
                "source_id": "s-2",
                "wording": "four",
            },
        ],
    )
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"qualifier": "at_least"}, {"t-3"}),
        ({"grade": "B"}, {"t-1", "t-3"}),
        ({"source": "s-2"}, {"t-2", "l-1"}),
        ({"country": "NO"}, {"t-1", "t-3"}),
        ({"one_sided": True}, {"t-3", "l-1"}),
        ({"one_sided": False}, {"t-1", "t-2"}),
        ({"kind": "killed"}, {"l-1"}),
        ({"table": ["losses", "deployments"]}, {"l-1"}),
    ],
)
def test_claims_are_chosen_by_what_stands_behind_them(asked: dict[str, Any], found: set[str]) -> None:
    assert set(choose_claims(SIDED, **asked).ids) == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"qualifier": "atleast"}, 'Did you mean "at_least"'),
        ({"grade": "G"}, "choices are A, B, C, D, E, F"),
        ({"source": "s-3"}, '"s-3" is no source on any day'),
        ({"country": "UK"}, '"UK" is the country of no actor'),
        ({"kind": "kiled"}, 'Did you mean "killed"'),
        ({"table": "loses"}, 'Did you mean "losses"'),
    ],
)
def test_a_choice_that_is_none_is_told_the_nearest(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        choose_claims(SIDED, **asked)

"""Many quantities on one page: the leading one, where each stands, sums tried, gaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import dossier, flow, sides, source, stock

from briefing.blocks.blocks import Note, Table
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.overview import Gap, find_gaps, gaps, leading_quantity, overview, sums
from briefing.desk.claims.sums import total
from briefing.dossier.dossier import read_dossier
from briefing.errors import ClaimError, Named

EMPTY = choose_claims(dossier())

FIREFLY = {"claimant_id": "firefly"}


def words(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    spans = [
        [[span if isinstance(span, str) else span.text for span in cell] for cell in row] for row in table.data.rows
    ]
    return [["".join(cell) for cell in row] for row in spans]


def words_of(found: tuple[Gap, ...]) -> tuple[str, ...]:
    return tuple(gap.words for gap in found)


def test_the_leading_quantity_has_most_claims_with_a_number() -> None:
    rows = [stock("d-1", 5), stock("d-2", 6), stock("d-3", quantity_id="q-b"), stock("d-4", quantity_id="q-b")]
    assert leading_quantity(choose_claims(dossier(deployments=[*rows, stock("d-5", 1, quantity_id="q-b")]))).ids == (
        "d-1",
        "d-2",
    )


def test_of_two_quantities_with_as_many_claims_the_newer_leads() -> None:
    rows = [stock("d-1", 5, date="2031-02-01"), stock("d-2", 6, quantity_id="q-b")]
    assert leading_quantity(choose_claims(dossier(deployments=rows))).ids == ("d-1",)


def test_a_plan_does_not_lead_together_with_a_presence() -> None:
    rows = [stock("d-1", 5), stock("d-2", 6, status="planned"), stock("d-3", 6)]
    assert leading_quantity(choose_claims(dossier(deployments=rows))).ids == ("d-1", "d-3")


def test_a_plan_leads_with_its_denials_where_they_are_not_told_apart() -> None:
    rows = [stock("d-1", 5, status="announced"), stock("d-2", 6, status="denied"), stock("d-3", 7, status="denied")]
    plans = choose_claims(dossier(deployments=rows))
    assert (leading_quantity(plans).ids, leading_quantity(plans, apart=False).ids) == (
        ("d-2", "d-3"),
        ("d-1", "d-2", "d-3"),
    )


def test_nothing_leads_where_nothing_is_known() -> None:
    assert contested(leading_quantity(EMPTY)).title == "This count"


def test_of_a_stock_the_newest_count_stands_before_the_range_of_all() -> None:
    rows = [stock("d-1", 5), stock("d-2", 9, date="2031-02-01")]
    assert words(overview(choose_claims(dossier(deployments=rows)), caption="All")) == [
        ["Quantity A", "1 February 2031", "9", "items", "present", "The Gazette", "1",
         "5–9, by different counts on different dates"],
    ]  # fmt: skip


def test_of_a_flow_all_rivals_are_one_figure() -> None:
    rows = [flow("t-1", 98, period="2031-01"), flow("t-2", 122, period="2031-01/2031-02", claimant_id="freedonia")]
    assert words(overview(choose_claims(dossier(transfers=rows)), caption="All")) == [
        ["Quantity A", "January 2031", "98–122, sources conflict", "items", "delivered", "The Gazette, Freedonia", "1"]
    ]


@pytest.mark.parametrize("show", [overview, gaps, sums])
def test_a_table_of_nothing_says_that_nothing_is_known(show: object) -> None:
    block = show(EMPTY, caption="All.")  # type: ignore[operator]
    assert isinstance(block, Note) and block.text == ("All: no claim is known on this day.",)


def test_the_age_of_a_count_of_no_stated_day_is_told_once_and_as_a_floor() -> None:
    early = [stock("d-1", 5, date="2031-01", source_id="s-2", **FIREFLY), stock("d-2", 5, date="2031-01")]
    known = dossier("2031-04-01", sources=[source("s-1"), source("s-2")], deployments=early)
    assert words_of(find_gaps(choose_claims(known))) == ("the newest count is at least 60 days old (no day stated)",)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([stock("d-1", 5)], ("one origin only",)),
        ([stock("d-1")], ("no claim gives a number",)),
        ([stock("d-1", 5), stock("d-2", 5, source_id="s-2", **FIREFLY)], ()),
        ([stock("d-1", 5), stock("d-2", 5, source_id="s-2")], ("one claimant only",)),
        (
            [stock("d-1", 5, date="2031-01"), stock("d-2", 5, source_id="s-2", date="2031-01", **FIREFLY)],
            ("the day is not stated",),
        ),
        ([flow("t-1", 5, period="2031-01"), flow("t-2", 5, source_id="s-2", period="2031-01", **FIREFLY)], ()),
    ],
)
def test_what_claims_leave_open_is_told(rows: list[dict[str, object]], told: tuple[str, ...]) -> None:
    table = {"deployments" if rows[0]["claim_id"] != "t-1" else "transfers": rows}
    known = dossier("2031-01-31", sources=[source("s-1"), source("s-2")], **table)  # type: ignore[arg-type]
    assert words_of(find_gaps(choose_claims(known))) == told


def test_a_count_that_is_old_is_told_with_its_age() -> None:
    known = dossier("2031-03-01", deployments=[stock("d-1", 5)])
    assert words_of(find_gaps(choose_claims(known))) == ("one origin only", "the newest count is 59 days old")
    assert [gap.kind for gap in find_gaps(choose_claims(known))] == ["one origin", "old"]


def test_a_plan_does_not_grow_old() -> None:
    known = dossier("2031-03-01", deployments=[stock("d-1", 5, status="planned")])
    assert words_of(find_gaps(choose_claims(known))) == ("one origin only",)


def test_quantities_without_a_gap_are_no_row() -> None:
    rows = [stock("d-1", 5), stock("d-2", 5, source_id="s-2", **FIREFLY)]
    known = dossier("2031-01-31", sources=[source("s-1"), source("s-2")], deployments=rows)
    block = gaps(choose_claims(known), caption="Gaps")
    assert isinstance(block, Note) and block.label == "Nothing missing"


def test_a_sum_that_may_be_made_says_how() -> None:
    rows = [flow("t-1", 5), flow("t-2", 6, quantity_id="q-b")]
    table = words(sums(choose_claims(dossier(transfers=rows)), caption="Sums"))
    assert table == [["Everything in this table of claims", "2", "11", "items", "sum of two claims"]]


def test_a_total_that_a_claimant_gives_stands_with_its_period() -> None:
    rows = [flow("t-1", 5, counting="running", period="2031-01-01/2031-01-31")]
    table = words(sums(choose_claims(dossier(transfers=rows)), caption="Sums"))
    assert table[0][4] == "one claim counts them all; of 1–31 January 2031"


def test_a_refusal_says_in_fields_what_it_refuses() -> None:
    rows = [flow("t-1", 5, counting="cumulative"), flow("t-2", 6, counting="cumulative")]
    with pytest.raises(ClaimError) as refused:
        total(choose_claims(dossier(transfers=rows)))
    named = [piece for piece in refused.value.what if isinstance(piece, Named)]
    assert named == [Named("claim", "t-1"), Named("claim", "t-2"), Named("quantity", "q-a")]
    assert (refused.value.id, refused.value.rule) == ("F06", "rivals are never added")


def test_a_sum_that_may_not_be_made_names_its_rule_and_cites_its_claims() -> None:
    rows = [flow("t-1", 5, counting="cumulative"), flow("t-2", 6, counting="cumulative")]
    block = sums(choose_claims(dossier(transfers=rows)), caption="Sums")
    assert words(block)[0][2:] == [
        "none",
        "",
        "t-1 and t-2 are rivals about “Quantity A”; rivals are never added",
    ]
    assert isinstance(block, Table) and {s.claims for s in block.data.rows[0][4] if not isinstance(s, str)} == {
        ("t-1",), ("t-2",),
    }  # fmt: skip


def test_a_part_without_a_number_adds_up_to_what_the_others_say() -> None:
    rows = [flow("t-1", **sides("at_least", low=5)), flow("t-2", 6, quantity_id="q-b")]
    assert words(sums(choose_claims(dossier(transfers=rows)), caption="Sums"))[0][2:4] == ["≥ 11", "items"]


def test_the_trains_of_october_may_be_added_and_the_rivals_may_not(shipped: Path) -> None:
    sent = choose_claims(read_dossier(shipped, as_of="2022-12-19"), giver="belarus", getter="russia", item="tank")
    shown = [row[2:4] for row in words(sums(sent, caption="Sums"))]
    assert ["98", "items"] in shown and ["none", ""] in shown

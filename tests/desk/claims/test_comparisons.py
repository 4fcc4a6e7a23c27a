"""Rivals of other scope, and a claim about a kind held against claims about its parts."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import dossier, flow, sides, stock

from briefing.blocks.blocks import Note, Table
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.comparisons import compare
from briefing.desk.claims.scopes import find_neighbours, other_scopes
from briefing.desk.claims.sums import total
from briefing.dossier.dossier import Dossier, read_dossier
from briefing.errors import ClaimError

RAIL = "belarus-russia-rail-ammunition-2022-03-2022-09"


def words(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    spans = [
        [[span if isinstance(span, str) else span.text for span in cell] for cell in row] for row in table.data.rows
    ]
    return [["".join(cell) for cell in row] for row in spans]


def pick(known: Dossier, *ids: str) -> Claims:
    every = choose_claims(known)
    return every.only(claim for claim in every.each if claim.id in ids)


# --- rivals of other scope --------------------------------------------------------------------------------------


def cumulative(claim_id: str, number: int, period: str, quantity: str, **cells: object) -> dict[str, object]:
    return flow(claim_id, number, period=period, quantity_id=quantity, counting="cumulative", **cells)


def test_a_count_of_another_period_is_a_neighbour_and_its_parts_are_not() -> None:
    known = dossier(
        transfers=[
            cumulative("t-1", 5, "2031-01", "q-a"),
            cumulative("t-2", 9, "2031", "q-b"),
            cumulative("t-3", 2, "2031-02", "q-c", part_of="t-2"),
        ]
    )
    assert find_neighbours(choose_claims(known, quantity="q-a")).ids == ("t-2",)


@pytest.mark.parametrize(
    "other",
    [{"unit": "wagons"}, {"status": "planned"}, {"counting": "increment"}, {"item": "hay"}, {"to": "gazette"}],
)
def test_what_counts_otherwise_is_no_neighbour(other: dict[str, str]) -> None:
    row = cumulative("t-2", 9, "2031", "q-b") | other
    known = dossier(transfers=[cumulative("t-1", 5, "2031-01", "q-a"), row])
    assert find_neighbours(choose_claims(known, quantity="q-a")).ids == ()


def test_the_opposite_direction_is_told() -> None:
    back = cumulative("t-2", 9, "2031", "q-b") | {"from": "sylvania", "to": "freedonia"}
    known = dossier(transfers=[cumulative("t-1", 5, "2031-01", "q-a"), back])
    assert words(other_scopes(choose_claims(known, quantity="q-a"), caption="Rail"))[0][-1] == "the opposite direction"


def test_scopes_of_nothing_say_that_nothing_is_known() -> None:
    assert isinstance(other_scopes(choose_claims(dossier()), caption="Rail"), Note)


def test_scopes_of_two_quantities_are_refused() -> None:
    known = dossier(transfers=[cumulative("t-1", 5, "2031", "q-a"), cumulative("t-2", 5, "2031", "q-b")])
    with pytest.raises(ClaimError, match="F06"):
        other_scopes(choose_claims(known), caption="Rail")


def test_tonnes_to_september_stand_beside_rivals_of_other_scope(shipped: Path) -> None:
    d = read_dossier(shipped, as_of="2022-12-19")
    shown = [(row[1], row[2], row[4]) for row in words(other_scopes(choose_claims(d, quantity=RAIL), caption="Rail"))]
    assert shown == [
        ("24 February to 6 October 2022", "> 10,000", "a longer period that contains this one"),
        ("March to September 2022", "65,089", "this count"),
        ("February to August 2022", "37,267", "the opposite direction"),
    ]


def test_the_widest_count_of_tonnes_is_known_by_june_2023(shipped: Path) -> None:
    d = read_dossier(shipped, as_of="2023-06-30")
    widest = words(other_scopes(choose_claims(d, quantity=RAIL), caption="Rail"))[0]
    assert widest[1:] == ["January 2022 to January 2023", "131,582", "tonnes", "a longer period that contains this one"]


def test_wagons_stand_beside_tonnes_where_any_unit_is_asked_for(shipped: Path) -> None:
    d = read_dossier(shipped, as_of="2022-12-19")
    shown = words(other_scopes(choose_claims(d, quantity=RAIL), caption="Rail", any_unit=True))
    assert [(row[2], row[3]) for row in shown if row[3] == "wagons"] == [("nearly 250", "wagons"), ("1,940", "wagons")]
    assert shown[1][-1].startswith("a longer period that contains this one, in wagons; counts less than “Wagons of")


@pytest.mark.parametrize(
    ("whole", "is_said"),
    [
        (cumulative("t-2", 4, "2031", "q-b"), True),
        (cumulative("t-2", 5, "2031", "q-b"), False),
        (cumulative("t-2", 0, "2031", "q-b", **sides("fewer_than", high=5)), True),
        (cumulative("t-2", 0, "2031", "q-b", **sides("more_than", low=1)), False),
        (cumulative("t-2", 4, "2031-01-01/2031-01-30", "q-b"), False),
        (cumulative("t-2", 4, "2031", "q-b", item="animal"), True),
        (cumulative("t-2", 4, "2031", "q-b", place_from="pass"), False),
    ],
)
def test_less_over_a_longer_time_contradicts_a_count_of_a_part_of_it(whole: dict[str, object], is_said: bool) -> None:
    known = dossier(transfers=[cumulative("t-1", 5, "2031-01", "q-a"), whole])
    shown = words(other_scopes(choose_claims(known, quantity="q-a"), caption="Rail"))
    assert any("counts less than “Quantity A”" in row[-1] for row in shown) == is_said


def test_a_count_and_a_wider_one_are_never_added(shipped: Path) -> None:
    d = read_dossier(shipped, as_of="2023-06-30")
    with pytest.raises(ClaimError, match="overlap"):
        total(pick(d, "tr-0037", "tr-0040"))


# --- kinds and parts --------------------------------------------------------------------------------------------

KINDS = dossier(
    transfers=[
        flow("t-1", period="2031-01", item="animal", quantity_id="q-a", **sides("at_least", low=10)),
        flow("t-2", 8, period="2031-01-02", item="mule", quantity_id="q-b"),
        flow("t-3", 1, period="2031-01-03", item="goat", quantity_id="q-c"),
        flow("t-4", 2, period="2031-01-04", item="goat", quantity_id="q-d"),
        flow("t-5", 1, period="2031-02", item="goat", quantity_id="q-e"),
        flow("t-6", 1, period="2031-01-02", item="hay", quantity_id="q-f"),
    ]
)


def test_parts_that_come_close_enough_are_consistent() -> None:
    held = compare(pick(KINDS, "t-1"), pick(KINDS, "t-2", "t-3"), at="animal", perhaps=pick(KINDS, "t-4"))
    assert held.sum.short == "9–11" and held.is_consistent


def test_the_parts_with_a_rival_in_the_place_of_one_are_told_beside_the_sum() -> None:
    rival = pick(KINDS, "t-5", "t-2", "t-4")  # t-5 is of February, and stands in the place of t-3
    held = compare(pick(KINDS, "t-1"), pick(KINDS, "t-2", "t-3"), at="animal", perhaps=pick(KINDS, "t-4"), rival=rival)
    told = "".join(span if isinstance(span, str) else span.text for span in held.say().text)
    assert told.endswith(
        "With the rival figure in place of one part they add up to 9–11 (one of them is for February 2031)."
    )


def test_parts_that_fall_short_and_are_all_there_is_conflict() -> None:
    assert not compare(pick(KINDS, "t-1"), pick(KINDS, "t-2", "t-3"), at="animal").is_consistent


@pytest.mark.parametrize(
    ("parts", "at", "told"),
    [
        (["t-2"], "animal", "mule alone leaves goat out"),
        (["t-2", "t-3"], "mule", "animal, goat is not under mule"),
        (["t-2", "t-6"], "animal", "hay is not under animal"),
        (["t-2", "t-5"], "animal", "t-5 is of February 2031"),
    ],
)
def test_what_does_not_meet_at_the_node_is_not_compared(parts: list[str], at: str, told: str) -> None:
    with pytest.raises(ClaimError, match=told):
        compare(pick(KINDS, "t-1"), pick(KINDS, *parts), at=at)


def test_what_is_only_perhaps_of_this_kind_may_stand_among_the_parts() -> None:
    parts, perhaps = pick(KINDS, "t-2", "t-3", "t-4"), pick(KINDS, "t-4")
    assert compare(pick(KINDS, "t-1"), parts, at="animal", perhaps=perhaps).sum.short == "9–11"


NOTHING = "No claims known on this day can be compared."


def test_on_a_day_before_the_claim_is_known_nothing_is_compared() -> None:
    held = compare(pick(KINDS), pick(KINDS, "t-2", "t-3"), at="animal")
    assert not held.is_known and held.say().text == (NOTHING,)


def test_one_claim_is_compared() -> None:
    with pytest.raises(ClaimError, match="one claim"):
        compare(pick(KINDS, "t-1", "t-2"), pick(KINDS, "t-3"), at="animal")


def test_a_stock_has_the_period_of_all_its_counts() -> None:
    known = dossier(deployments=[stock("d-1", 3, date="2031-01-01"), stock("d-2", 3, date="2031-02-03")])
    assert words(other_scopes(choose_claims(known), caption="Mules"))[0][1] == "1 January to 3 February 2031"


def test_tanks_and_fighting_vehicles_are_compared_at_their_node(shipped: Path) -> None:
    d = read_dossier(shipped, as_of="2022-12-19")
    hulls = pick(d, "tr-0010")
    held = compare(pick(d, "tr-0024"), pick(d, "tr-0008", "tr-0009"), at="tank-or-ifv", perhaps=hulls)
    assert repr(held) == "Comparison(≥ 100 against 138–158 at tank-or-ifv: consistent)"


def test_tanks_and_fighting_vehicles_are_not_compared_with_tanks_alone(shipped: Path) -> None:
    d = read_dossier(shipped, as_of="2022-12-19")
    with pytest.raises(ClaimError, match="t-72a alone leaves armoured-vehicle out"):
        compare(pick(d, "tr-0024"), pick(d, "tr-0008"), at="tank-or-ifv")

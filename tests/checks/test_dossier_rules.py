"""Rules over rows: what trips each of them, and what does not."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, flow, sides, source, stock

from briefing.checks.rows import RULES, find_twins
from briefing.dossier.dossier import Dossier

WALL = {"place_id": "pass"}
OTHER = {"quantity_id": "q-b"}


def trip(found: Dossier) -> list[tuple[str, str | None]]:
    return [(problem.id, problem.subject) for rule in RULES for problem in rule.check(found)]


def claims(*rows: Cells) -> Dossier:
    return dossier(transfers=list(rows))


def test_parts_that_surely_exceed_their_whole_are_an_error() -> None:
    parts = [flow("t-2", 60, part_of="t-1", **OTHER), flow("t-3", 50, part_of="t-1", quantity_id="q-c")]
    assert trip(claims(flow("t-1", 100), *parts)) == [("F04", "t-1")]


@pytest.mark.parametrize("note", ["The parts exceed the whole: two lists run together.", "110 leaves no room in 100."])
def test_a_note_that_says_so_clears_an_excess(note: str) -> None:
    parts = [flow("t-2", 60, part_of="t-1", **OTHER), flow("t-3", 50, part_of="t-1", quantity_id="q-c")]
    assert trip(claims(flow("t-1", 100, note=note), *parts)) == []


def test_rival_parts_count_once() -> None:
    parts = [flow("t-2", 60, part_of="t-1", **OTHER), flow("t-3", 50, part_of="t-1", **OTHER)]
    assert trip(claims(flow("t-1", 100), *parts)) == []


def alternatives(relation: str, *, whole: Cells) -> Dossier:
    parts = [flow("t-2", 60, part_of="t-1", **OTHER), flow("t-3", 50, part_of="t-1", quantity_id="q-c")]
    link = {"claim_id": "t-2", "relation": relation, "other_id": "t-3"}
    return dossier(transfers=[whole, *parts], links=[link])


@pytest.mark.parametrize("relation", ["alternative_to", "converts"])
def test_parts_that_are_one_or_the_other_count_once(relation: str) -> None:
    assert trip(alternatives(relation, whole=flow("t-1", 100))) == []


def test_an_excess_keeps_the_hedge_of_the_whole() -> None:
    whole = flow("t-1", **sides("about", best=28))
    parts = [flow("t-2", 60, part_of="t-1", **OTHER)]
    told = [problem.what for rule in RULES for problem in rule.check(claims(whole, *parts)) if problem.id == "F04"]
    assert told == ["t-1 is about 28, but its parts come to at least 60 (PARTS_EXCEED_WHOLE)"]


def test_a_whole_with_no_upper_bound_is_never_exceeded() -> None:
    whole = flow("t-1", **sides("at_least", low=100))
    assert trip(claims(whole, flow("t-2", 160, part_of="t-1", **OTHER))) == []


def test_two_near_claims_of_one_item_and_place_may_be_twins() -> None:
    found = dossier(
        as_of=None, deployments=[stock("d-1", 20, **WALL), stock("d-2", 20, date="2031-01-03", **WALL, **OTHER)]
    )
    assert trip(found) == [("F13", "d-1")]


@pytest.mark.parametrize(
    "cells",
    [
        {"quantity_id": "q-a"}, {"date": "2031-01-04"}, {"low": 21, "best": 21, "high": 21}, {"place_id": ""},
        {"same_as_candidate": "d-1"}, {"note": "Another herd than that of d-1."}, {"item": "goat"},
    ],
)  # fmt: skip
def test_what_is_told_apart_is_no_twin(cells: Cells) -> None:
    found = dossier(as_of=None, deployments=[stock("d-1", 20, **WALL), stock("d-2", 20, **(WALL | OTHER | cells))])
    assert trip(found) == []


@pytest.mark.parametrize(
    ("date", "found"),
    [("2031-01", []), ("2031-01-01/2031-01-02", [("F13", "d-1")]), ("2030-12-30/2031-01-03", [("F13", "d-1")]),
     ("2031-01-01/..", [])],
)  # fmt: skip
def test_twins_begin_and_end_within_two_days_of_each_other(date: str, found: list[tuple[str, str]]) -> None:
    rows = [stock("d-1", 20, **WALL), stock("d-2", 20, date=date, **WALL, **OTHER)]
    assert trip(dossier(as_of=None, deployments=rows)) == found


def test_each_pair_of_twins_is_found_once_in_the_order_of_their_rows() -> None:
    third = stock("d-3", **sides("at_most", high=30), **WALL, quantity_id="q-c")
    rows = [stock("d-1", **sides("at_least", low=10), **WALL), stock("d-2", 20, **WALL, **OTHER), third]
    pairs = find_twins(dossier(as_of=None, deployments=rows))
    assert list(pairs) == [("d-1", "d-2"), ("d-1", "d-3"), ("d-2", "d-3")]


def test_wounded_are_no_twins_of_casualties() -> None:
    lost = [("l-1", "casualties", "q-a"), ("l-2", "wounded", "q-b"), ("l-3", "wounded", "q-c")]
    moved = [flow(key, 60, quantity_id=quantity, kind=kind, side="sylvania") | WALL for key, kind, quantity in lost]
    losses = [{name: cell for name, cell in row.items() if name not in ("from", "to")} for row in moved]
    assert list(find_twins(dossier(as_of=None, losses=losses))) == [("l-2", "l-3")]


def test_rivals_of_one_quantity_are_no_twins_of_each_other() -> None:
    rows = [stock("d-1", 20, **WALL), stock("d-2", 20, **WALL), stock("d-3", 20, **WALL, **OTHER)]
    assert list(find_twins(dossier(as_of=None, deployments=rows))) == [("d-1", "d-3"), ("d-2", "d-3")]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (flow("t-1", 94, wording="at least 94 mules"), [("F17", "t-1")]),
        (flow("t-1", wording="94 mules"), [("F17", "t-1")]),
        (flow("t-1", **sides("at_least", low=94), wording="at least 94 mules"), []),
        (flow("t-1", **sides("nearly", high=94), wording="slightly under 94 mules"), []),
        (flow("t-1", **sides("nearly", high=94), wording="fewer than 94 mules"), [("F17", "t-1")]),
        (flow("t-1", 94, wording="mules, as counted by the ferrymen"), []),
        (flow("t-1", **sides("about", best=94), wording="94 mules", note="A headline; the text says around 94."), []),
        (flow("t-1", **sides("about", best=94), wording="94 mules", note="A headline, and no more."), [("F17", "t-1")]),
    ],
)
def test_a_wording_says_what_is_coded(row: Cells, found: list[tuple[str, str]]) -> None:
    assert trip(claims(row)) == found


def test_a_grade_without_its_basis_is_a_warning() -> None:
    sources = [
        source("s-1", reliability="B"),
        source("s-2", reliability="B", reliability_basis="Has counted for years"),
    ]
    assert trip(dossier(sources=sources)) == [("S04", "s-1")]
    assert trip(claims(flow("t-1", 5, credibility="3"))) == [("S04", "t-1")]
    assert trip(claims(flow("t-1", 5, credibility="3", credibility_basis="Seen from the quay"))) == []


@pytest.mark.parametrize(
    ("other", "found"),
    [({"origin_id": "s-1"}, [("S05", "t-1")]), ({}, [])],
)
def test_credibility_1_needs_two_origins(other: Cells, found: list[tuple[str, str]]) -> None:
    rows = [flow("t-1", 5, credibility="1", credibility_basis="Two lists"), flow("t-2", 5, source_id="s-2")]
    assert trip(dossier(sources=[source("s-1"), source("s-2", **other)], transfers=rows)) == found


def test_an_origin_that_disagrees_confirms_nothing() -> None:
    rows = [flow("t-1", 5, credibility="1", credibility_basis="Two lists"), flow("t-2", 9, source_id="s-2")]
    assert trip(dossier(sources=[source("s-1"), source("s-2")], transfers=rows)) == [("S05", "t-1")]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (sides("at_most", high=4), [("S05", "t-1")]), (sides("at_most", high=5), []), (sides("at_least", low=5), []),
        (sides("at_least", low=6), [("S05", "t-1")]), (sides("range", low=1, high=9), []), ({}, []),
    ],
)  # fmt: skip
def test_an_origin_confirms_what_its_bounds_leave_open(other: Cells, found: list[tuple[str, str]]) -> None:
    same = [flow("t-2", **sides("at_least", low=1)), flow("t-3", **sides("at_most", high=50))]
    rated = flow("t-1", 5, credibility="1", credibility_basis="Two lists")
    rows = [rated, *same, flow("t-4", **other, source_id="s-2")]
    assert trip(dossier(sources=[source("s-1"), source("s-2")], transfers=rows)) == found


@pytest.mark.parametrize(
    ("claimant", "status", "found"),
    [("freedonia", "denied", [("S07", "t-1")]), ("gazette", "denied", []), ("freedonia", "delivered", [])],
)
def test_a_party_alone_does_not_clear_itself(claimant: str, status: str, found: list[tuple[str, str]]) -> None:
    actors: list[Cells] = [
        {"actor_id": "freedonia", "name": "Freedonia", "kind": "state", "country": "NO"},
        {"actor_id": "sylvania", "name": "Sylvania", "kind": "state", "country": "SE"},
        {"actor_id": "gazette", "name": "The Gazette", "kind": "media", "country": "NO"},
    ]
    rows = [flow("t-1", 5, claimant_id=claimant, status=status)]
    assert trip(dossier(actors=actors, transfers=rows)) == found


@pytest.mark.parametrize(("status", "found"), [("delivered", [("S07", "t-1")]), ("announced", [])])
def test_a_count_of_none_favours_its_party_and_a_promise_of_none_is_a_promise(
    status: str, found: list[tuple[str, str]]
) -> None:
    actors: list[Cells] = [{"actor_id": "freedonia", "name": "Freedonia", "kind": "state", "country": "NO"},
                           {"actor_id": "sylvania", "name": "Sylvania", "kind": "state", "country": "SE"}]  # fmt: skip
    assert trip(dossier(actors=actors, transfers=[flow("t-1", 0, claimant_id="freedonia", status=status)])) == found


@pytest.mark.parametrize(("day", "found"), [("2031-01-31", []), ("2031-02-01", [("T06", "d-1")])])
def test_a_stock_is_stale_after_30_days(day: str, found: list[tuple[str, str]]) -> None:
    assert trip(dossier(as_of=day, deployments=[stock("d-1", 5)])) == found


def test_a_later_count_or_no_day_is_not_stale() -> None:
    rows = [stock("d-1", 5), stock("d-2", 5, date="2031-02-10", source_id="s-2")]
    sources = [source("s-1"), source("s-2", "2031-02-11")]
    assert trip(dossier(as_of="2031-02-12", deployments=rows, sources=sources)) == []
    assert trip(dossier(as_of=None, deployments=[stock("d-1", 5)])) == []


@pytest.mark.parametrize(
    ("printed", "date", "found"),
    [
        ("2031-02-19", "2031-02-19", [("T07", "d-1")]),
        ("2031-02-19", "2031-01-30", []),
        ("2031-02-10", "2031-02-10", []),
    ],
)
def test_an_old_count_is_not_told_as_a_new_one(printed: str, date: str, found: list[tuple[str, str]]) -> None:
    sources = [source("s-0", "2031-01"), source("s-1", printed, origin_id="s-0")]
    assert trip(dossier(as_of=printed, sources=sources, deployments=[stock("d-1", 5, date=date)])) == found

"""Rules over rivals and repeats: what trips each of them, and what does not."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, flow, quote, sides, source, stock

from briefing.checks.rivals import RULES
from briefing.dossier.dossier import Dossier

ORIGIN = [source("s-1"), source("s-2", origin_id="s-1"), source("s-3", origin_id="s-1"), source("s-4")]
OTHER = {"quantity_id": "q-b"}


def trip(found: Dossier) -> list[tuple[str, str | None]]:
    return [(problem.id, problem.subject) for rule in RULES for problem in rule.check(found)]


def flows(*rows: Cells, **tables: list[Cells]) -> Dossier:
    return dossier(sources=ORIGIN, transfers=list(rows), **tables)


@pytest.mark.parametrize(
    "cells",
    [
        sides("at_least", low=3), sides("at_most", high=3), {"status": "dispatched"}, {"claimant_id": "firefly"},
        {"from": "sylvania", "to": "freedonia"}, {"low": 4, "best": 4, "high": 4},
    ],
)  # fmt: skip
def test_relays_of_one_original_that_differ_are_found(cells: Cells) -> None:
    found = flows(flow("t-1", 3, source_id="s-2"), flow("t-2", 3, **({"source_id": "s-3"} | cells)))
    assert ("F20", "t-2") in trip(found)


@pytest.mark.parametrize(
    "cells", [{}, sides("at_least", low=3) | {"source_id": "s-4"}, sides("at_least", low=3) | {"quantity_id": "q-b"}]
)
def test_faithful_relays_and_other_originals_are_not(cells: Cells) -> None:
    assert trip(flows(flow("t-1", 3, source_id="s-2"), flow("t-2", 3, **({"source_id": "s-3"} | cells)))) == []


@pytest.mark.parametrize("relation", ["garbles", "misattributes"])
def test_a_link_that_says_which_is_garbled_settles_it(relation: str) -> None:
    links: list[Cells] = [{"claim_id": "t-2", "relation": relation, "other_id": "t-1"}]
    rows = [flow("t-1", 3, source_id="s-2"), flow("t-2", 4, source_id="s-3")]
    assert trip(flows(*rows, links=links)) == []


TOTAL = {"counting": "cumulative"}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (TOTAL, TOTAL | {"period": "2031-01-02"}, True), (TOTAL, TOTAL | {"period": "2031-01"}, True),
        (TOTAL, TOTAL, False), (TOTAL, TOTAL | {"period": "2031-01-02", "supersedes": "t-1"}, False),
        ({"counting": "running"}, {"counting": "running", "period": "2031-01-01/2031-01-02"}, False),
        ({}, {"period": "2031-01-02"}, False), ({}, {"period": "2031-01"}, False),
    ],
)  # fmt: skip
def test_totals_of_different_periods_are_no_rivals(first: Cells, second: Cells, found: bool) -> None:
    assert trip(flows(flow("t-1", 3, **first), flow("t-2", 5, **second))) == ([("F21", "q-a")] if found else [])


def test_movements_that_share_days_but_no_day_of_all_are_found() -> None:
    rows = [flow(f"t-{day}", day, period=f"2031-01-0{day}/2031-01-0{day + 2}") for day in (1, 3, 5)]
    assert trip(flows(*rows)) == [("F21", "q-a")]
    assert trip(flows(*rows[:2])) == []


def test_a_claim_in_another_unit_than_its_rivals_is_named() -> None:
    rows = [flow("t-1", 3), flow("t-2", 3, source_id="s-4"), flow("t-3", 3, unit="tonnes")]
    (problem,) = [problem for rule in RULES for problem in rule.check(flows(*rows))]
    assert (problem.severity, problem.subject) == ("error", "t-3")
    assert problem.what == "t-3 (tonnes): t-1 and t-2 of q-a count in items"
    links: list[Cells] = [{"claim_id": "t-3", "relation": "converts", "other_id": "t-1"}]
    assert trip(flows(*rows, links=links)) == []


def test_a_claim_in_another_unit_than_its_item_is_found() -> None:
    assert trip(flows(flow("t-1", 3, unit="tonnes"), flow("t-2", 3, item="hay", unit="tonnes", **OTHER))) == [
        ("F22", "mule")
    ]


@pytest.mark.parametrize("cells", [OTHER, OTHER | {"source_id": "s-4"}, {"wording": "[three]"}])
def test_one_claim_in_two_rows_is_found(cells: Cells) -> None:
    assert trip(dossier(sources=ORIGIN, deployments=[stock("d-1", 3), stock("d-2", 3, **cells)])) == [("F19", "d-2")]


def test_claims_said_again_are_told_in_the_order_in_which_they_were_said_first() -> None:
    there = {"place_id": "pass"}
    counts = [stock("d-1", 3), stock("d-2", 3, **there), stock("d-3", 4), stock("d-4", 3, **there), stock("d-5", 4)]
    assert trip(dossier(sources=ORIGIN, deployments=counts)) == [("F19", "d-4"), ("F19", "d-5")]


@pytest.mark.parametrize(
    "cells",
    [
        {"source_id": "s-4"}, {"claimant_id": "firefly", **OTHER}, {"date": "2031-01-02", **OTHER},
        {"item": "goat", **OTHER}, {"low": 4, "best": 4, "high": 4, **OTHER}, {"place_id": "pass", **OTHER},
        {"same_as_candidate": "d-1", **OTHER}, {"note": "Another herd than d-1.", **OTHER},
        {"unit_name": "2nd", **OTHER}, {"status": "denied", **OTHER},
    ],
)  # fmt: skip
def test_a_relay_and_what_is_told_apart_are_no_repeats(cells: Cells) -> None:
    assert trip(dossier(sources=ORIGIN, deployments=[stock("d-1", 3), stock("d-2", 3, **cells)])) == []


@pytest.mark.parametrize(
    "target",
    [
        "freedonia goes to war", "Freedonia goes to war.", "Freedonia  goes to the war", "Freedonia goes - to war",
        "Fredonia goes to war", "Freedonias goes to war",
    ],
)  # fmt: skip
def test_a_proposition_in_nearly_the_same_words_is_found(target: str) -> None:
    assert trip(dossier(quotes=[quote("q-1"), quote("q-2", target=target)])) == [("Q07", "q-2")]


@pytest.mark.parametrize(
    "target",
    [
        "Freedonia goes to war", "Freedonia does not go to war", "Sylvania goes to war", "Freedonia goes to law",
        "Freedonia goes to war in 2031",
    ],
)  # fmt: skip
def test_another_proposition_is_not(target: str) -> None:
    assert trip(dossier(quotes=[quote("q-1"), quote("q-2", target=target)])) == []


def test_a_number_is_never_nearly_another() -> None:
    targets = ["They sent 12000 mules", "They sent 1200 mules"]
    assert trip(dossier(quotes=[quote(f"q-{target[-9]}", target=target) for target in targets])) == []

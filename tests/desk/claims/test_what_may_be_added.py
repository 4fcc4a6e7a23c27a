"""Containers, what lies inside them, alternatives and conversions: what is added, left out and refused."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, flow, sides
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.charts import part_and_whole
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.left_out import leave_out_increments
from briefing.desk.claims.overview import sums
from briefing.desk.claims.sums import find_parts, total
from briefing.dossier.claims import find_claims
from briefing.dossier.dossier import Dossier
from briefing.dossier.ties import ties_of
from briefing.errors import ClaimError
from briefing.values.dates import PartialDate

ITEMS: list[Cells] = [
    {"item_id": "arms", "name": "arms", "unit": "items"},
    {"item_id": "box", "name": "boxes", "parent_id": "arms", "unit": "items"},
    {"item_id": "shell", "name": "shells", "parent_id": "arms", "unit": "items"},
    {"item_id": "gun", "name": "guns", "parent_id": "arms", "unit": "items"},
    {"item_id": "mortar", "name": "mortars", "parent_id": "gun", "unit": "items"},
    {"item_id": "howitzer", "name": "howitzers", "parent_id": "gun", "unit": "items"},
    {"item_id": "hay", "name": "hay", "unit": "tonnes"},
]


def sent(claim_id: str, number: object, item: str, **cells: object) -> Cells:
    """Write a total of some item, in a quantity of its own."""
    given = {"quantity_id": f"q-{'abcdefgh'[int(claim_id[2:]) - 1]}", "counting": "cumulative", "period": "2031-01"}
    return flow(claim_id, number, item=item, **given | cells)


def link(claim_id: str, relation: str, other_id: str) -> Cells:
    return {"claim_id": claim_id, "relation": relation, "other_id": other_id}


def known(*rows: Cells, links: tuple[Cells, ...] = (), items: list[Cells] = ITEMS) -> Dossier:
    return dossier(transfers=list(rows), links=list(links), items=items)


MOVED = st.sampled_from(["gun", "mortar", "howitzer", "shell"])
COUNTED = st.sampled_from(["increment", "cumulative", "running"])
PERIODS = ("2031-01", "2031-01-05", "2031-01-05/2031-01-20", "2031", "2031-02")

BOXES, SHELLS, GUNS = sent("t-1", 15_800, "box"), sent("t-2", 4_200_000, "shell"), sent("t-3", 120, "gun")


# --- kinds of thing ---------------------------------------------------------------------------------------------


def test_boxes_shells_and_guns_are_no_sum() -> None:
    with pytest.raises(ClaimError, match=r"box, gun and shell, different branches of arms, cannot be added.*F07"):
        total(choose_claims(known(BOXES, SHELLS, GUNS)))


def test_the_table_of_sums_refuses_them_with_the_rule() -> None:
    row = sums(choose_claims(known(BOXES, SHELLS)), caption="Sums").data.rows[0]  # type: ignore[union-attr]
    assert row[2] == ("none",) and "within one kind of thing" in str(row[-1])


def test_items_of_different_trees_are_no_sum_even_as_single_movements() -> None:
    rows = [flow("t-1", 5, item="hay", unit="items"), flow("t-2", 6, item="gun", quantity_id="q-b")]
    with pytest.raises(ClaimError, match=r"gun and hay cannot be added.*F07"):
        total(choose_claims(known(*rows)))


@pytest.mark.parametrize(
    ("more", "items"),
    [
        ((sent("t-4", 300, "arms", period="2030"),), ITEMS),
        ((), [{**ITEMS[0], "singular": "piece", "plural": "pieces"}, *ITEMS[1:]]),
    ],
)
def test_kinds_that_somebody_counts_together_are_added(more: tuple[Cells, ...], items: list[Cells]) -> None:
    d = known(BOXES, GUNS, *more, items=items)
    assert total(choose_claims(d, claim=["t-1", "t-3"])).words == "15,920"


def test_a_denial_of_arms_does_not_make_them_one_kind() -> None:
    d = known(BOXES, GUNS, sent("t-4", 300, "arms", status="denied"))
    with pytest.raises(ClaimError, match="F07"):
        total(choose_claims(d, claim=["t-1", "t-3"]))


def test_kinds_below_the_root_are_added_without_more() -> None:
    assert total(choose_claims(known(sent("t-1", 4, "mortar"), sent("t-2", 5, "howitzer")))).words == "9"


def test_what_was_sent_and_what_was_lost_is_no_sum() -> None:
    lost = flow("l-1", 5, side="freedonia", kind="destroyed", item="gun", quantity_id="q-b")
    lost = {name: cell for name, cell in lost.items() if name not in {"from", "to"}}
    d = dossier(transfers=[GUNS], losses=[lost], items=ITEMS)
    with pytest.raises(ClaimError, match="one kind of claim"):
        total(choose_claims(d))


# --- links ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["inside", "converts", "garbles", "misattributes"])
def test_what_another_claim_counts_already_is_left_out_and_told(relation: str) -> None:
    figure = total(choose_claims(known(BOXES, SHELLS, links=(link("t-2", relation, "t-1"),))))
    assert (figure.words, figure.how) == ("15,800", "one claim left out because another counts the same goods")


def test_what_lies_inside_a_part_is_left_out_beside_the_whole() -> None:
    rows = sent("t-1", 20, "box"), sent("t-2", 5, "box", part_of="t-1"), sent("t-3", 900, "shell")
    d = known(*rows, links=(link("t-3", "inside", "t-2"),))
    assert total(choose_claims(d, claim=["t-1", "t-3"])).claims == ("t-1",)


ROUNDS = sent("t-2", 400_000, "shell"), sent("t-3", 2_000_000, "shell", period="2031-02")


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ((link("t-2", "alternative_to", "t-3"),), "t-2 and t-3 are alternatives.*F06"),
        ((link("t-2", "converts", "t-1"), link("t-3", "converts", "t-1")), "count the same goods in two ways.*F06"),
        ((link("t-2", "converts", "t-3"), link("t-3", "converts", "t-2")), "count the same goods in two ways.*F06"),
    ],
)
def test_one_or_the_other_is_never_added(links: tuple[Cells, ...], told: str) -> None:
    d = known(BOXES, *ROUNDS, links=links)
    with pytest.raises(ClaimError, match=told):
        total(choose_claims(d, claim=["t-2", "t-3"]))


def test_two_contents_of_a_whole_of_another_kind_are_not_taken_for_parts_of_it() -> None:
    rows = [{**row, "part_of": "t-1", "period": "2031-01"} for row in ROUNDS]
    with pytest.raises(ClaimError, match="count the same things over periods that overlap"):
        total(choose_claims(known(BOXES, *rows), claim=["t-2", "t-3"]))


# --- parts and wholes -------------------------------------------------------------------------------------------


def test_contents_leave_no_remainder_below_zero() -> None:
    shells = sent("t-2", None, "shell", part_of="t-1", **sides("range", 4_200_000, "", 5_800_000))
    parts = find_parts(known(BOXES, shells), "t-1")
    assert repr(parts) == "Parts(not quantified of 15,800: leave 15,800; 1 left out)"


def test_a_whole_told_in_another_unit_is_no_part_of_it() -> None:
    tonnes = sent("t-2", 900, "box", unit="tonnes", part_of="t-1")
    d = known(BOXES, tonnes, links=(link("t-2", "converts", "t-1"),))
    assert str(find_parts(d, "t-1").residual) == "15,800"


def test_of_alternative_parts_one_counts_whichever_it_is() -> None:
    rows = [sent("t-1", 100, "gun"), sent("t-2", 60, "mortar", part_of="t-1"),
            sent("t-3", 90, "howitzer", part_of="t-1"), sent("t-4", 10, "gun", part_of="t-1")]  # fmt: skip
    parts = find_parts(known(*rows, links=(link("t-2", "alternative_to", "t-3"),)), "t-1")
    assert repr(parts) == "Parts(70–100 of 100: leave 0–30)"
    assert parts.figure.how == "sum of three parts, two of them alternatives, counted once, held against the whole"
    assert "too many" not in part_and_whole(parts, title="Guns").description  # type: ignore[union-attr]


# --- properties -------------------------------------------------------------------------------------------------


@st.composite
def tied(draw: st.DrawFn) -> Dossier:
    """Write movements of several items, units and kinds, with links between them."""
    number = draw(st.integers(2, 5))
    ids = [f"t-{at + 1}" for at in range(number)]
    counting = st.sampled_from(["increment", "cumulative", "running"])
    rows = [
        sent(claim, at + 1, draw(st.sampled_from(["box", "shell", "gun", "mortar", "hay"])),
             counting=draw(counting), unit=draw(st.sampled_from(["items", "items", "tonnes"])))
        for at, claim in enumerate(ids)
    ]  # fmt: skip
    pairs = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda pair: pair[0] != pair[1])
    relation = st.sampled_from(["inside", "converts", "alternative_to", "garbles"])
    links = draw(st.lists(st.tuples(pairs, relation), max_size=4, unique=True))
    return known(*rows, links=tuple(link(one, name, other) for (one, other), name in links))


@settings(max_examples=80, deadline=None)
@given(tied())
def test_no_total_mixes_units_or_branches_or_counts_linked_claims_twice(d: Dossier) -> None:
    try:
        figure = total(choose_claims(d))
    except ClaimError as error:
        assert error.id in {"F06", "F07"}
        return
    kept, ties = find_claims(d, figure.claims), ties_of(d)
    assert len({claim.unit for claim in kept}) == 1
    assert ties.find_kind({claim.item for claim in kept}) is not None
    assert not any(ties.are_one_or_other(one.id, other.id) for one in kept for other in kept if one is not other)
    assert not any(ties.find_above(claim.id) & set(figure.claims) for claim in kept)


# --- movements that a total counts ------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(MOVED, COUNTED, st.sampled_from(PERIODS), st.booleans()), min_size=1, max_size=8))
def test_a_movement_is_left_out_where_a_total_of_its_things_runs_through_its_time(
    rows: list[tuple[str, str, str, bool]],
) -> None:
    back = {"from": "sylvania", "to": "freedonia"}
    told = [
        flow(f"t-{at}", 5, item=item, counting=counting, period=period, **(back if is_back else {}))
        for at, (item, counting, period, is_back) in enumerate(rows)
    ]
    moved = known(*told)
    claims, ties = choose_claims(moved).each, ties_of(moved)
    left = [
        part.id
        for part in claims
        if part.counting == "increment" and any(
            whole.is_total and whole.parties == part.parties and ties.is_within(part.item, whole.item)
            and part.when.is_inside(PartialDate(whole.when.text, whole.when.first, whole.end))
            for whole in claims
        )
    ]  # fmt: skip
    kept = [claim.id for claim in leave_out_increments(claims, ties)]
    assert kept == [claim.id for claim in claims if claim.id not in left]

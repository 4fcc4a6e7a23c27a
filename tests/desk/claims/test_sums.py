import pytest
from dossiers import dossier, flow, sides, source, stock
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.charts import part_and_whole
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.sums import find_parts, total
from briefing.dossier.claims import find_claims
from briefing.errors import ClaimError


def total_of(*rows, as_of="2031-12-31", **tables):
    """Add transfers, each about a quantity of its own unless it names one."""
    named = [{**row, "quantity_id": row["quantity_id"] if row["quantity_id"] != "q-a" else f"q-{letter}"}
             for row, letter in zip(rows, "abcdefgh", strict=False)]  # fmt: skip
    return total(choose_claims(dossier(as_of, transfers=named, **tables)))


# --- what is added ----------------------------------------------------------------------------------------------


def test_disjoint_movements_are_added():
    assert total_of(flow("t-1", 20), flow("t-2", 25, period="2031-01-03")).words == "45"


def test_a_total_knows_its_claims():
    assert total_of(flow("t-1", 20), flow("t-2", 25)).claims == ("t-1", "t-2")


def test_a_total_says_how_it_was_made():
    assert total_of(flow("t-1", 20), flow("t-2", 25)).how == "sum of two claims"


def test_the_total_of_one_claim_is_that_claim():
    figure = total_of(flow("t-1", 20))
    assert (figure.words, figure.claims, figure.how) == ("20", ("t-1",), "")


def test_the_total_of_nothing_is_no_number():
    assert total_of().words == "no stated number"


def test_mixed_bounds_add_to_a_lower_bound():
    rows = [
        flow("t-1", **sides("at_least", low=94)),
        flow("t-2", **sides("range", low=36, high=44), item="goat"),
        flow("t-3", 20, item="goat", period="2031-01-03"),
    ]
    figure = total_of(*rows)
    assert (figure.short, figure.bounds.best, figure.bounds.high) == ("≥ 150", None, None)


def test_a_part_that_gives_no_lower_figure_is_counted_in_words():
    figure = total_of(flow("t-1", 20), flow("t-2", **sides("at_most", high=5)))
    assert (figure.bounds.low, figure.how) == (20, "sum of two claims; one part gives no lower figure")


def test_increments_inside_a_running_total_are_not_added_to_it():
    rows = [flow("t-1", 90, period="2031-01/2031-03", counting="cumulative"), flow("t-2", 20, period="2031-02-01")]
    assert total_of(*rows).claims == ("t-1",)


def test_increments_outside_a_running_total_are_added_to_it():
    rows = [flow("t-1", 90, period="2031-01/2031-03", counting="cumulative"), flow("t-2", 20, period="2031-04-01")]
    assert total_of(*rows).words == "110"


def test_increments_the_other_way_are_no_part_of_a_running_total():
    rows = [
        flow("t-1", 90, period="2031-01/2031-03", counting="cumulative"),
        flow("t-2", 20, period="2031-02-01", **{"from": "sylvania", "to": "freedonia"}),
    ]
    assert set(total_of(*rows).claims) == {"t-1", "t-2"}


def test_stocks_at_two_places_on_one_day_are_added():
    rows = [stock("d-1", 5, place_id="pass"), stock("d-2", 6, quantity_id="q-b")]
    assert total(choose_claims(dossier(deployments=rows))).words == "11"


# --- parts and wholes -------------------------------------------------------------------------------------------


def test_a_part_is_left_out_beside_its_whole():
    figure = total_of(flow("t-1", 211, counting="cumulative"), flow("t-2", 98, part_of="t-1"))
    assert (figure.words, figure.how) == ("211", "one claim left out as part of another")


def test_a_part_of_a_part_is_left_out_beside_the_whole_though_the_part_between_was_not_chosen():
    rows = [
        flow("t-1", 211, item="animal"),
        flow("t-2", 98, quantity_id="q-b", part_of="t-1"),
        flow("t-3", 20, quantity_id="q-c", part_of="t-2", item="goat"),
    ]
    everything = choose_claims(dossier(transfers=rows))
    chosen = everything.only(claim for claim in everything.each if claim.id != "t-2")
    assert total(chosen).claims == ("t-1",)


def test_a_part_of_a_count_that_was_replaced_stays_a_part_of_the_whole():
    rows = [
        flow("t-1", 211, item="animal"),
        flow("t-2", 98, quantity_id="q-b", part_of="t-1"),
        flow("t-3", 20, quantity_id="q-c", part_of="t-2", item="goat"),
        flow("t-4", 99, quantity_id="q-b", part_of="t-1", supersedes="t-2"),
    ]
    assert total(choose_claims(dossier(transfers=rows))).claims == ("t-1",)


def test_two_parts_of_one_whole_are_added_though_their_item_and_period_are_one():
    rows = [
        flow("t-1", 211, item="animal", counting="cumulative"),
        flow("t-2", 40, quantity_id="q-b", part_of="t-1", counting="cumulative"),
        flow("t-3", 20, quantity_id="q-c", part_of="t-1", counting="cumulative"),
    ]
    assert total(choose_claims(dossier(transfers=rows), item="mule")).words == "60"


def test_the_residual_is_what_no_part_accounts_for():
    d = dossier(transfers=[flow("t-1", 211, item="animal"), flow("t-2", 98, quantity_id="q-b", part_of="t-1")])
    parts = find_parts(d, "t-1")
    assert (str(parts.residual), parts.exceed, repr(parts)) == ("113", False, "Parts(98 of 211: leave 113)")


def test_parts_may_exceed_their_whole():
    d = dossier(transfers=[flow("t-1", 211, item="animal"), flow("t-2", 235, quantity_id="q-b", part_of="t-1")])
    parts = find_parts(d, "t-1")
    assert (parts.exceed, parts.excess.words, repr(parts)) == (True, "24", "Parts(235 of 211: exceed by 24)")


def test_parts_that_may_fit_do_not_exceed():
    part = flow("t-2", **sides("at_most", high=235), quantity_id="q-b", part_of="t-1")
    assert not find_parts(dossier(transfers=[flow("t-1", 211), part]), "t-1").exceed


def test_a_rival_may_stand_in_the_place_of_a_part():
    rows = [flow("t-1", 211, item="animal"), flow("t-2", 98, quantity_id="q-b", part_of="t-1"),
            flow("t-3", 122, quantity_id="q-b")]  # fmt: skip
    assert find_parts(dossier(transfers=rows), "t-1", instead={"t-2": "t-3"}).figure.words == "122"


def test_a_whole_without_parts_leaves_all_of_it():
    parts = find_parts(dossier(transfers=[flow("t-1", 211)]), "t-1")
    assert (str(parts.residual), parts.figure.words) == ("211", "no stated number")


def test_a_whole_that_is_not_known_yet_has_no_parts():
    parts = find_parts(dossier("2030-01-01", transfers=[flow("t-1", 211)]), "t-1")
    assert repr(parts) == "Parts(nothing is known)"


def test_a_rival_that_is_not_known_yet_holds_nothing_against_the_whole():
    rows = [flow("t-1", 211, item="animal"), flow("t-2", 98, quantity_id="q-b", part_of="t-1"),
            flow("t-3", 122, quantity_id="q-b", source_id="late")]  # fmt: skip
    sources = [source("s-1"), source("late", "2031-06-01")]
    early = dossier("2031-03-01", transfers=rows, sources=sources)
    assert repr(find_parts(early, "t-1", instead={"t-2": "t-3"})) == "Parts(nothing is known)"


def test_a_rival_that_is_no_claim_is_refused():
    d = dossier(transfers=[flow("t-1", 211), flow("t-2", 98, quantity_id="q-b", part_of="t-1")])
    with pytest.raises(ClaimError, match='"t-9" is no claim'):
        find_parts(d, "t-1", instead={"t-2": "t-9"})


def test_what_a_rival_replaces_is_a_part_of_the_whole():
    d = dossier(transfers=[flow("t-1", 211), flow("t-2", 98, quantity_id="q-b", part_of="t-1"), flow("t-3", 9)])
    with pytest.raises(ClaimError, match='"t-3" is no part of t-1'):
        find_parts(d, "t-1", instead={"t-3": "t-2"})


def test_a_whole_that_is_no_claim_is_refused():
    with pytest.raises(ClaimError, match='"t-9" is no claim'):
        find_parts(dossier(transfers=[flow("t-1", 211)]), "t-9")


def test_a_rival_part_that_is_not_known_yet_has_no_line():
    rows = [flow("t-1", 100, item="animal"), flow("t-2", 40, quantity_id="q-b", part_of="t-1"),
             flow("t-3", 50, quantity_id="q-b", source_id="late")]  # fmt: skip
    early = dossier("2031-05-31", transfers=rows, sources=[source("s-1"), source("late", "2031-06-01")])
    rival = find_parts(early, "t-1", instead={"t-2": "t-3"})
    chart = part_and_whole(find_parts(early, "t-1"), title="Animals", rival=rival)
    assert "rival" not in chart.description


# --- what may be counted twice ----------------------------------------------------------------------------------

SAME = flow("t-1", 20), flow("t-2", 24, same_as_candidate="t-1", quantity_id="q-b")


def test_an_unresolved_twin_makes_the_total_span_both_answers():
    figure = total_of(*SAME)
    assert (figure.bounds.low, figure.bounds.best, figure.bounds.high) == (24, None, 44)


def test_a_total_with_a_twin_says_so():
    assert total_of(*SAME).how.endswith("one claim may repeat another, so the lower side leaves it out")


def test_twins_that_name_each_other_are_one_pair():
    rows = [flow("t-1", 20, same_as_candidate="t-2"), flow("t-2", 20, same_as_candidate="t-1", quantity_id="q-b")]
    assert str(total_of(*rows).bounds) == "20–40"


def test_three_rows_about_one_thing_count_once_on_the_lower_side():
    rows = [*SAME, flow("t-3", 22, same_as_candidate="t-2", quantity_id="q-c")]
    assert str(total_of(*rows).bounds) == "24–66"


@pytest.mark.parametrize("names", ["t-1", "t-2"])
def test_twins_may_share_a_quantity_whichever_row_names_the_other(names):
    other = {"t-1": "t-2", "t-2": "t-1"}[names]
    rows = [flow(key, 20, quantity_id="q-h", same_as_candidate=other if key == names else "") for key in ("t-1", "t-2")]
    assert str(total_of(*rows).bounds) == "20–40"


def test_a_twin_that_was_not_chosen_changes_nothing():
    d = dossier(transfers=[flow("t-1", 20, item="goat"), flow("t-2", 24, quantity_id="q-b", same_as_candidate="t-1")])
    assert total(choose_claims(d, item="mule")).words == "24"


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([flow("t-1", 20, quantity_id="q-h"), flow("t-2", 25, quantity_id="q-h")], "rivals about q-h.*F06"),
        ([flow("t-1", 20), flow("t-2", 25, item="hay", unit="tonnes")], "items and tonnes cannot be added.*F07"),
        ([flow("t-1", 20), flow("t-2", 25, status="planned")], "planned and real cannot be added.*F07"),
        ([flow("t-1", 20), flow("t-2", 25, status="denied")], "denied and real cannot be added.*F07"),
        ([flow("t-1", 20), flow("t-2", 25, item="animal")], "count the same things.*F06"),
        (
            [
                flow("t-1", 20, counting="cumulative", period="2031-01/2031-03"),
                flow("t-2", 25, counting="cumulative", period="2031-02/2031-04"),
            ],
            "periods that overlap.*F06",
        ),
    ],
)
def test_what_may_not_be_added_is_refused_with_the_rules_name(rows, rule):
    with pytest.raises(ClaimError, match=rule):
        total_of(*rows)


def test_stocks_are_never_added_over_time():
    rows = [stock("d-1", 5), stock("d-2", 6, quantity_id="q-b", date="2031-01-02", item="goat")]
    with pytest.raises(ClaimError, match="F10"):
        total(choose_claims(dossier(deployments=rows)))


def test_a_stock_and_a_flow_are_not_added():
    d = dossier(deployments=[stock("d-1", 5)], transfers=[flow("t-1", 6, quantity_id="q-b", item="goat")])
    with pytest.raises(ClaimError, match="one kind of claim"):
        total(choose_claims(d))


def test_dispatched_and_delivered_are_both_real():
    assert total_of(flow("t-1", 20), flow("t-2", 25, status="dispatched", period="2031-01-03")).words == "45"


# --- properties -------------------------------------------------------------------------------------------------


@st.composite
def movements(draw):
    """Write movements of quantities of their own, some of them parts or twins of earlier ones."""
    rows = []
    for at in range(draw(st.integers(1, 6))):
        part_of, twin = (draw(st.sampled_from(["", *(row["claim_id"] for row in rows)])) for _ in range(2))
        number = draw(st.sampled_from([{"qualifier": "unquantified"}, sides("at_least", low=7), sides("about", best=5),
                                       sides("range", low=2, high=9), sides("exact", 4, 4, 4)]))  # fmt: skip
        rows.append(flow(f"t-{at}", **number, quantity_id=f"q-{'abcdef'[at]}", part_of=part_of, same_as_candidate=twin))
    return rows, draw(st.sets(st.sampled_from([row["claim_id"] for row in rows]), min_size=1))


def add_some(rows, chosen):
    """Add the chosen ones of some transfers; give the sum, and the bounds of the rows that it cites."""
    d = dossier(transfers=rows)
    figure = total(Claims(find_claims(d, sorted(chosen)), d))
    return figure, [claim.bounds for claim in find_claims(d, figure.claims)]


@settings(max_examples=40, deadline=None)
@given(movements())
def test_no_total_counts_a_row_twice_be_it_as_itself_or_as_part_of_another(drawn):
    rows, chosen = drawn
    kept = add_some(rows, chosen)[0].claims
    wholes = {row["claim_id"]: row["part_of"] for row in rows}
    above = {claim: {claim} for claim in wholes}
    for claim in wholes:  # a whole stands before its parts
        above[claim] |= above.get(wholes[claim], set())
    assert len(kept) == len(set(kept))
    assert all(above[one] & set(kept) == {one} for one in kept)


@settings(max_examples=40, deadline=None)
@given(movements())
def test_every_chosen_row_is_counted_as_itself_or_in_its_whole(drawn):
    rows, chosen = drawn
    kept = set(add_some(rows, chosen)[0].claims)
    wholes = {row["claim_id"]: row["part_of"] for row in rows}
    for claim in chosen:
        while claim and claim not in kept:
            claim = wholes[claim]
        assert claim in kept


@settings(max_examples=40, deadline=None)
@given(movements())
def test_a_total_is_never_below_the_low_of_any_part_that_it_keeps(drawn):
    figure, kept = add_some(*drawn)
    lows = [bounds.low for bounds in kept if bounds.low is not None]
    assert (figure.bounds.low or 0) >= max(lows, default=0)


@settings(max_examples=40, deadline=None)
@given(movements())
def test_a_total_is_the_sum_of_the_rows_that_it_cites_and_no_more(drawn):
    figure, kept = add_some(*drawn)
    assert (figure.bounds.low or 0) <= sum(bounds.low or 0 for bounds in kept)
    assert figure.bounds.high == (None if any(bounds.high is None for bounds in kept) else sum(b.high for b in kept))


@st.composite
def running_totals(draw):
    """Write single movements and running totals of the same things, over periods that may lie inside each other."""
    rows = []
    for at in range(draw(st.integers(2, 5))):
        first, length = draw(st.integers(1, 9)), draw(st.integers(0, 9))
        counting = draw(st.sampled_from(["increment", "cumulative"]))
        days = {"period": f"2031-01-{first:02}/2031-01-{first + length:02}", "counting": counting}
        rows.append(flow(f"t-{at}", at + 1, quantity_id=f"q-{'abcde'[at]}", **days))
    return rows


@settings(max_examples=60, deadline=None)
@given(running_totals())
def test_no_movement_is_counted_beside_a_running_total_that_holds_it(rows):
    try:
        kept = set(total_of(*rows).claims)
    except ClaimError as error:  # running totals that overlap are refused, and not added
        assert "F06" in str(error)
        return
    spans = {row["claim_id"]: tuple(row["period"].split("/")) for row in rows}
    wholes = [spans[row["claim_id"]] for row in rows if row["counting"] == "cumulative" and row["claim_id"] in kept]
    steps = [spans[row["claim_id"]] for row in rows if row["counting"] == "increment" and row["claim_id"] in kept]
    assert not any(first <= start and end <= last for first, last in wholes for start, end in steps)

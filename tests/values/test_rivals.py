import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_bounds import SETS, claims

from briefing.errors import ClaimError
from briefing.values.bounds import Bounds, claimed
from briefing.values.rivals import core, envelope, stated_range


def test_the_stated_range_is_the_smallest_and_largest_number_printed():
    rivals = [claimed("about", best=3_200), claimed("about", best=4_300), claimed("at_most", high=12_000)]
    assert stated_range(rivals) == (3_200, 12_000)


def test_rivals_that_print_no_number_have_no_stated_range():
    assert stated_range([claimed("unquantified")]) is None


def test_the_envelope_of_two_exact_claims_is_the_hull():
    assert envelope([claimed("exact", best=98), claimed("exact", best=122)]) == Bounds(low=98, high=122)


def test_a_side_that_one_rival_leaves_open_stays_open():
    assert envelope([claimed("exact", best=98), claimed("at_least", low=94)]) == Bounds(low=94)


def test_sources_that_conflict_have_no_core():
    assert core([claimed("exact", best=98), claimed("exact", best=122)]) is None
    assert core([claimed("fewer_than", high=5), claimed("at_least", low=5)]) is None


def test_at_least_five_and_at_most_five_are_five_and_nobody_hedged():
    assert core([claimed("at_least", low=5), claimed("at_most", high=5)]) == Bounds(5, 5, 5)


def test_a_hedged_point_keeps_its_hedge_in_the_core():
    assert str(core([claimed("about", best=9_000), claimed("at_most", high=12_000)])) == "~9,000"


def test_a_vaguer_claim_is_consistent_with_an_exact_one():
    assert str(core([claimed("exact", best=65_089), claimed("more_than", low=65_000)])) == "65,089"


def test_rivals_of_two_units_are_refused():
    with pytest.raises(ClaimError, match="items and tonnes cannot be compared"):
        envelope([claimed("exact", best=1, unit="items"), claimed("exact", best=1, unit="tonnes")])


@given(SETS)
def test_the_core_is_inside_every_claim(rivals):
    shared = core(rivals)
    for rival in rivals if shared else ():
        assert rival.extent[0] <= shared.extent[0] <= shared.extent[1] <= rival.extent[1]


@given(SETS, st.integers(min_value=0, max_value=10**9))
def test_the_core_holds_what_every_claim_leaves_open_and_nothing_else(rivals, number):
    shared = core(rivals)
    known = [rival for rival in rivals if rival.is_known]
    inside = shared is not None and shared.contains(number)
    assert inside == all(rival.contains(number) for rival in known)


@given(SETS)
def test_every_claim_is_inside_the_envelope(rivals):
    hull = envelope(rivals)
    for rival in rivals:
        low, high = (-math.inf if rival.low is None else rival.low), (math.inf if rival.high is None else rival.high)
        assert (-math.inf if hull.low is None else hull.low) <= low
        assert high <= (math.inf if hull.high is None else hull.high)


@given(SETS)
def test_an_unknown_side_never_becomes_known_in_an_envelope(rivals):
    hull = envelope(rivals)
    assert (hull.low is None) == any(rival.low is None for rival in rivals)
    assert (hull.high is None) == any(rival.high is None for rival in rivals)


@given(SETS, claims())
def test_a_further_rival_widens_the_envelope_and_narrows_the_core(rivals, more):
    before, after = core(rivals), core([*rivals, more])
    if before is None or after is None:
        assert after is None
    else:
        assert before.extent[0] <= after.extent[0] <= after.extent[1] <= before.extent[1]


@given(SETS, st.randoms())
def test_the_order_of_rivals_does_not_matter(rivals, random):
    shuffled = random.sample(rivals, len(rivals))
    assert envelope(rivals) == envelope(shuffled)
    assert core(rivals) == core(shuffled)
    assert stated_range(rivals) == stated_range(shuffled)

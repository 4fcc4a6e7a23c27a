import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ClaimError
from briefing.values.bounds import (
    ORDERS,
    QUALIFIERS,
    Bounds,
    add_bounds,
    claimed,
    direction,
    divide_bounds,
    order_problem,
    qualifier_problem,
    subtract_bounds,
)

NUMBERS = st.integers(min_value=0, max_value=10**9).map(float)


@st.composite
def claims(draw, qualifiers=tuple(QUALIFIERS)):
    """Draw bounds as a claimant may state them."""
    qualifier = draw(st.sampled_from(qualifiers))
    one, two, three = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    sides = {
        "exact": {"best": one},
        "about": {"best": one},
        "range": {"low": one, "high": three} | draw(st.sampled_from([{}, {"best": two}])),
        "order": {"low": draw(st.sampled_from(sorted(ORDERS)))},
        "unquantified": {},
    }
    side = "low" if qualifier in ("at_least", "more_than") else "high"
    return claimed(qualifier, **sides.get(qualifier, {side: one}), unit="items")


SETS = st.lists(claims(), min_size=1, max_size=6)


# --- what a qualifier means -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualifier", "sides", "shown"),
    [
        ("exact", {"best": 211}, "211"),
        ("about", {"best": 9_000}, "~9,000"),
        ("at_least", {"low": 94}, "≥ 94"),
        ("more_than", {"low": 65_000}, "> 65,000"),
        ("at_most", {"high": 12_000}, "≤ 12,000"),
        ("fewer_than", {"high": 5}, "< 5"),
        ("nearly", {"high": 5}, "nearly 5"),
        ("range", {"low": 36, "high": 44}, "36–44"),
        ("range", {"low": 36, "best": 40, "high": 44}, "40 (36–44)"),
        ("order", {"low": 10}, "tens"),
        ("order", {"low": 12}, "dozens"),
        ("order", {"low": 100}, "hundreds"),
        ("unquantified", {}, "not quantified"),
    ],
)
def test_each_qualifier_is_shown_with_its_hedge(qualifier, sides, shown):
    assert str(claimed(qualifier, **sides)) == shown


@pytest.mark.parametrize(
    ("qualifier", "sides", "words"),
    [
        ("exact", {"best": 211}, "211"),
        ("about", {"best": 9_000}, "about 9,000"),
        ("at_least", {"low": 94}, "at least 94"),
        ("more_than", {"low": 65_000}, "more than 65,000"),
        ("at_most", {"high": 12_000}, "up to 12,000"),
        ("fewer_than", {"high": 5}, "fewer than 5"),
        ("nearly", {"high": 5}, "nearly 5"),
        ("range", {"low": 36, "best": 40, "high": 44}, "40 (36–44)"),
        ("order", {"low": 12}, "dozens"),
        ("unquantified", {}, "an unstated number"),
    ],
)
def test_each_qualifier_is_said_with_its_own_hedge_and_no_other(qualifier, sides, words):
    assert claimed(qualifier, **sides).words() == words


@pytest.mark.parametrize("qualifier", ["at_least", "more_than", "order"])
def test_a_lower_bound_has_no_upper_side(qualifier):
    assert claimed(qualifier, low=12).high is None


def test_no_midpoint_is_ever_made():
    assert claimed("range", low=36, high=44).best is None


def test_an_empty_side_is_not_zero():
    assert claimed("at_most", high=12).low is None
    assert claimed("exact", best=0).low == 0


def test_nan_is_not_stated():
    assert claimed("at_least", low=94, best=math.nan, high=math.nan) == claimed("at_least", low=94)


@pytest.mark.parametrize(
    ("qualifier", "sides", "told"),
    [
        ("exact", {}, "needs low and best and high"),
        ("exact", {"low": 3, "best": 5, "high": 5}, "alike"),
        ("at_least", {"high": 5}, "needs low and has no high"),
        ("range", {"low": 44, "high": 36}, "low is 44 but high is 36"),
        ("order", {"low": 50}, "tens"),
        ("unquantified", {"best": 1}, "has no best"),
        ("roughly", {"best": 1}, "no qualifier"),
    ],
)
def test_a_qualifier_that_its_bounds_contradict_is_refused(qualifier, sides, told):
    with pytest.raises(ClaimError, match=told):
        claimed(qualifier, **sides)


def test_a_qualifier_that_agrees_with_its_bounds_has_no_problem():
    assert qualifier_problem("range", 36, None, 44) is None


@given(claims())
def test_what_can_be_claimed_is_in_order(claim):
    assert order_problem(claim.low, claim.best, claim.high) is None


def test_a_strict_bound_excludes_itself():
    assert not claimed("more_than", low=65_000).contains(65_000)
    assert claimed("at_least", low=65_000).contains(65_000)


# --- sums -------------------------------------------------------------------------------------------------------


def test_mixed_bounds_add_to_at_least_150():
    parts = [claimed("at_least", low=94), claimed("range", low=36, high=44), claimed("exact", best=20)]
    assert add_bounds(parts) == Bounds(low=150)
    assert str(add_bounds(parts)) == "≥ 150"


def test_a_part_with_no_low_adds_nothing_to_the_low_and_is_counted():
    added = add_bounds([claimed("at_most", high=10), claimed("exact", best=5), claimed("about", best=3)])
    assert (added.low, added.no_low) == (5, 2)


def test_strictness_and_about_carry_over():
    assert add_bounds([claimed("more_than", low=5), claimed("exact", best=5)]).low_strict
    assert add_bounds([claimed("about", best=5), claimed("exact", best=5)]).about


def test_strictness_of_a_side_that_is_gone_does_not_carry_over():
    assert not add_bounds([claimed("fewer_than", high=5), claimed("at_least", low=5)]).high_strict


@given(SETS, st.randoms())
def test_the_order_of_a_sum_does_not_matter(parts, random):
    shuffled = random.sample(parts, len(parts))
    assert add_bounds(parts) == add_bounds(shuffled)


@given(SETS, claims())
def test_sums_are_monotone(parts, more):
    before, after = add_bounds(parts), add_bounds([*parts, more])
    assert before.low is None or after.low >= before.low
    assert before.high is None or after.high is None or after.high >= before.high
    assert before.best is None or after.best is None or after.best >= before.best


@given(SETS)
def test_an_unknown_side_never_becomes_known(parts):
    added = add_bounds(parts)
    assert (added.high is None) == any(part.high is None for part in parts)
    assert (added.best is None) == any(part.best is None for part in parts)
    assert (added.low is None) == all(part.low is None for part in parts)


@given(SETS)
def test_a_sum_contains_every_sum_of_what_its_parts_leave_open(parts):
    added = add_bounds(parts)
    ends = [(part.low, part.high) for part in parts]
    if added.high is not None:
        assert added.high >= sum(high for _, high in ends)
    assert order_problem(added.low, added.best, added.high) is None


@given(claims())
def test_a_sum_of_one_says_what_the_one_says(claim):
    added = add_bounds([claim])
    assert (added.low, added.best, added.high, added.unit) == (claim.low, claim.best, claim.high, "items")


@given(claims())
def test_a_sum_of_one_reads_as_the_one(claim):
    added = add_bounds([claim])
    assert (added.words(), str(added)) == (claim.words(), str(claim))


def test_a_sum_with_what_is_nearly_a_number_is_nearly_its_sum():
    added = add_bounds([claimed("nearly", high=50), claimed("exact", best=10)])
    assert (added.words(), added.low) == ("nearly 60 (≥ 10)", 10)


def test_sides_that_are_excluded_are_said_of_their_own_numbers():
    open_sides = Bounds(low=1_000, high=9_000, low_strict=True, high_strict=True)
    assert (open_sides.words(), str(open_sides)) == ("more than 1,000 to fewer than 9,000", "> 1,000 to < 9,000")


def test_units_are_never_converted():
    with pytest.raises(ClaimError, match="items and tonnes cannot be added"):
        add_bounds([claimed("exact", best=1, unit="items"), claimed("exact", best=1, unit="tonnes")])


def test_nothing_cannot_be_added():
    with pytest.raises(ClaimError, match="nothing can be added"):
        add_bounds([])


# --- differences and ratios -------------------------------------------------------------------------------------


def test_a_difference_runs_from_the_least_to_the_greatest_change():
    change = subtract_bounds(claimed("range", low=36, high=44), claimed("range", low=10, high=20))
    assert (change.low, change.high, change.best) == (16, 34, None)


@given(claims(), claims())
def test_an_unknown_side_never_becomes_known_in_a_difference(a, b):
    change = subtract_bounds(a, b)
    assert (change.low is None) == (a.low is None or b.high is None)
    assert (change.high is None) == (a.high is None or b.low is None)


@pytest.mark.parametrize(
    ("later", "earlier", "told"),
    [
        (claimed("exact", best=60), claimed("exact", best=40), "rose"),
        (claimed("exact", best=40), claimed("exact", best=60), "fell"),
        (claimed("exact", best=40), claimed("exact", best=40), None),
        (claimed("more_than", low=40), claimed("exact", best=40), "rose"),
        (claimed("at_least", low=40), claimed("exact", best=40), None),
        (claimed("fewer_than", high=40), claimed("exact", best=40), "fell"),
        (claimed("about", best=60), claimed("about", best=40), None),
        (claimed("at_least", low=60), claimed("at_most", high=70), None),
    ],
)
def test_a_direction_is_told_only_where_the_change_excludes_zero(later, earlier, told):
    assert direction(subtract_bounds(later, earlier)) == told


def test_a_ratio_runs_from_the_least_to_the_greatest_quotient():
    assert str(divide_bounds(claimed("exact", best=30), claimed("range", low=10, high=15))) == "2–3"


def test_the_ratio_of_a_fall_takes_the_other_side_of_the_divisor():
    fall = subtract_bounds(claimed("exact", best=10), claimed("range", low=20, high=30))
    share = divide_bounds(fall, claimed("range", low=20, high=40))
    assert (share.low, share.high) == (-1, -0.25)


@given(claims(("exact", "range")), claims(("exact", "range")), claims(("exact", "range")))
def test_a_ratio_contains_every_quotient(a, b, divisor):
    change = subtract_bounds(a, b)
    if divisor.low > 0:
        share = divide_bounds(change, divisor)
        quotients = [top / under for top in (change.low, change.high) for under in (divisor.low, divisor.high)]
        assert (share.low, share.high) == (min(quotients), max(quotients))


@pytest.mark.parametrize("qualifier", ["about", "unquantified"])
def test_a_divisor_needs_a_positive_low(qualifier):
    divisor = claimed(qualifier, best=5) if qualifier == "about" else claimed(qualifier)
    with pytest.raises(ClaimError, match="positive low"):
        divide_bounds(claimed("exact", best=1), divisor)


def test_a_ratio_of_two_units_is_refused():
    with pytest.raises(ClaimError, match="tonnes and wagons cannot be divided"):
        divide_bounds(claimed("exact", best=60, unit="tonnes"), claimed("exact", best=1, unit="wagons"))

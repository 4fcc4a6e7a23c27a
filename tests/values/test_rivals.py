import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_bounds import SETS, claims

from briefing.errors import ClaimError
from briefing.values.bounds import Bounds, claimed, number_words
from briefing.values.rivals import (
    agreed,
    core,
    envelope,
    hull,
    say_factor,
    say_spread,
    share_number,
    show_spread,
    spread,
    stated_range,
)


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


@pytest.mark.parametrize(
    "rivals",
    [
        [claimed("at_least", low=5), claimed("at_most", high=5)],
        [claimed("at_least", low=5), claimed("range", low=2, high=5)],
        [claimed("range", low=5, high=9), claimed("range", low=2, high=5)],
    ],
)
def test_bounds_that_only_touch_make_no_number(rivals):
    assert (core(rivals), share_number(rivals)) == (None, True)
    assert core([*rivals, claimed("exact", best=5)]) == Bounds(5, 5, 5)


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
    fits = all(rival.contains(number) for rival in known)
    if shared is None and fits:  # bounds that only touch: nobody counts the number at which they do
        assert {max(rival.extent[0] for rival in known), min(rival.extent[1] for rival in known)} == {number}
    else:
        assert fits == (shared is not None and shared.contains(number))


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
    if not share_number(rivals):
        assert after is None
    if before is not None and after is not None:
        assert before.extent[0] <= after.extent[0] <= after.extent[1] <= before.extent[1]


@given(SETS, st.randoms())
def test_the_order_of_rivals_does_not_matter(rivals, random):
    shuffled = random.sample(rivals, len(rivals))
    assert envelope(rivals) == envelope(shuffled)
    assert core(rivals) == core(shuffled)
    assert stated_range(rivals) == stated_range(shuffled)
    assert spread(rivals) == spread(shuffled)
    assert agreed(rivals) == agreed(shuffled)


# --- how rivals read --------------------------------------------------------------------------------------------


def about(number):
    return claimed("about", best=number)


def least(number):
    return claimed("at_least", low=number)


def most(number):
    return claimed("at_most", high=number)


def exact(number):
    return claimed("exact", best=number)


def nearly(number):
    return claimed("nearly", high=number)


DOZENS = claimed("order", low=12)


@pytest.mark.parametrize(
    ("rivals", "words", "shown"),
    [
        ([most(3e6), least(3e6)], "up to 3,000,000, or at least 3,000,000", "≤ 3,000,000, or ≥ 3,000,000"),
        ([about(6_700), least(10_000)], "about 6,700 to 10,000 or more", "~6,700–10,000 or more"),
        ([about(6_700), claimed("more_than", low=9)], "more than 9, or about 6,700", "> 9, or ~6,700"),
        ([nearly(50), least(50)], "under 50, or at least 50", "under 50, or ≥ 50"),
        ([nearly(50), least(60)], "nearly 50 to 60 or more", "nearly 50 to 60 or more"),
        ([exact(1_500), about(11_000), least(12_000)], "1,500 to 12,000 or more", "1,500–12,000 or more"),
        ([exact(5), claimed("more_than", low=9)], "5 to more than 9", "5 to more than 9"),
        ([most(50), exact(90)], "up to 50, or 90", "≤ 50, or 90"),
        ([claimed("fewer_than", high=50), about(90)], "fewer than 50, or about 90", "< 50, or ~90"),
        ([most(50), exact(70), least(90)], "up to 50, or 70 to 90 or more", "≤ 50, or 70–90 or more"),
        ([most(50), most(70), exact(90)], "up to 50, up to 70, or 90", "≤ 50, ≤ 70, or 90"),
        ([least(100), exact(50), exact(900)], "50 to 900", "50–900"),
        ([exact(98), exact(122), claimed("more_than", low=120)], "98 to 122", "98–122"),
        ([least(40), exact(70), exact(90)], "at least 40, or 70 to 90", "≥ 40, or 70–90"),
        ([exact(98), about(122)], "98 to about 122", "98 to ~122"),
        ([claimed("range", low=36, high=44), claimed("range", low=50, high=60)], "36 to 60", "36–60"),
        ([exact(5), DOZENS], "5 to dozens", "5 to dozens"),
        ([exact(98), exact(122)], "98 to 122", "98–122"),
    ],
)
def test_every_open_side_and_hedge_of_rivals_is_kept(rivals, words, shown):
    stretches = spread(rivals)
    assert (say_spread(stretches), show_spread(stretches)) == (words, shown)


@given(SETS)
def test_rivals_never_read_as_a_number_or_a_bound_that_no_claim_states(rivals):
    known = [rival for rival in rivals if rival.is_known]
    told = [say_spread(spread(rivals)), show_spread(spread(rivals)), *(one.words() for one in agreed(rivals))]
    numbers = {number_words(number) for rival in known if not rival.order for number in rival.stated}
    lows, highs = ({number_words(side) for side in sides if side is not None}
                   for sides in ([one.low for one in known], [one.high for one in known]))  # fmt: skip
    number = r"(\d(?:[\d,]*\d)?)(?!\d)"
    for words in told:
        assert set(re.findall(r"\d[\d,]*\d|\d", words)) <= numbers
        assert {a or b for a, b in re.findall(rf"(?:at least|more than|[≥>]) {number}|{number} or more", words)} <= lows
        assert set(re.findall(rf"(?:up to|fewer than|under|nearly|[≤<]) {number}", words)) <= highs


@given(SETS)
def test_an_open_side_of_rivals_stays_open_for_arithmetic(rivals):
    known = [rival for rival in rivals if rival.is_known]
    if known:
        reach = hull(rivals)
        assert (reach.low is None) == any(rival.extent[0] == -math.inf for rival in known)
        assert (reach.high is None) == any(rival.extent[1] == math.inf for rival in known)


@given(SETS, st.data())
def test_a_rival_that_is_repeated_changes_nothing(rivals, data):
    more = [*rivals, data.draw(st.sampled_from(rivals))]
    assert (spread(more), agreed(more), say_spread(spread(more))) == (
        spread(rivals), agreed(rivals), say_spread(spread(rivals)),
    )  # fmt: skip
    assert (core(more), hull(more), stated_range(more)) == (core(rivals), hull(rivals), stated_range(rivals))


@pytest.mark.parametrize(
    ("rivals", "factor"),
    [
        ([least(3_000), about(1_100)], "about 2.7 times the lower or more"),
        ([exact(100), exact(300)], "three times the lower"),
        ([exact(100), exact(270)], "nearly three times the lower"),
        ([most(100), exact(250)], "at least 2.5 times the lower"),
        ([claimed("fewer_than", high=50), claimed("more_than", low=200)], "more than four times the lower"),
        ([exact(98), exact(122)], ""),
        ([exact(0), exact(122)], ""),
        ([least(10), least(122)], ""),
    ],
)
def test_a_factor_is_told_only_where_bounds_allow_it(rivals, factor):
    assert say_factor(rivals) == factor

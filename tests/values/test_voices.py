"""Voices: distinct origins and distinct claimants behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values.independence import count_independent

SAID = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), max_size=8)


@pytest.mark.parametrize(
    ("said", "voices"),
    [
        ([], 0),
        ([("a", "x"), ("b", "x")], 1),
        ([("a", "x"), ("a", "y")], 1),
        ([("a", "x"), ("a", "y"), ("b", "x")], 2),
        ([("a", "x"), ("b", "x"), ("c", "y")], 2),
        ([("a", "x"), ("a", "y"), ("b", "y"), ("b", "z"), ("c", "z")], 3),
    ],
)
def test_one_claimant_or_one_origin_is_one_voice(said: list[tuple[str, str]], voices: int) -> None:
    assert count_independent(said) == voices


@given(SAID)
def test_voices_are_no_more_than_origins_or_claimants(said: list[tuple[str, str]]) -> None:
    assert count_independent(said) <= min(len({origin for origin, _ in said}), len({who for _, who in said}))


@given(SAID, st.randoms())
def test_voices_do_not_depend_on_the_order_of_claims(said: list[tuple[str, str]], random) -> None:  # type: ignore[no-untyped-def]
    mixed = said + said
    random.shuffle(mixed)
    assert count_independent(mixed) == count_independent(said)

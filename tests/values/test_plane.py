"""Cutting and leaving out points keep what they promise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.values.plane import area_of, cut_line, cut_ring, holds, simplify

NUMBER = st.floats(-10, 10).map(lambda x: round(x, 3))
POINTS = st.lists(st.tuples(NUMBER, NUMBER), min_size=3, max_size=12)
FRAME = (-5.0, -5.0, 5.0, 5.0)


@given(POINTS)
def test_a_cut_ring_is_closed_and_inside(points: list[tuple[float, float]]) -> None:
    ring = cut_ring([*points, points[0]], FRAME)
    assert ring == () or ring[0] == ring[-1]
    assert all(abs(x) <= 5.001 and abs(y) <= 5.001 for x, y in ring)


@given(POINTS)
def test_a_cut_line_lies_inside(points: list[tuple[float, float]]) -> None:
    assert all(abs(x) <= 5.001 and abs(y) <= 5.001 for part in cut_line(points, FRAME) for x, y in part)


@given(POINTS, st.floats(0.01, 5))
def test_a_simpler_line_keeps_its_ends_and_some_of_its_points(points: list[tuple[float, float]], most: float) -> None:
    simple = simplify(points, most)
    assert (simple[0], simple[-1]) == (points[0], points[-1])
    assert set(simple) <= set(points)


def test_a_hole_is_no_part_of_an_area() -> None:
    outer = [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]
    hole = [(3, 3), (3, 6), (6, 6), (6, 3), (3, 3)]
    assert holds([outer, hole], (1, 1)) and not holds([outer, hole], (4, 4))
    assert area_of(outer) == 81

"""Cutting and leaving out points keep what they promise."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

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


def away(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """Say how far a point lies from a line between two others, by looking at many points of it."""
    steps = [step / 200 for step in range(201)]
    return min(
        hypot(point[0] - start[0] - part * (end[0] - start[0]), point[1] - start[1] - part * (end[1] - start[1]))
        for part in steps
    )


@given(st.lists(NUMBER, min_size=3, max_size=12), st.floats(0.1, 5))
def test_no_point_that_is_left_out_lies_further_from_the_line_than_it_may(heights: list[float], most: float) -> None:
    points = [(float(at), height) for at, height in enumerate(heights)]
    simple = simplify(points, most)
    for start, end in pairwise(simple):
        between = points[int(start[0]) + 1 : int(end[0])]
        assert all(away(point, start, end) <= most + 0.1 for point in between)


def test_the_point_that_lies_farthest_from_a_line_is_kept_and_the_first_of_two_as_far() -> None:
    assert simplify([(0, 0), (1, 1), (2, 3), (3, 1), (4, 0)], 1.5) == ((0, 0), (2, 3), (4, 0))
    assert simplify([(0, 0), (1, 2), (2, -2), (3, 0)], 3) == ((0, 0), (3, 0))
    assert simplify([(0, 0), (1, 2), (2, 0), (3, 2), (4, 0)], 1.9) == ((0, 0), (1, 2), (4, 0))


def test_a_hole_is_no_part_of_an_area() -> None:
    outer = [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]
    hole = [(3, 3), (3, 6), (6, 6), (6, 3), (3, 3)]
    assert holds([outer, hole], (1, 1)) and not holds([outer, hole], (4, 4))
    assert area_of(outer) == 81

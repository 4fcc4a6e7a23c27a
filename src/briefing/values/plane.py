"""Lines and areas on a plane: cutting to a frame, leaving out points, finding what lies in what.

A point is a pair: longitude and latitude, or pixels. A ring is a closed line: its last point is its first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]

#: West, south, east, north; in pixels left, top, right, bottom.
Frame: TypeAlias = tuple[float, float, float, float]


def simplify(points: Sequence[Point], tolerance: float) -> Line:
    """Leave out points, so that no line moves by more than `tolerance` (Douglas and Peucker); the ends stay.

    Examples
    --------
    >>> simplify([(0, 0), (1, 0.01), (2, 0), (2, 2)], 0.1)
    ((0, 0), (2, 0), (2, 2))
    """
    if len(points) < 3:
        return tuple(points)
    kept = {0, len(points) - 1}
    # a ring has no direction of its own: it turns at the point that lies farthest from its start
    turn = max(range(len(points)), key=lambda n: _apart(points[n], points[0])) if points[0] == points[-1] else 0
    kept.add(turn)
    spans = [(0, turn), (turn, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, away = _farthest(points, first, last)
        if away > tolerance:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return tuple(points[number] for number in sorted(kept))


def _farthest(points: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """Find the point between two others that lies farthest from the straight line between them, and how far.

    It is `_away` of each, written out: a map asks it of twenty thousand points.
    """
    (left, low), (right, high) = points[first], points[last]
    along, up = right - left, high - low
    square = along * along + up * up
    farthest, most = first, -1.0 if last - first > 1 else 0.0
    for number in range(first + 1, last):
        x, y = points[number]
        dx, dy = x - left, y - low
        part = (dx * along + dy * up) / square if square else 0.0
        part = 0.0 if part < 0.0 else 1.0 if part > 1.0 else part
        away = hypot(dx - part * along, dy - part * up)
        if away > most:
            farthest, most = number, away
    return farthest, most


def _away(point: Point, start: Point, end: Point) -> float:
    """Say how far a point lies from a straight line between two others."""
    along, up = end[0] - start[0], end[1] - start[1]
    dx, dy = point[0] - start[0], point[1] - start[1]
    square = along * along + up * up
    part = max(0.0, min(1.0, (dx * along + dy * up) / square)) if square else 0.0
    return hypot(dx - part * along, dy - part * up)


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def area_of(ring: Sequence[Point]) -> float:
    """Give the area of a ring, whichever way it runs.

    Examples
    --------
    >>> area_of([(0, 0), (2, 0), (2, 2), (0, 0)])
    2.0
    """
    return abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise(ring))) / 2


def holds(rings: Sequence[Sequence[Point]], point: Point) -> bool:
    """Say whether a point lies in an area; rings inside others are its holes.

    Examples
    --------
    >>> holds([[(0, 0), (2, 0), (2, 2), (0, 0)]], (1.5, 0.5))
    True
    """
    x, y = point
    is_in = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                is_in = not is_in
    return is_in


def touches(points: Sequence[Point], frame: Frame) -> bool:
    """Say whether what surrounds some points touches a frame."""
    if not points:
        return False
    lefts, tops = [x for x, _ in points], [y for _, y in points]
    west, south, east, north = frame
    return min(lefts) < east and max(lefts) > west and min(tops) < north and max(tops) > south


def cut_ring(ring: Sequence[Point], frame: Frame) -> Line:
    """Cut a ring to a frame (Sutherland and Hodgman); empty where nothing of it lies inside.

    Examples
    --------
    >>> cut_ring([(-1, 0), (1, 0), (1, 1), (-1, 1), (-1, 0)], (0, 0, 9, 9))
    ((0, 0.0), (1, 0), (1, 1), (0, 1.0), (0, 0.0))
    """
    points = list(ring[:-1])
    for is_inside, cross in _sides(frame):
        cut: list[Point] = []
        for before, point in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            if is_inside(before) != is_inside(point):
                cut.append(cross(before, point))
            if is_inside(point):
                cut.append(point)
        points = cut
    return (*points, points[0]) if len(points) > 2 else ()


def cut_line(line: Sequence[Point], frame: Frame) -> list[Line]:
    """Cut a line to a frame: the parts of it that lie inside.

    Examples
    --------
    >>> cut_line([(-1, 1), (1, 1), (1, 5)], (0, 0, 2, 2))
    [((0, 1.0), (1, 1), (1.0, 2))]
    """
    parts: list[list[Point]] = []
    for start, end in pairwise(line):
        piece: tuple[Point, Point] | None = (start, end)
        for is_inside, cross in _sides(frame):
            if piece is not None:
                piece = _cut_piece(*piece, is_inside, cross)
        if piece is None or piece[0] == piece[1]:
            continue
        if parts and parts[-1][-1] == piece[0]:
            parts[-1].append(piece[1])
        else:
            parts.append(list(piece))
    return [tuple(part) for part in parts]


_Inside: TypeAlias = Callable[[Point], bool]
_Cross: TypeAlias = Callable[[Point, Point], Point]


def _cut_piece(start: Point, end: Point, is_inside: _Inside, cross: _Cross) -> tuple[Point, Point] | None:
    if is_inside(start):
        return (start, end) if is_inside(end) else (start, cross(start, end))
    return (cross(start, end), end) if is_inside(end) else None


def _sides(frame: Frame) -> Iterator[tuple[_Inside, _Cross]]:
    """Give the four sides of a frame: whether a point lies on the inner side, and where a line crosses it."""
    west, south, east, north = frame
    for axis, edge, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        yield _inside(axis, edge, sign), _cross(axis, edge)


def _inside(axis: int, edge: float, sign: int) -> _Inside:
    return lambda point: sign * point[axis] >= sign * edge


def _cross(axis: int, edge: float) -> _Cross:
    def cross(start: Point, end: Point) -> Point:
        other = start[1 - axis] + (edge - start[axis]) / (end[axis] - start[axis]) * (end[1 - axis] - start[1 - axis])
        return (edge, other) if axis == 0 else (other, edge)

    return cross


def find_middle(ring: Sequence[Point], *, steps: int = 16) -> Point:
    """Find where a name stands best: the point of a grid that lies farthest from the ring around it.

    Examples
    --------
    >>> find_middle([(0, 0), (8, 0), (8, 8), (0, 8), (0, 0)], steps=3)
    (4.0, 4.0)
    """
    lefts, lows = [x for x, _ in ring], [y for _, y in ring]
    left, low = min(lefts), min(lows)
    wide, high = (max(lefts) - left) / steps, (max(lows) - low) / steps
    grid = [(left + (n + 0.5) * wide, low + (m + 0.5) * high) for m in range(steps) for n in range(steps)]
    within = [point for point in grid if holds([ring], point)] or [ring[0]]
    sides = list(pairwise(ring))
    return max(within, key=lambda point: min(_away(point, start, end) for start, end in sides))

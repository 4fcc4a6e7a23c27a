"""Arrows on a map: what moved from place to place, and the ways that a scenario draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from briefing.charts.ground import Extent, lines, shapes
from briefing.charts.labels import Anchor, Box
from briefing.charts.pen import Layer, Look
from briefing.charts.tips import Tip
from briefing.values.palette import ORANGE
from briefing.values.plane import Frame, Line, Point, cut_line

#: How far a route bends to its side, as a part of its length, and of how many pieces it is made.
_BEND, _PIECES = 0.14, 28

#: The widths of a scenario's band at its start, and before its head.
_TAIL, _NECK, _HEAD = 5, 9, 19


@dataclass(frozen=True, slots=True)
class Route:
    """What went from one place to another: the words beside it, and where it runs in degrees."""

    text: str
    start: Point
    end: Point
    hue: str
    side: str
    is_hollow: bool
    tip: Tip
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """Where a scenario says that forces would go: its name, and the likelihood that somebody gives it."""

    text: str
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow in pixels: its line, its head, and the words that stand beside it."""

    line: Line
    head: Line
    anchor: Anchor

    @property
    def covered(self) -> list[Box]:
        """What the line covers, as boxes along it."""
        return [Box(x - 3, y - 3, x + 3, y + 3) for x, y in self.line[1:-1]]


def trace_route(route: Route, extent: Extent, *, narrow: bool) -> Arrow | None:
    """Bend a route between its places and cut it to the map; nothing where none of it lies there."""
    curve = bend(extent.at(*route.start), extent.at(*route.end))
    inner: Frame = (4, 4, extent.width - 4, extent.height - 4)
    parts = cut_line(curve, inner)
    if not parts:
        return None
    line = max(parts, key=_length)
    came, goes = not extent.holds(*route.start), not extent.holds(*route.end)
    text = "" if narrow else route.text
    text += f"\nfrom {route.names[0]}" if came else ""
    text += f"\nto {route.names[1]}" if goes else ""
    line = _trim(line, 0 if came else 5, 0 if goes else 6)
    if len(line) < 2:
        return None
    head = _head(line[-2], line[-1], 9, 4.5)
    x, y = line[-1] if goes else line[0] if came else line[len(line) // 2]
    return Arrow(line, head, Anchor(round(x, 1), round(y, 1), text.strip(), 5, 12))


def bend(start: Point, end: Point) -> Line:
    """Draw a curve between two points that bends upwards, whichever way it runs.

    Examples
    --------
    >>> curve = bend((0, 0), (100, 0))
    >>> curve[0], curve[-1], round(curve[14][1], 1)
    ((0, 0), (100, 0), -14.0)
    """
    (x, y), (x2, y2) = start, end
    turn = 2 * _BEND if x2 >= x else -2 * _BEND
    middle = ((x + x2) / 2 + (y2 - y) * turn, (y + y2) / 2 - (x2 - x) * turn)
    steps = [number / _PIECES for number in range(1, _PIECES)]
    inner = [tuple(_between(a, b, c, part) for a, b, c in zip(start, middle, end, strict=True)) for part in steps]
    return (start, *((round(px, 1), round(py, 1)) for px, py in inner), end)


def _between(start: float, middle: float, end: float, part: float) -> float:
    rest = 1 - part
    return rest * rest * start + 2 * rest * part * middle + part * part * end


def _length(line: Line) -> float:
    return sum(hypot(x2 - x, y2 - y) for (x, y), (x2, y2) in pairwise(line))


def _trim(line: Line, start: float, end: float) -> Line:
    """Shorten a line at both ends, so that it does not run into what stands there."""
    return _shorten(_shorten(line, start)[::-1], end)[::-1]


def _shorten(line: Line, by: float) -> Line:
    points = list(line)
    while len(points) > 1 and by > 0:
        (x, y), (x2, y2) = points[0], points[1]
        long = hypot(x2 - x, y2 - y)
        if long > by:
            points[0] = (round(x + (x2 - x) * by / long, 1), round(y + (y2 - y) * by / long, 1))
            break
        by -= long
        points.pop(0)
    return tuple(points)


def _head(before: Point, tip: Point, long: float, wide: float) -> Line:
    """Draw the head of an arrow: a triangle whose tip lies at the end of a line."""
    along, up = _unit(before, tip)
    x, y = tip[0] - along * long, tip[1] - up * long
    left, right = (x - up * wide, y + along * wide), (x + up * wide, y - along * wide)
    return tuple((round(px, 1), round(py, 1)) for px, py in (tip, left, right, tip))


def _unit(start: Point, end: Point) -> Point:
    long = hypot(end[0] - start[0], end[1] - start[1]) or 1
    return (end[0] - start[0]) / long, (end[1] - start[1]) / long


def draw_routes(routes: Sequence[tuple[Route, Arrow]]) -> list[Layer]:
    """Draw routes: in the hue of the side that sends, dashed where nothing has moved."""
    layers: list[Layer] = []
    for is_hollow, hue in sorted({(route.is_hollow, route.hue) for route, _ in routes}):
        some = [(route, drawn) for route, drawn in routes if (route.is_hollow, route.hue) == (is_hollow, hue)]
        tips = [route.tip for route, _ in some]
        dash = {"strokeDash": [5, 4]} if is_hollow else {}
        layers += [
            lines([[drawn.line] for _, drawn in some], tips=tips, stroke=hue, strokeWidth=2, **dash),
            shapes("Polygon", [[drawn.head] for _, drawn in some], fill=hue),
        ]
    return [layer for layer in layers if layer is not None]


def trace_way(way: Way, extent: Extent, home: Sequence[Line]) -> Arrow | None:
    """Draw the band of a scenario; from a whole country it starts a little before its border (`home`, its rings)."""
    start, end = extent.at(*way.start), extent.at(*way.end)
    if home:
        start = _before_border(start, end, [extent.trace(ring) for ring in home])
    parts = cut_line((start, end), (4, 4, extent.width - 4, extent.height - 4))
    if not parts or _length(parts[0]) < 24:
        return None
    start, end = parts[0]
    band = _band(start, end)
    x, y = start[0] + (end[0] - start[0]) * 0.4, start[1] + (end[1] - start[1]) * 0.4
    return Arrow((start, *_steps(start, end), end), band, Anchor(round(x, 1), round(y, 1), way.text, 12, 12.5))


def _steps(start: Point, end: Point) -> Line:
    return tuple((start[0] + (end[0] - start[0]) * n / 8, start[1] + (end[1] - start[1]) * n / 8) for n in range(1, 8))


def _before_border(start: Point, end: Point, rings: Sequence[Line]) -> Point:
    """Find where a straight way last crosses a border, and step back from there."""
    crossed = [part for ring in rings for a, b in pairwise(ring) if (part := _crossing(start, end, a, b))]
    long = hypot(end[0] - start[0], end[1] - start[1]) or 1
    part = max((max(crossed) if crossed else 0) - 46 / long, 0)
    return round(start[0] + (end[0] - start[0]) * part, 1), round(start[1] + (end[1] - start[1]) * part, 1)


def _crossing(start: Point, end: Point, one: Point, other: Point) -> float:
    """Say at what part of a way another line crosses it; 0 where none does."""
    dx, dy, ex, ey = end[0] - start[0], end[1] - start[1], other[0] - one[0], other[1] - one[1]
    turn = dx * ey - dy * ex
    if not turn:
        return 0.0
    part = ((one[0] - start[0]) * ey - (one[1] - start[1]) * ex) / turn
    there = ((one[0] - start[0]) * dy - (one[1] - start[1]) * dx) / turn
    return part if 0 <= part <= 1 and 0 <= there <= 1 else 0.0


def _band(start: Point, end: Point) -> Line:
    along, up = _unit(start, end)
    neck = (end[0] - along * 20, end[1] - up * 20)
    corners = [
        *_beside(start, along, up, _TAIL), *_beside(neck, along, up, _NECK), *_beside(neck, along, up, _HEAD),
    ]  # fmt: skip
    left_tail, right_tail, left_neck, right_neck, left_head, right_head = corners
    ring = (left_tail, left_neck, left_head, end, right_head, right_neck, right_tail, left_tail)
    return tuple((round(x, 1), round(y, 1)) for x, y in ring)


def _beside(point: Point, along: float, up: float, away: float) -> Iterable[Point]:
    x, y = point
    return (x - up * away, y + along * away), (x + up * away, y - along * away)


def draw_ways(ways: Sequence[Arrow]) -> list[Layer]:
    """Draw scenarios: wide and pale, with a broken edge, since nobody has gone there."""
    look: Look = {"fill": ORANGE, "fillOpacity": 0.22, "stroke": ORANGE, "strokeWidth": 1.2, "strokeDash": [4, 3]}
    layer = shapes("Polygon", [[drawn.head] for drawn in ways], **look)
    return [layer] if layer is not None else []

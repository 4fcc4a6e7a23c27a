"""Cutting outlines for one frame from those of the world: the parts that lie in it, as fine as a map of it can show."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from math import cos, radians
from typing import Any

from briefing.dossier.outlines import Outlines, Shape
from briefing.errors import UsageError
from briefing.values.plane import Frame, Line, Point, area_of, cut_line, cut_ring, find_middle, simplify, touches

#: As a map must say it.
ATTRIBUTION = "Outlines: Natural Earth, public domain, for orientation"
_TOWNS_OF = "Towns: GeoNames, CC BY 4.0"

#: Into how many parts a frame is finely divided: a line may move by one of them, and what is smaller is left out.
_FINE = 700

#: How many towns fit side by side.
_ABREAST = 9


@dataclass(frozen=True, slots=True)
class World:
    """The outlines of the world as they are stored: lines as steps in parts of a degree, land as numbers of lines."""

    parts: int
    arcs: list[list[int]]
    shapes: list[dict[str, Any]]
    lakes: list[list[int]]
    rivers: list[list[int]]
    towns: list[tuple[str, int, float, float]]

    def line(self, steps: Sequence[int]) -> Line:
        """Give a line in degrees."""
        xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
        return tuple((x / self.parts, y / self.parts) for x, y in zip(xs, ys, strict=True))


@lru_cache(maxsize=1)
def read_world() -> World:
    """Read the outlines of the world."""
    content = (files("briefing.dossier.world") / "world.json.gz").read_bytes()
    return World(**json.loads(gzip.decompress(content)))


def knows(country: str) -> bool:
    """Whether the world has a country of this code."""
    return any(shape["code"] == country for shape in read_world().shapes)


@lru_cache(maxsize=256)
def frame_of(country: str) -> Frame | None:
    """Give the frame of a country's land, islands far away included; ``None`` where the world has no such code."""
    world = read_world()
    arcs = [arc for shape in world.shapes if shape["code"] == country for ring in shape["rings"] for arc in ring]
    points = [point for arc in arcs for point in world.line(world.arcs[arc if arc >= 0 else ~arc])]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def read_frame(text: str) -> Frame:
    """Read a frame as it is written: west, south, east and north, in degrees.

    Raises `UsageError` where it is none.

    Examples
    --------
    >>> read_frame("22,49.5,34,57")
    (22.0, 49.5, 34.0, 57.0)
    """
    rule = "a frame is west,south,east,north in degrees, such as 22,49,34,57"
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise UsageError(f"{text}: is no frame; {rule}. Write four numbers.") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise UsageError(f"{text}: lies beyond the world; {rule}. Longitudes end at 180, latitudes at 90.")
    if south >= north:
        raise UsageError(f"{text}: its south lies north of its north; {rule}. Swap them.")
    if west >= east:
        told = "runs over the line of 180 degrees, where no map is cut, or backwards"
        raise UsageError(f"{text}: {told}; {rule}. End it at 180, or begin it at -180.")
    if not (east - west >= 0.01 and north - south >= 0.01):
        raise UsageError(f"{text}: is too small for a map; {rule}. Make it larger.")
    return west, south, east, north


@lru_cache(maxsize=8)
def cut_world(frame: Frame, *, rivers: bool = True, towns: bool = True) -> Outlines:
    """Cut the outlines of a frame: land and lakes, and where asked for rivers and the largest towns."""
    world = read_world()
    west, south, east, north = frame
    grain = max((east - west) * cos(radians((south + north) / 2)), north - south) / _FINE
    digits = 2 if grain > 0.005 else 3
    cutter = _Cutter(frame, grain, digits)
    shapes = [*_lands(world, cutter), *_lakes(world, cutter)]
    if rivers:
        shapes += [
            Shape("", None, lines, "river") for line in world.rivers if (lines := cutter.lines(world.line(line)))
        ]
    found = list(_choose_towns(world, frame)) if towns else []
    told = f"{ATTRIBUTION}. {_TOWNS_OF}" if found else ATTRIBUTION
    return Outlines(frame, told, (*shapes, *found))


@dataclass(frozen=True, slots=True)
class _Cutter:
    """A frame, and how fine its lines are."""

    frame: Frame
    grain: float
    digits: int

    def ring(self, ring: Line) -> Line:
        """Cut a ring, and leave out what a map does not show."""
        cut = self._round(cut_ring(ring, self.frame)) if touches(ring, self.frame) else ()
        return cut if len(cut) > 3 and area_of(cut) > (3 * self.grain) ** 2 else ()

    def lines(self, line: Line) -> tuple[Line, ...]:
        """Cut a line."""
        parts = cut_line(simplify(line, self.grain), self.frame) if touches(line, self.frame) else []
        return tuple(cut for part in parts if len(cut := self._round(part)) > 1)

    def _round(self, line: Line) -> Line:
        whole = [(round(x, self.digits), round(y, self.digits)) for x, y in line]
        return tuple(point for n, point in enumerate(whole) if n == 0 or point != whole[n - 1])


def _lands(world: World, cutter: _Cutter) -> Iterator[Shape]:
    @cache
    def arc(number: int) -> Line:
        return world.line(world.arcs[number]) if number >= 0 else arc(~number)[::-1]

    @cache
    def fine(number: int) -> Line:
        # both who share a line leave out the same of it
        return simplify(arc(number), cutter.grain) if number >= 0 else fine(~number)[::-1]

    for shape in world.shapes:
        near = [ring for ring in shape["rings"] if touches(_join(map(arc, ring)), cutter.frame)]
        rings = tuple(cut for ring in near if (cut := cutter.ring(_join(map(fine, ring)))))
        if rings:
            yield Shape(shape["name"], _label(rings, cutter), rings, country=shape["code"])


def _join(lines: Iterable[Line]) -> Line:
    """Join lines that go round, each of which begins where the one before ends."""
    points = [point for line in lines for point in line[:-1]]
    return (*points, *points[:1])


def _label(rings: Sequence[Line], cutter: _Cutter) -> Point | None:
    """Find where a land's name stands; a land that is hardly seen has none."""
    largest = max(rings, key=area_of)
    if area_of(largest) < (_FINE / 14 * cutter.grain) ** 2:
        return None
    x, y = find_middle(simplify(largest, 6 * cutter.grain))
    return round(x, cutter.digits), round(y, cutter.digits)


def _lakes(world: World, cutter: _Cutter) -> Iterator[Shape]:
    for steps in world.lakes:
        if ring := cutter.ring(world.line(steps)):
            yield Shape("", None, (ring,), "water")


def _choose_towns(world: World, frame: Frame) -> Iterator[Shape]:
    """Choose the largest towns, none so near to a larger one that both names have no room."""
    west, south, east, north = frame
    across = (east - west) / _ABREAST
    down = max(east - west, north - south) / _ABREAST / 2
    chosen: list[Point] = []
    for name, _, x, y in world.towns:
        is_in = west < x < east and south < y < north
        if is_in and not any(abs(x - x2) < across and abs(y - y2) < down for x2, y2 in chosen):
            chosen.append((x, y))
            yield Shape(name, (x, y), (), "town")

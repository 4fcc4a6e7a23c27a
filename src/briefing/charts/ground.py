"""What a map stands on: land, water, rivers, names, a scale; degrees become pixels, so that lines stay straight."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from typing import Any

from briefing.charts.labels import Anchor, Box, Spot, box_of, place
from briefing.charts.pen import Datum, Layer, Look, width_of
from briefing.dossier.outlines import Outlines, Shape
from briefing.values.palette import LAND, MARSH, PAPER, QUIET, RIVER, RULE, WATER
from briefing.values.plane import Frame, Line, Point, area_of, holds, simplify

#: A degree of latitude, in kilometres.
_DEGREE = 111.2

#: Lines of a map may move by so many pixels, and then each point to a whole one.
_GRAIN = 1.4

#: An area of fewer square pixels, or a line that reaches less far, is a speck.
_SPECK_AREA, _SPECK_LENGTH = 40, 18

#: Where else a land's name may stand, in steps of 40 pixels to the right and up.
_RINGS = ((0, 1), (0, -1), (-1, 0), (1, 0), (-1, -1), (1, -1))
_AROUND = ((0, 0), *((x * far, y * far) for far in (1, 2, 3) for x, y in _RINGS))

#: The sizes of the names of towns and of lands.
TOWN_SIZE, LAND_SIZE = 13, 14


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the map lies: degrees to pixels, with one scale in both directions at its middle latitude."""

    frame: Frame
    width: float

    @property
    def scale(self) -> float:
        """Pixels in a degree of longitude."""
        west, _, east, _ = self.frame
        return self.width / (east - west)

    @property
    def height(self) -> float:
        """The height in pixels."""
        _, south, _, north = self.frame
        return (north - south) * self.scale / cos(radians((south + north) / 2))

    def at(self, lon: float, lat: float) -> Point:
        """Give the pixels of a place."""
        west, south, _, north = self.frame
        return round((lon - west) * self.scale, 1), round((north - lat) / (north - south) * self.height, 1)

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a place lies in it."""
        west, south, east, north = self.frame
        return west <= lon <= east and south <= lat <= north

    def trace(self, line: Sequence[Point]) -> Line:
        """Give a line in pixels; what ends at the edge ends a little beyond, so that no line is drawn along it."""
        return _trace_line(self, tuple(line))

    @property
    def kilometre(self) -> float:
        """Pixels in a kilometre."""
        _, south, _, north = self.frame
        return self.scale / (_DEGREE * cos(radians((south + north) / 2)))


@lru_cache(maxsize=1024)  # editions share the lines of a dossier's maps, and those of one map are traced twice
def _trace_line(extent: Extent, line: Line) -> Line:
    west, south, east, north = extent.frame
    scale, height, tall = extent.scale, extent.height, north - south
    points = [
        (  # as `at` has it; what is the same for all points of a line is worked out once
            round((lon - west) * scale, 1) + 9 * (lon >= east) - 9 * (lon <= west),
            round((north - lat) / tall * height, 1) + 9 * (lat <= south) - 9 * (lat >= north),
        )
        for lon, lat in line
    ]
    return tuple((float(round(x)), float(round(y))) for x, y in simplify(points, _GRAIN))


def fit(
    points: Sequence[Point], *, ratio: float, air: float = 0.15, least: float = 1, within: Frame | None = None
) -> Frame:
    """Frame some points with air around: about `ratio` times as wide as high, at least so many degrees wide.

    It stays inside another frame as far as it can.
    """
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    left, right, low, high = min(lons), max(lons), min(lats), max(lats)
    around = max((right - left) * air, (high - low) * air)
    more = max(least - (right - left), 0) / 2
    left, right = left - max(around, more), right + max(around, more)
    low, high = low - around, high + around
    flat = cos(radians(min(abs(low + high) / 2, 80)))
    wide, tall = right - left, high - low
    more_wide, more_tall = max(tall * ratio / flat - wide, 0) / 2, max(wide * flat / ratio - tall, 0) / 2
    left, right, low, high = left - more_wide, right + more_wide, low - more_tall, high + more_tall
    west, south, east, north = within or (-180, -85, 180, 85)
    left, right = _shift(left, right, west, east)
    low, high = _shift(low, high, south, north)
    return round(left, 3), round(low, 3), round(right, 3), round(high, 3)


def _shift(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    """Move a span between two bounds, or cut it to them where it is longer."""
    move = max(least - low, 0) - max(high - most, 0)
    return max(low + move, least), min(high + move, most)


def draw_ground(outlines: Outlines | None, extent: Extent, focus: Collection[str]) -> list[Layer]:
    """Draw land and water; the countries in `focus` stand out from their neighbours."""
    right, foot = extent.width, round(extent.height, 1)
    sea = [[(0.0, 0.0), (right, 0.0), (right, foot), (0.0, foot), (0.0, 0.0)]]
    if outlines is None:
        return [shapes("Polygon", [sea], filled=False, stroke=RULE)]
    lands = outlines.of("land")
    border = {"stroke": QUIET, "strokeWidth": 0.7, "strokeJoin": "round"}
    layers = [
        _areas([sea], fill=WATER),
        _areas(_trace([land for land in lands if land.country not in focus], extent), fill=LAND, **border),
        _areas(_trace([land for land in lands if land.country in focus], extent), fill=PAPER, **border),
        _areas(_trace(outlines.of("marsh"), extent), fill=MARSH),
        _areas(_trace(outlines.of("water"), extent), fill=WATER),
        lines(_trace(outlines.of("river"), extent), stroke=RIVER, strokeWidth=1.4, strokeJoin="round"),
        lines(_trace(outlines.of("road", "rail"), extent), stroke=QUIET, strokeWidth=0.8, strokeDash=[5, 2]),
    ]
    return [layer for layer in layers if layer is not None]


def _trace(shapes: Iterable[Shape], extent: Extent) -> list[list[Line]]:
    traced = [[extent.trace(ring) for ring in shape.rings] for shape in shapes]
    return [[line for line in rings if not _is_speck(line)] for rings in traced]


def _is_speck(line: Line) -> bool:
    """Whether a line in pixels, open or closed, is too small to be seen."""
    if len(line) < 2:
        return True
    if line[0] == line[-1]:
        return area_of(line) < _SPECK_AREA
    xs, ys = zip(*line, strict=True)
    return hypot(max(xs) - min(xs), max(ys) - min(ys)) < _SPECK_LENGTH


def _areas(areas: Sequence[Sequence[Sequence[Point]]], **look: Any) -> Layer | None:
    kept = [[ring for ring in rings if len(ring) > 3] for rings in areas]
    return shapes("Polygon", kept, **look)


def lines(many: Sequence[Sequence[Sequence[Point]]], tips: Sequence[object] = (), **look: Any) -> Layer | None:
    """Draw lines in pixels; nothing where there are none."""
    return shapes("MultiLineString", many, tips, filled=False, **look)


def shapes(
    kind: str, many: Sequence[Sequence[Sequence[Point]]], tips: Sequence[object] = (), **look: Any
) -> Layer | None:
    """Draw areas or lines in pixels, with what each answers to whoever points at it; nothing where there are none."""
    features = [
        {"type": "Feature", "geometry": {"type": kind, "coordinates": rings}, **({"tip": tips[n]} if tips else {})}
        for n, rings in enumerate(many)
        if rings
    ]
    if not features:
        return None
    answer = {"tooltip": {"expr": "datum.tip"}} if tips else {}
    mark = {"type": "geoshape", "clip": True, **answer, **look}
    plane = {"type": "identity", "scale": 1, "translate": [0, 0]}
    return {"data": {"values": features}, "mark": mark, "projection": plane}


def name_ground(
    outlines: Outlines | None, extent: Extent, taken: Sequence[Box], *, named: Collection[str], towns: bool
) -> list[Datum]:
    """Name towns and lands, as far as nothing that is claimed stands there; `named` are names that stand already."""
    if outlines is None:
        return []
    covered = list(taken)
    words: list[Datum] = []
    for shape in outlines.of("land"):
        for anchor in _tries(shape, extent):
            box = box_of(anchor, Spot("center", 0, 0))
            inside = box.left > 0 and box.right < extent.width and box.top > 0 and box.bottom < extent.height
            if inside and not any(box.overlaps(other) for other in covered):
                covered.append(box)
                words.append({"x": anchor.x, "y": anchor.y, "country": anchor.text})
                break
    spots = [shape for shape in outlines.of("town") if shape.label and extent.holds(*shape.label)] if towns else []
    anchors = [Anchor(*extent.at(*(shape.label or (0, 0))), shape.name, 3, TOWN_SIZE) for shape in spots]
    anchors = [
        anchor
        for anchor in anchors
        if anchor.text not in named and not any(box.overlaps(anchor.around(3)) for box in taken)
    ]
    dots = [anchor.around() for anchor in anchors]
    edge = Box(0, -30, extent.width, 3)
    found = place(anchors, width=extent.width - 8, height=extent.height - 3, taken=[edge, *covered, *dots])
    return words + [
        {"x": anchor.x, "y": anchor.y, "town": anchor.text, **spot.datum}
        for anchor, spot in zip(anchors, found, strict=True)
        if spot is not None
    ]


def _tries(shape: Shape, extent: Extent) -> Iterator[Anchor]:
    """Give where the name of a land may stand: where it stands best, and around that as long as it is the land's."""
    if not shape.name or shape.label is None:
        return
    lon, lat = shape.label
    up, across = 40 / extent.height * (extent.frame[3] - extent.frame[1]), 40 / extent.scale
    for right, above in _AROUND:
        at = lon + right * across, lat + above * up
        if extent.holds(*at) and holds(shape.rings, at):
            yield Anchor(*extent.at(*at), shape.name.upper(), 0, LAND_SIZE)


def lay_scale(extent: Extent) -> tuple[Datum, Box]:
    """Give a scale: a line of a round number of kilometres, at the lower left, and what it covers."""
    most = extent.width / 5 / extent.kilometre
    length = max(
        (step * 10**power for power in range(-1, 5) for step in (1, 2, 5) if step * 10**power <= most), default=1
    )
    x, y = 14.0, round(extent.height - 14, 1)
    text = f"{length:g} km"
    end = round(x + length * extent.kilometre, 1)
    return {"x": x, "x2": end, "y": y, "scale": text}, Box(x - 6, y - 20, end + width_of(text, 12) + 8, y + 8)


#: How the words on the ground look.
COUNTRY: Look = {"align": "center", "color": QUIET, "fontSize": LAND_SIZE - 1}

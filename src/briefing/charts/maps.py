"""Drawing one map: what stands where, in pixels, and the words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt

import altair as alt

from briefing.charts.arrows import Arrow, Route, Way, draw_routes, draw_ways, trace_route, trace_way
from briefing.charts.ground import COUNTRY, TOWN_SIZE, Extent, draw_ground, fit, lay_scale, name_ground
from briefing.charts.labels import Anchor, Box, Spot, box_of, place
from briefing.charts.marks import is_hollow, name_hollow
from briefing.charts.pen import PLACED, Datum, Layer, Look, Spec, compose, layer, quiet, width_of, wrap, written
from briefing.charts.theme import LINE, NARROW
from briefing.charts.tips import Tip
from briefing.dossier.claims import Claim
from briefing.dossier.outlines import Outlines
from briefing.values.palette import INK, LAND, ORANGE, PAPER, QUIET
from briefing.values.plane import Frame, Line, Point
from briefing.values.words import counted

#: The largest ring in pixels, wide and narrow, and the least.
_REACH, _REACH_NARROW, _LEAST = 36, 24, 4

#: The ring of a number that cannot be compared with the others.
_PLAIN = 7

#: The width of the map: it leads, and is as wide as the column.
MAP_WIDE = 720

#: The sizes of the words of a claim and of the key.
_CLAIMED, _KEYED = 13, 13


@dataclass(frozen=True, slots=True)
class Located:
    """A claim at a point."""

    claim: Claim
    name: str
    lon: float
    lat: float
    is_wide: bool
    side: str
    hue: str
    tip: Tip


@dataclass(frozen=True, slots=True)
class MapSheet:
    """What one map draws, in degrees and words."""

    outlines: Outlines | None
    frame: Frame
    spots: tuple[Located, ...]
    routes: tuple[Route, ...]
    ways: tuple[tuple[Way, tuple[Line, ...]], ...]
    focus: frozenset[str]
    towns: bool
    #: Whose a claim is, and its number with what it counts, as far as the claims on the map differ in that.
    whose: Callable[[Claim], str]
    figure: Callable[[Claim], str]
    #: Whether all count in one unit, so that their numbers can be compared by eye.
    is_sized: bool
    #: Names of the places of the dossier, by where they lie: a town is called as the dossier calls it.
    own_names: dict[Point, str]


def draw_map(sheet: MapSheet, *, narrow: bool) -> Spec:
    """Draw a map, for a narrow page or for a wide one."""
    extent = _extent(sheet, narrow=narrow)
    largest = max((max(spot.claim.bounds.stated, default=0) for spot in sheet.spots), default=0) or 1
    reach = (_REACH_NARROW if narrow else _REACH) if sheet.is_sized else 0
    here = [spot for spot in sheet.spots if extent.holds(spot.lon, spot.lat)]
    rings = sorted((_ring(spot, extent, largest, reach=reach) for spot in here), key=lambda ring: -ring.size)
    routes = [
        (route, drawn) for route in sheet.routes if (drawn := trace_route(route, extent, narrow=narrow)) is not None
    ]
    ways = [drawn for way, home in sheet.ways if (drawn := trace_way(way, extent, home)) is not None]
    scale, corner = lay_scale(extent)
    words = _names(sheet, rings, routes, ways, extent, [corner], narrow=narrow)
    key = _key(sheet, rings, routes, ways, extent)
    pixels: Look = {"type": "quantitative", "scale": None, "axis": None}
    on = {"x": alt.X(field="x", **pixels), "y": alt.Y(field="y", **pixels)}
    below = [*draw_ground(sheet.outlines, extent, sheet.focus), *draw_ways(ways)]
    above = draw_routes(routes)
    layers = [*below, *_marks(on), *above, *_words(on), *_scale(on)]
    data = [*(ring.datum for ring in rings), *words, scale, *key]
    air = {"left": 0, "right": 0, "top": 0, "bottom": 4}
    return compose(layers, data, width=extent.width, height=round(extent.height), padding=air)


def _extent(sheet: MapSheet, *, narrow: bool) -> Extent:
    """Give the part of the map that is drawn: on a narrow page no more than what the claims need."""
    if not narrow:
        return Extent(sheet.frame, MAP_WIDE)
    points = [(spot.lon, spot.lat) for spot in sheet.spots]
    ends = [route.end for route in sheet.routes] + [route.start for route in sheet.routes]
    ends += [point for way, _ in sheet.ways for point in (way.start, way.end)]
    points += [point for point in ends if Extent(sheet.frame, MAP_WIDE).holds(*point)]
    west, _, east, _ = sheet.frame
    frame = fit(points, ratio=0.92, air=0.2, least=(east - west) / 2, within=sheet.frame) if points else sheet.frame
    return Extent(frame, NARROW - 2)


@dataclass(frozen=True, slots=True)
class _Ring:
    """A claim as it is drawn: where, of what kind and how large, in pixels."""

    located: Located
    x: float
    y: float
    kind: str
    size: float

    @property
    def datum(self) -> Datum:
        wide: Datum = {"wide": True} if self.located.is_wide else {}
        look: Datum = {"kind": self.kind, "size": self.size, "hue": self.located.hue, "tip": self.located.tip}
        return {"x": self.x, "y": self.y} | look | wide


def _ring(located: Located, extent: Extent, largest: float, *, reach: float) -> _Ring:
    number = max(located.claim.bounds.stated, default=None)
    x, y = extent.at(located.lon, located.lat)
    kind = "none" if number is None else "plan" if is_hollow(located.claim.status) else "real"
    radius = max(sqrt((number or 0) / largest) * reach, _LEAST if reach else _PLAIN)
    return _Ring(located, x, y, kind, 60 if kind == "none" else round(3.1416 * radius**2, 1))


def _marks(on: Look) -> list[Layer]:
    """Draw rings: filled, hollow or broken; and a cross where no number is stated."""
    hue = alt.Stroke(field="hue", type="nominal", scale=None, legend=None)
    fill = alt.Fill(field="hue", type="nominal", scale=None, legend=None)
    size = alt.Size(field="size", type="quantitative", scale=None, legend=None)
    ring = {**on, "size": size, "stroke": hue}
    layers = []
    for wide in (True, False):
        keep = f"{'' if wide else '!'}datum.wide"
        broken: Look = {"strokeDash": [3, 2]} if wide else {}
        layers += [
            layer("point", f"datum.kind == 'real' && {keep}", on={**ring, "fill": fill}, shape="circle",
                  fillOpacity=0.14 if wide else 0.62, strokeWidth=1.6, opacity=1, **broken),
            layer("point", f"datum.kind == 'plan' && {keep}", on=ring, shape="circle", fill=PAPER, fillOpacity=0.35,
                  strokeWidth=1.8, opacity=1, **broken),
        ]  # fmt: skip
    band = layer("point", "datum.kind == 'way'", on=ring, shape="square", fill=ORANGE, fillOpacity=0.22, strokeWidth=1,
                 strokeDash=[4, 3], opacity=1)  # fmt: skip
    cross = layer("point", "datum.kind == 'none'", on=ring, shape="cross", filled=False, strokeWidth=1.6, opacity=1)
    return [*layers, band, cross]


def _words(on: Look) -> list[Layer]:
    placed: Look = {**PLACED, "lineBreak": "\n", "lineHeight": LINE}
    return [
        *written("country", keep="isValid(datum.country)", on=on, halo=False, **COUNTRY),
        layer("point", "isValid(datum.town)", on=on, shape="circle", size=16, filled=True, color=QUIET, opacity=1),
        *written("town", keep="isValid(datum.town)", on=on, halo=LAND, **quiet(**placed, fontSize=TOWN_SIZE)),
        *written("beside", keep="isValid(datum.beside)", on=on, halo=LAND, **{**placed, "fontSize": 13}),
        *written("more", keep="isValid(datum.more)", on=on, halo=LAND, **{**placed, "fontSize": _CLAIMED}),
        *written(
            "shown",
            keep="isValid(datum.shown)",
            on=on,
            halo=LAND,
            **{**placed, "fontSize": _CLAIMED, "fontWeight": 600},
        ),
        *written("keyed", keep="isValid(datum.keyed)", on=on, halo=False, dx=11, color=INK, fontSize=_KEYED),
    ]


def _scale(on: Look) -> list[Layer]:
    """Draw the scale, and the edge of the map."""
    span = {**on, "x2": alt.X2(field="x2")}
    return [
        layer("rule", "isValid(datum.scale)", on=span, color=INK, strokeWidth=1.5),
        *written("scale", keep="isValid(datum.scale)", on=on, dy=-8, fontSize=13),
    ]


def _names(
    sheet: MapSheet,
    rings: Sequence[_Ring],
    routes: Sequence[tuple[Route, Arrow]],
    ways: Sequence[Arrow],
    extent: Extent,
    corners: Sequence[Box],
    *,
    narrow: bool,
) -> list[Datum]:
    """Place all words: claims before arrows, arrows before scenarios, and what is there for orientation last."""
    groups: dict[tuple[float, float, bool], list[_Ring]] = {}
    for ring in rings:
        groups.setdefault((ring.x, ring.y, ring.located.is_wide), []).append(ring)
    claimed = [
        Anchor(x, y, _caption(sheet, [ring.located for ring in group], narrow=narrow), _radius(group[0]), _CLAIMED)
        for (x, y, _), group in groups.items()
    ]
    beside = [drawn.anchor for _, drawn in routes if drawn.anchor.text]
    named = [drawn.anchor for drawn in ways]
    # a wide place's ring may lie over others; what stands inside it keeps its name
    taken = [anchor.around(5 if is_wide else None) for (_, _, is_wide), anchor in zip(groups, claimed, strict=True)]
    taken += corners
    arrows = [box for _, drawn in routes for box in drawn.covered]
    heads = [Box(x - 7, y - 7, x + 7, y + 7) for _, drawn in routes for x, y in drawn.line[-1:]]
    anchors = [*claimed, *named, *beside]
    found = _place(anchors, extent, [*taken, *heads], arrows)
    kinds = ["shown"] * (len(claimed) + len(named)) + ["beside"] * len(beside)
    words: list[Datum] = []
    covered = [*taken, *(anchor.around() for anchor in claimed), *arrows]
    for anchor, spot, kind in zip(anchors, found, kinds, strict=True):
        if spot is not None:
            covered.append(box_of(anchor, spot))
            head, _, rest = anchor.text.partition("\n")
            parts = {"shown": head, "more": f"\n{rest}"} if kind == "shown" and rest else {kind: anchor.text}
            words.append({"x": anchor.x, "y": anchor.y, **parts, **_lifted(anchor, spot.datum)})
    own = {spot.located.name for spot in rings}
    ground = name_ground(_rename(sheet), extent, covered, named=own, towns=sheet.towns)
    return [*words, *ground]


def _place(anchors: Sequence[Anchor], extent: Extent, taken: Sequence[Box], thin: Sequence[Box]) -> list[Spot | None]:
    """Place words beside what they name; one that has no room but over an arrow stands there, over no mark or word."""
    put = partial(place, width=extent.width - 8, height=extent.height)
    found = put(anchors, taken=[*taken, *thin])
    left = [number for number, spot in enumerate(found) if spot is None]
    words = [box_of(anchor, spot) for anchor, spot in zip(anchors, found, strict=True) if spot is not None]
    for number, spot in zip(left, put([anchors[n] for n in left], taken=[*taken, *words]), strict=True):
        found[number] = spot
    return found


def _lifted(anchor: Anchor, datum: Datum) -> Datum:
    """Write a text of several lines so that its middle stands where it was placed."""
    dy = datum["dy"]
    return {**datum, "dy": dy - anchor.rise} if isinstance(dy, float | int) else datum


def _radius(ring: _Ring) -> float:
    return max(5, round(sqrt(ring.size / 3.1416)))


def _rename(sheet: MapSheet) -> Outlines | None:
    """Call towns as the dossier calls them."""
    if sheet.outlines is None:
        return None

    def name(at: Point | None, else_: str) -> str:
        near = (
            own for (x, y), own in sheet.own_names.items() if at and abs(x - at[0]) < 0.06 and abs(y - at[1]) < 0.06
        )
        return next(near, else_)

    shapes = [
        replace(shape, name=name(shape.label, shape.name)) if shape.kind == "town" else shape
        for shape in sheet.outlines.shapes
    ]
    return replace(sheet.outlines, shapes=tuple(shapes))


def _caption(sheet: MapSheet, located: Sequence[Located], *, narrow: bool) -> str:
    """Say what is claimed of a place: its name, the newest figure and whose it is, and how many claims there are."""
    names = list(dict.fromkeys(spot.name for spot in located))
    head = f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]
    newest = max(located, key=lambda spot: (spot.claim.days[1], spot.claim.days[0], spot.claim.id))
    claim, rest = newest.claim, len(located) - 1
    if not claim.bounds.is_known:
        return f"{head}\n{counted(rest + 1, 'claim')}"
    figure = sheet.figure(claim)
    whose = "" if narrow else "\n".join(wrap(sheet.whose(claim), 180, size=_CLAIMED))
    more = counted(rest, "more claim") if rest else ""
    return "\n".join(filter(None, (head, figure, whose, more)))


def _key(
    sheet: MapSheet,
    rings: Sequence[_Ring],
    routes: Sequence[tuple[Route, Arrow]],
    ways: Sequence[Arrow],
    extent: Extent,
) -> list[Datum]:
    """Write the key under the map: the sides that are on it, and what the marks mean that are on it."""
    sides = dict.fromkeys((ring.located.side, ring.located.hue) for ring in rings)
    sides |= dict.fromkeys((route.side, route.hue) for route, _ in routes)
    entries: list[tuple[str, Datum]] = [(side, {"kind": "real", "hue": hue}) for side, hue in sides]
    if hollow := name_hollow(ring.located.claim.status for ring in rings if ring.kind == "plan"):
        entries.append((hollow, {"kind": "plan", "hue": QUIET}))
    if any(ring.located.is_wide for ring in rings):
        entries.append(("place known only as a region or country", {"kind": "real", "hue": QUIET, "wide": True}))
    if any(ring.kind == "none" for ring in rings):
        entries.append(("no number stated", {"kind": "none", "hue": QUIET}))
    if any(not route.is_hollow for route, _ in routes):
        entries.append(("→ moved, claimants say", {}))
    if any(route.is_hollow for route, _ in routes):
        entries.append(("⇢ announced, planned or withdrawn", {}))
    if ways:
        entries.append(("a scenario, not a movement", {"kind": "way", "hue": ORANGE}))
    x, y, words = 8.0, extent.height + 18, list[Datum]()
    for text, mark in entries:
        room = width_of(text, _KEYED) * 0.92 + 34
        if x > 8 and x + room > extent.width:
            x, y = 8.0, y + 20
        words.append({"x": round(x, 1), "y": round(y, 1), "size": 90, "keyed": text, **mark})
        x += room
    return words

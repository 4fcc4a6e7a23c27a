"""A map of places with proportional symbols: one ring for each claim, as large as the number that it states.

Claims at one place are never added: their rings lie one inside the other. Which outlines are drawn, and how far the map
reaches, is the dossier's business (`outlines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import cos, radians, sqrt

import altair as alt

from briefing.blocks.blocks import Chart, Note
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.labels import Anchor, Box, Spot, box_of, place
from briefing.charts.marks import describe, find_unit, is_hollow, shown_with
from briefing.charts.pen import PLACED, Datum, Layer, Look, Spec, compose, layer, quiet, written
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Tip, claim_tip
from briefing.desk.claims.claims import Claims
from briefing.desk.nouns import noun
from briefing.dossier.cells import filled
from briefing.dossier.claims import Claim
from briefing.dossier.outlines import Outlines, read_outlines
from briefing.usage import verb
from briefing.values.palette import BLUE, ORANGE, QUIET
from briefing.values.words import counted

_LEGEND = (
    "One ring a claim, its area the largest number stated; rings at one place are never added. Dashed: the place is "
    "known only as a region or country. Square: announced or denied. Cross: no number."
)


@dataclass(frozen=True, slots=True)
class _Located:
    """A claim at a point."""

    claim: Claim
    name: str
    lon: float
    lat: float
    is_wide: bool
    tip: Tip


@dataclass(frozen=True, slots=True)
class _Extent:
    """Where the map lies: degrees to pixels, with one scale in both directions at its middle latitude."""

    frame: tuple[float, float, float, float]
    width: float

    @property
    def scale(self) -> float:
        west, _, east, _ = self.frame
        return self.width / (east - west)

    @property
    def height(self) -> float:
        _, south, _, north = self.frame
        return (north - south) * self.scale / cos(radians((south + north) / 2))

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        west, south, _, north = self.frame
        return round((lon - west) * self.scale, 1), round((north - lat) / (north - south) * self.height, 1)

    def holds(self, lon: float, lat: float) -> bool:
        west, south, east, north = self.frame
        return west <= lon <= east and south <= lat <= north


@verb
def place_map(claims: Claims, *, title: str) -> Chart | Note:
    """Show where claims place what they count: one ring a claim, as large as the number that it states.

    Parameters
    ----------
    claims : Claims
        A transfer stands where it left. Claims without a place, and places without a point or beyond the frame of the
        dossier's outlines, are listed under the map.
    title : str
        What is seen.

    Returns
    -------
    Chart or Note
        A block; a note where no claim names a place with a point.

    Raises
    ------
    ClaimError
        Where the claims count in several units.
    DossierError
        Where the dossier's file of outlines cannot be read.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.place_map(b.choose_claims(d, item="guards"), title="Where the guards are")
    Chart('Where the guards are', 4 rows, 4 claims, 4 sources)
    """
    outlines = read_outlines(claims.dossier.folder)
    located = _locate(claims)
    frame = outlines.frame if outlines else _frame(located)
    drawn = [spot for spot in located if _Extent(frame, WIDE).holds(spot.lon, spot.lat)]
    if not drawn:
        return nothing_known(claims, title)
    unit = find_unit(spot.claim.bounds for spot in drawn)
    told = "; ".join(
        describe(
            f"{spot.name}, {spot.claim.when}, {claims.dossier.name_of(spot.claim.claimant)}",
            spot.claim,
            noun(claims.dossier, spot.claim),
        )
        for spot in drawn
    )

    draw = partial(_draw, drawn, outlines, frame)
    remark = " ".join([_LEGEND, *_left_out(claims, drawn), *([f"{outlines.attribution}."] if outlines else [])])
    return frame_chart(title, draw, f"{title}, in {unit}. {told}.", behind=claims_behind(claims), remark=remark)


def _locate(claims: Claims) -> list[_Located]:
    places = claims.dossier.places.set_index("place_id").to_dict("index")
    located = []
    for claim in claims.each:
        place_row = places.get(claim.place, {})
        lon, lat = filled(place_row.get("lon")), filled(place_row.get("lat"))
        if claim.place is not None and lon is not None and lat is not None:
            name = claims.dossier.name_of(claim.place)
            tip = claim_tip(claims, claim) | {"Where": name}
            located.append(_Located(claim, name, float(lon), float(lat), place_row["precision"] in ("3", "4"), tip))
    return located


def _frame(located: Sequence[_Located]) -> tuple[float, float, float, float]:
    """Frame some points where the dossier gives no outlines, with air around."""
    lons, lats = [spot.lon for spot in located] or [0.0], [spot.lat for spot in located] or [0.0]
    air = max((max(lons) - min(lons)) * 0.15, (max(lats) - min(lats)) * 0.15, 0.5)
    return min(lons) - air, max(min(lats) - air, -85), max(lons) + air, min(max(lats) + air, 85)


def _left_out(claims: Claims, drawn: Sequence[_Located]) -> list[str]:
    """Say what is not on the map: places by name, claims without one by number."""
    shown = {spot.claim.id for spot in drawn}
    rest = [claim.place for claim in claims.each if claim.id not in shown]
    names = sorted({claims.dossier.name_of(key) for key in rest if key is not None})
    nowhere = rest.count(None)
    told = [f"Not on the map: {', '.join(names)}."] if names else []
    return told + ([f"{counted(nowhere, 'claim')} without a place."] if nowhere else [])


def _draw(
    drawn: Sequence[_Located], outlines: Outlines | None, frame: tuple[float, float, float, float], *, narrow: bool
) -> Spec:
    extent = _Extent(frame, (NARROW if narrow else WIDE) - 16)
    largest = max((max(spot.claim.bounds.stated, default=0) for spot in drawn), default=0) or 1
    rings = [_ring(spot, extent, largest, reach=20 if narrow else 34) for spot in drawn]
    names = _names(rings, outlines, extent)
    pixels: Look = {"type": "quantitative", "scale": None, "axis": None}
    on = {"x": alt.X(field="x", **pixels), "y": alt.Y(field="y", **pixels)}
    ground = _ground(outlines, extent) if outlines else []
    data = [*(ring.datum for ring in rings), *names]
    return compose([*ground, *_rings(on), *_words(on)], data, width=extent.width, height=round(extent.height))


@dataclass(frozen=True, slots=True)
class _Ring:
    """A claim as it is drawn: where, of what kind and how large, in pixels."""

    located: _Located
    x: float
    y: float
    kind: str
    size: float

    @property
    def datum(self) -> Datum:
        wide: Datum = {"wide": True} if self.located.is_wide else {}
        return {"x": self.x, "y": self.y, "kind": self.kind, "size": self.size, "tip": self.located.tip} | wide


def _ring(located: _Located, extent: _Extent, largest: float, *, reach: float) -> _Ring:
    number = max(located.claim.bounds.stated, default=None)
    x, y = extent.at(located.lon, located.lat)
    kind = "none" if number is None else "plan" if is_hollow(located.claim.status) else "real"
    radius = max(sqrt((number or 0) / largest) * reach, 3)
    size = round((3.1416 if kind == "real" else 4) * radius**2, 1)
    return _Ring(located, x, y, kind, 60 if kind == "none" else size)


def _rings(on: Look) -> list[Layer]:
    sized = {**on, "size": alt.Size(field="size", type="quantitative", scale=None, legend=None)}
    looks = (("real", "circle", BLUE), ("plan", "square", ORANGE), ("none", "cross", BLUE))
    return [
        layer("point", f"datum.kind == '{kind}' && {'' if wide else '!'}datum.wide", on=sized, shape=shape,
              filled=not wide, color=hue, fillOpacity=0 if wide else 0.1, stroke=hue, strokeWidth=1.5, opacity=1,
              **({"strokeDash": [3, 3]} if wide else {}))
        for kind, shape, hue in looks
        for wide in (False, True)
    ]  # fmt: skip


def _words(on: Look) -> list[Layer]:
    return [
        *written("country", keep="isValid(datum.country)", on=on, **quiet(align="center", fontStyle="italic")),
        *written("shown", keep="isValid(datum.shown)", on=on, **{**PLACED, "fontSize": 11.5}),
    ]


def _ground(outlines: Outlines, extent: _Extent) -> list[Layer]:
    """Draw the outlines, turned into pixels here so that straight lines stay straight."""
    lines = [[[list(extent.at(*point)) for point in ring] for ring in shape.rings] for shape in outlines.shapes]
    shapes = [{"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": rings}} for rings in lines]
    mark = alt.MarkDef(type="geoshape", filled=False, stroke=QUIET, strokeWidth=0.8)
    plane = alt.Projection(type="identity", scale=1, translate=[0, 0])
    return [alt.UnitSpec(data=alt.InlineData(values=shapes), mark=mark, projection=plane)]


def _names(rings: Sequence[_Ring], outlines: Outlines | None, extent: _Extent) -> list[Datum]:
    """Name each point once, with what is claimed there; the largest choose their place first."""
    groups: dict[tuple[float, float, bool], list[_Ring]] = {}
    for ring in sorted(rings, key=lambda ring: -ring.size):
        groups.setdefault((ring.x, ring.y, ring.located.is_wide), []).append(ring)
    anchors = [
        Anchor(x, y, _name([ring.located for ring in group]), max(5, round(sqrt(group[0].size) / 2)))
        for (x, y, _), group in groups.items()
    ]
    # a wide place's ring may lie over others; what stands inside it keeps its name
    taken = [anchor.around(5 if is_wide else None) for (_, _, is_wide), anchor in zip(groups, anchors, strict=True)]
    spots = place(anchors, width=extent.width, height=extent.height, taken=taken)
    placed = [(anchor, spot) for anchor, spot in zip(anchors, spots, strict=True) if spot is not None]
    named: list[Datum] = [{"x": at.x, "y": at.y, "shown": at.text, **spot.datum} for at, spot in placed]
    covered = [*(anchor.around() for anchor in anchors), *(box_of(*word) for word in placed)]
    return [*_countries(outlines, extent, covered), *named]


def _name(located: Sequence[_Located]) -> str:
    names = list(dict.fromkeys(spot.name for spot in located))
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    if len(located) == 1:
        claim = located[0].claim
        return f"{names[0]}: {shown_with(claim.bounds, claim.status)}" if claim.bounds.is_known else names[0]
    return f"{names[0]}{more}: {len(located)} claims"


def _countries(outlines: Outlines | None, extent: _Extent, taken: Sequence[Box]) -> list[Datum]:
    """Name the shapes of the outlines, as far as nothing that is claimed stands there."""
    if outlines is None:
        return []
    labelled = [(shape.name, extent.at(*shape.label)) for shape in outlines.shapes if shape.name and shape.label]
    boxes = [box_of(Anchor(x, y, name), Spot("center", 0, 0)) for name, (x, y) in labelled]
    return [
        {"x": x, "y": y, "country": name}
        for (name, (x, y)), box in zip(labelled, boxes, strict=True)
        if not any(box.overlaps(other) for other in taken)
    ]

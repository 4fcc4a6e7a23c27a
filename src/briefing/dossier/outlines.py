"""Outlines for maps: which borders are drawn, and how far a map reaches, is the dossier's business.

An optional file ``outlines.json`` beside the tables: GeoJSON (RFC 7946), a collection of features with a ``bbox``,
which is the frame of every map made from the dossier. A feature may have a ``name``, a ``kind`` (land where it has
none), and a ``label``: the point where the name stands. The library knows no country; ``briefing outlines`` cuts such
a file from the outlines of the world that it ships (`world`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator

from briefing.dossier.cells import MOST_CHARACTERS
from briefing.dossier.files import OUTLINES
from briefing.dossier.plain import read_plain
from briefing.dossier.read_log import read_noted
from briefing.errors import FIGURE_MARKS, UNPRINTABLE, DossierError, Problem, printable
from briefing.values.plane import Frame, Line
from briefing.values.plane import Point as Place

#: No outlines of a map are nearly as large; what is larger would be cut anew for each page.
MOST_BYTES = 16 * 1024 * 1024

#: So many problems of one file are told; whoever mends them sees the next ones.
_MOST_TOLD = 20


def _close(ring: list[Point]) -> list[Point]:
    if ring[0] != ring[-1]:
        raise ValueError("the ring is not closed; its last point repeats its first")
    return ring


def _word(text: str) -> str:
    if found := FIGURE_MARKS.search(text) or UNPRINTABLE.search(text):
        raise ValueError(f"the text holds the character U+{ord(found[0]):04X}; it is one line of printable text")
    return text


Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Point = tuple[Longitude, Latitude]
Ring = Annotated[list[Point], Field(min_length=4), AfterValidator(_close)]
Path_ = Annotated[list[Point], Field(min_length=2)]
Word = Annotated[str, Field(max_length=200), AfterValidator(_word)]

#: What a feature may be, by what it is drawn as.
AREAS, WAYS, TOWN = ("land", "water", "marsh"), ("river", "road", "rail"), "town"


class _Told(BaseModel):
    name: Word = ""
    kind: Literal["land", "water", "marsh", "river", "road", "rail", "town"] = "land"
    country: Word = ""
    label: Point | None = None


class _Polygon(BaseModel):
    type: Literal["Polygon"]
    coordinates: list[Ring]


class _Polygons(BaseModel):
    type: Literal["MultiPolygon"]
    coordinates: list[list[Ring]]


class _Line(BaseModel):
    type: Literal["LineString"]
    coordinates: Path_


class _Lines(BaseModel):
    type: Literal["MultiLineString"]
    coordinates: list[Path_]


class _Point(BaseModel):
    type: Literal["Point"]
    coordinates: Point


_Geometry = Annotated[_Polygon | _Polygons | _Line | _Lines | _Point, Field(discriminator="type")]


class _Feature(BaseModel):
    type: Literal["Feature"]
    properties: _Told
    geometry: _Geometry

    @model_validator(mode="after")
    def _is_drawn_as_its_kind(self) -> _Feature:
        kind, shape = self.properties.kind, self.geometry.type
        needed = "Point" if kind == TOWN else "LineString" if kind in WAYS else "Polygon"
        if shape.removeprefix("Multi") != needed:
            raise ValueError(f"a {kind} is drawn as a {needed}, not a {shape}")
        return self


class _Collection(BaseModel):
    type: Literal["FeatureCollection"]
    bbox: tuple[Longitude, Latitude, Longitude, Latitude]
    attribution: Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(_word)] = ""
    features: list[_Feature]

    @model_validator(mode="after")
    def _runs_forwards(self) -> _Collection:
        west, south, east, north = self.bbox
        if west >= east or south >= north:
            raise ValueError("bbox: runs backwards; it is west, south, east, north")
        return self


@dataclass(frozen=True, slots=True)
class Shape:
    """Something on a map with a name; its points are longitudes and latitudes."""

    name: str  #: As it is written on the map; empty writes nothing.
    label: Place | None  #: Where the name stands; a town is there.
    rings: tuple[Line, ...]  #: Closed lines; of a river, road or railway open ones; of a town none.
    kind: str = "land"  #: One of land, water, marsh, river, road, rail and town.
    country: str = ""  #: The ISO 3166 code of a land, where it has one.


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a dossier, in the order of the file."""

    frame: Frame  #: West, south, east, north: nothing beyond is drawn.
    attribution: str  #: Where they come from, as a map must say it.
    shapes: tuple[Shape, ...]

    def of(self, *kinds: str) -> list[Shape]:
        """Give the shapes of some kinds."""
        return [shape for shape in self.shapes if shape.kind in kinds]


def read_outlines(folder: Path) -> Outlines | None:
    """Read the outlines of a dossier; ``None`` where it has none.

    Raises `DossierError` where the file is no GeoJSON with a frame.
    """
    try:
        content = read_noted(folder / OUTLINES)
    except OSError as error:
        raise DossierError([_unread(folder, error)]) from None
    if content is None:
        return None
    return _make_outlines(content, folder)


@lru_cache(maxsize=1)  # editions of one dossier share them, for as long as the file holds the same
def _make_outlines(content: bytes, folder: Path) -> Outlines:
    found = _parse(content, folder)
    if isinstance(found, list):
        raise DossierError(found)
    return Outlines(found.bbox, found.attribution, tuple(map(_shape, found.features)))


def check_outlines(folder: Path) -> list[Problem]:
    """List what is wrong with the outlines of a dossier; an empty list is good, and so is a dossier without them."""
    path = folder / OUTLINES
    try:
        content = read_plain(path, most=MOST_BYTES)
    except OSError as error:
        return [_unread(folder, error)] if os.path.lexists(path) else []
    found = _parse(content, folder)
    if isinstance(found, list):
        return found
    if not found.attribution.strip():
        rule, cure = "a map says where its outlines come from, and by which licence", "Write it into attribution"
        return [Problem(_name(folder), None, None, None, "attribution is empty", rule, cure, "D01", "warning")]
    return []


def _parse(content: bytes, folder: Path) -> _Collection | list[Problem]:
    if len(content) > MOST_BYTES:
        return [_problem(folder, f"has {len(content):,} bytes; the most is {MOST_BYTES:,}")]
    try:
        return _Collection.model_validate_json(content)
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)[:_MOST_TOLD]
    places = [".".join(map(str, each["loc"])) for each in told]  # features.3.geometry.Polygon.coordinates.0.2.1
    words = [each["msg"].removeprefix("Value error, ") for each in told]
    at = [f"{place[:100]}: {word[:300]}" if place else word[:300] for place, word in zip(places, words, strict=True)]
    return [_problem(folder, printable(" ".join(each.split()))) for each in at]


def _shape(feature: _Feature) -> Shape:
    told = feature.properties
    label = feature.geometry.coordinates if isinstance(feature.geometry, _Point) else told.label
    return Shape(told.name, label, tuple(_lines(feature.geometry)), told.kind, told.country)


def _lines(geometry: _Polygon | _Polygons | _Line | _Lines | _Point) -> Iterable[Line]:
    match geometry:
        case _Polygons():
            return (tuple(ring) for polygon in geometry.coordinates for ring in polygon)
        case _Polygon() | _Lines():
            return (tuple(line) for line in geometry.coordinates)
        case _Line():
            return (tuple(geometry.coordinates),)
        case _Point():
            return ()


def write_outlines(outlines: Outlines) -> str:
    """Write outlines as the file of a dossier: one feature a line, so that a change of one is seen as one."""
    told = {"type": "FeatureCollection", "bbox": outlines.frame, "attribution": outlines.attribution}
    head = json.dumps(told, ensure_ascii=False)[:-1]
    lines = [json.dumps(_feature(shape), ensure_ascii=False, separators=(",", ":")) for shape in outlines.shapes]
    return f'{head}, "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _feature(shape: Shape) -> dict[str, Any]:
    kind = {} if shape.kind == "land" else {"kind": shape.kind}
    country = {"country": shape.country} if shape.country else {}
    name = {"name": shape.name} if shape.name else {}
    label = {"label": shape.label} if shape.label and shape.kind != TOWN else {}
    return {"type": "Feature", "properties": kind | country | name | label, "geometry": _geometry(shape)}


def _geometry(shape: Shape) -> dict[str, Any]:
    if shape.kind == TOWN:
        return {"type": "Point", "coordinates": shape.label}
    if shape.kind in WAYS:
        return {"type": "MultiLineString", "coordinates": shape.rings}
    # rings stand side by side: whoever fills them by the rule of even and odd sees holes as holes
    return {"type": "Polygon", "coordinates": shape.rings}


def _name(folder: Path) -> str:
    return f"{folder.name or folder}/{OUTLINES}"


def _unread(folder: Path, error: OSError) -> Problem:
    return _problem(folder, f"cannot be read ({error.strerror})")


def _problem(folder: Path, what: str) -> Problem:
    rule = "outlines are a GeoJSON FeatureCollection of polygons, lines and points with a bbox"
    return Problem(_name(folder), None, None, None, what, rule, "Mend the file or take it away", "D01")

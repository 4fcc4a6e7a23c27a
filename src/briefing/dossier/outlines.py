"""Outlines for maps: which borders are drawn, and how far a map reaches, is the dossier's business.

An optional file ``outlines.json`` beside the tables: GeoJSON (RFC 7946), a collection of polygons with a ``bbox``,
which is the frame of every map made from the dossier. Each feature may have a ``name``, and a ``label``: the point
where the name stands. The library knows no country.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from briefing.dossier.files import OUTLINES
from briefing.dossier.read_log import read_noted
from briefing.errors import DossierError, Problem

Degrees = Annotated[float, Field(ge=-180, le=180)]
Point = tuple[Degrees, Degrees]
Ring = Annotated[list[Point], Field(min_length=4)]


class _Names(BaseModel):
    name: str = ""
    label: Point | None = None


class _Polygon(BaseModel):
    type: Literal["Polygon"]
    coordinates: list[Ring]


class _Polygons(BaseModel):
    type: Literal["MultiPolygon"]
    coordinates: list[list[Ring]]


class _Feature(BaseModel):
    type: Literal["Feature"]
    properties: _Names
    geometry: Annotated[_Polygon | _Polygons, Field(discriminator="type")]


class _Collection(BaseModel):
    type: Literal["FeatureCollection"]
    bbox: tuple[Degrees, Degrees, Degrees, Degrees]
    attribution: str = ""
    features: list[_Feature]


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline with a name; its points are longitudes and latitudes."""

    name: str  #: As it is written on the map; empty writes nothing.
    label: tuple[float, float] | None  #: Where the name stands.
    rings: tuple[tuple[tuple[float, float], ...], ...]  #: Closed lines.


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a dossier, in the order of the file."""

    frame: tuple[float, float, float, float]  #: West, south, east, north: nothing beyond is drawn.
    attribution: str  #: Where they come from, as a map must say it.
    shapes: tuple[Shape, ...]


def read_outlines(folder: Path) -> Outlines | None:
    """Read the outlines of a dossier; ``None`` where it has none.

    Raises `DossierError` where the file is no GeoJSON of polygons with a frame.
    """
    content = read_noted(folder / OUTLINES)
    if content is None:
        return None
    try:
        found = _Collection.model_validate_json(content)
    except ValidationError as error:
        told = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in told["loc"])
        raise DossierError([_problem(folder, f"{place}: {told['msg']}" if place else str(told["msg"]))]) from None
    west, south, east, north = found.bbox
    if west >= east or south >= north:
        raise DossierError([_problem(folder, "bbox: runs backwards; it is west, south, east, north")])
    shapes = tuple(Shape(one.properties.name, one.properties.label, _rings(one)) for one in found.features)
    return Outlines(found.bbox, found.attribution, shapes)


def _rings(feature: _Feature) -> tuple[tuple[tuple[float, float], ...], ...]:
    geometry = feature.geometry
    polygons = geometry.coordinates if isinstance(geometry, _Polygons) else [geometry.coordinates]
    return tuple(tuple(ring) for polygon in polygons for ring in polygon)


def _problem(folder: Path, what: str) -> Problem:
    rule = "outlines are a GeoJSON FeatureCollection of polygons with a bbox"
    return Problem(f"{folder.name}/{OUTLINES}", None, None, None, what, rule, "Mend the file or take it away")

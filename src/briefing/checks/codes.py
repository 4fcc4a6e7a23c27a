"""Rules over what others keep lists of: languages by their tags, places by their coordinates, hosts by their names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from briefing.checks.rows import place_of
from briefing.checks.rule import Rule, remark
from briefing.dossier.cells import is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.world.cut import frame_of
from briefing.errors import Problem, quoted
from briefing.values.addresses import mixed_host
from briefing.values.languages import strange_part

#: A coast is drawn coarsely, and an island off it not at all: so many degrees from its frame a place is in a country.
_NEAR = 1.0


def find_strange_languages(dossier: Dossier) -> Iterator[Problem]:
    """S12: a tag that has the shape of one, and names no language, script or country."""
    frame = dossier.frames["sources"]
    strange = {tag: part for tag in frame["language"].dropna().unique().tolist() if (part := strange_part(tag))}
    for key, tag, row in zip(frame["source_id"], frame["language"], frame["row"].tolist(), strict=True):
        if is_filled(tag) and tag in strange:
            what = (
                f"{key} has the language {quoted(tag)}, in which {quoted(strange[tag])} is no part that is registered"
            )
            cure = "Write the language's code, such as en, uk or zh-Hant; empty where it is not known"
            yield remark(place_of(dossier, "sources", row), what, cure, column="language", value=tag, subject=key)


def find_mixed_hosts(dossier: Dossier) -> Iterator[Problem]:
    """S15: a host whose name mixes alphabets, so that it looks like another's."""
    frame = dossier.frames["sources"]
    for column in ("url", "archived_url"):
        for key, url, row in zip(frame["source_id"], frame[column], frame["row"].tolist(), strict=True):
            if is_filled(url) and (host := mixed_host(url)):
                what = f"{key} has an address in letters of two alphabets; its host is {host}"
                cure = "Look where it leads, and write the address that was meant"
                yield remark(place_of(dossier, "sources", row), what, cure, column=column, value=url, subject=key)


def _located(dossier: Dossier) -> Iterator[tuple[str, str, float, float, int]]:
    """Give places with their country, latitude, longitude and row; a coordinate that is not stated is no number."""
    frame = dossier.frames["places"]
    columns = (frame[name].tolist() for name in ("place_id", "country", "lat", "lon", "row"))
    yield from zip(*columns, strict=True)


def find_half_points(dossier: Dossier) -> Iterator[Problem]:
    """S13: one coordinate without the other."""
    for key, _, lat, lon, row in _located(dossier):
        if is_filled(lat) == is_filled(lon):
            continue
        there, missing = ("lat", "lon") if is_filled(lat) else ("lon", "lat")
        what, cure = f"{key} has {there} without {missing}", f"Fill in {missing}, or empty {there}"
        yield remark(place_of(dossier, "places", row), what, cure, column=missing, subject=key)


def find_swapped_points(dossier: Dossier) -> Iterator[Problem]:
    """S14: coordinates far from the place's country that lie in it once they are swapped, or have the other sign."""
    for key, country, lat, lon, row in _located(dossier):
        frame = frame_of(country) if is_filled(lat) and is_filled(lon) else None
        if frame is None or _holds(frame, lat, lon):
            continue
        others = ((lon, lat, "swapped"), (-lat, lon, "of the other sign"), (lat, -lon, "of the other sign"))
        for lat_, lon_, how in islice((each for each in others if _holds(frame, *each[:2])), 1):
            what = f"{key} lies far from {country} at lat {lat:g}, lon {lon:g}, and in it at lat {lat_:g}, lon {lon_:g}"
            cure = f"Look whether they are {how}; write lat {lat_:g} and lon {lon_:g}, or mend country"
            yield remark(place_of(dossier, "places", row), what, cure, column="lat", subject=key)


def _holds(frame: tuple[float, float, float, float], lat: float, lon: float) -> bool:
    west, south, east, north = frame
    return west - _NEAR <= lon <= east + _NEAR and south - _NEAR <= lat <= north + _NEAR


RULES: tuple[Rule[Dossier], ...] = (
    Rule("S12", "warning", "a language is a tag of BCP 47", find_strange_languages),
    Rule("S13", "warning", "a place has both coordinates or none", find_half_points),
    Rule("S14", "warning", "a place lies in its country", find_swapped_points),
    Rule("S15", "warning", "an address leads where it seems to", find_mixed_hosts),
)

"""The outlines of the world: what lies in what, judged by points; and what is cut from them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.dossier.outlines import read_outlines, write_outlines
from briefing.dossier.world.cut import cut_world, knows, read_frame, read_world
from briefing.errors import UsageError
from briefing.values.plane import holds

#: Points from GeoNames: longitude, latitude.
IN_UKRAINE = {
    "Simferopol": (34.111, 44.957), "Sevastopol": (33.521, 44.608), "Yalta": (34.166, 44.5), "Kerch": (36.467, 45.357),
    "Donetsk": (37.802, 48.023), "Mariupol": (37.541, 47.095), "Luhansk": (39.306, 48.568), "Kherson": (32.618, 46.656),
    "Melitopol": (35.365, 46.849), "Zaporizhzhia": (35.117, 47.852), "Kyiv": (30.524, 50.455), "Lviv": (24.023, 49.838),
}  # fmt: skip

#: What the source draws elsewhere; `data/README.md` and the world's own say it in words.
ELSEWHERE = {
    "Minsk": (27.567, 53.9, "BY"), "Brest": (23.75, 52.11, "BY"), "Moscow": (37.616, 55.752, "RU"),
    "Kaliningrad": (20.511, 54.706, "RU"), "Warsaw": (21.012, 52.23, "PL"), "Laayoune": (-13.1, 27.1, "EH"),
    "Pristina": (21.166, 42.673, "XK"), "Taipei": (121.532, 25.048, "TW"), "Gaza": (34.44, 31.48, "PS"),
    "Ramallah": (35.204, 31.9, "PS"), "Nicosia, north": (33.36, 35.21, "CY"), "Hargeisa": (44.065, 9.56, "SO"),
    "Sukhumi": (41.1, 43.05, "GE"), "Tiraspol": (29.643, 46.84, "MD"), "Stepanakert": (46.752, 39.818, "AZ"),
    "Golan": (35.75, 33.05, ""), "Abyei": (28.43, 9.6, ""),
}  # fmt: skip

WHOLE = (-180.0, -85.0, 180.0, 85.0)


def countries_at(lon: float, lat: float, *, around: float = 3.0) -> set[str]:
    frame = (max(lon - around, -180), lat - around, min(lon + around, 180), lat + around)
    return {land.country for land in cut_world(frame).of("land") if holds(land.rings, (lon, lat))}


@pytest.mark.parametrize("name", IN_UKRAINE)
def test_a_town_of_ukraine_lies_in_ukraine_and_nowhere_else(name: str) -> None:
    assert countries_at(*IN_UKRAINE[name]) == {"UA"}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_point_lies_where_the_readme_says(name: str) -> None:
    lon, lat, country = ELSEWHERE[name]
    assert countries_at(lon, lat) == {country}


def test_a_map_of_the_world_draws_crimea_and_donbas_in_ukraine_too() -> None:
    lands = {land.country: land.rings for land in cut_world(WHOLE).of("land")}
    for name in ("Simferopol", "Donetsk", "Luhansk"):
        assert holds(lands["UA"], IN_UKRAINE[name]) and not holds(lands["RU"], IN_UKRAINE[name]), name


@settings(max_examples=25)
@given(st.floats(-180, 179), st.floats(-85, 84), st.floats(0.2, 90), st.floats(0.2, 60))
def test_whatever_is_cut_lies_in_its_frame(west: float, south: float, wide: float, high: float) -> None:
    frame = (west, south, min(west + wide, 180.0), min(south + high, 85.0))
    near = 0.011  # coordinates are rounded to a hundredth of a degree
    for shape in cut_world(frame).shapes:
        points = [point for ring in shape.rings for point in ring] + ([shape.label] if shape.label else [])
        assert all(frame[0] - near <= x <= frame[2] + near for x, _ in points)
        assert all(frame[1] - near <= y <= frame[3] + near for _, y in points)


def test_rings_are_closed_and_the_file_reads_as_it_was_written(tmp_path) -> None:
    cut = cut_world((20.0, 44.0, 41.0, 57.0))
    assert all(ring[0] == ring[-1] for shape in cut.of("land", "water") for ring in shape.rings)
    (tmp_path / "outlines.json").write_text(write_outlines(cut), encoding="utf-8")
    assert read_outlines(tmp_path) == cut


def test_the_same_frame_gives_the_same_bytes() -> None:
    first = write_outlines(cut_world((22.0, 49.0, 34.0, 57.0)))
    cut_world.cache_clear()
    assert write_outlines(cut_world((22.0, 49.0, 34.0, 57.0))) == first


def test_neighbours_share_their_border_point_by_point() -> None:
    lands = {land.country: {p for ring in land.rings for p in ring} for land in cut_world((22, 49, 34, 57)).of("land")}
    assert len(lands["BY"] & lands["UA"]) > 20


def test_rivers_and_towns_are_cut_too_and_can_be_left_out() -> None:
    kinds = {shape.kind for shape in cut_world((22.0, 49.0, 34.0, 57.0)).shapes}
    assert kinds == {"land", "water", "river", "town"}
    assert {shape.kind for shape in cut_world((22, 49, 34, 57), rivers=False, towns=False).shapes} == {"land", "water"}


def test_the_world_is_small_and_knows_countries_by_their_codes() -> None:
    assert len(read_world().shapes) > 240
    assert knows("BY") and not knows("XC")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("22,49,34", "is no frame"),
        ("a,b,c,d", "is no frame"),
        ("nan,49,34,57", "lies beyond the world"),
        ("22,49,340,57", "lies beyond the world"),
        ("22,57,34,49", "its south lies north"),
        ("170,49,-170,57", "runs over the line of 180 degrees"),
        ("22,49,22.001,49.001", "is too small"),
    ],
)
def test_a_frame_that_cannot_be_meant_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_frame(text)

"""The map: what is on it, what is not, and whose outlines it draws."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from dossiers import dossier, flow, sides, stock
from drawings import rows

from briefing.blocks.blocks import Note
from briefing.charts import place_map
from briefing.charts.ahead import trace_ahead
from briefing.charts.ground import Extent, draw_ground
from briefing.charts.labels import Anchor, Spot, box_of
from briefing.desk.claims.claims import choose_claims
from briefing.dossier.outlines import read_outlines, write_outlines
from briefing.dossier.world.cut import cut_world
from briefing.errors import DossierError

PLACES = [
    {"place_id": "pass", "name": "The Pass", "country": "NO", "precision": "2", "lat": "60", "lon": "10"},
    {"place_id": "vale", "name": "The Vale", "country": "NO", "precision": "3", "lat": "61", "lon": "11"},
    {"place_id": "far", "name": "Far away", "country": "NO", "precision": "1", "lat": "80", "lon": "100"},
    {"place_id": "border", "name": "The border", "country": "NO", "precision": "3"},
]
SQUARE = {
    "type": "FeatureCollection", "bbox": [9, 59, 12, 62], "attribution": "Drawn by hand",
    "features": [{
        "type": "Feature", "properties": {"name": "Freedonia", "label": [10.5, 60.5]},
        "geometry": {"type": "Polygon", "coordinates": [[[9.5, 59.5], [11.5, 59.5], [11.5, 61.5], [9.5, 59.5]]]},
    }],
}  # fmt: skip


def claims(*deployments):
    return choose_claims(dossier(places=PLACES, deployments=list(deployments)))


THREE = claims(
    stock("d-1", 100, place_id="pass"),
    stock("d-2", place_id="pass", claimant_id="firefly", quantity_id="q-b", **sides("at_most", "", "", 400)),
    stock("d-3", place_id="vale", quantity_id="q-c", status="announced"),
    stock("d-4", 7, place_id="border", quantity_id="q-d"),
    stock("d-5", 7, quantity_id="q-e"),
)


def marks(chart) -> list[dict]:
    return [row for row in rows(chart.spec) if "kind" in row and "keyed" not in row]


def words(chart, name: str) -> list[str]:
    return [row[name] for row in rows(chart.spec) if name in row]


def test_a_ring_is_as_large_as_the_largest_number_stated() -> None:
    large, small = (mark["size"] for mark in marks(place_map(THREE, title="Mules"))[:2])
    assert large == pytest.approx(4 * small, rel=0.01)


def test_claims_at_one_place_are_never_added() -> None:
    chart = place_map(THREE, title="Mules")
    assert "The Pass" in words(chart, "shown")
    assert any("1 more claim" in more for more in words(chart, "more"))
    assert "500" not in json.dumps([marks(chart), words(chart, "shown"), words(chart, "more")])


def test_a_region_is_drawn_open_and_a_claim_without_a_number_as_a_cross() -> None:
    assert [(mark["kind"], mark.get("wide", False)) for mark in marks(place_map(THREE, title="Mules"))] == [
        ("real", False), ("real", False), ("none", True),
    ]  # fmt: skip


def test_what_is_not_on_the_map_is_told_under_it() -> None:
    line = place_map(THREE, title="Mules").source_line
    assert "Not on the map: The border." in line
    assert "1 claim names no place." in line


def test_a_map_without_outlines_gets_those_of_the_world_around_its_points() -> None:
    chart = place_map(THREE, title="Mules")
    assert "NORWAY" in words(chart, "country")
    assert all(0 < mark["x"] < chart.spec["width"] for mark in marks(chart))


def test_a_country_that_nobody_knows_gets_no_ground_of_another() -> None:
    invented = [{**PLACES[0], "country": "XC"}]
    chart = place_map(
        choose_claims(dossier(places=invented, deployments=[stock("d-1", 1, place_id="pass")])), title="M"
    )
    assert len([row for row in rows(chart.spec) if row.get("type") == "Feature"]) == 1  # the edge of the map


def test_numbers_of_several_units_are_not_compared_by_size() -> None:
    tonnes = stock("d-2", 9000, place_id="vale", quantity_id="q-b", unit="tonnes")
    chart = place_map(claims(stock("d-1", 1, place_id="pass"), tonnes), title="M")
    assert len({mark["size"] for mark in marks(chart)}) == 1
    assert "all of one size" in chart.source_line


def test_of_one_claimant_the_newest_claim_about_a_place_is_drawn_and_the_others_are_told() -> None:
    chart = place_map(
        claims(stock("d-1", 5, place_id="pass"), stock("d-2", 7, place_id="pass", date="2031-06")), title="M"
    )
    assert len(marks(chart)) == 1
    assert "1 older claim by the same claimants is in the table only." in chart.source_line


def test_a_transfer_between_two_places_is_an_arrow() -> None:
    sent = flow("t-1", 3, place_from="pass", place_to="vale")
    chart = place_map(choose_claims(dossier(places=PLACES, transfers=[sent])), title="Sent")
    lines = [
        row for row in rows(chart.spec) if row.get("geometry", {}).get("type") == "MultiLineString" and "tip" in row
    ]
    assert [line["tip"]["To"] for line in lines] == ["The Vale"]
    assert marks(chart) == []


def test_an_arrow_beyond_the_frame_says_where_it_goes(tmp_path: Path) -> None:
    (tmp_path / "outlines.json").write_text(json.dumps(SQUARE), encoding="utf-8")
    chosen = choose_claims(dossier(places=PLACES, transfers=[flow("t-1", 3, place_from="pass", place_to="far")]))
    chart = place_map(replace(chosen, dossier=replace(chosen.dossier, folder=tmp_path)), title="Sent")
    assert any("to Far away" in word for word in words(chart, "beside"))


def test_a_scenario_is_a_band_with_its_name_and_likelihood() -> None:
    chart = place_map(THREE, title="Mules", scenarios=[("Into the Vale", "pass", "vale", "unlikely")])
    assert "Into the Vale" in words(chart, "shown") and "\nunlikely" in words(chart, "more")
    assert "Scenario: Into the Vale, unlikely" in chart.description


def test_of_a_table_of_scenarios_those_with_two_places_are_drawn() -> None:
    table = pd.DataFrame(
        {"label": ["Into the Vale", "Nothing"], "from_place_id": ["pass", None], "to_place_id": ["vale", None]}
    )
    chart = place_map(THREE, title="Mules", scenarios=table)
    assert chart.description.count("Scenario: ") == 1 and "Scenario: Into the Vale" in chart.description


def test_no_two_words_of_a_map_overlap() -> None:
    chart = place_map(THREE, title="Mules")
    boxes = [
        box_of(Anchor(row["x"], row["y"], row.get("town") or row["shown"]), Spot(row["align"], row["dx"], row["dy"]))
        for row in rows(chart.spec)
        if "town" in row or "shown" in row
    ]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_no_point_at_all_is_an_honest_note() -> None:
    assert isinstance(place_map(claims(stock("d-1", 7, place_id="border")), title="Mules"), Note)


def test_a_map_of_numbers_without_a_place_says_what_is_missing() -> None:
    told = place_map(claims(stock("d-1", 7)), title="Mules")
    assert isinstance(told, Note) and told.text == (
        "Mules: no claim known on 31 December 2031 names a place with a point on the map. "
        "The claim without one is in the annex.",
    )


def test_outlines_of_the_dossier_set_the_frame_and_are_named(tmp_path: Path) -> None:
    (tmp_path / "outlines.json").write_text(json.dumps(SQUARE), encoding="utf-8")
    chosen = claims(stock("d-1", 1, place_id="pass"), stock("d-2", 2, place_id="far", quantity_id="q-b"))
    chart = place_map(replace(chosen, dossier=replace(chosen.dossier, folder=tmp_path)), title="Mules")
    assert "Not on the map: Far away. Drawn by hand." in chart.source_line
    assert "FREEDONIA" in words(chart, "country")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"bbox": [12, 59, 9, 62]}, "outlines.json: bbox: runs backwards"),
        ({"features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point"}}]}, "geometry"),
        ({"type": "Topology"}, "outlines.json: type: "),
    ],
)
def test_outlines_that_are_none_are_told_in_one_line(tmp_path: Path, change: dict, told: str) -> None:
    (tmp_path / "outlines.json").write_text(json.dumps(SQUARE | change), encoding="utf-8")
    with pytest.raises(DossierError, match=told):
        read_outlines(tmp_path)


def test_a_line_in_pixels_is_that_of_its_points_less_those_that_nobody_sees_missing() -> None:
    extent = Extent((10.0, 59.0, 12.0, 61.0), 320)
    line = [(10.5, 60.0), (10.6, 60.0005), (10.9, 60.0), (11.0, 60.5), (12.0, 60.5)]
    seen = [extent.at(*line[at]) for at in (0, 2, 3)]
    ends = [(round(x), round(y)) for x, y in seen] + [(329, round(extent.at(12.0, 60.5)[1]))]
    assert extent.trace(line) == extent.trace(tuple(line)) == tuple(ends)


@pytest.mark.parametrize("content", [None, json.dumps(SQUARE), "no outlines"])
def test_lines_that_are_drawn_ahead_are_drawn_alike_and_broken_ones_are_told_where_they_are_asked_for(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "outlines.json").write_text(content, encoding="utf-8")
    is_good = content != "no outlines"
    before = draw(tmp_path) if is_good else []
    trace_ahead(tmp_path)
    assert before == (draw(tmp_path) if is_good else [])


def draw(folder: Path) -> list[object]:
    """Draw the ground of a folder's outlines."""
    outlines = read_outlines(folder)
    return draw_ground(outlines, Extent(outlines.frame if outlines else (10.0, 59.0, 12.0, 61.0), 760), ())


def test_the_shipped_outlines_are_small_and_of_the_frame_that_the_readme_names(shipped: Path) -> None:
    found = read_outlines(shipped)
    assert found is not None
    assert found.frame == (20.2, 49.3, 36.0, 56.5)
    assert (shipped / "outlines.json").stat().st_size < 60_000
    lons, lats = zip(*(point for shape in found.shapes for ring in shape.rings for point in ring), strict=True)
    assert (min(lons), min(lats), max(lons), max(lats)) == found.frame


def test_the_shipped_outlines_are_what_the_command_cuts(shipped: Path) -> None:
    found = read_outlines(shipped)
    assert found is not None
    assert write_outlines(cut_world(found.frame)) == (shipped / "outlines.json").read_text(encoding="utf-8")

"""The map: what is on it, what is not, and whose outlines it draws."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from dossiers import dossier, sides, stock
from drawings import rows

from briefing.blocks.blocks import Note
from briefing.charts import place_map
from briefing.desk.claims.claims import choose_claims
from briefing.dossier.outlines import read_outlines
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
    return [row for row in rows(chart.spec) if "kind" in row]


def test_a_ring_is_as_large_as_the_largest_number_stated() -> None:
    small, large = (mark["size"] for mark in marks(place_map(THREE, title="Mules"))[:2])
    assert large == pytest.approx(4 * small, rel=0.01)


def test_claims_at_one_place_are_never_added() -> None:
    chart = place_map(THREE, title="Mules")
    assert "The Pass: 2 claims" in [row.get("shown") for row in rows(chart.spec)]
    assert "500" not in json.dumps(chart.spec)


def test_a_region_is_drawn_open_and_a_claim_without_a_number_as_a_cross() -> None:
    assert [(mark["kind"], mark.get("wide", False)) for mark in marks(place_map(THREE, title="Mules"))] == [
        ("real", False), ("real", False), ("none", True),
    ]  # fmt: skip


def test_what_is_not_on_the_map_is_told_under_it() -> None:
    line = place_map(THREE, title="Mules").source_line
    assert "Not on the map: The border." in line
    assert "1 claim without a place." in line


def test_a_map_without_outlines_is_framed_by_its_points() -> None:
    chart = place_map(THREE, title="Mules")
    assert [row for row in rows(chart.spec) if row.get("type") == "Feature"] == []
    assert all(0 < mark["x"] < chart.spec["width"] for mark in marks(chart))


def test_no_point_at_all_is_an_honest_note() -> None:
    assert isinstance(place_map(claims(stock("d-1", 7, place_id="border")), title="Mules"), Note)


def test_outlines_of_the_dossier_set_the_frame_and_are_named(tmp_path: Path) -> None:
    (tmp_path / "outlines.json").write_text(json.dumps(SQUARE), encoding="utf-8")
    chosen = claims(stock("d-1", 1, place_id="pass"), stock("d-2", 2, place_id="far", quantity_id="q-b"))
    chart = place_map(replace(chosen, dossier=replace(chosen.dossier, folder=tmp_path)), title="Mules")
    assert "Not on the map: Far away. Drawn by hand." in chart.source_line
    assert "Freedonia" in [row.get("country") for row in rows(chart.spec)]


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


def test_the_shipped_outlines_are_small_and_of_the_frame_that_the_readme_names(shipped: Path) -> None:
    found = read_outlines(shipped)
    assert found is not None
    assert found.frame == (22.5, 50.8, 33.5, 56.7)
    assert (shipped / "outlines.json").stat().st_size < 60_000
    lons, lats = zip(*(point for shape in found.shapes for ring in shape.rings for point in ring), strict=True)
    assert (min(lons), min(lats), max(lons), max(lats)) == found.frame

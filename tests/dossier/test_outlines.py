"""Outlines as attackers or tired people leave them: `check` says what a map would say, and where."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.checks import check_folder
from briefing.dossier.outlines import MOST_BYTES, check_outlines, read_outlines
from briefing.errors import DossierError

RING = [[9, 59], [10, 59], [10, 60], [9, 59]]
NAN = float("nan")


def outlines(rings: Any = (RING,), *, kind: str = "Polygon", told: object = None, **whole: Any) -> str:
    """Write outlines of one shape."""
    feature = {"type": "Feature", "properties": told or {}, "geometry": {"type": kind, "coordinates": rings}}
    head = {"type": "FeatureCollection", "bbox": [9, 59, 12, 62], "attribution": "By hand, CC0"}
    return json.dumps(head | {"features": [feature]} | whole)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[[", "Invalid JSON"),
        ("", "Invalid JSON"),
        ("[" * 100_000, "Invalid JSON"),
        ("[]", "an object"),
        (outlines(bbox=[9, -170, 12, 170]), "bbox.1: "),
        (outlines(bbox=[12, 59, 9, 62]), "bbox: runs backwards"),
        (outlines(bbox=[9, 59, 12]), "bbox"),
        (outlines([[[9, 59], [10, 170], [10, 60], [9, 59]]]), "features.0.geometry.Polygon.coordinates.0.1.1: "),
        (outlines([[[9, 59], [10, NAN], [10, 60], [9, 59]]]), "features.0.geometry.Polygon.coordinates.0.1.1: "),
        (outlines([[[9, 59], [10, 59], [10, 60], [9, 60]]]), "the ring is not closed"),
        (outlines([RING[:2]]), "coordinates.0: "),
        (outlines(told={"name": "\ue000"}), "features.0.properties.name: the text holds the character U+E000"),
        (outlines(told={"name": "y" * 201}), "features.0.properties.name: "),
        (outlines(told={"kind": "sea"}), "features.0.properties.kind: "),
        (outlines(told={"kind": "river"}), "a river is drawn as a LineString"),
        (outlines(features=None), "features: "),
        (outlines(attribution="a\nb"), "attribution: the text holds the character U+000A"),
    ],
)
def test_outlines_that_no_map_can_be_made_of_are_an_error_that_names_the_place(
    text: str, told: str, small: Path
) -> None:
    (small / "outlines.json").write_text(text, encoding="utf-8")
    (problem, *_) = check_folder(small).errors
    assert str(problem).startswith("small/outlines.json: ") and told in str(problem) and str(problem).isprintable()
    with pytest.raises(DossierError, match="outlines are"):
        read_outlines(small)


def test_outlines_that_name_no_licence_are_a_warning(small: Path) -> None:
    (small / "outlines.json").write_text(outlines(attribution=" "), encoding="utf-8")
    (problem,) = check_outlines(small)
    assert problem.severity == "warning" and problem.what == "attribution is empty"


def test_outlines_that_are_whole_are_no_problem_and_none_are_none_either(small: Path, shipped: Path) -> None:
    assert check_outlines(small) == [] and check_outlines(shipped) == []
    (small / "outlines.json").write_text(outlines(), encoding="utf-8")
    assert check_outlines(small) == []


def test_of_many_problems_in_one_file_the_first_are_told(small: Path) -> None:
    (small / "outlines.json").write_text(outlines([[[500, 500]] * 1_000]), encoding="utf-8")
    assert len(check_outlines(small)) == 20


def too_large(path: Path) -> None:
    path.touch()
    os.truncate(path, MOST_BYTES + 1)


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (os.mkfifo, "a pipe or a device"),
        (Path.mkdir, "Is a directory"),
        (too_large, "the most is 16,777,216"),
        (lambda path: path.symlink_to("/etc/passwd"), "a link that leads out of its folder"),
        (lambda path: path.symlink_to("gone"), "No such file"),
    ],
)
def test_outlines_that_are_no_plain_file_are_told(put: Callable[[Path], None], told: str, small: Path) -> None:
    put(small / "outlines.json")
    (problem,) = check_folder(small).errors
    assert told in str(problem)

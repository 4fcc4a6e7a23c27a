from __future__ import annotations

import pytest
from dossiers import Cells, dossier, source

from briefing.checks.codes import RULES
from briefing.dossier.dossier import Dossier
from briefing.errors import Problem


def trip(found: Dossier) -> list[Problem]:
    return [problem for rule in RULES for problem in rule.check(found)]


def place(**cells: str) -> Cells:
    return {"place_id": "pass", "name": "The Pass", "country": "NO", "precision": "2"} | cells


@pytest.mark.parametrize("tag", ["xx-notalang", "xx", "en-JJ", "pt-Lati"])
def test_a_language_that_nobody_registered_is_found_with_its_row(tag: str) -> None:
    (problem,) = trip(dossier(sources=[source("s-1"), source("s-2", language=tag)]))
    assert (problem.id, problem.row, problem.column, problem.subject) == ("S12", 3, "language", "s-2")


@pytest.mark.parametrize("tag", ["", "be", "be-tarask", "nb", "zh-Hant", "sr-Latn-RS", "es-419", "qva", "crh", "EN-us"])
def test_a_language_that_is_registered_or_left_to_users_is_good(tag: str) -> None:
    assert trip(dossier(sources=[source("s-1", language=tag)])) == []


@pytest.mark.parametrize(
    ("cells", "column", "cure"),
    [
        ({"lat": "61.5"}, "lon", "Fill in lon, or empty lat"),
        ({"lon": "9.5"}, "lat", "Fill in lat, or empty lon"),
    ],
)
def test_half_a_point_is_found(cells: dict[str, str], column: str, cure: str) -> None:
    (problem,) = trip(dossier(places=[place(**cells)]))
    assert (problem.id, problem.column, problem.cure, problem.subject) == ("S13", column, cure, "pass")


@pytest.mark.parametrize(
    ("lat", "lon", "told"),
    [("10.7", "59.9", "swapped; write lat 59.9 and lon 10.7"), ("-59.9", "10.7", "other sign; write lat 59.9")],
)
def test_a_point_far_from_its_country_that_lies_in_it_the_other_way_round_is_found(
    lat: str, lon: str, told: str
) -> None:
    (problem,) = trip(dossier(places=[place(lat=lat, lon=lon)]))
    assert problem.id == "S14" and told in problem.cure


@pytest.mark.parametrize(
    "cells",
    [{"lat": "59.9", "lon": "10.7"}, {}, {"lat": "1", "lon": "2"}, {"country": "XC", "lat": "10.7", "lon": "59.9"}],
)
def test_a_point_in_its_country_nowhere_near_it_or_of_no_country_is_not_asked_about(cells: dict[str, str]) -> None:
    assert trip(dossier(places=[place(**cells)])) == []


@pytest.mark.parametrize("url", ["https://\u0430pple.example/", "https://xn--pple-43d.example/a"])
@pytest.mark.parametrize("column", ["url", "archived_url"])
def test_a_host_in_letters_of_two_alphabets_is_found_and_told_as_machines_have_it(url: str, column: str) -> None:
    (problem,) = trip(dossier(sources=[source("s-1", **{column: url})]))
    assert (problem.id, problem.column) == ("S15", column) and "xn--pple-43d.example" in problem.what


@pytest.mark.parametrize("host", ["правда.укр", "münchen.example", "日本のテレビ.example", "xn--80ak6aa92e.com"])
def test_a_host_in_letters_of_one_alphabet_is_good(host: str) -> None:
    assert trip(dossier(sources=[source("s-1", url=f"https://{host}/")])) == []

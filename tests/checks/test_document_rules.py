"""Rules over days, addresses and countries: what trips each of them, and what does not."""

from __future__ import annotations

import pytest
from dossiers import NAMES, Cells, dossier, event, flow, quote, source, stock

from briefing.checks.documents import RULES
from briefing.dossier.dossier import Dossier


def trip(found: Dossier) -> list[tuple[str, str | None]]:
    return [(problem.id, problem.subject) for rule in RULES for problem in rule.check(found)]


def on_its_day(**tables: list[Cells]) -> Dossier:
    return dossier(sources=[source("s-1", "2031-03-05"), source("s-2", "2031-03")], **tables)


@pytest.mark.parametrize(
    "cells",
    [
        {"date": "2031-03-06"}, {"date": "2031-03-06", "status": "denied"}, {"date": "2031-04"}, {"date": "2032"},
        {"date": "2031-03-01/2031-03-06"}, {"date": "2031-02/2031-04"}, {"date": "2031-03-06/.."},
        {"date": "2031-04-01", "source_id": "s-2"},
    ],
)  # fmt: skip
def test_a_claim_dated_after_its_page_is_found(cells: Cells) -> None:
    assert trip(on_its_day(deployments=[stock("d-1", 3, **cells)])) == [("T10", "d-1")]


@pytest.mark.parametrize(
    "cells",
    [
        {"date": "2031-03-05"}, {"date": "2031-03"}, {"date": "2031"}, {"date": "2031-02/2031-03"},
        {"date": "2031-03-01/.."}, {"date": "2031-03-06~"}, {"date": "2031-03-31", "source_id": "s-2"},
        {"date": "2032", "status": "planned"}, {"date": "2032", "status": "ordered"},
    ],
)  # fmt: skip
def test_a_claim_that_its_page_can_have_told_is_none(cells: Cells) -> None:
    assert trip(on_its_day(deployments=[stock("d-1", 3, **cells)])) == []


def test_quotations_and_events_are_dated_by_their_page_too() -> None:
    events = [event("e-1", "2031-03-06", kind="attack"), event("e-2", "2031-03-06", kind="exercise"), event("e-3")]
    found = on_its_day(quotes=[quote("q-1", date="2031-03-06"), quote("q-2")], events=events)
    assert trip(found) == [("T10", "q-1"), ("T10", "e-1")]


@pytest.mark.parametrize(
    ("published", "accessed", "found"),
    [
        ("2001-03-05", "2001-03-04", True), ("2001-04", "2001-03-31", True), ("2999-01-01", "2999-01-02", True),
        ("2001-03-05", "2001-03-05", False), ("2001-03", "2001-03-04", False), ("", "2001-03-04", False),
    ],
)  # fmt: skip
def test_no_page_is_published_after_it_was_read_or_in_time_to_come(published: str, accessed: str, found: bool) -> None:
    sources = [source("s-1", "2001-01-01", accessed="2001-01-02"), source("s-2", published, accessed=accessed)]
    assert trip(dossier(as_of=None, sources=sources)) == ([("T11", "s-2")] if found else [])


@pytest.mark.parametrize(("accessed", "found"), [("9999-12-31", True), ("2001-03-05", False)])
def test_no_page_was_read_on_a_day_to_come(accessed: str, found: bool) -> None:
    sources = [source("s-1", "2001-01-01", accessed="2001-01-02"), source("s-2", "2001-03-05", accessed=accessed)]
    assert trip(dossier(as_of=None, sources=sources)) == ([("T11", "s-2")] if found else [])


@pytest.mark.parametrize(
    ("gone", "found"), [("0001-01-01", True), ("2031-01-04", True), ("2031-01-05", False), ("", False)]
)
def test_no_page_is_withdrawn_before_it_is_published(gone: str, found: bool) -> None:
    sources = [source("s-1", "2031-01-05", retracted_on=gone)]
    assert trip(dossier(as_of=None, sources=sources)) == ([("T13", "s-1")] if found else [])


def test_a_dossier_of_an_invented_time_blames_no_row_for_it() -> None:
    assert trip(dossier(as_of=None, sources=[source("s-1", "2999-01-01", accessed="2999-01-02")])) == []


def test_a_cited_page_without_a_day_is_told_once_with_its_rows() -> None:
    sources = [source("s-1", ""), source("s-2", "")]
    found = dossier(as_of=None, sources=sources, deployments=[stock("d-1", 3)], quotes=[quote("q-1"), quote("q-2")])
    (problem,) = [problem for rule in RULES for problem in rule.check(found)]
    assert (problem.id, problem.subject) == ("T12", "s-1")
    assert problem.what == "s-1 has no day of publication: 3 rows can never appear"


def test_a_page_without_a_day_whose_original_has_one_can_appear() -> None:
    sources = [source("s-0"), source("s-1", "2031-01-05", origin_id="s-0")]
    assert trip(dossier(as_of=None, sources=sources, deployments=[stock("d-1", 3)])) == []


SAME = "https://hay.example/news/1"


@pytest.mark.parametrize(
    "url",
    [
        SAME, f"{SAME}/", "http://www.hay.example/news/1", f"{SAME}#top", f"{SAME}?utm_source=rss&utm_medium=x",
        "https://HAY.example/news/1?fbclid=7",
    ],
)  # fmt: skip
def test_an_address_that_stands_twice_is_found(url: str) -> None:
    sources = [source("s-1", url=SAME), source("s-2", url=url), source("s-3")]
    assert trip(dossier(sources=sources)) == [("S08", "s-2")]


@pytest.mark.parametrize(
    "cells",
    [
        {"url": f"{SAME}?page=2"}, {"url": "https://hay.example/news/2"}, {"url": SAME, "origin_id": "s-1"},
        {"url": SAME, "origin_id": "s-3"}, {"url": SAME, "archived_url": "https://copy.example/2"},
    ],
)  # fmt: skip
def test_another_page_a_relay_and_another_state_are_no_double(cells: Cells) -> None:
    first = source(
        "s-1", url=SAME, archived_url="https://copy.example/1", origin_id="s-4" if "s-3" in cells.values() else ""
    )
    found = dossier(sources=[first, source("s-2", **cells), source("s-3"), source("s-4")])
    assert trip(found) == []


def test_two_rows_of_one_page_that_relay_one_original_are_found() -> None:
    sources = [source("s-1"), source("s-2", url=SAME, origin_id="s-1"), source("s-3", url=SAME, origin_id="s-1")]
    assert trip(dossier(sources=sources)) == [("S08", "s-3")]


def test_a_force_that_is_its_own_host_is_found_and_one_that_stands_at_home_is_not() -> None:
    actors = [actor | {"country": "NO"} for actor in NAMES["actors"]]
    rows = [stock("d-1", 3, host="freedonia"), stock("d-2", 3, host="freedonia", place_id="pass"), stock("d-3", 3)]
    found = dossier(actors=actors, deployments=rows, transfers=[flow("t-1", 3, to="freedonia"), flow("t-2", 3)])
    assert trip(found) == [("S10", "d-1"), ("S10", "t-1")]


@pytest.mark.parametrize(
    ("code", "cure"), [("UK", "Write GB"), ("ZR", "Write CD"), ("JJ", "Write the two"), ("ZZ", "Write the two")]
)
def test_a_code_that_no_country_has_is_found_with_the_code_that_it_has_now(code: str, cure: str) -> None:
    places = [{"place_id": "pass", "name": "The Pass", "country": code, "precision": "2"}]
    (problem,) = [problem for rule in RULES for problem in rule.check(dossier(places=places))]
    assert (problem.id, problem.cure[: len(cure)]) == ("S11", cure)


@pytest.mark.parametrize("code", ["NO", "NA", "EU", "XK", "XC", "QM", "GB", "UN"])
def test_countries_the_union_and_codes_left_to_users_are_good(code: str) -> None:
    places = [{"place_id": "pass", "name": "The Pass", "country": code, "precision": "2"}]
    assert trip(dossier(places=places)) == []

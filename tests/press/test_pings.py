"""Pings: a service hears how each briefing went, and a dead one fails nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from ended import HOSTILE, edition, outcome
from services import find_closed_port, serve

from briefing.editions.catalog import Briefing
from briefing.press import pings as press_pings
from briefing.press.endings import BriefingEnding, list_endings
from briefing.press.pings import Pings, end_pings, list_pings, start_ping, tell_unset

SECRET = "open-sesame"


def briefing(name: str, variable: str) -> Briefing:
    return Briefing(name, Path(f"{name}.ipynb"), options={"ping_from": variable} if variable else {})


def name_pings(url: str, **variables: str) -> Pings:
    """Name whom each briefing pings: all variables hold one address, with their own names behind it."""
    environment = {variable: f"{url}/{SECRET}/{variable}" for variable in variables.values()}
    return Pings(list_pings([briefing(*named) for named in variables.items()], environment=environment)[0])


def end(name: str, status: str = "published", *reasons: str, error: str = "") -> BriefingEnding:
    asked = edition(name, "2031-04-01")
    return list_endings([], asked=[asked], outcomes=[outcome(asked, status, *reasons)], error=error)[0]


def test_a_briefing_that_is_made_pings_when_it_begins_and_when_all_its_pages_are_there() -> None:
    with serve() as service:
        pings = name_pings(service.url, tiny="A")
        for day in ("2031-04-01", "2031-04-02"):
            start_ping(pings, edition("tiny", day))
        assert end_pings(pings, [end("tiny")]) == ()
    assert service.paths == [f"/{SECRET}/A/start", f"/{SECRET}/A"]
    assert service.told[1].body == "tiny: 1 edition: 1 published"


def test_a_briefing_whose_pages_stand_pings_success_alone() -> None:
    with serve() as service:
        assert end_pings(name_pings(service.url, tiny="A"), [end("tiny", "unchanged")]) == ()
    assert service.paths == [f"/{SECRET}/A"]


def test_a_briefing_that_failed_says_so_and_why_and_the_others_do_not() -> None:
    with serve() as service:
        pings = name_pings(service.url, tiny="A", other="B")
        assert end_pings(pings, [end("tiny", "failed", "cell 3: 1 / 0"), end("other")]) == ()
    assert sorted(service.paths) == [f"/{SECRET}/A/fail", f"/{SECRET}/B"]
    (body,) = [told.body for told in service.told if told.path.endswith("fail")]
    assert body.splitlines()[:2] == ["failed tiny/2031-04-01", "cell 3: 1 / 0"]


def test_briefings_that_name_one_variable_have_one_ping_which_fails_with_any_of_them() -> None:
    with serve() as service:
        pings = name_pings(service.url, tiny="A", other="A")
        assert end_pings(pings, [end("tiny"), end("other", "held", "It is wrong.")]) == ()
    (told,) = service.told
    assert told.path.endswith("/A/fail") and told.body.startswith("held other/2031-04-01\nIt is wrong.\n")


def test_what_ended_the_build_fails_all() -> None:
    with serve() as service:
        assert end_pings(name_pings(service.url, tiny="A"), [end("tiny", error="the disk is full")]) == ()
    assert service.paths == [f"/{SECRET}/A/fail"] and service.told[0].body.startswith("the disk is full\n")


def test_what_a_service_is_told_is_bounded_and_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_TOKEN", "abracadabra")
    with serve() as service:
        reasons = (HOSTILE, "abracadabra", *(f"{number} тон" for number in range(5_000)))
        assert end_pings(name_pings(service.url, tiny="A"), [end("tiny", "failed", *reasons)]) == ()
    body = service.told[0].body
    assert 9_990 < len(body.encode()) <= 10_000 and body.endswith("\n...") and "abracadabra" not in body


def test_the_address_keeps_its_query() -> None:
    with serve() as service:
        environment = {"A": f"{service.url}/x/?rid=1"}
        pings = Pings(list_pings([briefing("tiny", "A")], environment=environment)[0])
        start_ping(pings, edition("tiny", "2031-04-01"))
        end_pings(pings, [end("tiny")])
    assert service.paths == ["/x/start?rid=1", "/x/?rid=1"]


def test_dead_services_are_told_once_with_the_host_alone() -> None:
    pings = name_pings(f"http://127.0.0.1:{find_closed_port()}", tiny="A", other="B", third="C", fourth="D")
    start_ping(pings, edition("tiny", "2031-04-01"))
    (said,) = end_pings(pings, [end("tiny"), end("other"), end("third"), end("fourth")])
    assert said.startswith("ping of tiny, other, third and 1 more: 127.0.0.1:")
    assert "it cannot be reached (Connection refused); a ping tells" in said and SECRET not in said + repr(pings)


def test_a_service_that_never_answers_holds_a_build_up_for_seconds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press_pings, "PATIENCE", 0.3)
    with serve(seconds=30) as service:
        (said,) = end_pings(name_pings(service.url, tiny="A"), [end("tiny")])
        assert "it did not answer in time" in said


@pytest.mark.parametrize("url", [SECRET, f"http://hc.example/{SECRET}", f"https://a:{SECRET}@hc.example/"])
def test_an_address_that_is_none_is_told_without_any_of_it(url: str) -> None:
    pings = Pings(list_pings([briefing("tiny", "PING_TINY")], environment={"PING_TINY": url})[0])
    start_ping(pings, edition("tiny", "2031-04-01"))
    (said,) = end_pings(pings, [end("tiny")])
    assert SECRET not in said and "hc.example" not in said and "at PING_TINY." in said


def test_a_variable_that_is_not_set_pings_nobody() -> None:
    pings, unset = list_pings([briefing("tiny", "A"), briefing("other", "B"), briefing("third", "")], environment={})
    assert (pings, unset) == ((), ("A", "B"))
    assert tell_unset(unset).startswith("ping_from: A, B are not set; nobody is pinged from here.")

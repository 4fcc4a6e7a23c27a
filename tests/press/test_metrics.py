"""Metrics: what Prometheus's own parser reads of them, whatever a briefing is called."""

from __future__ import annotations

from typing import Any

import pytest
from ended import HOSTILE, edition, ended
from prometheus_client.parser import text_string_to_metric_families

from briefing.press.endings import list_endings
from briefing.press.metrics import OF_BRIEFINGS, OF_BUILD, make_metrics

HEARTBEAT = {
    "last_success": "2031-04-05T06:00:00+00:00",
    "published": {"url": "s3://b", "ok": False},
    "briefings": {"tiny": {"ok": False, "last_success": "2031-04-04T06:00:00+00:00"}},
}


def measure(exit: int = 1, heartbeat: Any = HEARTBEAT, name: str = "tiny") -> dict[tuple[str, ...], float]:
    """Give each number that the parser reads, by the metric and its labels."""
    telling: dict[str, Any] = {"seconds": 2.5, "ended": 1_932_638_400.25, "missing": {name: 2}}
    text = make_metrics(ended(name=name), exit=exit, heartbeat=heartbeat, **telling).decode("utf-8")
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found = {(sample.name, *sample.labels.values()): sample.value for sample in samples}
    assert len(found) == len(samples)
    return found


def test_a_build_is_measured() -> None:
    found = measure()
    assert found["briefing_build_timestamp_seconds",] == 1_932_638_400.25
    assert (found["briefing_build_duration_seconds",], found["briefing_build_exit_code",]) == (2.5, 1)
    assert found["briefing_build_last_success_timestamp_seconds",] == 1_933_135_200
    assert found["briefing_publish_success",] == 0


def test_a_briefing_is_measured_by_what_became_of_its_editions() -> None:
    found = measure()
    statuses = ("published", "unchanged", "held", "failed", "not_made")
    assert [found["briefing_editions", "tiny", status] for status in statuses] == [1, 1, 1, 1, 1]
    assert [found["briefing_editions", "other", status] for status in statuses] == [1, 0, 0, 0, 0]
    assert (found["briefing_success", "tiny"], found["briefing_success", "other"]) == (0, 1)
    assert (found["briefing_editions_seconds", "tiny"], found["briefing_slowest_edition_seconds", "tiny"]) == (6, 1.5)
    assert found["briefing_editions_due_missing", "tiny"] == 2
    assert found["briefing_last_success_timestamp_seconds", "tiny"] == 1_933_048_800


@pytest.mark.parametrize("name", [HOSTILE, 'a"b', "a\\", "a\nb", "a\\nb", "", "тема"])
def test_a_briefing_may_have_any_name(name: str) -> None:
    shown = name.encode("utf-8", "replace").decode()
    assert measure(name=name)["briefing_success", shown] == 0


def test_where_another_build_is_at_work_nothing_is_said_of_what_that_makes() -> None:
    names = {name for name, *_ in measure(exit=4)}
    assert {"briefing_editions_due_missing", "briefing_last_success_timestamp_seconds"} <= names
    assert not {"briefing_editions", "briefing_success", "briefing_slowest_edition_seconds"} & names


@pytest.mark.parametrize("heartbeat", [{}, {"briefings": 1, "published": [], "last_success": "x"}, {"briefings": {}}])
def test_what_is_not_known_is_left_out(heartbeat: dict[str, Any]) -> None:
    assert not any("last_success" in name or "publish" in name for name, *_ in measure(heartbeat=heartbeat))


def test_a_thousand_editions_have_no_more_series_than_one() -> None:
    telling: dict[str, Any] = {"exit": 0, "seconds": 1.0, "ended": 1.0, "missing": {}, "heartbeat": HEARTBEAT}
    many = [edition("tiny", f"{year}-01-01") for year in range(1000, 2000)]
    texts = [make_metrics(list_endings([], asked=asked, outcomes=[]), **telling) for asked in (many, many[:1])]
    assert texts[0].count(b"\n") == texts[1].count(b"\n")


def test_each_metric_says_what_it_is_and_is_named_as_prometheus_names_them() -> None:
    assert all(told.endswith((".", "1 or 0.")) for told in (OF_BUILD | OF_BRIEFINGS).values())
    assert {name for name, *_ in measure()} == set(OF_BUILD | OF_BRIEFINGS)

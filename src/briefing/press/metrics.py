"""Metrics of the last build, as a text that Prometheus reads: node_exporter's textfile collector picks the file up.

A series is one of a briefing, never of an edition: a desk has few briefings, and after some years thousands of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from briefing.press.endings import BriefingEnding
from briefing.press.heartbeat import read_moment

#: What is measured of a build, and what each says.
OF_BUILD = {
    "briefing_build_timestamp_seconds": "When the last build ended, in seconds since 1970.",
    "briefing_build_duration_seconds": "How long the last build took.",
    "briefing_build_exit_code": "The exit code of the last build: 0 where all was good, 4 where another was at work.",
    "briefing_build_last_success_timestamp_seconds": "When a build last ended with exit code 0.",
    "briefing_publish_success": "Whether the pages arrived where they were last sent: 1 or 0.",
}

#: What is measured of each briefing.
OF_BRIEFINGS = {
    "briefing_editions": "How many editions the last build was asked for, by what became of them.",
    "briefing_editions_due_missing": "How many editions are asked for and have no page.",
    "briefing_editions_seconds": "How long the editions took that the last build made, one after the other.",
    "briefing_slowest_edition_seconds": "How long the slowest edition took that the last build made.",
    "briefing_success": "Whether all went well with a briefing in the last build: 1 or 0.",
    "briefing_last_success_timestamp_seconds": "When all last went well with a briefing, in seconds since 1970.",
}


class Sample(NamedTuple):
    """One number of a metric, and the labels that tell it from the others."""

    metric: str
    value: float
    labels: Mapping[str, str] = {}


def make_metrics(
    endings: Iterable[BriefingEnding],
    *,
    exit: int,
    seconds: float,
    ended: float,
    missing: Mapping[str, int],
    heartbeat: Mapping[str, Any],
) -> bytes:
    """Make the text of all metrics: of a build that ended with an exit code at a moment (seconds since 1970).

    `missing` says how many pages of a briefing are not there; the heartbeat knows when what last went well.
    """
    samples = [*_measure_build(exit=exit, seconds=seconds, ended=ended, heartbeat=heartbeat)]
    noted = heartbeat.get("briefings")
    noted = noted if isinstance(noted, Mapping) else {}
    for ending in endings:
        known = noted.get(ending.name)
        success = known.get("last_success") if isinstance(known, Mapping) else None
        samples += _measure_briefing(ending, is_busy=exit == 4, missing=missing.get(ending.name, 0), success=success)
    lines = (line for name, told in (OF_BUILD | OF_BRIEFINGS).items() for line in _write_metric(name, told, samples))
    return "".join(f"{line}\n" for line in lines).encode()


def _measure_build(*, exit: int, seconds: float, ended: float, heartbeat: Mapping[str, Any]) -> Iterable[Sample]:
    yield Sample("briefing_build_timestamp_seconds", ended)
    yield Sample("briefing_build_duration_seconds", seconds)
    yield Sample("briefing_build_exit_code", exit)
    if success := read_moment(heartbeat.get("last_success")):
        yield Sample("briefing_build_last_success_timestamp_seconds", success.timestamp())
    published = heartbeat.get("published")
    if isinstance(published, Mapping):
        yield Sample("briefing_publish_success", int(bool(published.get("ok"))))


def _measure_briefing(ending: BriefingEnding, *, is_busy: bool, missing: int, success: object) -> Iterable[Sample]:
    """Measure a briefing; where another build is at work nothing was made, which says nothing of the briefing."""
    labels = {"briefing": ending.name}
    yield Sample("briefing_editions_due_missing", missing, labels)
    if moment := read_moment(success):
        yield Sample("briefing_last_success_timestamp_seconds", moment.timestamp(), labels)
    if is_busy:
        return
    for end, number in ending.count().items():
        yield Sample("briefing_editions", number, {**labels, "status": end.replace(" ", "_")})
    took = [outcome.seconds for outcome in ending.outcomes.values()]
    yield Sample("briefing_editions_seconds", sum(took), labels)
    yield Sample("briefing_slowest_edition_seconds", max(took, default=0.0), labels)
    yield Sample("briefing_success", int(ending.is_good), labels)


def _write_metric(name: str, told: str, samples: Iterable[Sample]) -> Iterable[str]:
    """Write the lines of a metric; none where nothing of it is known."""
    own = [sample for sample in samples if sample.metric == name]
    if own:
        yield f"# HELP {name} {told}"
        yield f"# TYPE {name} gauge"
    for sample in own:
        labels = ",".join(f'{label}="{_escape(value)}"' for label, value in sample.labels.items())
        yield f"{name}{f'{{{labels}}}' if labels else ''} {_write_number(sample.value)}"


def _write_number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}".rstrip("0").rstrip(".")


def _escape(value: str) -> str:
    """Escape a label as Prometheus reads it."""
    plain = value.encode("utf-8", "replace").decode()
    return plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

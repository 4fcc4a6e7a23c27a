"""The report of a build as JUnit XML, which GitLab, Jenkins, GitHub's actions and others show beside their own tests.

A briefing is a suite, and an edition a test: one that was held or failed is a failure, one that stands has passed, one
that a build never came to is skipped. What ended the build itself is an error in a suite of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from briefing.editions.catalog import Edition
from briefing.errors import printable
from briefing.press.endings import BriefingEnding

if TYPE_CHECKING:
    from briefing.press.build import Outcome

#: The suite and the test that tell what ended a build.
BUILD = "build"

#: How many characters of a text a report keeps.
_MOST = 20_000


def make_junit(endings: Iterable[BriefingEnding], *, error: str, seconds: float, ended: dt.datetime) -> bytes:
    """Make the report of a build: XML 1.0, in which letters that XML has no place for are written as JSON would."""
    suites = [_make_suite(ending) for ending in endings]
    if error:
        suites.insert(0, _make_failed_build(error))
    root = ET.Element("testsuites", {"name": "briefing", **_sum_up(suites), "time": _write_seconds(seconds)})
    for suite in suites:
        suite.set("timestamp", ended.strftime("%Y-%m-%dT%H:%M:%S"))
        root.append(suite)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _sum_up(suites: Iterable[ET.Element]) -> dict[str, str]:
    counts = ("tests", "failures", "errors", "skipped")
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in counts}


def _make_suite(ending: BriefingEnding) -> ET.Element:
    counts = ending.count()
    seconds = sum(outcome.seconds for outcome in ending.outcomes.values())
    told = {"tests": len(ending.asked), "failures": counts["held"] + counts["failed"], "errors": 0}
    suite = _make_element("testsuite", {"name": ending.name, **told, "skipped": counts["not made"]})
    suite.set("time", _write_seconds(seconds))
    suite.extend(_make_case(ending, edition) for edition in ending.asked)
    return suite


def _make_case(ending: BriefingEnding, edition: Edition) -> ET.Element:
    outcome, end = ending.outcomes.get(edition.name), ending.end_of(edition)
    case = _make_element("testcase", {"classname": ending.name, "name": edition.name})
    case.set("time", _write_seconds(outcome.seconds if outcome else 0.0))
    if outcome is None:
        case.append(_make_element("skipped", {"message": "not made: the build ended before its turn"}))
        return case
    if not outcome.is_good:
        first = next(iter(outcome.reasons), end)
        case.append(_make_element("failure", {"type": end, "message": first}, "\n".join(outcome.reasons)))
    case.append(_make_element("system-out", {}, "\n".join(_tell_case(outcome))))
    return case


def _tell_case(outcome: Outcome) -> Iterable[str]:
    yield f"{outcome.status} {outcome.path}"
    yield from (f"why: {why}" for why in outcome.why)
    yield from map(str, outcome.remarks)


def _make_failed_build(error: str) -> ET.Element:
    suite = _make_element("testsuite", {"name": BUILD, "tests": 1, "failures": 0, "errors": 1, "skipped": 0})
    suite.set("time", _write_seconds(0.0))
    case = _make_element("testcase", {"classname": BUILD, "name": BUILD, "time": _write_seconds(0.0)})
    case.append(_make_element("error", {"type": "error", "message": error.partition("\n")[0]}, error))
    suite.append(case)
    return suite


def _make_element(name: str, cells: Mapping[str, object], text: str = "") -> ET.Element:
    element = ET.Element(name, {key: _write_text(str(value)) for key, value in cells.items()})
    element.text = _write_text(text) or None
    return element


def _write_text(text: str) -> str:
    """Write a text in letters that XML has a place for: terminals are not the only ones that control letters upset."""
    kept = text if len(text) <= _MOST else f"{text[:_MOST]}..."
    return printable(kept)


def _write_seconds(seconds: float) -> str:
    return f"{seconds:.3f}"

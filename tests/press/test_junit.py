"""The test report of a build: XML that others read, whatever stands in it."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from ended import HOSTILE, ended
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from briefing.press.junit import make_junit

ENDED = dt.datetime(2031, 4, 6, 6, tzinfo=dt.UTC)


def read(error: str = "", name: str = "tiny") -> list[TestSuite]:
    return list(JUnitXml.fromstring(make_junit(ended(error=error, name=name), error=error, seconds=9, ended=ENDED)))


def name_results(case: TestCase) -> list[tuple[type, str]]:
    return [(type(result), result.type or "") for result in case.result]


def test_a_briefing_is_a_suite_and_an_edition_a_test() -> None:
    tiny, other = read()
    assert (tiny.name, tiny.tests, tiny.failures, tiny.errors, tiny.skipped) == ("tiny", 5, 2, 0, 1)
    assert (other.name, other.tests, other.failures, other.time, other.timestamp) == (
        "other", 1, 0, 1.5, "2031-04-06T06:00:00",
    )  # fmt: skip
    assert [(case.classname, case.name, case.time) for case in other] == [("other", "other/2031-04-01", 1.5)]


def test_an_edition_that_stands_has_passed_and_one_that_does_not_says_why() -> None:
    results = [name_results(case) for case in read()[0]]
    assert results == [[], [], [(Failure, "held")], [(Failure, "failed")], [(Skipped, "")]]
    assert list(read()[0])[3].result[0].message == "cell 3: 1 / 0"


def test_what_its_author_should_know_is_told_with_it() -> None:
    assert "warning: F13: hay.ipynb: cell 3: hay a" in str(next(iter(read()[0])).system_out)


def test_what_ended_a_build_is_an_error_in_a_suite_of_its_own() -> None:
    build, *_ = read(error="data/transfers.csv:14: high is 3\nand more")
    (case,) = build
    assert name_results(case) == [(Error, "error")] and case.result[0].message == "data/transfers.csv:14: high is 3"
    assert case.result[0].text.endswith("and more")


def test_the_sums_of_the_report_are_those_of_its_suites() -> None:
    root = ET.fromstring(make_junit(ended(error="x"), error="x", seconds=9, ended=ENDED))
    sums = {
        name: sum(int(suite.get(name, "")) for suite in root) for name in ("tests", "failures", "errors", "skipped")
    }
    assert {name: int(root.get(name, "")) for name in sums} == sums
    assert sums == {"tests": 7, "failures": 2, "errors": 1, "skipped": 1} and root.get("time") == "9.000"


@pytest.mark.parametrize("name", [HOSTILE, "<!--", "]]>", "&#0;"])
def test_hostile_text_is_text(name: str) -> None:
    tiny, _ = read(name=name, error=name)[1:]
    assert len(list(tiny)) == 5 and "\x1b" not in tiny.name and tiny.name.startswith(name[:1])
    assert list(tiny)[2].result[0].text.splitlines()[-1] == "It is wrong."


def test_a_long_reason_is_cut() -> None:
    assert len(make_junit(ended(error="x" * 1_000_000), error="x" * 1_000_000, seconds=1, ended=ENDED)) < 60_000

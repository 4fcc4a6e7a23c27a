"""Days on which the same rows stand share what the rules over rows find, but for the rules that look at the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import briefing as b
from briefing.checks import find_in_rows
from briefing.checks.draft import show_at, show_turn
from briefing.checks.registry import BY_DAY, DOSSIER_RULES
from briefing.dossier.dossier import Dossier
from briefing.errors import UsageError

DATA = Path(__file__).parents[2] / "data"
EXAMPLE = b.read_dossier(b.read_example().folder)
DAYS = [str(dt.date(2031, 1, 5) + dt.timedelta(days=7 * week)) for week in range(60)]
OURS = ["2022-02-23", "2022-11-06", "2022-12-18", "2023-01-02", "2023-06-29", "2024-05-05"]


@pytest.mark.parametrize("rule", [rule for rule in DOSSIER_RULES if rule.id not in BY_DAY], ids="{0.id}".format)
def test_a_rule_that_looks_at_no_day_finds_the_same_on_all_days_on_which_the_same_rows_stand(rule) -> None:
    ours = b.read_dossier(DATA)
    for dossier, days in ((EXAMPLE, DAYS), (ours, OURS)):
        for day in days:
            assert rule.check(dossier.at(day)) == rule.check(show_turn(dossier, day)), day


@pytest.mark.parametrize("day", ["2031-06-20", "2031-12-18", "2032-03-01"])
def test_what_is_found_for_a_page_is_what_each_rule_finds_on_its_day(day: str) -> None:
    alone = [problem for rule in DOSSIER_RULES if rule.id != "F13" for problem in rule.check(EXAMPLE.at(day))]
    assert list(find_in_rows(EXAMPLE, day)) == alone


def test_two_days_alike_are_told_each_with_its_own_age() -> None:
    on_days = {day: [problem.what for problem in find_in_rows(EXAMPLE, day)] for day in ("2032-03-01", "2032-03-02")}
    ages = {day: [what for what in told if f"days old on {day}" in what] for day, told in on_days.items()}
    assert all(ages.values()) and len({len(told) for told in ages.values()}) == 1


def test_a_dossier_at_a_day_speaks_for_that_day_whatever_it_shares() -> None:
    first, second = (show_at(EXAMPLE, day) for day in ("2032-03-01", "2032-03-02"))
    assert (str(first.as_of), str(second.as_of)) == ("2032-03-01", "2032-03-02")
    assert first.frames["transfers"] is second.frames["transfers"]
    assert first.frames["transfers"].equals(EXAMPLE.at("2032-03-01").frames["transfers"])


@pytest.mark.parametrize("day", ["2031-02-30", "20311219", "soon"])
def test_what_is_no_day_is_refused_as_the_dossier_refuses_it(day: str) -> None:
    with pytest.raises(UsageError, match="as_of"):
        show_at(EXAMPLE, day)


def test_a_dossier_of_a_day_shows_no_later_one() -> None:
    early: Dossier = EXAMPLE.at("2031-06-20")
    with pytest.raises(UsageError, match="knows nothing after its day"):
        show_at(early, "2031-12-18")

"""How a build ended, for each briefing."""

from __future__ import annotations

import pytest
from ended import edition, ended, outcome

from briefing.press.endings import list_endings


def test_a_briefing_is_good_where_all_its_pages_are_there() -> None:
    assert [(ending.name, ending.is_good) for ending in ended()] == [("tiny", False), ("other", True)]
    assert not any(ending.is_good for ending in ended(error="the disk is full"))


def test_each_edition_that_was_asked_for_is_counted() -> None:
    assert ended()[0].count() == {"published": 1, "unchanged": 1, "held": 1, "failed": 1, "not made": 1}


@pytest.mark.parametrize(("statuses", "is_good"), [([], True), (["unchanged"], True), (["held"], False)])
def test_a_briefing_of_which_nothing_was_due_is_good(statuses: list[str], is_good: bool) -> None:
    asked = [edition("tiny", "2031-04-01")][: len(statuses)]
    outcomes = [outcome(one, status) for one, status in zip(asked, statuses, strict=True)]
    (ending,) = list_endings([edition("tiny", "x").briefing], asked=asked, outcomes=outcomes)
    assert ending.is_good == is_good


def test_what_went_wrong_is_told_first() -> None:
    lines = [*ended(error="the disk is full")[0].tell()]
    assert lines[0] == "the disk is full" and lines[1] == "held tiny/2031-04-03" and "cell 3: 1 / 0" in lines
    assert lines[-1] == "tiny: 5 editions: 1 published, 1 unchanged, 1 held, 1 failed, 1 not made"

"""Turns: the days on which other rows stand than on the day before; between two of them a dossier is the same."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

import briefing as b
from briefing.dossier.as_of import find_turn, list_turns, visible

READING = b.read_example().everything.reading
FRAMES = dict(READING.frames)
FIRST = dt.date(2031, 1, 1)


def rows_on(day: dt.date) -> dict[str, list[int]]:
    return {name: frame["row"].tolist() for name, frame in visible(READING, as_of=day).items()}


def test_on_every_day_the_rows_are_those_of_the_last_turn() -> None:
    turns = list_turns(FRAMES)
    for day in (FIRST + dt.timedelta(days=3 * at) for at in range(130)):
        at = bisect_right(turns, day.isoformat())
        last = dt.date.fromisoformat(turns[at - 1]) if at else dt.date(1, 1, 1)
        assert rows_on(day) == rows_on(last), day


def test_a_turn_is_a_day_on_which_something_is_known_or_withdrawn() -> None:
    turns = list_turns(FRAMES)
    assert turns == sorted(set(turns)) and len(turns) > 3
    assert all(dt.date.fromisoformat(day) for day in turns)


def test_each_day_has_the_last_turn_before_it_and_the_days_before_all_turns_have_the_first_day_of_all() -> None:
    first, second, *_ = list_turns(FRAMES)
    assert find_turn(READING, first) == first and find_turn(READING, second) == second
    assert find_turn(READING, str(dt.date.fromisoformat(second) - dt.timedelta(days=1))) >= first
    assert find_turn(READING, "1914-06-28") == "0001-01-01"

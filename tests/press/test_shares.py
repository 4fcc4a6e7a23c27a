"""Shares: neighbours in a catalog are made by one worker, and none waits while there is something to do."""

from __future__ import annotations

import threading
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.press.shares import do_all, share_out, take_next


@given(st.lists(st.integers()), st.integers(1, 9))
def test_shares_are_stretches_of_the_work_and_nearly_equal(work: list[int], among: int) -> None:
    shares = share_out(work, among=among)
    sizes = [len(share) for share in shares]
    assert [one for share in shares for one in share] == work
    assert len(sizes) == among and max(sizes) - min(sizes) <= 1


def test_whoever_is_through_takes_the_last_of_the_longest_share() -> None:
    shares = [deque[str](), deque("ab"), deque("cde")]
    assert [take_next(shares, own) for own in (1, 0, 0)] == ["a", "e", "d"]
    assert [take_next(shares, 0) for _ in range(3)] == ["b", "c", None]


def test_neighbours_are_done_by_one_thread() -> None:
    together = threading.Barrier(2, timeout=20)  # so that no thread is through before the other has begun

    def do(number: int) -> int:
        together.wait()
        return threading.get_ident()

    done = dict(do_all(range(4), order=int, do=do, jobs=2))
    assert done[0] == done[1] != done[2] == done[3]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_all_work_is_done_once(jobs: int) -> None:
    assert sorted(do_all("abcdefg", order=str.upper, do=str.lower, jobs=jobs)) == [(one, one) for one in "abcdefg"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_whoever_stops_asking_stops_the_rest(jobs: int) -> None:
    ordered: list[int] = []

    def order(number: int) -> int:
        ordered.append(number)
        return number

    making = do_all(range(100), order=order, do=abs, jobs=jobs)
    next(making)
    making.close()  # type: ignore[attr-defined]  # it is a generator
    assert len(ordered) <= 2 * jobs

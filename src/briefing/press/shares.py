"""Shares: which worker makes which editions, and orders done side by side.

Editions that stand beside each other in a catalog show much of the same: of two days that follow each other most charts
are alike, and a worker remembers what it drew. So each makes a stretch of the catalog, and one that is through takes
from the end of the longest that is left.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

Work = TypeVar("Work")
Given = TypeVar("Given")
Made = TypeVar("Made")

#: How many orders each worker has at most: one that it does, and one that waits.
_AT_ONCE = 2


def share_out(work: Sequence[Work], *, among: int) -> list[deque[Work]]:
    """Cut work into so many stretches, nearly equal ones.

    Examples
    --------
    >>> [list(share) for share in share_out("abcde", among=2)]
    [['a', 'b'], ['c', 'd', 'e']]
    """
    edges = [len(work) * at // among for at in range(among + 1)]
    return [deque(work[start:end]) for start, end in itertools.pairwise(edges)]


def take_next(shares: Sequence[deque[Work]], own: int) -> Work | None:
    """Take what comes next in a worker's own share, or else the last of the longest; ``None`` where all is taken."""
    if shares[own]:
        return shares[own].popleft()
    longest = max(shares, key=len)
    return longest.pop() if longest else None


def do_all(
    work: Sequence[Work], *, order: Callable[[Work], Given], do: Callable[[Given], Made], jobs: int
) -> Iterator[tuple[Work, Made]]:
    """Do all work side by side, and give what came of each as it comes; whoever stops asking stops the rest.

    Each share has a thread of its own that does it, so that `do` can know whose it is. Orders are made here, and one by
    one, so that a thousand of them are never held in memory at once.
    """
    if jobs <= 1:
        for taken in work:
            yield taken, do(order(taken))
        return
    shares = share_out(work, among=jobs)
    threads = [ThreadPoolExecutor(1) for _ in shares]
    running: dict[Future[Made], tuple[int, Work]] = {}

    def begin(own: int) -> None:
        if (taken := take_next(shares, own)) is not None:
            running[threads[own].submit(do, order(taken))] = own, taken

    try:
        for _ in range(_AT_ONCE):
            for own in range(jobs):
                begin(own)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                own, taken = running.pop(future)
                yield taken, future.result()
                begin(own)
    finally:
        # Whoever interrupts a build does not wait for what runs: it is ended with those that do it.
        for thread in threads:
            thread.shutdown(wait=False, cancel_futures=True)

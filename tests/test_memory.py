"""Work done once for a frame."""

import pandas as pd

from briefing.memory import MOST, once_a_frame


def counting() -> tuple[list[int], object]:
    calls: list[int] = []

    @once_a_frame
    def size(*frames: pd.DataFrame) -> int:
        calls.append(1)
        return sum(len(frame) for frame in frames)

    return calls, size


def test_the_very_same_frames_are_worked_on_once():
    calls, size = counting()
    one, two = pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]})
    assert (size(one, two), size(one, two), len(calls)) == (2, 2, 1)


def test_an_equal_frame_is_another_frame():
    calls, size = counting()
    assert size(pd.DataFrame({"a": [1]})) == size(pd.DataFrame({"a": [1]})) and len(calls) == 2


def test_the_oldest_frame_is_forgotten_first():
    calls, size = counting()
    frames = [pd.DataFrame({"a": range(at)}) for at in range(MOST + 1)]
    assert [size(frame) for frame in frames] == list(range(MOST + 1))
    assert size(frames[-1]) == MOST and len(calls) == MOST + 1
    assert size(frames[0]) == 0 and len(calls) == MOST + 2

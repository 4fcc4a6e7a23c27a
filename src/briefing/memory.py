"""Work done once for a frame: frames are never changed, so that what was made of one stays true."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import pandas as pd

Made = TypeVar("Made")

#: Of how many frames, or sets of frames, a function remembers what it made.
MOST = 16


def once_a_frame(make: Callable[..., Made]) -> Callable[..., Made]:
    """Let a function of frames remember what it made of the very same frames; what it gives is not to be changed.

    Examples
    --------
    >>> @once_a_frame
    ... def size(frame):
    ...     print("counting")
    ...     return len(frame)
    >>> tanks = pd.DataFrame({"best": [98, 122]})
    >>> size(tanks) + size(tanks)
    counting
    4
    """
    made: OrderedDict[tuple[int, ...], tuple[tuple[pd.DataFrame, ...], Made]] = OrderedDict()

    @wraps(make)
    def give(*frames: pd.DataFrame) -> Made:
        key = tuple(id(frame) for frame in frames)
        if key not in made:
            made[key] = frames, make(*frames)  # the frames are kept, so that their ids stay their own
            if len(made) > MOST:
                made.popitem(last=False)
        else:
            made.move_to_end(key)
        return made[key][1]

    return give

"""How much work a call is: the lines of this package that run, which no busy machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import briefing

_HOME = str(Path(briefing.__file__).parent)


def count_lines(call: Callable[[], object]) -> int:
    """Count the lines of the package that run in a call, each as often as it runs."""
    count = 0

    def each(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return each

    def begin(frame: FrameType, event: str, argument: Any) -> Any:
        return each(frame, event, argument) if frame.f_code.co_filename.startswith(_HOME) else None

    before = sys.gettrace()
    sys.settrace(begin)
    try:
        call()
    finally:
        sys.settrace(before)
    return count

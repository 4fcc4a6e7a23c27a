"""Straight lines of a drawing in few bytes: each point told from the one before, to a tenth of a pixel."""

from __future__ import annotations

import re

#: A path of straight lines alone, as vega writes it: ``M0,0L5,5Z``.
_STRAIGHT = re.compile(r"(?:M[-\d.e,]+(?:L[-\d.e,]+)*Z?)+")
_STEP = re.compile(r"([MLZ])([-\d.e,]*)")


def shorten_path(path: str) -> str:
    """Write a path of straight lines from point to point; any other stays as it is.

    Examples
    --------
    >>> shorten_path("M10,10L20.04,10L15,5.5ZM1,1L2,2"), shorten_path("M2,0A2,2,0,1,1,-2,0")
    ('M10 10l10 0-5-4.5zM1 1l1 1', 'M2,0A2,2,0,1,1,-2,0')
    """
    if not _STRAIGHT.fullmatch(path):
        return path
    written: list[str] = []
    last = (0, 0)
    for command, numbers in _STEP.findall(path):
        if command == "Z":
            written.append("z")
            continue
        x, y = (round(float(number) * 10) for number in numbers.split(","))
        if command == "M":
            written.append("M" + _pair(x, y))
        elif (x, y) != last or written[-1].startswith("M"):
            pair = _pair(x - last[0], y - last[1])
            written.append(("l" if written[-1].startswith("M") else "" if pair.startswith("-") else " ") + pair)
        last = x, y
    return "".join(written)


def _pair(x: int, y: int) -> str:
    across, down = _tenths(x), _tenths(y)
    return f"{across}{down}" if down.startswith("-") else f"{across} {down}"


def _tenths(number: int) -> str:
    """Write a number of tenths.

    Examples
    --------
    >>> _tenths(105), _tenths(-5), _tenths(20)
    ('10.5', '-.5', '2')
    """
    text = f"{number / 10:g}"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text

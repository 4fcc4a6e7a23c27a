"""The one clock: what time it is, or what time ``SOURCE_DATE_EPOCH`` says it is.

A build that is repeated with the same ``SOURCE_DATE_EPOCH`` sees the same day. Durations are measured elsewhere, with
`time.monotonic`.
"""

from __future__ import annotations

import datetime as dt
import os
import re

from briefing.errors import UsageError, quoted

#: Names the moment that a build is to take for now: https://reproducible-builds.org/specs/source-date-epoch/
EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"

_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
#: The last second of the year 9999, where the calendar ends.
_LAST = 253_402_300_799


def read_epoch(seconds: str) -> dt.datetime:
    """Read the moment (UTC) that a value of ``SOURCE_DATE_EPOCH`` means.

    Raises `UsageError` where it is anything but whole seconds since 1970.
    """
    if not _SECONDS.fullmatch(seconds) or int(seconds) > _LAST:
        what = f"is {quoted(seconds)}" if seconds else "is empty"
        rule = "it is whole seconds since 1970, in digits alone, up to the year 9999"
        raise UsageError(f"{EPOCH_VARIABLE}: {what}; {rule}. Write it as 1671408000, or unset it.")
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC)


def find_moment() -> dt.datetime | None:
    """Find the moment (UTC) that ``SOURCE_DATE_EPOCH`` says; ``None`` where it is not set.

    Raises `UsageError` where it is set and is no moment.
    """
    epoch = os.environ.get(EPOCH_VARIABLE)
    return None if epoch is None else read_epoch(epoch)


def now() -> dt.datetime:
    """Give the time (UTC): the one that ``SOURCE_DATE_EPOCH`` says, or else the system's.

    Raises `UsageError` where ``SOURCE_DATE_EPOCH`` is set and is no moment.
    """
    return find_moment() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Give the day (UTC), as `now` does."""
    return now().date()

"""Schedules: which days an edition was due on, by a cron line in the briefing's own time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from briefing.errors import UsageError

#: A schedule that names no first day begins this many days ago at most; a minute's mistake makes no thousand pages.
LONGEST = 20_000


def due_days(
    line: str, *, time_zone: str, since: dt.date | None, until: dt.datetime, where: str
) -> tuple[dt.date, ...]:
    """List the days on which an edition was due, each once, in order.

    Parameters
    ----------
    line : str
        A cron line: minute, hour, day of the month, month, day of the week.
    time_zone : str
        The time zone that it is read in, such as ``Europe/Oslo``.
    since : datetime.date or None
        The first day; left out, only the last day that was due counts.
    until : datetime.datetime
        The present.
    where : str
        The catalog's entry, as messages name it.

    Raises
    ------
    UsageError
        Where it is no cron line, or no time zone.

    Examples
    --------
    >>> until = dt.datetime(2022, 12, 19, 5, tzinfo=dt.UTC)
    >>> days = due_days("0 6 * * 1-5", time_zone="Europe/Oslo", since=dt.date(2022, 12, 16), until=until, where="x")
    >>> [str(day) for day in days]
    ['2022-12-16', '2022-12-19']
    """
    zone = _zone(time_zone, where=where)
    now = until.astimezone(zone)
    if since is None:
        last = next(_fire(line, now, backwards=True, where=where), None)
        return (last.date(),) if last else ()
    days: dict[dt.date, None] = {}
    # the line may fire at midnight of the first day itself: begin a minute before
    start = dt.datetime.combine(since, dt.time(), zone) - dt.timedelta(minutes=1)
    for fired in _fire(line, start, where=where):
        if fired > now:
            break
        if len(days) >= LONGEST:
            raise UsageError(f"{where}: schedule: more than {LONGEST:,} days are due. Begin later with since.")
        days[fired.date()] = None
    return tuple(days)


def _fire(line: str, start: dt.datetime, *, where: str, backwards: bool = False) -> Iterator[dt.datetime]:
    try:
        times = CronSim(line, start, reverse=backwards)
    except CronSimError as error:
        rule = "a schedule is a cron line, such as 0 6 * * 1-5"
        raise UsageError(f'{where}: schedule: "{line}" is none ({error}); {rule}. Correct it.') from None
    yield from times


def _zone(name: str, *, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f'{where}: time_zone: "{name}" is unknown; it is a name of the tz database. Write Europe/Oslo.'
        ) from None

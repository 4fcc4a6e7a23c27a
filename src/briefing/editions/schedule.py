"""Schedules: which days an edition was due on, by a cron line in the briefing's own time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from briefing.errors import UsageError

#: A schedule that names no first day begins this many days ago at most; a minute's mistake makes no thousand pages.
LONGEST = 20_000

#: Before and after, some time zones and the calendar of the machine have no days.
FIRST_YEAR, LAST_YEAR = 1900, 9999


def due_days(
    line: str,
    *,
    time_zone: str,
    since: dt.date | None,
    until: dt.datetime,
    where: str,
    last: dt.date | None = None,
) -> tuple[dt.date, ...]:
    """List the days on which an edition was due, each once, in order.

    The line holds minute, hour, day of the month, month, day of the week. Without `since` only the last day that was
    due counts. No day after `last`, in that time zone, is due; `until` is the present, and `where` is the catalog's
    entry, as messages name it. Raises `UsageError` where it is no cron line, or no time zone.
    """
    for day in (since, last):
        if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
            rule = f"schedules begin and end between {FIRST_YEAR} and {LAST_YEAR}"
            raise UsageError(f"{where}: schedule: {day} is out of reach; {rule}. Name another day.")
    zone = _zone(time_zone, where=where)
    now = until.astimezone(zone)
    if last is not None:
        now = min(now, dt.datetime.combine(last, dt.time.max, zone))
    if since is None:
        before = _fire(line, now.replace(tzinfo=None) + dt.timedelta(minutes=1), backwards=True, where=where)
        last_fired = next((fired for fired in before if _moment(fired, zone) <= now), None)
        return (last_fired.date(),) if last_fired else ()
    days: list[dt.date] = []
    # the line may fire at midnight of the first day itself: begin a minute before
    fired = next(_fire(line, dt.datetime.combine(since, dt.time()) - dt.timedelta(minutes=1), where=where), None)
    while fired is not None and _moment(fired, zone) <= now:
        if len(days) >= LONGEST:
            raise UsageError(f"{where}: schedule: more than {LONGEST:,} days are due. Begin later with since.")
        days.append(fired.date())
        fired = next(_fire(line, dt.datetime.combine(fired.date(), dt.time(23, 59)), where=where), None)
    return tuple(days)


def next_due_day(line: str, *, after: dt.date, where: str) -> dt.date | None:
    """Give the first day behind another on which an edition is due; ``None`` where the line names none any more.

    Raises `UsageError` where it is no cron line.

    Examples
    --------
    >>> next_due_day("0 6 * * 5", after=dt.date(2023, 6, 30), where="situation")
    datetime.date(2023, 7, 7)
    """
    if not FIRST_YEAR <= after.year < LAST_YEAR:
        return None
    fired = next(_fire(line, dt.datetime.combine(after, dt.time(23, 59)), where=where), None)
    return fired.date() if fired else None


def _fire(line: str, start: dt.datetime, *, where: str, backwards: bool = False) -> Iterator[dt.datetime]:
    """Give the times at which a line fires, as a clock on the wall shows them: no day lacks an hour."""
    try:
        times = CronSim(line, start, reverse=backwards)
    except CronSimError as error:
        rule = "a schedule is a cron line, such as 0 6 * * 1-5"
        raise UsageError(f'{where}: schedule: "{line}" is none ({error}); {rule}. Correct it.') from None
    yield from times


def _moment(shown: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Give the moment at which a clock on the wall shows a time: the first of two; where it is skipped, an hour on."""
    return shown.replace(tzinfo=zone).astimezone(dt.UTC)


def _zone(name: str, *, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f'{where}: time_zone: "{name}" is unknown; it is a name of the tz database. Write Europe/Oslo.'
        ) from None

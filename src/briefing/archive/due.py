"""What is due: the day of the next edition, by the schedule in the catalog and the newest edition, and by no clock."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from briefing.archive.records import Record
from briefing.archive.standing import Schedule
from briefing.errors import UsageError


def find_due_behind(newest: Record, schedule: Schedule) -> dt.date | None:
    """Find the first day of a schedule behind an edition; ``None`` where that has no day, or nothing more is due."""
    from briefing.editions.schedule import next_due_day  # only where something is scheduled

    with suppress(ValueError, UsageError):  # what was noted of a catalog may be older than the rules for it
        days = [dt.date.fromisoformat(newest.as_of)]
        if schedule.since:
            days.append(dt.date.fromisoformat(schedule.since) - dt.timedelta(days=1))
        return next_due_day(schedule.line, after=max(days), where=newest.briefing)
    return None

"""A time that was asked for, in words, and what to say where it holds nothing and other times do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from briefing.errors import UsageError
from briefing.values.dates import PartialDate, parse_date
from briefing.values.words import count_words


def tell_none(during: str | None, others: Iterable[PartialDate], *, as_of: dt.date | None) -> str:
    """Say that a time holds none, and when the latest outside it was; empty where there is none at any time.

    Examples
    --------
    >>> tell_none("2031-10", [parse_date("2031-03-01"), parse_date("2031-04")], as_of=None)
    'none in October 2031; the latest of two was in April 2031'
    """
    known = sorted(others, key=lambda when: when.last or when.first or dt.date.min)
    if during is None or not known:
        return ""
    which = "the only one" if len(known) == 1 else f"the latest of {count_words(len(known), '', ' ').strip()}"
    return f"none {say_window(during, as_of=as_of)}; {which} was {say_at(known[-1])}"


def say_window(during: str, *, as_of: dt.date | None) -> str:
    """Say a time that was asked for: the days up to the dossier's own by their number.

    Examples
    --------
    >>> say_window("2031-11-20/2031-12-19", as_of=dt.date(2031, 12, 19)), say_window("../2031-05", as_of=None)
    ('in the last 30 days', 'until May 2031')
    """
    when = parse_date(during)
    if when.first and when.last == as_of and as_of and when.first < as_of:
        return f"in the last {(as_of - when.first).days + 1} days"
    return say_at(when)


def say_at(when: PartialDate) -> str:
    """Say when something was, as a sentence does.

    Examples
    --------
    >>> say_at(parse_date("2031-10-01")), say_at(parse_date("2031-10")), say_at(parse_date("2031-10-01/2031-10-09"))
    ('on 1 October 2031', 'in October 2031', 'on 1–9 October 2031')
    """
    words = str(when)
    if ".." in when.text:
        return words
    return f"{'from' if ' to ' in words else 'on' if when.is_day or '/' in when.text else 'in'} {words}"


def day_since(since: str | dt.date) -> dt.date:
    """Give the day from which news is told: the day given or, of a month or an interval, its first.

    Raises `UsageError` where it has none.
    """
    first = parse_date(str(since)).first
    if first is None:
        raise UsageError(f'since: "{since}" has no first day; what changed is told from a day on. Give a day.')
    return first

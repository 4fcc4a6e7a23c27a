"""Long lists: what of them a page shows at once, and what it folds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from briefing.blocks.blocks import Entry, Exchange, Quotation
from briefing.values.dates import DateError, parse_date

#: So many a list shows at once; a fold of one or two would only cost a click.
_EXCHANGES, _QUOTATIONS, _ENTRIES, _SPARED = 4, 2, 6, 1

Item = TypeVar("Item", Exchange, Quotation, Entry)


def fold_exchanges(exchanges: Sequence[Exchange]) -> tuple[list[Exchange], list[Exchange]]:
    """Part propositions into those that a page shows and those that it folds: first what is denied, then the newest."""
    return _part(exchanges, [(not is_contested(each), *_age(each)) for each in exchanges], most=_EXCHANGES)


def fold_quotations(quotations: Sequence[Quotation]) -> tuple[list[Quotation], list[Quotation]]:
    """Part quotations of one side into the newest and the others."""
    return _part(quotations, [_old(each.date) for each in quotations], most=_QUOTATIONS)


def fold_entries(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Part the events of a timeline into the newest and the others."""
    return _part(entries, [_old(each.day) for each in entries], most=_ENTRIES)


def is_contested(exchange: Exchange) -> bool:
    """Whether a proposition is denied by one and not by another."""
    return len({quotation.stance == "denies" for quotation in exchange.quotations}) > 1


def _age(exchange: Exchange) -> tuple[int, ...]:
    return min((_old(quotation.date) for quotation in exchange.quotations), default=(0,))


def _old(date: str) -> tuple[int, ...]:
    """Give what sorts the newest first: the last day that a date can mean; a date that is none is the oldest."""
    try:
        stated = parse_date(date)
    except DateError:
        return (0,)
    day = stated.last or stated.first
    return (-day.toordinal(),) if day else (0,)


def _part(items: Sequence[Item], order: Sequence[tuple[object, ...]], *, most: int) -> tuple[list[Item], list[Item]]:
    if len(items) <= most + _SPARED:
        return list(items), []
    first = set(sorted(range(len(items)), key=lambda at: order[at])[:most])
    shown = [item for at, item in enumerate(items) if at in first]
    return shown, [item for at, item in enumerate(items) if at not in first]

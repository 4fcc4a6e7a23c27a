"""Rows that a day leaves out only because the day of their document is imprecise: they wait for its end."""

from __future__ import annotations

import datetime as dt

from briefing.dossier.as_of import moment_of
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import TABLES as DOSSIER_TABLES
from briefing.values.dates import parse_date, say_date
from briefing.values.words import count_words, name_some

#: The tables whose rows a page counts as waiting.
TABLES = ("deployments", "transfers", "losses", "quotes", "events", "evidence")


def find_waiting(dossier: Dossier) -> dict[str, list[str]]:
    """Find the rows that wait on the dossier's day, by when their documents appeared: in "2022-12", as it is written.

    Each such document could have appeared by then; none surely had.
    """
    day = dossier.as_of
    if day is None:
        return {}
    sources = dossier.everything.cut("sources", {"published": _imprecise(dossier, day)})
    published = dict(sources.rows("source_id", "published"))
    waiting: dict[str, list[str]] = {}
    for table in TABLES if published else ():
        rows = dossier.everything.cut(table, {"source_id": tuple(published)})
        for key, source, known_on in rows.rows(DOSSIER_TABLES[table].key[0], "source_id", "known_on"):
            if known_on is not None and known_on > moment_of(day):
                waiting.setdefault(published[source], []).append(key)
    return waiting


def _imprecise(dossier: Dossier, day: dt.date) -> tuple[str, ...]:
    """Give the dates of publication that may lie before a day or after it: those of its month and year, and any others.

    A page is made from the rows of these dates, so that one that comes later makes it anew.
    """
    stems = (day.isoformat()[:4], day.isoformat()[:7])
    written = {f"{stem}{mark}" for stem in stems for mark in ("", "~", "?")}
    written |= set(dossier.everything.peek_cells("sources", "published")) - {None}
    return tuple(sorted(text for text in written if _is_open(text, day)))


def _is_open(text: str, day: dt.date) -> bool:
    date = parse_date(text)
    return (date.first or dt.date.min) <= day < (date.last or dt.date.max)


def tell_waiting(dossier: Dossier) -> list[str]:
    """Count and name the rows that wait: a sentence for each date of publication, or none.

    Examples
    --------
    >>> import briefing as b
    >>> tell_waiting(b.read_example())
    []
    """
    return [
        f"We leave out {count_words(len(keys), 'row')} until the end of {say_date(published)}, "
        f"since we know no closer day of publication: {name_some(keys, most=8)}."
        for published, keys in sorted(find_waiting(dossier).items())
    ]

"""Rules over days, addresses and countries: what a document cannot have told, and what no map has."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from briefing.checks.rows import place_of
from briefing.checks.rule import Rule, remark
from briefing.dossier.cells import is_filled
from briefing.dossier.claims import gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.relays import is_implied
from briefing.errors import Problem
from briefing.values.addresses import normal_address
from briefing.values.clock import today
from briefing.values.dates import PartialDate, parse_date
from briefing.values.languages import USER_REGIONS

#: Events of these kinds may be dated after the page that gives notice of them.
_FORESEEN = frozenset({"announcement", "exercise", "visit"})


def find_told_ahead(dossier: Dossier) -> Iterator[Problem]:
    """T10: what is dated after the page in which it was read; a promise may be."""
    sources = dossier.everything["sources"]
    published = {key: parse_date(date) for key, date in _cells(sources, "source_id", "published") if is_filled(date)}
    for row, table, key, when, source in _dated_rows(dossier):
        printed = published.get(source)
        if printed is None or printed.last is None or when.mark or _surely_ends(when) <= printed.last:
            continue
        what = f"{key} is of {when}, but {source} was published on {printed}"
        cure = "Mend the date or the source, or write a status that is to come, such as announced"
        column = "period" if table in ("transfers", "losses") else "date"
        yield remark(place_of(dossier, table, row), what, cure, column=column, value=when.text, subject=key)


def _dated_rows(dossier: Dossier) -> Iterator[tuple[int, str, str, PartialDate, str]]:
    """Give what is told as having been: row, table, id, day and document."""
    for claim in gather(dossier).claims.values():
        if claim.status_class != "planned":
            yield claim.row, claim.table, claim.id, claim.when, claim.source
    for key, date, source, row in _cells(dossier.frames["quotes"], "quote_id", "date", "source_id", "row"):
        yield row, "quotes", key, parse_date(date), source
    for key, date, source, row, kind in _cells(
        dossier.frames["events"], "event_id", "date", "source_id", "row", "kind"
    ):
        if kind not in _FORESEEN:
            yield row, "events", key, parse_date(date), source


def _surely_ends(when: PartialDate) -> dt.date:
    """Give the earliest day on which it can have ended: 2031-10/2031-11 goes on into November at least."""
    end = when.text.rpartition("/")[2]
    return (when.first if end == ".." else parse_date(end).first) or dt.date.min


def _cells(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


def find_read_ahead(dossier: Dossier) -> Iterator[Problem]:
    """T11: a document published after it was read, or on a day to come.

    Where all were read after today the clock is wrong, or the dossier of an invented time: no row is to blame for that.
    """
    sources = _cells(dossier.frames["sources"], "source_id", "published", "accessed", "row")
    seen = [(key, date, dt.date.fromisoformat(read), row) for key, date, read, row in sources if not is_implied(key)]
    day = dossier.as_of or today()
    is_now = any(read <= today() for _, _, read, _ in seen)
    is_of_our_time = any(read <= day for _, _, read, _ in seen)
    for key, date, read, row in seen:
        first = parse_date(date).first if is_filled(date) else None
        place = place_of(dossier, "sources", row)
        if is_now and read > today():
            what = f"{key} was read on {parse_date(str(read))}, a day that is still to come"
            yield remark(place, what, "Mend accessed", column="accessed", value=str(read), subject=key)
            continue
        if first is None or first <= (min(read, day) if is_of_our_time else read):
            continue
        why = f"after it was read on {parse_date(str(read))}" if first > read else "a day that is still to come"
        what = f"{key} was published on {parse_date(date)}, {why}"
        yield remark(place, what, "Mend published or accessed", column="published", value=date, subject=key)


def find_withdrawn_ahead(dossier: Dossier) -> Iterator[Problem]:
    """T13: a document withdrawn before anybody published it."""
    sources = dossier.everything["sources"]
    for key, date, gone, row in _cells(sources, "source_id", "published", "retracted_on", "row"):
        first = parse_date(date).first if is_filled(date) and is_filled(gone) else None
        if first is not None and dt.date.fromisoformat(gone) < first:
            what = f"{key} was withdrawn on {parse_date(gone)}, and published on {parse_date(date)}"
            place, cure = place_of(dossier, "sources", row), "Mend retracted_on or published"
            yield remark(place, what, cure, column="retracted_on", value=gone, subject=key)


def find_undated(dossier: Dossier) -> Iterator[Problem]:
    """T12: a cited document without a day: what was read in it is never known, so it is in no edition."""
    days = {
        key: (date, row) for key, date, row in _cells(dossier.everything["sources"], "source_id", "published", "row")
    }
    cited = Counter[str]()
    whole = dossier.everything
    for table in ("deployments", "transfers", "losses", "quotes", "events"):
        frame = whole[table]
        cited.update(frame.loc[frame["known_on"].isna(), "source_id"].tolist())
    for key, times in cited.items():
        date, row = days.get(key, ("", 0))
        if row > 0 and not is_filled(date):
            what = f"{key} has no day of publication: {'a row' if times == 1 else f'{times} rows'} can never appear"
            cure = (
                "Write published as far as it is known, a month or a year, with published_basis inferred or first_seen"
            )
            yield remark(place_of(dossier, "sources", row), what, cure, column="published", subject=key)


def find_same_address(dossier: Dossier) -> Iterator[Problem]:
    """S08: one address twice, though neither row relays the other: one document counts as two.

    A page that relays several originals has a row for each of them.
    """
    roots = dossier.roots
    pages: dict[str, list[tuple[str, bool, int, Any]]] = defaultdict(list)
    relayed: dict[str, set[str]] = defaultdict(set)
    columns = ("source_id", "url", "origin_id", "row", "archived_url")
    for key, url, origin, row, copy in _cells(dossier.frames["sources"], *columns):
        if not is_implied(key):
            address = normal_address(url)
            pages[address].append((key, is_filled(origin), row, copy))
            relayed[address].add(str(origin))
    for address, rows in pages.items():
        leaves = [row for row in rows if row[0] not in relayed[address]]
        copies = [copy for *_, copy in leaves if is_filled(copy)]
        if len(leaves) < 2 or len(set(copies)) == len(leaves):
            continue  # states of one address, each with a copy of its own, are documents of their own
        first: dict[str, str] = {}
        for key, is_relay, row, _ in leaves:
            other = first.setdefault(roots.get(key, key) if is_relay else "", key)
            if other != key:
                what = f"{key} has the address of {other}, and neither relays the other"
                cure = f"Keep one row, or write origin_id {other} where it relays that"
                yield remark(place_of(dossier, "sources", row), what, cure, column="url", subject=key)


def find_own_hosts(dossier: Dossier) -> Iterator[Problem]:
    """S10: a force that is its own host, or what goes from somebody to themselves.

    A force at home is no fault where its place lies in its own country.
    """
    homes = dict(_cells(dossier.frames["actors"], "actor_id", "country"))
    countries = dict(_cells(dossier.frames["places"], "place_id", "country"))
    for claim in gather(dossier).claims.values():
        if claim.table == "losses" or claim.giver != claim.getter:
            continue
        if claim.is_stock and claim.place is not None and countries.get(claim.place) == homes.get(claim.giver):
            continue
        column, what = ("host", "force and host") if claim.is_stock else ("to", "from and to")
        cure = f"Mend {column}" + (", or name the place where a force stands at home" if claim.is_stock else "")
        place = place_of(dossier, claim.table, claim.row)
        yield remark(
            place, f"{claim.id} has {claim.giver} as {what}", cure, column=column, value=claim.getter, subject=claim.id
        )


def find_no_countries(dossier: Dossier) -> Iterator[Problem]:
    """S11: a code that no country has."""
    from babel import Locale
    from babel.core import get_global

    known, former = set(Locale("en").territories) - {"ZZ"}, get_global("territory_aliases")
    for table in ("actors", "places"):
        for key, code, row in _cells(dossier.frames[table], f"{table[:-1]}_id", "country", "row"):
            if not is_filled(code) or code in known or USER_REGIONS.fullmatch(code):
                continue
            today_is = former.get(code, [])
            cure = (
                f"Write {' or '.join(today_is)}" if today_is else "Write the two capital letters of ISO 3166-1, or EU"
            )
            what = f'{key} has the country "{code}", which is no code of a country'
            yield remark(place_of(dossier, table, row), what, cure, column="country", value=code, subject=key)


RULES: tuple[Rule[Dossier], ...] = (
    Rule("S08", "warning", "a document has one row", find_same_address),
    Rule("S10", "info", "a force is in another's country, and what moves changes hands", find_own_hosts),
    Rule("S11", "warning", "a country is a code of ISO 3166-1, or EU", find_no_countries),
    Rule("T10", "warning", "a page tells of no day after its own", find_told_ahead),
    Rule("T11", "warning", "a document is published before it is read", find_read_ahead),
    Rule("T12", "warning", "a document that is cited has a day", find_undated),
    Rule("T13", "warning", "a document is published before it is withdrawn", find_withdrawn_ahead),
)

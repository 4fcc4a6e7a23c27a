"""Rules over a dossier, whole or as of a day: what is doubtful in rows that can be read.

What stops a dossier from being read at all (dangling keys S01, circles T08, bounds F16) is told when it is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations
from typing import Any, TypeAlias

import pandas as pd

from briefing.checks.rule import Rule, remark
from briefing.dossier.claims import bounds_of, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.rules import origin_of
from briefing.dossier.tables import STATUS_CLASSES, TABLES
from briefing.errors import Problem, quoted
from briefing.values.bounds import number_words
from briefing.values.hedges import read_wording

#: After so many days a stock is old news.
STALE_AFTER = dt.timedelta(days=30)

#: A relay printed so long after its origin is no news of its own day.
LATE_AFTER = dt.timedelta(days=14)

#: A claim dated within so many days of its printing is told as current.
NEAR = dt.timedelta(days=7)

#: Two claims about one thing are told within so many days of each other.
TWINS_WITHIN = dt.timedelta(days=2)

#: A note that says such a thing says that parts and whole do not agree.
EXCEEDS = ("exceed", "too many", "more than the whole", "do not add", "does not add", "leaves no room", "conflict")

#: Kinds of actor that are or speak for a side; a monitor or an outlet of the same country is a witness.
PARTIES = ("person", "state", "ministry", "armed_force", "service", "unit")

#: Where a clause of a note ends; the comma in 10,000 ends none.
_CLAUSE = re.compile(r"[;:.,](?=\s|$)")

Row: TypeAlias = Mapping[Hashable, Any]


def place_of(dossier: Dossier, table: str) -> str:
    """Name a table's file as messages do."""
    return f"{dossier.folder.name or dossier.folder}/{TABLES[table].file}"


def _claim_rows(dossier: Dossier) -> list[dict[Hashable, Any]]:
    """Give all claims as plain rows, gathered once for all rules; nobody changes them."""
    return gather(dossier).rows


def _remark(dossier: Dossier, row: Row, what: str, cure: str, *, column: str | None = None) -> Problem:
    """Remark on a claim."""
    table, key = str(row["table"]), str(row["claim_id"])
    return remark(
        place_of(dossier, table), f"{key} {what}", cure, row=int(row["row"]), column=column, subject=key
    )  # fmt: skip


def _is(value: object) -> bool:
    """Whether a cell says anything."""
    return isinstance(value, str)


# --- sources and grades -----------------------------------------------------------------------------------------


def find_bare_ratings(dossier: Dossier) -> Iterator[Problem]:
    """S04: a reliability or credibility without the line that says why."""
    for table, column in (("sources", "reliability"), ("deployments", "credibility"), ("transfers", "credibility")):
        frame = dossier.frames[table]
        bare = frame.loc[frame[column].notna() & frame[f"{column}_basis"].isna()]
        for key, grade, row in zip(bare.iloc[:, 0], bare[column], bare["row"], strict=True):
            what, cure = f"{key} has {column} {grade} without a basis", f"Fill in {column}_basis, or empty {column}"
            yield remark(place_of(dossier, table), what, cure, row=int(row), column=column, subject=str(key))


def find_unconfirmed(dossier: Dossier) -> Iterator[Problem]:
    """S05: credibility 1, "confirmed by other independent sources", with fewer than two origins that agree."""
    rows = _claim_rows(dossier)
    roots = dossier.roots
    for row in rows:
        if row["credibility"] != "1":
            continue
        agree = {roots.get(one["source_id"]) for one in rows if _agrees(one, row)}
        if len(agree) < 2:
            cure = "Add the independent claim that confirms it, or write 2"
            yield _remark(dossier, row, "has credibility 1 with one origin", cure, column="credibility")


def _agrees(one: Row, other: Row) -> bool:
    if one["quantity_id"] != other["quantity_id"]:
        return False
    (low, high), (other_low, other_high) = bounds_of(one).extent, bounds_of(other).extent
    return low <= other_high and other_low <= high


def find_favours(dossier: Dossier) -> Iterator[Problem]:
    """S07: a party is the only origin of a claim that favours it: its denial, its withdrawal, its count of none.

    A promise can have no other origin: what a party announces is told as announced.
    """
    rows = _claim_rows(dossier)
    actors = dossier.actors
    country = dict(zip(actors["actor_id"], actors["country"], strict=True))
    parties = set(actors.loc[actors["kind"].isin(PARTIES), "actor_id"])
    roots = dossier.roots
    origins: dict[str, set[str]] = {}
    for row in rows:
        origins.setdefault(row["quantity_id"], set()).add(roots.get(row["source_id"], row["source_id"]))
    for row in rows:
        side = country.get(row["claimant_id"])
        sides = {country.get(row[party]) for party in ("giver", "getter")}
        counts_none = bounds_of(row).extent == (0, 0) and STATUS_CLASSES[row["status"]] == "real"
        favours = row["status"] in {"denied", "withdrawn"} or counts_none
        is_party = row["claimant_id"] in parties and _is(side) and side in sides
        if favours and is_party and len(origins[row["quantity_id"]]) == 1:
            cure = "Look for another origin, or say on the page whose word it is"
            yield _remark(dossier, row, f"rests on {row['claimant_id']} alone, a party that it favours", cure)


# --- time -------------------------------------------------------------------------------------------------------


def find_stale(dossier: Dossier) -> Iterator[Problem]:
    """T06: the newest count of a stock is older than 30 days on the dossier's day."""
    if dossier.as_of is None:
        return
    newest: dict[str, dict[Hashable, Any]] = {}
    for row in sorted(_claim_rows(dossier), key=lambda row: (row["when_last"], row["claim_id"])):
        if row["counting"] == "stock" and STATUS_CLASSES[row["status"]] == "real" and not pd.isna(row["when_last"]):
            newest[row["quantity_id"]] = row
    for row in newest.values():
        age = dossier.as_of - row["when_last"].date()
        if age > STALE_AFTER:
            what = f"is the newest count of {row['quantity_id']} and {age.days} days old on {dossier.as_of}"
            yield _remark(dossier, row, what, "Look for a later count, or say how old it is")


def find_late_relays(dossier: Dossier) -> Iterator[Problem]:
    """T07: a relay printed long after its origin that gives the origin's count as its own day's."""
    sources = {row["source_id"]: row for row in dossier.everything["sources"].to_dict("records")}
    roots = dossier.everything.once(origin_of, "sources")
    for row in _claim_rows(dossier):
        source = sources.get(row["source_id"])
        root = sources.get(roots.get(row["source_id"], ""))
        if source is None or root is None or source is root or row["counting"] == "increment":
            continue
        delay = source["published_first"] - root["published_last"]
        is_current = -NEAR <= source["published_first"] - row["when_last"] <= NEAR
        if delay > LATE_AFTER and is_current:
            what = f"is dated by {row['source_id']}, printed {delay.days} days after its origin {root['source_id']}"
            yield _remark(dossier, row, what, "Date the claim by its origin, or say that it relays an older count")


# --- numbers ----------------------------------------------------------------------------------------------------


def find_excess_parts(dossier: Dossier) -> Iterator[Problem]:
    """F04: parts that surely exceed their whole, and no note that says so."""
    rows = {row["claim_id"]: row for row in _claim_rows(dossier)}
    parts: dict[str, list[Row]] = {}
    for row in rows.values():
        if _is(row["part_of"]) and row["part_of"] in rows:
            parts.setdefault(row["part_of"], []).append(row)
    for whole_id, found in parts.items():
        whole = rows[whole_id]
        same = [row for row in found if row["unit"] == whole["unit"]]
        least, most = _least_sum(same), bounds_of(whole).extent[1]
        notes = " ".join(str(row["note"]) for row in (whole, *same)).lower()
        if least > most and not any(words in notes for words in EXCEEDS):
            what = f"is at most {number_words(most)}, but its parts come to {number_words(least)} (PARTS_EXCEED_WHOLE)"
            yield _remark(dossier, whole, what, "Say so in a note, or mend part_of", column="part_of")


def _least_sum(rows: list[Row]) -> float:
    """Add the least that each quantity is said to be: rivals count once."""
    least: dict[str, float] = {}
    for row in rows:
        low = max(bounds_of(row).extent[0], 0)
        least[row["quantity_id"]] = min(low, least.get(row["quantity_id"], low))
    return sum(least.values())


def find_possible_twins(dossier: Dossier) -> Iterator[Problem]:
    """F13: two claims of the same item and place, overlapping and within two days, that nothing tells apart."""
    rows = {row["claim_id"]: row for row in _claim_rows(dossier)}
    for one, other in find_twins(dossier):
        what = f"may be the same as {other}: same item and place, within two days"
        cure = "Give both one quantity_id, link them by same_as_candidate, or tell them apart in a note"
        yield _remark(dossier, rows[one], what, cure, column="same_as_candidate")


def find_twins(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Find pairs of claims that may be about one thing, by their ids."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    keys = ("table", "counting", "item", "giver", "getter", "unit")
    for row in _claim_rows(dossier):
        places = (row["place"], row["place_to"] if _is(row.get("place_to")) else None)
        if any(_is(place) for place in places) and bounds_of(row).is_known:
            kind = STATUS_CLASSES[row["status"]]
            groups.setdefault((*(row[key] for key in keys), *map(str, places), kind), []).append(row)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if _may_be_twins(one, other):
                yield one["claim_id"], other["claim_id"]


def _may_be_twins(one: Row, other: Row) -> bool:
    links = [row[column] for row in (one, other) for column in ("same_as_candidate", "part_of", "supersedes")]
    named = f"{one['note']} {other['note']}"
    is_resolved = one["quantity_id"] == other["quantity_id"] or {one["claim_id"], other["claim_id"]} & set(links)
    if is_resolved or one["claim_id"] in named or other["claim_id"] in named:
        return False
    gaps = [abs(one[side] - other[side]) for side in ("when_first", "when_last")]
    (low, high), (other_low, other_high) = bounds_of(one).extent, bounds_of(other).extent
    return all(gap <= TWINS_WITHIN for gap in gaps) and low <= other_high and other_low <= high


def _read_note(note: object) -> set[str]:
    """Give what each clause of a note says in numbers: it may say why the code differs from the words as printed."""
    clauses = _CLAUSE.split(note) if isinstance(note, str) else []
    return {str(wording.bounds) for clause in clauses if (wording := read_wording(clause)) is not None}


def find_miscoded_wordings(dossier: Dossier) -> Iterator[Problem]:
    """F17: the words, read again, say something else than the coded bounds."""
    for row in _claim_rows(dossier):
        wording = read_wording(row["wording"])
        coded = str(bounds_of(row))
        if wording is not None and str(wording.bounds) != coded and coded not in _read_note(row["note"]):
            what = f"reads {quoted(row['wording'])}, which is {wording.bounds}, but is coded {coded}"
            yield _remark(dossier, row, what, "Mend the bounds, or say in the note why they differ", column="qualifier")


RULES: tuple[Rule[Dossier], ...] = (
    Rule("F04", "error", "parts do not exceed their whole unless a note says so", find_excess_parts),
    Rule("F13", "warning", "what may be counted twice is told apart or linked", find_possible_twins),
    Rule("F17", "warning", "a claim's bounds say what its wording says", find_miscoded_wordings),
    Rule("S04", "warning", "a rating has its basis", find_bare_ratings),
    Rule("S05", "error", "credibility 1 needs two independent origins", find_unconfirmed),
    Rule("S07", "warning", "a party's word in its own favour has another origin beside it", find_favours),
    Rule("T06", "warning", "a stock is counted within 30 days of the page's day", find_stale),
    Rule("T07", "warning", "an old count is not told as a new one", find_late_relays),
)

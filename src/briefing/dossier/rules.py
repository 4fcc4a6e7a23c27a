"""What must hold inside a row and between rows, so that a dossier means something at all.

These are the rules without which nothing can be read: bounds in order, keys that exist, no circles. What is merely
doubtful (single origins, stale counts, parts that exceed their whole) is a finding, and a matter for `checks`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.dossier.assessment_rules import check_assessments
from briefing.dossier.cells import filled, is_filled
from briefing.dossier.cures import cure_key, find_called
from briefing.dossier.cut import Cut, list_cells
from briefing.dossier.groups import CITED_TABLES, CLAIM_TABLES, SPOKEN_TABLES
from briefing.dossier.tables import TABLES, name_files
from briefing.errors import Problem, cure_for, quoted
from briefing.values.bounds import ORDERS, number_words, order_problem, qualifier_problem
from briefing.values.chains import find_circles, find_ends

#: Columns that point to a row of the same kind, and must not lead back to where they began.
CHAINS = {
    "sources": ("origin_id",),
    "items": ("parent_id",),
    "claims": ("supersedes", "part_of"),
    "judgements": ("previous_id",),
    "scenarios": ("part_of",),
}

#: The columns that are judged together: a row with one of them unread is not judged.
NUMBER_COLUMNS = frozenset({"low", "best", "high", "qualifier"})

#: Up to so many rows are walked one by one: to have pandas look takes longer.
WALKED = 1_000

#: For how many unknown keys of a column the nearest known key is looked for.
MOST_SEARCHES = 20

Frames = Mapping[str, pd.DataFrame]


def check_rows(
    frames: Frames, *, files: Mapping[str, str], told: Collection[Problem], broken: Collection[str]
) -> list[Problem]:
    """List what breaks a rule inside a row or between rows.

    `told` is what is known to be wrong with the files and their cells, and `broken` the tables of which a row could not
    be read. What follows from them is not told again: a number that cannot be read is not also missing, and a table
    that lost rows or keys is not searched for keys.
    """
    problems: list[Problem] = []
    known = _known_ids(frames, lost=_lost(told, files) | set(broken))
    for name, frame in frames.items():
        if not len(frame):
            continue  # most tables of most dossiers
        bad = {problem.row for problem in told if problem.file == files[name] and problem.column in NUMBER_COLUMNS}
        if name in CLAIM_TABLES and 1 not in bad:
            problems += _bounds_problems(frame.loc[~frame["row"].isin(bad)], files[name])
        problems += _dangling(name, frames, files[name], known)
    problems += _double_ids(frames, files)
    problems += _circles(frames, files)
    problems += _foreign_supersession(frames, files)
    problems += _relay_problems(frames["sources"], files["sources"], known)
    problems += check_assessments(frames, files=files)
    return problems


def _lost(told: Collection[Problem], files: Mapping[str, str]) -> set[str]:
    """Give the tables whose keys are not all known, because one of them could not be read."""
    places = {(problem.file, problem.column) for problem in told}
    return {name for name, file in files.items() if places & {(file, key) for key in TABLES[name].key}}


# --- inside a row -----------------------------------------------------------------------------------------------


def _bounds_problems(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    columns = ["row", "qualifier", "low", "best", "high"]
    doubtful = frame.loc[_may_be_wrong(frame), columns]
    for row, qualifier, *numbers in zip(*(doubtful[column].tolist() for column in columns), strict=True):
        low, best, high = (filled(number) for number in numbers)
        if disorder := order_problem(low, best, high):
            (side, what), rule = disorder, "bounds run low <= best <= high"
            yield Problem(file, row, side, None, what, rule, "Swap them or leave one empty", id="F16")
            continue
        if not is_filled(qualifier):
            continue
        if wrong := qualifier_problem(qualifier, low, best, high):
            rule, cure = "a qualifier and its bounds agree", _mend(qualifier)
            yield Problem(file, row, "qualifier", qualifier, wrong, rule, cure, id="F16")


def _may_be_wrong(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Say of each row whether its bounds are out of order, or of a shape in which a qualifier may disagree with them.

    The shape says which sides are there, whether they are one number, and whether the least is an order: one row of
    each shape is asked for all of them.
    """
    low, best, high = (frame[side].to_numpy() for side in ("low", "best", "high"))
    is_wrong: npt.NDArray[np.bool_] = (low > best) | (best > high) | (low > high)  # what is empty is no larger
    at, qualifiers = pd.factorize(frame["qualifier"])
    parts = (
        *(np.isnan(side) for side in (low, best, high)),
        (low == best) & (best == high),
        np.isin(low, list(ORDERS)),
    )
    shapes = sum((part.astype(int) << place for place, part in enumerate(parts)), at << len(parts))
    for shape, first in zip(*np.unique(shapes, return_index=True), strict=True):
        sides = (filled(side) for side in (low[first], best[first], high[first]))
        if at[first] >= 0 and qualifier_problem(qualifiers[at[first]], *sides):
            is_wrong |= shapes == shape
    return is_wrong


def _mend(qualifier: str) -> str:
    if qualifier == "order":
        return f"Write one of {', '.join(number_words(low) for low in ORDERS)} as low"
    if qualifier == "exact":
        return "Repeat the number in low, best and high, or change the qualifier"
    return "Move the number to the side that the qualifier names, or change the qualifier"


# --- between rows -----------------------------------------------------------------------------------------------


def _double_ids(frames: Frames, files: Mapping[str, str]) -> Iterator[Problem]:
    """Find ids that stand twice; rows that a page cites or shows share one space of ids, whatever their table."""
    for names in (CITED_TABLES, *((name,) for name in frames if name not in CITED_TABLES)):
        group = [name for name in names if len(frames[name])]
        if sum(len(frames[name]) for name in group) < 2:
            continue
        keys = {name: TABLES[name].key for name in group}
        if sum(len(frames[name]) for name in group) > WALKED and not _has_doubles(frames, keys):
            continue  # nearly always; a hundred thousand ids are not walked one by one to learn it
        first: dict[tuple[str, ...], str] = {}
        for name in group:
            for values, row in _keys(frames[name], keys[name]):
                before = first.setdefault(values, place := f"{files[name]}:{row}")
                if before != place:
                    value = " ".join(values)
                    what = f"{' and '.join(keys[name])} {quoted(value)} is already the id of {before}"
                    cure = "Give it an id of its own"
                    yield Problem(files[name], row, keys[name][0], value, what, "an id names one row", cure, id="S01")


def _has_doubles(frames: Frames, keys: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a key stands twice in some tables."""
    cells = [
        frames[name][list(columns)].set_axis(range(len(columns)), axis="columns") for name, columns in keys.items()
    ]
    return bool(pd.concat(cells).dropna().duplicated().any())


def _keys(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[tuple[str, ...], int]]:
    """Give each row's key, which may be of several columns, and its number; a row without its whole key is left out."""
    keys = zip(*(frame[column].tolist() for column in columns), strict=True)
    rows = zip(keys, frame["row"].tolist(), strict=True)
    return [(key, row) for key, row in rows if all(map(is_filled, key))]


def _ids(frame: pd.DataFrame, key: str) -> list[tuple[str, int]]:
    cells = zip(frame[key].tolist(), frame["row"].tolist(), strict=True)
    return [(cell, row) for cell, row in cells if is_filled(cell)]


def _known_ids(frames: Frames, *, lost: Collection[str]) -> dict[str, set[str]]:
    """Give the keys of each table that can be searched: one that is lost cannot."""
    ids = {
        name: set(_distinct(frame[TABLES[name].key[0]])) for name, frame in frames.items() if len(TABLES[name].key) == 1
    }
    for target, tables in (("claims", CLAIM_TABLES), ("spoken", SPOKEN_TABLES)):
        if not set(lost) & set(tables):
            ids[target] = set().union(*(ids.get(name, ()) for name in tables))
    return {name: keys for name, keys in ids.items() if name not in lost}


def _distinct(cells: pd.Series) -> list[Any]:
    return cells.dropna().unique().tolist() if len(cells) else []


def _dangling(name: str, frames: Frames, file: str, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    frame, lists = frames[name], TABLES[name].lists()
    for column, target in TABLES[name].references().items():
        if target not in known:
            continue
        distinct = _distinct(frame[column])
        values = [value for cell in distinct for value in cell.split("|")] if column in lists else distinct
        unknown = [value for value in values if value not in known[target]]
        if not unknown:
            continue
        called = find_called(frames[target], target) if target in frames else {}
        cures = _cures(unknown, known[target], called, is_list=column in lists)
        cells = [(value, row) for cell, row in _ids(frame, column) for value in cell.split("|")]
        for value, row in cells:
            if value in cures:
                what = f"{column} {quoted(value)} is in no row of {name_files(target)}"
                yield Problem(file, row, column, value, what, "a key leads to a row", cures[value], id="S01")


def _cures(unknown: Iterable[str], known: set[str], called: Mapping[str, str], *, is_list: bool) -> dict[str, str]:
    """Say what to do about each unknown key."""
    names = sorted(known)  # so that of two equally near the same one is named on every day
    # A search of a large table is slow, and after so many the fault is not in the spelling.
    near = {value: names if at < MOST_SEARCHES else [] for at, value in enumerate(unknown)}
    return {value: cure_key(value, known, called, is_list=is_list, near=found) for value, found in near.items()}


def _circles(frames: Frames, files: Mapping[str, str]) -> Iterator[Problem]:
    for group, columns in CHAINS.items():
        names = CLAIM_TABLES if group == "claims" else (group,)
        for column in columns:
            steps: dict[str, str] = {}
            place: dict[str, tuple[str, int]] = {}
            for name in _filled_tables(frames, names):
                key = TABLES[name].key[0]
                leads = frames[name][column].notna() & frames[name][key].notna()
                if not leads.any():
                    continue
                frame = frames[name].loc[leads, [key, column, "row"]]
                for value, to, row in zip(*(frame[cells].tolist() for cells in (key, column, "row")), strict=True):
                    steps[value], place[value] = to, (files[name], row)
            for circle in find_circles(steps):
                file, row = place[circle[0]]
                what = f"{column} runs in a circle: {_route(circle)}"
                cure = f"Empty {column} in one of these rows"
                yield Problem(file, row, column, circle[0], what, f"{column} leads to an end", cure, id="T08")


def _filled_tables(frames: Frames, names: Iterable[str]) -> Iterator[str]:
    """Give those of some tables that have rows: most tables of most dossiers have none."""
    return (name for name in names if len(frames[name]))


def _route(circle: list[str]) -> str:
    shown = circle if len(circle) <= 8 else [*circle[:7], "..."]
    return " -> ".join([*shown, circle[0]])


def _foreign_supersession(frames: Frames, files: Mapping[str, str]) -> Iterator[Problem]:
    """Find rows that supersede another's count: different claimants and origins contradict, they do not supersede."""
    by_id = _said_by(frames)
    if not by_id:
        return
    origins = origin_of(frames["sources"])
    for name in _filled_tables(frames, CLAIM_TABLES):
        later = frames[name].loc[frames[name]["supersedes"].notna()]
        for row, claim_id, earlier_id in zip(later["row"], later["claim_id"], later["supersedes"], strict=True):
            if earlier_id not in by_id or claim_id not in by_id:
                continue
            (claimant, source), (earlier_claimant, earlier_source) = by_id[claim_id], by_id[earlier_id]
            if not all(is_filled(cell) for cell in (claimant, source, earlier_claimant, earlier_source)):
                continue  # a problem already
            if claimant != earlier_claimant and origins.get(source) != origins.get(earlier_source):
                what = f"it supersedes {earlier_id}, which is {earlier_claimant}'s and of another origin"
                rule = "only the same claimant or origin can supersede; others contradict"
                cure = "Empty supersedes and give both rows one quantity_id"
                yield Problem(files[name], int(row), "supersedes", earlier_id, what, rule, cure, id="F16")


def _said_by(frames: Frames) -> dict[str, tuple[Any, Any]]:
    """Give the claimant and source of the claims that supersede another or are superseded, by id."""
    ends: set[Any] = set()
    for name in _filled_tables(frames, CLAIM_TABLES):
        later = frames[name].loc[frames[name]["supersedes"].notna()]
        ends |= {*later["claim_id"].tolist(), *later["supersedes"].tolist()}
    said: dict[str, tuple[Any, Any]] = {}
    for name in CLAIM_TABLES if ends else ():
        cells = (frames[name][column].tolist() for column in ("claim_id", "claimant_id", "source_id"))
        said |= {claim: (claimant, source) for claim, claimant, source in zip(*cells, strict=True) if claim in ends}
    return said


def _relay_problems(sources: pd.DataFrame, file: str, known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Find originals that no actor made, or that stand beside a document with a row."""
    named = sources.loc[sources["relays"].notna(), ["row", "relays", "origin_id"]]
    for row, relays, origin in named.itertuples(index=False):
        actor = relays.partition("@")[0]
        if "actors" in known and actor not in known["actors"]:
            cure = cure_for(actor, sorted(known["actors"]), otherwise="Add the row")
            what = f"relays {quoted(relays)} names an actor that is in no row of actors.csv"
            yield Problem(file, row, "relays", relays, what, "a key leads to a row", cure, id="S01")
        if is_filled(origin):
            what, rule = f"it relays {quoted(origin)} and {quoted(relays)}", "a document relays one other"
            yield Problem(
                file, row, "relays", relays, what, rule, "Empty relays where the original has a row", id="S01"
            )


def origin_of(sources: pd.DataFrame | Cut) -> dict[str, str]:
    """Give each document's root: the document at the end of its chain of `origin_id` and `relays`, or itself.

    An original without a row, which only `relays` names, is an original.
    """
    if isinstance(sources, Cut):
        keys, origins, relays = (sources[column] for column in ("source_id", "origin_id", "relays"))
    else:
        missing = pd.Series(None, index=sources.index, dtype="str")
        columns = (sources.get(column, missing) for column in ("source_id", "origin_id", "relays"))
        keys, origins, relays = map(list_cells, columns)
    relayed = [(key, origin or relay) for key, origin, relay in zip(keys, origins, relays, strict=True) if key]
    ends = find_ends({key: origin for key, origin in relayed if origin})
    return {key: ends.get(key, key) for key, _ in relayed}

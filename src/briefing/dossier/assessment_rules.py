"""What must hold inside an assessment, so that its days can be trusted: nothing is decided before it was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from briefing.dossier.assessments import DECIDED
from briefing.dossier.cells import is_filled
from briefing.dossier.tables import TABLES, DossierTable
from briefing.errors import Problem, cure_for, quoted

#: For how many unknown ids the nearest known one is looked for.
MOST_SEARCHES = 20


def check_assessments(frames: Mapping[str, pd.DataFrame], *, files: Mapping[str, str]) -> Iterator[Problem]:
    """Find judgements whose days contradict each other, and looks at indicators that name nothing."""
    for row in _records(frames["judgements"]):
        for column, what, rule, cure in (*_horizon_problems(row), *_outcome_problems(row)):
            yield Problem(files["judgements"], row["row"], column, None, what, rule, cure, id="J01")
    yield from _editions_problems(frames["judgements"], files["judgements"])
    for row in _records(frames["indicator_log"]):
        if not is_filled(row["source_id"]) and not is_filled(row["note"]):
            what, rule = "it has neither source_id nor note", "a look at an indicator says where, or why nobody could"
            yield Problem(files["indicator_log"], row["row"], "note", None, what, rule, "Fill in one of them", id="I02")
    yield from _correction_problems(frames, files["corrections"])


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records") if len(frame) else []


Told = tuple[str, str, str, str]


def _horizon_problems(row: Mapping[Any, Any]) -> Iterator[Told]:
    if row["horizon_last"] < row["made_on_last"]:
        what = f"horizon {row['horizon']} ends before made_on {row['made_on']}"
        yield "horizon", what, "a judgement looks ahead", "Give a later horizon"
    elif is_filled(row["horizon"]) and not is_filled(row["horizon_last"]):
        yield "horizon", f"horizon {row['horizon']} has no end", "a judgement can be decided", "Give a last day"


def _outcome_problems(row: Mapping[Any, Any]) -> Iterator[Told]:
    is_decided = row["outcome"] in DECIDED
    if is_decided != is_filled(row["resolved_on"]):
        what = "resolved_on is empty" if is_decided else "resolved_on is filled in"
        rule = "a judgement is decided on a day, or it is open"
        told = f"outcome is {row['outcome'] if is_decided else 'open'} but {what}"
        yield "resolved_on", told, rule, "Mend one of them"
    elif row["resolved_on_last"] < row["made_on_last"]:
        what = f"resolved_on {row['resolved_on']} is before made_on {row['made_on']}"
        yield "resolved_on", what, "nothing is decided before it was judged", "Mend one of them"


def _editions_problems(judgements: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Find editions that replace a later one: an early page would then point to what was not yet judged."""
    if judgements["previous_id"].isna().all():
        return
    made = dict(zip(judgements["judgement_id"], judgements["made_on_last"], strict=True))
    for row in judgements.dropna(subset=["previous_id"]).to_dict("records"):
        if made.get(row["previous_id"], row["made_on_last"]) > row["made_on_last"]:
            what, rule = f"previous_id {row['previous_id']} was made later", "an edition replaces an earlier one"
            cure = "Swap the two, or empty previous_id"
            yield Problem(file, row["row"], "previous_id", row["previous_id"], what, rule, cure, id="J01")


def _correction_problems(frames: Mapping[str, pd.DataFrame], file: str) -> Iterator[Problem]:
    """Find corrections of tables, rows or columns that are not there: a page could not say what was mended."""
    keys: dict[str, set[str]] = {}
    searches = 0
    for row in _records(frames["corrections"].dropna(subset=["table", "row_id", "field"])):
        table = TABLES.get(row["table"])
        if table is None:
            column, known, rule = "table", list(TABLES), "a correction names a table"
        elif row["field"] not in table.columns:
            column, known, rule = "field", list(table.columns), "a correction names a column"
        elif row["row_id"] not in (ids := _ids(frames, table, keys)):
            # a search among many ids is slow, and after so many the fault is not in the spelling
            column, known, rule = "row_id", sorted(ids) if searches < MOST_SEARCHES else [], "a key leads to a row"
            searches += 1
        else:
            continue
        what = f"{column} {quoted(row[column])} is not there"
        cure = cure_for(row[column], known, otherwise="Name what was mended")
        yield Problem(file, row["row"], column, row[column], what, rule, cure, id="S01")


def _ids(frames: Mapping[str, pd.DataFrame], table: DossierTable, known: dict[str, set[str]]) -> set[str]:
    """Give the ids of a table, which are gathered once."""
    if table.name not in known:
        known[table.name] = set(frames[table.name][table.key[0]].dropna())
    return known[table.name]

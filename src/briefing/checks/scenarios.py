"""Rules over scenarios and the sides of an argument, in rows."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from briefing.checks.records import list_records
from briefing.checks.rows import place_of
from briefing.checks.rule import Rule, remark
from briefing.dossier.cells import is_filled, keys_in
from briefing.dossier.dossier import Dossier
from briefing.errors import Problem, quoted


def find_two_sided(dossier: Dossier) -> Iterator[Problem]:
    """J09: an item of evidence that points both to a thing and away from it."""
    for table in ("judgements", "scenarios"):
        for row in list_records(dossier.frames, table):
            key = str(row[f"{table.removesuffix('s')}_id"])
            away = keys_in(row["contradicted_by"])
            if both := [item for item in keys_in(row["supported_by"]) if item in away]:
                what = f"{key} names {' and '.join(both)} on both sides"
                place = place_of(dossier, table, int(row["row"]))
                yield remark(place, what, "Leave each on one side", column="contradicted_by", subject=key)


def find_strange_questions(dossier: Dossier) -> Iterator[Problem]:
    """J10: a scenario on a question that no judgement and no hypothesis has."""
    asked = set(pd.concat([dossier.frames[name]["question"] for name in ("judgements", "hypotheses")]).dropna())
    for row in list_records(dossier.frames, "scenarios"):
        if row["question"] not in asked:
            what = f"{row['scenario_id']} answers a question that no judgement and no hypothesis has"
            cure = "Write it as they do, or judge it"
            place = place_of(dossier, "scenarios", int(row["row"]))
            yield remark(place, what, cure, column="question", subject=str(row["scenario_id"]))


def find_arrows_without_ends(dossier: Dossier) -> Iterator[Problem]:
    """J11: a scenario whose arrow cannot be drawn: an end is missing, or has no coordinates."""
    places = dossier.everything["places"]
    known = set(places.loc[places["lat"].notna() & places["lon"].notna(), "place_id"])
    for row in list_records(dossier.frames, "scenarios"):
        ends = {column: row[column] for column in ("from_place_id", "to_place_id") if is_filled(row[column])}
        lacking = [f"{column} {quoted(end)} has no coordinates" for column, end in ends.items() if end not in known]
        if len(ends) == 1:
            lacking.append("its arrow has one end")
        if lacking:
            place = place_of(dossier, "scenarios", int(row["row"]))
            what, cure = f"{row['scenario_id']}: {'; '.join(lacking)}", "Name two places that have them, or none"
            yield remark(place, what, cure, column="to_place_id", subject=str(row["scenario_id"]))


ROW_RULES: tuple[Rule[Dossier], ...] = (
    Rule("J09", "error", "an item points to a thing or away from it", find_two_sided),
    Rule("J10", "warning", "a scenario answers a question that is judged or posed", find_strange_questions),
    Rule("J11", "warning", "an arrow has two ends on the map", find_arrows_without_ends),
)

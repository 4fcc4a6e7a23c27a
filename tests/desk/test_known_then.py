"""What was published later leaves no trace: every verb, on any day, against a dossier that was never told it."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import briefing as b
from briefing.dossier.as_of import SEALED
from briefing.dossier.dossier import Dossier
from briefing.dossier.example import FOLDER, read_example
from briefing.dossier.tables import TABLES

#: Where a judgement names evidence.
BEHIND = ("supported_by", "contradicted_by")

QUESTION = "Will Corvia close the strait?"
WAY = {"item": "lorry", "counting": "increment"}

#: One use of each verb that makes something of a dossier.
USES: dict[str, Callable[[Dossier], object]] = {
    "affected_by": lambda d: b.affected_by(d, "union-2031-10-11"),
    "affected_table": lambda d: b.affected_table(b.affected_by(d, "union-2031-10-11"), caption="What rests on it"),
    "audit_dates": lambda d: b.audit_dates(d, caption="Dates"),
    "audit_grades": lambda d: b.audit_grades(d, caption="Grades"),
    "audit_languages": lambda d: b.audit_languages(d, caption="Languages"),
    "audit_origins": lambda d: b.audit_origins(d, caption="Origins"),
    "audit_parts": lambda d: b.audit_parts(d, caption="Parts"),
    "audit_sensitivity": lambda d: b.audit_sensitivity(d, caption="If"),
    "audit_single": lambda d: b.audit_single(d, caption="Single"),
    "before_and_after": lambda d: b.before_and_after(d, "ev-0001", caption="Before and after"),
    "bottom_line": lambda d: b.bottom_line(d),
    "changes": lambda d: b.changes(d, since="2031-06-01"),
    "contested": lambda d: b.contested(b.choose_claims(d, quantity="lorries-sent")).figure,
    "dated_series": lambda d: b.dated_series(b.choose_claims(d, quantity="guards-there"), title="Guards"),
    "denials": lambda d: b.denials(d, caption="Denied"),
    "dot_range": lambda d: b.dot_range(b.choose_claims(d, quantity="lorries-sent"), title="Lorries"),
    "gaps": lambda d: b.gaps(b.choose_claims(d), caption="Gaps"),
    "hypothesis_matrix": lambda d: b.hypothesis_matrix(d, question=QUESTION),
    "indicator_board": lambda d: b.indicator_board(d),
    "key_judgements": lambda d: b.key_judgements(d),
    "overview": lambda d: b.overview(b.choose_claims(d), caption="All"),
    "place_map": lambda d: b.place_map(b.choose_claims(d, unit="persons"), title="Where"),
    "profile": lambda d: b.profile(d, "minister"),
    "quotations": lambda d: b.quotations(b.choose_quotes(d), caption="Said"),
    "revisions": lambda d: [(step.day, step.figure) for step in b.revisions(d, **WAY).steps],
    "say_audit": lambda d: b.say_audit(d),
    "scenarios": lambda d: b.scenarios(d),
    "scopes": lambda d: b.other_scopes(b.choose_claims(d, quantity="hay-to-september"), caption="Hay"),
    "scores": lambda d: [b.scores(d), b.say_scores(d), b.calibration(d)],
    "sensitivity": lambda d: b.sensitivity(b.choose_claims(d, quantity="guards-there"), caption="If"),
    "sources": lambda d: b.sources(d),
    "stances": lambda d: b.stances(b.choose_quotes(d), caption="Stances"),
    "table": lambda d: b.claims_table(b.choose_claims(d), caption="Claims"),
    "timeline": lambda d: b.timeline(d, caption="Events"),
    "total": lambda d: b.total(b.choose_claims(d, **WAY)),
}


def told(made: object) -> Iterator[object]:
    """Give all that a verb's answer says; a figure's dossier and a block's object are not what it says."""
    if isinstance(made, list | tuple):
        for one in made:
            yield from told(one)
    elif hasattr(made, "model_dump_json"):
        yield made.model_dump_json()
    else:
        yield repr(made), getattr(made, "bounds", None)


def forget(day: dt.date, folder: Path) -> Dossier:
    """Write the example without the rows, outcomes and evidence of later days, and read it."""
    everything = read_example().everything
    tables = (everything[name] for name in ("evidence", "quotes", "events", "hypotheses", "judgements"))
    later = {key for frame in tables for key in frame.loc[frame["known_on"].dt.date > day].iloc[:, 0]}
    for name, frame in everything.items():
        path = FOLDER / TABLES[name].file
        if path.is_file():
            rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
            known = frame.loc[frame["known_on"].dt.date <= day, "row"] if "known_on" in frame else frame["row"]
            kept = [blank(rows[number - 2], day, later) for number in known]
            with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, TABLES[name].columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(kept)
    return b.read_dossier(folder, as_of=day)


def blank(row: dict[str, str], day: dt.date, later: set[str]) -> dict[str, str]:
    """Empty what an assessment says of a later day: what became of it, and rows that were not yet there."""
    if "scenario_id" in row:
        keyed = ("judgement_ids", "raised_by")
        return row | {name: "|".join(key for key in row[name].split("|") if key not in later) for name in keyed}
    if "judgement_id" not in row or "made_on" not in row:
        return row
    decided_later = row["resolved_on"] > day.isoformat()
    told = {name: "" for name in ("outcome", *SEALED) if name in row and decided_later}
    behind = {name: "|".join(key for key in row[name].split("|") if key not in later) for name in BEHIND}
    return row | told | behind


@pytest.mark.parametrize("day", ["2031-10-22", "2031-11-17", "2031-12-02"])
def test_what_was_published_later_changes_nothing_that_any_verb_says(day: str, tmp_path: Path) -> None:
    on = dt.date.fromisoformat(day)
    then, now = forget(on, tmp_path), read_example(as_of=on)
    assert sum(map(len, then.everything.values())) < sum(map(len, now.everything.values()))
    assert [name for name, use in USES.items() if list(told(use(then))) != list(told(use(now)))] == []

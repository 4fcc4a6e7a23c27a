"""What was published later leaves no trace: every verb, on any day, against a dossier that was never told it."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from uses import USES

import briefing as b
from briefing.dossier.as_of import SEALED
from briefing.dossier.dossier import Dossier
from briefing.dossier.example import FOLDER, read_example
from briefing.dossier.tables import TABLES

#: Where a judgement names evidence.
BEHIND = ("supported_by", "contradicted_by")


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

"""A second pair of eyes: who looked at a row, what an edit does to that, and what pages say of it."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from dossiers import LATER, event, stock, write_rows

from briefing.blocks.walk import plain
from briefing.checks import check_folder
from briefing.desk.audit import say_audit
from briefing.dossier.dossier import read_dossier
from briefing.dossier.reviews import count_reviewed
from briefing.errors import UsageError
from briefing.intake.edits import open_edits, write_edits
from briefing.intake.reviewing import list_rows, plan_review

ON = dt.date(2031, 11, 12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    write_rows(folder, deployments=[stock("c-1", 1), stock("c-2", 2)], events=[event("ev-1")])
    (folder / "reviews.csv").unlink()
    return folder


def review(folder: Path, row: str = "c-1", by: str = "Bo", on: dt.date = ON) -> None:
    write_edits(plan_review(folder, row, reviewer=by, today=on))


def edit(folder: Path, row: str = "c-1") -> None:
    write_edits(open_edits(folder).put("deployments", {"claim_id": row, "note": "mended"}))


def void(folder: Path) -> list[str]:
    return [str(problem) for problem in check_folder(folder).problems if problem.id == "S16"]


def audit(folder: Path, day: str = LATER) -> str:
    return plain(say_audit(read_dossier(folder, as_of=day)).text)


def test_a_review_is_a_row_with_the_digest_of_what_was_seen(folder: Path) -> None:
    review(folder)
    row, reviewer, on, digest, note = (folder / "reviews.csv").read_text().splitlines()[1].split(",")
    assert (row, reviewer, on, note) == ("c-1", "Bo", "2031-11-12", "") and len(digest) == 16
    assert void(folder) == []


def test_an_edit_voids_a_review_and_another_look_makes_up_for_it(folder: Path) -> None:
    review(folder)
    edit(folder)
    assert void(folder) == [
        "data/reviews.csv:2: c-1 was edited after its review of 12 November 2031; "
        "a review counts for the row as it was looked at. Look at the row again: briefing review c-1."
    ]
    review(folder, by="Cy")
    assert void(folder) == []


def test_a_file_that_is_only_written_otherwise_voids_nothing(folder: Path) -> None:
    review(folder)
    table = folder / "deployments.csv"
    table.write_text(table.read_text().replace("1,1,1,exact", '"1.0",1.0,1.0,exact'))
    assert void(folder) == []


def test_an_edit_of_another_row_voids_nothing(folder: Path) -> None:
    review(folder)
    edit(folder, "c-2")
    assert void(folder) == []


def test_a_review_of_no_row_is_told(folder: Path) -> None:
    review(folder)
    table = folder / "reviews.csv"
    table.write_text(table.read_text().replace("c-1", "c-9"))
    assert void(folder)[0].startswith("data/reviews.csv:2: c-9 is reviewed and in no table that a page cites")


def test_an_edition_knows_no_review_of_a_later_day(folder: Path) -> None:
    review(folder)
    assert count_reviewed(read_dossier(folder, as_of="2031-11-11"), {"c-1", "c-2"}) is None
    assert count_reviewed(read_dossier(folder, as_of="2031-11-12"), {"c-1", "c-2"}) == 1
    assert "pair of eyes" not in audit(folder, "2031-11-11")


def test_the_audit_says_how_many_claims_were_looked_at_again_and_nothing_without_reviews(folder: Path) -> None:
    assert "pair of eyes" not in audit(folder)
    review(folder)
    assert audit(folder).endswith("Of two claims, one has had a second pair of eyes.")
    edit(folder)
    assert audit(folder).endswith("Of two claims, none has had a second pair of eyes.")


def test_rows_without_a_review_are_listed_by_table(folder: Path) -> None:
    review(folder)
    review(folder, "c-2")
    edit(folder)
    rows = list_rows(folder)
    assert [each.row for each in rows.void] == ["c-1"] and rows.seen == ("c-2",)
    assert rows.unseen == {"sources": ("s-1",), "deployments": ("c-1",), "events": ("ev-1",)}
    assert list(rows.tell())[-1] == "1 of 4 rows had a second pair of eyes"


def test_a_row_that_is_not_there_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(UsageError, match=r'c1: is in no table of such rows; .* Did you mean "c-1"\?'):
        review(folder, "c1")


def test_a_review_is_somebodys(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(UsageError, match="--reviewer: is missing"):
        review(folder, by="")


def test_the_command_writes_a_review_and_lists_what_is_left(run: Callable[..., Result], folder: Path) -> None:
    told = run("review", "c-1", "--reviewer", "Bo", "--note", "the page again")
    assert told.exit_code == 0 and told.stdout.startswith("+ reviews.csv c-1 Bo\n"), told.output
    assert json.loads(run("review", "--list", "--json").stdout)["seen"] == ["c-1"]
    assert run("review").exit_code == 2

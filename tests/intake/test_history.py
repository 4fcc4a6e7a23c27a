"""Who changed which cell when, from a real repository of git."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from dossiers import stock, write_rows

from briefing.cli.main import main
from briefing.errors import UsageError
from briefing.intake.history import read_history

Commit = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    data = tmp_path / "desk" / "data"
    data.mkdir(parents=True)
    return data


@pytest.fixture
def commit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Commit:
    def run(message: str, by: str = "Ada", on: str = "2031-11-12", **tables: list[dict[str, object]]) -> None:
        write_rows(folder, **tables)
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{role}_NAME", by)
            monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@desk.example")
            monkeypatch.setenv(f"GIT_{role}_DATE", f"{on}T12:00:00+0000")
        for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", message]):
            subprocess.run(["git", *words], cwd=folder.parent, check=True, capture_output=True)

    return run


def told(folder: Path, row: str) -> list[str]:
    return [str(version).partition(" (commit")[0] for version in read_history(folder, row)[0].versions]


def test_who_changed_which_cell_when_is_told_in_words(folder: Path, commit: Commit) -> None:
    commit("First rows", deployments=[stock("c-1", 12_000), stock("c-2", 5)])
    commit("Another row", by="Bo", on="2031-11-13", deployments=[stock("c-1", 12_000), stock("c-2", 6)])
    commit("A slip", on="2031-11-14", deployments=[stock("c-1", 13_000, note="read again"), stock("c-2", 6)])
    assert told(folder, "c-1") == [
        "12 November 2031, Ada: row written",
        "14 November 2031, Ada: low 12,000 → 13,000; best 12,000 → 13,000; high 12,000 → 13,000; "
        "note (empty) → read again",
    ]
    assert told(folder, "c-2")[1:] == ["13 November 2031, Bo: low 5 → 6; best 5 → 6; high 5 → 6"]


def test_the_commit_and_its_message_stand_behind(folder: Path, commit: Commit) -> None:
    commit("First rows", deployments=[stock("c-1", 1)])
    (version,) = read_history(folder, "c-1")[0].versions
    assert version.version is not None
    assert str(version).endswith(f"(commit {version.version.short}: First rows)")


def test_what_is_not_committed_yet_is_told(folder: Path, commit: Commit) -> None:
    commit("First rows", deployments=[stock("c-1", 1)])
    write_rows(folder, deployments=[stock("c-1", 2)])
    assert told(folder, "c-1")[1] == "not committed yet: low 1 → 2; best 1 → 2; high 1 → 2"


def test_a_row_that_is_gone_still_has_a_history(folder: Path, commit: Commit) -> None:
    commit("First rows", deployments=[stock("c-1", 1), stock("c-2", 1)])
    commit("One is no claim", on="2031-11-13", deployments=[stock("c-2", 1)])
    assert told(folder, "c-1")[1] == "13 November 2031, Ada: row taken out"


def test_a_row_of_two_tables_has_two_histories(folder: Path, commit: Commit) -> None:
    place = {"place_id": "freedonia", "name": "Freedonia", "country": "NO", "precision": "4"}
    commit("First rows", places=[place])
    assert [history.table for history in read_history(folder, "freedonia")] == ["actors", "places"]
    assert [history.table for history in read_history(folder, "freedonia", table="places")] == ["places"]


def test_a_row_that_nobody_had_is_told_with_the_nearest(folder: Path, commit: Commit) -> None:
    commit("First rows")
    with pytest.raises(UsageError, match=r'fredonia: no table has such a row, or had one; .* mean "freedonia"'):
        read_history(folder, "fredonia")


def test_outside_a_repository_it_says_so(folder: Path) -> None:
    write_rows(folder)
    with pytest.raises(UsageError, match=r"lies in no repository of git; .* Run git init there"):
        read_history(folder, "freedonia")


def test_a_table_that_was_never_committed_is_told(folder: Path, commit: Commit) -> None:
    commit("First rows")
    subprocess.run(["git", "rm", "-q", "--cached", "data/actors.csv"], cwd=folder.parent, check=True)
    subprocess.run(["git", "commit", "-q", "--amend", "-m", "Without actors"], cwd=folder.parent, check=True)
    with pytest.raises(UsageError, match=r"actors.csv: was never committed"):
        read_history(folder, "freedonia")


def test_without_git_it_says_so(folder: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    commit("First rows")
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(UsageError, match=r"git is not on this machine; .* Install it"):
        read_history(folder, "freedonia")


def ask(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["history", *words, "--data", str(folder)])


def test_the_command_tells_it_and_json_holds_it(folder: Path, commit: Commit) -> None:
    commit("Clear \x1b[2J", deployments=[stock("c-1", 1)])
    result = ask(folder, "c-1")
    assert result.stdout.startswith("c-1 (deployments.csv)\n  12 November 2031, Ada: row written (commit ")
    assert "\x1b[2J" not in result.stdout
    (row,) = json.loads(ask(folder, "c-1", "--json").stdout)["rows"]
    assert (row["table"], row["versions"][0]["kind"], row["versions"][0]["author"]) == ("deployments", "new", "Ada")


def test_the_command_exits_2_where_git_cannot_tell(folder: Path) -> None:
    write_rows(folder)
    result = ask(folder, "freedonia")
    assert result.exit_code == 2 and "lies in no repository of git" in result.stderr

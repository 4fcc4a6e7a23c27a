"""`briefing add` as users call it: from a script, and on a real terminal."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner, Result

from briefing.cli.intake import KINDS
from briefing.cli.main import main
from briefing.dossier.example import FOLDER

Run = Callable[..., Result]

QUOTE = (
    "add", "quote", "--date", "2031-12-01", "--speaker", "minister", "--text", "The strait stays open.", "--kind",
    "direct", "--translated", "true", "--topic", "strait", "--stance", "denies", "--target", "Corvia closes the strait",
    "--source", "gazette-2031-12-02",
)  # fmt: skip


@pytest.fixture
def quotes(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "data" / "quotes.csv"


def test_a_script_adds_a_row_and_is_told_what_changed(run: Run, quotes: Path) -> None:
    result = run(*QUOTE)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("+ quotes.csv qt-") and result.stdout.endswith("wrote data/quotes.csv\n")
    assert quotes.read_text().splitlines()[-1].endswith("gazette-2031-12-02,,strait,denies,Corvia closes the strait,")


def test_a_dry_run_shows_the_same_and_writes_nothing(run: Run, quotes: Path) -> None:
    before = quotes.read_bytes()
    result = run(*QUOTE, "--dry-run")
    assert result.exit_code == 0 and "The strait stays open." in result.stdout and quotes.read_bytes() == before


def test_json_holds_the_changes_and_what_was_written(run: Run, quotes: Path) -> None:
    told = json.loads(run(*QUOTE, "--json").stdout)
    assert (told["exit"], told["error"], told["wrote"]) == (0, None, ["data/quotes.csv"])
    assert told["changes"][0]["cells"]["stance"] == {"before": "", "after": "denies"}


def test_json_holds_what_is_missing(run: Run, quotes: Path) -> None:
    result = run("add", "event", "--source", "gazette-2031-12-02", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 2 == told["exit"] and told["wrote"] == []
    assert [problem["file"] for problem in told["problems"]] == ["--date", "--title", "--summary", "--kind"]


def test_where_nobody_can_be_asked_what_is_missing_is_an_error(run: Run, quotes: Path) -> None:
    result = run("add", "source", "--url", "https://a.example/")
    assert result.exit_code == 2 and "  --publisher  Who published it" in result.stderr


def test_a_folder_without_a_dossier_is_told(run: Run) -> None:
    result = run(*QUOTE)
    assert result.exit_code == 2 and "no dossier near" in result.stderr


@pytest.mark.parametrize("kind", ["claim", "quote", "source", "event"])
def test_help_has_an_example_that_the_command_takes(run: Run, quotes: Path, kind: str) -> None:
    assert "Example: briefing add" in run("add", kind, "--help").stdout
    result = run(*shlex.split(KINDS[kind][1])[1:], "--dry-run")
    assert "No such option" not in result.output and (kind == "claim" or result.exit_code == 0), result.output


def test_a_cell_commands_no_terminal(run: Run, quotes: Path) -> None:
    assert "\x1b[2J" not in CliRunner().invoke(main, [*QUOTE, "--note", "clear \x1b[2J"]).output


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("add claim --status den", ["denied"]),
        ("add claim --quantity lorries-s", ["lorries-sent"]),
        ("add quote --translated t", ["true"]),
        ("history qt-0001", ["qt-0001"]),
        ("import sipri", ["sipri-trade-register"]),
    ],
)
def test_a_shell_completes_what_a_flag_may_be(run: Run, quotes: Path, words: str, known: list[str]) -> None:
    typed = {"COMP_WORDS": f"briefing {words}", "COMP_CWORD": str(len(words.split()))}
    asked = {"_BRIEFING_COMPLETE": "bash_complete", **typed}
    result = CliRunner().invoke(main, prog_name="briefing", env=asked)
    assert [line.split(",")[1] for line in result.stdout.splitlines()] == known


def test_a_slip_in_what_is_added_is_told_with_the_nearest(run: Run) -> None:
    assert "No such command 'clam'. Did you mean \"claim\"?" in run("add", "clam").output


@pytest.mark.long
def test_on_a_terminal_what_is_missing_is_asked_and_tab_completes(quotes: Path) -> None:
    words = ["-c", "from briefing.cli.main import main; main()", *QUOTE[:-4], "--target", "Corvia closes the strait"]
    terminal = pexpect.spawn(sys.executable, words, cwd=quotes.parent.parent, encoding="utf-8", timeout=60)
    terminal.expect("--url")
    terminal.sendline("https://union-2031-10-11.example/")
    terminal.expect("Write it")
    terminal.sendline("")
    terminal.expect("wrote data/quotes.csv")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0 and "union-2031-10-11" in quotes.read_text().splitlines()[-1]

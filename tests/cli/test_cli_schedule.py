"""Scheduled briefings, as a clock or a person at the command line makes them."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from faults import PATIENCE, finish

from briefing.cli.main import main
from briefing.press.publish import hold_lock

GOOD = "from briefing.blocks.blocks import Prose\nProse(text=(f'As of {as_of}.',))"
DUE = '[[briefing]]\nnotebook = "tiny"\nschedule = "30 3 * * *"\ntime_zone = "Europe/Kyiv"\nsince = "2031-03-29"\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_notebook: Callable[..., Path]) -> Callable[..., Result]:
    """Give a function that calls the command line at a moment: 30 March 2031 is the day on which Kyiv skips 3:30."""
    monkeypatch.chdir(tmp_path)
    (write_notebook(GOOD).parent / "briefings.toml").write_text(DUE, encoding="utf-8")

    def call(*arguments: str, at: str = "2031-03-31T12:00") -> Result:
        moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        # one job is done in this process, which has imported everything: no worker is started for it
        jobs = ("--jobs", "1") if arguments[0] in ("build", "catch-up") else ()
        return CliRunner().invoke(main, [*arguments, *jobs])

    return call


#: What every answer in JSON begins with.
ENVELOPE = ["schema", "exit", "error", "problems", "seconds"]


def catalog(text: str) -> None:
    Path("notebooks/briefings.toml").write_text(text, encoding="utf-8")


def pages(folder: str = "reports/tiny") -> list[str]:
    stems = {path.stem for path in Path(folder).glob("*.html")} - {"latest"}
    return sorted(stem for stem in stems if ".." not in stem)  # what changed between two days stands beside them


def test_catching_up_makes_every_day_once_and_nothing_the_second_time(run: Callable[..., Result]) -> None:
    assert "3 editions: 3 published" in run("catch-up").stdout
    assert pages() == ["2031-03-29", "2031-03-30", "2031-03-31"]
    before = {path: path.stat().st_mtime_ns for path in Path("reports/tiny").iterdir()}
    again = run("catch-up")
    assert "Z 0 editions in " in again.stdout and again.exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in Path("reports/tiny").iterdir()} == before


def test_the_heartbeat_grows_old_where_no_build_runs(run: Callable[..., Result]) -> None:
    assert run("catch-up", at="2031-03-29T12:00").exit_code == 0
    assert run("status", "--max-age", "26", at="2031-03-30T13:00").exit_code == 0
    late = run("status", "--max-age", "26", at="2031-03-30T15:00")
    assert late.exit_code == 1 and "missing tiny/2031-03-30" in late.stdout


def test_a_backfill_makes_the_days_that_it_names(run: Callable[..., Result]) -> None:
    told = run("catch-up", "--since", "2031-01-30", "--until", "2031-01-31")
    assert told.exit_code == 0 and pages() == ["2031-01-30", "2031-01-31"]
    assert run("catch-up", "--since", "2031-02-02", "--until", "2031-02-01").exit_code == 2


def test_a_page_that_would_be_taken_away_again_is_not_made_and_the_reason_is_told(run: Callable[..., Result]) -> None:
    catalog(DUE + "keep = 2\n")
    assert "2 editions: 2 published" in run("catch-up").stdout
    told = run("catch-up", "--since", "2031-01-30", "--until", "2031-01-31")
    assert "Z 0 editions in " in told.stdout and pages() == ["2031-03-30", "2031-03-31"]
    assert "not made: tiny/2031-01-30 and 1 more: as many newer pages" in told.stderr


def test_a_clock_set_back_takes_no_page_away_and_makes_none(run: Callable[..., Result]) -> None:
    catalog(DUE.replace("2031-03-29", "2031-03-01") + "keep = 2\n")
    assert run("build").exit_code == 0
    assert run("build", at="2031-03-20T12:00").stdout.startswith("0 editions\n")
    assert pages() == ["2031-03-30", "2031-03-31"]


def test_orphans_are_listed_and_left(run: Callable[..., Result]) -> None:
    catalog(DUE + 'name = "old"\n')
    run("catch-up", at="2031-03-29T12:00")
    catalog(DUE)
    told = run("status", at="2031-03-29T12:00").stdout
    assert "orphan old/2031-03-29.html: its briefing is not in the catalog; delete it by hand" in told
    run("catch-up", at="2031-03-29T12:00")
    assert pages("reports/old") == ["2031-03-29"] and "old/2031-03-29.html" in Path("reports/index.html").read_text()


def test_catching_up_while_a_build_is_at_work_exits_4_and_changes_nothing(run: Callable[..., Result]) -> None:
    with hold_lock(Path("reports")):
        told = run("catch-up")
    assert told.exit_code == 4 and "is building here" in told.stderr
    assert pages() == []


def test_status_tells_a_failed_edition_with_its_reason_and_catching_up_makes_it_when_it_is_mended(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook("1 / 0")
    assert run("catch-up", at="2031-03-29T12:00").exit_code == 1
    told = run("status", at="2031-03-29T12:00")
    assert told.exit_code == 1 and "cell 3, line 1: ZeroDivisionError" in told.stdout
    write_notebook(GOOD)
    assert "1 edition: 1 published" in run("catch-up", at="2031-03-29T12:00").stdout


def test_the_keys_of_the_json_are_those_that_the_guide_tells(run: Callable[..., Result]) -> None:
    made = json.loads(run("catch-up", "--json", at="2031-03-29T12:00").stdout)
    (outcome,) = made["editions"]
    assert list(made) == [*ENVELOPE, "editions", "published"]
    assert list(outcome) == ["edition", "status", "path", "why", "reasons", "remarks", "seconds"]
    told = json.loads(run("status", "--json", at="2031-03-29T12:00").stdout)
    assert list(told) == [*ENVELOPE, "editions", "orphans", "heartbeat", "late", "overdue", "alarms"]
    assert list(told["editions"][0]) == ["edition", "state", "why"]
    guide = (Path(__file__).parent.parent.parent / "docs" / "schedules.md").read_text(encoding="utf-8")
    assert [key for key in (*outcome, *told, *told["heartbeat"], "state") if f"`{key}`" not in guide] == []
    assert [key for key in made if f"`{key}`" not in guide] == []


def test_a_bar_moves_on_a_terminal_and_what_is_published_is_printed_all_the_same(run: Callable[..., Result]) -> None:
    seen, given = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "SOURCE_DATE_EPOCH": "1932638400"}  # 30 March 2031, 16:00
    command = [str(Path(sys.executable).parent / "briefing"), "catch-up"]
    with subprocess.Popen(command, stderr=given, stdout=subprocess.PIPE, env=environment, text=True) as building:
        os.close(given)
        told = b""
        with contextlib.suppress(OSError):  # a terminal whose last writer is gone
            while select.select([seen], [], [], PATIENCE)[0] and (part := os.read(seen, 4096)):
                told += part
        os.close(seen)
        printed, _ = finish(building)
    assert b"2/2" in told and "2 editions: 2 published" in printed
    assert "published reports/tiny/2031-03-29.html" in printed


def test_status_exits_1_where_a_page_is_due_and_missing_for_too_long_and_names_it(run: Callable[..., Result]) -> None:
    run("catch-up", at="2031-03-29T12:00")
    soon = run("status", "--missing-after", "3", at="2031-03-30T03:00")  # due at 1:30 in London
    assert soon.exit_code == 0 and "missing tiny/2031-03-30" in soon.stdout
    late = run("status", "--missing-after", "3", at="2031-03-30T05:00")
    assert late.exit_code == 1 and "alarm: due and missing for too long: tiny/2031-03-30" in late.stdout


def test_an_edition_that_the_catalog_lists_by_itself_is_due_since_the_catalog_was_saved(
    run: Callable[..., Result],
) -> None:
    catalog('[[briefing]]\nnotebook = "tiny"\n')
    saved = dt.datetime(2031, 3, 30, 12, tzinfo=dt.UTC).timestamp()
    os.utime("notebooks/briefings.toml", (saved, saved))
    assert run("status", "--missing-after", "3", at="2031-03-30T14:00").exit_code == 0
    assert run("status", "--missing-after", "3", at="2031-03-30T16:00").exit_code == 1


def test_each_line_of_a_log_begins_with_the_time_and_says_how_long_it_took_and_remarks_are_off(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook("## What was sent recently", GOOD)
    told = run("catch-up", at="2031-03-29T12:00")
    published, summed, index = told.stdout.splitlines()
    assert re.fullmatch(rf"{STAMP} published reports/tiny/2031-03-29.html in [0-9.]+ s \(1 warning\)", published)
    assert re.fullmatch(rf"{STAMP} 1 edition: 1 published in [0-9.]+ s", summed)
    assert re.fullmatch(rf"{STAMP} index: reports/index.html", index) and told.stderr == ""
    assert "warning: T09" in run("catch-up", "-v", at="2031-03-30T12:00").stderr


#: The time at the beginning of a line.
STAMP = "2031-03-29T12:00:00Z"


def test_quiet_tells_what_went_wrong_and_nothing_else(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    for command in (("catch-up",), ("build",), ("render", "tiny"), ("status", "--max-age", "26")):
        assert run(*command, "--quiet", at="2031-03-29T12:00").output == ""
    write_notebook("1 / 0")
    failed = run("build", "--quiet", "--force", at="2031-03-29T12:00")
    assert failed.stdout == "" and "cell 3, line 1: ZeroDivisionError" in failed.stderr
    lines = run("status", "--quiet", at="2031-03-29T12:00").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["failed", "alarm:"]


def break_rows() -> tuple[str, ...]:
    path = Path("data/transfers.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("t-1,", ",", 1), encoding="utf-8")
    return ("build", "--force")


def break_catalog() -> tuple[str, ...]:
    catalog("[[briefing]]")
    return ("catch-up",)


def break_plan() -> tuple[str, ...]:
    catalog("[[briefing]]")
    return ("status",)


def break_lock() -> tuple[str, ...]:
    Path("reports/.press/lock").mkdir(parents=True)
    return ("build",)


def break_publishing() -> tuple[str, ...]:
    return ("build", "--publish", "/proc/nowhere")


@pytest.mark.parametrize(
    ("harm", "code", "problems", "made"),
    [
        (break_rows, 3, True, 0),
        (break_catalog, 2, False, 0),
        (break_plan, 2, False, 0),
        (break_lock, 1, False, 0),
        (break_publishing, 1, False, 1),
        (lambda: ("verify", "notebooks/briefings.toml"), 2, False, 0),
        (lambda: ("params", "tinny"), 2, False, 0),
    ],
)
def test_json_comes_with_every_exit_and_says_why_and_what_was_made_before(
    run: Callable[..., Result], harm: Callable[[], tuple[str, ...]], code: int, problems: bool, made: int
) -> None:
    told = run(*harm(), "--json", at="2031-03-29T12:00")
    answer = json.loads(told.stdout)
    assert (told.exit_code, answer["exit"], answer["schema"]) == (code, code, 1)
    assert answer["error"] and answer["error"] in told.stderr and bool(answer["problems"]) == problems
    assert len(answer.get("editions", ())) == made and list(answer)[:5] == ENVELOPE


def test_a_fault_of_ours_is_one_line_and_json_too(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ZeroDivisionError("hay\nand barns")

    monkeypatch.setattr("briefing.press.status.list_standings", fail)
    told = run("status", "--json")
    assert told.exit_code == 1 and told.stderr.startswith("briefing itself failed: ZeroDivisionError: hay and barns; ")
    assert told.stderr.count("\n") == 1 and json.loads(told.stdout)["error"] == told.stderr.strip()

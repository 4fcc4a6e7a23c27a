"""The command line, as users call it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

GOOD = "from briefing.blocks.blocks import Prose\nProse(text=(f'As of {as_of}.',))"


def test_render_makes_a_page_and_says_where(run: Callable[..., Result], write_notebook: Callable[..., Path]) -> None:
    write_notebook(GOOD)
    result = run("render", "tiny", "-p", "as_of", "2031-04-10")
    assert result.stdout.strip() == "published reports/tiny/2031-04-10.html", result.output
    assert "As of 2031-04-10." in Path("reports/tiny/2031-04-10.html").read_text()
    assert result.exit_code == 0


NOISY = ("## What was sent recently", "## The regime sent it", GOOD)


def test_render_says_in_a_line_what_was_made_and_tells_hints_only_when_asked(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook(*NOISY)
    quiet, loud = run("render", "tiny"), run("render", "tiny", "-v")
    assert quiet.stdout == "published reports/tiny/2031-04-12.html (1 warning)\n"
    assert re.sub(r" in \d+\.\d s", "", loud.stdout) == quiet.stdout
    assert [line.split(":")[0] for line in quiet.stderr.splitlines()] == ["warning", "1 hint for the author; -v tells"]
    assert [line.split(": ")[:2] for line in loud.stderr.splitlines()] == [["warning", "T09"], ["info", "L09"]]


def test_build_tells_the_same_warning_once_for_all_editions(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    catalog = write_notebook(*NOISY).parent / "briefings.toml"
    catalog.write_text('[[briefing]]\nnotebook = "tiny"\ntitle = "Is it?"\nwindow = [1, 2, 3]')
    result = run("build", "--jobs", "1")
    assert result.stdout.count("(1 warning)\n") == 3
    assert result.stderr.count("T09") == 1 and "warning: T09 in 3 editions: tiny.ipynb: cell 3: " in result.stderr


def test_a_page_made_twice_has_the_same_bytes(run: Callable[..., Result], write_notebook: Callable[..., Path]) -> None:
    write_notebook(GOOD)
    for out in ("one", "two"):
        assert run("render", "tiny", "--out", out).exit_code == 0
    assert Path("one/tiny/2031-04-12.html").read_bytes() == Path("two/tiny/2031-04-12.html").read_bytes()


def test_a_failing_notebook_exits_1_and_leaves_the_last_good_page(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook(GOOD)
    run("render", "tiny")
    good = Path("reports/tiny/2031-04-12.html").read_bytes()
    write_notebook("## What was sent", "1 / 0")
    result = run("render", "tiny")
    assert result.exit_code == 1
    assert 'section "What was sent", cell 4, line 1: ZeroDivisionError' in result.stderr
    assert "as_of=2031-04-12, window=30" in result.stderr
    assert Path("reports/tiny/2031-04-12.html").read_bytes() == good
    assert "ZeroDivisionError" in Path("reports/tiny/2031-04-12.failed.html").read_text()


def test_build_makes_what_the_catalog_lists_and_one_failure_stops_nothing(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    catalog = write_notebook(GOOD, "x = 1 / (window - 1)").parent / "briefings.toml"
    catalog.write_text('[[briefing]]\nnotebook = "tiny"\ntitle = "Is it?"\nwindow = [1, 2]')
    result = run("build", "--json")
    assert [found["status"] for found in json.loads(result.stdout)["editions"]] == ["failed", "published"]
    assert result.exit_code == 1
    index = Path("reports/index.html").read_text()
    assert 'href="tiny/window-2/2031-04-12.html"' in index and 'href="tiny/window-1/' not in index


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("render", "tinny"), 2, 'Did you mean "tiny"'),
        (("render", "tiny", "-p", "windw", "3"), 2, 'Did you mean "window"'),
        (("render", "tiny", "-p", "as_of", "2031-02-30"), 2, "28 days"),
        (("build", "--notebooks", "nowhere"), 2, "No such file"),
        (("check", "nowhere"), 3, "is no folder"),
    ],
)
def test_what_cannot_be_done_exits_with_its_code_and_one_line(
    run: Callable[..., Result],
    write_notebook: Callable[..., Path],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    write_notebook(GOOD)
    result = run(*arguments)
    assert result.exit_code == code and message in result.output
    assert "Traceback" not in result.output


def test_another_build_at_work_exits_4(run: Callable[..., Result], write_notebook: Callable[..., Path]) -> None:
    from briefing.press.publish import hold_lock

    write_notebook(GOOD)
    with hold_lock(Path("reports")):
        result = run("render", "tiny")
    assert result.exit_code == 4 and "is building here" in result.stderr


def test_params_lists_what_a_notebook_may_be_asked(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook(GOOD)
    assert run("params", "tiny").stdout.splitlines()[1] == "window: int = 30  days back"


def test_build_status_and_why_agree_on_what_stands(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    (write_notebook(GOOD).parent / "briefings.toml").write_text('[[briefing]]\nnotebook = "tiny"')
    assert "missing tiny/2031-04-12: it was never built" in run("status").stdout
    assert "1 edition: 1 published" in run("build").stdout
    assert "1 edition: 1 unchanged" in run("build").stdout
    assert run("why", "tiny/2031-04-12").stdout.startswith("tiny/2031-04-12 stands")
    assert run("status", "--max-age", "1").exit_code == 0
    assert 'Did you mean "tiny/2031-04-12"' in run("why", "tiny/2031-04-13").stderr
    assert "0 editions" in run("catch-up").stdout


def test_status_exits_1_where_no_build_ran_in_time(
    run: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    (write_notebook(GOOD).parent / "briefings.toml").write_text('[[briefing]]\nnotebook = "tiny"')
    result = run("status", "--max-age", "26")
    assert result.exit_code == 1 and "last build: never" in result.stdout


def test_check_lists_problems_as_json(run: Callable[..., Result], edit: Callable[..., Path]) -> None:
    result = run("check", str(edit("transfers", "t-1", high="3")), "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)[0]["file"].endswith("transfers.csv")


def test_help_imports_nothing_heavy() -> None:
    look = "import sys, briefing.cli; print([m for m in ('pandas', 'altair', 'papermill', 'rich') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"

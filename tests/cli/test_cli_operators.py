"""What operators ask of a build: a log for machines, metrics, pings and a test report, whatever goes wrong."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from ended import HOSTILE
from junitparser import JUnitXml
from norway import ROWS, write_dossier
from notebooks import notebook_text
from prometheus_client.parser import text_string_to_metric_families
from services import find_closed_port, serve

from briefing.cli.main import main
from briefing.press.publish import hold_lock

GOOD = "from briefing.blocks.blocks import Prose\nProse(text=(f'As of {as_of}.',))"
#: A run that is not quiet is held.
HELD = f"import sys\nprint('odd', file=sys.stderr)\n{GOOD}"
ENTRY = '[[briefing]]\nnotebook = "tiny"\nping_from = "PING_TINY"\n'
SECRET = "open-sesame"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_notebook: Callable[..., Path]) -> Callable[..., Result]:
    """Give a function that calls the command line in a folder with one notebook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1932638400")
    (write_notebook(GOOD).parent / "briefings.toml").write_text(ENTRY, encoding="utf-8")

    def call(*arguments: str) -> Result:
        # one job is done in this process, which has imported everything: no worker is started for it
        jobs = ("--jobs", "1") if arguments[0] in ("build", "catch-up") else ()
        return CliRunner().invoke(main, [*arguments, *jobs])

    return call


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page once, for all tests that begin where it stands; give the folder that it lies in."""
    root = tmp_path_factory.mktemp("first")
    write_dossier(root / "data", ROWS)
    (root / "notebooks").mkdir()
    (root / "notebooks" / "tiny.ipynb").write_text(notebook_text(GOOD), encoding="utf-8")
    (root / "notebooks" / "briefings.toml").write_text(ENTRY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("SOURCE_DATE_EPOCH", "1932638400")
        told = CliRunner().invoke(main, ["build", "--jobs", "1"])
    assert told.exit_code == 0, told.output
    return root / "reports"


@pytest.fixture
def built(run: Callable[..., Result], first: Path) -> Callable[..., Result]:
    """Give a function that calls the command line where a copy of that page stands."""
    shutil.copytree(first, "reports")
    return run


def events(told: Result) -> list[dict[str, Any]]:
    """Read the log, of which each line is to parse, and nothing is to stand on standard output."""
    found = [json.loads(line) for line in told.stderr.splitlines()]
    assert all(list(event)[:3] == ["time", "level", "event"] for event in found) and told.stderr.isascii()
    assert all(dt.datetime.fromisoformat(event["time"]).tzinfo for event in found)
    return found


def name_events(told: Result) -> list[tuple[str, str]]:
    return [(event["event"], event["level"]) for event in events(told)]


def measure(path: str) -> dict[tuple[str, ...], float]:
    text = Path(path).read_text(encoding="utf-8")
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in found}


def read_junit(path: str = "j.xml") -> dict[str, list[str]]:
    """Give what went wrong with each test of a report: nothing with one that passed."""
    cases = [case for suite in JUnitXml.fromfile(path) for case in suite]
    return {case.name: [result.message for result in case.result] for case in cases}


@pytest.fixture
def log(run: Callable[..., Result]) -> Callable[..., Result]:
    return lambda *words: run(*words, "--log-format", "json")


def test_a_build_is_logged_an_event_a_line_and_says_nothing_else(log: Callable[..., Result]) -> None:
    told = log("build")
    assert told.stdout == "" and told.exit_code == 0
    assert [event for event, _ in name_events(told)] == ["begin", "edition", "built", "end"]
    begin, edition, built, end = events(told)
    assert (edition["edition"], edition["status"], edition["briefing"]) == ("tiny/2031-04-12", "published", "tiny")
    assert edition["why"] == ["it was never built"] and edition["seconds"] > 0 and begin["editions"] == 1
    assert built["editions"] == {"published": 1, "unchanged": 0, "held": 0, "failed": 0} and end["exit"] == 0
    assert begin["time"] == "2031-03-30T12:00:00.000000Z"


def test_quiet_logs_what_went_wrong_alone_and_verbose_all(log: Callable[..., Result]) -> None:
    assert log("build", "-q").stderr == ""
    assert name_events(log("build", "-v"))[1:3] == [("hint", "debug"), ("edition", "debug")]
    failed = log("build", "-q", "--publish", "/proc/nowhere")
    assert name_events(failed) == [("end", "error")] and failed.exit_code == 1


def test_an_edition_that_failed_is_an_error_with_its_reasons(
    log: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook(f"raise ValueError({HOSTILE.replace(chr(0xD800), '')!r})")
    told = log("build", "-q")
    edition, end = events(told)
    assert (edition["level"], edition["status"], end["exit"], told.exit_code) == ("error", "failed", 1, 1)
    assert "ValueError" in edition["reasons"][0]


def test_what_its_author_should_know_is_for_whoever_asks(
    log: Callable[..., Result], write_notebook: Callable[..., Path]
) -> None:
    write_notebook("## What was sent recently", GOOD)
    (remark,) = [event for event in events(log("build", "-v")) if event["event"] == "remark"]
    assert (remark["level"], remark["severity"], remark["id"]) == ("debug", "warning", "T09")
    assert all(event["event"] != "remark" for event in events(log("build", "--force")))


def test_problems_of_the_dossier_are_events_too(log: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "data" / "transfers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("t-1,", f"t-1{HOSTILE[:3]},", 1), encoding="utf-8")
    told = log("build", "-q")
    *problems, end = events(told)
    assert {event["event"] for event in problems} == {"problem"} and problems[0]["file"].endswith("transfers.csv")
    assert (end["event"], end["exit"], told.exit_code) == ("end", 3, 3)


@pytest.mark.parametrize(
    "words",
    [("build", "--nope"), ("catch-up", "--since", "soon"), ("catch-up", HOSTILE), ("render",), ("biuld",), ("--nope",)],
)
def test_a_command_line_that_cannot_be_meant_is_an_event(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BRIEFING_LOG_FORMAT", "json")
    (end,) = events(run(*words))
    assert (end["event"], end["level"], end["exit"]) == ("end", "error", 2) and end["error"]
    assert run(*words).exit_code == 2


def test_what_the_command_line_says_goes_before_the_environment(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_LOG_FORMAT", "json")
    assert "No such option" in run("build", "--log-format", "text", "--nope").stderr
    assert "No such option" in run("status", "--nope").stderr and run("build", "--help").stdout.startswith("Usage")
    assert run("build", "--log-format", "xml").exit_code == 2


def test_a_fault_of_ours_is_an_event_and_so_is_its_trace(
    log: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ZeroDivisionError("open-sesame" + "x" * 1_700 + HOSTILE)

    monkeypatch.setenv("MAIL_PASSWORD", "open-sesame")
    monkeypatch.setattr("briefing.press.status.part_by_age", fail)
    (end,) = events(log("build"))
    assert end["error"].startswith("briefing itself failed: ZeroDivisionError") and "trace" not in end
    (debugged,) = events(CliRunner().invoke(main, ["--debug", "build", "--log-format", "json"]))
    assert "in fail" in debugged["trace"] and debugged["trace"].rstrip().endswith('{e="f"}')
    assert "sesame" not in f"{end}{debugged}"


def test_what_a_library_says_on_standard_error_is_an_event_too(
    log: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def chatter(editions: Any, **options: Any) -> Any:
        import sys

        print(f"{HOSTILE}\nand {{more}}", file=sys.stderr)
        sys.stderr.write("no end")
        return editions, []

    monkeypatch.setattr("briefing.press.status.part_by_age", chatter)
    notices = [event for event in events(log("build")) if event["event"] == "notice"]
    assert {event["level"] for event in notices} == {"warning"} and "and {more}" in [n["message"] for n in notices]


def test_the_answer_in_json_is_one_document_beside_the_log(log: Callable[..., Result]) -> None:
    told = log("build", "--json")
    assert json.loads(told.stdout)["exit"] == 0 and name_events(told)[-1] == ("end", "info")


def test_one_page_is_logged_too(log: Callable[..., Result]) -> None:
    told = log("render", "tiny")
    assert name_events(told) == [("edition", "info"), ("end", "info")] and told.stdout == ""


def test_verbose_says_how_long_it_took(run: Callable[..., Result]) -> None:
    assert " in " not in run("build", "--force").stdout
    told = run("build", "--force", "-v")
    assert told.stdout.count(" s\n") == 2 and "ping_from: PING_TINY is not set; nobody is pinged" in told.stderr


def test_a_verbose_status_says_when_what_last_went_well(run: Callable[..., Result]) -> None:
    assert "last good tiny: never" not in run("status").stdout
    run("build")
    assert "last good tiny: 2031-03-30T12:00:00+00:00" in run("status", "-v").stdout.splitlines()


def test_a_build_leaves_metrics_and_a_test_report(run: Callable[..., Result]) -> None:
    told = run("build", "--metrics", "out/m.prom", "--junit", "out/j.xml")
    assert told.exit_code == 0 and sorted(path.name for path in Path("out").iterdir()) == ["j.xml", "m.prom"]
    found = measure("out/m.prom")
    assert found["briefing_editions", "tiny", "published"] == 1 and found["briefing_build_exit_code",] == 0
    assert found["briefing_last_success_timestamp_seconds", "tiny"] == 1_932_638_400
    assert read_junit("out/j.xml") == {"tiny/2031-04-12": []}


def test_what_stands_has_passed_and_the_last_success_is_known_after_a_failure(
    built: Callable[..., Result], write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built("build", "--junit", "j.xml").exit_code == 0 and read_junit() == {"tiny/2031-04-12": []}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1932642000")
    write_notebook("1 / 0")
    assert built("build", "--metrics", "m.prom", "--junit", "j.xml").exit_code == 1
    found = measure("m.prom")
    assert found["briefing_success", "tiny"] == 0 and found["briefing_editions_due_missing", "tiny"] == 0
    assert found["briefing_last_success_timestamp_seconds", "tiny"] == 1_932_638_400
    assert "ZeroDivisionError" in read_junit()["tiny/2031-04-12"][0]


def test_a_held_edition_is_a_failure_of_that_kind(run: Callable[..., Result], write_notebook: Any) -> None:
    write_notebook(HELD)
    assert run("build", "--junit", "j.xml", "--metrics", "m.prom").exit_code == 1
    (suite,) = JUnitXml.fromfile("j.xml")
    assert [result.type for result in next(iter(suite)).result] == ["held"]
    found = measure("m.prom")
    assert (found["briefing_editions", "tiny", "held"], found["briefing_editions_due_missing", "tiny"]) == (1, 1)


def test_both_are_written_where_another_build_is_at_work_and_nobody_is_pinged(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as service, hold_lock(Path("reports")):
        monkeypatch.setenv("PING_TINY", service.url)
        assert run("build", "--metrics", "m.prom", "--junit", "j.xml").exit_code == 4
    found = measure("m.prom")
    assert found["briefing_build_exit_code",] == 4 and found["briefing_editions_due_missing", "tiny"] == 1
    assert "is building here" in read_junit()["build"][0] and service.told == []


def test_both_are_written_where_the_catalog_cannot_be_read(run: Callable[..., Result]) -> None:
    Path("notebooks/briefings.toml").write_text("[[briefing]]", encoding="utf-8")
    assert run("build", "--metrics", "m.prom", "--junit", "j.xml").exit_code == 2
    assert measure("m.prom")["briefing_build_exit_code",] == 2
    assert "notebook is missing" in read_junit()["build"][0]


@pytest.mark.parametrize("place", ["reports", "/proc/nowhere/m", "notebooks/briefings.toml/m", "/dev/null"])
def test_metrics_that_cannot_be_written_are_a_warning(built: Callable[..., Result], place: str) -> None:
    told = built("build", "--metrics", place)
    assert told.exit_code == 0 and told.stderr.startswith(f"--metrics {place}: ") and told.stderr.count("\n") == 1


@pytest.mark.parametrize("place", ["notebooks", "/proc/nowhere/j", "notebooks/briefings.toml/j", "/dev/null"])
def test_a_test_report_that_cannot_be_written_is_told_before_anything_is_built(
    run: Callable[..., Result], place: str
) -> None:
    told = run("build", "--junit", place)
    assert told.exit_code == 2 and told.stderr.startswith(f"--junit {place}: ") and told.stderr.count("\n") == 1
    assert not Path("reports").exists()


def test_a_link_leads_to_the_file_that_is_written(built: Callable[..., Result]) -> None:
    Path("m.prom").symlink_to("elsewhere.prom")
    assert built("build", "--metrics", "m.prom").exit_code == 0
    assert Path("m.prom").is_symlink() and "briefing_success" in Path("elsewhere.prom").read_text()


def test_a_service_hears_how_a_briefing_went(
    run: Callable[..., Result], write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as service:
        monkeypatch.setenv("PING_TINY", f"{service.url}/{SECRET}")
        run("build")
        run("build")
        write_notebook("1 / 0")
        run("catch-up", "--since", "2031-01-01")
        run("build")
    ends = [path.removeprefix(f"/{SECRET}") for path in service.paths]
    assert ends == ["/start", "", "", "", "/start", "/fail"]
    assert "ZeroDivisionError" in service.told[-1].body


@pytest.mark.parametrize("words", [(), ("--log-format", "json"), ("--json",), ("-v",)])
def test_a_dead_service_fails_nothing_and_its_address_is_never_said(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PING_TINY", f"http://127.0.0.1:{find_closed_port()}/{SECRET}")
    told = run("build", "--metrics", "m.prom", "--junit", "j.xml", *words)
    assert told.exit_code == 0 and told.stderr.count("ping of tiny: 127.0.0.1:") == 1
    kept = [path.read_bytes() for path in Path("reports").rglob("*") if path.is_file()]
    files = b"".join((*kept, Path("m.prom").read_bytes(), Path("j.xml").read_bytes()))
    assert SECRET not in told.output and SECRET.encode() not in files


def test_an_error_that_ends_the_build_is_a_failure_of_each_briefing(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as service:
        monkeypatch.setenv("PING_TINY", service.url)
        assert run("build", "--publish", "/proc/nowhere").exit_code == 1
    assert service.paths == ["/start", "/fail"] and "/proc/nowhere" in service.told[1].body

"""The one clock, and what it is told by SOURCE_DATE_EPOCH."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from briefing.checks import check_folder
from briefing.editions.given import read_value
from briefing.errors import UsageError
from briefing.values.clock import EPOCH_VARIABLE, find_moment, now, today

SRC = Path(__file__).parent.parent / "src"
NO_MOMENTS = ["soon", "", " ", "-1", "1.5", "1e9", "1671408000 ", "\u0663", "253402300800", "9" * 5000]


def test_the_epoch_that_is_said_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, "1933999200")
    assert now() == find_moment() == dt.datetime(2031, 4, 15, 6, tzinfo=dt.UTC)
    assert today() == dt.date(2031, 4, 15)


def test_without_an_epoch_the_clock_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EPOCH_VARIABLE, raising=False)
    assert find_moment() is None
    assert now().tzinfo is dt.UTC


@pytest.mark.parametrize("seconds", ["0", "253402300799"])
def test_the_calendars_first_and_last_second_are_moments(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, seconds)
    assert now().timestamp() == int(seconds)


@pytest.mark.parametrize("seconds", NO_MOMENTS)
def test_what_is_no_moment_is_one_error_on_one_line(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, seconds)
    for read in (find_moment, now, today):
        with pytest.raises(UsageError, match=rf"^{EPOCH_VARIABLE}: is .*; it is whole seconds since 1970") as caught:
            read()
        assert len(str(caught.value)) < 200 and str(caught.value).isprintable()


def test_the_error_names_place_rule_and_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, "soon")
    with pytest.raises(UsageError) as caught:
        now()
    assert str(caught.value) == (
        'SOURCE_DATE_EPOCH: is "soon"; it is whole seconds since 1970, in digits alone, up to the year 9999. '
        "Write it as 1671408000, or unset it."
    )


def test_waivers_and_parameters_refuse_the_same_epoch(monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, "soon")
    for read in (lambda: check_folder(small), lambda: read_value("today", kind="date")):
        with pytest.raises(UsageError, match='is "soon"'):
            read()


@pytest.mark.parametrize("arguments", [("build",), ("catch-up",), ("status",), ("render", "tiny"), ("check", "data")])
def test_a_command_with_an_epoch_that_is_no_moment_exits_2_and_says_one_line(
    run: Callable[..., Result],
    write_notebook: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:
    catalog = write_notebook("1").parent / "briefings.toml"
    catalog.write_text('[[briefing]]\nnotebook = "tiny"\ntitle = "Is it?"')
    monkeypatch.setenv(EPOCH_VARIABLE, "soon")
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith('SOURCE_DATE_EPOCH: is "soon";') and len(result.stderr.splitlines()) == 1


def test_nothing_else_in_the_package_reads_a_clock_of_days() -> None:
    clocks = re.compile(r"\.(now|today|utcnow)\(|time\.(time|time_ns|gmtime|localtime)\(|environ.*EPOCH")
    readers = {
        f"{path.relative_to(SRC)}: {match[0]}"
        for path in SRC.rglob("*.py")
        for match in clocks.finditer(path.read_text(encoding="utf-8"))
        if path.name != "clock.py"
    }
    assert readers == set()

"""The catalog: which editions there are to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.editions.catalog import find_notebook, list_editions, make_edition, pick_briefing, read_catalog
from briefing.errors import UsageError


def write_catalog(notebook: Path, text: str) -> Path:
    path = notebook.parent / "briefings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_makes_an_edition_for_each_value(write_notebook: Callable[..., Path], small: Path) -> None:
    listed = '[[briefing]]\nnotebook = "tiny"\nas_of = ["2031-04-10", 2031-04-12]\nwindow = [7, 30]'
    editions = list_editions(read_catalog(write_catalog(write_notebook(), listed)), data=small)
    assert [edition.name for edition in editions] == [
        "tiny/window-7/2031-04-10", "tiny/window-30/2031-04-10",
        "tiny/window-7/2031-04-12", "tiny/window-30/2031-04-12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[briefing]]\ntitle = 'x'", "notebook is missing"),
        ("[[briefing]]\nnotebook = 'tinny'", 'Did you mean "tiny"'),
        ("[[briefing]]\nnotebook = '../tiny'", "lies beside the catalog"),
        ("[[briefing]]\nnotebook = 'tiny'\ntitel = 'x'", 'titel: .*Did you mean "title"'),
        ("[[briefing]]\nnotebook = 'tiny'\ntitle = 3", "title is 3"),
        ("[[briefings]]\nnotebook = 'tiny'", "'briefings' is unknown"),
        ("[briefing", "TOML"),
    ],
)
def test_what_no_catalog_can_say_is_a_usage_error(write_notebook: Callable[..., Path], text: str, message: str) -> None:
    path = write_catalog(write_notebook(), text)
    with pytest.raises(UsageError, match=message):
        read_catalog(path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        *((f"{name} = {value}", f"{name} is .*1 or more") for name in ("keep", "time_limit", "memory_limit")
          for value in ("0", "-1", "-3", "9223372036854775807")),
        *((f"tolerance = {value}", "from 0") for value in ("nan", "inf", "-inf", "-0.5", "-1")),
        ("environment = [1]", "list of names"),
        ('environment = ["A=B"]', "list of names"),
        ('environment = [""]', "list of names"),
        ("as_of = []", "as_of: lists nothing"),
        ("window = []", "window: lists nothing"),
        *((f'{name} = ""', "printable") for name in ("name", "schedule", "since", "time_zone", "language")),
        ('name = "\\u0000"', "printable"),
        ('since = "soon"', "no day"),
        ("budget = { raw = -1, gzipped = 1 }", "two numbers"),
        (f"keep = {'9' * 5000}", "TOML"),
        (f"keep = 0x{'f' * 5000}", "thousands of digits"),
        (f"since = 0x{'f' * 5000}", "thousands of digits"),
        (f"as_of = {'[' * 5000}", "TOML"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_meant_is_a_usage_error_of_one_line(
    write_notebook: Callable[..., Path], line: str, message: str
) -> None:
    path = write_catalog(write_notebook(), f'[[briefing]]\nnotebook = "tiny"\n{line}\n')
    with pytest.raises(UsageError, match=message) as told:
        read_catalog(path)
    assert "\n" not in str(told.value) and len(str(told.value)) < 600


@pytest.mark.parametrize(
    "line",
    [f"window = 0x{'f' * 5000}", f"share = 0x{'f' * 5000}", f"word = 0x{'f' * 5000}", f"sure = 0x{'f' * 5000}",
     "share = nan", "share = inf", 'schedule = "0 6 * * *"\nsince = "0001-01-01"'],
)  # fmt: skip
def test_a_value_that_no_machine_holds_is_a_usage_error(
    write_notebook: Callable[..., Path], small: Path, line: str
) -> None:
    declared = "as_of: date = '2031-04-12'\nwindow: int = 1\nshare: float = 0.5\nword: str = ''\nsure: bool = True"
    path = write_catalog(write_notebook(parameters=declared), f'[[briefing]]\nnotebook = "tiny"\n{line}\n')
    with pytest.raises(UsageError):
        list_editions(read_catalog(path), data=small)


@pytest.mark.parametrize(
    "value", ['"https://hc.example/sesame"', '["sesame"]', '"sesame!"', '"sesame"', '""', '{ sesame = "x" }']
)
@pytest.mark.parametrize("name", ["ping_from", "ping"])
def test_an_address_that_stands_where_the_name_of_a_variable_belongs_is_not_shown(
    write_notebook: Callable[..., Path], name: str, value: str
) -> None:
    path = write_catalog(write_notebook(), f'[[briefing]]\nnotebook = "tiny"\n{name} = {value}\n')
    with pytest.raises(UsageError, match="ping_from") as told:
        read_catalog(path)
    assert "sesame" not in str(told.value)


def test_a_whole_number_is_a_tolerance_too(write_notebook: Callable[..., Path]) -> None:
    (briefing,) = read_catalog(write_catalog(write_notebook(), '[[briefing]]\nnotebook = "tiny"\ntolerance = 1\n'))
    assert briefing.options["tolerance"] == 1.0


def test_a_value_that_cannot_be_meant_is_told_before_anything_runs(
    write_notebook: Callable[..., Path], small: Path
) -> None:
    path = write_catalog(write_notebook(), '[[briefing]]\nnotebook = "tiny"\nas_of = ["2031-02-30"]\nwindow = "x"')
    with pytest.raises(UsageError, match="February 2031 has 28 days"):
        list_editions(read_catalog(path), data=small)


def test_two_editions_cannot_share_an_address(write_notebook: Callable[..., Path], small: Path) -> None:
    entry = '[[briefing]]\nnotebook = "tiny"\nas_of = "2031-04-12"\n'
    path = write_catalog(write_notebook(), entry * 2)
    with pytest.raises(UsageError, match="two editions have this address"):
        list_editions(read_catalog(path), data=small)


def test_an_edition_asked_for_by_hand_has_the_address_that_the_catalog_gives_it(
    write_notebook: Callable[..., Path], small: Path
) -> None:
    notebook = write_notebook()
    write_catalog(notebook, '[[briefing]]\nnotebook = "tiny"\nwindow = [30, 60]')
    assert make_edition(pick_briefing(notebook), {"window": "30"}, data=small).name == "tiny/window-30/2031-04-12"


def test_a_notebook_is_found_by_name_from_a_folder_below(
    write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = write_notebook()
    monkeypatch.chdir(notebook.parent)
    assert find_notebook("tiny").samefile(notebook)
    with pytest.raises(UsageError, match='Did you mean "tiny"'):
        find_notebook("tinny")

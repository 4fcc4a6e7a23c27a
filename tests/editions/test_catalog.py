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

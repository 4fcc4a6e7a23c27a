"""What a preview shows: which briefing, which edition, asked what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.preview.asked import ask_now, list_names, open_desk, stamp_desk

DAYS = '[[briefing]]\nnotebook = "tiny"\nas_of = ["2031-04-11", "2031-04-12", "2031-04-10"]\n'


@pytest.fixture
def catalog(write_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out two notebooks and a catalog of both; give the catalog."""
    path = write_notebook("1 + 1").parent / "briefings.toml"
    write_notebook("1 + 1", name="other")
    path.write_text(f'{DAYS}[[briefing]]\nnotebook = "other"\n', encoding="utf-8")
    monkeypatch.chdir(path.parent.parent)
    return path


def test_the_first_briefing_of_the_catalog_is_shown_and_the_others_are_there(catalog: Path) -> None:
    assert list_names(open_desk(None, given={})) == ("tiny", "other")


def test_a_notebook_that_is_named_comes_first(catalog: Path) -> None:
    assert list_names(open_desk("other", given={})) == ("other", "tiny")


def test_of_several_editions_the_newest_is_shown(catalog: Path) -> None:
    assert ask_now(open_desk("tiny", given={}), "tiny").edition.name == "tiny/2031-04-12"


def test_what_is_given_overrides_the_catalog_for_the_first_briefing_alone(catalog: Path) -> None:
    desk = open_desk("tiny", given={"window": "7"})
    assert ask_now(desk, "tiny").order.values["window"] == 7
    assert ask_now(desk, "other").order.values["window"] == 30


def test_a_parameter_that_there_is_not_is_refused_before_anything_starts(catalog: Path) -> None:
    with pytest.raises(UsageError, match=r'windo: is no parameter.*Did you mean "window"'):
        open_desk("tiny", given={"windo": "7"})


def test_a_notebook_needs_no_catalog(catalog: Path) -> None:
    catalog.unlink()
    desk = open_desk("other", given={})
    assert list_names(desk) == ("other",)
    assert ask_now(desk, "other").edition.name == "other/2031-04-12"


def test_an_empty_catalog_is_refused(catalog: Path) -> None:
    catalog.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="lists nothing"):
        open_desk(None, given={})


def test_each_save_changes_the_stamp(catalog: Path) -> None:
    desk = open_desk("tiny", given={})
    seen = [stamp_desk(desk)]
    for path in (catalog, catalog.parent / "tiny.ipynb", desk.data / "quotes.csv"):
        path.write_bytes(path.read_bytes() + b"\n")
        seen.append(stamp_desk(desk))
    (catalog.parent / "tiny.ipynb").unlink()
    assert len({*seen, stamp_desk(desk)}) == 5

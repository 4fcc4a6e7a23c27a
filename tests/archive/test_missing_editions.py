"""What the catalog asks for and is not there: the front page tells it, and a build without a catalog remembers it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefing.archive.standing import look_around
from briefing.editions.catalog import Briefing, read_catalog


def briefings(write_notebook: Callable[..., Path], *lines: str) -> tuple[Briefing, ...]:
    path = write_notebook("1").parent / "briefings.toml"
    path.write_text("\n".join(('[[briefing]]\nnotebook = "tiny"', *lines)), encoding="utf-8")
    return read_catalog(path)


def told(out: Path, *catalog: Briefing) -> list[tuple[str, str]]:
    data = out.parent / "data"
    return [(trouble.name, trouble.kind) for trouble in look_around(out, briefings=catalog, data=data).troubles]


def test_an_edition_that_was_never_made_is_missing(write_notebook: Callable[..., Path], tmp_path: Path) -> None:
    catalog = briefings(write_notebook, 'as_of = ["2031-04-12", "2031-04-13"]')
    missing = [("tiny/2031-04-12", "missing"), ("tiny/2031-04-13", "missing")]
    assert told(tmp_path / "reports", *catalog) == missing
    assert told(tmp_path / "reports") == missing


def test_an_edition_that_a_schedule_asked_for_is_late(write_notebook: Callable[..., Path], tmp_path: Path) -> None:
    catalog = briefings(write_notebook, 'schedule = "0 6 * * *"')
    ((_, kind),) = told(tmp_path / "reports", *catalog)
    assert kind == "late"

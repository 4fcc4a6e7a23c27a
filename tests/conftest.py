"""A small second dossier: other actors, other countries, other items than the shipped one."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from norway import ROWS, csv_text, write_dossier

import briefing
import briefing.ahead  # before a plugin imports jsonschema
from briefing.cli.main import main
from briefing.dossier.tables import TABLES

pytest_plugins = ["drawers", "installed", "notebooks", "presses", "real"]

# What a script starts in the background is deaf to interrupts, and so is all that it starts; some tests send them.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test asserts on time, and a busy machine is no fault of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


# What is imported and collected stays: looking through it for garbage takes a fifth of the time that collecting takes.
gc.disable()


def pytest_collection_finish() -> None:
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the examples of verbs to tests/test_api.py, which runs each as an analyst would paste it."""
    verbs = {f"{verb.__module__}.{verb.__name__}" for verb in (getattr(briefing, name) for name in briefing.__all__)}
    again = [item for item in items if isinstance(item, pytest.DoctestItem) and item.name in verbs]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give the folder of the small dossier, which has no problem; a test may change its files."""
    return write_dossier(tmp_path / "small", ROWS)


@pytest.fixture
def shipped() -> Path:
    """Give the folder of the dossier that this repository ships."""
    return Path(__file__).parent.parent / "data"


@pytest.fixture
def edit(small: Path) -> Callable[..., Path]:
    """Give a function that changes cells of the small dossier: ``edit("transfers", "t-1", high="3")``."""

    def change(table: str, key: str, **cells: str) -> Path:
        rows = [{**row, **cells} if row[TABLES[table].columns[0]] == key else row for row in ROWS[table]]
        (small / f"{table}.csv").write_text(csv_text(table, rows), encoding="utf-8", newline="")
        return small

    return change


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give a function that calls the command line in a folder with notebooks/ and data/."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))

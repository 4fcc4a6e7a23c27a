"""What draws pages, started before there is anything to draw: V8, the library that lets charts answer, templates."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from briefing.page.exporter import open_environment
from briefing.page.interactive import pack_bundle
from briefing.page.proof import read_for_checks
from briefing.page.vega import start_engine


def start_ahead(data: Path | None = None) -> None:
    """Start what is slow, and read the dossier for the checks where one is named.

    What is wrong with one of them, the first page tells.
    """
    starts: list[Callable[[], object]] = [start_engine, pack_bundle, open_environment]
    if data:
        starts.insert(1, partial(read_for_checks, data))
    for start in starts:
        with suppress(Exception):
            start()

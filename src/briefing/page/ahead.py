"""What draws pages, started before there is anything to draw: V8, the library that lets charts answer, templates."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from briefing.page.vega import start_engine


def start_ahead(data: Path | None = None, *, draws: bool = True) -> None:
    """Start what is slow, and read the dossier for the checks where one is named; V8, where this process `draws`.

    V8 comes first: it keeps Python's lock while it starts, and later there may be a kernel to talk to. Where another
    process draws, there is time for the templates. What is wrong with one of them, the first page tells.
    """
    starts: list[Callable[[], object]] = [start_engine] if draws else []
    starts += [_open_environment, _pack_bundle]
    if data:
        starts.append(partial(_read_for_checks, data))
    if not draws:
        starts.append(_compile_templates)
    for start in starts:
        with suppress(Exception):
            start()


def _open_environment() -> None:
    from briefing.page.exporter import open_environment  # imports nbconvert and all checks, after V8

    open_environment()


def _pack_bundle() -> None:
    from briefing.page.interactive import pack_bundle  # slow to import, too

    pack_bundle()


def _compile_templates() -> None:
    from briefing.page.exporter import compile_templates  # slow to import, too

    compile_templates()


def _read_for_checks(data: Path) -> None:
    from briefing.page.proof import read_for_checks  # slow to import, too

    read_for_checks(data)

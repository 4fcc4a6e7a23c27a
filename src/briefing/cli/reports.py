"""The files that a build leaves for other machines, whatever becomes of it: metrics and a test report."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from briefing.cli.ending import Flaw, describe_flaw
from briefing.cli.output import print_line
from briefing.errors import PublishError


def leaving_reports(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of these files, and write them when it ends; it fills `made` as it goes."""

    @click.option(
        "--metrics",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write how it went there, as a text that Prometheus's node_exporter reads.",
    )
    @click.option(
        "--junit",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write how it went there, as JUnit XML: a suite a briefing, a test an edition.",
    )
    @wraps(command)
    def run(metrics: Path | None, junit: Path | None, **options: Any) -> int:
        if metrics is None and junit is None:
            return command(made=None, **options)
        from briefing.press.make import MadePages
        from briefing.press.reports import Reports, check_reports, write_reports

        reports, made, began, flaw = Reports(metrics, junit), MadePages(), time.monotonic(), Flaw()
        check_reports(reports)

        def write() -> None:
            seconds = time.monotonic() - began
            write_reports(reports, made, exit=flaw.exit, error=flaw.error, seconds=seconds, say=_say)

        try:
            flaw = Flaw(command(made=made, **options))
        except BaseException as error:
            flaw = describe_flaw(error)
            _try(write)
            raise
        if flaw.exit:
            _try(write)
        else:
            write()
        return flaw.exit

    return run


def _try(write: Callable[[], None]) -> None:
    """Write the files, and only say why that cannot be: what went wrong before has an exit code of its own."""
    try:
        write()
    except PublishError as error:
        _say(str(error))


def _say(words: str) -> None:
    print_line(words, err=True)

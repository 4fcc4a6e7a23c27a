"""What all commands share: their options, how an error ends them, and what they work on."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from briefing.cli.completing import offer_editions
from briefing.cli.ending import Flaw, describe_flaw, ended_by_signals, flush_all
from briefing.cli.log import is_event_log, log_event, log_events, log_option
from briefing.cli.output import print_answer, print_line
from briefing.errors import PublishError

# Everything else is imported by the command that needs it: `briefing --help` answers at once.

#: What a command says about data, pages and machines, once for all of them.
data_option = click.option("--data", type=click.Path(path_type=Path), help="The dossier. Default: the nearest data/.")
out_option = click.option("--out", type=click.Path(path_type=Path), help="Where pages go. Default: reports/.")
notebooks_option = click.option(
    "--notebooks", type=click.Path(path_type=Path), help="The notebooks. Default: the nearest notebooks/."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Tell what went wrong, and nothing else.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Tell hints too, and how long it took.")

#: The version of what ``--json`` answers: a key that goes, or means something else, raises it; a new one does not.
SCHEMA = 1

#: How many characters of a trace are logged: its end, where the error is.
_TRACED = 2_000

#: Where a command keeps its answer until it ends.
ANSWER = "briefing.answer"

#: What click itself tells.
PASSED_ON = (click.exceptions.Exit, click.ClickException, click.Abort)

DAY = click.DateTime(["%Y-%m-%d"])


def making_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of everything that makes many editions."""
    for option in (
        click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many at a time."),
        click.option("--fail-fast/--keep-going", help="Whether the first failure ends it. Default: keep going."),
        click.option("--dask", default="", metavar="ADDRESS", help="Have a Dask cluster make the editions."),
        click.option("--publish", default="", metavar="URL", help="Send the pages there too: s3://bucket/folder."),
        click.option(
            "--delete", is_flag=True, help="With --publish: delete there what was sent once and is retired here."
        ),
        click.option("--progress/--no-progress", default=None, help="Show a moving bar. Default: on a terminal."),
        verbose_option,
        quiet_option,
        log_option,
        click.option(
            "--accept",
            multiple=True,
            metavar="EDITION",
            shell_complete=offer_editions,
            help="Publish it although a figure jumped.",
        ),
    ):
        command = option(command)
    return command


def on_workspace(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what it works on, and open that for it."""

    @notebooks_option
    @data_option
    @out_option
    @wraps(command)
    def run(notebooks: Path | None, data: Path | None, out: Path | None, **options: Any) -> Any:
        return command(_open_workspace(notebooks, data, out), **options)

    return run


def told_plainly(command: Callable[..., int | None]) -> Callable[..., None]:
    """Let an error end a command with one red line and its exit code; with ``--json`` the answer holds both.

    Where the command logs events, the last of them says how it ended.
    """

    @wraps(command)
    def run(*args: Any, log_format: str = "text", **options: Any) -> None:
        with log_events(wanted=log_format == "json", quiet=bool(options.get("quiet")), verbose=_is_verbose(options)):
            code = _run_plainly(command, *args, **options)
        flush_all()
        sys.exit(code)

    return run


def _is_verbose(options: dict[str, Any]) -> bool:
    return bool(options.get("verbose")) and not options.get("quiet")


def _run_plainly(command: Callable[..., int | None], *args: Any, **options: Any) -> int:
    began, flaw, trace = time.monotonic(), Flaw(), ""
    try:
        with ended_by_signals():
            flaw = Flaw(command(*args, **options) or 0)
    except (Exception, KeyboardInterrupt) as error:
        is_debugged = click.get_current_context().find_root().params.get("debug")
        if isinstance(error, PASSED_ON) or (is_debugged and not is_event_log()):
            raise
        flaw, trace = describe_flaw(error), traceback.format_exc() if is_debugged else ""
    seconds = round(time.monotonic() - began, 3)
    if is_event_log():
        _log_end(flaw, seconds=seconds, trace=trace)
    elif flaw.error:
        print_line(flaw.error, colour="red", err=True)
    code = flaw.exit
    if options.get("as_json") and (flaw.error or ANSWER in click.get_current_context().meta):
        told = {"schema": SCHEMA, **flaw.to_dict(), "seconds": seconds}
        lost = _print_last(told | click.get_current_context().meta.get(ANSWER, {}))
        code = code or lost
    return code


def _log_end(flaw: Flaw, *, seconds: float, trace: str) -> None:
    """Log how a command ended, and each problem of the dossier that ended it."""
    from briefing.press.secrets import hide_secrets  # only where a command logs

    for problem in flaw.problems:
        log_event("problem", level="error", **problem.to_dict())
    error = f"{len(flaw.problems)} problems in the dossier" if len(flaw.problems) > 1 else flaw.error
    trace = hide_secrets(trace)[-_TRACED:]
    log_event("end", level="error" if flaw.exit else "info", exit=flaw.exit, error=error, seconds=seconds, trace=trace)


def _print_last(told: dict[str, Any]) -> int:
    """Print a command's answer in JSON; give the exit code where it cannot be written."""
    try:
        print_answer(json.dumps(told, ensure_ascii=False, indent=1))
    except PublishError as error:
        print_line(str(error), colour="red", err=True)
        return error.exit_code
    return 0


def note_answer(**cells: Any) -> None:
    """Say what a command answers with ``--json``, beside how it ended, which is told with it whatever happens."""
    click.get_current_context().meta.setdefault(ANSWER, {}).update(cells)


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a command works on: the catalog, the dossier, the reports."""

    briefings: tuple[Any, ...]
    data: Path
    out: Path
    recipients: tuple[Any, ...] = ()  #: who hears of what

    def editions(self, *, since: dt.datetime | None = None, until: dt.datetime | None = None) -> Any:
        """List the editions that the catalog asks for, of days in between where they are given."""
        from briefing.editions.catalog import list_editions

        first, last = since.date() if since else None, until.date() if until else None
        return list_editions(self.briefings, data=self.data, since=first, last=last)

    def plan(self, editions: Any) -> Any:
        """Plan a build of editions."""
        from briefing.press.plan import plan_build

        return plan_build(editions, out=self.out, data=self.data)


def _open_workspace(notebooks: Path | None, data: Path | None, out: Path | None) -> Workspace:
    """Open what was named, and else what lies nearest."""
    from briefing.dossier.files import find_folder
    from briefing.editions.catalog import CATALOG, find_catalog, read_whole_catalog

    catalog = notebooks / CATALOG if notebooks else find_catalog()
    briefings, recipients = read_whole_catalog(catalog)
    folder = data or find_folder(catalog.resolve().parent)
    return Workspace(briefings, folder, out or reports_of(catalog), recipients)


def reports_of(path: Path) -> Path:
    """Give the reports folder that belongs to a notebook or catalog: beside notebooks/, or here."""
    folder = path.resolve().parent
    reports = (folder.parent if folder.name == "notebooks" else folder) / "reports"
    return reports.relative_to(Path.cwd()) if reports.is_relative_to(Path.cwd()) else reports

"""Commands that make pages: one, all that are stale, all that are due."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.completing import offer_notebooks
from briefing.cli.log import is_event_log, log_event, log_option
from briefing.cli.notify import begin_notices, tell_notices
from briefing.cli.options import (
    DAY,
    Workspace,
    data_option,
    json_option,
    making_options,
    note_answer,
    on_workspace,
    out_option,
    quiet_option,
    reports_of,
    told_plainly,
    verbose_option,
)
from briefing.cli.output import count_statuses, is_log, print_line, summarise, telling, time_stamp
from briefing.cli.reports import leaving_reports
from briefing.errors import BusyError, UsageError

if TYPE_CHECKING:
    from briefing.archive.standing import Archive
    from briefing.press.make import MadePages

#: Why an edition that was asked for is not made.
TOO_OLD = "as many newer pages are there as the catalog keeps. Raise keep to have it."


@click.command(epilog="Example: briefing render situation -p as_of 2031-12-19")
@click.argument("notebook", shell_complete=offer_notebooks)
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Ask the notebook this.")
@click.option("--language", default="", help="The language of the page's own words. Default: the catalog's.")
@data_option
@out_option
@verbose_option
@quiet_option
@log_option
@told_plainly
def render(
    notebook: str,
    given: tuple[tuple[str, str], ...],
    language: str,
    data: Path | None,
    out: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make one page of NOTEBOOK, a name or a path."""
    from briefing.dossier.files import find_folder
    from briefing.editions.catalog import find_notebook, in_language, make_edition, pick_briefing
    from briefing.press.build import Options, build

    if language:
        from briefing.page.words import read_words  # imports nbconvert: only where a language is asked for

        read_words(language)
    path = find_notebook(notebook)
    data = data or find_folder(path.resolve().parent)
    edition = in_language(make_edition(pick_briefing(path), dict(given), data=data), language)
    out = out or reports_of(path)

    def finish(out: Path) -> None:
        from briefing.archive.write import write_archive  # imports all blocks: not before the page is made

        write_archive(out)

    with telling(1, silent=False, verbose=verbose, quiet=quiet) as tell:
        options = Options(force=True)
        return _code(build([edition], data=data, out=out, options=options, tell=tell, say=_say, finish=finish))


@click.command(name="build", epilog="Example: briefing build --jobs 4")
@told_plainly
@leaving_reports
@on_workspace
@making_options
@click.option("--force", is_flag=True, help="Run every edition, stale or not.")
@json_option
def build_pages(workspace: Workspace, force: bool, as_json: bool, **making: Any) -> int:
    """Make every page of the catalog that is stale, and the index."""
    return _make(workspace, workspace.editions, as_json=as_json, log=False, force=force, **making)


@click.command(name="catch-up", epilog="Example: briefing catch-up --since 2031-12-01")
@told_plainly
@leaving_reports
@on_workspace
@making_options
@click.option("--since", type=DAY, help="Read schedules from this day on.")
@click.option("--until", type=DAY, help="Read schedules to the end of this day. Default: now.")
@json_option
def catch_up(
    workspace: Workspace, since: dt.datetime | None, until: dt.datetime | None, as_json: bool, **making: Any
) -> int:
    """Make the pages that were due by now and are not there; run it at any time, any number of times."""
    from briefing.press.status import missing

    def list_missing() -> Any:
        return missing(workspace.editions(since=since, until=until), out=workspace.out)

    return _make(workspace, list_missing, as_json=as_json, log=True, **making)


def _make(
    workspace: Workspace,
    list_due: Callable[[], Any],
    *,
    as_json: bool,
    log: bool,
    accept: tuple[str, ...],
    publish: str,
    delete: bool,
    progress: bool | None,
    verbose: bool,
    quiet: bool,
    made: MadePages | None,
    **making: Any,
) -> int:
    """Build editions, tell how it goes, send them where they are read, and give the exit code."""
    from briefing.archive.upkeep import Upkeep
    from briefing.press.build import Options
    from briefing.press.make import MadePages, make_pages
    from briefing.press.secrets import hide_secrets
    from briefing.press.status import part_by_age

    if delete and not publish:
        raise UsageError("--delete: there is no --publish; what is retired is deleted where pages are sent. Name it.")
    began, made = time.monotonic(), made or MadePages()
    made.out, made.briefings = workspace.out, workspace.briefings
    options = Options(accept=frozenset(accept), **making)
    editions, old = part_by_age(list_due(), out=workspace.out)
    made.editions = editions
    log = (log or progress is False) and is_log()
    log_event("begin", editions=len(editions), briefings=len(workspace.briefings), reports=str(workspace.out))
    if old and not quiet:
        more = f" and {len(old) - 1} more" if old[1:] else ""
        print_line(f"{time_stamp(log)}not made: {old[0].name}{more}: {TOO_OLD}", err=True)
    kept: list[Archive] = []
    upkeep = Upkeep(workspace.briefings, workspace.data)

    def finish(out: Path) -> None:
        if not workspace.recipients:
            upkeep.write_where_changed(out)
        else:  # who is told what is new needs the archive itself
            kept.append(upkeep.write(out))

    begin_notices(workspace)
    flaw: str | None = None
    try:
        with telling(len(editions), silent=as_json, progress=progress, verbose=verbose, quiet=quiet, log=log) as tell:
            make_pages(
                editions,
                data=workspace.data,
                out=workspace.out,
                briefings=workspace.briefings,
                options=options,
                publish=publish,
                delete=delete,
                made=made,
                tell=tell,
                say=_say,
                hint=partial(_hint, verbose=verbose and not quiet),
                record=upkeep.record,
                finish=finish,
            )
        flaw = ""
    except Exception as error:
        flaw = None if isinstance(error, UsageError | BusyError) else hide_secrets(str(error) or type(error).__name__)
        raise
    finally:
        note_answer(editions=[outcome.to_dict() for outcome in made.outcomes], published=made.published)
        if flaw is not None:
            tell_notices(workspace, kept[-1] if kept else None, flaw)
    seconds = time.monotonic() - began
    _tell_end(workspace, made, publish=publish, seconds=seconds, as_json=as_json, verbose=verbose, quiet=quiet, log=log)
    return made.exit


def _tell_end(
    workspace: Workspace,
    made: MadePages,
    *,
    publish: str,
    seconds: float,
    as_json: bool,
    verbose: bool,
    quiet: bool,
    log: bool,
) -> None:
    """Tell how many editions came to what end, where the index is, and what was sent."""
    from briefing.press.publish import INDEX

    log_event(
        "built", editions=count_statuses(made.outcomes), seconds=round(seconds, 3), index=str(workspace.out / INDEX)
    )
    if not as_json and not quiet and not is_event_log():
        took = f" in {seconds:.1f} s" if log or verbose else ""
        print_line(f"{time_stamp(log)}{summarise(made.outcomes)}{took}")
        print_line(f"{time_stamp(log)}index: {workspace.out / INDEX}")
    if made.sent:
        log_event("sent", url=publish, sent=made.sent.sent, there=made.sent.there, deleted=made.sent.deleted)
    if made.sent and not quiet and not is_event_log():
        print_line(f"{time_stamp(log)}{publish}: {made.sent}", err=as_json)


def _say(words: str) -> None:
    print_line(words, err=True)


def _hint(words: str, *, verbose: bool) -> None:
    log_event("hint", level="debug", message=words)
    if verbose and not is_event_log():
        print_line(words, err=True)


def _code(outcomes: Iterable[Any]) -> int:
    return int(any(not outcome.is_good for outcome in outcomes))

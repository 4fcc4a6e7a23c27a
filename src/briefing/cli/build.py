"""Commands that make pages: one, all that are stale, all that are due."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from briefing.cli.options import (
    DAY,
    Workspace,
    data_option,
    json_option,
    making_options,
    on_workspace,
    out_option,
    reports_of,
    told_plainly,
    verbose_option,
)
from briefing.cli.output import print_line, summarise, telling

#: Why an edition that was asked for is not made.
TOO_OLD = "as many newer pages are there as the catalog keeps. Raise keep to have it."


@click.command()
@click.argument("notebook")
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Ask the notebook this.")
@click.option("--language", default="", help="The language of the page's own words. Default: the catalog's.")
@data_option
@out_option
@verbose_option
@told_plainly
def render(
    notebook: str, given: tuple[tuple[str, str], ...], language: str, data: Path | None, out: Path | None, verbose: bool
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
    with telling(1, silent=False, verbose=verbose) as tell:
        return _code(build([edition], data=data, out=out, options=Options(force=True), tell=tell, say=_say))


@click.command(name="build")
@told_plainly
@on_workspace
@making_options
@click.option("--force", is_flag=True, help="Run every edition, stale or not.")
@json_option
def build_pages(workspace: Workspace, force: bool, as_json: bool, **making: Any) -> int:
    """Make every page of the catalog that is stale, and the index."""
    return _make(workspace, workspace.editions(), as_json=as_json, force=force, **making)


@click.command(name="catch-up")
@told_plainly
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

    editions = workspace.editions(since=since, until=until)
    return _make(workspace, missing(workspace.plan(editions), out=workspace.out), as_json=as_json, **making)


def _make(
    workspace: Workspace,
    editions: Any,
    *,
    as_json: bool,
    accept: tuple[str, ...],
    publish: str,
    progress: bool | None,
    verbose: bool,
    **making: Any,
) -> int:
    """Build editions, tell how it goes, send them where they are read, and give the exit code."""
    from briefing.press.build import Options, build
    from briefing.press.mirror import open_target, send_pages
    from briefing.press.status import part_by_age

    target = open_target(publish, out=workspace.out) if publish else None
    options = Options(accept=frozenset(accept), **making)
    editions, old = part_by_age(editions, out=workspace.out)
    if old:
        print_line(f"not made: {old[0].name}{f' and {len(old) - 1} more' if old[1:] else ''}: {TOO_OLD}", err=True)
    with telling(len(editions), silent=as_json, progress=progress, verbose=verbose) as tell:
        folders = {"data": workspace.data, "out": workspace.out}
        outcomes = build(editions, **folders, options=options, briefings=workspace.briefings, tell=tell, say=_say)
    if as_json:
        print_line(json.dumps([outcome.to_dict() for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        print_line(f"{summarise(outcomes)}\nindex: {workspace.out / 'index.html'}")
    if target:
        print_line(f"{publish}: {send_pages(workspace.out, target)}", err=as_json)
    return _code(outcomes)


def _say(words: str) -> None:
    print_line(words, err=True)


def _code(outcomes: Iterable[Any]) -> int:
    return int(any(not outcome.is_good for outcome in outcomes))

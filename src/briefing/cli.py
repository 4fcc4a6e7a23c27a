"""The command line: reads what was asked, calls, prints. No decision lives here.

Exit codes: 0 all good; 1 an edition failed or was held; 2 usage; 3 the dossier has error findings; 4 another build
holds the lock; 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from briefing.errors import BriefingError, DossierError

# Everything else is imported by the command that needs it: `briefing --help` answers at once.

#: What a command says about data, pages and machines, once for all of them.
data_option = click.option("--data", type=click.Path(path_type=Path), help="The dossier. Default: the nearest data/.")
out_option = click.option("--out", type=click.Path(path_type=Path), help="Where pages go. Default: reports/.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")


def told_plainly(command: Callable[..., int | None]) -> Callable[..., None]:
    """Let an error of ours end a command with one red line and its exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options) or 0
        except BriefingError as error:
            if click.get_current_context().find_root().params.get("debug"):
                raise
            click.secho(str(error), fg="red", err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            click.secho("interrupted; nothing is half written. Run the command again.", fg="red", err=True)
            code = 130
        sys.exit(code)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=__doc__.split("\n\n", 1)[1])
@click.option("--debug", is_flag=True, help="Show the whole trace of an error.")
@click.version_option(package_name="briefing")
def main(debug: bool) -> None:
    """Turn a dossier of claims into briefings that a stranger can trust."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--notebooks", type=click.Path(path_type=Path), help="The notebooks. Default: notebooks/ beside FOLDER.")
@click.option("--as-of", help="Judge what is stale on this day. Default: the dossier is checked whole.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to answer.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules, and check nothing.")
@click.option("--write-descriptor", is_flag=True, help="Write datapackage.json and the tables of README.md anew.")
@json_option
@told_plainly
def check(
    folder: Path | None,
    notebooks: Path | None,
    as_of: str | None,
    form: str,
    list_rules: bool,
    write_descriptor: bool,
    as_json: bool,
) -> int:
    """List everything that is wrong with a dossier, and with the notebooks beside it, which are not run."""
    from briefing.checks import check_folder
    from briefing.checks.report import write, write_rules
    from briefing.folders import find_folder

    form = "json" if as_json else form
    if list_rules:
        click.echo(write_rules(form))
        return 0
    folder = folder or find_folder()
    if write_descriptor:
        from briefing.descriptor import write_descriptor as describe

        for path in describe(folder):
            click.echo(f"wrote {path}", err=form != "text")
    beside = notebooks or folder.resolve().parent / "notebooks"
    found = check_folder(folder, notebooks=sorted(beside.glob("*.ipynb")), as_of=as_of)
    click.echo(write(found.problems, found.waived, form=form))
    return DossierError.exit_code if found.errors else 0


@main.command()
@click.argument("notebook")
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Ask the notebook this.")
@data_option
@out_option
@told_plainly
def render(notebook: str, given: tuple[tuple[str, str], ...], data: Path | None, out: Path | None) -> int:
    """Make one page of NOTEBOOK, a name or a path."""
    from briefing.folders import find_folder
    from briefing.press.build import Options, build
    from briefing.press.catalog import find_notebook, make_edition, pick_briefing

    path = find_notebook(notebook)
    data = data or find_folder(path.resolve().parent)
    edition = make_edition(pick_briefing(path), dict(given), data=data)
    return _told(build([edition], data=data, out=out or _reports(path), options=Options(force=True), tell=_tell))


@main.command()
@click.option("--notebooks", type=click.Path(path_type=Path), help="The notebooks. Default: the nearest notebooks/.")
@data_option
@out_option
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many editions at a time.")
@click.option("--force", is_flag=True, help="Run every edition, stale or not.")
@click.option("--fail-fast/--keep-going", help="Whether the first failure ends the build. Default: keep going.")
@click.option("--accept", multiple=True, metavar="EDITION", help="Publish it although a figure jumped. Repeatable.")
@json_option
@told_plainly
def build(
    notebooks: Path | None,
    data: Path | None,
    out: Path | None,
    jobs: int,
    force: bool,
    fail_fast: bool,
    accept: tuple[str, ...],
    as_json: bool,
) -> int:
    """Make every page of the catalog that is stale, and the index."""
    from briefing.folders import find_folder
    from briefing.press.build import Options
    from briefing.press.build import build as make
    from briefing.press.catalog import CATALOG, find_catalog, list_editions, read_catalog

    catalog = notebooks / CATALOG if notebooks else find_catalog()
    data = data or find_folder(catalog.resolve().parent)
    out = out or _reports(catalog)
    editions = list_editions(read_catalog(catalog), data=data)
    options = Options(jobs=jobs, force=force, fail_fast=fail_fast, accept=frozenset(accept))
    outcomes = make(editions, data=data, out=out, options=options, tell=(lambda outcome: None) if as_json else _tell)
    if as_json:
        click.echo(json.dumps([outcome.to_dict() for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        click.echo(f"{_count(len(outcomes), 'edition')}; index: {out / 'index.html'}")
    return _told(outcomes)


@main.command()
@click.argument("notebook")
@json_option
@told_plainly
def params(notebook: str, as_json: bool) -> None:
    """List what NOTEBOOK may be asked."""
    from dataclasses import asdict

    from briefing.press.catalog import find_notebook
    from briefing.press.parameters import read_parameters

    parameters = read_parameters(find_notebook(notebook))
    if as_json:
        click.echo(json.dumps([asdict(parameter) for parameter in parameters], ensure_ascii=False, indent=1))
        return
    for parameter in parameters:
        choices = f" ({' | '.join(parameter.choices)})" if parameter.choices else ""
        click.echo(f"{parameter.name}: {parameter.kind}{choices} = {parameter.default!r}  {parameter.help}".rstrip())


def _reports(path: Path) -> Path:
    """Give the reports folder that belongs to a notebook or catalog: beside notebooks/, or here."""
    folder = path.resolve().parent
    reports = (folder.parent if folder.name == "notebooks" else folder) / "reports"
    return reports.relative_to(Path.cwd()) if reports.is_relative_to(Path.cwd()) else reports


def _tell(outcome: Any) -> None:
    click.secho(f"{outcome.status} {outcome.path}", fg=None if outcome.is_good else "red", err=not outcome.is_good)
    for reason in outcome.reasons:
        click.secho(reason, fg="red", err=True)


def _told(outcomes: Iterable[Any]) -> int:
    return int(any(not outcome.is_good for outcome in outcomes))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

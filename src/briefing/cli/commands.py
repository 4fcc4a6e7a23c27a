"""The command line: reads what was asked, calls, prints. No decision lives here.

Exit codes: 0 all good; 1 an edition failed or was held, a page differs, a cluster or target does not answer; 2 usage;
3 the dossier has error findings; 4 another build holds the lock; 130 interrupted.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from briefing.cli.output import say
from briefing.errors import BriefingError, DossierError, PageError, UsageError, did_you_mean

# Everything else is imported by the command that needs it: `briefing --help` answers at once.

#: What a command says about data, pages and machines, once for all of them.
data_option = click.option("--data", type=click.Path(path_type=Path), help="The dossier. Default: the nearest data/.")
out_option = click.option("--out", type=click.Path(path_type=Path), help="Where pages go. Default: reports/.")
notebooks_option = click.option(
    "--notebooks", type=click.Path(path_type=Path), help="The notebooks. Default: the nearest notebooks/."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")


DAY = click.DateTime(["%Y-%m-%d"])

#: Why an edition that was asked for is not made.
TOO_OLD = "as many newer pages are there as the catalog keeps. Raise keep to have it."


def making_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of everything that makes many editions."""
    for option in (
        click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, help="How many at a time."),
        click.option("--fail-fast/--keep-going", help="Whether the first failure ends it. Default: keep going."),
        click.option("--dask", default="", metavar="ADDRESS", help="Have a Dask cluster make the editions."),
        click.option("--publish", default="", metavar="URL", help="Send the pages there too: s3://bucket/folder."),
        click.option("--progress/--no-progress", default=None, help="Show a moving bar. Default: on a terminal."),
        click.option("--accept", multiple=True, metavar="EDITION", help="Publish it although a figure jumped."),
    ):
        command = option(command)
    return command


def told_plainly(command: Callable[..., int | None]) -> Callable[..., None]:
    """Let an error of ours end a command with one red line and its exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options) or 0
        except BriefingError as error:
            if click.get_current_context().find_root().params.get("debug"):
                raise
            say(str(error), colour="red", err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            say("interrupted; nothing is half written. Run the command again.", colour="red", err=True)
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
    """List everything that is wrong with a dossier, and with the notebooks beside it, which are not run.

    As JSON, each finding has file, row (of a notebook the cell), column, value, what, rule, cure, id, severity and
    subject, and waived where a waiver lets it stand. SARIF 2.1.0 is what code hosts and editors show beside the lines.
    """
    from briefing.checks import check_folder
    from briefing.checks.report import write, write_rules
    from briefing.dossier.files import find_folder

    form = "json" if as_json else form
    if list_rules:
        say(write_rules(form))
        return 0
    folder = folder or find_folder()
    if write_descriptor:
        from briefing.dossier.datapackage import write_descriptor as describe

        for path in describe(folder):
            say(f"wrote {path}", err=form != "text")
    beside = notebooks or folder.resolve().parent / "notebooks"
    found = check_folder(folder, notebooks=sorted(beside.glob("*.ipynb")), as_of=as_of)
    roots = (folder.resolve().parent, beside.resolve().parent)
    say(write(found.problems, found.waived, form=form, roots=roots))
    return DossierError.exit_code if found.errors else 0


@main.command()
@click.argument("notebook")
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Ask the notebook this.")
@click.option("--language", default="", help="The language of the page's own words. Default: the catalog's.")
@data_option
@out_option
@told_plainly
def render(
    notebook: str, given: tuple[tuple[str, str], ...], language: str, data: Path | None, out: Path | None
) -> int:
    """Make one page of NOTEBOOK, a name or a path."""
    from briefing.cli.output import tell_outcome
    from briefing.dossier.files import find_folder
    from briefing.editions.catalog import find_notebook, in_language, make_edition, pick_briefing
    from briefing.press.build import Options, build

    if language:
        from briefing.page.words import read_words  # imports nbconvert: only where a language is asked for

        read_words(language)
    path = find_notebook(notebook)
    data = data or find_folder(path.resolve().parent)
    edition = in_language(make_edition(pick_briefing(path), dict(given), data=data), language)
    return _code(build([edition], data=data, out=out or _reports(path), options=Options(force=True), tell=tell_outcome))


@main.command()
@notebooks_option
@data_option
@out_option
@making_options
@click.option("--force", is_flag=True, help="Run every edition, stale or not.")
@json_option
@told_plainly
def build(
    notebooks: Path | None, data: Path | None, out: Path | None, force: bool, as_json: bool, **making: Any
) -> int:
    """Make every page of the catalog that is stale, and the index."""
    shelf = _open(notebooks, data, out)
    return _make(shelf, shelf.editions(), as_json=as_json, force=force, **making)


@main.command(name="catch-up")
@notebooks_option
@data_option
@out_option
@making_options
@click.option("--since", type=DAY, help="Read schedules from this day on.")
@click.option("--until", type=DAY, help="Read schedules to the end of this day. Default: now.")
@json_option
@told_plainly
def catch_up(
    notebooks: Path | None,
    data: Path | None,
    out: Path | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    as_json: bool,
    **making: Any,
) -> int:
    """Make the pages that were due by now and are not there; run it at any time, any number of times."""
    from briefing.press.status import missing

    shelf = _open(notebooks, data, out)
    editions = shelf.editions(since=since, until=until)
    return _make(shelf, missing(shelf.plan(editions), out=shelf.out), as_json=as_json, **making)


@main.command()
@notebooks_option
@data_option
@out_option
@click.option("--max-age", type=float, metavar="HOURS", help="Exit 1 where no build ran in so many hours.")
@json_option
@told_plainly
def status(notebooks: Path | None, data: Path | None, out: Path | None, max_age: float | None, as_json: bool) -> int:
    """Say which pages are there, stale, missing, held or failed, and when a build last ran."""
    from briefing.press.status import list_orphans, list_standings, read_heartbeat
    from briefing.values.clock import now

    shelf = _open(notebooks, data, out)
    standings = list_standings(shelf.plan(shelf.editions()), out=shelf.out)
    orphans = list_orphans(shelf.out, shelf.briefings)
    last, heartbeat = read_heartbeat(shelf.out)
    # a heartbeat of the future tells of a clock that was set back, not of a build
    is_late = max_age is not None and (last is None or abs(now() - last) > dt.timedelta(hours=max_age))
    if as_json:
        told = {"editions": [found.to_dict() for found in standings], "orphans": orphans, "heartbeat": heartbeat}
        say(json.dumps(told | {"late": is_late}, ensure_ascii=False, indent=1))
    else:
        for found in standings:
            colour = {"present": None, "stale": "yellow", "missing": "yellow"}.get(found.state, "red")
            say(f"{found.state} {found.edition}{': ' if found.why else ''}{'; '.join(found.why)}", colour=colour)
        for address in orphans:
            say(f"orphan {address}: its briefing is not in the catalog; delete it by hand")
        say(f"last build: {last or 'never'}", colour="red" if is_late else None)
    return int(is_late or any(found.state in ("held", "failed") for found in standings))


@main.command()
@click.argument("edition")
@notebooks_option
@data_option
@out_option
@told_plainly
def why(edition: str, notebooks: Path | None, data: Path | None, out: Path | None) -> None:
    """Say why EDITION, such as situation/2022-12-19, would be made again."""
    shelf = _open(notebooks, data, out)
    editions = {found.name: found for found in shelf.editions()}
    name = edition.removesuffix(".html")
    if name not in editions:
        rule = "an edition is named by its address"
        raise UsageError(f"{edition}: is not in the catalog; {rule}. {did_you_mean(name, editions)}")
    (step,) = shelf.plan([editions[name]])
    words = {
        "keep": "stands: nothing that it was made from has changed",
        "run": "would run",
        "render": "would be rendered",
    }
    say(f"{name} {words[step.action]}")
    for reason in step.why:
        say(f"  {reason}")


@main.command()
@click.argument("notebook")
@json_option
@told_plainly
def params(notebook: str, as_json: bool) -> None:
    """List what NOTEBOOK may be asked."""
    from dataclasses import asdict

    from briefing.editions.catalog import find_notebook
    from briefing.editions.parameters import read_parameters

    parameters = read_parameters(find_notebook(notebook))
    if as_json:
        say(json.dumps([asdict(parameter) for parameter in parameters], ensure_ascii=False, indent=1))
        return
    for parameter in parameters:
        choices = f" ({' | '.join(parameter.choices)})" if parameter.choices else ""
        say(f"{parameter.name}: {parameter.kind}{choices} = {parameter.default!r}  {parameter.help}".rstrip())


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--notebook", help="The notebook that it came from, a name or a path. Default: the one that it names.")
@data_option
@json_option
@told_plainly
def verify(file: Path, notebook: str | None, data: Path | None, as_json: bool) -> int:
    """Say which of the things that the page FILE was made from differ from what is here.

    Exits 0 where nothing differs, 1 where something does, 2 where FILE is no page of ours. It asks no network.
    """
    from briefing.editions.catalog import find_notebook
    from briefing.page.verify import find_beside, verify_page

    try:
        named, near = find_beside(file)
        verdicts = verify_page(file, notebook=find_notebook(notebook) if notebook else named, data=data or near)
    except PageError as error:
        raise UsageError(str(error)) from None
    if as_json:
        say(json.dumps([verdict.to_dict() for verdict in verdicts], ensure_ascii=False, indent=1))
    else:
        for verdict in verdicts:
            colour = {"same": None, "differs": "red"}.get(verdict.state, "yellow")
            say(str(verdict), colour=colour)
    return int(any(verdict.state == "differs" for verdict in verdicts))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What a command works on: the catalog, the dossier, the reports."""

    briefings: tuple[Any, ...]
    data: Path
    out: Path

    def editions(self, *, since: dt.datetime | None = None, until: dt.datetime | None = None) -> Any:
        from briefing.editions.catalog import list_editions

        first, last = since.date() if since else None, until.date() if until else None
        return list_editions(self.briefings, data=self.data, since=first, last=last)

    def plan(self, editions: Any) -> Any:
        from briefing.press.plan import plan_build

        return plan_build(editions, out=self.out, data=self.data)


def _open(notebooks: Path | None, data: Path | None, out: Path | None) -> _Shelf:
    from briefing.dossier.files import find_folder
    from briefing.editions.catalog import CATALOG, find_catalog, read_catalog

    catalog = notebooks / CATALOG if notebooks else find_catalog()
    briefings = read_catalog(catalog)
    return _Shelf(briefings, data or find_folder(catalog.resolve().parent), out or _reports(catalog))


def _make(
    shelf: _Shelf,
    editions: Any,
    *,
    as_json: bool,
    accept: tuple[str, ...],
    publish: str,
    progress: bool | None,
    **making: Any,
) -> int:
    """Build editions, tell how it goes, send them where they are read, and give the exit code."""
    from briefing.cli.output import summarise, telling
    from briefing.press.build import Options, build
    from briefing.press.mirror import open_target, send
    from briefing.press.status import part_by_age

    target = open_target(publish, out=shelf.out) if publish else None
    options = Options(accept=frozenset(accept), **making)
    editions, old = part_by_age(editions, out=shelf.out)
    if old:
        say(f"not made: {old[0].name}{f' and {len(old) - 1} more' if old[1:] else ''}: {TOO_OLD}", err=True)
    with telling(len(editions), silent=as_json, progress=progress) as tell:
        outcomes = build(
            editions, data=shelf.data, out=shelf.out, options=options, briefings=shelf.briefings, tell=tell
        )
    if as_json:
        say(json.dumps([outcome.to_dict() for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        say(f"{summarise(outcomes)}\nindex: {shelf.out / 'index.html'}")
    if target:
        say(f"{publish}: {send(shelf.out, target)}", err=as_json)
    return _code(outcomes)


def _reports(path: Path) -> Path:
    """Give the reports folder that belongs to a notebook or catalog: beside notebooks/, or here."""
    folder = path.resolve().parent
    reports = (folder.parent if folder.name == "notebooks" else folder) / "reports"
    return reports.relative_to(Path.cwd()) if reports.is_relative_to(Path.cwd()) else reports


def _code(outcomes: Iterable[Any]) -> int:
    return int(any(not outcome.is_good for outcome in outcomes))

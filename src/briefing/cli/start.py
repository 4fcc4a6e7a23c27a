"""Commands with which a dossier begins, and that keep its notebooks clean."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.cli.options import told_plainly
from briefing.cli.output import print_line
from briefing.errors import NotebookError
from briefing.values.words import counted

#: How git is told to see notebooks without their outputs.
GIT_FILTER = 'git config filter.briefing-tidy.clean "briefing tidy -"'


@click.command(epilog='Example: briefing new harbour --title "Will the harbour be blocked?"')
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the dossier is about: the question of its first page.")
@click.option("--example", "with_example", is_flag=True, help="Fill the tables with an invented example.")
@told_plainly
def new(folder: Path, title: str, with_example: bool) -> None:
    """Make FOLDER: a dossier with all tables, five notebooks and a catalog, in which `briefing build` works at once.

    Nothing is overwritten. The tables are empty, or hold an invented example to try things on.
    """
    from briefing.start.folder import begin_dossier

    begun = begin_dossier(folder, title=title, with_example=with_example)
    print_line(f"made {begun.folder}: {counted(begun.tables, 'table')} and {counted(len(begun.notebooks), 'notebook')}")
    print_line("README.md says what comes next, data/README.md what each column holds. Begin with:\n")
    for step in begun.steps:
        print_line(f"  {step}")
    if begun.is_in_git:
        print_line(f"\nThis is in git, which need not see what notebooks said when they last ran:\n\n  {GIT_FILTER}")


@click.command(name="tidy", epilog="Example: briefing tidy situation")
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK...]")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 where a notebook is not tidy.")
@told_plainly
def tidy_notebooks(notebooks: tuple[str, ...], check: bool) -> int:
    """Clear what runs and editors left in notebooks: outputs, counters, versions. What you wrote stays.

    NOTEBOOK is a name or a path; without one, all of the nearest notebooks/. A notebook that is tidy is not written.

    `-` reads a notebook and writes it tidied, as git's clean filter does. What is no notebook goes through unchanged.

    Exits 1 where a file is no notebook or, with --check, is not tidy.
    """
    from briefing.start.tidy import list_nearest, tidy_file

    if notebooks == ("-",):
        return _tidy_stream()
    from briefing.editions.catalog import find_notebook

    paths = [find_notebook(name) for name in notebooks] if notebooks else list_nearest()
    state = "not tidy" if check else "tidied"
    tidy, wrong = 0, 0
    for path in paths:
        try:
            was_tidy = tidy_file(path, check=check)
        except NotebookError as error:
            print_line(str(error), colour="red", err=True)
            wrong += 1
            continue
        tidy += was_tidy
        if not was_tidy:
            print_line(f"{state} {path}", colour="red" if check else None)
    untidy = len(paths) - tidy - wrong
    told = [
        f"{number} {what}" for number, what in ((untidy, state), (tidy, "tidy before"), (wrong, "not read")) if number
    ]
    print_line(f"{counted(len(paths), 'notebook')}: {', '.join(told)}")
    return int(bool(wrong) or (check and bool(untidy)))


def _tidy_stream() -> int:
    """Pass a notebook on, tidied, or as it is where it cannot be: git must lose nothing."""
    from briefing.start.tidy import tell_untidied, tidy_notebook

    content = sys.stdin.buffer.read()
    try:
        content = tidy_notebook(content).content
    except ValueError as error:
        print_line(f"briefing tidy: {tell_untidied(error)}", err=True)
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return 0

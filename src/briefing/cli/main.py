"""The command line: reads what was asked, calls, prints. No decision lives here."""

from __future__ import annotations

import click

from briefing.cli.build import build_pages, catch_up, render
from briefing.cli.compared import since
from briefing.cli.history import history, review
from briefing.cli.imports import import_file
from briefing.cli.intake import add
from briefing.cli.look import check, params, sign, status, verify, why
from briefing.cli.maps import outlines
from briefing.cli.preview import preview
from briefing.cli.sheet import sheet
from briefing.cli.start import new, tidy_notebooks

#: Not a docstring: PYTHONOPTIMIZE=2 takes those away.
_CODES = """Exit codes: 0 all good; 1 an edition failed or was held, a cluster or target does not answer; 2 usage; 3 the
dossier has error findings; 4 another build holds the lock; 5 a page is not what it says; 6 a page is not proven; 130
interrupted."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_CODES)
@click.option("--debug", is_flag=True, help="Show the whole trace of an error.")
@click.version_option(package_name="briefing")
def main(debug: bool) -> None:
    """Turn a dossier of claims into briefings that a stranger can trust."""


for command in (
    new, add, sheet, import_file, history, review, tidy_notebooks, check, preview,
    render, build_pages, catch_up, status, since, why, params, verify, sign, outlines,
):  # fmt: skip
    main.add_command(command)

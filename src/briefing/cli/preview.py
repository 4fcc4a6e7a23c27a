"""The command that shows a page beside its notebook."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.options import data_option, notebooks_option, quiet_option, told_plainly
from briefing.cli.output import print_line

if TYPE_CHECKING:
    from briefing.preview.follow import View


@click.command(epilog="Example: briefing preview situation -p as_of 2031-12-19")
@click.argument("notebook", required=False)
@click.option("-p", "--parameter", "given", nargs=2, multiple=True, metavar="NAME VALUE", help="Ask the notebook this.")
@notebooks_option
@data_option
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="Where to listen. Default: any free port.")
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@quiet_option
@told_plainly
def preview(
    notebook: str | None,
    given: tuple[tuple[str, str], ...],
    notebooks: Path | None,
    data: Path | None,
    port: int,
    no_open: bool,
    quiet: bool,
) -> None:
    """Show the page of NOTEBOOK in a browser, and follow every save of the notebook, the dossier and the catalog.

    Without NOTEBOOK it is the first of the catalog; the others are links. Of several editions the newest is shown. It
    listens on this machine alone, and nothing is written: `build` makes the pages. Ctrl-C ends it.
    """
    import briefing.ahead  # noqa: F401  # before anything imports nbformat
    from briefing.preview.asked import open_desk
    from briefing.preview.run import run_until_ended

    desk = open_desk(notebook, given=dict(given), data=data, notebooks=notebooks)

    def begin(address: str) -> None:
        print_line(address)
        if not quiet:
            print_line("It follows every save. Ctrl-C ends it.", err=True)
        if not no_open and _has_desktop():
            click.launch(address)

    run_until_ended(desk, port=port, begin=begin, say=lambda view: None if quiet and not view.told else _say(view))


def _say(view: View) -> None:
    if view.told is None:
        print_line(f"{view.edition} in {view.seconds:.1f} s", err=True)
    else:
        for line in (f"{view.name}: {view.told.title}", *view.told.reasons):
            print_line(line, colour="red", err=True)


def _has_desktop() -> bool:
    """Whether there is a desktop on which a browser opens: in a terminal alone, a browser would take it over."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

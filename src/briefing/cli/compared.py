"""The command that tells what changed between two editions."""

from __future__ import annotations

import click

from briefing.cli.completing import offer_editions
from briefing.cli.options import Workspace, json_option, note_answer, on_workspace, told_plainly
from briefing.cli.output import print_line


@click.command(epilog="Example: briefing since situation/2031-11-19 situation/2031-12-19")
@told_plainly
@click.argument("before", shell_complete=offer_editions)
@click.argument("after", shell_complete=offer_editions)
@on_workspace
@click.option("--html", "as_page", is_flag=True, help="Write the page that tells all of it, beside the later page.")
@json_option
def since(workspace: Workspace, before: str, after: str, as_page: bool, as_json: bool) -> None:
    """Tell what changed from BEFORE to AFTER: two editions of one question, the earlier first.

    It is told from what both pages printed; nothing is run. A page that --html writes is made anew by each build, as
    long as both editions are there.
    """
    from briefing.archive.since_asked import find_compared, write_compared
    from briefing.archive.since_data import to_plain
    from briefing.archive.since_kept import find_between
    from briefing.archive.since_points import write_long
    from briefing.archive.standing import look_around
    from briefing.page.words import read_words

    archive = look_around(workspace.out)
    first, second = find_compared(archive, before, after)
    found = find_between(workspace.out, first, second)
    page = write_compared(workspace.out, first, second) if as_page else ""
    note_answer(**to_plain(found), page=page)
    if not as_json:
        print_line(write_long(found, words=read_words(second.language)))
        if page:
            print_line(f"wrote {workspace.out / page}", err=True)

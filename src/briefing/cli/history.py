"""Commands about a row's past and its readers: who changed it, and who looked at it again."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.completing import offer_rows
from briefing.cli.options import data_option, json_option, note_answer, told_plainly
from briefing.cli.output import print_line
from briefing.errors import UsageError


@click.command(epilog="Example: briefing history tr-0006")
@click.argument("row", shell_complete=offer_rows)
@click.option("--table", default="", help="The table, where several have a row of that id. Default: all that do.")
@data_option
@json_option
@told_plainly
def history(row: str, table: str, data: Path | None, as_json: bool) -> None:
    """Say who changed which cell of ROW when, from git; ROW is an id, or the cells of a key with | between.

    Exits 2, and says why, where git cannot tell: it is not there, or the table was never committed.
    """
    from briefing.dossier.files import find_folder
    from briefing.intake.history import read_history

    histories = read_history(data or find_folder(), row, table=table)
    note_answer(
        rows=[
            {"table": each.table, "key": list(each.key), "versions": [one.to_dict() for one in each.versions]}
            for each in histories
        ]
    )
    for each in () if as_json else histories:
        for line in each.tell():
            print_line(line)


@click.command(epilog='Example: briefing review tr-0006 --note "read the page again"')
@click.argument("row", required=False, shell_complete=offer_rows)
@click.option("--reviewer", default="", metavar="NAME", help="Who has looked. Default: git's user.name.")
@click.option("--note", default="", help="What they looked at.")
@click.option("--list", "is_list", is_flag=True, help="List the rows without a review, and those edited since theirs.")
@data_option
@json_option
@told_plainly
def review(row: str | None, reviewer: str, note: str, is_list: bool, data: Path | None, as_json: bool) -> None:
    """Note that a second pair of eyes has looked at ROW, as it stands now; an edit of the row voids that.

    ROW is the id of a row that pages cite: a claim, quotation, event, source or assessment.
    """
    from briefing.dossier.files import find_folder
    from briefing.intake.edits import write_edits
    from briefing.intake.reviewing import list_rows, plan_review
    from briefing.values.clock import today

    folder = data or find_folder()
    if is_list or not row:
        if not is_list:
            raise UsageError("ROW: is missing; a review is of one row. Give its id, or --list.")
        rows = list_rows(folder)
        note_answer(**rows.to_dict())
        for line in () if as_json else rows.tell():
            print_line(line)
        return
    edits = plan_review(folder, row, reviewer=reviewer, today=today(), note=note)
    write_edits(edits)
    note_answer(changes=[change.to_dict() for change in edits.changes()])
    for line in () if as_json else [line for change in edits.changes() for line in change.tell()]:
        print_line(line)

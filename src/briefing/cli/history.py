"""Commands about a row's past and its readers: who changed it, and who looked at it again."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.options import data_option, json_option, note_answer, told_plainly
from briefing.cli.output import print_line


@click.command(epilog="Example: briefing history tr-0006")
@click.argument("row")
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

"""Commands for workbooks: a dossier out into one, and back."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.options import data_option, json_option, note_answer, told_plainly
from briefing.cli.output import print_line


@click.group(epilog="Example: briefing sheet export harbour.xlsx; then briefing sheet import harbour.xlsx")
def sheet() -> None:
    """Edit a dossier's tables in a spreadsheet."""


@sheet.command(name="export", epilog="Example: briefing sheet export harbour.xlsx")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--force", is_flag=True, help="Write over a workbook, whatever was typed there.")
@data_option
@json_option
@told_plainly
def export_sheets(file: Path | None, force: bool, data: Path | None, as_json: bool) -> None:
    """Write the tables into FILE, a sheet a table, with drop-downs, notes and marks where something is wrong.

    FILE is named like the dossier's folder, or like the one around it where that is called data, unless you name it.
    """
    from briefing.dossier.files import find_folder
    from briefing.intake.sheets.export import export_workbook, name_workbook

    folder = data or find_folder()
    made = export_workbook(folder, file or name_workbook(folder), force=force)
    if as_json:
        note_answer(**made.to_dict())
        return
    for line in made.tell():
        print_line(line)


@sheet.command(name="import", epilog="Example: briefing sheet import harbour.xlsx --dry-run")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
@click.option("--delete", is_flag=True, help="Take rows out of the tables that are gone from their sheets.")
@data_option
@json_option
@told_plainly
def import_sheets(file: Path, dry_run: bool, delete: bool, data: Path | None, as_json: bool) -> None:
    """Read the sheets of FILE back into the tables: all of it, or nothing where a cell is wrong.

    What surely means something else than it says (11,000, TRUE, 11/20/2031, a name in an id's place) is mended, and
    told; what is wrong is told by its sheet and cell.
    """
    from briefing.dossier.files import find_folder
    from briefing.intake.sheets.plan import import_workbook

    made = import_workbook(data or find_folder(), file, delete=delete, dry_run=dry_run)
    if as_json:
        note_answer(**made.to_dict())
        return
    for line in made.tell():
        print_line(line)

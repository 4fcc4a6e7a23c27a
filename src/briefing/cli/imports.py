"""The command that takes rows from somebody else's file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from briefing.cli.completing import offer_presets
from briefing.cli.options import DAY, data_option, json_option, note_answer, notebooks_option, out_option, told_plainly
from briefing.cli.output import print_answer, print_line
from briefing.errors import UsageError, group_repeats, in_one_line

#: So many findings are told; of the others how many they are.
MOST = 10

_EPILOG = """Example: briefing import sipri-trade-register register.csv --released 2031-03-10

A file of your own: briefing import own-sheet my.csv --draft my.toml, mend that, briefing import my.toml my.csv"""


@click.command(name="import", epilog=_EPILOG)
@click.argument("preset", required=False, shell_complete=offer_presets)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--list", "list_all", is_flag=True, help="List the presets, and import nothing.")
@click.option("--show", is_flag=True, help="Print the preset's TOML, to copy and mend; import nothing.")
@click.option(
    "--draft", type=click.Path(path_type=Path), help="Draft a mapping of FILE into this TOML; import nothing."
)
@click.option(
    "--table", default="", help="With --draft: the table that a row becomes. Default: the one that fits best."
)
@click.option("--released", type=DAY, help="The day of release, from which the rows are known. Default: as FILE says.")
@click.option("--url", default="", help="Where the release was published. Default: as the preset says.")
@click.option("--archived", default="", metavar="URL", help="A copy of this release in an archive.")
@click.option("--set", "settings", nargs=2, multiple=True, metavar="NAME VALUE", help="What the preset asks for.")
@click.option("--add-names", is_flag=True, help="Add rows for new names, where the preset knows enough of them.")
@click.option("--part", "is_part", is_flag=True, help="FILE is a part of its release: what it lacks has not vanished.")
@click.option("--whole", "is_whole", is_flag=True, help="FILE is whole, though it lacks most rows of the last release.")
@click.option(
    "--unplaced", type=click.Path(path_type=Path), help="Where names are listed. Default: beside the dossier."
)
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
@data_option
@notebooks_option
@out_option
@json_option
@told_plainly
def import_file(
    preset: str | None,
    file: Path | None,
    list_all: bool,
    show: bool,
    draft: Path | None,
    table: str,
    released: dt.datetime | None,
    url: str,
    archived: str,
    settings: tuple[tuple[str, str], ...],
    add_names: bool,
    is_part: bool,
    is_whole: bool,
    unplaced: Path | None,
    dry_run: bool,
    data: Path | None,
    notebooks: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Take rows from FILE, as PRESET says they are written: a preset's name, or the path of a mapping of your own.

    Names that lead nowhere are listed in unplaced.csv, never guessed, and their rows wait. A newer release is told as
    what is new, changed and vanished, with the figures, judgements and editions that it touches. All of it is written,
    or nothing.
    """
    from briefing.intake.preset_files import find_preset, list_presets, pick_mapping

    if list_all:
        for each in list_presets():
            print_line(f"{each.name}: {each.title}")
        return 0
    if preset is None:
        raise UsageError("PRESET: is missing; a preset says how a file is written. See briefing import --list.")
    if show:
        print_answer(find_preset(preset).read_text(encoding="utf-8").rstrip("\n"))
        return 0
    if file is None:
        raise UsageError(f"FILE: is missing; {preset} reads a file. Write briefing import {preset} FILE.")
    if draft is not None:
        return _draft(file, draft, table=table)
    from briefing.intake.imports import Asked, plan_import, run_import
    from briefing.intake.telling import tell_import

    folder = _dossier(data)
    asked = Asked(
        released=released.date().isoformat() if released else "",
        url=url,
        archived_url=archived,
        settings=dict(settings),
        adds_names=add_names,
        is_part=is_part,
        is_whole=is_whole,
        unplaced=unplaced,
        out=out or folder.resolve().parent / "reports",
        catalog=notebooks or folder.resolve().parent / "notebooks",
    )
    planned = plan_import(pick_mapping(preset, file=file.name), file, folder=folder, asked=asked)
    note_answer(**planned.to_dict(), written=False)
    for line in () if as_json else tell_import(planned):
        print_line(line)
    findings = group_repeats(planned.problems)
    for repeats in findings[:MOST]:
        print_line(in_one_line(repeats), err=True)
    if len(findings) > MOST:
        print_line(f"{len(findings) - MOST} more findings; briefing check tells all", err=True)
    if not dry_run:
        written = run_import(planned)
        note_answer(written=True)
        for path in written if not as_json else ():
            print_line(f"wrote {path}")
    return 0


def _dossier(data: Path | None) -> Path:
    from briefing.dossier.files import find_folder

    return data or find_folder()


def _draft(file: Path, draft: Path, *, table: str) -> int:
    """Write the mapping that is drafted; one that is there is not written over."""
    from briefing.intake.drafting import draft_mapping

    if draft.exists():
        raise UsageError(f"{draft}: is there already; what you mended is not written over. Name another file.")
    text = draft_mapping(file, table=table)
    draft.write_text(text, encoding="utf-8")
    print_line(f"wrote {draft}: mend it, then briefing import {draft} {file}")
    return 0

"""The command that writes an edition as a mail."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.completing import offer_editions
from briefing.cli.options import out_option, reports_of, told_plainly
from briefing.cli.output import print_line


@click.command(epilog="Example: briefing mail situation/2031-12-19 --to situation.eml")
@click.argument("edition", shell_complete=offer_editions)
@click.option("--to", type=click.Path(path_type=Path), help="The file. Default: one here, called as the edition.")
@out_option
@told_plainly
def mail(edition: str, to: Path | None, out: Path | None) -> None:
    """Write EDITION as a mail that any mail program opens as a draft; nothing is sent.

    It has the answer, the main numbers, the picture and what changed, and the page itself attached. It leads to the
    archive where the catalog says where readers find that.
    """
    from briefing.archive.mail.letter import pick_record, read_letter
    from briefing.archive.mail.message import make_message, write_draft
    from briefing.archive.standing import look_around
    from briefing.press.publish import write_file

    archive = look_around(out or _find_reports())
    letter = read_letter(archive, pick_record(archive, edition))
    path = to or Path(letter.file_name).with_suffix(".eml")
    write_file(path, write_draft(make_message(letter)))
    print_line(f"wrote {path}")
    if letter.is_large:
        told = f"warning: {letter.file_name} has {len(letter.page) / 1e6:.1f} MB"
        print_line(f"{told}; many mail services refuse more than 10 MB. Send a link to it instead.", err=True)


def _find_reports() -> Path:
    """Find the reports folder: the one here, or else the one that belongs to the nearest catalog."""
    from briefing.editions.catalog import find_catalog

    here = Path("reports")
    return here if here.is_dir() else reports_of(find_catalog())

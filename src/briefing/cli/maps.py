"""Commands for maps."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.options import told_plainly
from briefing.cli.output import print_line


@click.command(epilog="Example: briefing outlines --frame 5,50,20,60")
@click.option("--frame", required=True, metavar="W,S,E,N", help="West, south, east and north in degrees: 22,49,34,57.")
@click.option("--out", type=click.Path(path_type=Path), help="The file. Default: outlines.json of the nearest dossier.")
@click.option("--rivers/--no-rivers", default=True, help="Whether rivers are in it. Default: they are.")
@click.option("--towns/--no-towns", default=True, help="Whether the largest towns are in it. Default: they are.")
@told_plainly
def outlines(frame: str, out: Path | None, rivers: bool, towns: bool) -> None:
    """Cut the outlines of a dossier's maps from those of the world: land, lakes, rivers and towns of one frame.

    The file is GeoJSON and the dossier's own from then on: add a marsh, a road or a town, or take one away.
    """
    from briefing.dossier.files import OUTLINES, find_folder
    from briefing.dossier.outlines import write_outlines
    from briefing.dossier.world.cut import cut_world, read_frame

    path = out or find_folder() / OUTLINES
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_outlines(cut_world(read_frame(frame), rivers=rivers, towns=towns)), encoding="utf-8")
    print_line(f"wrote {path}")

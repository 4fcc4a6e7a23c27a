"""What is the same on the maps of all editions of a dossier: drawn ahead by whoever makes kernels for them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from briefing.charts.ground import Extent, draw_ground
from briefing.charts.maps import MAP_WIDE
from briefing.dossier.outlines import read_outlines
from briefing.errors import DossierError


def trace_ahead(folder: Path) -> None:
    """Trace the lines of a dossier's own outlines: all of its maps on wide pages have them alike.

    Outlines that cannot be read are told to the notebook that draws a map of them.
    """
    with suppress(DossierError):
        outlines = read_outlines(folder)
        if outlines is not None:
            draw_ground(outlines, Extent(outlines.frame, MAP_WIDE), ())

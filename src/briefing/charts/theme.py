"""The one theme of every chart: altair's configuration, the font, its size and the two widths."""

from __future__ import annotations

from briefing.blocks.blocks import Spec
from briefing.values.palette import INK, QUIET, RULE

#: Liberation Sans lies inside vl-convert, so that widths on the page agree with widths in the drawing.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

#: A chart is as wide as the head of a page, a tablet and a sheet of A4 have room for, so that its words stay as large.
WIDE, NARROW = 760, 320

#: The size of all words, and how far apart their lines are.
SIZE, LINE = 13, 16


def theme() -> Spec:
    """Give the configuration that every chart carries."""
    text = {"labelColor": QUIET, "titleColor": QUIET, "labelFontSize": SIZE, "titleFontSize": SIZE,
            "titleFontWeight": 400}  # fmt: skip
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "mark": {"tooltip": None},  # a mark answers with the tip of its row, and never with what it is drawn from
        "axis": {**text, "domainColor": RULE, "tickColor": RULE, "gridColor": RULE, "labelLimit": 280},
        "axisY": {"domain": False, "ticks": False, "labelColor": INK},
        "legend": {**text, "orient": "top", "title": None, "labelLimit": 280},
        "text": {"color": INK, "fontSize": SIZE},
    }

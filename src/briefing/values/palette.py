"""The palette and the one theme of every chart. No other file of the desk names a colour.

Colours are Okabe and Ito's, darkened until they carry text on white. Shape and dash tell the same as hue. The press
turns these very values into CSS variables, so that a chart follows the reader's light or dark page.
"""

from __future__ import annotations

from typing import Any

INK = "#1f2933"
QUIET = "#52606d"
RULE = "#d3dae0"
PAPER = "#ffffff"

BLUE = "#005a8c"
ORANGE = "#a84800"
GREEN = "#00684a"
PURPLE = "#8c3f70"

#: At most four categories share a chart; each has its own shape as well.
CATEGORIES = (BLUE, ORANGE, GREEN, PURPLE)
SHAPES = ("circle", "square", "triangle-up", "diamond")

#: Liberation Sans lies inside vl-convert, so that widths on the page agree with widths in the drawing.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

WIDE, NARROW = 640, 320


def theme() -> dict[str, Any]:
    """Give the configuration that every chart carries."""
    text = {"labelColor": QUIET, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400}
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "mark": {"tooltip": None},  # a mark answers with the tip of its row, and never with what it is drawn from
        "axis": {**text, "domainColor": RULE, "tickColor": RULE, "gridColor": RULE, "labelLimit": 280},
        "axisY": {"domain": False, "ticks": False, "labelColor": INK},
        "legend": {**text, "orient": "top", "title": None, "labelLimit": 280},
        "text": {"color": INK, "fontSize": 12},
    }

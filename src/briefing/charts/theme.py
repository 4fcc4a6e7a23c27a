"""The one theme of every chart: altair's configuration, the font and the two widths."""

from __future__ import annotations

from typing import Any

from briefing.values.palette import INK, QUIET, RULE

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

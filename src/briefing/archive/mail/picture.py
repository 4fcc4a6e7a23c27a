"""The picture of a mail: the chart that carries the argument as PNG, since mail programs show no SVG."""

from __future__ import annotations

import struct

from briefing.blocks.blocks import Chart
from briefing.values.palette import PAPER

#: Drawn at twice the size at which it is shown, for screens that have the points.
_SCALE = 2


def draw_png(chart: Chart) -> tuple[bytes, int]:
    """Draw a chart as PNG on paper of its own; give it with the width at which it is shown.

    The drawing for a phone serves wherever it is read: a mail has one picture, and half of them are read on phones.
    Raises `ValueError` where it cannot be drawn.
    """
    import vl_convert  # starts V8, which takes a moment: only what draws imports it

    spec = {**(chart.narrow or chart.spec), "background": PAPER, "padding": 8}
    picture = bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[]))
    (width,) = struct.unpack(">I", picture[16:20])
    return picture, width // _SCALE

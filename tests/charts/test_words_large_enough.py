"""Words of a chart are 13 pixels or more, wide and narrow, and the unit stands on the axis in words."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

import pytest
from drawings import specs
from test_charts import CHARTS

from briefing.blocks.blocks import Chart
from briefing.page.vega import draw_svg

#: The map sets its own words.
NAMES = [name for name in CHARTS if name != "place_map"]


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_chart_is_smaller_than_13_pixels(name: str) -> None:
    chart = CHARTS[name]
    assert isinstance(chart, Chart)
    for spec in specs(chart):
        texts = [text for text in Tree.fromstring(draw_svg(spec)).iter() if text.tag.endswith("text")]
        sizes = {float(text.get("font-size", "0").removesuffix("px")) for text in texts}
        assert sizes and min(sizes) >= 13


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_no_wider_than_its_place(name: str) -> None:
    for spec, room in zip(specs(CHARTS[name]), (790, 340), strict=True):
        assert float(Tree.fromstring(draw_svg(spec)).get("width", "0")) <= room

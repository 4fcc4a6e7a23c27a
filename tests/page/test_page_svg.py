"""Charts on the page: described, quiet, numbered, in the page's colours."""

from __future__ import annotations

import freedonia as f
import pytest

from briefing.errors import PageError
from briefing.page.svg import COLOURS, clean_svg
from briefing.page.vega import draw_svg
from briefing.values import palette as theme

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def clean(inner: str) -> str:
    return str(clean_svg(f"{HEAD}{inner}</svg>", anchor="chart_1", title="T", description="D"))


def test_a_chart_is_one_picture_with_a_title_and_a_description() -> None:
    svg = str(clean_svg(draw_svg(f.spec(300)), anchor="chart_1", title="Mules <b>", description="The Ferrymen: 98."))
    assert svg.startswith('<svg role="img" aria-labelledby="chart_1_t chart_1_d"')
    assert '<title id="chart_1_t">Mules &lt;b&gt;</title>' in svg
    assert svg.count("role=") == 1
    assert svg.count("aria-") == 1


def test_ids_are_the_charts_own_whatever_was_drawn_before() -> None:
    first, second = (clean_svg(draw_svg(f.spec(300)), anchor="c", title="T", description="D") for _ in range(2))
    assert first == second
    assert "url(#c_1)" in first


def test_an_inline_style_becomes_attributes() -> None:
    assert '<path fill="#005a8c" d="M0 0"/>' in clean('<path style="fill: #005A8C; cursor: pointer" d="M0,0"/>')


def test_a_line_tells_each_point_from_the_one_before() -> None:
    assert 'd="M10 10l10 0-5-4.5z"' in clean('<path d="M10,10L20.04,10L15,5.5Z"/>')


def test_a_chart_drawn_twice_is_described_once() -> None:
    narrow = clean_svg(f"{HEAD}</svg>", anchor="chart_1_n", title="T", description="D", told_at="chart_1_w")
    assert str(narrow) == '<svg role="img" aria-labelledby="chart_1_w_t chart_1_w_d"></svg>'


def test_colours_are_written_in_one_way() -> None:
    assert 'fill="#ffffff" stroke="#1f2933"' in clean('<circle fill="white" stroke="rgb(31, 41, 51)"/>')


def test_every_colour_of_the_theme_has_a_variable_of_the_page() -> None:
    named = {theme.INK, theme.QUIET, theme.RULE, theme.PAPER, *theme.CATEGORIES}
    assert named <= COLOURS.keys()


def test_a_link_in_a_chart_is_no_link() -> None:
    assert clean('<a xlink:href="javascript:x"><text>98</text></a>').count("javascript") == 0


@pytest.mark.parametrize(
    "inner",
    ["<script>x</script>", "<foreignObject/>", '<image xlink:href="https://example.org/a.png"/>', "<style>a{}</style>"],
)
def test_what_is_no_drawing_is_told(inner: str) -> None:
    with pytest.raises(PageError, match="Take it out of the chart"):
        clean(inner)


def test_an_event_attribute_is_left_behind() -> None:
    assert "onclick" not in clean('<rect onclick="x" x="1"/>')


def test_a_font_that_all_texts_share_is_named_once() -> None:
    svg = clean('<text font-family="Arial">1</text><g><text font-family="Arial">2</text></g>')
    assert svg.count("font-family") == 1
    assert svg.startswith('<svg role="img" aria-labelledby="chart_1_t chart_1_d" font-family="Arial">')


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_in_charts_stand_out_from_the_paper_and_from_bars(scheme: int) -> None:
    """Axe cannot judge words in a picture: every colour that a chart writes with has 4.5:1 (WCAG AA) on its ground."""
    shades = (theme.LIGHT, theme.DARK)[scheme]
    paper = luminance(shades["paper"])
    contrast = {
        name: (max(one, paper) + 0.05) / (min(one, paper) + 0.05)
        for name in theme.CHARTED.keys() - {"paper", "line"} - theme.GROUNDS.keys()
        for one in [luminance(shades[name])]
    }
    assert {name: round(ratio, 2) for name, ratio in contrast.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_on_maps_stand_out_from_land_and_water(scheme: int) -> None:
    shades = (theme.LIGHT, theme.DARK)[scheme]
    for ground in ("land", "water", "marsh"):
        lights = sorted((luminance(shades[ground]) + 0.05, luminance(shades["ink-soft"]) + 0.05))
        assert lights[1] / lights[0] >= 4.5, ground

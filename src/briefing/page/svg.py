"""A chart as an SVG of the page's own: described, without inline styles, its ids counted, its colours the page's.

vl-convert numbers clips and gradients by process, announces only the first mark to a screen reader, and leaves much
that draws nothing. What is kept here is a list of elements and attributes; anything else is no part of a chart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from xml.etree import ElementTree as Tree

from markupsafe import Markup, escape

from briefing.blocks.blocks import Spec
from briefing.errors import PageError
from briefing.page.paths import shorten_path
from briefing.page.vega import draw_svg
from briefing.values.palette import CHARTED, INK, PAPER, QUIET, RULE

#: Draws a Vega-Lite spec as SVG: `draw_svg`, or a pool of long-lived workers that call it.
Draw = Callable[[Spec], str]

#: Compiles a Vega-Lite spec to Vega: `compile_chart`, or a worker that calls it.
Compile = Callable[[Spec], Spec]

#: The charts' colours and the page's variables for them. The stylesheet swaps them by attribute, so that the SVG is
#: whole without it and a chart that the reader makes interactive follows too.
COLOURS = {colour: name for name, colour in CHARTED.items()}

#: What vega paints where a theme says nothing, as the nearest colour of the page.
_NAMED = {
    "transparent": "none", "white": PAPER, "#fff": PAPER, "black": INK, "#000": INK, "#000000": INK, "#ddd": RULE,
    "#888": QUIET,
}  # fmt: skip
_ELEMENTS = {
    "svg", "g", "path", "rect", "line", "circle", "ellipse", "polygon", "polyline", "text", "tspan", "defs", "clipPath",
    "linearGradient", "radialGradient", "stop", "pattern", "mask", "image",
}  # fmt: skip
_PAINT = {
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "font-family", "font-size", "font-weight",
    "font-style", "font-variant", "text-anchor", "dominant-baseline", "display", "stop-color", "stop-opacity",
}  # fmt: skip
_GEOMETRY = {
    "id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy", "width", "height",
    "points", "transform", "viewBox", "offset", "gradientUnits", "gradientTransform", "patternUnits",
    "patternTransform", "clip-path", "mask", "clipPathUnits", "preserveAspectRatio",
}  # fmt: skip
_IDLE = {
    ("opacity", "1"), ("transform", "translate(0,0)"), ("font-style", "normal"), ("font-weight", "normal"),
    ("font-weight", "400"), ("text-anchor", "start"), ("stroke-width", "1"), ("fill", "transparent"),
}  # fmt: skip
_LONG_NUMBER = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]*")


@lru_cache(maxsize=32)  # the next page shows most of the same charts, where somebody writes it
def clean_svg(svg: str, *, anchor: str, title: str, description: str, told_at: str = "") -> Markup:
    """Make a drawn chart part of the page; all ids inside begin with its anchor.

    `told_at` is the anchor of another drawing of the same chart, that says title and description for both.

    Raises `PageError` where it holds something that is no drawing, such as a script or a picture from elsewhere.
    """
    root = Tree.fromstring(svg)
    _raise_font(root)
    named = (element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    ids = {name: f"{anchor}_{n}" for n, name in enumerate(named, start=1)}
    name = told_at or anchor
    head = f'<svg role="img" aria-labelledby="{name}_t {name}_d"{_attributes(root, ids)}>'
    if not told_at:
        head += f'<title id="{name}_t">{escape(title)}</title><desc id="{name}_d">{escape(description)}</desc>'
    children = [child for child in root if not _is_backdrop(child)]
    return Markup(head + "".join(_write(child, ids) for child in children) + "</svg>")


def _raise_font(root: Tree.Element) -> None:
    """Name the font of the texts once, on the chart, where they agree."""
    fonts = {text.get("font-family") for text in root.iter() if _name(text) == "text"}
    font = fonts.pop() if len(fonts) == 1 else None
    if font:
        root.set("font-family", font)
        for text in root.iter():
            if _name(text) == "text":
                del text.attrib["font-family"]


def _is_backdrop(element: Tree.Element) -> bool:
    """Whether it is the white sheet behind a chart: the page has its own."""
    return _name(element) == "rect" and _colour(element.get("fill", "")) in (PAPER, "none")


def _name(element: Tree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _write(element: Tree.Element, ids: dict[str, str]) -> str:
    name = "g" if _name(element) == "a" else _name(element)
    if name not in _ELEMENTS:
        raise PageError(f"a chart holds <{name}>; a page's charts are drawings. Take it out of the chart.")
    if _draws_nothing(element, name):
        return ""
    inner = str(escape(element.text)) if element.text and name in ("text", "tspan") else ""
    inner += "".join(_write(child, ids) + _tail(child, name) for child in element)
    attributes = _attributes(element, ids)
    if name == "g" and not (inner and attributes):
        return inner
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _tail(child: Tree.Element, parent: str) -> str:
    return str(escape(child.tail)) if child.tail and parent in ("text", "tspan") else ""


def _draws_nothing(element: Tree.Element, name: str) -> bool:
    """Whether it is one of the empty frames that vega draws around each group."""
    if element.get("display") == "none":
        return True
    frame = element.get("class") in ("background", "foreground")
    painted = {element.get("fill"), element.get("stroke")} - {None, "none", "transparent"}
    return name == "path" and frame and not painted


def _attributes(element: Tree.Element, ids: dict[str, str]) -> str:
    kept = {key: value for key, value in _flatten(element) if key in _PAINT | _GEOMETRY and (key, value) not in _IDLE}
    if _name(element) == "image":
        kept["href"] = _picture(element)
    return "".join(f' {key}="{escape(_value(key, value, ids))}"' for key, value in kept.items())


def _flatten(element: Tree.Element) -> Iterator[tuple[str, str]]:
    """Give attributes, those of an inline style included: the policy lets no inline style through."""
    for key, value in element.attrib.items():
        if key == "style":
            for declaration in value.split(";"):
                name, _, setting = declaration.partition(":")
                yield name.strip(), setting.strip()
        else:
            yield key, value


def _picture(element: Tree.Element) -> str:
    url = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
    if not _PICTURE.fullmatch(url):
        raise PageError(f"a chart shows the picture {url[:60]!r}; a page makes no request. Take it out of the chart.")
    return url


def _value(key: str, value: str, ids: dict[str, str]) -> str:
    if key == "id":
        return ids[value]
    if key in ("clip-path", "mask", "fill", "stroke"):
        value = _REFERENCE.sub(lambda found: f"url(#{ids.get(found[1], 'none')})", value)
        return _colour(value)
    if key == "d":
        value = shorten_path(value)
    if (
        key in _GEOMETRY and "scale(" not in value
    ):  # a glyph that is drawn at a 64th of its size is not rounded to a 10th
        return _LONG_NUMBER.sub(lambda found: f"{round(float(found[0]), 1):g}", value)
    return value


def _colour(value: str) -> str:
    """Write a colour in the one way that the stylesheet knows."""
    low = value.strip().lower()
    found = re.fullmatch(r"rgb\((\d+), ?(\d+), ?(\d+)\)", low)
    if found:
        low = "#{:02x}{:02x}{:02x}".format(*(min(int(part), 255) for part in found.groups()))
    return _NAMED.get(low, low if low.startswith("#") else value)


def colour_rules() -> str:
    """Write the rules that give a chart the page's colours, light and dark."""
    rules = (
        f'svg [fill="{hex_}"]{{fill:var(--{name})}}svg [stroke="{hex_}"]{{stroke:var(--{name})}}'
        for hex_, name in COLOURS.items()
    )
    return "".join(rules)


def draw_once(spec: Spec) -> str:
    """Draw a Vega-Lite spec as SVG, or remember it."""
    return _draw(json.dumps(spec))


@lru_cache(maxsize=500)
def _draw(spec: str) -> str:
    return draw_svg(json.loads(spec))

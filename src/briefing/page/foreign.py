"""Outputs that are no blocks: what becomes of them. `docs/outputs.md` says it for analysts.

Tables of words become tables, pictures with an alternative text pictures, markdown words: each labelled as the
analyst's own, since no claim stands behind it. All else is a finding that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args
from xml.etree import ElementTree as Tree

from briefing.blocks.html_table import has_table, read_table
from briefing.blocks.own import Markdown, Own, Picture, PictureKind
from briefing.errors import PageError
from briefing.usage import GLANCE

_PICTURES: tuple[PictureKind, ...] = get_args(PictureKind)
_BASE_64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")

_CHART = (
    "a chart of altair's own",
    "Use one of the library's, b.dot_range(...), or show yours: b.own(chart, caption=...)",
)
_SCRIPT = "Show what it shows as a block"
#: What some libraries leave, by how its type begins: what it is, and what to write instead.
_CURES = {
    "application/vnd.plotly": (
        "a figure of plotly, which is a script", "Show its picture: b.own(figure, caption=..., alt=...)"
    ),
    "application/vnd.vega": _CHART,
    "application/vnd.jupyter.widget": ("a widget, which is a script", _SCRIPT),
    "application/vnd.bokeh": ("a figure of bokeh, which is a script", _SCRIPT),
    "application/vnd.holoviews": ("a figure of holoviews, which is a script", _SCRIPT),
    "application/javascript": ("a script", _SCRIPT),
    "text/javascript": ("a script", _SCRIPT),
    "application/json": ("data", "Show them as a table: b.own(pd.DataFrame(...), caption=...)"),
    "application/geo+json": ("a map that is a script", "Use the library's map: b.place_map(...)"),
    "application/pdf": ("a PDF", "Show it as a picture: b.own(figure, caption=..., alt=...)"),
    "image/": ("a picture of another kind", "Save it as PNG: b.own(png, caption=..., alt=...)"),
    "video/": ("a film", "Show a picture of it, or say what it shows"),
    "audio/": ("a recording", "Write down what it says"),
    "text/html": ("HTML of its own", "Use b.own(...) with the frame, figure or markdown itself, or a block"),
}  # fmt: skip


def read_foreign(data: Mapping[str, Any], *, caption: str = "", alt: str = "", source: str = "") -> Own | None:
    """Read an output's richest face that a page can show; `caption`, `alt` and `source` are its cell's metadata.

    Gives ``None`` where it has no such face. Raises `PageError` where it has one that is not whole, or that says
    nothing to who does not see it: what it is, the rule, the cure.
    """
    if _text(data, "text/html").startswith(GLANCE):  # a value of the library's that is no block: for its author alone
        return None
    html = _text(data, "text/html")
    if has_table(html):
        found = read_table(html)
        heading = " – ".join(dict.fromkeys(filter(None, (caption, found.title))))
        return Own(caption=heading, source=" ".join(filter(None, (source, found.foot))), content=found.data)
    for form in reversed(_PICTURES):  # an SVG is as sharp on paper as on a screen
        if form in data:
            return Own(caption=caption, source=source, content=_read_picture(_text(data, form), form, alt))
    if "text/markdown" in data:
        return Own(caption=caption, source=source, content=Markdown(markdown=_text(data, "text/markdown")))
    if "text/latex" in data:
        fenced = f"```latex\n{_text(data, 'text/latex').strip()}\n```"
        return Own(caption=caption, source=source, content=Markdown(markdown=fenced))
    for begins, (what, cure) in _CURES.items():
        if left := next((form for form in sorted(data) if form.startswith(begins)), ""):
            raise PageError(f"left {what} ({left}); a page shows blocks, and runs no script of others. {cure}.")
    return None


def _text(data: Mapping[str, Any], form: str) -> str:
    text = data.get(form, "")
    return text if isinstance(text, str) else "".join(map(str, text))


def _read_picture(text: str, form: PictureKind, alt: str) -> Picture:
    if not alt.strip():
        raise PageError(
            f"left {form} without an alternative text; not every reader sees it. "
            'Add "alt": "what it shows" to the cell\'s metadata, or use b.own(figure, caption=..., alt=...).'
        )
    if form == "image/svg+xml":
        return Picture(form=form, data=text, alt=alt)
    packed = "".join(text.split())
    if not _BASE_64.fullmatch(packed):
        raise PageError(f"left {form} that is no picture; its bytes stand in base 64. Run the cell again.")
    return Picture(form=form, data=packed, alt=alt)


_SPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
#: What matplotlib says of all its lines.
_JOINS = re.compile(r"\*\s*\{\s*stroke-linejoin:\s*round;\s*stroke-linecap:\s*butt;?\s*\}")


def plain_svg(svg: str) -> str:
    """Write the SVG of a plotting library as a plain drawing: what is used again is written out, notes are left out.

    Raises `PageError` where it is none, defines entities, or holds a stylesheet of its own.
    """
    if "<!ENTITY" in svg:
        raise PageError("left an SVG with entities; a picture is a drawing and no program. Save it as PNG.")
    try:
        root = Tree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", svg))
    except Tree.ParseError as error:
        raise PageError(f"left an SVG that cannot be read: {error}; a picture is whole. Save it as PNG.") from None
    parents = {child: parent for parent in root.iter() for child in parent}
    defined = {element.get("id"): element for element in root.iter() if element.get("id")}
    for element in list(root.iter()):
        name = str(element.tag).rpartition("}")[2]
        if name == "image":
            raise PageError(
                "left an SVG with a picture in it; a drawing is shapes and words, and makes no request. "
                "Save it as PNG, or use b.own(figure, caption=..., alt=...)."
            )
        if name in ("metadata", "title", "desc") and element in parents:
            parents[element].remove(element)
        elif name == "style":
            if not _JOINS.fullmatch((element.text or "").strip()):
                raise PageError("left an SVG with a stylesheet of its own; a page has one. Save it as PNG.")
            root.set("stroke-linejoin", "round")
            parents[element].remove(element)
        elif name == "use":
            _write_out(element, defined)
    for element in list(root.iter(f"{_SPACE}defs")):  # what was used stands where it is used
        for child in [child for child in element if child.tag in (f"{_SPACE}path", f"{_SPACE}g", f"{_SPACE}symbol")]:
            element.remove(child)
    return Tree.tostring(root, encoding="unicode")


def _write_out(element: Tree.Element, defined: Mapping[str | None, Tree.Element]) -> None:
    """Put what an element uses in its place: a glyph, a marker."""
    target = defined.get((element.get("href") or element.get(_LINK) or "").removeprefix("#"))
    if target is None or len(list(target.iter())) > 50 or any(str(one.tag).endswith("}use") for one in target.iter()):
        raise PageError("left an SVG that uses what is not in it; a page makes no request. Save it as PNG.")
    x, y = element.attrib.pop("x", "0"), element.attrib.pop("y", "0")
    moved = f"translate({x},{y})" if (x, y) != ("0", "0") else ""
    element.tag = f"{_SPACE}g"
    for key in ("href", _LINK):
        element.attrib.pop(key, None)
    if told := " ".join(filter(None, (element.get("transform", ""), moved))):
        element.set("transform", told)
    copy = Tree.SubElement(element, target.tag, {key: value for key, value in target.attrib.items() if key != "id"})
    copy.extend(_unnamed(child) for child in target)


def _unnamed(element: Tree.Element) -> Tree.Element:
    copy = Tree.Element(element.tag, {key: value for key, value in element.attrib.items() if key != "id"})
    copy.extend(_unnamed(child) for child in element)
    return copy

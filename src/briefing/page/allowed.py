"""What a page is made of: every element, attribute and value that the page's own templates and charts write.

It is a list of what may stand on a page, not of what may not: what nobody has thought of is refused.
"""

from __future__ import annotations

import re


def _words(text: str) -> list[str]:
    return text.split()


_EVERYWHERE = frozenset({"class", "dir", "id", "lang"})
_PAINT = frozenset(
    {
        "clip-path", "clipPathUnits", "cx", "cy", "d", "display", "dominant-baseline", "dx", "dy", "fill",
        "fill-opacity", "font-family", "font-size", "font-style", "font-variant", "font-weight", "fx", "fy",
        "gradientTransform", "gradientUnits", "height", "mask", "offset", "opacity", "patternTransform",
        "patternUnits", "points", "preserveAspectRatio", "r", "rx", "ry", "stop-color", "stop-opacity", "stroke",
        "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1",
        "y2",
    }
)  # fmt: skip

_LABELLED = frozenset({"aria-label", "aria-labelledby"})
_ITSELF = _words("""
    article aside b bdi blockquote body br caption cite code dd del dfn dl dt em figcaption figure footer h1 h2 h3 h4 h5
    h6 head header hr html i ins kbd label li main mark ol p pre q s samp small span strong style sub summary sup table
    tbody tfoot thead title tr u ul var
""")

#: The elements of a page, and what each may say besides what all may.
HTML: dict[str, frozenset[str]] = {
    **dict.fromkeys(_ITSELF, frozenset[str]()),
    "a": frozenset({"aria-label", "href", "title"}),
    "abbr": frozenset({"title"}),
    "article": _LABELLED,
    "b": frozenset({"aria-hidden"}),
    "button": frozenset({"popovertarget", "type"}),
    "details": frozenset(),
    "div": _LABELLED | {"popover", "role", "tabindex"},
    "img": frozenset({"alt", "height", "src", "width"}),
    "input": frozenset({"type"}),
    "meta": frozenset({"charset", "content", "http-equiv", "name"}),
    "nav": _LABELLED,
    "ol": _LABELLED | {"start"},
    "p": frozenset({"aria-hidden", "aria-label"}),
    "pre": frozenset({"tabindex"}),
    "script": frozenset({"type"}),
    "section": _LABELLED,
    "span": frozenset({"aria-hidden", "aria-label", "role"}),
    "table": _LABELLED,
    "td": frozenset({"colspan", "data-v", "headers", "rowspan"}),
    "th": frozenset({"colspan", "data-v", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "ul": _LABELLED,
}

_DRAWN = _words("""
    circle clipPath defs desc ellipse g image line linearGradient mask path pattern polygon polyline radialGradient rect
    stop svg text title tspan
""")

#: The elements of a drawing.
SVG: dict[str, frozenset[str]] = {
    **dict.fromkeys(_DRAWN, _PAINT),
    "image": _PAINT | {"href"},
    "svg": _PAINT | _LABELLED | {"role"},
}

#: Elements that have no end.
VOID = frozenset({"br", "hr", "img", "input", "meta"})

#: Where an element may stand: nowhere else.
PARENTS: dict[str, frozenset[str]] = {
    "html": frozenset({""}),
    "head": frozenset({"html"}),
    "body": frozenset({"html"}),
    "meta": frozenset({"head"}),
    "style": frozenset({"head"}),
    "main": frozenset({"body", "div"}),
}

#: What a page has once.
ONCE = frozenset({"html", "head", "body", "main", "style"})

_PICTURE = r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml);base64,[A-Za-z0-9+/=]*"
_PAINTED = r"(?:(?!url\(|image|\\).)*|url\(#[A-Za-z0-9_-]+\)"
_VALUES = {
    "aria-hidden": "true",
    "charset": "utf-8",
    "dir": "ltr|rtl|auto",
    "http-equiv": "Content-Security-Policy",
    "id": r"\S+",
    "popover": "(?:auto)?",
    "role": "group|img|note|region",
    "src": _PICTURE,
    "tabindex": "0",
    "name": "color-scheme|description|referrer|viewport",
    **dict.fromkeys(("fill", "stroke", "mask", "clip-path"), _PAINTED),
}
#: What the value of an attribute looks like, where not every one will do.
VALUES = {name: re.compile(pattern, re.IGNORECASE if pattern is _PAINTED else 0) for name, pattern in _VALUES.items()}

_LINK = re.compile(r"#\S*|(?:https?://|mailto:).*", re.IGNORECASE | re.DOTALL)
_TYPES = {
    "button": re.compile("button"),
    "input": re.compile("checkbox"),
    "script": re.compile("application/(?:ld[+]json|json|gzip)"),
}


def is_allowed(element: str, attribute: str, value: str, *, drawn: bool) -> bool:
    """Whether an element may say that; `drawn` says that it is part of a drawing.

    Examples
    --------
    >>> is_allowed("a", "href", "https://example.org/", drawn=False), is_allowed("a", "onclick", "x", drawn=False)
    (True, False)
    """
    if attribute not in (SVG if drawn else HTML)[element] | _EVERYWHERE:
        return False
    if attribute == "href":
        return bool(re.fullmatch(_PICTURE if drawn else _LINK, value))
    rule = _TYPES[element] if attribute == "type" else VALUES.get(attribute)
    return rule is None or rule.fullmatch(value) is not None

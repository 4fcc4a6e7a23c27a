"""The page's stylesheet: the assets, the colours of its charts, and the running heads of its print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from briefing.page.words import Words
from briefing.values.palette import DARK, LIGHT

_ASSETS = files("briefing.page") / "assets"
#: What paper shows nothing of.
_ON_SCREEN = frozenset({"sheet", "bar", "bar-ink", "mark"})

#: A title that no page has.
_ANYTHING = "anything" * 3


@lru_cache(maxsize=1)
def _asset() -> str:
    from briefing.page.svg import colour_rules  # imports all blocks, which a sheet without charts has no need of

    return paint_sheets(sorted(file.name for file in _ASSETS.iterdir() if file.name.endswith(".css"))) + colour_rules()


def paint_sheets(names: Iterable[str], *, more: str = "") -> str:
    """Write some of the page's stylesheets, and `more` of the same kind behind them, for what stands beside pages."""
    sheets = [(_ASSETS / name).read_text(encoding="utf-8") for name in names]
    return _paint("".join(_shrink(sheet) for sheet in (*sheets, more)))


def _paint(css: str) -> str:
    """Write the palette's colours in place of their names: ``$ink``."""
    printed = {name: colour for name, colour in LIGHT.items() if name not in _ON_SCREEN}
    palettes = {"light": LIGHT, "dark": DARK, "print": printed}
    rules = {name: ";".join(f"--{key}:{hue}" for key, hue in palette.items()) for name, palette in palettes.items()}
    return re.sub(r"\$([a-z-]+)", lambda named: {**LIGHT, **rules}[named[1]], css)


def _shrink(css: str) -> str:
    """Leave out what only the author of a stylesheet reads.

    Examples
    --------
    >>> _shrink("a { color: red; } /* why */")
    'a{color:red}'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"(?<=[{;])([a-z-]+): ", r"\1:", css)
    return css.replace(";}", "}").strip()


def make_style(*, title: str, marking: str, words: Words) -> str:
    """Write a page's stylesheet: its own title and marking run at the head and foot of each printed page."""
    page_word, source, permalink = words("page"), words("source", n=""), words("permalink") + ": "
    heads = (
        f"@page{{@top-left{{content:{_css_string(title)}}}"
        f"@top-right{{content:{_css_string(marking)}}}"
        f"@bottom-left{{content:{_css_string(marking)}}}"
        f"@bottom-right{{content:{_css_string(page_word)} ' ' counter(page) ' / ' counter(pages)}}}}"
    )
    return _asset() + heads + _spoken(source, permalink)


def is_own_style(style: str, *, words: Words) -> bool:
    """Whether a stylesheet is the one that a page in these words carries, whatever its title and marking."""
    own = re.escape(make_style(title=_ANYTHING, marking=_ANYTHING, words=words))
    return re.fullmatch(own.replace(_ANYTHING, r"(?:\w| |\\[0-9a-f]{6} )*"), style) is not None


def _spoken(source: str, permalink: str) -> str:
    """Write what is heard before a number of a source and before a claim's id, and not seen: once, not at each link."""
    hidden = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
    return (
        ".cite a,.permalink{position:relative}"
        f'.cite a[href^="#source_"]::before,.permalink::before{{{hidden}}}'
        f'.cite a[href^="#source_"]::before{{content:{_css_string(source)}}}'
        f".permalink::before{{content:{_css_string(permalink)}}}"
        '@media print{.cite a[href^="#source_"]::before,.permalink::before{content:none}}'
    )


def _css_string(text: str) -> str:
    """Write a text as a string of CSS that no text can leave.

    Examples
    --------
    >>> print(_css_string("Who </style>"))
    "Who \\00003c \\00002f style\\00003e "
    """
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):06x} " for char in text) + '"'

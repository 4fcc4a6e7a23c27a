"""The page's stylesheet: the assets, the colours of its charts, and the running heads of its print."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from briefing.press.page.svg import colour_rules

_ASSETS = files("briefing.press.page") / "assets"


@lru_cache(maxsize=1)
def _asset() -> str:
    sheets = sorted((file for file in _ASSETS.iterdir() if file.name.endswith(".css")), key=lambda file: file.name)
    return "".join(_shrink(sheet.read_text(encoding="utf-8")) for sheet in sheets) + colour_rules()


def _shrink(css: str) -> str:
    """Leave out what only the author of a stylesheet reads.

    Examples
    --------
    >>> _shrink("a { color: red; } /* why */")
    'a{color: red}'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    return css.replace(";}", "}").strip()


def make_style(*, title: str, marking: str, page_word: str) -> str:
    """Write a page's stylesheet: its own title and marking run at the head and foot of each printed page."""
    heads = (
        f"@page{{@top-left{{content:{_css_string(title)}}}"
        f"@top-right{{content:{_css_string(marking)}}}"
        f"@bottom-left{{content:{_css_string(marking)}}}"
        f"@bottom-right{{content:{_css_string(page_word)} ' ' counter(page) ' / ' counter(pages)}}}}"
    )
    return _asset() + heads


def _css_string(text: str) -> str:
    """Write a text as a string of CSS that no text can leave.

    Examples
    --------
    >>> print(_css_string("Who </style>"))
    "Who \\00003c \\00002f style\\00003e "
    """
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):06x} " for char in text) + '"'

"""Texts without their markup: what a title, a sort key or a machine reads."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.blocks import Cited, Text


def plain(text: Text | str | Iterable[str | Cited]) -> str:
    """Give a text's words without its citations.

    Examples
    --------
    >>> plain(("about ", Cited(text="98", claims=("tr-1",)), " tanks"))
    'about 98 tanks'
    """
    return "".join(part.text if isinstance(part, Cited) else part for part in text)


def format_number(number: float) -> str:
    """Write a number for a reader.

    Examples
    --------
    >>> format_number(65089.0), format_number(0.5)
    ('65,089', '0.5')
    """
    return f"{number:,.10g}" if abs(number) < 1e10 else f"{number:,.0f}"

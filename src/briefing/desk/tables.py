"""Tables for readers: cells that cite figures, cells of plain words, and a note where a table would be empty."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.blocks import Cited, Column, Note, TableData
from briefing.blocks.layouts import lay_out
from briefing.desk.figures import Figure


def cite_figure(figure: Figure) -> Cited | str:
    """Cite a figure in a cell; one that no claim states is only words."""
    if not figure.claims:
        return figure.short
    return Cited(text=figure.short, claims=figure.claims, made=figure.made)


def nothing_claimed(caption: str, elsewhere: str = "") -> Note:
    """Say that no claim is known, where a table would be empty, or `elsewhere`: that there are some of another time."""
    label, told = ("Not in this time", elsewhere) if elsewhere else ("Nothing known", "no claim is known on this day")
    return Note(label=label, text=(f"{caption.rstrip('.')}: {told}.",))


def lay_out_words(names: Iterable[str], cells: Iterable[Iterable[str]]) -> TableData:
    """Lay plain words out as a table for readers."""
    return lay_out((Column(name=name) for name in names), (((cell,) for cell in row) for row in cells))

"""Counting and naming in prose: one origin, three documents; the first few by name and the others by number."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, noun: str, plural: str = "") -> str:
    """Count a noun.

    Examples
    --------
    >>> counted(1, "origin"), counted(3, "document"), counted(2, "quantity", "quantities")
    ('1 origin', '3 documents', '2 quantities')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def name_some(names: Iterable[str], *, most: int = 3) -> str:
    """Name each once, the first few by name and the others by number.

    Examples
    --------
    >>> name_some(["Hay", "Carts", "Hay", "Lorries", "Guards"], most=2)
    'Hay, Carts and 2 more'
    """
    once = list(dict.fromkeys(names))
    more = len(once) - most
    return ", ".join(once[:most]) + (f" and {more} more" if more > 0 else "")

"""Data with what they say twice written once: a page's charts share their theme, their axes and most of their rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: A reference costs about ten characters; what is shorter than this is written out.
_WORTH = 32


@dataclass(slots=True)
class _Shelf:
    """What is said more than once, and where it lies."""

    counts: Counter[str]
    places: dict[str, int] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)

    def shorten(self, value: Any) -> Any:
        """Give a value with everything that is said more than once put on the shelf."""
        if not isinstance(value, dict | list):
            return value
        text = _write(value)
        if self.counts[text] < 2:
            return self._inner(value)
        if text not in self.places:
            self.places[text] = len(self.values)
            self.values.append(None)  # its place is taken before what is inside it takes one
            self.values[self.places[text]] = self._inner(value)
        return {"$": self.places[text]}

    def _inner(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self.shorten(value[name]) for name in sorted(value)}
        return [self.shorten(inner) for inner in value]


def share(data: Any) -> dict[str, Any]:
    """Give data as ``shared``, the values that are said more than once, and ``data``, which names them by number.

    Examples
    --------
    >>> axis = {"title": "items", "format": ",~f", "grid": False}
    >>> share([{"x": axis}, {"x": axis, "y": 1}])["data"]
    [{'x': {'$': 0}}, {'x': {'$': 0}, 'y': 1}]
    """
    shelf = _Shelf(Counter(text for text in _texts(data) if len(text) >= _WORTH))
    return {"data": shelf.shorten(data), "shared": shelf.values}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        yield _write(value)
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _write(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)

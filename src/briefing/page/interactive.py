"""The library that makes charts answer: Vega from vl-convert's own bundle, compressed, let through by its hash."""

from __future__ import annotations

import base64
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from briefing.page.vega import make_bundle


@lru_cache(maxsize=1)
def read_bundle() -> str:
    """Give the script that defines ``window.briefingDraw``: Vega, and the page's own way of drawing with it."""
    return _read_vega() + (files("briefing.page") / "assets" / "charts.js").read_text(encoding="utf-8")


def read_licences() -> str:
    """Give the licences of Vega and of what it contains, which ask to be where they are."""
    return (files("briefing.page") / "assets" / "licences.txt").read_text(encoding="utf-8")


def _read_vega() -> str:
    """Read Vega.

    Making it takes seconds, so it is kept in the user's cache folder, by version; where nothing can be kept it is made
    anew.
    """
    kept = user_cache_path("briefing", appauthor=False) / f"vega-{version('vl-convert-python')}.js.gz"
    try:
        return gzip.decompress(kept.read_bytes()).decode()
    except (OSError, EOFError, ValueError):
        pass  # not kept yet, or not whole
    script = make_bundle()
    _keep(kept, gzip.compress(script.encode(), 9, mtime=0))
    return script


def _keep(path: Path, data: bytes) -> None:
    """Write whole or not at all; a folder that cannot be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except OSError:
        return


@lru_cache(maxsize=1)
def pack_bundle() -> str:
    """Give the bundle as the page carries it: compressed, in base64."""
    return base64.b64encode(gzip.compress(read_bundle().encode(), 9, mtime=0)).decode()


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

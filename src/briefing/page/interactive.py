"""The library that makes charts answer: Vega from vl-convert's own bundle, compressed, let through by its hash."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from briefing.dossier.plain import read_plain, write_plain
from briefing.editions.fingerprint import digest_bytes
from briefing.page.vega import PINNED, make_bundle

#: Vega has a third of it.
_MOST_BYTES = 2_000_000


@lru_cache(maxsize=1)
def read_bundle() -> str:
    """Give the script that defines ``window.briefingDraw``: Vega, and the page's own way of drawing with it."""
    return _read_vega() + (files("briefing.page") / "assets" / "charts.js").read_text(encoding="utf-8")


def read_licences() -> str:
    """Give the licences of Vega and of what it contains, which ask to be where they are."""
    return (files("briefing.page") / "assets" / "licences.txt").read_text(encoding="utf-8")


def _read_vega() -> str:
    """Read Vega, which takes a second to make.

    It is kept in the user's cache folder, where anybody may have changed it: what lies there counts only where it has
    the digest that stands in this package. Of a version that the package has no digest of, nothing is kept.
    """
    made_by = version("vl-convert-python")
    if made_by not in PINNED:
        return make_bundle()
    kept = user_cache_path("briefing", appauthor=False) / f"vega-{made_by}.js"
    if (script := _read_kept(kept, PINNED[made_by])) is not None:
        return script
    script = make_bundle()
    _keep(kept, script.encode())
    return script


def _read_kept(path: Path, pinned: str) -> str | None:
    """Read what is kept; ``None`` where that is nothing, no plain file, or another text than the pinned one."""
    try:
        content = read_plain(path, most=_MOST_BYTES)
    except OSError:
        return None
    return content.decode() if digest_bytes(content) == pinned else None


def _keep(path: Path, content: bytes) -> None:
    """Write whole or not at all; a folder that cannot be written is no error."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_plain(path, content)


@lru_cache(maxsize=1)
def pack_bundle() -> str:
    """Give the bundle as the page carries it: compressed, in base64."""
    return base64.b64encode(gzip.compress(read_bundle().encode(), 9, mtime=0)).decode()


#: A reference costs about ten characters; what is shorter than this is written out.
_WORTH = 32


@dataclass(slots=True)
class _Shelf:
    """What is said more than once, and where it lies."""

    texts: dict[int, str]  #: what each value says, as JSON, by its identity
    counts: Counter[str]
    places: dict[str, int] = field(default_factory=dict)
    values: list[Any] = field(default_factory=list)

    def shorten(self, value: Any) -> Any:
        """Give a value with everything that is said more than once put on the shelf."""
        if not isinstance(value, dict | list):
            return value
        text = self.texts[id(value)]
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
    texts: dict[int, str] = {}
    _spell(data, texts)
    shelf = _Shelf(texts, Counter(text for text in _texts(data, texts) if len(text) >= _WORTH))
    return {"data": shelf.shorten(data), "shared": shelf.values}


def _texts(value: Any, texts: Mapping[int, str]) -> Iterator[str]:
    if isinstance(value, dict | list):
        yield texts[id(value)]
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner, texts)


def _spell(value: Any, texts: dict[int, str]) -> str:
    """Write a value as JSON, and note what each value inside it says: each is written once, however deep it lies."""
    if isinstance(value, dict):
        named = (f"{_write(name)}: {_spell(value[name], texts)}" for name in sorted(value))
        text = texts[id(value)] = f"{{{', '.join(named)}}}"
    elif isinstance(value, list):
        text = texts[id(value)] = f"[{', '.join(_spell(inner, texts) for inner in value)}]"
    else:
        text = _write(value)
    return text


#: Writes a value without others in it.
_write = json.JSONEncoder(ensure_ascii=False).encode

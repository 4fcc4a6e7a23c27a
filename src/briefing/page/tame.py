"""Texts that cannot harm the page around them, whatever they hold: still text, shown as text.

Escaping is the template's work. Here go what escaping does not touch: control characters, halves of characters, and
marks of direction that would turn around the words behind them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

#: C0 and C1 controls but tab and newline, halves of surrogate pairs, and the two points that are no characters.
_BROKEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Anything of these, written as JSON writes it.
_SUSPECT = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]|\\\\(?:u00|[bfr])")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)


def tame_text(text: str) -> str:
    """Give a text that ends as it began: no control character, and every mark of direction closed.

    Examples
    --------
    >>> tame_text("a\\x00b") == "a\\ufffdb"
    True
    >>> tame_text("\\u202etxt") == "\\u202etxt\\u202c"
    True
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BROKEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _close(text) if _DIRECTION.search(text) else text


def _close(text: str) -> str:
    """Close what a text leaves open, and leave out a mark that closes what it did not open."""
    still_open: list[str] = []
    kept = []
    for char in text:
        if char in _OPENS:
            still_open.append(_OPENS[char])
        elif char in "\u202c\u2069":
            if not still_open or still_open[-1] != char:
                continue
            still_open.pop()
        kept.append(char)
    return "".join([*kept, *reversed(still_open)])


#: Whether what is read now was looked at as a whole, and is tame.
_ALL_TAME: ContextVar[bool] = ContextVar("_ALL_TAME", default=False)


@contextmanager
def looked_through(written: str) -> Iterator[None]:
    """Look once at a notebook that is written out already, for whoever reads its outputs within; nothing is no look.

    Examples
    --------
    >>> with looked_through('{"a": "b"}'):
    ...     tame({"a": "b"})
    {'a': 'b'}
    """
    token = _ALL_TAME.set(bool(written) and not _SUSPECT.search(written))
    try:
        yield
    finally:
        _ALL_TAME.reset(token)


def tame(data: Any) -> Any:
    """Give data, as JSON has it, with every text in it tamed.

    Nearly all data are tame: one look at them written out is ten times as fast as a walk through them.
    """
    is_tame = _ALL_TAME.get() or not _SUSPECT.search(json.dumps(data, ensure_ascii=False))
    return data if is_tame else _walk(data)


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return tame_text(value)
    if isinstance(value, dict):
        return {tame_text(str(key)): _walk(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(inner) for inner in value]
    return value

"""Wrong but green: a run that passed and yet left something that no reader should see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.blocks.blocks import Block, Cited, Value

#: What Python and pandas print where a value is missing.
_IN_WORDS = re.compile(r"(?<![\w-])(?:NaN|nan|NaT|<NA>)(?![\w-])")
#: "None" and "inf" are English or names too: they count only where they are a figure, or a whole cell.
_IN_FIGURE = re.compile(r"(?<![\w])(?:NaN|nan|NaT|<NA>|None|inf)(?![\w])|^\s*$")


def check_block(block: Block) -> list[str]:
    """List the values that are missing and yet printed; an empty list is good.

    Examples
    --------
    >>> from briefing.blocks.blocks import Prose
    >>> check_block(Prose(text=("They have sent nan tanks.",)))
    ['prints "nan" in "They have sent nan tanks."']
    """
    return [problem for text in _texts(block) for problem in _check_text(text)]


def _check_text(text: str | Cited) -> Iterator[str]:
    words = text.text if isinstance(text, Cited) else text
    found = (_IN_FIGURE if isinstance(text, Cited) else _IN_WORDS).search(words)
    if found or words.strip() == "None":
        yield f'prints "{found[0] if found else "None"}" in "{words.strip()[:60]}"'


def _texts(value: object) -> Iterator[str | Cited]:
    """Give every text that the library made, in reading order; evidence and chart specs are data, not words."""
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            if name not in ("evidence", "spec", "narrow", "exchanges", "entries"):
                yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        yield from _flat(value)


def _flat(values: Iterable[object]) -> Iterator[str | Cited]:
    for value in values:
        if isinstance(value, str):
            yield value
        else:
            yield from _texts(value)

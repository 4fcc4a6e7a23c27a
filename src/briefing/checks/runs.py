"""Proofreading: a run that is green may still be wrong. What is found here holds an edition back, and says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.blocks.blocks import Block, Chart, Text, find_block
from briefing.blocks.walk import blocks_in, figures_in, plain, texts_of
from briefing.editions.cells import number_cells

#: What Python and pandas print where a value is missing. At the head of a sentence "None" is English, "inf." is short.
_IN_WORDS = re.compile(
    r"(?<![\w-])(?:nan|NaN|NaT|<NA>)(?![\w-])|(?<![\w-])inf(?![\w-]|\. [a-z])"
    r"|(?<![.!?] )(?<!^)\bNone\b|^None (?!of|was|is|has|had|were|are|have|can|could|will)|^\s*None\s*$"
)
#: In a figure "None" and "inf" are never words, and a figure is never empty.
_IN_FIGURE = re.compile(r"(?<!\w)(?:nan|NaN|NaT|<NA>|None|inf)(?!\w)|^\s*$")
#: One of these stands in each text that either pattern finds something in: to look for them takes a tenth of the time.
_MARKS = ("nan", "NaN", "NaT", "<NA>", "inf", "None")
#: The fields of a block whose figures are a page's news.
_SENTENCES = ("text", "bottom_line", "standfirst", "tiles", "contested")
_WARNED = re.compile(r"^\S.*?:\d+: (?=\w*Warning: )")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def find_flaws(
    notebook: Mapping[str, Any], *, before: Mapping[str, Any] | None = None, tolerance: float = 0.0
) -> list[str]:
    """Find what is wrong with a run although no cell failed; an empty list is good.

    Each is a line: the cell, what is wrong, the rule. A figure may change by `tolerance` of itself since the last good
    page (`before`); 0 sets no limit.
    """
    flaws = [flaw for at, cell in number_cells(notebook["cells"]) for flaw in _cell_flaws(at, cell)]
    if before is not None and tolerance:
        flaws += _jumps(before, notebook, tolerance)
    return flaws


def check_block(block: Block) -> list[str]:
    """List the values of a block that are missing and yet printed; an empty list is good."""
    kind = getattr(block, "kind", "block")
    return [
        f'the {kind} prints "{missing.strip()}" in "{plain(text).strip()[:80]}"; '
        "a missing value is said in words, never printed. Mend the cell or its rows."
        for text in texts_of(block)
        if (missing := _find_missing(text)) is not None
    ]


def _find_missing(text: Text) -> str | None:
    """Find what stands in a text for a value that is missing."""
    words = plain(text)
    marks = [_IN_FIGURE.search(figure.text) for figure in figures_in(text) if _may_miss(figure.text)]
    marks += [_IN_WORDS.search(words)] if _may_miss(words) else []
    return next((mark[0] for mark in marks if mark), None)


def _may_miss(words: str) -> bool:
    return not words or words.isspace() or any(mark in words for mark in _MARKS)


def _cell_flaws(at: int, cell: Mapping[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs", ()):
        if output.get("output_type") == "stream" and output.get("name") == "stderr":
            said = _last_words("".join(output["text"]))
            yield f"cell {at}: wrote to stderr: {said[:200]}; a published run is quiet. Heed the warning."
        block = find_block(output)
        inner = blocks_in(block) if block else ()
        if any(isinstance(one, Chart) and not one.data.rows for one in inner):
            rule, cure = "a chart shows at least one claim", "Choose other claims or leave it out"
            yield f"cell {at}: the chart is empty; {rule}. {cure}."
        yield from (f"cell {at}: {flaw}" for flaw in (check_block(block) if block else ()))


def _last_words(text: str) -> str:
    """Give the last line that stands at the margin: under a warning Python prints the line of code that gave it."""
    lines = [line for line in text.strip().splitlines() if line[:1].strip()] or [""]
    return _WARNED.sub("", lines[-1])


def _figures(notebook: Mapping[str, Any]) -> dict[str, float]:
    """Give every number in a sentence that is not what one claim says, by how it was made and from which claim."""
    numbers: dict[str, float] = {}
    blocks = (find_block(output) for cell in notebook["cells"] for output in cell.get("outputs", ()))
    for block in blocks:
        sentences = tuple(getattr(block, name, ()) for name in _SENTENCES)
        for figure in figures_in(sentences):
            number = _NUMBER.search(figure.text)
            if number and figure.made:
                first = (*figure.claims, "?")[0]
                key = " ".join(filter(None, (figure.made.kind, figure.made.counted, f"from {first}")))
                numbers.setdefault(key, float(number[0].replace(",", "")))
    return numbers


def _jumps(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: float) -> Iterator[str]:
    then, now = _figures(before), _figures(after)
    for key in then.keys() & now.keys():
        if then[key] and abs(now[key] - then[key]) > tolerance * abs(then[key]):
            yield (
                f"a figure ({key}) goes from {then[key]:,g} to {now[key]:,g}; "
                f"a change beyond {tolerance:.0%} is looked at first. Look, then build with --accept."
            )

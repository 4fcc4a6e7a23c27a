"""Proofreading: a run that is green may still be wrong. What is found here holds an edition back, and says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.blocks.blocks import MIME
from briefing.editions.cells import number_cells

_NOTHING = re.compile(r"(?<![\w-])(?:nan|NaN|NaT|<NA>|inf)(?![\w-])")
# The word at the head of a sentence is English; elsewhere it is a value that is missing.
_NONE = re.compile(r"(?<![.!?] )(?<!^)\bNone\b|^None (?!of|was|is|has|had|were|are|have|can|could|will)")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def find_flaws(
    notebook: Mapping[str, Any], *, before: Mapping[str, Any] | None = None, tolerance: float = 0.0
) -> list[str]:
    """Find what is wrong with a run although no cell failed; an empty list is good.

    Parameters
    ----------
    notebook : mapping
        The executed notebook.
    before : mapping, optional
        The executed notebook behind the last good page.
    tolerance : float
        By how much of itself a figure may change from one to the other; 0 sets no limit.

    Returns
    -------
    list of str
        A line each: the cell, what is wrong, the rule.
    """
    flaws = [flaw for at, cell in number_cells(notebook["cells"]) for flaw in _cell_flaws(at, cell)]
    if before is not None and tolerance:
        flaws += _jumps(before, notebook, tolerance)
    return flaws


def _cell_flaws(at: int, cell: Mapping[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs", ()):
        if output.get("output_type") == "stream" and output.get("name") == "stderr":
            line = "".join(output["text"]).strip().splitlines() or [""]
            yield f"cell {at}: wrote to stderr: {line[-1][:200]}; a published run is quiet. Heed the warning."
        block = output.get("data", {}).get(MIME)
        if isinstance(block, dict):
            yield from (f"cell {at}: {flaw}" for flaw in _block_flaws(block))


def _block_flaws(block: Mapping[str, Any]) -> Iterator[str]:
    kind = str(block.get("kind"))
    if kind == "chart" and not block.get("data", {}).get("rows"):
        yield "the chart is empty; a chart shows at least one claim. Choose other claims or leave it out."
    for text in _texts(block):
        found = _NOTHING.search(text) or _NONE.search(text)
        if found:
            yield (
                f'the {kind} says "{found[0].strip()}" in "{text[:80]}"; '
                "a value that is not known is not printed. Say so in words."
            )
            return


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    """Give the sentences of a block: its text, title, caption and bottom line."""
    for name in ("text", "bottom_line", "summary", "title", "caption", "description"):
        value = block.get(name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield "".join(part if isinstance(part, str) else str(part.get("text", "")) for part in value)


def _figures(notebook: Mapping[str, Any]) -> dict[str, float]:
    """Give every number in a sentence that is not what one claim says, by how it was made and from which claim."""
    found: dict[str, float] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            block = output.get("data", {}).get(MIME) or {}
            for name in ("text", "bottom_line"):
                for part in _cited(block.get(name)):
                    number = _NUMBER.search(part.get("text", ""))
                    if number and part.get("made"):
                        made, claims = part["made"], part.get("claims") or ["?"]
                        key = " ".join(filter(None, (made["kind"], made.get("counted"), f"from {claims[0]}")))
                        found.setdefault(key, float(number[0].replace(",", "")))
    return found


def _cited(value: object) -> Iterable[dict[str, Any]]:
    return (part for part in value if isinstance(part, dict)) if isinstance(value, list) else ()


def _jumps(before: Mapping[str, Any], after: Mapping[str, Any], tolerance: float) -> Iterator[str]:
    then, now = _figures(before), _figures(after)
    for key in then.keys() & now.keys():
        if then[key] and abs(now[key] - then[key]) > tolerance * abs(then[key]):
            yield (
                f"a figure ({key}) goes from {then[key]:,g} to {now[key]:,g}; "
                f"a change beyond {tolerance:.0%} is looked at first. Look, then build with --accept."
            )

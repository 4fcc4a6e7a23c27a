"""A small line of how the leading figure of a briefing moved: a bar for each edition, and no number that nobody gave.

A bar runs from the least to the most that is printed; a side that is left open goes on as dots to the edge. There is no
line between editions: nobody counted there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefing.archive.records import Record, RecordedFigure, RecordedTile
from briefing.archive.sheet import as_words
from briefing.page.words import Words
from briefing.values.words import within_sentence

_WIDTH, _HEIGHT, _MARGIN = 320, 56, 6

_SVG = Markup(
    '<svg viewBox="0 0 {width} {height}" role="img" aria-label="{told}">'
    '<path class="axis" d="M0 {height}H{width}"></path>{paths}</svg>'
)


@dataclass(frozen=True, slots=True)
class FigureStep:
    """What the leading figure was in an edition."""

    day: str
    tile: RecordedTile
    figure: RecordedFigure

    @property
    def printed(self) -> tuple[float, float]:
        """The least and the most that is printed of it."""
        return self.figure.printed or (0, 0)


def list_steps(editions: Iterable[Record]) -> list[FigureStep]:
    """List what the leading figure was in the editions of a series that lead with the newest's, in one unit.

    Where the newest edition leads with no number there are none: an older number is not what is known now.
    """
    listed = list(editions)
    steps = [
        FigureStep(record.as_of, lead, lead.figure)
        for record in listed
        if (lead := record.lead) and lead.figure and lead.figure.printed and _ordinal(record.as_of)
    ]
    if not steps or steps[-1].tile is not listed[-1].lead:
        return []
    return [step for step in steps if _is_alike(step, steps[-1])]


def _is_alike(step: FigureStep, newest: FigureStep) -> bool:
    one, other = step.figure.bounds, newest.figure.bounds
    return step.tile.label == newest.tile.label and bool(one and other and one.unit == other.unit)


def tell_steps(steps: Sequence[FigureStep], *, words: Words) -> str:
    """Say in a sentence how a figure moved."""
    first, last = steps[0], steps[-1]
    if len({step.tile.words for step in steps}) == 1:
        key, told = "unmoved", {"then": words.date(first.day), "last": within_sentence(last.tile.words)}
    else:
        told = {"first": within_sentence(first.tile.words), "then": words.date(first.day)}
        key, told = "moved", told | {"last": within_sentence(last.tile.words), "now": words.date(last.day)}
    return words.term("archive", key, label=last.tile.label, **told)


def draw_steps(steps: Sequence[FigureStep], *, words: Words) -> Markup:
    """Draw how a figure moved, with the sentence that says it; nothing where there is one edition."""
    if len(steps) < 2 or steps[0].day == steps[-1].day:
        return Markup("")
    told = as_words(tell_steps(steps, words=words))
    svg = _SVG.format(width=_WIDTH, height=_HEIGHT, told=told, paths=_draw_paths(steps))
    return Markup('<figure class="spark">{}<figcaption>{}</figcaption></figure>\n').format(svg, told)


def _draw_paths(steps: Sequence[FigureStep]) -> Markup:
    """Draw the newest edition of each column of the picture: ranges, points, and the sides that are left open."""
    first, last = _ordinal(steps[0].day), _ordinal(steps[-1].day)
    most = max(step.printed[1] for step in steps) or 1
    columns = {_place(_ordinal(step.day), first, last): step for step in steps}
    ranges: list[str] = []
    points: list[str] = []
    opens: list[str] = []
    for x, step in columns.items():
        low, high = (_height(number, most) for number in step.printed)
        (points if low == high else ranges).append(f"M{x} {low}h0" if low == high else f"M{x} {low}V{high}")
        bounds = step.figure.bounds
        if bounds and not bounds.nearly and not bounds.about:
            opens += [f"M{x} {high}V0"] if bounds.high is None else []
            opens += [f"M{x} {low}V{_HEIGHT}"] if bounds.low is None else []
    named = {"range": ranges, "point": points, "open": opens}
    drawn = (Markup('<path class="{}" d="{}"></path>').format(name, "".join(d)) for name, d in named.items() if d)
    return Markup("").join(drawn)


def _place(day: int, first: int, last: int) -> int:
    return round(_MARGIN + (day - first) / (last - first) * (_WIDTH - 2 * _MARGIN))


def _height(number: float, most: float) -> int:
    return round(_HEIGHT - max(number, 0) / most * (_HEIGHT - _MARGIN))


def _ordinal(day: str) -> int:
    """Give the number of a day; 0 where it is none."""
    try:
        return dt.date.fromisoformat(day).toordinal()
    except ValueError:
        return 0

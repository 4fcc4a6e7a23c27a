"""Where the words of a chart stand, so that none covers a mark or another word: decided once, in pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot

import altair as alt

from briefing.charts.pen import PLACED, Datum, Layer, width_of, written
from briefing.charts.theme import LINE, SIZE

#: Half the height of a line, and the air on each side of a word.
_HALF, _AIR = LINE / 2, 2

#: How often words choose anew where some found no place.
_TRIES = 6

#: The ways from a mark to a word further off: upwards first, and never so flat that the line runs along a grid line.
_WAYS = ((0.8, -0.8), (-0.8, -0.8), (0.4, -1), (-0.4, -1), (1, -0.4), (-1, -0.4), (0.8, 0.8), (-0.8, 0.8), (1, 0.4),
         (-1, 0.4), (0, -1), (0, 1))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing that something covers, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether both cover some point."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def overlaps_any(self, others: Iterable[Box]) -> bool:
        """Whether it covers some point that one of others covers; asked ten thousand times a chart, so in one loop."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        for other in others:
            if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
                return True
        return False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left < x < self.right and self.top < y < self.bottom


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word to place: where what it names is drawn, the word, and how far the mark reaches around its middle.

    A text of several lines has line breaks in it.
    """

    x: float
    y: float
    text: str
    reach: float = 5
    size: float = SIZE
    name: tuple[str, ...] = ()  #: Whose it is, in lines below the word.
    is_bold: bool = False  #: Whether the word is bold, as `write_labels` writes it.
    drop: float = 0  #: How far below it the other end of its bar lies.

    @property
    def lines(self) -> list[str]:
        """The lines that stand one below the other."""
        return [*self.text.split("\n"), *self.name]

    @property
    def rise(self) -> float:
        """How far the middle of its lines lies below that of the first."""
        return (len(self.lines) - 1) * LINE / 2

    def around(self, reach: float | None = None) -> Box:
        """Give what lies so near to its middle, or else as near as the mark reaches."""
        near = self.reach if reach is None else reach
        return Box(self.x - near, self.y - near, self.x + near, self.y + near)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a word stands, in pixels from its anchor: `align` is ``left``, ``center`` or ``right``."""

    align: str
    dx: float
    dy: float
    to: tuple[float, float] | None = None  #: For a word further off: where the line to it ends, from the anchor.

    @property
    def datum(self) -> Datum:
        """The same as a text of one line is drawn from it."""
        return {"align": self.align, "dx": self.dx, "dy": self.dy}

    def datum_of(self, anchor: Anchor) -> Datum:
        """Give what the words of an anchor are drawn from, where they stand here."""
        first = self.dy - anchor.rise
        datum = self.datum | {"dy": first, "shown": anchor.text}
        return datum | ({"who": list(anchor.name), "under": first + LINE} if anchor.name else {})


def write_labels(on: Mapping[str, object], hue: object) -> list[Layer]:
    """Write what `Spot.datum_of` gives: the figures, and whose they are in the hue of their marks."""
    name = {**PLACED, "dy": alt.ExprRef(expr="datum.under"), "lineHeight": LINE}
    return [
        *written("shown", keep="isValid(datum.shown)", on=on, **PLACED, fontWeight=600),
        *written("who", keep="isValid(datum.who)", on={**on, "color": hue}, **name),
    ]


def box_of(anchor: Anchor, spot: Spot) -> Box:
    """Give what a word covers where it stands."""
    return _box_of(anchor, spot, _length_of(anchor), anchor.rise)


def _length_of(anchor: Anchor) -> float:
    """Give how long its longest line is."""
    wide = 1.06 if anchor.is_bold else 1.0
    return max(width_of(line, anchor.size) * (wide if line == anchor.text else 1) for line in anchor.lines)


def _box_of(anchor: Anchor, spot: Spot, long: float, rise: float) -> Box:
    left = anchor.x + spot.dx - {"left": 0, "center": long / 2, "right": long}[spot.align]
    top, bottom = anchor.y + spot.dy - _HALF + 1 - rise, anchor.y + spot.dy + _HALF - 1 + rise
    return Box(left - _AIR, top, left + long + _AIR, bottom)


def place(
    anchors: Sequence[Anchor],
    *,
    width: float,
    height: float,
    taken: Iterable[Box] = (),
    lines: Iterable[Box] | None = None,
) -> list[Spot | None]:
    """Place each word beside its anchor: above, right, left or below, where nothing else stands.

    The first anchors choose first. Marks cover `taken`, and no word may cover `lines` either: where these are given, a
    word that has no place beside its anchor stands further off, at the end of a line to it that may cross them.
    ``None`` where no place is free, and the word is left to the table.

    Examples
    --------
    >>> for spot in place([Anchor(50, 50, "98"), Anchor(50, 50, "122")], width=100, height=100):
    ...     print(spot)
    Spot(align='center', dx=0, dy=-14, to=None)
    Spot(align='left', dx=10, dy=0, to=None)
    """
    marks, thin = list(taken), list(lines or ())
    ways = (_spots,) if lines is None else (_spots, _far_spots)

    def choose(order: Iterable[int]) -> list[Spot | None]:
        return _choose(anchors, order, ways, _Sheet(width, height, list(marks), thin))

    tries: dict[tuple[int, ...], list[Spot | None]] = {}
    order = tuple(range(len(anchors)))
    while order not in tries and len(tries) < _TRIES:
        tries[order] = found = choose(order)
        if not any(map(_is_aside, found)):
            break
        # whoever had no place beside its anchor chooses before the others the next time
        order = tuple(sorted(range(len(anchors)), key=lambda number: not _is_aside(found[number])))
    return min(tries.values(), key=lambda found: (found.count(None), sum(map(_is_aside, found))))


def _is_aside(spot: Spot | None) -> bool:
    """Whether a word has no place beside its anchor."""
    return spot is None or spot.to is not None


@dataclass(slots=True)
class _Sheet:
    """The frame while words are placed on it: what marks and words cover, and the lines that no word may cover."""

    width: float
    height: float
    solid: list[Box]
    thin: list[Box]

    def is_free(self, box: Box) -> bool:
        """Whether a word may stand there."""
        is_inside = box.left >= 0 and box.right <= self.width + 8 and box.top >= -10 and box.bottom <= self.height
        return is_inside and not box.overlaps_any(self.solid) and not box.overlaps_any(self.thin)

    def is_clear(self, points: Sequence[tuple[float, float]]) -> bool:
        """Whether neither mark nor word lies on any of some points."""
        return not any(box.holds(x, y) for box in self.solid for x, y in points)


def _choose(
    anchors: Sequence[Anchor], order: Iterable[int], ways: Iterable[Callable[[Anchor], Iterable[Spot]]], sheet: _Sheet
) -> list[Spot | None]:
    """Let words choose in some order: all of them beside their anchors first, then those that found no place there."""
    found: list[Spot | None] = [None] * len(anchors)
    order = list(order)
    for spots in ways:
        for number in (number for number in order if found[number] is None):
            found[number] = _first_free(anchors[number], spots(anchors[number]), sheet)
    return found


def _first_free(anchor: Anchor, spots: Iterable[Spot], sheet: _Sheet) -> Spot | None:
    long, rise = _length_of(anchor), anchor.rise  # the same at each of a hundred spots
    for spot in spots:
        box = _box_of(anchor, spot, long, rise)
        if not sheet.is_free(box):
            continue
        line = _line_to(anchor, spot.to) if spot.to is not None else []
        if sheet.is_clear(line):
            sheet.solid += [box, *(Box(x - 2, y - 2, x + 2, y + 2) for x, y in line)]
            return spot
    return None


def _spots(anchor: Anchor) -> Iterable[Spot]:
    more, rise = round(anchor.reach) - 5, round(anchor.rise)
    for align, dx, dy in (
        ("center", 0, -14), ("left", 10, 0), ("right", -10, 0), ("center", 0, 15),
        ("left", 6, -14), ("right", -6, -14), ("left", 6, 15), ("right", -6, 15),
        ("left", -6, -14), ("right", 6, -14), ("left", -6, 15), ("right", 6, 15),
    ):  # fmt: skip
        dx += (more if dx > 0 else -more) if not dy else 0
        dy += (more + rise if dy > 0 else -more - rise) if dy else 0
        yield Spot(align, dx, dy)
    if anchor.drop:
        yield from (replace(spot, dy=spot.dy + round(anchor.drop)) for spot in _spots(replace(anchor, drop=0)))


def _far_spots(anchor: Anchor) -> Iterable[Spot]:
    """Go around the anchor in wider and wider circles."""
    rise = anchor.rise
    for away in (24, 32, 40, 50, 60, 75, 95, 120):
        for across, down in _WAYS:
            dx, dy = round(across * away), round(down * away)
            side = (across > 0) - (across < 0)
            end = (dx - 2 * side, dy) if side else (0, dy + (7 if down < 0 else -7))
            taller = rise * ((down > 0) - (down < 0))
            yield Spot(("right", "center", "left")[side + 1], dx, dy + taller, end)


def _line_to(anchor: Anchor, end: tuple[float, float]) -> list[tuple[float, float]]:
    """Give points along the line from an anchor's edge to its word."""
    across, down = end
    first = (anchor.reach + 4) / hypot(across, down)
    steps = [first + (1 - first) * step / 12 for step in range(13)]
    return [(anchor.x + across * step, anchor.y + down * step) for step in steps]

"""Where the words of a chart stand, so that none covers a mark or another word: decided once, in pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.charts.pen import width_of

#: The size of the words, half the height of a line, and the air on each side of a word.
_SIZE, _HALF, _AIR = 11.5, 8, 2


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


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word to place: where what it names is drawn, the word, and how far the mark reaches around its middle."""

    x: float
    y: float
    text: str
    reach: float = 5


def box_of(anchor: Anchor, *, align: str, dx: float, dy: float) -> Box:
    """Give what a word covers where it stands."""
    long = width_of(anchor.text, _SIZE)
    left = anchor.x + dx - {"left": 0, "center": long / 2, "right": long}[align]
    return Box(left - _AIR, anchor.y + dy - _HALF + 1, left + long + _AIR, anchor.y + dy + _HALF - 1)


def place(
    anchors: Sequence[Anchor], *, width: float, height: float, taken: Iterable[Box] = ()
) -> list[dict[str, Any] | None]:
    """Place each word beside its anchor: above, right, left or below, where nothing else stands.

    Parameters
    ----------
    anchors : sequence of Anchor
        In order of importance: the first choose first.
    width, height : float
        Of the frame, in pixels.
    taken : iterable of Box
        What the marks cover.

    Returns
    -------
    list of dict or None
        ``align dx dy`` for each anchor; ``None`` where no place is free, and the word is left to the table.

    Examples
    --------
    >>> place([Anchor(50, 50, "98"), Anchor(50, 50, "122")], width=100, height=100)
    [{'align': 'center', 'dx': 0, 'dy': -14}, {'align': 'left', 'dx': 10, 'dy': 0}]
    """
    covered = list(taken)
    found: list[dict[str, Any] | None] = []
    for anchor in anchors:
        placed = next((spot for spot in _spots(anchor) if _is_free(spot[1], covered, width, height)), None)
        covered += [placed[1]] if placed else []
        found.append(placed[0] if placed else None)
    return found


def _spots(anchor: Anchor) -> Iterable[tuple[dict[str, Any], Box]]:
    more = round(anchor.reach) - 5
    for align, dx, dy in (
        ("center", 0, -14), ("left", 10, 0), ("right", -10, 0), ("center", 0, 15),
        ("left", 6, -14), ("right", -6, -14), ("left", 6, 15), ("right", -6, 15),
    ):  # fmt: skip
        dx += (more if dx > 0 else -more) if not dy else 0
        dy += (more if dy > 0 else -more) if dy else 0
        yield {"align": align, "dx": dx, "dy": dy}, box_of(anchor, align=align, dx=dx, dy=dy)


def _is_free(box: Box, covered: Iterable[Box], width: float, height: float) -> bool:
    is_inside = box.left >= 0 and box.right <= width + 8 and box.top >= -10 and box.bottom <= height
    return is_inside and not any(box.overlaps(other) for other in covered)

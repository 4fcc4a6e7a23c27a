"""What is made once for an owner: it is kept for as long as the owner lives, and goes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Remembered = TypeVar("Remembered")


class Memo:
    """What was made for an owner, by the function that made it and the names of what it was made of.

    Whoever owns frames, such as a shelf of tables, has a memo of its own. Nothing else remembers what was made of them:
    when the owner goes, so do the frames and all that was made of them. What a memo gives is not to be changed.

    Examples
    --------
    >>> def count(rows):
    ...     print("counting")
    ...     return len(rows)
    >>> memo = Memo()
    >>> memo.once(count, {"tanks": [98, 122]}) + memo.once(count, {"tanks": [98, 122]})
    counting
    4
    """

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[tuple[Callable[..., Any], tuple[str, ...]], Any] = {}

    def find(self, make: Callable[..., Remembered], names: tuple[str, ...]) -> Remembered | None:
        """Find what was made of the parts of these names; ``None`` where that has not been made yet."""
        made: Remembered | None = self._made.get((make, names))
        return made

    def once(self, make: Callable[..., Remembered], parts: dict[str, Any]) -> Remembered:
        """Make something of named parts, once; ``make`` is a function of a module, since a new one is always anew.

        The same names are the same parts for as long as the owner lives; they are given to ``make`` in their order.
        """
        key = (make, tuple(parts))
        if key not in self._made:
            self._made[key] = make(*parts.values())
        made: Remembered = self._made[key]
        return made

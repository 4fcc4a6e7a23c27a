"""What the checks say of pages that are published all the same: kept as data on its way, and told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from briefing.errors import Problem
from briefing.values.words import counted, name_some


class Remark(NamedTuple):
    """A finding that holds no page back, as it travels from a worker: four texts."""

    severity: str
    id: str  #: The rule's.
    place: str  #: The notebook and the cell.
    words: str  #: What is wrong, the rule and the cure.

    def __str__(self) -> str:
        return f"{self.severity}: {self.id}: {self.place}: {self.words}"


def make_remark(problem: Problem) -> Remark:
    """Make a remark of a problem, which says the same."""
    return Remark(problem.severity, problem.id, problem.place, f"{problem.what}; {problem.rule}. {problem.cure}.")


@dataclass(frozen=True, slots=True)
class ToldOnce:
    """A remark that editions share: how many of them, and in which places."""

    remark: Remark
    editions: int
    places: tuple[str, ...]

    def __str__(self) -> str:
        among = f" in {counted(self.editions, 'edition')}" if self.editions > 1 else ""
        places = name_some(self.places, most=2)
        return f"{self.remark.severity}: {self.remark.id}{among}: {places}: {self.remark.words}"


def tell_once(editions: Iterable[Iterable[Remark]], *, severity: str) -> tuple[ToldOnce, ...]:
    """Tell each remark of a severity once, however many editions have it, in order of the first of each.

    Examples
    --------
    >>> hay = Remark("warning", "F13", "hay.ipynb: cell 3", "hay is counted twice; once will do. Count again.")
    >>> str(tell_once([[hay], [hay, hay]], severity="warning")[0])
    'warning: F13 in 2 editions: hay.ipynb: cell 3: hay is counted twice; once will do. Count again.'
    """
    first: dict[tuple[str, str], Remark] = {}
    found: dict[tuple[str, str], tuple[set[int], dict[str, None]]] = {}
    for at, remarks in enumerate(editions):
        for remark in remarks:
            if remark.severity == severity:
                same = remark.id, remark.words
                first.setdefault(same, remark)
                among, places = found.setdefault(same, (set(), {}))
                among.add(at)
                places[remark.place] = None
    return tuple(ToldOnce(first[same], len(among), tuple(places)) for same, (among, places) in found.items())

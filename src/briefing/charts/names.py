"""Whose each mark is: named once beside a mark of the claimant, and in a legend only where no name has room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from math import hypot
from typing import TypeAlias

import altair as alt

from briefing.charts.labels import Anchor, Spot
from briefing.charts.looks import find_looks
from briefing.charts.pen import Look, width_of, wrap
from briefing.desk.claims.claims import Claims

#: Hue and shape of each claimant, by name.
Looks: TypeAlias = Mapping[str, tuple[str, str]]

#: How wide a name is beside a mark, on a wide page and on a narrow one.
_ROOM = {False: 150, True: 104}

#: How often names that found no room are tried beside another mark.
_TRIES = 4


def find_claimant_looks(claims: Claims) -> Looks:
    """Give the look of each claimant by name."""
    looks = find_looks(claims.dossier, {claim.claimant for claim in claims.each})
    return {claims.dossier.name_of(claimant): look for claimant, look in looks.items()}


def name_lines(name: str, *, narrow: bool) -> tuple[str, ...]:
    """Break a name into the lines that stand beside a mark."""
    return tuple(wrap(name, _ROOM[narrow], lines=3))


def place_names(
    groups: Sequence[str],
    anchors: Sequence[Anchor],
    settle: Callable[[Sequence[Anchor]], list[Spot | None]],
    *,
    narrow: bool,
) -> tuple[list[Anchor], list[Spot | None]]:
    """Place words, and once beside a mark of each claimant whose it is: where most air is, or else beside another.

    `settle` gives the spots of anchors, which choose in their order. A figure matters more than a name, which may stand
    in a legend.
    """
    ranked = _rank_by_air(groups, anchors)
    tries: list[tuple[int, int, list[Anchor], list[Spot | None]]] = []
    rank = dict.fromkeys(ranked, 0)
    for _ in range(_TRIES):
        leads = {marks[rank[group]] for group, marks in ranked.items() if rank[group] < len(marks)}
        tries.append(_place_with(leads, groups, anchors, settle, narrow=narrow))
        further = {groups[at]: rank[groups[at]] + 1 for at in leads if tries[-1][3][at] is None}
        if not tries[-1][0] or not further:  # where every name stands, another try would place the same
            break
        rank |= further
    if tries[-1][0]:
        tries.append(_place_with((), groups, anchors, settle, narrow=narrow))
    return min(tries, key=lambda tried: (2 * tried[0] + tried[1], tried[0]))[2:]


def _place_with(
    leads: Collection[int],
    groups: Sequence[str],
    anchors: Sequence[Anchor],
    settle: Callable[[Sequence[Anchor]], list[Spot | None]],
    *,
    narrow: bool,
) -> tuple[int, int, list[Anchor], list[Spot | None]]:
    """Place words with names beside some marks: how many have no room, how many claimants no name, and the places."""
    named = [
        replace(anchor, name=name_lines(groups[at], narrow=narrow)) if at in leads else anchor
        for at, anchor in enumerate(anchors)
    ]
    order = sorted(range(len(named)), key=lambda at: at not in leads)
    by_mark = dict(zip(order, settle([named[at] for at in order]), strict=True))
    spots = [by_mark[at] for at in range(len(named))]
    nameless = set(groups) - {groups[at] for at in leads if spots[at]}
    return spots.count(None), len(nameless), named, spots


def _rank_by_air(groups: Sequence[str], anchors: Sequence[Anchor]) -> dict[str, list[int]]:
    """Rank the marks of each claimant, those with most air around them first; of as much, the later ones."""

    def air(at: int) -> int:
        x, y = anchors[at].x, anchors[at].y
        return round(min((hypot(x - other.x, y - other.y) for n, other in enumerate(anchors) if n != at), default=0))

    of: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        of.setdefault(group, []).append(at)
    return {group: sorted(marks, key=lambda at: (-air(at), -at)) for group, marks in of.items()}


def key_claimants(
    names: Sequence[str], looks: Looks, width: float, unnamed: Collection[str], *, below: float = 0
) -> Look:
    """Tell claimants apart by hue and by shape; those who are named beside no mark have a legend.

    `below` is what stands between the axis and the legend, in pixels.
    """
    rest = [name for name in names if name in unnamed]
    columns = max(int(width // (max(map(width_of, rest), default=width) + 40)), 1)
    legend = (
        alt.Legend(columns=columns, labelLimit=int(width) + 40, values=rest, orient="bottom", offset=18 + below)
        if rest
        else None
    )
    hues, shapes = (alt.Scale(domain=list(names), range=[looks[name][part] for name in names]) for part in (0, 1))
    return {
        "color": alt.Color(field="group", type="nominal", scale=hues, legend=legend),
        "shape": alt.Shape(field="group", type="nominal", scale=shapes, legend=legend),
    }

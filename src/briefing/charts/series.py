"""A stock at its dates, by claimant; no line ever joins different claimants."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import altair as alt

from briefing.blocks.blocks import Chart, Note
from briefing.charts.days import Days, day_axis, drawn_on, span_days, stamp
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.labels import Anchor, Box, Spot, place
from briefing.charts.looks import find_looks
from briefing.charts.marks import (
    bar_of,
    describe,
    dots_of,
    draw_marks,
    find_edge,
    find_unit,
    mark_of,
    shown_with,
    tell_marks,
    written_at,
)  # fmt: skip
from briefing.charts.pen import PLACED, Datum, Layer, Look, Spec, compose, layer, numbers, width_of, written
from briefing.charts.repeats import tell_repeats
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Drawn, dress
from briefing.desk.claims.claims import Claims
from briefing.usage import verb
from briefing.values.bounds import Bounds
from briefing.values.palette import OTHERS, QUIET, SHAPES

_HEIGHT = 300
#: How far marks of one day stand apart, each and all of them, in pixels.
_APART, _WIDEST = 9, 90
#: How far under its mark the time is drawn in which the day of a count lies.
_UNDER = 9
#: What claimants are called together where they are more than shapes.
_REST = "others"


#: Hue and shape of each claimant, by name.
Looks: TypeAlias = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A count that has a day: the day on which it is drawn, and the hue and shape that it shares with its claimant."""

    drawn: Drawn
    day: dt.date
    group: str

    @property
    def bounds(self) -> Bounds:
        return self.drawn.claim.bounds

    @property
    def since(self) -> dt.date | None:
        """The first day that it can mean, where it is drawn on a later one."""
        first = self.drawn.claim.when.first
        return first if first is not None and first < self.day else None


@verb
def dated_series(claims: Claims, *, title: str) -> Chart | Note:
    """Show a stock at its dates, by claimant; no line ever joins different claimants.

    Parameters
    ----------
    claims : Claims
        Deployments of one quantity.
    title : str
        What is seen.

    Returns
    -------
    Chart or Note
        A block; a note where no claim gives a number. Claims of one day stand side by side, a few pixels apart.

    Raises
    ------
    ClaimError
        Where the claims count in several units.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.dated_series(b.choose_claims(d, quantity="guards-there"), title="Guards, by claimant and date")
    Chart('Guards, by claimant and date', 4 rows, 4 claims, 4 sources)
    """
    known = [claim for claim in claims.each if claim.bounds.is_known]
    days = {claim.id: day for claim in known if (day := drawn_on(claim.when, as_of=claims.dossier.as_of))}
    drawn = dress(claims, [claim for claim in known if claim.id in days])
    if not drawn:
        return nothing_known(claims, title)
    names = [claims.dossier.name_of(count.claim.claimant) for count in drawn]
    looks = find_claimant_looks(claims)
    counts = [
        _Dated(count, days[count.claim.id], group) for count, group in zip(drawn, group_claimants(names), strict=True)
    ]
    unit = find_unit(count.bounds for count in counts)
    told = [
        describe(f"{count.claim.when}, {name}", count.claim, count.noun, again=count.again)
        for count, name in zip(drawn, names, strict=True)
    ]
    remark = " ".join(_remarks(counts, left_out=len(known) - len(counts)))

    draw = partial(_draw, counts, unit, looks)
    return frame_chart(title, draw, f"{title}. {'; '.join(told)}.", behind=claims_behind(claims), remark=remark)


def _remarks(counts: Sequence[_Dated], *, left_out: int) -> Iterator[str]:
    """Say what the marks mean, as far as they are drawn, and what is not drawn."""
    if meant := tell_marks((count.bounds, count.drawn.claim.status) for count in counts):
        yield meant
    if told := tell_repeats([count.drawn.again for count in counts]):
        yield told
    if any(count.since for count in counts):
        yield "A thin line under a mark is the time in which the day of a count lies."
    if left_out:
        yield f"{left_out} without a day, in the table only."


def group_claimants(names: Sequence[str]) -> list[str]:
    """Name each count's group: its claimant, or "others" where claimants are more than shapes."""
    known = Counter(names)
    kept = set(known) if len(known) <= len(SHAPES) else {name for name, _ in known.most_common(len(SHAPES) - 1)}
    return [name if name in kept else _REST for name in names]


def _draw(counts: Sequence[_Dated], unit: str, looks: Looks, *, narrow: bool) -> Spec:
    edge = find_edge(count.bounds for count in counts)
    width = (NARROW if narrow else WIDE) - width_of(f"{edge:,.0f}") - 40
    days = span_days(day for count in counts for day in (count.day, count.since) if day is not None)
    stamps = _stand_apart(counts, days, width)
    marks = [_mark(count, stamped, edge) for count, stamped in zip(counts, stamps, strict=True)]
    figures_of = _place_figures(counts, stamps, days, edge, width)
    data = [mark | figure for mark, figure in zip(marks, figures_of, strict=True)]
    along, x = numbers(alt.Y, edge=edge, unit=unit, narrow=False, grid=True), day_axis(days, narrow=narrow)
    keys = key_claimants([name for name, _ in Counter(count.group for count in counts).most_common()], looks, width)
    figures = written(
        "shown", keep="isValid(datum.shown)", on={"x": x("day"), "y": along("at")}, **PLACED, fontSize=11.5
    )
    leader = layer("rule", "isValid(datum.lead_day)", on={"x": x("day"), "x2": alt.X2(field="lead_day"),
                   "y": along("at"), "y2": alt.Y2(field="lead_at")}, color=QUIET, strokeWidth=0.7)  # fmt: skip
    spans = _spans(x, along, keys["color"])
    layers: list[Layer] = [*spans, leader, *draw_marks({"x": x("day"), **keys}, along, upright=True), *figures]
    return compose(layers, data, width=width, height=_HEIGHT)


def _spans(x: Any, along: Any, color: alt.Color) -> list[Layer]:
    """Draw the time in which the day of a count lies: under its mark and with two ends, so that it joins no counts."""
    keep, up = "isValid(datum.since)", {"y": along("at"), "color": color}
    end = {"shape": "M0,-0.5V0.5", "size": 49, "filled": False, "opacity": 1, "strokeWidth": 1, "yOffset": _UNDER}
    return [
        layer("rule", keep, on={"x": x("since"), "x2": alt.X2(field="day"), **up}, strokeWidth=1, yOffset=_UNDER),
        *(layer("point", keep, on={"x": x(side), **up}, **end) for side in ("since", "day")),
    ]


def find_claimant_looks(claims: Claims) -> Looks:
    """Give the look of each claimant by name, and that of all others."""
    looks = find_looks(claims.dossier, {claim.claimant for claim in claims.each})
    return {claims.dossier.name_of(claimant): look for claimant, look in looks.items()} | {_REST: OTHERS}


def key_claimants(names: list[str], looks: Looks, width: float) -> Look:
    """Tell claimants apart by hue and by shape, under one legend whose names are never cut."""
    groups = sorted(names, key=lambda name: name == _REST)
    columns = max(int(width // (max(width_of(group) for group in groups) + 40)), 1)
    legend = alt.Legend(columns=columns, labelLimit=int(width))
    hues, shapes = (alt.Scale(domain=groups, range=[looks[group][part] for group in groups]) for part in (0, 1))
    return {
        "color": alt.Color(field="group", type="nominal", scale=hues, legend=legend),
        "shape": alt.Shape(field="group", type="nominal", scale=shapes, legend=legend),
    }


def _mark(count: _Dated, stamped: int, edge: float) -> Datum:
    claim = count.drawn.claim
    mark = mark_of(claim.bounds, claim.status, edge=edge, again=count.drawn.again)
    mark |= {"group": count.group, "day": stamped, "tip": count.drawn.tip}
    return mark | ({"since": stamp(count.since)} if count.since else {})


def _stand_apart(counts: Sequence[_Dated], days: Days, width: float) -> list[int]:
    """Stamp each count's day, moved a few pixels where others have the same, so that none hides another."""
    pixel = days.long * 86_400_000 / width
    together, before = Counter(count.day for count in counts), Counter[dt.date]()
    stamps = []
    for count in counts:
        same, number = together[count.day], before[count.day]
        apart = min(_APART, _WIDEST / same) * pixel
        stamps.append(round(stamp(count.day) + (number - (same - 1) / 2) * apart))
        before[count.day] += 1
    return stamps


def _place_figures(
    counts: Sequence[_Dated], stamps: Sequence[int], days: Days, edge: float, width: float
) -> list[Datum]:
    """Write each figure beside its mark, or further off at the end of a line to it."""
    pixel = days.long * 86_400_000 / width

    def at(stamped: float) -> float:
        return (stamped - stamp(days.first)) / pixel

    def up(number: float) -> float:
        return _HEIGHT - number / edge * _HEIGHT

    boxes = [_boxes(count, at(stamped), at, up, edge) for count, stamped in zip(counts, stamps, strict=True)]
    taken, lines = ([box for pair in boxes for box in pair[side]] for side in (0, 1))
    anchors = [
        Anchor(at(stamped), up(written_at(count.bounds)), shown_with(count.bounds, count.drawn.claim.status))
        for count, stamped in zip(counts, stamps, strict=True)
    ]
    spots = place(anchors, width=width, height=_HEIGHT, taken=taken, lines=lines)

    def figure(count: _Dated, stamped: int, anchor: Anchor, spot: Spot | None) -> Datum:
        if spot is None:
            return {}
        lead: Datum = {}
        if spot.to is not None:
            across, down = spot.to
            height = written_at(count.bounds) - down * edge / _HEIGHT
            lead = {"lead_day": round(stamped + across * pixel), "lead_at": height}
        return lead | spot.datum | {"shown": anchor.text}

    return [figure(*placed) for placed in zip(counts, stamps, anchors, spots, strict=True)]


def _boxes(
    count: _Dated, x: float, at: Callable[[float], float], up: Callable[[float], float], edge: float
) -> tuple[list[Box], list[Box]]:
    """Give what a mark covers, its point and its bar, and its thin lines."""
    y = up(written_at(count.bounds))
    solid, thin = [Box(x - 6, y - 6, x + 6, y + 6)], []
    if bar := bar_of(count.bounds):
        solid.append(Box(x - 4, up(bar[1]), x + 4, up(bar[0])))
    if dots := dots_of(count.bounds, edge=edge):
        thin.append(Box(x - 4, up(dots[1]), x + 4, up(dots[0])))
    if count.since:
        thin.append(Box(at(stamp(count.since)) - 2, y + _UNDER - 4, x + 2, y + _UNDER + 4))
    return solid, thin

"""A stock at its dates, by claimant; no line ever joins different claimants."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from briefing.blocks.blocks import Chart, Note, Prose
from briefing.charts.days import Days, day_axis, drawn_on, span_days, stamp
from briefing.charts.events import (
    Events,
    Told,
    describe_events,
    draw_events,
    find_events,
    lay_numbers,
    lay_words,
    room_above,
    room_below,
    with_events,
)
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.labels import Anchor, Box, Spot, place, write_labels
from briefing.charts.marks import (
    bar_of,
    describe,
    dots_of,
    draw_marks,
    find_edge,
    mark_of,
    shown_with,
    tell_marks,
    written_at,
)
from briefing.charts.names import Looks, find_claimant_looks, key_claimants, place_names
from briefing.charts.pen import Datum, Layer, Spec, compose, layer, numbers, width_of
from briefing.charts.repeats import tell_repeats
from briefing.charts.sentences import entitle, name_axis, say_one
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Drawn, dress
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.newest import keep_newest
from briefing.usage import verb
from briefing.values.bounds import Bounds
from briefing.values.palette import QUIET

#: How high a drawing is with the words of its events, and how much higher where it has many marks.
_HEIGHTS, _MANY = {False: (230, 10), True: (310, 60)}, 7
#: How far marks of one day stand apart, each and all of them, in pixels.
_APART, _WIDEST = 9, 90
#: How far under its mark the time is drawn in which the day of a count lies.
_UNDER = 9


@dataclass(frozen=True, slots=True)
class _Dated:
    """A count that has a day: the day on which it is drawn, and the name of its claimant."""

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
def dated_series(claims: Claims, *, title: str = "", events: Events = ()) -> Chart | Prose | Note:
    """Show a stock at its dates, by claimant; no line ever joins different claimants.

    Parameters
    ----------
    claims : Claims
        Deployments; those of one quantity, or what is there beside what is announced.
    title : str
        What is seen; left out, who counts how many on the newest day.
    events : Timeline, str or collection of str
        What happened, as `timeline` gives it or by `event_id`: a thin line each. One not yet known is left out.

    Returns
    -------
    Chart, Prose or Note
        A block; a sentence where there is one number, a note where there is none. Claims of one day stand side by side.

    Raises
    ------
    ClaimError
        Where the claims count in several units.
    UsageError
        Where an event is in no row.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> guards = b.choose_claims(d, quantity="guards-there")
    >>> b.dated_series(guards, title="Guards, by claimant and date", events="ev-0003")
    Chart('Guards, by claimant and date', 5 rows, 4 claims, 4 sources)
    """
    title = title or entitle(claims)
    claims, left = keep_newest(claims)
    known = [claim for claim in claims.each if claim.bounds.is_known]
    days = {claim.id: day for claim in known if (day := drawn_on(claim.when, as_of=claims.dossier.as_of))}
    drawn = dress(claims, [claim for claim in known if claim.id in days])
    happened = find_events(claims.dossier, events)
    if not drawn:
        return nothing_known(claims, title)
    if len(known) == 1:
        return say_one(claims, known[0])
    unit = name_axis(claims, drawn)
    names = [claims.dossier.name_of(count.claim.claimant) for count in drawn]
    counts = [_Dated(count, days[count.claim.id], name) for count, name in zip(drawn, names, strict=True)]
    told = [
        describe(f"{name}, {count.claim.when}", count.claim, count.noun, again=count.again)
        for count, name in zip(drawn, names, strict=True)
    ]
    remark = " ".join(_remarks(counts, happened))

    draw = partial(_draw, counts, unit, find_claimant_looks(claims), happened)
    description = f"{title}. {'; '.join(told)}.{describe_events(happened)}"
    behind = with_events(claims_behind(claims), claims.dossier, happened)
    return frame_chart(title, draw, description, behind=behind, remark=remark, left_out=left)


def _remarks(counts: Sequence[_Dated], events: Sequence[Told]) -> Iterator[str]:
    """Say what the marks mean, as far as they are drawn."""
    if meant := tell_marks((count.bounds, count.drawn.claim.status) for count in counts):
        yield meant
    if told := tell_repeats([count.drawn.again for count in counts], tied=True):
        yield told
    if any(count.since for count in counts):
        yield "A thin line under a mark spans the days that a count may be of."
    if events:
        yield "Upright lines are events, listed in the table."


@dataclass(frozen=True, slots=True)
class _Frame:
    """The frame of a drawing: what it spans, in days and numbers, and in pixels."""

    days: Days
    edge: float
    width: float
    height: float

    @property
    def pixel(self) -> float:
        """How many milliseconds a pixel is wide."""
        return self.days.long * 86_400_000 / self.width

    def across(self, stamped: float) -> float:
        """Give where a moment stands."""
        return (stamped - stamp(self.days.first)) / self.pixel

    def up(self, number: float) -> float:
        """Give where a number stands."""
        return self.height - number / self.edge * self.height


def _draw(counts: Sequence[_Dated], unit: str, looks: Looks, events: Sequence[Told], *, narrow: bool) -> Spec:
    edge = find_edge(count.bounds for count in counts)
    width = (NARROW if narrow else WIDE) - width_of(f"{edge:,.0f}") - 34
    spanned = [day for count in counts for day in (count.day, count.since) if day is not None]
    days = span_days([*spanned, *(event.day for event in events)])
    placed = (lay_numbers if narrow else lay_words)(events, days, width)
    low, more = _HEIGHTS[narrow]
    high = low + (more if len(counts) > _MANY else 0)
    frame = _Frame(days, edge, width, high if narrow else max(high - room_above(placed), 130))
    stamps = _stand_apart(counts, frame)
    labels = _place_labels(counts, stamps, frame, narrow=narrow)
    marks = _marks(counts, stamps, edge)
    along, x = numbers(alt.Y, edge=edge, unit=unit, narrow=False, grid=True), day_axis(days, narrow=narrow)
    named = {count.group for count, label in zip(counts, labels, strict=True) if "who" in label}
    groups = [name for name, _ in Counter(count.group for count in counts).most_common()]
    below = room_below(events) if narrow else 0
    keys = key_claimants(groups, looks, width, set(groups) - named, below=below)
    told, happened = draw_events(placed, x, along, edge=edge, height=frame.height, narrow=narrow)
    at = {"x": x("day"), "y": along("at")}
    lines = [
        layer("rule", f"isValid(datum.{end}_day)", on={**at, "x2": alt.X2(field=f"{end}_day"),
              "y2": alt.Y2(field=f"{end}_at")}, color=QUIET, strokeWidth=stroke)
        for end, stroke in (("tie", 1), ("lead", 0.7))
    ]  # fmt: skip
    drawn = draw_marks({"x": x("day"), **keys}, along, upright=True)
    layers = [*told, *_spans(x, along, keys["color"]), *lines, *drawn, *write_labels(at, keys["color"])]
    data = [mark | label for mark, label in zip(marks, labels, strict=True)]
    return compose(layers, [*data, *happened], width=width, height=frame.height)


def _spans(x: Any, along: Any, color: alt.Color) -> list[Layer]:
    """Draw the time in which the day of a count lies: under its mark and with two ends, so that it joins no counts."""
    keep, up = "isValid(datum.since)", {"y": along("at"), "color": color}
    end = {"shape": "M0,-0.5V0.5", "size": 49, "filled": False, "opacity": 1, "strokeWidth": 1, "yOffset": _UNDER}
    return [
        layer("rule", keep, on={"x": x("since"), "x2": alt.X2(field="day"), **up}, strokeWidth=1, yOffset=_UNDER),
        *(layer("point", keep, on={"x": x(side), **up}, **end) for side in ("since", "day")),
    ]


def _marks(counts: Sequence[_Dated], stamps: Sequence[int], edge: float) -> list[Datum]:
    """Turn counts into what is drawn; a repeat is tied to the count that it repeats."""
    at = {
        count.drawn.claim.id: (stamped, written_at(count.bounds)) for count, stamped in zip(counts, stamps, strict=True)
    }
    marks = []
    for count, stamped in zip(counts, stamps, strict=True):
        claim = count.drawn.claim
        mark = mark_of(claim.bounds, claim.status, edge=edge, again=count.drawn.again)
        mark |= {"group": count.group, "day": stamped, "tip": count.drawn.tip}
        mark |= {"since": stamp(count.since)} if count.since else {}
        tied = at.get(count.drawn.repeats)
        marks.append(mark | ({"tie_day": tied[0], "tie_at": tied[1]} if tied else {}))
    return marks


def _stand_apart(counts: Sequence[_Dated], frame: _Frame) -> list[int]:
    """Stamp each count's day, moved a few pixels where others have the same, so that none hides another."""
    together, before = Counter(count.day for count in counts), Counter[dt.date]()
    stamps = []
    for count in counts:
        same, number = together[count.day], before[count.day]
        apart = min(_APART, _WIDEST / same) * frame.pixel
        stamps.append(round(stamp(count.day) + (number - (same - 1) / 2) * apart))
        before[count.day] += 1
    return stamps


def _place_labels(counts: Sequence[_Dated], stamps: Sequence[int], frame: _Frame, *, narrow: bool) -> list[Datum]:
    """Write each figure beside its mark, or further off at the end of a line to it, and once whose it is."""
    boxes = [_boxes(count, frame.across(stamped), frame) for count, stamped in zip(counts, stamps, strict=True)]
    taken, lines = ([box for pair in boxes for box in pair[side]] for side in (0, 1))
    lines += _ties(counts, stamps, frame)
    anchors = [
        Anchor(frame.across(stamped), frame.up(written_at(count.bounds)),
               shown_with(count.bounds, count.drawn.claim.status), is_bold=True,
               drop=_drop(count.bounds, frame))
        for count, stamped in zip(counts, stamps, strict=True)
    ]  # fmt: skip
    settle = partial(place, width=frame.width, height=frame.height, taken=taken, lines=lines)
    anchors, spots = place_names([count.group for count in counts], anchors, settle, narrow=narrow)

    def label(anchor: Anchor, count: _Dated, stamped: int, spot: Spot | None) -> Datum:
        if spot is None:
            return {}
        lead: Datum = {}
        if spot.to is not None:
            across, down = spot.to
            height = written_at(count.bounds) - down * frame.edge / frame.height
            lead = {"lead_day": round(stamped + across * frame.pixel), "lead_at": height}
        return lead | spot.datum_of(anchor)

    return [label(*placed) for placed in zip(anchors, counts, stamps, spots, strict=True)]


def _drop(bounds: Bounds, frame: _Frame) -> float:
    """Give how long the bar is under the figure."""
    bar = bar_of(bounds)
    return frame.up(bar[0]) - frame.up(bar[1]) if bar else 0


def _ties(counts: Sequence[_Dated], stamps: Sequence[int], frame: _Frame) -> Iterator[Box]:
    """Give what the lines cover that tie repeats to what they repeat."""
    points = {count.drawn.claim.id: (frame.across(stamped), frame.up(written_at(count.bounds)))
              for count, stamped in zip(counts, stamps, strict=True)}  # fmt: skip
    for count in counts:
        if count.drawn.repeats in points:
            (x, y), (to, down) = points[count.drawn.claim.id], points[count.drawn.repeats]
            steps = max(int(abs(to - x) // 6), 1)
            for step in range(steps):
                at, high = x + (to - x) * step / steps, y + (down - y) * step / steps
                yield Box(at - 3, high - 2, at + 3, high + 2)


def _boxes(count: _Dated, x: float, frame: _Frame) -> tuple[list[Box], list[Box]]:
    """Give what a mark covers, its point and its bar, and its thin lines."""
    up: Callable[[float], float] = frame.up
    y = up(written_at(count.bounds))
    solid, thin = [Box(x - 6, y - 6, x + 6, y + 6)], []
    if bar := bar_of(count.bounds):
        solid.append(Box(x - 4, up(bar[1]), x + 4, up(bar[0])))
    if dots := dots_of(count.bounds, edge=frame.edge):
        thin.append(Box(x - 4, up(dots[1]), x + 4, up(dots[0])))
    if count.since:
        thin.append(Box(frame.across(stamp(count.since)) - 2, y + _UNDER - 4, x + 2, y + _UNDER + 4))
    return solid, thin

"""Running totals as steps, by claimant: each end where the count stood, and no step from one claimant to another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from briefing.blocks.blocks import Chart, Note, Prose
from briefing.charts.days import Days, day_axis, span_days, stamp
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.labels import Anchor, Box, place, write_labels
from briefing.charts.marks import (
    describe,
    draw_marks,
    ends_of,
    find_edge,
    mark_of,
    shown_with,
    tell_marks,
    written_at,
)  # fmt: skip
from briefing.charts.names import Looks, find_claimant_looks, key_claimants, name_lines
from briefing.charts.pen import Datum, Layer, Spec, compose, layer, numbers, width_of
from briefing.charts.repeats import tell_repeats
from briefing.charts.sentences import entitle, name_axis, say_one
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Drawn, dress
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.newest import keep_newest
from briefing.desk.claims.running import end_of, find_runs
from briefing.usage import verb
from briefing.values.bounds import Bounds

_HEIGHT = 260
_STEPS = "Each line joins the totals of one claimant."


@verb
def running_steps(claims: Claims, *, title: str = "") -> Chart | Prose | Note:
    """Show running totals as steps, by claimant: how far each had counted by each end.

    Parameters
    ----------
    claims : Claims
        Totals of a period, ``counting="running"`` or ``"cumulative"``; others stand in the table only.
    title : str
        What is seen; left out, who had counted how much by the newest end.

    Returns
    -------
    Chart, Prose or Note
        A block; a sentence where one total gives a number, a note where none does.

    Raises
    ------
    ClaimError
        Where the claims count in several units.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.running_steps(b.choose_claims(d, item="hay"), title="Hay, by claimant and end")
    Chart('Hay, by claimant and end', 3 rows, 3 claims, 3 sources)
    """
    title = title or entitle(claims)
    claims, left = keep_newest(claims)
    totals = [claim for claim in claims.each if claim.is_total and claim.bounds.is_known]
    runs = find_runs(claims.only(totals))
    drawn = dress(claims, [claim for run in runs for claim in run])
    if not drawn:
        return nothing_known(claims, title)
    if len(drawn) == 1:
        return say_one(claims, drawn[0].claim)
    names = [claims.dossier.name_of(total.claim.claimant) for total in drawn]
    day = claims.dossier.as_of or dt.date.max
    last = max(min(end_of(total.claim), day) for total in drawn)
    steps = _lay_steps(drawn, names, [run[-1].id for run in runs], day, last)
    unit = name_axis(claims, drawn)
    told = [
        describe(f"{name}, {total.claim.when}", total.claim, total.noun, again=total.again)
        for total, name in zip(drawn, names, strict=True)
    ]
    marks = tell_marks((total.claim.bounds, total.claim.status) for total in drawn)
    remark = " ".join(filter(None, (marks, tell_repeats([total.again for total in drawn]), _STEPS)))

    draw = partial(_draw, steps, unit, find_claimant_looks(claims))
    behind = claims_behind(claims)
    return frame_chart(title, draw, f"{title}. {'; '.join(told)}.", behind=behind, remark=remark, left_out=left)


@dataclass(frozen=True, slots=True)
class _Step:
    """A total as it is drawn: from its end until the claimant's next one, and from where the last one stood."""

    drawn: Drawn
    group: str
    day: dt.date
    until: dt.date
    was: float | None

    @property
    def bounds(self) -> Bounds:
        return self.drawn.claim.bounds


def _lay_steps(
    drawn: Sequence[Drawn], groups: Sequence[str], ends: Sequence[str], day: dt.date, last: dt.date
) -> list[_Step]:
    """Lay each run out as steps; `ends` are the last totals of the runs, and nothing is drawn behind `day`."""
    steps: list[_Step] = []
    days = [min(end_of(total.claim), day) for total in drawn]
    is_new = True
    for at, (total, group) in enumerate(zip(drawn, groups, strict=True)):
        is_last = total.claim.id in ends
        was = None if is_new else written_at(drawn[at - 1].claim.bounds)
        steps.append(_Step(total, group, days[at], last if is_last else days[at + 1], was))
        is_new = is_last
    return steps


def _draw(steps: Sequence[_Step], unit: str, looks: Looks, *, narrow: bool) -> Spec:
    edge = find_edge(step.bounds for step in steps)
    width = (NARROW if narrow else WIDE) - width_of(f"{edge:,.0f}") - 34
    days = span_days(step.day for step in steps)
    figures_of = _name(steps, days, edge, width, narrow=narrow)
    data = [_mark(step, edge) | figure for step, figure in zip(steps, figures_of, strict=True)]
    up, x = numbers(alt.Y, edge=edge, unit=unit, narrow=False, grid=True), day_axis(days, narrow=narrow)
    groups = [name for name, _ in Counter(step.group for step in steps).most_common()]
    named = {step.group for step, figure in zip(steps, figures_of, strict=True) if "who" in figure}
    keys = key_claimants(groups, looks, width, set(groups) - named)
    figures = write_labels({"x": x("day"), "y": up("at")}, keys["color"])
    layers = [*_lines(x, up, keys["color"]), *draw_marks({"x": x("day"), **keys}, up, upright=True), *figures]
    return compose(layers, data, width=width, height=_HEIGHT)


def _lines(x: Any, up: Any, color: alt.Color) -> list[Layer]:
    """Draw a level from each end to the next, and a riser from the level before it."""
    level = {"x": x("day"), "x2": alt.X2(field="until"), "y": up("at"), "color": color}
    riser = {"x": x("day"), "y": up("was"), "y2": alt.Y2(field="at"), "color": color}
    return [
        layer("rule", on=level, strokeWidth=1.5, opacity=0.7),
        layer("rule", "isValid(datum.was)", on=riser, strokeWidth=1.5, opacity=0.7),
    ]


def _mark(step: _Step, edge: float) -> Datum:
    claim = step.drawn.claim
    mark = mark_of(claim.bounds, claim.status, edge=edge, again=step.drawn.again)
    mark |= {"group": step.group, "day": stamp(step.day), "until": stamp(step.until), "tip": step.drawn.tip}
    return mark | ({"was": step.was} if step.was is not None else {})


def _name(steps: Sequence[_Step], days: Days, edge: float, width: float, *, narrow: bool) -> list[Datum]:
    """Write each figure beside its mark, off the lines; the latest, which name their claimant, choose first."""

    def up(number: float) -> float:
        return _HEIGHT * (1 - number / edge)

    last = {step.group: at for at, step in enumerate(steps)}
    anchors = [
        Anchor(days.along(step.day, width), up(written_at(step.bounds)),
               shown_with(step.bounds, step.drawn.claim.status), is_bold=True,
               name=name_lines(step.group, narrow=narrow) if at in last.values() else ())
        for at, step in enumerate(steps)
    ]  # fmt: skip
    taken = [box for step in steps for box in _boxes(step, days, up, width)]
    order = sorted(range(len(steps)), key=lambda at: (at not in last.values(), -at))
    spots = place([anchors[at] for at in order], width=width, height=_HEIGHT, taken=taken)
    by_step = dict(zip(order, spots, strict=True))
    return [spot.datum_of(anchor) if (spot := by_step[at]) else {} for at, anchor in enumerate(anchors)]


def _boxes(step: _Step, days: Days, up: Callable[[float], float], width: float) -> list[Box]:
    """Give what a step covers: its mark, its level and its riser."""
    x, y, last = days.along(step.day, width), up(written_at(step.bounds)), days.along(step.until, width)
    boxes = [Box(x - 6, y - 6, x + 6, y + 6), Box(x, y - 2, max(last, x), y + 2)]
    boxes += [Box(x - 6, up(end) - 4, x + 6, up(end) + 4) for end in ends_of(step.bounds).values()]
    if step.was is not None:
        top, bottom = sorted((up(step.was), y))
        boxes.append(Box(x - 1, top, x + 1, bottom))
    return boxes

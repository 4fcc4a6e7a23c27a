"""What a total was by the day on which it was known, as steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import altair as alt

from briefing.blocks.blocks import Chart, Cited, Column, Evidence, Note, Prose, Text
from briefing.blocks.layouts import Cell, lay_out, least
from briefing.charts.days import Days, day_axis, span_days, stamp
from briefing.charts.frame import Behind, frame_chart, nothing_said, sources_behind
from briefing.charts.labels import Anchor, Box, place
from briefing.charts.marks import ends_of, find_edge, find_unit, mark_of, written_at
from briefing.charts.pen import PLACED, Datum, Layer, Spec, compose, layer, numbers, width_of, written
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Tip, read_in
from briefing.desk.claims.overview import figure_cell
from briefing.desk.claims.revisions import Revision, Revisions
from briefing.desk.evidence import collect_evidence, say_verb
from briefing.desk.nouns import noun
from briefing.dossier.claims import find_claims
from briefing.usage import verb
from briefing.values.bounds import Bounds, subtract_bounds
from briefing.values.dates import day_words
from briefing.values.palette import BLUE
from briefing.values.words import name_few, name_some

_HEIGHT = 230
_BAND = "A band runs between stated bounds, dots to a side that is not stated."


@verb
def revision_steps(revised: Revisions, *, title: str) -> Chart | Prose | Note:
    """Show what a figure was, by the day on which it was known.

    Parameters
    ----------
    revised : Revisions
        As `revisions` gives them.
    title : str
        What is seen.

    Returns
    -------
    Chart, Prose or Note
        A block; a sentence where the figure never moved, a note where none was ever known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> sailed = b.revisions(d, item="lorry", counting="increment")
    >>> b.revision_steps(sailed, title="Lorries, by the day known")
    Chart('Lorries, by the day known', 4 rows, 4 claims, 4 sources)
    """
    steps = [step for step in revised.steps if step.figure.bounds.is_known]
    if not steps:
        return nothing_said(revised.dossier, title, what="figure")
    unit = find_unit(step.figure.bounds for step in steps)
    moves = [steps[0], *(step for before, step in pairwise(steps) if before.figure.bounds != step.figure.bounds)]
    if len(moves) == 1:
        return _say_unmoved(revised, steps)
    told = "; from ".join(f"{day_words(step.day)}: {step.figure.number} {step.figure.noun}" for step in moves)
    end = revised.dossier.as_of or steps[-1].day
    remark = "" if all(step.figure.bounds.is_exact for step in moves) else _BAND
    items = {claim.item for step in moves for claim in find_claims(step.figure.dossier, step.figure.claims)}
    draw = partial(_draw, moves, end, noun(revised.dossier, items, Bounds(unit=unit)))
    return frame_chart(title, draw, f"{title}. From {told}.", behind=_behind(revised, steps), remark=remark)


def _say_unmoved(revised: Revisions, steps: Sequence[Revision]) -> Prose:
    """Say a figure that is the same since it was first known, and whose it is."""
    figure = steps[-1].figure
    claims = find_claims(figure.dossier, figure.claims)
    names = name_few((figure.dossier.name_of(claim.claimant) for claim in claims), most=2)
    said = f"{names} {say_verb(claims)} " if figure.made is None else f"Claims by {names} come to "
    cited = Cited(text=f"{figure.number} {figure.noun}", claims=figure.claims, made=figure.made)
    hedge = f" ({figure.hedge})" if figure.hedge else ""
    text = (said, cited, f"{hedge}, known since {day_words(steps[0].day)} and not revised.")
    return Prose(text=text, evidence=_behind(revised, steps).evidence)


def _behind(revised: Revisions, steps: Sequence[Revision]) -> Behind:
    """Give the rows and records: each step's claims as they stood on its day, replaced ones included."""
    found = [collect_evidence(step.figure.dossier, step.figure.claims, rivals=False) for step in steps]
    claims = {claim.id: claim for part in found for claim in part.claims}
    sources = {source.id: source for part in found for source in part.sources}
    columns = (Column(name="Known from"), Column(name="Figure", is_number=True), Column(name="Change", is_number=True),
               Column(name="Made of"))  # fmt: skip
    rows: list[tuple[Text | Cell, ...]] = [
        (
            Cell((day_words(step.day),), step.day.isoformat()),
            figure_cell(step.figure),
            _change(steps[number - 1].figure.bounds, step.figure.bounds) if number else ("",),
            (step.figure.how or "one claim",),
        )
        for number, step in enumerate(steps)
    ]
    evidence = Evidence(claims=tuple(claims.values()), sources=tuple(sources.values()))
    return sources_behind(revised.dossier, lay_out(columns, rows), evidence)


def _change(before: Bounds, after: Bounds) -> Cell:
    change = subtract_bounds(after, before)
    single = change.best if change.best is not None else change.low if change.low == change.high else None
    sign = "+" if single is not None and single > 0 else ""
    return Cell((f"{sign}{change}" if change.is_known else "not stated",), least(change))


def _draw(steps: Sequence[Revision], end: dt.date, unit: str, *, narrow: bool) -> Spec:
    edge = find_edge(step.figure.bounds for step in steps)
    width = (NARROW if narrow else WIDE) - width_of(f"{edge:,.0f}") - 40
    days = span_days([*(step.day for step in steps), end])
    ends = [*(step.day for step in steps[1:]), end]
    befores = [None, *steps[:-1]]
    drawn = [_Drawn(step, before, until) for step, before, until in zip(steps, befores, ends, strict=True)]
    figures_of = _name(drawn, days, edge, width)
    data = [_mark(step, edge) | figure for step, figure in zip(drawn, figures_of, strict=True)]
    up, x = numbers(alt.Y, edge=edge, unit=unit, narrow=False, grid=True), day_axis(days, narrow=narrow)
    figures = written("shown", keep="isValid(datum.shown)", on={"x": x("day"), "y": up("at")}, **PLACED, fontWeight=600)
    return compose([*_steps(x, up), *figures], data, width=width, height=_HEIGHT)


def _steps(x: Any, up: Any) -> list[Layer]:
    until = {"x2": alt.X2(field="until")}
    thick = {"color": BLUE, "strokeWidth": 3}
    return [
        layer("rect", "isValid(datum.from)", on={"x": x("day"), **until, "y": up("from"), "y2": alt.Y2(field="to")},
              color=BLUE, opacity=0.2),
        layer("rule", "isValid(datum.was)", on={"x": x("day"), "y": up("was"), "y2": alt.Y2(field="at")}, color=BLUE,
              strokeWidth=1),
        layer("rule", "isValid(datum.open_from)", on={"x": x("day"), "y": up("open_from"),
              "y2": alt.Y2(field="open_to")}, color=BLUE, strokeWidth=2, strokeDash=[1, 4], strokeCap="round"),
        *(
            layer("rule", f"isValid(datum.{side})", on={"x": x("day"), **until, "y": up(side)}, **thick)
            for side in ("point", "low", "high")
        ),
        layer("point", "isValid(datum.point)", on={"x": x("day"), "y": up("point")}, color=BLUE, filled=True, size=60,
              opacity=1),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A step as it is drawn: from its day until the next one's, and from where the one before it stood."""

    step: Revision
    before: Revision | None
    until: dt.date

    @property
    def bounds(self) -> Bounds:
        return self.step.figure.bounds

    @property
    def was(self) -> float | None:
        return written_at(self.before.figure.bounds) if self.before else None


def _mark(drawn: _Drawn, edge: float) -> Datum:
    mark = mark_of(drawn.bounds, "present", edge=edge)
    mark |= {"day": stamp(drawn.step.day), "until": stamp(drawn.until), "tip": _tell(drawn.step)}
    return mark | ({"was": drawn.was} if drawn.was is not None else {})


def _tell(step: Revision) -> Tip:
    """Say what was known from a day on, whose word it is, and where it was read."""
    figure = step.figure
    claims = find_claims(figure.dossier, figure.claims)
    publishers = (words for claim in claims for words in read_in(figure.dossier, claim.source).values())
    return {
        "title": f"From {day_words(step.day)}: {_shown(step)} {figure.noun}",
        "Who says so": name_some(figure.dossier.name_of(claim.claimant) for claim in claims),
        **({"Made of": figure.how} if figure.how else {}),
        "Read in": name_some(publishers),
    }


def _shown(step: Revision) -> str:
    """Print a step's figure without its hedge: rivals state no bounds together, so their bounds are not printed."""
    return step.figure.short.removesuffix(f", {step.figure.hedge}") if step.figure.hedge else step.figure.short


def _name(steps: Sequence[_Drawn], days: Days, edge: float, width: float) -> list[Datum]:
    """Write each figure where its step begins, off the lines; the latest ones choose their place first."""

    def up(number: float) -> float:
        return _HEIGHT * (1 - number / edge)

    across = partial(days.along, width=width)
    taken = [box for step in steps for box in _lines(step, across, up)]
    anchors = [Anchor(across(drawn.step.day), up(written_at(drawn.bounds)), _shown(drawn.step)) for drawn in steps]
    spots = place(anchors[::-1], width=width, height=_HEIGHT, taken=taken)[::-1]
    return [spot.datum_of(anchor) if spot is not None else {} for anchor, spot in zip(anchors, spots, strict=True)]


def _lines(drawn: _Drawn, across: Callable[[dt.date], float], up: Callable[[float], float]) -> list[Box]:
    """Give what a step covers: its lines, its point and the line that leads to it."""
    first, last = across(drawn.step.day), across(drawn.until)
    best = drawn.bounds.best
    heights = [*ends_of(drawn.bounds).values(), *([] if best is None else [best])]
    boxes = [Box(first - 4, up(height) - 3, last, up(height) + 3) for height in heights]
    if drawn.was is not None:
        top, bottom = sorted((up(drawn.was), up(written_at(drawn.bounds))))
        boxes.append(Box(first - 1, top, first + 1, bottom))
    return boxes

"""A whole and its parts end to end beneath it: what they leave unaccounted, and by how much they exceed it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from briefing.blocks.blocks import Chart, Note, Prose
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.marks import find_unit
from briefing.charts.pen import (
    PLACED,
    Datum,
    Look,
    Spec,
    beside,
    compose,
    layer,
    lines_of,
    numbers,
    quiet,
    width_of,
    wrap,
    written,
)
from briefing.charts.sentences import say_one
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Tip, claim_tip
from briefing.desk.claims.claims import Claims, join_claims
from briefing.desk.claims.sums import Parts
from briefing.usage import verb
from briefing.values.bounds import number_words
from briefing.values.palette import BLUE, INK, ORANGE, PAPER, QUIET
from briefing.values.words import counted

_BAR, _LEVEL = 26, 16

_LINE = "The upright line marks where the whole ends, as printed."
_EITHER = "Of alternatives only the smallest is drawn."


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a line: a part, what is left, or what is too many."""

    line: int
    kind: str
    start: float
    end: float
    told: str
    tip: Tip

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def datum(self) -> Datum:
        stretch: Datum = {"line": self.line, "kind": self.kind, "from": self.start, "to": self.end}
        return stretch | {"told": self.told, "tip": self.tip}


@verb
def part_and_whole(parts: Parts, *, title: str, rival: Parts | None = None) -> Chart | Prose | Note:
    """Show the parts of a whole end to end beneath it, what they leave unaccounted, and by how much they exceed it.

    Parameters
    ----------
    parts : Parts
        Each drawn as long as its best figure, or else as its lowest; a part with neither stands in the table only.
    title : str
        What is seen.
    rival : Parts, optional
        The same whole with rival figures in the place of parts.

    Returns
    -------
    Chart, Prose or Note
        A block; a sentence where the whole alone has a number, a note where no part or no whole is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.part_and_whole(b.find_parts(d, "tr-0005"), title="What the 110 vehicles were")
    Chart('What the 110 vehicles were', 4 rows, 7 claims, 4 sources)
    """
    claims = parts.whole
    if not len(parts.parts) or not claims.bounds[0].is_known:
        return nothing_known(claims, title)
    if not any(bounds.is_known for bounds in parts.parts.bounds) and rival is None:
        return say_one(join_claims(claims, parts.parts), claims.each[0])
    whole = claims.bounds[0].stated[-1]
    lines = [("The whole, as printed", parts.whole), ("Its parts", parts.parts)]
    rivals = rival.parts if rival and len(rival.parts) else None  # a rival that is not yet known has no line
    lines += [("With the rival figure", rivals)] if rivals else []
    spare = {claim for some in (parts, rival) if some is not None for claim in _find_spare(some)}
    segments = [_segments(number, shown, claims, spare) for number, (_, shown) in enumerate(lines)]
    names = [name for name, _ in lines]
    told = "; ".join(
        f"{name}: {', '.join(segment.told for segment in line)}" for name, line in zip(names, segments, strict=True)
    )
    shown = join_claims(*(some for some in (claims, parts.parts, rivals) if some is not None))
    unit = find_unit(shown.bounds)
    remark = " ".join([_LINE, *([_EITHER] if spare else []), *_tell_left_out(parts)])
    draw = partial(_draw, names, segments, whole, unit)
    chart = frame_chart(title, draw, f"{title}. {told}.", behind=claims_behind(shown), remark=remark)
    has_excess = any(segment.kind == "excess" for line in segments for segment in line)
    return chart.model_copy(update={"exceeded": claims.ids}) if has_excess else chart


def _find_spare(parts: Parts) -> set[str]:
    """Find the parts that are not drawn: of alternatives, all but the one that takes least."""
    bounds = dict(zip(parts.parts.ids, parts.parts.bounds, strict=True))
    drawn = {min(group, key=lambda claim: bounds[claim].stated or (math.inf,)) for group in parts.either}
    return {claim for group in parts.either for claim in group} - drawn


def _tell_left_out(parts: Parts) -> list[str]:
    """Say how many claims name the whole and are no part to lay beneath it."""
    out = len(parts.left_out) if parts.left_out is not None else 0
    counts = "is left out: it counts" if out == 1 else "are left out: they count"
    return [f"{counted(out, 'claim')} {counts} other things than the whole, or the same again."] if out else []


def _segments(line: int, claims: Claims, wholes: Claims, spare: Collection[str]) -> list[_Segment]:
    """Lay claims end to end, then what they leave unaccounted or are too many; only a stated figure has a length."""
    whole, segments = wholes.bounds[0].stated[-1], list[_Segment]()
    end = 0.0
    for claim in claims.each:
        length = claim.bounds.best if claim.bounds.best is not None else claim.bounds.low
        if length is not None and claim.id not in spare:
            short = f"{claim.bounds} {claims.dossier.name_of(claim.item)}"
            told = claim.wording.strip("[]") if len(claim.wording) <= 32 else short
            segments.append(_Segment(line, "part", end, end + length, told, claim_tip(claims, claim)))
            end += length
    is_exact = all(bounds.low == bounds.high for bounds in claims.bounds)
    if end < whole:
        told = f"{'' if is_exact else 'up to '}{number_words(whole - end)} unaccounted for"
        segments.append(_Segment(line, "rest", end, whole, told, _of(wholes, told)))
    if end > whole:
        told = f"{number_words(end - whole)} too many"
        segments.append(_Segment(line, "excess", whole, end, told, _of(wholes, told)))
    return segments


def _of(wholes: Claims, told: str) -> Tip:
    """Say of what whole something is missing, or too much."""
    whole = claim_tip(wholes, wholes.each[0])
    return {"title": told, "The whole": whole["title"], "Read in": whole.get("Read in", "")}


def _draw(names: Sequence[str], lines: Sequence[Sequence[_Segment]], whole: float, unit: str, *, narrow: bool) -> Spec:
    edge = max(segment.end for line in lines for segment in line) * 1.04
    labels = [wrap(name, 110) for name in names]
    left = 8 if narrow else max(width_of(words) for label in labels for words in label) + 20
    width = (NARROW - 16 if narrow else WIDE) - left
    levels = [_find_levels(line, width / edge, width) for line in lines]
    above = 48 if narrow else 32
    below = _BAR / 2 + 8 + _LEVEL * max(level + 1 for placed in levels for level, _ in placed)
    lift = (above - below) / 2
    tip = lines[0][0].tip  # the whole's, which stands first
    heads: list[Datum] = [
        {"line": n, "whole": whole, "name": name if narrow else label, "dy": lift - 8 * (len(label) - 1), "tip": tip}
        for n, (name, label) in enumerate(zip(names, labels, strict=True))
    ]
    parts = [
        _datum(segment, level, shift, pixels=width / edge, lift=lift)
        for line, placed in zip(lines, levels, strict=True)
        for segment, (level, shift) in zip(line, placed, strict=True)
    ]
    data = [*heads, *_hatches(lines, pixels=width / edge), *parts]
    y, along = lines_of(), numbers(alt.X, edge=edge, unit=unit, narrow=narrow)
    head: Look = {"keep": "isValid(datum.name)"}
    over: Look = {"on": {"y": y, "x": alt.XValue(0)}, "halo": False, "dy": lift - 32}
    name = written("name", **head, **over) if narrow else [beside("name", y, **head)]
    layers = [*_bars(y, along, lift), *_words(y, along, lift), *name]
    return compose(layers, data, width=width, height=alt.Step(above + below + 8))


def _datum(segment: _Segment, level: int, shift: float, *, pixels: float, lift: float) -> Datum:
    """Give what a stretch is drawn from; a part has its words under its start, and its number where that fits."""
    if segment.kind != "part":
        return segment.datum
    number = number_words(segment.length)
    fits = width_of(number) + 4 < segment.length * pixels
    inside: Datum = {"inside": number, "middle": (segment.start + segment.end) / 2} if fits else {}
    return segment.datum | {"dx": shift, "dy": lift + (_BAR / 2 + 10 + _LEVEL * level)} | inside


def _hatches(lines: Sequence[Sequence[_Segment]], *, pixels: float) -> list[Datum]:
    """Hatch what is unaccounted for: a stroke every few pixels."""
    rests = [segment for line in lines for segment in line if segment.kind == "rest"]
    return [
        {"line": rest.line, "kind": "hatch", "from": rest.start + step * 5 / pixels, "tip": rest.tip}
        for rest in rests
        for step in range(1, int(rest.length * pixels / 5) + 1)
    ]


def _bars(y: alt.Y, along: Any, lift: float) -> list[Any]:
    def bar(kind: str, **style: Any) -> Any:
        on = {"y": y, "x": along("from"), "x2": alt.X2(field="to")}
        return layer("bar", f"datum.kind == '{kind}'", on=on, height=_BAR, yOffset=lift, **style)

    number = alt.Text(field="inside", type="nominal")
    return [
        bar("part", color=BLUE, stroke=PAPER, strokeWidth=2),
        bar("rest", filled=False, stroke=QUIET, strokeDash=[3, 3], strokeWidth=1.5),
        bar("excess", color=ORANGE, stroke=PAPER, strokeWidth=2),
        layer("tick", "datum.kind == 'hatch'", on={"y": y, "x": along("from")}, color=QUIET, thickness=1, size=_BAR,
              opacity=1, yOffset=lift),
        layer("tick", "isValid(datum.whole)", on={"y": y, "x": along("whole")}, color=ORANGE, thickness=2,
              size=_BAR + 14, opacity=1, yOffset=lift),
        layer("text", "isValid(datum.inside)", on={"y": y, "x": along("middle"), "text": number}, color=PAPER,
              dy=lift),
    ]  # fmt: skip


def _words(y: alt.Y, along: Any, lift: float) -> list[Any]:
    """Write what each part is, under its start, where it has room; what is left or too many stands above its end."""
    rest = "datum.kind == 'excess' || datum.kind == 'rest'"
    under = written(
        "told", keep="datum.kind == 'part'", on={"y": y, "x": along("from")}, **quiet(dy=PLACED["dy"], dx=PLACED["dx"])
    )
    above = written("told", keep=rest, on={"y": y, "x": along("to")}, **quiet(align="right", dy=lift - 25, color=INK))
    return [*under, *above]


def _find_levels(line: Sequence[_Segment], pixels: float, width: float) -> list[tuple[int, float]]:
    """Find how deep each part's words stand, and how far they are moved to stay in the frame.

    A part's words stand at the first depth at which they do not run into the words of a part to the right.
    """
    levels: list[tuple[int, float]] = []
    spans: list[tuple[float, float, int]] = []
    for segment in reversed(line):
        if segment.kind != "part":
            levels.append((0, 0))
            continue
        start, long = segment.start * pixels, width_of(segment.told)
        shift = min(2, width - start - long)  # what would leave the frame is moved back into it
        left, right = start + shift, start + shift + long + 8
        level = next(n for n in range(len(line)) if not any(n == at and left < end and first < right
                     for first, end, at in spans))  # fmt: skip
        spans.append((left, right, level))
        levels.append((level, shift))
    return levels[::-1]

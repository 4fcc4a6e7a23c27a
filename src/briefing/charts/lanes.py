"""Rows of marks along time, each mark with a letter or number in it; marks of one row never cover each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import altair as alt

from briefing.charts.days import Days, day_axis, span_days, stamp
from briefing.charts.pen import Datum, Layer, Look, Spec, compose, layer, quiet, width_of, wrap, written
from briefing.charts.theme import LINE, NARROW, WIDE
from briefing.values.palette import BLUE, INK, ORANGE, PAPER, QUIET, RULE

_LANE, _APART, _GAP = 23, 20, 12


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A mark: the row it stands in, its day, the letter in it, its look, and what it answers to a pointer."""

    row: str
    day: dt.date
    letter: str  #: Two or three signs at most.
    look: str  #: ``put`` (filled circle), ``against`` (filled square) or ``open`` (hollow circle).
    tip: Mapping[str, str]


def draw_lanes(marks: Sequence[LaneMark], key: Sequence[str], *, narrow: bool) -> Spec:
    """Draw marks along time, a row for each name in the order in which they come, with a key above."""
    names = list(dict.fromkeys(mark.row for mark in marks))
    labels = {name: wrap(name, NARROW - 24 if narrow else 215, lines=2 if narrow else 4) for name in names}
    left = 12 if narrow else max(width_of(line) for label in labels.values() for line in label) + 22
    width = (NARROW - 24 if narrow else WIDE - 16) - left
    days = span_days((mark.day for mark in marks), air=0.04)
    lanes = {name: _stack([mark for mark in marks if mark.row == name], days, width) for name in names}
    lines = _key_lines(key, width)
    heads, drawn, height = _lay_out(labels, lanes, top=float(LINE) * len(lines) + (6 if key else 0), narrow=narrow)
    told: list[Datum] = [{"key": 8 + LINE * number, "told": line} for number, line in enumerate(lines)]
    data = [*told, *heads, *drawn]
    return compose(_layers(days, narrow=narrow), data, width=width, height=height)


def _stack(marks: Sequence[LaneMark], days: Days, width: float) -> list[tuple[LaneMark, int]]:
    """Give each mark the first lane in which nothing stands near it."""
    ends: list[float] = []
    stacked = []
    for mark in sorted(marks, key=lambda mark: mark.day):
        at = days.along(mark.day, width)
        lane = next((number for number, end in enumerate(ends) if at - end >= _APART), len(ends))
        ends[lane:] = [at, *ends[lane + 1 :]]
        stacked.append((mark, lane))
    return stacked


def _lay_out(
    labels: Mapping[str, Sequence[str]],
    lanes: Mapping[str, Sequence[tuple[LaneMark, int]]],
    *,
    top: float,
    narrow: bool,
) -> tuple[list[Datum], list[Datum], float]:
    heads: list[Datum] = []
    marks: list[Datum] = []
    for name, label in labels.items():
        text = LINE * len(label)
        count = max(lane for _, lane in lanes[name]) + 1
        first = top + _GAP / 2 + (text + 2 if narrow else 0)
        tall = count * _LANE if narrow else max(count * _LANE, text)
        line = top + 13 if narrow else first + tall / 2 - LINE / 2 * (len(label) - 1)
        heads.append({"edge": round(top, 1), "name": list(label), "line": round(line, 1)})
        offset = (tall - count * _LANE) / 2 + _LANE / 2
        marks += [
            {
                "day": stamp(mark.day),
                "y": round(first + offset + lane * _LANE, 1),
                "letter": mark.letter,
                "look": mark.look,
                "tip": dict(mark.tip),
            }
            for mark, lane in lanes[name]
        ]
        top = first + tall + _GAP / 2
    return heads, marks, top


def _layers(days: Days, *, narrow: bool) -> list[Layer]:
    x = day_axis(days, narrow=narrow, grid=True)

    def up(field: str) -> alt.Y:
        return alt.Y(field=field, type="quantitative", scale=None, axis=None)

    at = {"x": x("day"), "y": up("y")}
    put, against, open_ = (f"datum.look == '{look}'" for look in ("put", "against", "open"))
    letter = {"fontWeight": 700, "align": "center"}
    side: Look = {"align": "left", "dx": 0} if narrow else {"align": "right", "dx": -12}
    names, keys = ({"x": alt.XValue(0), "y": up(field)} for field in ("line", "key"))
    return [
        layer("rule", "isValid(datum.edge)", on={"y": up("edge")}, color=RULE, strokeWidth=1),
        layer("point", put, on=at, shape="circle", filled=True, size=270, color=BLUE, opacity=1),
        layer("point", against, on=at, shape="square", filled=True, size=290, color=ORANGE, opacity=1),
        layer("point", open_, on=at, shape="circle", filled=True, size=240, color=PAPER, stroke=QUIET, strokeWidth=1.5,
              opacity=1),
        *written("letter", keep=f"{put} || {against}", on=at, halo=False, **letter, color=PAPER),
        *written("letter", keep=open_, on=at, halo=False, **letter, color=INK),
        *written("name", keep="isValid(datum.line)", on=names, halo=narrow, lineHeight=LINE, **side),
        *written("told", keep="isValid(datum.key)", on=keys, **quiet()),
    ]  # fmt: skip


def _key_lines(key: Sequence[str], width: float) -> list[str]:
    """Break the key into lines between its entries."""
    lines: list[str] = []
    for entry in key:
        longer = f"{lines[-1]} · {entry}" if lines else entry
        if lines and width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(entry)
    return lines


def runs(words: Sequence[tuple[str, str]]) -> str:
    """Say runs of one word once: ``denies (4 March, 5 March), affirms (6 March)``."""
    grouped = groupby(words, lambda one: one[0])
    return ", ".join(f"{word} ({', '.join(when for _, when in run)})" for word, run in grouped)

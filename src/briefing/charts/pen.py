"""Drawing with altair: layers of marks over one list of data, written without being checked against the schema.

The schema is checked in the tests; at run time altair would spend 300 ms a chart on it. What a chart embeds is the data
that it is given here, so that they hold what is drawn and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, TypeAlias

import altair as alt
from altair.utils.schemapi import debug_mode

from briefing.blocks.blocks import Spec as Spec
from briefing.charts.seams.altair import write_plainly
from briefing.charts.theme import LINE, SIZE, theme
from briefing.values.palette import INK, PAPER, QUIET, RULE

#: What a mark is drawn from, as Vega calls it: numbers and words by the names that the channels use.
Datum: TypeAlias = dict[str, object]

#: How a mark looks, by altair's names.
Look: TypeAlias = dict[str, Any]

#: One layer of a drawing, as Vega-Lite writes it.
Layer: TypeAlias = Any

#: What a mark answers to whoever points at it: the tip of its datum (`tips`); one without stays silent.
_TIP = alt.ExprRef(expr="datum.tip")

#: Where a text stands against its anchor, as `labels.place` decides it word by word.
PLACED: Look = {name: alt.ExprRef(expr=f"datum.{name}") for name in ("align", "dx", "dy")}

_NARROW_LETTERS, _WIDE_LETTERS = frozenset(" .,:;!|'’()[]/-fijltrI1"), frozenset("mwMW—%@…≥≤~")


def quickly() -> AbstractContextManager[None]:
    """Build altair's objects without checking each of them as it is made."""
    manager: AbstractContextManager[None] = debug_mode(False)
    return manager


def layer(mark: Any, keep: str = "", /, *, on: Mapping[str, Any], **style: Any) -> Layer:
    """Draw one mark a datum on some channels; `keep` is the Vega expression that a datum must satisfy to be drawn."""
    chosen = {"transform": [{"filter": keep}]} if keep else {}
    drawn = {"type": mark, **dict(sorted({"tooltip": _TIP, **style}.items()))}  # in altair's order
    return write_plainly({"mark": drawn, "encoding": dict(sorted(on.items()))}) | chosen


def compose(
    layers: Iterable[Layer],
    data: Sequence[Datum],
    *,
    width: float,
    height: Any,
    padding: Mapping[str, float] | None = None,
) -> Spec:
    """Write layers over what they draw as a Vega-Lite spec.

    `height` is a number, or a step for each line of an ordinal axis. Texts that stand beside the frame widen the
    drawing: nothing is ever cut. A layer may have data of its own.
    """
    air = {"padding": dict(padding)} if padding else {}
    written = {"layer": list(layers), "height": write_plainly(height), **air, "width": width}
    return {"$schema": alt.SCHEMA_URL, "data": {"values": list(data)}, **written, "config": theme()}


def written(field: str, *, keep: str = "", on: Mapping[str, Any], halo: bool | str = True, **style: Any) -> list[Layer]:
    """Write a field's words, by default with a halo of the page's colour, so that no line crosses them.

    A halo of another colour is thin: it stands on ground of several.
    """
    text = {**on, "text": alt.Text(field=field, type="nominal")}
    look = {"fontSize": SIZE, "align": "left", "color": INK, **style}
    ground, wide = (halo, 4) if isinstance(halo, str) else (PAPER, 6)
    around = {"stroke": ground, "strokeWidth": wide, "strokeJoin": "round"}
    halos = [layer("text", keep, on=text, **look, **around)] if halo else []
    return [*halos, layer("text", keep, on=text, **look)]


def numbers(channel: type[Any], *, edge: float, unit: str, narrow: bool, grid: bool = False) -> Any:
    """Give a maker of channels along an axis of numbers, which starts at zero and is named for what is counted."""
    is_split = edge <= 2 and unit.startswith("tonne")  # nobody counts half a person
    is_upright = channel is alt.Y
    over: Look = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleBaseline": "bottom", "titleY": -9,
            "titleX": -width_of(f"{edge:,.0f}") - 6}  # fmt: skip
    axis = alt.Axis(
        title=unit or None, format=",~f", tickCount=4 if narrow or is_upright else 7,
        tickMinStep=alt.Undefined if is_split else 1, labelOverlap=True, grid=grid, domain=not grid,
        **(over if is_upright else {}),
    )  # fmt: skip
    scale = alt.Scale(domain=[0, edge], nice=False)

    def along(field: str) -> Any:
        return channel(field=field, type="quantitative", scale=scale, axis=axis)

    return along


def lines_of(field: str = "line") -> alt.Y:
    """Give the channel of a drawing whose rows stand one below the other, named by texts and not by an axis."""
    return alt.Y(field=field, type="ordinal", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def track(y: alt.Y) -> Layer:
    """Draw the thin line that leads the eye from a name to its marks."""
    return layer("rule", on={"y": y}, color=RULE, strokeWidth=1)


def beside(field: str, y: alt.Y, *, keep: str = "", **style: Any) -> Layer:
    """Write the names of lines at the left of the frame; a name of several lines is centred on its line."""
    look = {"align": "right", "dx": -12, "dy": PLACED["dy"], "lineHeight": LINE, "color": INK, **style}
    return layer("text", keep, on={"y": y, "x": alt.XValue(0), "text": alt.Text(field=field, type="nominal")}, **look)


def quiet(**style: Any) -> Look:
    """Give the look of a word that only explains."""
    return {"color": QUIET, **style}


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide a text is in pixels, rather too wide than too narrow."""
    return _measure(text) * size


@lru_cache(maxsize=4096)  # whoever looks for the place of a word measures it at each
def _measure(text: str) -> float:
    return sum(
        0.32 if c in _NARROW_LETTERS else 0.86 if c in _WIDE_LETTERS else 0.7 if c.isupper() else 0.57 for c in text
    )


def wrap(text: str, width: float, *, lines: int = 2, size: float = SIZE) -> list[str]:
    """Break a text into lines that fit a width; what the last line cannot hold ends in an ellipsis.

    Examples
    --------
    >>> wrap("The Royal Inspectorate of Harbours and of Ferries", 160, lines=1)
    ['The Royal Inspectorate…']
    """
    found: list[str] = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if width_of(longer, size) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    kept, is_cut = found[:lines], len(found) > lines
    return [*kept[:-1], shorten(f"{kept[-1]}…" if is_cut else kept[-1], width, size=size)]


def shorten(text: str, width: float, *, size: float = SIZE) -> str:
    """Cut a text that is wider than a width, with an ellipsis where it was cut."""
    if width_of(text, size) <= width:
        return text
    kept = text.rstrip("…")
    while kept and width_of(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"

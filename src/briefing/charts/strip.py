"""The likelihood strip: the bands of a scale, the judgement's filled, the previous edition's outlined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import altair as alt

from briefing.blocks.blocks import Chart, Column, Evidence, Sourcing
from briefing.blocks.layouts import Cell, lay_out
from briefing.charts.frame import Behind, day_known, frame_chart
from briefing.charts.pen import PLACED, Datum, Spec, beside, compose, layer, lines_of, numbers, quiet, width_of, written
from briefing.charts.theme import NARROW, WIDE
from briefing.dossier.dossier import Dossier
from briefing.usage import verb
from briefing.values.likelihood import Scale, find_scale
from briefing.values.palette import BLUE, ORANGE, PAPER, QUIET

_STEP = 26


@verb
def likelihood_strip(
    dossier: Dossier, term: str, *, title: str, scale: str | Scale = "icd203", previous: str | None = None
) -> Chart:
    """Show where a term of likelihood stands on its scale.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    term : str
        The judgement's word; its band is filled.
    title : str
        What is seen: the proposition.
    scale : str or Scale
        The row of words, or its name.
    previous : str, optional
        The word of the edition before; its band is outlined.

    Returns
    -------
    Chart
        A block. Empty stretches between bands are odds for which the scale has no word.

    Raises
    ------
    UsageError
        Where a term is not of the scale, naming the nearest that is.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.likelihood_strip(d, "unlikely", previous="likely", title="The strait closes by March")
    Chart('The strait closes by March', 7 rows)
    """
    row = find_scale(scale) if isinstance(scale, str) else scale
    now, before = row.find_band(term), row.find_band(previous) if previous else None
    bands: list[Datum] = [
        {
            "line": number,
            "name": [band.term],
            "dy": 0,
            "from": band.low,
            "to": band.high,
            "shown": band.range,
            "tip": {"title": f"{band.term}: {band.range}", "Scale": row.title},
            **_side(band.low, band.high),
        }
        | ({"now": True} if (band.low, band.high) == (now.low, now.high) else {})
        | ({"before": True} if before and (band.low, band.high) == (before.low, before.high) else {})
        for number, band in enumerate(row.bands)
    ]
    told = f"Judged {now.words}" + (f"; in the edition before: {before.words}" if before else "")

    draw = partial(_draw, bands, [band.term for band in row.bands])
    judged = [next((word for word in ("now", "before") if word in datum), "") for datum in bands]
    cells = [
        (Cell((band.term,), band.low), Cell((band.range,), band.low), (word,))
        for band, word in zip(row.bands, judged, strict=True)
    ]
    data = lay_out((Column(name=name) for name in ("Term", "Odds", "Judged")), cells)
    day = day_known(dossier)
    line = f"As of {day}. Scale: {row.title}. Filled: this edition" + (
        "; outlined: the edition before." if before else "."
    )
    behind = Behind(data, Evidence(), line, Sourcing(as_of=day))
    return frame_chart(title, draw, f"{title}. {told}.", behind=behind)


def _side(low: float, high: float) -> Datum:
    """Write the odds on the side of the band that has room."""
    return {"at": high, "align": "left", "dx": 10} if high <= 60 else {"at": low, "align": "right", "dx": -10}


def _draw(bands: Sequence[Datum], terms: Sequence[str], *, narrow: bool) -> Spec:
    left = max(width_of(term) for term in terms) + 20
    width = (NARROW if narrow else WIDE) - left - 24
    y, along = lines_of(), numbers(alt.X, edge=100, unit="percent", narrow=narrow)
    on = {"y": y, "x": along("from"), "x2": alt.X2(field="to")}
    words, side = {"y": y, "x": along("at")}, {name: PLACED[name] for name in ("align", "dx")}
    layers = [
        layer("bar", "!datum.now", on=on, height=12, color=PAPER, stroke=QUIET, strokeWidth=1),
        layer("bar", "datum.now", on=on, height=14, color=BLUE, stroke=BLUE, strokeWidth=1),
        layer("bar", "datum.before", on=on, height=20, filled=False, stroke=ORANGE, strokeWidth=2, strokeDash=[4, 2]),
        *written("shown", keep="!datum.now", on=words, **quiet(**side)),
        *written("shown", keep="datum.now", on=words, fontWeight=700, **side),
        beside("name", y),
    ]
    return compose(layers, bands, width=width, height=alt.Step(_STEP))

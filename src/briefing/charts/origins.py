"""What a dossier rests on: how many of its claims go back to each origin."""

from __future__ import annotations

from functools import partial

import altair as alt

from briefing.blocks.blocks import Chart, Column, Note
from briefing.blocks.layouts import lay_out, number_cell
from briefing.charts.frame import frame_chart, nothing_said, sources_behind
from briefing.charts.pen import (
    Datum,
    Spec,
    beside,
    compose,
    layer,
    lines_of,
    numbers,
    shorten,
    width_of,
    written,
)
from briefing.charts.theme import NARROW, WIDE
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.sensitivity import rank_origins
from briefing.desk.evidence import collect_evidence, name_origin
from briefing.dossier.dossier import Dossier
from briefing.usage import verb
from briefing.values.palette import BLUE
from briefing.values.words import counted

#: So many origins have a bar; a name is cut after so many pixels.
_BARS, _ROOM = 8, 400


@verb
def largest_origins(dossier: Dossier, *, title: str = "") -> Chart | Note:
    """Show the origins to which most claims go back, a bar each.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    title : str
        What is seen; left out, how many claims go back to the largest.

    Returns
    -------
    Chart or Note
        A block; a note where no claim is known.

    Examples
    --------
    >>> import briefing as b
    >>> b.largest_origins(b.read_example())
    Chart('5 of 17 claims go back to Harbour Watch, 20 November 2031', 8 rows, 10 sources)
    """
    claims = choose_claims(dossier)
    if not len(claims):
        return nothing_said(dossier, title or "Origins", what="claim")
    ranked = rank_origins(claims)
    behind = {origin: [claim for claim in claims.each if claim.origin == origin] for origin in ranked[:_BARS]}
    bars = [
        (name_origin(dossier, origin), len(own), len({claim.source for claim in own})) for origin, own in behind.items()
    ]
    largest, most, _ = bars[0]
    title = title or _say_largest(largest, most, len(claims))
    said = [f"{counted(many, 'claim')} in {counted(documents, 'document')}" for _, many, documents in bars]
    told = "; ".join(f"{name}: {words}" for (name, *_), words in zip(bars, said, strict=True))
    columns = [Column(name=name, is_number=True, counts_rows=True) for name in ("Claims", "Documents")]
    data = lay_out(
        [Column(name="Origin"), *columns],
        [((name,), number_cell(many), number_cell(documents)) for name, many, documents in bars],
    )
    evidence = collect_evidence(dossier, source_ids=[claim.source for own in behind.values() for claim in own])
    rest = len(ranked) - len(bars)
    more = f"{counted(rest, 'other origin')}, none larger, {'is' if rest == 1 else 'are'} not drawn."
    remark = more if rest else ""
    draw = partial(_draw, [name for name, *_ in bars], [many for _, many, _ in bars], said)
    return frame_chart(title, draw, f"{title}. {told}.", behind=sources_behind(dossier, data, evidence), remark=remark)


def _say_largest(name: str, number: int, claims: int) -> str:
    if claims == 1:
        return f"The only claim goes back to {name}"
    return f"{number} of {claims} claims {'goes' if number == 1 else 'go'} back to {name}"


def _draw(names: list[str], counts: list[int], said: list[str], *, narrow: bool) -> Spec:
    room = NARROW - 24 if narrow else _ROOM
    short = [shorten(name, room) for name in names]
    marks: list[Datum] = [
        {"line": at, "name": name, "to": many, "shown": words}
        for at, (name, many, words) in enumerate(zip(short, counts, said, strict=True))
    ]
    left = 0.0 if narrow else max(map(width_of, short)) + 20
    y, x = lines_of(), numbers(alt.X, edge=max(counts), unit="", narrow=narrow)("to")
    x.axis = None
    bars = layer("bar", on={"y": y, "x": x, "x2": alt.X2Value(0)}, color=BLUE, size=14)
    figures = written("shown", on={"y": y, "x": x}, dx=8, halo=False)
    beneath = written("name", on={"y": y, "x": alt.XValue(0)}, dy=-18, halo=False) if narrow else [beside("name", y)]
    width = (NARROW - 24 if narrow else WIDE - left) - max(map(width_of, said)) - 12
    padding = {"top": 14, "left": 8, "right": 14, "bottom": 5} if narrow else None
    height = alt.Step(48 if narrow else 30)
    return compose([bars, *figures, *beneath], marks, width=width, height=height, padding=padding)

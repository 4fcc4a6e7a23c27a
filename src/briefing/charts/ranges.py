"""Rival claims by claimant: bars between stated bounds, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import altair as alt

from briefing.blocks.blocks import Chart, Note, Prose, SourceRecord
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.marks import (
    describe,
    draw_marks,
    find_edge,
    mark_of,
    shown_with,
    tell_marks,
    written_at,
)
from briefing.charts.pen import (
    PLACED,
    Datum,
    Spec,
    beside,
    compose,
    lines_of,
    numbers,
    quiet,
    shorten,
    track,
    width_of,
    wrap,
    written,
)  # fmt: skip
from briefing.charts.repeats import tell_repeats
from briefing.charts.sentences import entitle, name_axis, say_one
from briefing.charts.theme import LINE, NARROW, WIDE
from briefing.charts.tips import Drawn, dress
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.newest import keep_newest
from briefing.usage import verb
from briefing.values.palette import BLUE

#: More lines than this are set close, each name on one line.
ROOMY = 12


@verb
def dot_range(claims: Claims, *, title: str = "") -> Chart | Prose | Note:
    """Show rival claims by claimant: bars between stated bounds, dotted lines to a side that is not stated.

    Parameters
    ----------
    claims : Claims
        About one quantity; a claim without a number has no line and stands in the table.
    title : str
        What is seen; left out, who counts how many.

    Returns
    -------
    Chart, Prose or Note
        A block; a sentence where one claim gives a number, a note where none does.

    Raises
    ------
    ClaimError
        Where the claims count in several units.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.dot_range(b.choose_claims(d, quantity="lorries-sent"), title="Lorries ferried, by claimant")
    Chart('Lorries ferried, by claimant', 3 rows, 3 claims, 3 sources)
    """
    title = title or entitle(claims)
    claims, left = keep_newest(claims)
    drawn = dress(claims, [claim for claim in claims.each if claim.bounds.is_known])
    if not drawn:
        return nothing_known(claims, title)
    if len(drawn) == 1:
        return say_one(claims, drawn[0].claim)
    behind = claims_behind(claims)
    names = name_each(claims, drawn, behind.evidence.sources)
    unit = name_axis(claims, drawn)
    told = [
        describe(f"{name}, {when}", line.claim, line.noun, again=line.again)
        for (name, when), line in zip(names, drawn, strict=True)
    ]

    def draw(narrow: bool) -> Spec:
        return _draw_narrow(names, drawn, unit) if narrow else _draw_wide(names, drawn, unit)

    meant = tell_marks((line.claim.bounds, line.claim.status) for line in drawn)
    remark = " ".join(filter(None, [meant, tell_repeats([line.again for line in drawn])]))
    return frame_chart(title, draw, f"{title}. {'; '.join(told)}.", behind=behind, remark=remark, left_out=left)


def name_each(claims: Claims, drawn: Sequence[Drawn], sources: Iterable[SourceRecord]) -> list[tuple[str, str]]:
    """Name each line by claimant and date; two lines of one name are told apart by where they were read."""
    names = [(claims.dossier.name_of(line.claim.claimant), str(line.claim.when)) for line in drawn]
    publishers = {source.id: source.publisher for source in sources}
    return [
        (name, f"{when}, in {publishers.get(line.claim.source, '')}" if names.count((name, when)) > 1 else when)
        for (name, when), line in zip(names, drawn, strict=True)
    ]


def _draw_wide(names: Sequence[tuple[str, str]], drawn: Sequence[Drawn], unit: str) -> Spec:
    edge, is_roomy = find_edge(line.claim.bounds for line in drawn), len(drawn) <= ROOMY
    room = 290 if is_roomy else 340
    labels = [
        [*wrap(name, room), *wrap(when, room)] if is_roomy else [_in_one_line(name, when, room)] for name, when in names
    ]
    left = max(width_of(line) for label in labels for line in label) + 20
    width = WIDE - left
    marks = [
        _line(number, line, edge, width, inline=not is_roomy) | {"name": label, "dy": -LINE / 2 * (len(label) - 1)}
        for number, (label, line) in enumerate(zip(labels, drawn, strict=True))
    ]
    y, along = lines_of(), numbers(alt.X, edge=edge, unit=unit, narrow=False)
    on = {"y": y, "x": along("at")}
    figures = written("shown", on=on, fontWeight=600, align=PLACED["align"], dx=PLACED["dx"], dy=-16 if is_roomy else 0)
    layers = [track(y), *draw_marks({"y": y}, along, upright=False, color=BLUE), *figures, beside("name", y)]
    tallest = max(len(label) for label in labels)
    return compose(
        layers,
        marks,
        width=width,
        height=alt.Step((14 if len(drawn) < 6 else 8) + LINE * max(tallest, 2) if is_roomy else 26),
    )


def _in_one_line(name: str, when: str, room: float) -> str:
    """Name a line in so many pixels; the date is cut last."""
    short = shorten(name, max(room - width_of(f", {when}"), room / 3))
    return shorten(f"{short}, {when}", room)


def _draw_narrow(names: Sequence[tuple[str, str]], drawn: Sequence[Drawn], unit: str) -> Spec:
    edge, width = find_edge(line.claim.bounds for line in drawn), NARROW - 24
    marks: list[Datum] = [
        {
            **mark_of(line.claim.bounds, line.claim.status, edge=edge, again=line.again),
            "line": number,
            "tip": line.tip,
            "name": shorten(name, width),
            "when": shorten(f"{when}: {shown_with(line.claim.bounds, line.claim.status)}", width),
        }
        for number, ((name, when), line) in enumerate(zip(names, drawn, strict=True))
    ]
    y, along = lines_of(), numbers(alt.X, edge=edge, unit=unit, narrow=True)
    at = {"y": y, "x": alt.XValue(0)}
    words = [*written("name", on=at, dy=-33, halo=False), *written("when", on=at, halo=False, **quiet(dy=-17))]
    layers = [track(y), *draw_marks({"y": y}, along, upright=False, color=BLUE), *words]
    padding = {"top": 14, "left": 8, "right": 14, "bottom": 5}
    plain: list[Datum] = [{name: value for name, value in mark.items() if name != "at"} for mark in marks]
    return compose(layers, plain, width=width, height=alt.Step(66), padding=padding)


def _line(number: int, drawn: Drawn, edge: float, width: float, *, inline: bool) -> Datum:
    """Turn a claim into its line; its figure is written above its mark or in line with it, where there is room."""
    claim, bounds = drawn.claim, drawn.claim.bounds
    mark, shown = mark_of(bounds, claim.status, edge=edge, again=drawn.again), shown_with(bounds, claim.status)
    first, last = (min(bounds.stated), max(bounds.stated)) if inline else (written_at(bounds), written_at(bounds))
    aside = 12 if inline else -4
    is_late = last / edge * width + width_of(shown) + aside > width
    at, align, dx = (first, "right", -aside) if is_late else (last, "left", aside)
    return mark | {"at": at, "align": align, "dx": dx} | {"line": number, "shown": shown, "tip": drawn.tip}

"""Rival claims by claimant: bars between stated bounds, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from briefing.blocks.blocks import Chart, Note, SourceRecord
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.marks import describe, draw_marks, find_edge, find_unit, mark_row, shown_with, tell_marks
from briefing.charts.pen import (
    PLACED,
    Row,
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
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import dress
from briefing.desk.claims.claims import Claims
from briefing.dossier.claims import bounds_of
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.palette import BLUE

#: More lines than this are set close, each name on one line.
ROOMY = 12


@verb
def dot_range(claims: Claims, *, title: str) -> Chart | Note:
    """Show rival claims by claimant: bars between stated bounds, dotted lines to a side that is not stated.

    Parameters
    ----------
    claims : Claims
        About one quantity; a claim without a number has no line and stands in the table.
    title : str
        What is seen.

    Returns
    -------
    Chart or Note
        A block; a note where no claim gives a number.

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
    rows = dress(claims, [row for row in claims.rows if bounds_of(row).is_known])
    if not rows:
        return nothing_known(claims, title)
    behind = claims_behind(claims)
    names = name_lines(claims, rows, behind.evidence.sources)
    unit = find_unit(bounds_of(row) for row in rows)
    told = [
        describe(f"{name}, {when}", bounds_of(row), row["status"], row["unit"], again=row["again"])
        for (name, when), row in zip(names, rows, strict=True)
    ]

    def draw(narrow: bool) -> dict[str, Any]:
        return _draw_narrow(names, rows, unit) if narrow else _draw_wide(names, rows, unit)

    meant = [tell_marks((bounds_of(row), row["status"]) for row in rows), tell_repeats([row["again"] for row in rows])]
    remark = " ".join(filter(None, meant))
    return frame_chart(title, draw, f"{title}. {'; '.join(told)}.", behind=behind, remark=remark)


def name_lines(
    claims: Claims, rows: Sequence[dict[str, Any]], sources: Iterable[SourceRecord]
) -> list[tuple[str, str]]:
    """Name each line by claimant and date; two lines of one name are told apart by where they were read."""
    names = [(claims.dossier.name_of(row["claimant_id"]), str(parse_date(row["when"]))) for row in rows]
    publishers = {source.id: source.publisher for source in sources}
    return [
        (name, f"{when}, in {publishers.get(row['source_id'], '')}" if names.count((name, when)) > 1 else when)
        for (name, when), row in zip(names, rows, strict=True)
    ]


def _draw_wide(names: Sequence[tuple[str, str]], rows: Sequence[dict[str, Any]], unit: str) -> dict[str, Any]:
    edge, is_roomy = find_edge(bounds_of(row) for row in rows), len(rows) <= ROOMY
    room = 215 if is_roomy else 300
    labels = [
        [*wrap(name, room), *wrap(when, room)] if is_roomy else [_in_one_line(name, when, room)] for name, when in names
    ]
    left = max(width_of(line) for label in labels for line in label) + 20
    width = WIDE - left
    marks = [
        _line(number, row, edge, width, inline=not is_roomy) | {"name": label, "dy": -7.5 * (len(label) - 1)}
        for number, (label, row) in enumerate(zip(labels, rows, strict=True))
    ]
    y, along = lines_of(), numbers(alt.X, edge=edge, unit=unit, narrow=False)
    on = {"y": y, "x": along("at")}
    figures = written("shown", on=on, align=PLACED["align"], dx=PLACED["dx"], dy=-16 if is_roomy else 0)
    layers = [track(y), *draw_marks({"y": y}, along, upright=False, color=BLUE), *figures, beside("name", y)]
    tallest = max(len(label) for label in labels)
    return compose(layers, marks, width=width, height=alt.Step(14 + 14 * max(tallest, 2) if is_roomy else 24))


def _in_one_line(name: str, when: str, room: float) -> str:
    """Name a line in so many pixels; the date is cut last."""
    short = shorten(name, max(room - width_of(f", {when}"), room / 3))
    return shorten(f"{short}, {when}", room)


def _draw_narrow(names: Sequence[tuple[str, str]], rows: Sequence[dict[str, Any]], unit: str) -> dict[str, Any]:
    edge, width = find_edge(bounds_of(row) for row in rows), NARROW - 24
    marks = [
        {
            **mark_row(bounds_of(row), row["status"], edge=edge, again=row["again"]),
            "line": number,
            "tip": row["tip"],
            "name": shorten(name, width),
            "when": shorten(f"{when}: {shown_with(bounds_of(row), row['status'])}", width, size=11),
        }
        for number, ((name, when), row) in enumerate(zip(names, rows, strict=True))
    ]
    y, along = lines_of(), numbers(alt.X, edge=edge, unit=unit, narrow=True)
    at = {"y": y, "x": alt.XValue(0)}
    words = [*written("name", on=at, dy=-31, halo=False), *written("when", on=at, halo=False, **quiet(dy=-16))]
    layers = [track(y), *draw_marks({"y": y}, along, upright=False, color=BLUE), *words]
    padding = {"top": 12, "left": 8, "right": 14, "bottom": 5}
    plain = [{name: value for name, value in mark.items() if name != "at"} for mark in marks]
    return compose(layers, plain, width=width, height=alt.Step(62), padding=padding)


def _line(number: int, row: dict[str, Any], edge: float, width: float, *, inline: bool) -> Row:
    """Turn a claim into its line; its figure is written above its mark or in line with it, where there is room."""
    bounds, mark = bounds_of(row), mark_row(bounds_of(row), row["status"], edge=edge, again=row["again"])
    shown = shown_with(bounds, row["status"])
    first, last = (min(bounds.stated), max(bounds.stated)) if inline else (mark["at"], mark["at"])
    aside = 12 if inline else -4
    is_late = last / edge * width + width_of(shown) + aside > width
    place = {"at": first, "align": "right", "dx": -aside} if is_late else {"at": last, "align": "left", "dx": aside}
    return mark | place | {"line": number, "shown": shown, "tip": row["tip"]}

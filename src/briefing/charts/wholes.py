"""A whole and its parts end to end beneath it: what they leave unaccounted, and by how much they exceed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from briefing.blocks.blocks import Chart, Note
from briefing.charts.frame import claims_behind, frame_chart, nothing_known
from briefing.charts.marks import find_unit
from briefing.charts.pen import PLACED, Row, beside, compose, layer, lines_of, numbers, quiet, width_of, wrap, written
from briefing.charts.theme import NARROW, WIDE
from briefing.charts.tips import Tip, claim_tip
from briefing.desk.claims.claims import Claims, join_claims
from briefing.desk.claims.sums import Parts
from briefing.dossier.claims import bounds_of
from briefing.usage import verb
from briefing.values.bounds import number_words
from briefing.values.palette import BLUE, INK, ORANGE, PAPER, QUIET

_BAR, _LEVEL = 24, 15

_LINE = "The upright line is the end of the whole, as printed."


@verb
def part_and_whole(parts: Parts, *, title: str, rival: Parts | None = None) -> Chart | Note:
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
    Chart or Note
        A block; a note where no part or no whole is known.

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
    whole = claims.bounds[0].stated[-1]
    lines = [("The whole, as printed", parts.whole), ("Its parts", parts.parts)]
    rivals = rival.parts if rival and len(rival.parts) else None  # a rival that is not yet known has no line
    lines += [("With the rival figure", rivals)] if rivals else []
    cells = [_segments(number, shown, claims) for number, (_, shown) in enumerate(lines)]
    names = [name for name, _ in lines]
    told = "; ".join(
        f"{name}: {', '.join(cell['told'] for cell in line)}" for name, line in zip(names, cells, strict=True)
    )
    shown = _join(claims, parts.parts, rivals)
    unit = find_unit(shown.bounds)

    def draw(narrow: bool) -> dict[str, Any]:
        return _draw(names, cells, whole, unit, narrow=narrow)

    return frame_chart(title, draw, f"{title}. {told}.", behind=claims_behind(shown), remark=_LINE)


def _join(*claims: Claims | None) -> Claims:
    given = [one for one in claims if one is not None]
    return join_claims(*given)


def _segments(line: int, claims: Claims, wholes: Claims) -> list[Row]:
    """Lay claims end to end, then what they leave unaccounted or are too many; only a stated figure has a length."""
    whole, cells = wholes.bounds[0].stated[-1], list[Row]()
    end = 0.0
    for row in claims.rows:
        bounds = bounds_of(row)
        length = bounds.best if bounds.best is not None else bounds.low
        if length is not None:
            told = row["wording"].strip("[]") if len(row["wording"]) <= 32 else _name(claims, row)
            tip = claim_tip(claims, row)
            cells.append({"line": line, "kind": "part", "from": end, "to": end + length, "told": told, "tip": tip})
            end += length
    is_exact = all(bounds.low == bounds.high for bounds in claims.bounds)
    if end < whole:
        told = f"{'' if is_exact else 'up to '}{number_words(whole - end)} unaccounted for"
        cells.append({"line": line, "kind": "rest", "from": end, "to": whole, "told": told, "tip": _of(wholes, told)})
    if end > whole:
        told = f"{number_words(end - whole)} too many"
        cells.append({"line": line, "kind": "excess", "from": whole, "to": end, "told": told, "tip": _of(wholes, told)})
    return cells


def _name(claims: Claims, row: Row) -> str:
    return f"{bounds_of(row)} {claims.dossier.name_of(row['item'])}"


def _of(wholes: Claims, told: str) -> Tip:
    """Say of what whole something is missing, or too much."""
    whole = claim_tip(wholes, wholes.rows[0])
    return {"title": told, "The whole": whole["title"], "Read in": whole.get("Read in", "")}


def _draw(
    names: Sequence[str], lines: Sequence[Sequence[Row]], whole: float, unit: str, *, narrow: bool
) -> dict[str, Any]:
    edge = max(cell["to"] for cells in lines for cell in cells) * 1.04
    labels = [wrap(name, 110) for name in names]
    left = 8 if narrow else max(width_of(line) for label in labels for line in label) + 20
    width = (NARROW - 16 if narrow else WIDE) - left
    placed = [_place(cells, width / edge, width) for cells in lines]
    above = 48 if narrow else 32
    below = _BAR / 2 + 8 + _LEVEL * max(cell["level"] + 1 for cells in placed for cell in cells)
    lift = (above - below) / 2
    tip = lines[0][0]["tip"]  # the whole's, which stands first
    heads = [
        {"line": n, "whole": whole, "name": name if narrow else label, "dy": lift - 7.5 * (len(label) - 1), "tip": tip}
        for n, (name, label) in enumerate(zip(names, labels, strict=True))
    ]
    rows = [
        *heads,
        *_hatches(placed, pixels=width / edge),
        *(_lift(cell, lift) for cells in placed for cell in cells),
    ]
    y, along = lines_of(), numbers(alt.X, edge=edge, unit=unit, narrow=narrow)
    head: dict[str, Any] = {"keep": "isValid(datum.name)"}
    over: dict[str, Any] = {"on": {"y": y, "x": alt.XValue(0)}, "halo": False, "dy": lift - 32}
    name = written("name", **head, **over) if narrow else [beside("name", y, **head)]
    layers = [*_bars(y, along, lift), *_words(y, along, lift), *name]
    return compose(layers, rows, width=width, height=alt.Step(above + below + 8))


def _lift(cell: Row, lift: float) -> Row:
    drawn = {name: value for name, value in cell.items() if name != "level"}
    return drawn | ({"dy": lift + cell["dy"]} if "dy" in cell else {})


def _hatches(lines: Sequence[Sequence[Row]], *, pixels: float) -> list[Row]:
    """Hatch what is unaccounted for: a stroke every few pixels."""
    rests = [cell for cells in lines for cell in cells if cell["kind"] == "rest"]
    return [
        {"line": cell["line"], "kind": "hatch", "from": cell["from"] + step * 5 / pixels, "tip": cell["tip"]}
        for cell in rests
        for step in range(1, int((cell["to"] - cell["from"]) * pixels / 5) + 1)
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
              fontSize=12, dy=lift),
    ]  # fmt: skip


def _words(y: alt.Y, along: Any, lift: float) -> list[Any]:
    """Write what each part is, under its start, where it has room; what is left or too many stands above its end."""
    rest = "datum.kind == 'excess' || datum.kind == 'rest'"
    under = written(
        "told", keep="datum.kind == 'part'", on={"y": y, "x": along("from")}, **quiet(dy=PLACED["dy"], dx=PLACED["dx"])
    )
    above = written("told", keep=rest, on={"y": y, "x": along("to")}, **quiet(align="right", dy=lift - 25, color=INK))
    return [*under, *above]


def _place(cells: Sequence[Row], pixels: float, width: float) -> list[Row]:
    """Put each part's words at the first depth where they do not run into the words of a part to the right."""
    placed: list[Row] = []
    spans: list[tuple[float, float, int]] = []
    for cell in reversed(cells):
        if cell["kind"] != "part":
            placed.append({**cell, "level": 0})
            continue
        start, long = cell["from"] * pixels, width_of(cell["told"], 11)
        shift = min(2, width - start - long)  # what would leave the frame is moved back into it
        left, right = start + shift, start + shift + long + 8
        level = next(n for n in range(len(cells)) if not any(n == at and left < end and first < right
                     for first, end, at in spans))  # fmt: skip
        spans.append((left, right, level))
        length = cell["to"] - cell["from"]
        fits = width_of(number_words(length)) + 4 < length * pixels
        inside = {"inside": number_words(length), "middle": (cell["from"] + cell["to"]) / 2} if fits else {}
        placed.append({**cell, "level": level, "dx": shift, "dy": _BAR / 2 + 10 + _LEVEL * level, **inside})
    return placed[::-1]

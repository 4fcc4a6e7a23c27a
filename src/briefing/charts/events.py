"""Events on the axis of a chart: a thin line each, with its day and its words above the frame, or a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any, TypeAlias

import altair as alt

from briefing.blocks.blocks import Column, Entry, Evidence, TableData, Text, Timeline
from briefing.blocks.layouts import Cell, day_cell, lay_out
from briefing.charts.days import Days, stamp
from briefing.charts.frame import Behind
from briefing.charts.pen import PLACED, Datum, Layer, layer, width_of, wrap, written
from briefing.charts.theme import LINE, NARROW
from briefing.charts.tips import Tip, read_in
from briefing.desk.claims.claims import several
from briefing.desk.evidence import collect_evidence, event_record
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_where
from briefing.dossier.tables import Event
from briefing.errors import UsageError, did_you_mean
from briefing.values.dates import MONTHS, parse_date, say_date
from briefing.values.palette import QUIET

#: What a chart takes as events: what `timeline` gives, or the ids of some.
Events: TypeAlias = Timeline | str | Collection[str]

#: How wide the words of an event may be, how high they are, how far above the frame the lowest end, and how far apart
#: numbers stand.
_ROOM, _LEVEL, _GAP, _BESIDE = 222, 2 * LINE + 6, 24, 18.0

#: So many events choose their room in every order, more of them in two.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it is drawn: its number in order of time, and its words where they have room."""

    number: int
    entry: Entry
    tip: Tip
    words: tuple[str, ...] = ()
    align: str = "left"
    level: int = 0
    shows_number: bool = False

    @property
    def day(self) -> dt.date:
        """The day on which it is drawn."""
        return dt.date.fromisoformat(self.entry.day)

    @property
    def said(self) -> str:
        """The event in a line."""
        return f"{say_date(self.entry.date)}: {self.entry.title}"


def find_events(dossier: Dossier, events: Events) -> tuple[Told, ...]:
    """Find the events that a chart is to show, in order of time; one that is not known on the day is left out.

    Raises `UsageError` where an id is that of no event on any day.
    """
    if isinstance(events, Timeline):
        entries = list(events.entries)
    else:
        asked, known = several(events), set(dossier.everything.peek("events")["event_id"])
        for key in asked:
            if key not in known:
                raise UsageError(f'"{key}" is no event on any day; a choice names a row. {did_you_mean(key, known)}')
        entries = [event_record(dossier, event) for event in rows_where(dossier, Event, event_id=asked)]
    entries.sort(key=lambda entry: (entry.day, entry.id))
    return tuple(Told(number, entry, _tip(dossier, entry)) for number, entry in enumerate(entries, start=1))


def _tip(dossier: Dossier, entry: Entry) -> Tip:
    where = {"Where": entry.where} if entry.where else {}
    return {"title": f"{say_date(entry.date)}: {entry.title}", **where, **read_in(dossier, entry.source)}


def describe_events(events: Sequence[Told]) -> str:
    """Say the events in a sentence of the description."""
    return f" Events: {'; '.join(f'{event.number}, {event.said}' for event in events)}." if events else ""


def with_events(behind: Behind, dossier: Dossier, events: Sequence[Told]) -> Behind:
    """Add events to what a chart rests on: a row each in its table, and their sources."""
    if not events:
        return behind
    cited = collect_evidence(dossier, source_ids=[event.entry.source for event in events])
    sources = {source.id: source for source in (*behind.evidence.sources, *cited.sources)}
    evidence = Evidence(claims=behind.evidence.claims, sources=tuple(sources.values()))
    return replace(behind, data=_add_rows(behind.data, events), evidence=evidence)


def _add_rows(data: TableData, events: Sequence[Told]) -> TableData:
    """Add a column that says what happened, and a row an event, before the claims of its day."""
    order = data.order or tuple((None,) * len(data.columns) for _ in data.rows)
    rows: list[tuple[list[Text | Cell], str]] = []
    for texts, keys, row in zip(data.rows, order, data.ids, strict=True):
        when, *others = (Cell(text, by) for text, by in zip(texts, keys, strict=True))
        rows.append(([when, ("",), *others], row))
    for event in events:
        said = Cell((f"{event.number}. {event.entry.title}",), event.number)
        rows.append(([day_cell(event.entry.date), said, *((("",),) * (len(data.columns) - 1))], event.entry.id))
    rows.sort(key=lambda row: str(row[0][0].by or "") if isinstance(row[0][0], Cell) else "")
    columns = (data.columns[0], Column(name="Event"), *data.columns[1:])
    return lay_out(columns, (cells for cells, _ in rows), ids=[row for _, row in rows])


def lay_words(events: Sequence[Told], days: Days, width: float) -> tuple[Told, ...]:
    """Give as many events as have room their words above the frame, in two levels; the others keep their number."""
    along = [days.along(event.day, width) for event in events]
    numbers = tuple(range(len(events)))
    orders = permutations(numbers) if len(events) <= _FEW else (numbers, numbers[::-1])
    tries = [_lay_in(order, events, along, width) for order in orders]
    return _number(
        max(tries, key=lambda placed: (sum(bool(event.words) for event in placed), -room_above(placed))), along
    )


def _lay_in(order: Iterable[int], events: Sequence[Told], along: Sequence[float], width: float) -> list[Told]:
    taken: list[tuple[int, float, float, float]] = []  # level, left and right end, where the line stands

    def is_free(level: int, left: float, right: float, x: float) -> bool:
        crossed = (
            (at == level and left < end and first < right)  # words of one level
            or (at < level and first < x < end)  # a line down through lower words
            or (at > level and left < line < right)
            for at, first, end, line in taken
        )
        return left >= -20 and right <= width + 20 and not any(crossed)

    placed = list(events)
    for number in order:
        event, x = events[number], along[number]
        words = _balance(_short(event))
        long = max(map(width_of, words)) + 12
        sides = {"left": (x, x + long), "right": (x - long, x)}
        free = ((level, align) for level in (0, 1) for align in sides if is_free(level, *sides[align], x))
        level, align = next(free, (0, ""))
        if align:
            taken.append((level, *sides[align], x))
            placed[number] = replace(event, words=words, align=align, level=level)
    return placed


def _balance(text: str) -> tuple[str, ...]:
    """Break a text into two lines as narrow as they can be, so that its neighbours have room."""
    tries = (wrap(text, room) for room in range(90, _ROOM, 12))
    return tuple(next((lines for lines in tries if not lines[-1].endswith("…")), wrap(text, _ROOM)))


def _short(event: Told) -> str:
    """Say an event in few words: its year stands on the axis."""
    day = event.day
    on = f"{day.day} {MONTHS[day.month - 1][:3]}" if parse_date(event.entry.date).is_day else say_date(event.entry.date)
    return f"{on}: {event.entry.title}"


def lay_numbers(events: Sequence[Told], days: Days, width: float) -> tuple[Told, ...]:
    """Give each event its number above a narrow frame, in as many levels as it takes that none covers another."""
    ends: list[float] = []
    placed = []
    for event in events:
        x = days.along(event.day, width)
        level = next((at for at, end in enumerate(ends) if x - end >= _BESIDE), len(ends))
        ends[level:] = [x, *ends[level + 1 :]]
        placed.append(replace(event, level=level, shows_number=True))
    return tuple(placed)


def _number(events: Sequence[Told], along: Sequence[float]) -> tuple[Told, ...]:
    """Print the numbers of events without words as far as none runs into another; the table has them all."""
    last, numbered = -_BESIDE, []
    for event, x in zip(events, along, strict=True):
        shows = not event.words and x - last >= _BESIDE
        last = x if shows else last
        numbered.append(replace(event, shows_number=shows))
    return tuple(numbered)


def room_above(events: Sequence[Told]) -> int:
    """Give how many pixels the words of events need above the frame."""
    levels = max((event.level for event in events if event.words), default=-1) + 1
    return levels * _LEVEL + (_GAP if events else 0)


def draw_events(
    events: Sequence[Told], x: Any, up: Any, *, edge: float, height: float, narrow: bool
) -> tuple[list[Layer], list[Datum]]:
    """Draw events: their lines, which go under all else, their words above the frame, or their numbers with a list.

    `edge` is the number at the upper end of the axis that `up` makes; what stands above it is drawn above the frame.
    """
    if not events:
        return [], []
    data = [_datum(event) for event in events]
    lists = _list(events, height) if narrow else []
    for datum in (*data, *lists):
        for field in datum.keys() & {"top", "list"}:
            datum[field] = round(edge * (1 - float(str(datum[field])) / height), 3)
    on = {"x": x("event"), "y": up("top")}
    line = layer("rule", "isValid(datum.event)", on={**on, "y2": alt.Y2Value(height)}, color=QUIET, strokeWidth=0.8)
    words: list[Layer] = [line]
    if any("told" in datum for datum in data):
        side = {"align": PLACED["align"], "dx": PLACED["dx"], "dy": 6, "lineHeight": LINE}
        words += written("told", keep="isValid(datum.told)", on=on, halo=False, **side)
    if any("number" in datum for datum in data):
        words += written(
            "number", keep="isValid(datum.number)", on=on, halo=False, fontWeight=600, align="center", dy=-9
        )
    if lists:
        row = {"x": alt.XValue(0), "y": up("list")}
        words += written("listed", keep="isValid(datum.listed)", on=row, halo=False, lineHeight=LINE, dx=-20)
    return words, [*data, *lists]


def _datum(event: Told) -> Datum:
    datum: Datum = {"event": stamp(event.day), "tip": event.tip}
    if event.words:
        dx, top = (5 if event.align == "left" else -5), -_GAP - (event.level + 1) * _LEVEL
        return datum | {"told": list(event.words), "align": event.align, "dx": dx, "top": top}
    number: Datum = {"number": str(event.number)} if event.shows_number else {}
    return datum | number | {"top": 10 - _GAP - LINE * event.level}


def room_below(events: Sequence[Told]) -> float:
    """Give how many pixels the list of events needs under the axis of a narrow drawing."""
    return sum(LINE * len(lines) + 4 for lines in _listed(events))


def _list(events: Iterable[Told], height: float) -> list[Datum]:
    """List events under the axis, by number."""
    top, rows = height + 44.0, list[Datum]()
    for lines in _listed(events):
        rows.append({"list": top, "listed": lines})
        top += LINE * len(lines) + 4
    return rows


def _listed(events: Iterable[Told]) -> list[list[str]]:
    return [wrap(f"{event.number}. {event.said}", NARROW - 22, lines=3) for event in events]

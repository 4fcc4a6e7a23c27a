"""What changed since the last edition where there is little room: a count on one line, and the most telling points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from briefing.archive.moved import FigureMove
from briefing.archive.newsworthy import TABLES, RowChange
from briefing.archive.sheet import name_edition
from briefing.archive.since import Since
from briefing.archive.since_words import (
    fill_line,
    flatten,
    say_correction,
    say_judged,
    say_moved,
    say_reason,
    say_row,
    say_unread,
)
from briefing.page.words import Words
from briefing.values.words import count_words

#: So many points are told where there is little room.
MOST_POINTS = 5

#: So many new rows of a table are points.
_MOST_NEW = 3

#: The tables of which new rows are told one by one.
TOLD_TABLES = tuple(name for name in TABLES if name not in ("judgements", "decided"))

#: Tables whose rows are told as judgements, and the one whose rows are documents.
ELSEWHERE = ("judgements", "decided", "sources")


@dataclass(frozen=True, slots=True)
class Point:
    """A thing that changed, in a sentence, and where the page of what changed tells of it."""

    words: str
    anchor: str
    kind: str


def name_before(since: Since, *, words: Words) -> str:
    """Name the earlier edition by its day, or by its name where it has none."""
    return name_edition(since.before or since.after, words=words)


# --- the count ---------------------------------------------------------------------------------------------------


def count_changes(since: Since, *, words: Words) -> str:
    """Count what changed, on one line."""
    if since.before is None:
        return fill_line(words, "first").words
    date = name_before(since, words=words)
    if since.is_unchanged:
        return fill_line(words, "unchanged", date=date).words
    counted = say_counts(since, ("missed", "corrected", "moved", "judged", "rows_new", "rows_more"), words=words)
    if not counted:
        counted = fill_line(words, "new_answer" if since.has_new_answer else "unread_count").words
    return fill_line(words, "counted", date=date, counts=counted).words


def say_counts(since: Since, groups: Iterable[str], *, words: Words) -> str:
    """Say how many things of some groups changed; judgements that we missed are counted once, where they come first."""
    counts = _list_counts(since)
    keys = list(dict.fromkeys(key for group in groups for key in counts[group]))
    numbers = {key: number for group in counts.values() for key, number in group.items()}
    return ", ".join(count_things(key, numbers[key], words=words) for key in keys if numbers[key])


def _list_counts(since: Since) -> dict[str, dict[str, int]]:
    kinds = [change.kind for change in since.judgements if change.kind not in ("kept", "gone")]
    rows = [row.kind for row in since.rows if row.table not in ("judgements", "decided", "sources")]
    return {
        "missed": {"n_missed": sum(kind == "missed" for kind in kinds)},
        "corrected": {"n_corrected": len(since.corrections)},
        "moved": {"n_moved": len(since.figures)},
        "judged": {f"n_{kind}": kinds.count(kind) for kind in kinds},
        "rows_new": {"n_rows_new": rows.count("new")},
        "rows_more": {f"n_rows_{kind}": sum(row == kind for row in rows) for kind in ("changed", "gone")},
    }


def count_things(key: str, number: int, *, words: Words) -> str:
    """Count things of one kind, in the form that the number asks for."""
    return fill_line(words, key, n=number, number=spell_number(number, words=words)).words


def spell_number(number: int, *, words: Words) -> str:
    """Write a number as the newspapers of a language do: in English in words below ten."""
    return count_words(number, "row").rpartition(" ")[0] if words.language == "en" else f"{number}"


def list_others(since: Since, figure: FigureMove) -> list[RowChange]:
    """List the new claims about what a figure counts that are not behind it: the newest that speak of it first."""
    behind = {reason.claim for reason in figure.reasons}
    about = (row for row in since.rows_of("new", "claims") if row.cells.get("quantity") == figure.now.quantity)
    return [row for row in about if figure.now.quantity and row.id not in behind]


def list_told(since: Since) -> set[str]:
    """List the claims that are told with the figures that moved."""
    others = {row.id for figure in since.figures for row in list_others(since, figure)}
    return others | {reason.claim for figure in since.figures for reason in figure.reasons}


def count_new(since: Since, rows: Sequence[RowChange], *, words: Words) -> str:
    """Count the new rows that are listed, and say that they are more where others were told with the figures."""
    number = sum(row.table not in ELSEWHERE for row in rows)
    if not number:
        return words.term("since", "rows_sources")
    is_all = number == sum(row.table not in ELSEWHERE for row in since.rows_of("new"))
    return count_things("n_rows_new" if is_all else "n_more_new", number, words=words)


# --- the points --------------------------------------------------------------------------------------------------


def list_points(since: Since, *, words: Words, most: int = MOST_POINTS) -> tuple[Point, ...]:
    """List the points of what changed, the most telling first: all that we missed, then the first of each kind."""
    if since.before is None or since.is_unchanged:
        return ()
    missed = [point for point in _list_judged(since, words=words) if point.kind == "missed"]
    groups = [list(group) for group in _group_points(since, words=words)]
    rest = [point for turn in zip_longest(*groups) for point in turn if point is not None]
    return tuple([*missed, *rest][:most])


def _group_points(since: Since, *, words: Words) -> Iterator[Iterable[Point]]:
    """Give the points of each kind; they take turns where there is little room."""
    judged = _list_judged(since, words=words)
    if since.unread:
        yield [Point(say_unread(since.unread[0], words=words).words, "unread", "unread")]
    if since.corrections:
        yield [Point(_say_corrected(since, words=words), "corrected", "corrected")]
    if since.has_new_answer and not since.judgements and not any(figure.is_tile for figure in since.figures):
        yield [Point(fill_line(words, "point_answer", spoken={"answer": since.after.answer}).words, "answer", "answer")]
    yield [
        Point(say_moved(figure, words=words).words, f"figure-{at}", "moved")
        for at, figure in enumerate(since.figures, 1)
    ]
    yield [point for point in judged if point.kind in ("lowered", "raised", "reopened")]
    yield _join_hits(since, judged, words=words)
    yield [point for point in judged if point.kind in ("new", "decided", "reworded")]
    for table in _list_tables(since):
        yield list(_list_new(since, table, words=words))[:_MOST_NEW]
    yield [
        Point(say_moved(figure, words=words).words, "restated", "restated")
        for figure in since.restated
        if figure.is_tile
    ][:1]


def _say_corrected(since: Since, *, words: Words) -> str:
    number, first = len(since.corrections), since.corrections[0]
    spoken = {"title": first.title or first.row}
    return fill_line(words, "point_corrected", spoken=spoken, n=number, number=spell_number(number, words=words)).words


def _list_judged(since: Since, *, words: Words) -> list[Point]:
    return [
        Point(say_judged(change, words=words).words, f"judgement-{at}", change.kind)
        for at, change in enumerate(since.judgements, 1)
    ]


def _join_hits(since: Since, judged: Sequence[Point], *, words: Words) -> list[Point]:
    """Tell of several hits in one point: we name what we missed, and count what we did not."""
    hits = [(change, point) for change, point in zip(since.judgements, judged, strict=True) if point.kind == "hit"]
    if len(hits) < 2:
        return [point for _, point in hits]
    number, spoken = len(hits), {"statement": hits[0][0].told.statement}
    line = fill_line(words, "point_hits", n=number, number=spell_number(number, words=words), spoken=spoken)
    return [Point(line.words, hits[0][1].anchor, "hit")]


def _list_tables(since: Since) -> list[str]:
    tables = dict.fromkeys(row.table for row in since.rows)
    return [table for table in tables if table not in ("judgements", "decided", "sources")]


def _list_new(since: Since, table: str, *, words: Words) -> Iterator[Point]:
    for row in tell_each_once(since.rows_of("new", table)):
        if not row.is_told:
            line = fill_line(words, "point_new", row=say_row(row, words=words).words)
            yield Point(line.words, anchor_of(table), "new")


def tell_each_once(rows: Iterable[RowChange]) -> list[RowChange]:
    """Give the first row of each quantity; of rows that are about none every one."""
    return list({str(row.cells.get("quantity") or row.id): row for row in reversed(list(rows))}.values())[::-1]


def anchor_of(table: str) -> str:
    """Give the anchor of what is new of a table."""
    return f"new-{table}" if table in TOLD_TABLES else f"new-others-{table}"


def write_long(since: Since, *, words: Words) -> str:
    """Write all that changed as plain text: the count, answers, judgements, figures with reasons, rows by kind."""
    lines = [count_changes(since, words=words)]
    lines += [f"  {say_unread(record, words=words).words}" for record in since.unread]
    if since.has_new_answer and since.before:
        told = ((words.term("since", "now"), since.after), (words.term("since", "then"), since.before))
        lines += ["", *(f"{label}: {flatten(record.answer)}" for label, record in told)]
    lines += _list_block([say_judged(change, words=words).words for change in since.judgements])
    for figure in since.figures:
        lines += ["", say_moved(figure, words=words).words]
        lines += dict.fromkeys(f"  - {say_reason(reason, words=words).words}" for reason in figure.reasons)
    lines += _list_block([say_correction(told, words=words).words for told in since.corrections])
    for kind in ("new", "changed", "gone"):
        rows = [row for row in since.rows_of(kind) if row.table not in ("judgements", "decided")]
        if rows:
            lines += ["", f"{words.term('since', f'kind_{kind}')}:"]
            lines += [f"  - {row.id}: {say_row(row, words=words).words}" for row in rows]
    return "\n".join(lines)


def _list_block(lines: Sequence[str]) -> list[str]:
    return ["", *(f"- {line}" for line in lines)] if lines else []

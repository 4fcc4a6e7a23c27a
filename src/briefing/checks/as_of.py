"""Rules over what a page may know: nothing later than its day, nothing withdrawn, nothing replaced told as current."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from briefing.blocks.blocks import Cited, Indicators, Judgements, Scenarios
from briefing.blocks.walk import figures_in, ids_in
from briefing.checks.draft import Draft
from briefing.checks.rule import Location, Rule, remark
from briefing.dossier.as_of import find_replaced, find_turn, is_withdrawn, moment_of, withdrawn_sources
from briefing.dossier.cells import is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.errors import Problem, quoted
from briefing.values.hedges import DATE

#: The tables whose rows have a day from which they are known.
_DATED = (*CLAIM_TABLES, "quotes", "events", "sources", "judgements", "evidence", "hypotheses", "indicators")

_CURE = "Read the dossier as of the page's day"


def find_leaks(draft: Draft) -> Iterator[Problem]:
    """T01: a row on the page that was not yet known on its day."""
    if draft.dossier is None or draft.as_of is None:
        return
    frames, day = draft.dossier.everything, moment_of(draft.as_of)
    known = frames.once(_list_known, *_DATED)
    for place, row in _rows(draft):
        if row in known and not (on := known[row]) <= day:
            told = f"is known from {on.date()}" if is_filled(on) else "has no day of publication"
            what = f"{row} {told}, and the page speaks for {draft.as_of}"
            yield remark(place, what, _CURE, subject=row)
    yield from _early_verdicts(draft, frames["judgements"], day)
    yield from _early_looks(draft, frames["indicator_log"], day)


def _list_known(*tables: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """List from which day on each row of the dated tables is known."""
    known: dict[str, pd.Timestamp] = {}
    for table, frame in zip(_DATED, tables, strict=True):
        # An origin that was never collected is carried by whatever relays it: its own day is a guess of ours.
        column = "published_last" if table == "sources" else "known_on"
        known |= zip(frame.iloc[:, 0], frame[column], strict=True)
    return known


def _early_verdicts(draft: Draft, judgements: pd.DataFrame, day: pd.Timestamp) -> Iterator[Problem]:
    """Find judgements that are told as decided before they were."""
    decided = dict(zip(judgements["judgement_id"], judgements["resolved_on_last"], strict=True))
    settled = [(place, block.decided) for place, block in draft.of(Judgements)]
    settled += [(place, block.decided) for place, block in draft.of(Scenarios)]
    for place, verdicts in settled:
        for verdict in verdicts:
            if verdict.id in decided and not decided[verdict.id] <= day:
                what = f"{verdict.id} was not decided yet, and the page speaks for {draft.as_of}"
                yield remark(place, what, _CURE, subject=verdict.id)


def _early_looks(draft: Draft, log: pd.DataFrame, day: pd.Timestamp) -> Iterator[Problem]:
    """Find indicators with more looks than had been logged."""
    looks = log.loc[log["known_on"] <= day, "indicator_id"].value_counts().to_dict()
    boards = [(place, block.indicators) for place, block in draft.of(Indicators)]
    boards += [(place, one.lights) for place, block in draft.of(Scenarios) for one in block.scenarios]
    for place, indicators in boards:
        for indicator in indicators:
            if indicator.looks > looks.get(indicator.id, 0):
                what = f"{indicator.id} shows a look that was not logged yet, and the page speaks for {draft.as_of}"
                yield remark(place, what, _CURE, subject=indicator.id)


def _rows(draft: Draft) -> Iterator[tuple[Location, str]]:
    """Give the id of every row that the page shows or carries, with the first place that does."""
    seen: set[str] = set()
    for one in draft.placed:
        for row in ids_in(one.block):
            if row not in seen:
                seen.add(row)
                yield one.place, row


def find_retracted(draft: Draft) -> Iterator[Problem]:
    """T02: a row that was withdrawn, or whose source was, by the page's day."""
    if draft.dossier is None:
        return
    withdrawn = _withdrawn(draft.dossier, _turn_of(draft))
    for place, row in _rows(draft):
        if row in withdrawn:
            yield remark(place, f"{row} was withdrawn by then", "Leave it out", subject=row)


def _turn_of(draft: Draft) -> str | None:
    """Give the first day on which the same rows stand as on the page's: what is found for one serves all of them."""
    assert draft.dossier is not None
    return find_turn(draft.dossier.everything.reading, draft.as_of) if draft.as_of else None


@lru_cache(maxsize=2)
def _withdrawn(dossier: Dossier, as_of: str | None) -> set[str]:
    frames = dossier.everything
    gone = withdrawn_sources(frames, as_of=as_of)
    rows = set(gone)
    for table in (*CLAIM_TABLES, "quotes", "events", "evidence"):
        rows |= set(frames[table].loc[is_withdrawn(frames[table], as_of=as_of, gone=gone)].iloc[:, 0])
    return rows


@lru_cache(maxsize=2)
def _replaced(dossier: Dossier, as_of: str | None) -> dict[str, str]:
    return find_replaced(dossier.everything, as_of=as_of)


def find_superseded(draft: Draft) -> Iterator[Problem]:
    """T03: a figure that rests on a count which a later one has replaced, in a sentence or row that names no day."""
    if draft.dossier is None:
        return
    replaced = _replaced(draft.dossier, _turn_of(draft))
    for place, sentence in draft.sentences:
        if DATE.search(sentence.printed):
            continue  # what stood on an earlier day, told with its day
        for figure in sentence.figures:
            yield from _stale(place, figure, replaced)
    for place, data in draft.undated_tables:
        for row in data.rows:
            if not any(DATE.search(span if isinstance(span, str) else span.text) for cell in row for span in cell):
                for span in figures_in(row):
                    yield from _stale(place, span, replaced)


def _stale(place: Location, figure: Cited, replaced: dict[str, str]) -> Iterator[Problem]:
    for claim in sorted(replaced.keys() & set(figure.claims)):
        what = f"{quoted(figure.text)} rests on {claim}, which {replaced[claim]} has replaced"
        cure = f"Cite {replaced[claim]}, or name the day for which it stood"
        yield remark(place, what, cure, subject=claim)


RULES: tuple[Rule[Draft], ...] = (
    Rule("T01", "error", "a page knows nothing after its day", find_leaks),
    Rule("T02", "error", "what was withdrawn is not used", find_retracted),
    Rule("T03", "error", "a replaced count is not told as current", find_superseded),
)

"""Rules over judgements, the matrix of hypotheses and the board of indicators: in rows and on the page."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from briefing.blocks.blocks import Indicators, Judgement, Judgements, Matrix, Scenarios
from briefing.checks.draft import Draft
from briefing.checks.passages import Passage
from briefing.checks.records import list_records
from briefing.checks.rows import place_of
from briefing.checks.rule import Location, Rule, remark
from briefing.dossier.assessments import JudgementRow, find_open
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_of
from briefing.errors import Problem, quoted
from briefing.values.inconsistency import find_survivors
from briefing.values.likelihood import SCALES

_NEEDED = ("actor", "event", "horizon", "resolution")
_OF_CHANCE = re.compile(r"\d\s?%|\bprobabilit(?:y|ies)\b|\blikelihoods?\b|\b(?:odds|chances?)\b", re.IGNORECASE)
_OF_SCORE = re.compile(r"\bscores?d?\b|\binconsistenc(?:y|ies)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|never|nor|neither)\b|n['’]t\b", re.IGNORECASE)
_TIE = re.compile(r"\b(?:tie|tied|ties|equal|equally|together|apart|between them|alike)\b", re.IGNORECASE)
_FLIP = re.compile(r"\b(?:(?:left|leaves?|leaving|taken|taking) out|without|drop(?:ped|ping)?)\b", re.IGNORECASE)


def _standing(dossier: Dossier) -> list[dict[Hashable, Any]]:
    """List the judgements that stand in a dossier, whole or as of a day."""
    standing = {row.judgement_id for row in find_open(rows_of(dossier, JudgementRow))}
    return [row for row in list_records(dossier.frames, "judgements") if row["judgement_id"] in standing]


def find_unexplained_changes(dossier: Dossier) -> Iterator[Problem]:
    """J04: a term that moved from the previous edition, without a reason."""
    rows = {row["judgement_id"]: row for row in list_records(dossier.frames, "judgements")}
    for key, row in rows.items():
        earlier = rows.get(row["previous_id"])
        if earlier is not None and earlier["term"] != row["term"] and not isinstance(row["change_reason"], str):
            what = f'{key} moves from "{earlier["term"]}" to "{row["term"]}" without a reason'
            yield _remark(dossier, row, what, "Fill in change_reason", column="change_reason")


def find_overdue(dossier: Dossier) -> Iterator[Problem]:
    """J07: a judgement past its horizon, still open. A whole dossier is as old as its latest source."""
    latest = dossier.sources["published_last"].max()
    day = latest if dossier.as_of is None else pd.Timestamp(dossier.as_of)
    for row in _standing(dossier):
        if row["horizon_last"] < day:
            what = f"{row['judgement_id']} had its horizon on {row['horizon_last'].date()} and is still open"
            yield _remark(dossier, row, what, "Decide it: outcome, resolved_on, resolved_by", column="outcome")


def find_foreign_rows(dossier: Dossier) -> Iterator[Problem]:
    """L01: a row whose term is not of the scale that it names."""
    for row in list_records(dossier.frames, "judgements"):
        scale = SCALES.get(row["scale"])
        if scale is not None and row["term"] not in scale.terms:
            what = f"{row['judgement_id']} uses {quoted(str(row['term']))}, which is not of {scale.title}"
            yield _remark(dossier, row, what, f"Write one of {', '.join(scale.terms)}", column="term")


def find_mixed_rows(dossier: Dossier) -> Iterator[Problem]:
    """L04: judgements on one question that stand together and use different scales."""
    scales: dict[str, str] = {}
    for row in _standing(dossier):
        used = scales.setdefault(row["question"], row["scale"])
        if used != row["scale"]:
            what = f"{row['judgement_id']} uses {row['scale']} where others on its question use {used}"
            yield _remark(dossier, row, what, f"Write a term of {used}", column="scale")


def _remark(dossier: Dossier, row: dict[Hashable, Any], what: str, cure: str, *, column: str) -> Problem:
    place = place_of(dossier, "judgements", int(row["row"]))
    return remark(place, what, cure, column=column, subject=str(row["judgement_id"]))


def row_passages(dossier: Dossier) -> Iterator[Passage]:
    """Give the words of assessments as passages: propositions, the clauses beside them, evidence and answers."""
    for row in list_records(dossier.frames, "judgements"):
        place, key = place_of(dossier, "judgements", int(row["row"])), str(row["judgement_id"])
        yield Passage(place, (str(row["statement"]),), "judgement", subject=key, scale=str(row["scale"]))
        for column in ("confidence_reason", "would_change_if", "change_reason"):
            if isinstance(row[column], str):
                yield Passage(place, (row[column],), "prose", subject=key)
    for table, key_column in (
        ("hypotheses", "hypothesis_id"),
        ("evidence", "evidence_id"),
        ("scenarios", "scenario_id"),
    ):
        for row in list_records(dossier.frames, table):
            place = place_of(dossier, table, int(row["row"]))
            yield Passage(place, (str(row["statement"]),), "prose", subject=str(row[key_column]))


def _shown(draft: Draft) -> Iterator[tuple[Location, Judgement]]:
    for place, block in _judging(draft):
        yield from ((place, judgement) for judgement in block.judgements)


def _judging(draft: Draft) -> Iterator[tuple[Location, Judgements | Scenarios]]:
    """Give the blocks that show judgements."""
    yield from draft.of(Judgements)
    yield from draft.of(Scenarios)


def find_incomplete(draft: Draft) -> Iterator[Problem]:
    """J01: a judgement without actor, event, horizon or resolution."""
    for place, one in _shown(draft):
        missing = [name for name in _NEEDED if not getattr(one, name).strip()]
        if missing:
            yield remark(place, f"{one.id} has no {' and no '.join(missing)}", "Fill them in", subject=one.id)


def find_unreasoned(draft: Draft) -> Iterator[Problem]:
    """J02: confidence without its reason."""
    for place, one in _shown(draft):
        if not one.confidence_reason.strip():
            yield remark(place, f"{one.id} gives no reason for its confidence", "Fill in the reason", subject=one.id)


def find_silent_moves(draft: Draft) -> Iterator[Problem]:
    """J04: a term that moved on the page, without a reason."""
    for place, one in _shown(draft):
        earlier = one.earlier
        if earlier is not None and earlier.odds.term != one.odds.term and not earlier.reason.strip():
            what = f'{one.id} moves from "{earlier.odds.term}" to "{one.odds.term}" without a reason'
            yield remark(place, what, "Say why", subject=one.id)


def find_dropped(draft: Draft) -> Iterator[Problem]:
    """J05: a judgement that stands on the page's day on a question that the page answers, and is not on it."""
    places = [place for place, _ in _judging(draft)]
    if (dossier := draft.at_day) is None or not places:
        return
    on_page = {one.id for _, one in _shown(draft)}
    frame = dossier.frames["judgements"]
    questions = set(frame.loc[frame["judgement_id"].isin(on_page), "question"])
    for row in _standing(dossier):
        if row["question"] in questions and row["judgement_id"] not in on_page:
            what = f"{row['judgement_id']} still stands and is not told"
            yield remark(places[0], what, "Show it, or decide it", subject=row["judgement_id"])


def find_unfounded(draft: Draft) -> Iterator[Problem]:
    """J08: a judgement with nothing for it and nothing against it."""
    for place, one in _shown(draft):
        if not one.supporting and not one.contrary:
            what = f"{one.id} rests on no evidence: nothing is named for it and nothing against it"
            yield remark(place, what, "Name the evidence, or say on what it rests", subject=one.id)


def find_missing_ranges(draft: Draft) -> Iterator[Problem]:
    """L02: a term on the page whose range is not the scale's."""
    for place, block in _judging(draft):
        if scale := SCALES.get(block.scale):
            ranges = {term: band.range for band in scale.bands for term in (band.term, band.also)}
            for judgement in block.judgements:
                if judgement.odds.range != ranges.get(judgement.odds.term):
                    what = f"{judgement.id} prints {quoted(judgement.odds.words)}"
                    yield remark(place, what, f"Write a term of {scale.title} with its range", subject=judgement.id)


def find_unmarked_rows(draft: Draft) -> Iterator[Problem]:
    """A03: a row with one rating across that is not marked as telling nothing apart."""
    for place, matrix in draft.of(Matrix):
        for row in matrix.rows:
            given = {rating for rating in row.ratings if rating not in {"", "NA"}}
            if len(given) <= 1 and row.is_diagnostic:
                what = f"{row.exhibit.id} has one rating across and is not marked"
                yield remark(place, what, "Mark it as not diagnostic", subject=row.exhibit.id)


def find_untold_flips(draft: Draft) -> Iterator[Problem]:
    """A04: an item whose loss changes what survives, unsaid."""
    for place, matrix in draft.of(Matrix):
        survivors = {one.label for one in matrix.hypotheses if one.survives}
        flips = [row.exhibit.id for row in matrix.rows if set(row.without) != survivors]
        if flips and not any(_FLIP.search(sentence) for sentence in matrix.result):
            what = f"the result changes when {', '.join(flips)} goes, and nothing says so"
            yield remark(place, what, "Say on what it hangs", subject=flips[0])


def find_hidden_ties(draft: Draft) -> Iterator[Problem]:
    """A05: hypotheses of one score, of which one is told as the winner."""
    for place, matrix in draft.of(Matrix):
        best = [matrix.hypotheses[at] for at in find_survivors([one.score for one in matrix.hypotheses])]
        is_told = all(one.survives for one in best) and any(_TIE.search(sentence) for sentence in matrix.result)
        if len(best) > 1 and not is_told:
            what = f"{' and '.join(one.label for one in best)} tie, and one is told as the winner"
            yield remark(place, what, "Tell the tie as a tie", subject=best[0].id)


def find_scores_as_odds(draft: Draft) -> Iterator[Problem]:
    """A06: a score told as a probability."""
    told = [(place, sentence.words) for place, sentence in draft.sentences]
    told += [(place, sentence) for place, matrix in draft.of(Matrix) for sentence in matrix.result]
    for place, words in told:
        if _OF_SCORE.search(words) and _OF_CHANCE.search(words) and not _NOT.search(words):
            yield remark(place, f"{quoted(words.strip())} tells a score as a probability", "Tell the score as a score")


def find_blind_spots(draft: Draft) -> Iterator[Problem]:
    """I02: an indicator that nobody could watch, shown as not observed."""
    logged: dict[str, str] = {}
    if draft.at_day is not None:
        log = draft.at_day.frames["indicator_log"].sort_values(["date_last", "logged_on_last"])
        logged = dict(zip(log["indicator_id"], log["status"], strict=True))
    boards = [(place, block.indicators) for place, block in draft.of(Indicators)]
    boards += [(place, one.lights) for place, block in draft.of(Scenarios) for one in block.scenarios]
    for place, indicators in boards:
        for indicator in indicators:
            if not logged and indicator.looks:
                continue  # nothing to compare with, and somebody has looked
            if indicator.status == "not_observed" and logged.get(indicator.id, "no_coverage") == "no_coverage":
                what = f"{indicator.id} is shown as not observed, but nobody looked"
                yield remark(place, what, "Show it as no coverage", subject=indicator.id)


ROW_RULES: tuple[Rule[Dossier], ...] = (
    Rule("J04", "error", "a term that moves has its reason", find_unexplained_changes),
    Rule("J07", "warning", "a judgement past its horizon is decided", find_overdue),
    Rule("L01", "error", "a judgement uses the words of its scale", find_foreign_rows),
    Rule("L04", "error", "a briefing uses one row of words", find_mixed_rows),
)

RULES: tuple[Rule[Draft], ...] = (
    Rule("J01", "error", "a judgement has actor, event, horizon and resolution", find_incomplete),
    Rule("J02", "error", "confidence has its reason", find_unreasoned),
    Rule("J04", "error", "a term that moves has its reason", find_silent_moves),
    Rule("J05", "warning", "no judgement is dropped in silence", find_dropped),
    Rule("J08", "warning", "a judgement rests on some evidence", find_unfounded),
    Rule("L02", "error", "a term of likelihood stands with its range", find_missing_ranges),
    Rule("A03", "warning", "a row that tells nothing apart is marked", find_unmarked_rows),
    Rule("A04", "warning", "a result that hangs on one item says so", find_untold_flips),
    Rule("A05", "warning", "a tie is told as a tie", find_hidden_ties),
    Rule("A06", "error", "a score is no probability", find_scores_as_odds),
    Rule("I02", "warning", "no coverage is not shown as not observed", find_blind_spots),
)

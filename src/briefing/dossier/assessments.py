"""Row models of what analysts make of the claims: hypotheses, evidence, judgements, indicators, and their own errors.

A row here is somebody's assessment on a day. It is known from that day, not from a publisher's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from briefing.dossier.cells import Day, Digest, Id, Listed, TextCell, When
from briefing.dossier.columns import Row, optional, required
from briefing.values.dates import day_of

Level = Literal["low", "moderate", "high"]
ScaleName = Literal["icd203", "icd203_odds", "phia"]
Rated = Literal["CC", "C", "N", "I", "II", "NA"]
JudgementOutcome = Literal["open", "true", "false", "void"]
IndicatorStatus = Literal["not_observed", "ambiguous", "observed", "counter_observed", "no_coverage"]

#: What may have become of a judgement once it is decided.
DECIDED = frozenset({"true", "false", "void"})


class HypothesisRow(Row):
    """One of the answers that a question may have."""

    hypothesis_id: Id = required("Id of the hypothesis.")
    label: TextCell = required("Its short name in tables, such as H1.")
    statement: TextCell = required("What would be the case, as a sentence without its stop.")
    question: TextCell = required("The question that it answers, in one wording across rows.")
    posed_on: Day = required("The day on which it was put; it is in no earlier edition.")
    note: TextCell | None = optional("The analyst's note.")


class EvidenceItem(Row):
    """Something that hypotheses are rated by."""

    evidence_id: Id = required("Id of the item of evidence.")
    date: When = required("When it was seen, said or argued.")
    statement: TextCell = required("What it is, as a sentence without its stop; numbers stay in the claims.")
    kind: Literal["argument", "observation", "assumption", "statement"] = required("What sort of evidence it is.")
    source_id: Id = required("Where we read it.", refers="sources")
    credibility: Level = required("How far the analyst believes it.")
    relevance: Level = required("How much it bears on the question.")
    claim_ids: Listed | None = optional("The claims in which its numbers are.", refers="claims", many=True)
    quote_ids: Listed | None = optional("The quotations that it rests on.", refers="quotes", many=True)
    event_ids: Listed | None = optional("The events that it rests on.", refers="events", many=True)
    note: TextCell | None = optional("The analyst's note.")


class Rating(Row):
    """How one item of evidence fits one hypothesis."""

    evidence_id: Id = required("The item of evidence.", refers="evidence")
    hypothesis_id: Id = required("The hypothesis.", refers="hypotheses")
    rating: Rated = required("CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent, NA.")
    rated_by: Id = required("Who rates.", refers="actors")
    rated_on: Day = required("The day of the rating.")
    reason: TextCell | None = optional("Why, in one line.")


class JudgementRow(Row):
    """A proposition about the future, with its likelihood and our confidence in that."""

    judgement_id: Id = required("Id of this edition of the judgement.")
    question: TextCell = required("The question that it answers, in one wording across rows.")
    statement: TextCell = required("The proposition as it stands after `that`, with its horizon and without its stop.")
    actor_id: Id = required("Who would act.", refers="actors", rule="J01")
    event: TextCell = required("What would happen, in a few words.", rule="J01")
    place_id: Id | None = optional("Where.", refers="places")
    horizon: When = required("The day by which; its last possible day decides.", rule="J01")
    resolution: TextCell = required("How it will be decided.", rule="J01")
    scale: ScaleName = required("The scale that the term is of.")
    term: TextCell = required("The scale's term of likelihood.")
    confidence: Level = required("How good sources and argument are; it says nothing of the odds.")
    confidence_reason: TextCell = required("Why, as a clause that follows a colon, without its stop.", rule="J02")
    would_change_if: TextCell = required("What would change it, as a clause without its stop.")
    supported_by: Listed | None = optional(
        "What points to it happening, whatever the term.", refers="evidence", many=True
    )
    contradicted_by: Listed | None = optional(
        "What points away from it, whatever the term.", refers="evidence", many=True
    )
    made_by: Id = required("Who judges.", refers="actors")
    made_on: Day = required("The day of the judgement; it is in no earlier edition.")
    previous_id: Id | None = optional("The edition that this one replaces.", refers="judgements")
    change_reason: TextCell | None = optional("Why it was changed, as a clause without its stop.")
    outcome: JudgementOutcome | None = optional("What became of it; empty is open. Hidden until `resolved_on`.")
    resolved_on: Day | None = optional("The day on which it was decided.")
    resolved_by: Listed | None = optional("The events that decided it.", refers="events", many=True)
    resolution_note: TextCell | None = optional("What decided it, as a sentence without its stop.")

    @property
    def is_decided(self) -> bool:
        """Whether it is known what became of it."""
        return self.outcome in DECIDED

    @property
    def made(self) -> dt.date:
        """The day of the judgement."""
        return day_of(self.made_on)

    @property
    def decided(self) -> dt.date | None:
        """The day on which it was decided; ``None`` while it is open."""
        return day_of(self.resolved_on) if self.resolved_on is not None else None


def find_open(judgements: Iterable[JudgementRow]) -> list[JudgementRow]:
    """Find the judgements that stand among rows of a day: neither replaced by a later edition nor decided."""
    rows = list(judgements)
    replaced = {row.previous_id for row in rows}
    return [row for row in rows if row.judgement_id not in replaced and not row.is_decided]


class IndicatorRow(Row):
    """Something that could be seen, and would speak for a judgement or against it."""

    indicator_id: Id = required("Id of the indicator.")
    question: TextCell = required("The question that it belongs to, in one wording across rows.")
    observable: TextCell = required("What could be seen.")
    threshold: TextCell = required("From what on it counts as observed.")
    where_to_look: TextCell = required("Where it would be seen.")
    judgement_id: Id = required("The judgement that it bears on; later editions inherit it.", refers="judgements")
    bears: Literal["for", "against"] = required("Whether seeing it speaks for the judgement's proposition or against.")
    added_on: Day = required("The day on which the watch began; it is in no earlier edition.")
    note: TextCell | None = optional("The analyst's note.")


class IndicatorEntry(Row):
    """A look at one indicator on one day."""

    indicator_id: Id = required("The indicator.", refers="indicators")
    date: When = required("The day or period that the look covers.")
    status: IndicatorStatus = required("What was seen; no_coverage is not not_observed.")
    source_id: Id | None = optional("Where we read it.", refers="sources")
    logged_on: Day = required("The day of the entry.")
    note: TextCell | None = optional("The analyst's note; required where there is no source.")


class ScenarioRow(Row):
    """A course that things may take, with who spoke of it, what is judged of it and what is watched for."""

    scenario_id: Id = required("Id of the scenario.")
    question: TextCell = required("The question that it answers, in one wording across rows.")
    label: TextCell = required("What it is called in a few words: Freedonia attacks by sea.")
    statement: TextCell = required("What would be the case, as a sentence without its stop.")
    part_of: Id | None = optional("The wider scenario of which it is one way; it has no odds of its own.",
                                  refers="scenarios")  # fmt: skip
    judgement_ids: Listed | None = optional(
        "The judgements of it, by any edition; the one that stands on the day gives the odds.",
        refers="judgements", many=True,
    )  # fmt: skip
    hypothesis_id: Id | None = optional("The hypothesis that says the same.", refers="hypotheses")
    raised_by: Listed | None = optional("Who spoke of it, for or against: quotations, evidence, events.",
                                        refers="spoken", many=True)  # fmt: skip
    from_place_id: Id | None = optional("Where its arrow on a map begins.", refers="places")
    to_place_id: Id | None = optional("Where its arrow on a map ends.", refers="places")
    supported_by: Listed | None = optional(
        "What points to it. Both sides empty: those of its judgement, or else how its hypothesis is rated.",
        refers="evidence", many=True,
    )  # fmt: skip
    contradicted_by: Listed | None = optional("What points away from it.", refers="evidence", many=True)
    indicator_ids: Listed | None = optional("What is watched for. Empty: the indicators of its judgement.",
                                            refers="indicators", many=True)  # fmt: skip
    made_by: Id = required("Who put it forward here.", refers="actors")
    made_on: Day = required("The day on which it was put; it is in no earlier edition.")
    note: TextCell | None = optional("The analyst's note.")


class CorrectionRow(Row):
    """An error of ours that was mended under the row's own id."""

    date: Day = required("The day on which it was mended.")
    table: TextCell = required("The table's name.")
    row_id: TextCell = required("The row's id.")
    field: TextCell = required("The column.")
    old: TextCell | None = optional("What the cell held.")
    new: TextCell | None = optional("What it holds now.")
    reason: TextCell = required("Why.")


class ReviewRow(Row):
    """A look at a row by a second pair of eyes; an edit of the row voids it."""

    row_id: Id = required("The id of the row: of a claim, quotation, event, source or assessment.")
    reviewer: TextCell = required("Who has looked.")
    reviewed_on: Day = required("The day of the look; no earlier edition knows of it.")
    digest: Digest = required("The digest of the row as it was looked at; `briefing review` writes it.")
    note: TextCell | None = optional("What they looked at.")


class WaiverRow(Row):
    """A finding that somebody has looked at and lets stand for a while: one rule, one subject, one reason."""

    rule: TextCell = required("The rule's id, such as F13.")
    subject: Id = required("The id of what the finding is about.")
    reason: TextCell = required("Why it may stand.")
    by: Id = required("Who decided that.", refers="actors")
    expires: Day = required("The last day on which it holds.")

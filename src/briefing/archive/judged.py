"""Judgements between two editions: what was decided, a miss before a hit, what was raised, lowered, reworded, new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.archive.records import Record, RecordedJudgement

#: What became of a judgement, in the order in which it is told: what we got wrong comes first.
JudgementChange = Literal[
    "missed", "hit", "reopened", "lowered", "raised", "reworded", "new", "decided", "kept", "gone"
]

_ORDER: tuple[JudgementChange, ...] = (
    "missed", "hit", "reopened", "lowered", "raised", "reworded", "new", "decided", "kept", "gone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangedJudgement:
    """A judgement of which something became: what it was, and what it is now."""

    kind: JudgementChange
    then: RecordedJudgement | None = None
    now: RecordedJudgement | None = None

    @property
    def told(self) -> RecordedJudgement:
        """The judgement as it last read."""
        told = self.now or self.then
        assert told is not None
        return told

    @property
    def is_reworded(self) -> bool:
        """Whether it says another thing than it did."""
        return bool(self.then and self.now and self.then.statement != self.now.statement)


def find_changed_judgements(before: Record, after: Record) -> list[ChangedJudgement]:
    """Find the judgements of which something became between two editions."""
    then = {judgement.id: judgement for judgement in before.judgements}
    now = {judgement.id: judgement for judgement in after.judgements}
    found = [*_list_decided(before.as_of, then, now), *_list_open(then, now)]
    passed = {change.then.id for change in found if change.then} | now.keys()
    found += [ChangedJudgement("gone", old) for key, old in then.items() if key not in passed and not old.outcome]
    return sorted(found, key=lambda change: (_ORDER.index(change.kind), change.then is None))


def _list_decided(
    day: str, then: Mapping[str, RecordedJudgement], now: Mapping[str, RecordedJudgement]
) -> Iterator[ChangedJudgement]:
    """List what was decided since: what was open on the earlier page, or made and decided after its day."""
    for key, judgement in now.items():
        old = then.get(key)
        if judgement.outcome and (judgement.decided_on > day if old is None else old.outcome != judgement.outcome):
            yield ChangedJudgement(_judge(judgement), old, judgement)


def _judge(judgement: RecordedJudgement) -> JudgementChange:
    kinds: dict[str, JudgementChange] = {"wrong": "missed", "right": "hit"}
    return kinds.get(judgement.leaned, "decided") if judgement.outcome in ("true", "false") else "decided"


def _list_open(
    then: Mapping[str, RecordedJudgement], now: Mapping[str, RecordedJudgement]
) -> Iterator[ChangedJudgement]:
    by_words = {old.statement: old for old in then.values() if old.id not in now}
    for key, judgement in now.items():
        if judgement.outcome:
            continue
        old = then.get(key) or then.get(judgement.previous) or by_words.get(judgement.statement)
        if old is None:
            yield ChangedJudgement(_name_move(judgement.move), None, judgement)
        elif old.outcome and old.id == key:
            yield ChangedJudgement("reopened", old, judgement)
        elif kind := _compare(old, judgement):
            yield ChangedJudgement(kind, old, judgement)


def _name_move(move: str) -> JudgementChange:
    """Name the move of a judgement of which neither page has what it replaces."""
    moves: dict[str, JudgementChange] = {"raised": "raised", "lowered": "lowered", "kept": "kept"}
    return moves.get(move, "new")


def _compare(old: RecordedJudgement, new: RecordedJudgement) -> JudgementChange | None:
    """Say how a judgement differs from what it was; nothing where it is the very same."""
    if (new.low, new.high) != (old.low, old.high):
        return "raised" if (new.low, new.high) > (old.low, old.high) else "lowered"
    if new.statement != old.statement or new.confidence != old.confidence:
        return "reworded"
    return "kept" if new.id != old.id else None

"""Rules over the analyst's words: typed numbers, words of direction and of time, loaded words, nobody as a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise

from briefing.blocks.blocks import Cited
from briefing.blocks.recount import bounds_of_figure, records_of
from briefing.checks.lexicon import AGENT, HEDGES, LOADED, MOVES, NOBODY, NOW, OF_NUMBERS, typed_numbers
from briefing.checks.likelihoods import blank_terms
from briefing.checks.passages import Passage
from briefing.checks.rule import Rule, remark
from briefing.errors import ClaimError, Problem, quoted
from briefing.values.bounds import direction, subtract_bounds


def find_typed_numbers(passage: Passage) -> Iterator[Problem]:
    """F01: a number that no figure made."""
    cure = "Choose the claims and write the figure into the sentence: {figure}"
    for sentence in passage.sentences:
        for number in typed_numbers(blank_terms(sentence.words)):
            if passage.typed is None or number in passage.typed:
                what = f"{quoted(number)} is typed in {sentence.told}"
                yield remark(passage.place, what, cure, value=number, subject=passage.subject)


def find_unproved_directions(passage: Passage) -> Iterator[Problem]:
    """F18: a word of direction that no two figures of one claimant or time surely show."""
    for sentence in passage.sentences:
        word = MOVES.search(sentence.words)
        is_of_numbers = sentence.figures or OF_NUMBERS.search(sentence.words)
        has_not_run = len(sentence.figures) > 1 and not passage.claims
        if word and is_of_numbers and not has_not_run and not _moves(sentence.figures, passage):
            what = f"{quoted(word[0])} is said in {sentence.told}, but the change may be zero, or is between claimants"
            cure = "Give both figures of one claimant or of one time, or leave the direction out"
            yield remark(passage.place, what, cure, value=word[0], subject=passage.subject)


def _moves(figures: tuple[Cited, ...], passage: Passage) -> bool:
    """Whether two figures in a row surely differ, and their claims are of one claimant or of one time."""
    known = [(figure, bounds) for figure in figures if (bounds := bounds_of_figure(figure, passage.claims)) is not None]
    for (one, before), (other, after) in pairwise(known):
        with suppress(ClaimError):  # of different units
            if _are_alike(one, other, passage) and direction(subtract_bounds(after, before)) is not None:
                return True
    return False


def _are_alike(one: Cited, other: Cited, passage: Passage) -> bool:
    """Whether figures may be compared: what two claimants counted at two times shows no rise and no fall."""
    first, second = (records_of(figure, passage.claims) for figure in (one, other))
    claimants = {record.claimant for record in first} == {record.claimant for record in second}
    return claimants or {record.when for record in first} == {record.when for record in second}


def find_words_of_now(passage: Passage) -> Iterator[Problem]:
    """T09: "today", "recently", "currently": a page is read on another day than it was written."""
    yield from _find(passage, (NOW,), "names no day", "Name the day or the period")


def find_nobodies(passage: Passage) -> Iterator[Problem]:
    """L07: an attribution without an agent."""
    for sentence in passage.sentences:
        for found in NOBODY.finditer(sentence.words):
            if not AGENT.search(sentence.words[found.end() :]):
                what = f"{quoted(found[0])} in {sentence.told} names nobody"
                yield remark(passage.place, what, "Say who, with the claim", value=found[0], subject=passage.subject)


def find_loaded_words(passage: Passage) -> Iterator[Problem]:
    """L09: loaded words in the analyst's voice."""
    yield from _find(passage, LOADED, "takes a side", "Say what is meant in plain words, or quote who says so")


def find_hedges(passage: Passage) -> Iterator[Problem]:
    """L05: hedges that are on no scale, in a judgement."""
    if passage.kind == "judgement":
        yield from _find(passage, HEDGES, "is on no scale", "Write the term of the scale, with its range")


def _find(passage: Passage, patterns: Iterable[re.Pattern[str]], what: str, cure: str) -> Iterator[Problem]:
    for sentence in passage.sentences:
        words = blank_terms(sentence.words)
        for found in (found for pattern in patterns for found in pattern.finditer(words)):
            told = f"{quoted(found[0])} in {sentence.told} {what}"
            yield remark(passage.place, told, cure, value=found[0], subject=passage.subject)


RULES: tuple[Rule[Passage], ...] = (
    Rule("F01", "error", "a number in prose is made by the library, never typed", find_typed_numbers),
    Rule("F18", "warning", "a direction is stated only where the change cannot be zero", find_unproved_directions),
    Rule("T09", "warning", "a page speaks of its day, not of the day on which it is read", find_words_of_now),
    Rule("L05", "warning", "a judgement hedges with its scale alone", find_hedges),
    Rule("L07", "warning", "an attribution names who says so", find_nobodies),
    Rule("L09", "info", "the analyst's voice is even", find_loaded_words),
)

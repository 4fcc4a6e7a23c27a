"""Sentences that must trip rules and sentences that must not: our own, one a line of ``corpus.csv``.

A figure that the library made stands in braces.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from briefing.blocks.blocks import Cited
from briefing.checks.likelihoods import RULES as LIKELIHOOD_RULES
from briefing.checks.passages import Passage
from briefing.checks.prose import RULES as PROSE_RULES
from briefing.checks.rule import Location

with (Path(__file__).parent / "corpus.csv").open(encoding="utf-8", newline="") as file:
    CORPUS = [(row["kind"], row["sentence"], row["rules"]) for row in csv.DictReader(file)]


def passage_of(kind: str, sentence: str) -> Passage:
    """Read a sentence of the corpus."""
    spans = [
        Cited(text=piece[1:-1], claims=("c-1",)) if piece.startswith("{") else piece
        for piece in re.split(r"(\{[^}]*\})", sentence)
        if piece
    ]
    is_markdown = kind == "markdown"
    return Passage(
        Location("here"), tuple(spans), "judgement" if kind == "judgement" else "prose", is_markdown=is_markdown
    )


@pytest.mark.parametrize(("kind", "sentence", "rules"), CORPUS)
def test_a_sentence_trips_these_rules_and_no_others(kind: str, sentence: str, rules: str) -> None:
    passage = passage_of(kind, sentence)
    found = [problem for rule in (*PROSE_RULES, *LIKELIHOOD_RULES) for problem in rule.check(passage)]
    assert {problem.id for problem in found} == set(filter(None, rules.split("|"))), [str(one) for one in found]


def test_the_corpus_is_large_and_fair() -> None:
    tripping = sum(bool(rules) for _, _, rules in CORPUS)
    assert len(CORPUS) >= 120
    assert 50 <= tripping <= len(CORPUS) - 50

"""Bottom lines: two judgements, what the evidence speaks least against, and what was misjudged."""

from __future__ import annotations

import pytest
from assessed import QUESTION, hypothesis, item, judgement, ratings
from dossiers import NAMES, dossier

from briefing.blocks.walk import plain
from briefing.desk.assessments.bottom_line import bottom_line

ACTORS = NAMES["actors"]
SECOND = judgement("j-2", "likely", statement="Sylvania yields by 31 March 2031")
POSED = {"hypotheses": [hypothesis("H1"), hypothesis("H2"), hypothesis("H3")], "evidence": [item("e-1")]}


def test_the_second_judgement_stands_in_a_sentence_of_its_own_after_the_confidence_in_the_first() -> None:
    told = plain(bottom_line(dossier(judgements=[judgement("j-1"), SECOND], actors=ACTORS), question=QUESTION).text)
    assert told == (
        "It is unlikely (20–45 %) that Freedonia attacks by 31 March 2031. "
        "Our confidence in this is low: one ferryman saw it. "
        "It is likely (55–80 %) that Sylvania yields by 31 March 2031."
    )


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        ("I C II", " The evidence speaks least against one hypothesis: H2 is the case."),
        ("C C I", " The evidence speaks equally little against two hypotheses: H1 is the case; H2 is the case."),
        ("I I I", ""),
    ],
)
def test_what_the_evidence_speaks_least_against_is_told_unless_it_tells_nothing_apart(letters: str, told: str) -> None:
    known = dossier(judgements=[judgement("j-1")], ratings=ratings("e-1", letters), actors=ACTORS, **POSED)
    assert plain(bottom_line(known, question=QUESTION).text).endswith(f"one ferryman saw it.{told}")


@pytest.mark.parametrize(
    ("term", "outcome", "is_told"),
    [
        ("unlikely", "true", True),
        ("likely", "false", True),
        ("likely", "true", False),
        ("unlikely", "false", False),
        ("roughly even chance", "true", False),
        ("unlikely", "void", False),
    ],
)
def test_a_judgement_that_came_out_otherwise_is_owned(term: str, outcome: str, is_told: bool) -> None:
    past = judgement("j-1", term, outcome=outcome, resolved_on="2031-03-01")
    said = plain(bottom_line(dossier(judgements=[past, SECOND], actors=ACTORS), question=QUESTION).text)
    assert ("We misjudged one thing" in said) == is_told


def miss(number: int) -> dict[str, object]:
    return judgement(f"m-{number}", statement=f"Mule {number} flies", outcome="true", resolved_on="2031-03-01")


def test_a_miss_is_told_by_name_with_its_odds_its_day_and_what_happened() -> None:
    said = plain(bottom_line(dossier(judgements=[miss(1), SECOND], actors=ACTORS), question=QUESTION).text)
    assert said.endswith(
        "We misjudged one thing: on 10 January 2031 we wrote that it is unlikely (20–45 %) that Mule 1 flies, but it "
        "happened."
    )


def test_of_many_misses_the_last_three_are_told_and_the_others_counted() -> None:
    rows = [*(miss(number) for number in range(5)), SECOND]
    said = plain(bottom_line(dossier(judgements=rows, actors=ACTORS), question=QUESTION).text)
    assert (
        "We misjudged five things: on 10 January 2031 we wrote that it is unlikely (20–45 %) that Mule 0 flies" in said
    )
    assert said.endswith("; and two others.") and "Mule 3" not in said

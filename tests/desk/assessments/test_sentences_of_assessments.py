"""What is said of judgements, hypotheses and scores: each sentence beside the rows that it was made from."""

from __future__ import annotations

import pytest
from assessed import QUESTION, hypothesis, indicator, item, judgement, look, ratings
from dossiers import Cells, dossier, flow, quote

from briefing.blocks.blocks import Note
from briefing.blocks.walk import plain
from briefing.desk.assessments.arguments import arguments
from briefing.desk.assessments.bottom_line import bottom_line
from briefing.desk.assessments.evidence_items import exhibits_of
from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.desk.assessments.indicators import indicator_board
from briefing.desk.assessments.judgements import key_judgements
from briefing.desk.assessments.scenarios import scenarios
from briefing.desk.assessments.scores import calibration, say_scores

OPEN = judgement("j-1")
SURE = (
    "It is unlikely (20–45 %) that Freedonia attacks by 31 March 2031. Our confidence in this is low: one "
    "ferryman saw it."
)


def posed(*letters: str) -> dict[str, list[Cells]]:
    """Rate items of evidence by as many hypotheses as there are letters."""
    labels = [f"H{at + 1}" for at in range(max(len(row.split()) for row in letters))]
    return {
        "hypotheses": [hypothesis(label) for label in labels],
        "evidence": [item(f"e-{at}") for at in range(len(letters))],
        "ratings": [rated for at, row in enumerate(letters) for rated in ratings(f"e-{at}", row)],
    }


def past(number: int, outcome: str = "true", **cells: object) -> Cells:
    return judgement(
        f"m-{number}", statement=f"mule {number} flies", outcome=outcome, resolved_on="2031-03-01", **cells
    )


def missed(number: int) -> str:
    return f"on 10 January 2031 we wrote that it is unlikely (20–45 %) that mule {number} flies, but it happened"


#: The rows, and the bottom line.
BOTTOM: dict[str, tuple[dict[str, list[Cells]], str]] = {
    "nothing judged": ({}, "No judgement is open on this day."),
    "one": ({"judgements": [OPEN]}, SURE),
    "two": (
        {"judgements": [OPEN, judgement("j-2", "likely", statement="Sylvania yields by 1 May 2031")]},
        f"{SURE} It is likely (55–80 %) that Sylvania yields by 1 May 2031.",
    ),
    "a noun of likelihood": (
        {"judgements": [judgement("j-1", "roughly even chance")]},
        "There is a roughly even chance (45–55 %) that Freedonia attacks by 31 March 2031. Our confidence in this is "
        "low: one ferryman saw it.",
    ),
    "one hypothesis has the least against it": (
        {"judgements": [OPEN], **posed("I C II")},
        f"{SURE} The evidence speaks least against one hypothesis: H2 is the case.",
    ),
    "two have": (
        {"judgements": [OPEN], **posed("C C I")},
        f"{SURE} The evidence speaks equally little against two hypotheses: H1 is the case; H2 is the case.",
    ),
    "one miss": ({"judgements": [OPEN, past(0)]}, f"{SURE} We misjudged one thing: {missed(0)}."),
    "a miss of what did not happen": (
        {"judgements": [OPEN, past(0, "false", term="likely")]},
        f"{SURE} We misjudged one thing: on 10 January 2031 we wrote that it is likely (55–80 %) that mule 0 flies, "
        "but it did not happen.",
    ),
    "two misses": (
        {"judgements": [OPEN, past(0), past(1)]}, f"{SURE} We misjudged two things: {missed(0)}; {missed(1)}.",
    ),
    "four misses": (
        {"judgements": [OPEN, *map(past, range(4))]},
        f"{SURE} We misjudged four things: {missed(0)}; {missed(1)}; {missed(2)}; and one other.",
    ),
    "12 misses": (
        {"judgements": [OPEN, *map(past, range(12))]},
        f"{SURE} We misjudged 12 things: {missed(0)}; {missed(1)}; {missed(2)}; and nine others.",
    ),
    "an analyst of whom the dossier says something": (
        {"judgements": [judgement("j-1", made_by="firefly")]}, f"{SURE} Judged by Rufus Firefly (President).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOTTOM)
def test_the_bottom_line_is_told_in_these_words(name: str) -> None:
    rows, said = BOTTOM[name]
    asked = QUESTION if "hypotheses" in rows else None
    assert plain(bottom_line(dossier(**rows), question=asked).text) == said


#: The ratings, and what the matrix says.
MATRIX: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "one row": (
        ("I C",),
        ["H2 survives with the least against it; that does not prove it.",
         "A single row can change that: without row 1, H1 and H2 tie."],
    ),
    "no row decides": (
        ("I C", "I C"),
        ["H2 survives with the least against it; that does not prove it.",
         "Leaving out any one row does not change that."],
    ),
    "two tie": (
        ("C C I", "C C I"),
        ["H1 and H2 tie with equally little against them; neither is proved.",
         "Leaving out any one row does not change that."],
    ),
    "three tie": (
        ("I I I",),
        ["H1, H2 and H3 tie with equally little against them; none of them is proved.",
         "Leaving out any one row does not change that.",
         "Row 1 is rated alike for every hypothesis and tells none apart."],
    ),
    "two rows decide, two tell nothing apart, two cells are empty": (
        ("I C", "I C", "C I", "C C", "C C", "N .", ". N"),
        ["H2 survives with the least against it; that does not prove it.",
         "A single row can change that: without row 1 or 2, H1 and H2 tie.",
         "Rows 4 and 5 are rated alike for every hypothesis and tell none apart.",
         "Two cells are not rated; an empty cell speaks against nothing."],
    ),
    "one hypothesis": (
        ("C",),
        ["H1 is the only hypothesis, so there is none to hold it against.",
         "Leaving out any one row does not change that.",
         "Row 1 is rated alike for every hypothesis and tells none apart."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MATRIX)
def test_a_matrix_is_told_in_these_words(name: str) -> None:
    letters, said = MATRIX[name]
    assert list(hypothesis_matrix(dossier(**posed(*letters)), question=QUESTION).result) == said


def test_a_matrix_says_who_rated_and_how_it_is_scored() -> None:
    assert hypothesis_matrix(dossier(**posed("I C"))).method == (
        "Rated by The Gazette. The score adds up what speaks against a hypothesis, counts twice what speaks strongly, "
        "and weighs it by credibility and relevance; it is not a probability."
    )
    assert hypothesis_matrix(dossier()).result == ("Nobody had rated any evidence by this day.",)


BEST = "from the better to the worse end of each band. 0 is best; always saying 50 % gets 0.25."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "No judgement is decided yet, so there is nothing to score."),
        ([past(0, "false")], f"One judgement is decided. Its Brier score is 0.04 to 0.20, {BEST} A calibration table "
         "needs 20 decided judgements; 19 are still missing. Judged by The Gazette."),
        ([*(past(at, "false") for at in range(2)), past(2, "void"), past(3, "void")],
         f"Two judgements are decided. Their mean Brier score is 0.04 to 0.20, {BEST} Two judgements became void and "
         "count for nothing. A calibration table needs 20 decided judgements; 18 are still missing. Judged by The "
         "Gazette."),
        ([past(at, "false") for at in range(19)],
         f"19 judgements are decided. Their mean Brier score is 0.04 to 0.20, {BEST} A calibration table needs 20 "
         "decided judgements; one is still missing. Judged by The Gazette."),
        ([past(at, "false") for at in range(20)],
         f"20 judgements are decided. Their mean Brier score is 0.04 to 0.20, {BEST} Judged by The Gazette."),
    ],
)  # fmt: skip
def test_scores_are_told_in_these_words(rows: list[Cells], said: str) -> None:
    assert plain(say_scores(dossier(judgements=rows)).text) == said


@pytest.mark.parametrize(
    ("number", "caption"),
    [
        (0, "Calibration: 20 judgements are missing of the 20 it needs"),
        (19, "Calibration: one judgement is missing of the 20 it needs"), (20, "Calibration"),
    ],
)  # fmt: skip
def test_a_calibration_says_how_many_are_missing(number: int, caption: str) -> None:
    assert calibration(dossier(judgements=[past(at, "false") for at in range(number)])).caption == caption


def test_a_judgement_is_two_sentences_and_says_who_judges() -> None:
    block = key_judgements(dossier(judgements=[OPEN, judgement("j-2", made_by="firefly")]))
    assert f"{block.judgements[0].likelihood} {block.judgements[0].assurance}" == SURE
    assert block.method == "Judged by The Gazette and Rufus Firefly (President)."
    assert key_judgements(dossier()).method == ""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, ""),
        ({"judgements": [OPEN]}, "Judged by The Gazette."),
        ({"scenarios": [{"scenario_id": "s", "question": QUESTION, "label": "War", "statement": "War comes",
                         "made_by": "gazette", "made_on": "2031-01-05"}]}, "Put forward by The Gazette."),
    ],
)  # fmt: skip
def test_scenarios_say_who_puts_them_forward(rows: dict[str, list[Cells]], said: str) -> None:
    assert scenarios(dossier(**rows)).method == said


def test_an_indicator_that_nobody_looked_at_says_so() -> None:
    rows = {"judgements": [OPEN], "indicators": [indicator("i-1"), indicator("i-2")]}
    board = indicator_board(dossier(**rows, indicator_log=[look("i-2", "observed", "2031-02-01")]))
    assert [one.note for one in board.indicators] == ["The log holds no look at it", "Note of 2031-02-01"]


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([flow("t-1", 98)], "Statement of e-1 (Quantity A: 98 mules, says The Gazette)"),
        ([flow("t-1", 1), flow("t-2", 5, claimant_id="firefly")],
         "Statement of e-1 (Quantity A: 1 mule, says The Gazette; Quantity A: 5 mules, says Rufus Firefly)"),
        ([flow("t-1", 98, status="announced")], "Statement of e-1 (Quantity A: 98 mules, announced, says The Gazette)"),
        ([flow("t-1", 98, status="denied")], "Statement of e-1 (Quantity A: The Gazette denies 98 mules)"),
        ([flow("t-1", 0, status="denied")], "Statement of e-1 (Quantity A: The Gazette denies any: 0 mules)"),
    ],
)  # fmt: skip
def test_an_item_of_evidence_says_whose_its_numbers_are(claims: list[Cells], said: str) -> None:
    mules: list[Cells] = [{"item_id": "mule", "name": "mules", "unit": "items", "singular": "mule", "plural": "mules"}]
    rows = [item("e-1", claim_ids="|".join(str(claim["claim_id"]) for claim in claims))]
    (shown,) = exhibits_of(dossier(items=mules, transfers=claims, evidence=rows), ["e-1"])
    assert plain(shown.text) == said


def test_arguments_that_nobody_makes_are_told_in_these_words() -> None:
    block = arguments(dossier(quotes=[quote("q-1")]), caption="What is argued.")
    assert isinstance(block, Note) and plain(block.text) == "What is argued: no such evidence is known on this day."

"""What is said of speakers and events: each sentence beside the rows that it was made from."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, event, quote

from briefing.blocks.blocks import Note, Quotations, Table
from briefing.blocks.walk import plain
from briefing.desk.quotes.quotes import choose_quotes, denials, quotations, reversals
from briefing.desk.quotes.stances import before_and_after, profile, stances
from briefing.desk.quotes.timeline import newest_event, timeline

TRANSLATED, INDIRECT = {"translated": "true"}, {"kind": "paraphrase"}
WHO = "Rufus Firefly, President, speaks to"
YIELDS = {"target": "Sylvania yields"}


def said(number: int, **cells: object) -> list[Cells]:
    return [quote(f"q-{at:02}", **cells) for at in range(number)]


#: The quotations, and the profile of Rufus Firefly.
PROFILES: dict[str, tuple[list[Cells], str]] = {
    "none": ([], "No quotation of Rufus Firefly is known on this day."),
    "one": (
        said(1), f"{WHO} one proposition in one quotation (1 January 2031).",
    ),
    "one, translated and paraphrased": (
        said(1, **TRANSLATED, **INDIRECT),
        f"{WHO} one proposition in one quotation (1 January 2031). It is a translation. It is "
        "a paraphrase, not the speaker's own words.",
    ),
    "two on one": (
        said(2, **TRANSLATED),
        f"{WHO} one proposition in two quotations (1 January 2031). No two of these quotations "
        "contradict each other. Both are translations.",
    ),
    "a turn on the only one": (
        [quote("q-1", date="2031-01-01"), quote("q-2", "denies", date="2031-02-01")],
        f"{WHO} one proposition in two quotations (1 January 2031 to 1 February 2031). Some of "
        "these quotations contradict each other.",
    ),
    "a turn on one of two": (
        [quote("q-1"), quote("q-2", "denies", date="2031-02-01", **TRANSLATED), quote("q-3", **YIELDS, **INDIRECT)],
        f"{WHO} two propositions in three quotations (1 January 2031 to 1 February 2031). On "
        "one of these, quotations contradict each other. One is a translation. One is a paraphrase, not the "
        "speaker's own "
        "words.",
    ),
    "a turn on each of two": (
        [quote("q-1"), quote("q-2", "denies", date="2031-02-01"), quote("q-3", **YIELDS),
         quote("q-4", "denies", date="2031-02-01", **YIELDS)],
        f"{WHO} two propositions in four quotations (1 January 2031 to 1 February 2031). On "
        "each of them, quotations contradict each other.",
    ),
    "twelve": (
        [*said(11, **TRANSLATED, **INDIRECT), quote("q-99", **INDIRECT)],
        f"{WHO} one proposition in 12 quotations (1 January 2031). No two of these quotations "
        "contradict each other. 11 are translations. All are paraphrases, not the speaker's own words.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROFILES)
def test_a_speaker_is_told_in_these_words(name: str) -> None:
    rows, words = PROFILES[name]
    assert plain(profile(dossier(quotes=rows), "firefly").text) == words


@pytest.mark.parametrize(
    ("rows", "steps", "contradicts"),
    [
        ([quote("q-1")], "affirms (1 January 2031)", "no"),
        ([quote("q-1"), quote("q-2", "denies", date="2031-02-01")],
         "affirms (1 January 2031), then denies (1 February 2031)", "yes"),
        ([quote("q-1"), quote("q-2", "denies", date="2031-01")],
         "affirms (1 January 2031), then or earlier denies (January 2031)", "yes"),
        ([quote("q-1", "conditions"), quote("q-2", "denies", date="2031-02-01")],
         "sets a condition for (1 January 2031), then denies (1 February 2031)", "conditional"),
        ([quote("q-1", "calls_for"), quote("q-2", "calls_for", date="2031-02-01")],
         "calls for (1 January 2031, 1 February 2031)", "no"),
    ],
)  # fmt: skip
def test_stances_are_told_in_these_words(rows: list[Cells], steps: str, contradicts: str) -> None:
    table = stances(choose_quotes(dossier(quotes=rows)), caption="Stances")
    assert isinstance(table, Table) and [plain(cell) for cell in table.data.rows[0][1:]] == [steps, contradicts]


def note(block: object) -> str:
    assert isinstance(block, Note)
    return f"{block.label}. {plain(block.text)}"


def test_what_nobody_said_is_told_in_these_words() -> None:
    known = dossier(quotes=[quote("q-1")], events=[event("ev-1")])
    none = choose_quotes(known, stance="denies")
    assert note(quotations(none, caption="Said.")) == "Nothing known. Said: no such quotation is known on this day."
    assert note(stances(none, caption="Said")) == "Nothing known. Said: no quotation is known on this day."
    assert note(reversals(none, caption="Said")) == "Nothing known. Said: no reversal is known on this day."
    assert note(denials(known, caption="Said")) == "Nothing known. Said: no such denial is known on this day."
    silent = dossier(events=[event("ev-1")])
    told = "Nothing known. Said: no quotation of these days is known."
    assert note(before_and_after(silent, "ev-1", caption="Said")) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "Said: none in May 2031; the only one was on 1 January 2031."),
        (2, "Said: none in May 2031; the latest of two was on 1 January 2031."),
        (12, "Said: none in May 2031; the latest of 12 was on 1 January 2031."),
    ],
)  # fmt: skip
def test_quotations_of_other_times_are_told_in_these_words(number: int, told: str) -> None:
    chosen = choose_quotes(dossier(quotes=said(number)), during="2031-05")
    assert note(quotations(chosen, caption="Said")) == f"Not in this time. {told}"
    assert timeline(
        dossier(events=[event(f"ev-{at:02}") for at in range(number)]), caption="Events", during="2031-05"
    ).otherwise == told.removeprefix("Said: ").removesuffix(".")


def test_a_reversal_whose_order_nobody_knows_says_so() -> None:
    turned = choose_quotes(dossier(quotes=[quote("q-1", "denies", date="2031-01"), quote("q-2", date="2031-01-09")]))
    block = reversals(turned, caption="Turns")
    assert isinstance(block, Quotations)
    assert block.exchanges[0].target == "Freedonia goes to war (the dates do not say which came first)"


def test_the_newest_event_is_told_with_its_day() -> None:
    assert newest_event(dossier(events=[event("ev-1"), event("ev-2", "2031-02")])) == "February 2031: Title of ev-2."
    assert newest_event(dossier()) == ""

"""Reversals with both quotations, denials beside what they deny, stances over time, before and after."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import dossier, event, quote

from briefing.blocks.blocks import Note, Quotations, Table
from briefing.desk.quotes.quotes import choose_quotes, denials, reversals
from briefing.desk.quotes.stances import before_and_after, profile, stances
from briefing.dossier.dossier import read_dossier
from briefing.errors import UsageError

TURNED = dossier(quotes=[quote("q-1", "denies"), quote("q-2", "affirms", date="2031-01-03")])


def cells(table: object) -> list[list[object]]:
    assert isinstance(table, Table)
    return [[cell[0] for cell in row] for row in table.data.rows]


def shown(block: object) -> list[tuple[str, list[str]]]:
    assert isinstance(block, Quotations)
    return [(one.target, [quotation.id for quotation in one.quotations]) for one in block.exchanges]


def test_a_reversal_shows_both_quotations_the_earlier_first() -> None:
    block = reversals(choose_quotes(TURNED), caption="Turned")
    assert shown(block) == [("Freedonia goes to war", ["q-1", "q-2"])]


def test_a_reversal_carries_its_sources() -> None:
    assert [one.id for one in reversals(choose_quotes(TURNED), caption="Turned").evidence.sources] == ["s-1"]


def test_two_quotations_of_one_day_contradict_but_have_no_order() -> None:
    same_day = dossier(quotes=[quote("q-1", "denies"), quote("q-2", "affirms")])
    [(target, _)] = shown(reversals(choose_quotes(same_day), caption="Turned"))
    assert target.endswith("(the dates do not say which came first)")


def test_a_threat_beside_a_denial_is_told_as_conditional() -> None:
    said = [quote("q-1", "denies"), quote("q-2", "threatens", date="2031-01-03")]
    assert cells(stances(choose_quotes(dossier(quotes=said)), caption="Stances"))[0][-1] == "conditional"


def test_stances_whose_order_the_dates_leave_open_say_so() -> None:
    said = [quote("q-1", "denies", date="2031-01-02"), quote("q-2", "affirms", date="2031-01")]
    told = cells(stances(choose_quotes(dossier(quotes=said)), caption="Stances"))[0][1]
    assert told == "denies (2 January 2031), then or earlier affirms (January 2031)"


def test_no_reversal_is_said_to_be_unknown() -> None:
    block = reversals(choose_quotes(dossier(quotes=[quote("q-1")])), caption="Turned")
    assert isinstance(block, Note) and block.text == ("Turned: no reversal is known on this day.",)


def test_a_denial_stands_beside_what_others_said_of_the_same() -> None:
    said = [quote("q-1", "denies"), quote("q-2", "warns", speaker_id="trentino"), quote("q-3", "affirms", target="x")]
    block = denials(dossier(quotes=said), caption="Denied")
    assert shown(block) == [("Freedonia goes to war", ["q-1", "q-2"])]


def test_an_assessment_stands_beside_a_denial_too() -> None:
    said = [quote("q-1", "denies"), quote("q-2", "assesses", speaker_id="trentino")]
    assert len(shown(denials(dossier(quotes=said), caption="Denied"))[0][1]) == 2


def test_a_denial_of_what_nobody_said_is_shown_by_itself() -> None:
    alone = dossier(quotes=[quote("q-1", "denies")])
    assert isinstance(denials(alone, caption="Denied"), Note)
    assert shown(denials(alone, caption="Denied", lone=True)) == [("Freedonia goes to war", ["q-1"])]


def test_only_the_speakers_denials_are_paired() -> None:
    said = [quote("q-1", "denies"), quote("q-2", "affirms", speaker_id="trentino")]
    assert isinstance(denials(dossier(quotes=said), caption="Denied", speaker="trentino"), Note)


def test_stances_run_in_order_of_time_and_name_a_contradiction() -> None:
    assert cells(stances(choose_quotes(TURNED), caption="Stances")) == [
        ["Freedonia goes to war", "denies (1 January 2031), then affirms (3 January 2031)", "yes"]
    ]


def test_stances_name_the_speakers_where_there_are_several() -> None:
    two = dossier(quotes=[quote("q-1"), quote("q-2", speaker_id="trentino")])
    assert [row[0] for row in cells(stances(choose_quotes(two), caption="Stances"))] == [
        "Rufus Firefly", "Ambassador Trentino",
    ]  # fmt: skip


def test_a_profile_says_how_much_is_known_and_whether_it_contradicts_itself() -> None:
    assert profile(TURNED, "firefly").text == (
        "Rufus Firefly, President, speaks to one proposition in two quotations (1 January 2031 to 3 January 2031). "
        "Some of these quotations contradict each other.",
    )


def test_a_profile_of_a_silent_actor_says_that_nothing_is_known() -> None:
    assert profile(TURNED, "trentino").text == ("No quotation of Ambassador Trentino is known on this day.",)


@pytest.mark.parametrize(
    ("second", "told"),
    [("affirms", "One of them contradicts their own words."), ("denies", "None of them contradicts their own words.")],
)
def test_a_profile_of_all_speakers_says_how_many_contradict_themselves(second: str, told: str) -> None:
    rows = [quote("q-1", "denies"), quote("q-2", second, date="2031-01-03"), quote("q-3", speaker_id="trentino")]
    assert profile(dossier(quotes=rows)).text == (
        f"Two speakers speak to one proposition in three quotations (1 January 2031 to 3 January 2031). {told}",
    )


def test_a_profile_of_all_speakers_of_whom_none_spoke_or_one_did() -> None:
    assert profile(dossier()).text == ("No quotation is known on this day.",)
    assert profile(TURNED).text == profile(TURNED, "firefly").text


def test_a_profile_of_nobody_names_the_nearest() -> None:
    with pytest.raises(UsageError, match='Did you mean "firefly"'):
        profile(TURNED, "fireflies")


def test_what_is_said_on_the_day_of_an_event_is_said_after_it() -> None:
    known = dossier(
        events=[event("e-1", "2031-01-02")],
        quotes=[quote("q-1", "denies"), quote("q-2", "affirms", date="2031-01-02")],
    )
    assert cells(before_and_after(known, "e-1", caption="Around"))[0][2:] == [
        "denies (1 January 2031)", "affirms (2 January 2031)",
    ]  # fmt: skip


def test_a_quotation_of_some_day_of_the_month_is_of_neither_side() -> None:
    known = dossier(events=[event("e-1", "2031-01-15")], quotes=[quote("q-1", date="2031-01")])
    assert isinstance(before_and_after(known, "e-1", caption="Around"), Note)


def test_an_event_that_is_not_known_yet_is_said_so() -> None:
    early = dossier("2031-01-01", events=[event("e-1")])
    block = before_and_after(early, "e-1", caption="Around")
    assert isinstance(block, Note) and "not known on this day" in str(block.text)


def test_an_event_of_no_day_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='Did you mean "e-1"'):
        before_and_after(dossier(events=[event("e-1")]), "e-2", caption="Around")


@pytest.mark.parametrize("day", ["2022-02-20", "2022-12-19", "2023-06-30"])
def test_every_speaker_of_the_shipped_dossier_has_a_profile_on_any_day(day: str, shipped: Path) -> None:
    d = read_dossier(shipped, as_of=day)
    speakers = sorted(set(d.everything["quotes"]["speaker_id"]))
    assert all(profile(d, speaker).text for speaker in speakers)


def test_the_shipped_dossier_knows_a_reversal_with_both_quotations(shipped: Path) -> None:
    said = choose_quotes(read_dossier(shipped, as_of="2022-12-19"), speaker="lukashenko-alexander")
    assert ("Belarus takes part in the war", ["qt-0007", "qt-0019"]) in shown(reversals(said, caption="Turned"))

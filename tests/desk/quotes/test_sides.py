"""Contradictions and denials of a side: its speakers as one, and one definition of a contradiction."""

from __future__ import annotations

from typing import get_args

import pytest
from dossiers import NAMES, Cells, dossier, quote
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks.blocks import Note, Quotations
from briefing.desk.quotes.quotes import choose_quotes, denials, find_reversals, reversals
from briefing.desk.quotes.stances import profile, stances
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import Stance
from briefing.errors import UsageError

ACTORS = [row | ({"country": "FR"} if row["actor_id"] in {"firefly", "trentino"} else {}) for row in NAMES["actors"]]
SAID = [quote("q-1", "affirms"), quote("q-2", "denies", speaker_id="trentino", date="2031-01-03")]


def known(*rows: Cells) -> Dossier:
    return dossier(actors=ACTORS, quotes=list(rows))


def ids(block: object) -> list[list[str]]:
    assert isinstance(block, Quotations)
    return [[said.id for said in one.quotations] for one in block.exchanges]


def test_one_speaker_of_a_side_takes_back_what_another_said() -> None:
    said = choose_quotes(known(*SAID))
    assert isinstance(reversals(said, caption="Turned"), Note)
    assert ids(reversals(said, caption="Turned", side="FR")) == [["q-1", "q-2"]]


def test_a_speaker_of_another_side_takes_nothing_back() -> None:
    said = choose_quotes(known(SAID[0], SAID[1] | {"speaker_id": "gazette"}))
    assert isinstance(reversals(said, caption="Turned", side="FR"), Note)


def test_only_the_speakers_own_reversals_are_shown() -> None:
    said = choose_quotes(known(*SAID, quote("q-3", "denies", date="2031-01-04")))
    assert ids(reversals(said, caption="Turned", speaker="firefly")) == [["q-1", "q-3"]]
    assert isinstance(reversals(said, caption="Turned", speaker="trentino"), Note)


def test_the_denials_of_a_side_are_those_of_all_its_speakers() -> None:
    rows = [quote("q-1", "denies", target="x"), quote("q-2", "denies", speaker_id="trentino", target="y")]
    assert ids(denials(known(*rows), caption="Denied", side="FR", lone=True)) == [["q-1"], ["q-2"]]
    assert len(choose_quotes(known(*rows, quote("q-3", speaker_id="gazette")), side="FR")) == 2


@pytest.mark.parametrize("ask", [denials, lambda d, **asked: reversals(choose_quotes(d), **asked)])
def test_a_side_of_no_actor_is_refused_with_the_nearest(ask: object) -> None:
    with pytest.raises(UsageError, match=r'"FX" is the country of no actor\. Known: FR'):
        ask(known(*SAID), caption="Denied", side="FX")  # type: ignore[operator]


def test_what_hangs_on_a_condition_contradicts_nothing() -> None:
    given = known(quote("q-1", "affirms"), quote("q-2", "conditions", date="2031-01-03"))
    assert "No two of these quotations contradict each other." in str(profile(given, "firefly").text[0])
    table = stances(choose_quotes(given), caption="Stances")
    assert not isinstance(table, Note) and table.data.rows[0][-1] == ("no",)


@given(st.lists(st.sampled_from(get_args(Stance)), min_size=1, max_size=5))
def test_sentence_table_and_cards_agree_on_whether_a_speaker_contradicts_themselves(said: list[str]) -> None:
    rows = [quote(f"q-{at}", stance, date=f"2031-01-0{at}") for at, stance in enumerate(said, start=1)]
    given = known(*rows)
    chosen = choose_quotes(given)
    is_turned = {"affirms", "denies"} <= set(said)
    table = stances(chosen, caption="Stances")
    assert not isinstance(table, Note) and (table.data.rows[0][-1] == ("yes",)) == is_turned
    assert ("Some of these quotations contradict" in str(profile(given, "firefly").text[0])) == is_turned
    assert bool(find_reversals(chosen)) == isinstance(reversals(chosen, caption="T"), Quotations) == is_turned

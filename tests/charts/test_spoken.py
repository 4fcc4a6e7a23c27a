"""Stances and events along time, and the likelihood strip."""

from __future__ import annotations

import pytest
from dossiers import dossier, event, quote
from drawings import rows

from briefing.blocks.blocks import Note
from briefing.charts import events_and_statements, likelihood_strip, stances_over_time
from briefing.desk.quotes.quotes import choose_quotes
from briefing.desk.quotes.timeline import timeline
from briefing.errors import UsageError

SAID = dossier(
    quotes=[
        quote("q-1", "affirms", date="2031-01-01"),
        quote("q-2", "denies", date="2031-01-01"),
        quote("q-3", "calls_for", date="2031-02", speaker_id="trentino"),
        quote("q-4", "assesses", date="2031-03-01", target="Hay is dear"),
    ],
    events=[event("e-1", "2031-01-03", kind="visit"), event("e-2", "2031-01-02", kind="attack")],
)
EMPTY = dossier()


def letters(chart) -> list[tuple[str, str]]:
    return [(row["letter"], row["look"]) for row in rows(chart.spec) if "letter" in row]


def test_each_stance_has_a_letter_and_a_denial_a_shape_of_its_own() -> None:
    found = letters(stances_over_time(choose_quotes(SAID), title="War"))
    assert found == [("A", "put"), ("D", "against"), ("S", "open"), ("C", "put")]


def test_statements_of_one_day_stand_one_below_the_other() -> None:
    drawn = [row for row in rows(stances_over_time(choose_quotes(SAID), title="War").spec) if "letter" in row]
    assert drawn[0]["day"] == drawn[1]["day"]
    assert drawn[0]["y"] < drawn[1]["y"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [("speaker", ["Rufus Firefly", "Ambassador Trentino"]), ("target", ["Freedonia goes to war", "Hay is dear"])],
)
def test_rows_are_speakers_or_propositions(asked: str, names: list[str]) -> None:
    spec = stances_over_time(choose_quotes(SAID), title="War", rows=asked).narrow
    assert [" ".join(row["name"]) for row in rows(spec) if "name" in row] == names


def test_rows_of_anything_else_are_refused() -> None:
    with pytest.raises(UsageError, match=r'"speakers" has no rows; .* Did you mean "speaker"'):
        stances_over_time(choose_quotes(SAID), title="War", rows="speakers")


def test_the_description_says_who_took_which_stance_when() -> None:
    told = stances_over_time(choose_quotes(SAID), title="War").description
    assert "Rufus Firefly: affirms (1 January 2031), denies (1 January 2031)" in told
    assert "Ambassador Trentino: calls for (February 2031)" in told


def test_nothing_said_is_an_honest_note() -> None:
    told = stances_over_time(choose_quotes(EMPTY), title="War")
    assert isinstance(told, Note)
    assert told.text == ("War: no quotation is known on 31 December 2031.",)


def test_events_are_numbered_in_order_of_time_and_the_table_says_what_each_number_is() -> None:
    chart = events_and_statements(timeline(SAID, caption="Then"), choose_quotes(SAID), title="Deeds and words")
    assert [letter for letter, look in letters(chart) if letter.isdigit()] == ["1", "2"]
    numbered = {row[0]: row[4] for row in chart.data.rows if row[0] != ("",)}
    assert numbered == {("1",): ("Title of e-2",), ("2",): ("Title of e-1",)}


def test_an_events_day_is_said_in_words_in_description_and_table() -> None:
    chart = events_and_statements(timeline(SAID, caption="Then"), choose_quotes(SAID), title="Deeds and words")
    assert "1, 2 January 2031: Title of e-2; 2, 3 January 2031: Title of e-1" in chart.description
    assert ("3 January 2031",) in [row[1] for row in chart.data.rows]


def test_words_alone_are_drawn_and_so_are_deeds_alone() -> None:
    only_words = events_and_statements(timeline(EMPTY, caption="Then"), choose_quotes(SAID), title="T")
    only_deeds = events_and_statements(timeline(SAID, caption="Then"), choose_quotes(EMPTY), title="T")
    assert (len(letters(only_words)), len(letters(only_deeds))) == (4, 2)


def test_neither_words_nor_deeds_are_an_honest_note() -> None:
    told = events_and_statements(timeline(EMPTY, caption="Then"), choose_quotes(EMPTY), title="T")
    assert isinstance(told, Note)


def test_the_judgements_band_is_filled_and_the_one_before_outlined() -> None:
    drawn = rows(likelihood_strip(SAID, "very unlikely", previous="unlikely", title="The ferry sails").spec)
    assert [row["shown"] for row in drawn if row.get("now")] == ["5–20 %"]
    assert [row["shown"] for row in drawn if row.get("before")] == ["20–45 %"]


def test_the_strip_says_both_terms_with_their_range() -> None:
    told = likelihood_strip(SAID, "very unlikely", previous="unlikely", title="The ferry sails").description
    assert told.startswith("The ferry sails. Judged very unlikely (5–20 %); in the edition before: unlikely (20–45 %).")


def test_a_scale_with_gaps_shows_them() -> None:
    drawn = rows(likelihood_strip(SAID, "unlikely", scale="phia", title="The ferry sails").spec)
    assert [(row["from"], row["to"]) for row in drawn][:2] == [(0, 5), (10, 20)]


def test_a_word_of_another_scale_is_refused() -> None:
    with pytest.raises(UsageError, match="is no term of ICD 203"):
        likelihood_strip(SAID, "realistic possibility", title="The ferry sails")

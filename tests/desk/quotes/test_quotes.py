import pytest
from dossiers import dossier, quote, source

from briefing.desk.quotes.quotes import choose_quotes, find_reversals, lay_out_quotations, quotations
from briefing.errors import UsageError

SAID = dossier(
    quotes=[
        quote("q-1", "denies", date="2031-01-01"),
        quote("q-2", "affirms", date="2031-01-03"),
        quote("q-3", "warns", date="2031-01-02", speaker_id="trentino", topic="border"),
        quote("q-4", "neutral", date="2031-02", target="Sylvania is rich", topic="money"),
    ]
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "q-1 q-3 q-2 q-4"),
        ({"speaker": "firefly"}, "q-1 q-2 q-4"),
        ({"target": "Sylvania is rich"}, "q-4"),
        ({"topic": "war"}, "q-1 q-2"),
        ({"topic": ["border", "money"]}, "q-3 q-4"),
        ({"stance": "denies"}, "q-1"),
        ({"stance": ["warns", "affirms"]}, "q-3 q-2"),
        ({"during": "2031-01-02/2031-01-31"}, "q-3 q-2"),
        ({"during": "2031-02-10/.."}, "q-4"),
        ({"during": "../2031-01-01"}, "q-1"),
    ],
)
def test_quotations_are_chosen_in_order_of_time(asked, found):
    assert " ".join(quote.quote_id for quote in choose_quotes(SAID, **asked).each) == found


def test_a_speaker_that_is_no_actor_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r'"fire-fly" is in no row of actors.csv.*Did you mean "firefly"'):
        choose_quotes(SAID, speaker="fire-fly")


@pytest.mark.parametrize("asked", [{"stance": "denys"}, {"topic": "wars"}])
def test_a_word_that_no_quotation_has_is_refused_with_the_nearest(asked):
    with pytest.raises(UsageError, match="Did you mean"):
        choose_quotes(SAID, **asked)


def test_a_window_that_is_no_date_is_refused():
    with pytest.raises(UsageError, match="is not a date"):
        choose_quotes(SAID, during="last week")


def test_statements_count_their_speakers():
    assert repr(choose_quotes(SAID)) == "Statements(4 by Rufus Firefly, Ambassador Trentino)"


def test_a_quotation_that_was_published_later_is_not_there():
    quotes = [quote("q-1"), quote("q-2", source_id="late")]
    early = dossier("2031-03-01", quotes=quotes, sources=[source("s-1"), source("late", "2031-06-01")])
    assert [quote.quote_id for quote in choose_quotes(early).each] == ["q-1"]


# --- reversals --------------------------------------------------------------------------------------------------


def reversals_of(*stances):
    """Find the reversals of one speaker on one target, a stance a day."""
    quotes = [quote(f"q-{at}", stance, date=f"2031-01-0{at}") for at, stance in enumerate(stances, start=1)]
    return find_reversals(choose_quotes(dossier(quotes=quotes)))


@pytest.mark.parametrize(
    ("stances", "found"),
    [
        (("denies", "affirms"), (("q-1", "q-2"),)),
        (("affirms", "denies"), (("q-1", "q-2"),)),
        (("affirms", "denies", "affirms"), (("q-1", "q-2"), ("q-2", "q-3"))),
        (("denies", "neutral", "affirms"), (("q-1", "q-3"),)),
        (("threatens", "denies", "calls_for"), ()),
        (("denies", "warns"), ()),
        (("affirms", "warns"), ()),
        (("denies", "denies"), ()),
        (("denies", "assesses"), ()),
        ((), ()),
    ],
)
def test_a_reversal_is_a_denial_of_what_one_affirmed_or_the_other_way_round(stances, found):
    assert reversals_of(*stances) == found


def test_reversals_stand_in_order_of_the_later_quotation():
    quotes = [
        quote("q-1", "affirms", date="2031-01-01"),
        quote("q-2", "affirms", date="2031-01-02", target="Sylvania is rich"),
        quote("q-3", "denies", date="2031-01-03", target="Sylvania is rich"),
        quote("q-4", "denies", date="2031-01-04"),
    ]
    assert find_reversals(choose_quotes(dossier(quotes=quotes))) == (("q-2", "q-3"), ("q-1", "q-4"))


def test_where_certain_dates_show_a_turn_uncertain_ones_are_left_out():
    quotes = [
        quote("q-1", "denies", date="2031-03-04"),
        quote("q-2", "affirms", date="2031-10-04"),
        quote("q-3", "denies", date="2031-10"),
    ]
    assert find_reversals(choose_quotes(dossier(quotes=quotes))) == (("q-1", "q-2"),)


def test_another_speaker_reverses_nobody():
    quotes = [quote("q-1", "affirms"), quote("q-2", "denies", speaker_id="trentino", date="2031-01-02")]
    assert find_reversals(choose_quotes(dossier(quotes=quotes))) == ()


# --- as a block -------------------------------------------------------------------------------------------------


def test_what_is_denied_by_one_and_put_forward_by_another_stands_first():
    quotes = [
        quote("q-1", "neutral", target="Sylvania is rich"),
        quote("q-2", "neutral", target="Sylvania is rich"),
        quote("q-3", "denies"),
        quote("q-4", "warns", speaker_id="trentino"),
    ]
    exchanges = lay_out_quotations(choose_quotes(dossier(quotes=quotes)))
    assert [one.target for one in exchanges] == ["Freedonia goes to war", "Sylvania is rich"]


def test_a_denial_stands_beside_what_it_denies():
    exchange = lay_out_quotations(choose_quotes(SAID))[0]
    assert [(one.speaker, one.stance) for one in exchange.quotations] == [
        ("Rufus Firefly", "denies"), ("Ambassador Trentino", "warns"), ("Rufus Firefly", "affirms"),
    ]  # fmt: skip


def test_a_quotation_keeps_its_words_its_role_and_its_relay():
    rows = [quote("q-1", text="<b>War!</b>", relay="gazette", kind="paraphrase", translated="true")]
    said = lay_out_quotations(choose_quotes(dossier(quotes=rows)))[0].quotations[0]
    assert (said.text, said.role, said.relay) == ("<b>War!</b>", "President", "The Gazette")
    assert (said.is_direct, said.is_translated, said.date, said.source) == (False, True, "2031-01-01", "s-1")


def test_the_block_carries_the_sources_of_its_quotations():
    block = quotations(choose_quotes(SAID), caption="Said")
    assert ([source.id for source in block.evidence.sources], block.caption) == (["s-1"], "Said")


def test_where_nothing_was_said_a_note_says_so_and_no_heading_stands_empty():
    told = quotations(choose_quotes(dossier("2030-01-01")), caption="Said").text
    assert told == ("Said: no such quotation is known on this day.",)


@pytest.mark.parametrize(
    ("kind", "translated", "language"), [("direct", "false", "be"), ("direct", "true", ""), ("paraphrase", "false", "")]
)
def test_a_quotation_in_the_speakers_own_words_has_the_documents_language(kind, translated, language):
    rows = [quote("q-1", kind=kind, translated=translated)]
    known = dossier(quotes=rows, sources=[source("s-1", language="be")])
    assert lay_out_quotations(choose_quotes(known))[0].quotations[0].language == language

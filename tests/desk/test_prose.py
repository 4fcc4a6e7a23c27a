import unicodedata

import pytest
from dossiers import dossier, flow, sides, source, stock

from briefing.blocks.blocks import Cited, Note
from briefing.blocks.marks import mark_words, unmark
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.sourcing import sources, weigh
from briefing.desk.claims.sums import total
from briefing.desk.figures import read_marks
from briefing.desk.prose import finding, headline, note, say
from briefing.errors import UsageError

KNOWN = dossier(
    deployments=[
        stock("d-1", 3200, unit="persons", quantity_id="q-b"),
        stock("d-2", 12_000, unit="persons", quantity_id="q-b", date="2031-02-01"),
    ],
    transfers=[flow("t-1", 98), flow("t-2", 122), flow("t-3", 5, item="goat", quantity_id="q-c")],
)
MULES = contested(choose_claims(KNOWN, quantity="q-a"))
TROOPS = contested(choose_claims(KNOWN, quantity="q-b"))
GOATS = total(choose_claims(KNOWN, item="goat"))


def words(block):
    """Give a block's text as a reader reads it."""
    return "".join(span if isinstance(span, str) else span.text for span in block.text)


# --- words in another language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "write"),
    [
        ("say", lambda tag: say("Мяжа закрыта.", language=tag)),
        ("note", lambda tag: note("Заўвага", "Мяжа закрыта.", language=tag)),
        ("finding", lambda tag: finding("Мяжа закрыта", language=tag)),
        ("headline", lambda tag: headline(KNOWN, "Ці закрыта мяжа?", bottom_line="Так.", language=tag)),
    ],
)
def test_words_say_their_language_and_only_a_tag_is_one(verb, write):
    assert [write(tag).language for tag in ("", "be", "be-tarask")] == ["", "be", "be-tarask"]
    with pytest.raises(UsageError, match=rf"^{verb}\(\): language 'be_BY' is no .* BCP 47: .* Write \"be-BY\"\.$"):
        write("be_BY")


def test_what_stands_instead_is_in_the_same_language():
    assert say("Закрыта.", otherwise="Невядома.", language="be").language == "be"


def test_title_and_bottom_line_have_one_language():
    with pytest.raises(UsageError, match='bottom line is in "be" and the title in ""; a head has one language'):
        headline(KNOWN, "Is it closed?", bottom_line=say("Так.", language="be"))


@pytest.mark.parametrize("wrong", ["Belarusian", "b", "be-", "-be", 'be" onload="', "be\n", 5, None, "x" * 99])
def test_no_other_text_is_a_language(wrong):
    with pytest.raises(UsageError, match=r"is no language tag; .* Write such a tag, or leave it out"):
        say("Мяжа.", language=wrong)


# --- figures in sentences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{MULES}", "98 to 122, sources conflict"),
        (f"{MULES:short}", "98–122, sources conflict"),
        (f"{MULES:unit}", "98 to 122 items (sources conflict)"),
        (f"{MULES: mules}", "98 to 122 mules (sources conflict)"),
        (f"{GOATS: goats}", "5 goats"),
        (f"{GOATS}", "5"),
        (f"{TROOPS:unit}", "3,200 to 12,000 persons (by different counts on different dates)"),
    ],
)
def test_a_figure_is_said_as_its_format_asks(text, read):
    assert words(say(f"There are {text}.")) == f"There are {read}."


def test_a_format_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match=r'"shrt" is no format; .*Did you mean "short"?'):
        f"{MULES:shrt}"


def test_a_figure_in_a_sentence_leads_to_its_claims():
    block = say(f"They sent {GOATS: goats}, no more.")
    assert block.text == ("They sent ", Cited(text="5 goats", claims=("t-3",)), ", no more.")


def test_two_figures_stand_in_reading_order_each_with_its_own_claims():
    block = say(f"{GOATS} and {MULES}")
    assert [span.claims for span in block.text if isinstance(span, Cited)] == [("t-3",), ("t-1", "t-2")]


def test_the_evidence_of_a_sentence_holds_each_claim_once():
    assert [claim.id for claim in say(f"{GOATS}, {GOATS}").evidence.claims] == ["t-3"]


def test_figures_of_two_dossiers_may_share_a_sentence():
    other = dossier("2031-02-01", transfers=[flow("t-9", 7)])
    block = say(f"{GOATS}, {contested(choose_claims(other))}")
    assert [claim.id for claim in block.evidence.claims] == ["t-3", "t-9"]


def test_a_figure_may_be_written_twice_and_is_cited_twice():
    mark = f"{GOATS}"
    assert words(say(f"{mark}, {mark}")) == "5, 5"


def test_a_text_without_figures_has_no_evidence():
    block = say("Nothing is known.")
    assert (block.text, block.evidence.claims, block.evidence.sources) == (("Nothing is known.",), (), ())


def test_markup_in_a_sentence_is_text():
    assert say("<img src=x onerror=alert(1)>").text == ("<img src=x onerror=alert(1)>",)


def test_a_mark_that_no_figure_made_is_refused():
    with pytest.raises(UsageError, match="Run all cells"):
        say(f"They sent {mark_words(999999, '98 tanks')}.")


def test_an_empty_text_is_empty():
    assert read_marks("") == ((), ())


def test_a_heading_and_a_note_keep_their_figures_too():
    assert words(finding(f"They sent {GOATS: goats}")) == "They sent 5 goats – The Gazette, 1 January 2031"
    assert words(note("Method", f"They sent {GOATS: goats}")) == "They sent 5 goats"


# --- whose word a heading is -------------------------------------------------------------------------------------


def test_a_heading_names_every_claimant_and_the_period_of_the_claims():
    rows = [flow("t-1", 98, period="2031-01"), flow("t-2", 98, period="2031", claimant_id="firefly")]
    mules = contested(choose_claims(dossier(transfers=rows)))
    assert words(finding(f"{mules: mules}")) == "98 mules – The Gazette and Rufus Firefly, January 2031"


def test_a_heading_names_nobody_whose_number_only_holds_the_figure():
    rows = [flow("t-1", 98), flow("t-2", claimant_id="firefly", **sides("more_than", low=90))]
    mules = contested(choose_claims(dossier(transfers=rows)))
    assert words(finding(f"{mules: mules}")) == "98 mules – The Gazette, 1 January 2031"


def test_a_heading_is_of_the_day_of_the_count_and_not_of_the_page_that_repeats_it():
    documents = [source("s-1", "2030-11-20"), source("s-2", "2030-12-19", origin_id="s-1")]
    rows = [stock("d-1", 9, date="2030-11"), stock("d-2", 9, date="2030-12-19", source_id="s-2")]
    mules = contested(choose_claims(dossier("2030-12-20", sources=documents, deployments=rows)))
    assert words(finding(f"{mules.latest: mules}")) == "9 mules – The Gazette, November 2030"


def test_a_series_names_who_counts_last_and_its_day_once():
    assert words(finding(f"{TROOPS.latest: troops}")).count("February 2031") == 1
    assert words(finding(f"{TROOPS.latest: troops}")).endswith(" – The Gazette")


def test_a_heading_of_two_figures_names_whose_each_is():
    d = dossier(transfers=[flow("t-1", 5), flow("t-2", 7, quantity_id="q-b", claimant_id="firefly", period="2031-02")])
    goats, mules = (contested(choose_claims(d, quantity=quantity)) for quantity in ("q-a", "q-b"))
    told = words(finding(f"{goats: goats} and {mules: mules}"))
    assert told == "5 goats and 7 mules – The Gazette, 1 January 2031; Rufus Firefly, February 2031"


def test_a_bottom_line_with_a_figure_names_whose_it_is():
    head = headline(KNOWN, "How many?", bottom_line=f"They sent {GOATS: goats}.")
    assert "".join(s if isinstance(s, str) else s.text for s in head.bottom_line) == (
        "They sent 5 goats – The Gazette, 1 January 2031."
    )


def test_a_heading_without_a_claim_names_nobody():
    assert words(finding(f"{contested(choose_claims(KNOWN, quantity='q-h'))}")) == "No stated number"


# --- what stands behind rivals ----------------------------------------------------------------------------------


def test_rivals_that_conflict_are_said_to():
    assert words(weigh(MULES)).endswith("No one number fits them all: the sources conflict.")


def test_rivals_of_different_dates_may_be_growth():
    assert words(weigh(TROOPS)).endswith("the number may have changed, or the sources may conflict.")


def test_rivals_that_agree_are_said_to_be_consistent():
    rows = [flow("t-1", 65), flow("t-2", source_id="s-2", claimant_id="firefly", **sides("more_than", low=60))]
    d = dossier(sources=[source("s-1"), source("s-2")], transfers=rows)
    assert words(weigh(contested(choose_claims(d)))).endswith("They do not contradict each other.")


def test_a_lone_claim_is_not_said_to_agree_with_anybody():
    told = "One document reports it."
    assert words(weigh(contested(choose_claims(KNOWN, item="goat")))) == told


def test_the_claims_documents_and_origins_behind_rivals_are_counted():
    relays = [source("s-1"), source("s-2", origin_id="s-1"), source("s-3")]
    who = {1: "gazette", 2: "gazette", 3: "firefly"}
    rows = [flow(f"t-{at}", 5, source_id=f"s-{at}", claimant_id=who[at]) for at in (1, 2, 3)]
    block = weigh(contested(choose_claims(dossier(transfers=rows, sources=relays))))
    assert words(block).startswith("Three documents report it, and they go back to two independent origins.")


def test_rivals_without_a_number_are_said_to_give_none():
    block = weigh(contested(choose_claims(dossier(transfers=[flow("t-1")]))))
    assert words(block) == "No claim known on this day gives a number."
    assert [claim.id for claim in block.evidence.claims] == ["t-1"]


# --- head and foot ----------------------------------------------------------------------------------------------


def test_the_head_speaks_for_the_dossiers_day():
    assert headline(dossier("2031-02-03"), "Is it so?").as_of == "2031-02-03"


def test_the_head_of_a_whole_dossier_has_no_day():
    assert headline(dossier(None), "Is it so?").as_of is None


def test_the_bottom_line_keeps_its_figures():
    head = headline(KNOWN, "How many?", bottom_line=f"{GOATS: goats}.")
    assert head.bottom_line[0] == Cited(text="5 goats", claims=("t-3",))
    assert [claim.id for claim in head.evidence.claims] == ["t-3"]


def test_the_source_statement_counts_documents_languages_and_origins():
    told = words_of_sources(KNOWN)
    assert told.startswith(
        "The claims known on this day come from one document in one language. They go back to one origin."
    )


def test_the_source_statement_names_the_largest_origin_and_what_is_single():
    told = words_of_sources(KNOWN)
    assert "The largest origin, Publisher of s-1, accounts for all five claims." in told
    assert "Of three quantities, three rest on one origin." in told


def test_one_quantity_rests_on_a_single_origin():
    d = dossier(transfers=[flow("t-1", 5)])
    assert "The only quantity rests on one origin." in words_of_sources(d)


def test_the_largest_origin_may_be_a_document_that_is_not_known_yet():
    relays = [source("s-1"), source("root", "2031-09-01"), source("s-2", origin_id="root")]
    d = dossier("2031-02-01", transfers=[flow("t-1", 5, source_id="s-2")], sources=relays)
    assert "Publisher of s-2" in words_of_sources(d)


def test_a_dossier_of_which_nothing_was_published_says_so():
    assert words_of_sources(dossier("2030-01-01", transfers=[flow("t-1", 5)])).startswith("Nothing that this dossier")


def words_of_sources(d):
    """Give the source statement of a dossier."""
    return "".join(sources(d).summary)


# --- small words ------------------------------------------------------------------------------------------------

ITEMS = [
    {"item_id": "mule", "name": "Mules", "unit": "items", "singular": "mule", "plural": "mules"},
    {"item_id": "hay", "name": "hay", "unit": "tonnes"},
]
SMALL = dossier(
    items=ITEMS,
    transfers=[
        flow("t-1", 1),
        flow("t-2", quantity_id="q-b", **sides("at_least", low=6000)),
        flow("t-3", 1, quantity_id="q-c", item="hay", unit="tonnes"),
        flow("t-4", 1, quantity_id="q-d", unit="wagons"),
        flow("t-5", quantity_id="q-e", **sides("at_least", low=1)),
        flow("t-6", quantity_id="q-f", **sides("range", low=0, high=1)),
    ],
)


def small(letter):
    """Give the figure of one of these quantities."""
    return contested(choose_claims(SMALL, quantity=f"q-{letter}"))


@pytest.mark.parametrize(
    ("letter", "read"),
    [
        ("a", "1 mule"), ("b", "at least 6,000 mules"), ("c", "1 tonne"), ("d", "1 wagon"), ("e", "at least 1 mule"),
        ("f", "0–1 mules"),
    ],
)  # fmt: skip
def test_a_number_takes_the_noun_of_its_item_or_else_of_its_unit(letter, read):
    assert words(say(f"There is {small(letter):unit}.")) == f"There is {read}."


def test_a_figure_that_is_printed_reads_as_its_words():
    text = f"They sent {small('b'): mules}."
    seen = [letter for letter in text if unicodedata.category(letter) in {"Co", "Cc", "Cf", "Cn"}]
    assert not seen and text.isprintable() and unmark(text) == "They sent at least 6,000 mules."


def test_a_caption_keeps_the_words_of_a_figure_alone():
    assert Note(label=f"{small('a'):unit}", text=()).label == "1 mule"


def test_a_figure_that_is_cut_in_two_is_refused():
    with pytest.raises(UsageError, match="cuts a figure in two"):
        say(f"They sent {small('b'): mules}"[:-4])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{small('b'): mules} left", "At least 6,000 mules left"),
        (f"None came. {small('b'): mules} left", "None came. At least 6,000 mules left"),
        (f"There: {small('b'): mules}", "There: at least 6,000 mules"),
        (f"{small('a'): mule} left", "1 mule left"),
    ],
)
def test_a_sentence_that_begins_with_a_figure_begins_with_a_capital(text, read):
    assert words(say(text)) == read


def test_a_title_takes_no_figure():
    with pytest.raises(UsageError, match="title"):
        headline(SMALL, f"{small('a'):unit}?")

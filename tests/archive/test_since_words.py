"""What changed, in words: a count on one line, the most telling points first, whatever the texts hold."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from recorded import NOW, THEN, counted, details, document, exactly, figure, judged, record, since

from briefing.archive.records import Details, RecordedCorrection
from briefing.archive.since import Since, find_since
from briefing.archive.since_points import count_changes, list_points
from briefing.archive.since_words import say_cell_number, say_correction, say_reason, say_row
from briefing.page.words import Words, read_words

EN, UK = read_words("en"), read_words("uk")
HOSTILE = "<script>{claim}</script>\n\u202e%s"


def much() -> Since:
    """Give an edition in which a judgement was missed, one lowered, a figure rose and two counts are new."""
    old = (judged("jd-1", 5, 20), judged("jd-2", 20, 45, statement="Sylvania yields"))
    new = (
        judged("jd-1", 5, 20, outcome="true", leaned="wrong", decided_on="1933-12-01"),
        judged("jd-3", 5, 20, statement="Sylvania yields", previous="jd-2", move="lowered"),
    )
    more = counted("tr-2", low=122.0, best=122.0, high=122.0, shown="122", when="1933-11")
    hay = counted("tr-3", quantity="hay", quantity_title="Hay lent", unit="tonnes", when="1933-11", status="announced")
    quote = {"id": "qt-1", "speaker": "Firefly", "text": "Then it’s war!", "is_direct": True, "date": "1933-12-01"}
    now = details(counted("tr-1"), more, hay, tables={"quotes": (quote,)})
    before = record(THEN, figure("98 mules", "tr-1"), judgements=old)
    after = record(NOW, figure("122 mules", "tr-2", bounds=exactly(122)), judgements=new)
    return since(details(counted("tr-1")), now, before=before, after=after)


def test_the_count_opens_with_what_we_got_wrong() -> None:
    assert count_changes(much(), words=EN) == (
        "Since 17 November 1933: one judgement missed, one figure moved, one judgement lowered, three rows new"
    )


def test_the_points_are_a_miss_then_one_of_each_kind() -> None:
    assert [point.words for point in list_points(much(), words=EN)] == [
        "We got this wrong: Freedonia goes to war. Our judgement was: term 5 (5–20 %). It happened.",
        "Mules rose: now 122 mules; before, 98 mules",
        "Lowered to term 5 (5–20 %), from term 20 (20–45 %): Sylvania yields",
        "New: Hay lent: 98 tonnes, announced (The Ferrymen, November 1933)",
        "New: Firefly: “Then it’s war!” (1 December 1933)",
    ]


def write_short(since: Since) -> str:
    points = (f"- {point.words}" for point in list_points(since, words=EN))
    return "\n".join([count_changes(since, words=EN), *points])


def test_a_change_of_each_kind_is_a_point_and_a_miss_the_first() -> None:
    lines = write_short(much()).splitlines()
    assert (
        len(lines) == 6 and lines[0].startswith("Since 17 November 1933") and lines[1].startswith("- We got this wrong")
    )


def test_ukrainian_says_it_in_its_own_words() -> None:
    assert count_changes(much(), words=UK) == (
        "Після 17 листопада 1933 року: 1 хибна оцінка, 1 число змінилося, 1 оцінку знижено, 3 нові рядки"
    )
    assert list_points(much(), words=UK)[1].words == "Mules: зросло, тепер 122 mules; раніше було 98 mules"


@pytest.mark.parametrize(
    ("cells", "english", "ukrainian"),
    [
        ({"qualifier": "nearly", "high": 50.0, "unit": "persons"}, "nearly 50 people", "майже 50 осіб"),
        ({"qualifier": "order", "low": 12.0, "unit": "persons"}, "dozens of people", "десятки осіб"),
        ({"qualifier": "order", "low": 100.0, "unit": "items"}, "hundreds", "сотні"),
    ],
)
def test_a_number_in_words_is_said_in_the_words_of_the_page(
    cells: dict[str, object], english: str, ukrainian: str
) -> None:
    told = {"status": "present"} | cells
    assert (say_cell_number(told, words=EN), say_cell_number(told, words=UK)) == (english, ukrainian)


@pytest.mark.parametrize(("words", "told"), [(EN, "Nothing changed since"), (UK, "нічого не змінилося")])
def test_nothing_changed_is_said_plainly(words: Words, told: str) -> None:
    kept = details(counted("tr-1"))
    found = since(kept, kept)
    assert told in count_changes(found, words=words) and list_points(found, words=words) == ()


def test_the_first_edition_says_that_it_is_the_first() -> None:
    found = find_since(None, record(NOW), then=Details(), now=Details())
    assert write_short(found) == "This is the first edition."


def test_a_new_answer_alone_is_a_point() -> None:
    kept = details(counted("tr-1"))
    found = since(kept, kept, before=record(THEN, answer="Yes."), after=record(NOW, answer="No."))
    assert write_short(found) == "Since 17 November 1933: the answer reads otherwise\n- The answer now: No."


def test_an_edition_that_cannot_be_read_whole_is_named() -> None:
    before = record(THEN, details="", flaw="its run cannot be read")
    found = since(Details(), details(counted("tr-1")), before=before)
    assert write_short(found).splitlines() == [
        "Since 17 November 1933: not all of it can be compared",
        "- The run of the edition of 17 November 1933 cannot be read (its run cannot be read), so only the answers are "
        "compared.",
    ]


def test_our_correction_is_told_as_ours_with_both_cells() -> None:
    told = RecordedCorrection("1933-12-01", "tr-1", "Mules lent", "best", "98", "89", "The digits were swapped.")
    mended = details(counted("tr-1", low=89.0, best=89.0, high=89.0), corrections=(told,))
    after = record(NOW, figure("89", "tr-1", bounds=exactly(89)))
    found = since(details(counted("tr-1")), mended, before=record(THEN, figure("98", "tr-1")), after=after)
    assert [point.words for point in list_points(found, words=EN)] == [
        "We corrected one error of ours: Mules lent",
        "Mules: 89; 98 was our error",
    ]
    assert say_reason(found.figures[0].reasons[0], words=EN).words == (
        "We corrected our row tr-1 on 1 December 1933: best was “98” and is “89”. The digits were swapped."
    )


def test_our_correction_is_told_by_the_name_of_its_row_and_an_empty_cell_is_called_so() -> None:
    told = RecordedCorrection("1933-12-01", "tr-1", "Mules lent", "note", "", "At the ferry", "It was left empty")
    assert say_correction(told, words=EN).words == (
        "Mules lent: on 1 December 1933 we corrected note in our row tr-1, from “empty” to “At the ferry”. "
        "It was left empty."
    )


def test_counts_of_one_quantity_are_one_point() -> None:
    rows = (counted("tr-1"), counted("tr-2", claimant="The Staff"))
    assert len(list_points(since(details(), details(*rows)), words=EN)) == 1


def test_hostile_texts_stay_text_on_one_line() -> None:
    row = counted("tr-1", quantity_title=HOSTILE, claimant=HOSTILE, when=HOSTILE, unit=HOSTILE)
    found = since(details(), details(row, sources=(document(),)))
    line = say_row(found.rows_of("new", "claims")[0], words=EN)
    assert "\n" not in line.words and "<script>{claim}</script>" in line.words
    assert "<script>" not in str(line.markup(Markup("")))
    assert "\n" not in list_points(found, words=EN)[0].words

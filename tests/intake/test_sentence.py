"""A sentence read for a claim: what it says is proposed, what it leaves open is said, and nothing is guessed."""

from __future__ import annotations

import pytest

from briefing.intake.sentence import find_days, read_sentence

CALLED = {
    "actors": {"quay watch": "quay-watch", "veldania": "veldania", "corvia": "corvia"},
    "items": {"lorries": "lorry", "lorry": "lorry", "shell": "shell", "hay": "hay"},
    "units": {"tonnes": "tonnes", "battalions": "battalions", "items": "items"},
}
UNITS = {"lorry": "items", "shell": "rounds", "hay": "tonnes"}


def read(text: str, published: str = "2031-11-20") -> dict[str, str]:
    answers = dict(read_sentence(text, called=CALLED, units=UNITS, published=published).answers)
    answers.pop("wording", None)
    return answers


def left_open(text: str, published: str = "") -> str:
    return "; ".join(read_sentence(text, called=CALLED, units=UNITS, published=published).open)


def test_a_whole_sentence_is_read() -> None:
    assert read("Quay Watch said on 16 October 2031 that at least 94 lorries went from Veldania to Corvia.") == {
        "qualifier": "at_least", "low": "94", "item": "lorry", "unit": "items", "when": "2031-10-16",
        "claimant": "quay-watch", "from-actor": "veldania", "to": "corvia",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("more than 65,000 tonnes", {"qualifier": "more_than", "low": "65000", "unit": "tonnes"}),
        ("no fewer than 2,000 shells",
         {"qualifier": "at_least", "low": "2000", "item": "shell", "unit": "rounds"}),
        ("two battalions", {"qualifier": "exact", "low": "2", "best": "2", "high": "2", "unit": "battalions"}),
        ("about 3.5 tonnes of hay", {"qualifier": "about", "best": "3.5", "item": "hay", "unit": "tonnes"}),
        ("a third of the shells", {"qualifier": "unquantified", "item": "shell", "unit": "rounds"}),
        ("40 cooks and 20 lorries",
         {"qualifier": "exact", "low": "20", "best": "20", "high": "20", "item": "lorry", "unit": "items"}),
    ],
)  # fmt: skip
def test_what_is_counted_follows_the_number(text: str, answers: dict[str, str]) -> None:
    assert read(text) == answers


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("According to Quay Watch, it sails.", "quay-watch"),
        ("It sails, Quay Watch has reported.", "quay-watch"),
        ("The Harbour Office says that it sails.", "Harbour Office"),
        ("Veldania has sent lorries.", None),
        ("Veldania said that Corvia said so.", None),
    ],
)
def test_a_claimant_is_whom_the_sentence_says_to_speak(text: str, claimant: str | None) -> None:
    assert read(text).get("claimant") == claimant


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 16 October 2031", ["2031-10-16"]),
        ("on October 16, 2031", ["2031-10-16"]),
        ("on 16 October", ["2031-10-16"]),
        ("on 16 December", []),
        ("from 1 to 14 November 2031", ["2031-11-01/2031-11-14"]),
        ("in October 2031", ["2031-10"]),
        ("in October", ["2031-10"]),
        ("in December", []),
        ("in 2030", ["2030"]),
        ("yesterday", ["2031-11-19"]),
        ("last week", []),
        ("on Monday", []),
        ("on 1 May 2031 and on 3 May 2031", ["2031-05-01", "2031-05-03"]),
        ("on 31 February 2031", []),
    ],
)
def test_days_are_read_where_they_leave_no_doubt(text: str, days: list[str]) -> None:
    assert find_days(text, published="2031-11-20") == days


def test_a_day_relative_to_a_page_without_one_is_not_read() -> None:
    assert find_days("yesterday, in October, on 3 May") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("40 lorries and 20 shells on 1 May 2031", 'it gives several numbers ("40", "20")'),
        ("It might have lost 40 lorries", 'said with a doubt'),
        ("Lorries came", "it gives no number; it names no day"),
        ("40 lorries last week", '"last week" is no day that can be known from it'),
        ("40 lorries on 1 May 2031 and 2 June 2031", "it names several days (2031-05-01, 2031-06-02)"),
        ("40 lorries " * 20, "it has 220 characters, and a wording at most 200"),
    ],
)  # fmt: skip
def test_what_a_sentence_leaves_open_is_said(text: str, told: str) -> None:
    assert told in left_open(text)


def test_a_long_sentence_proposes_no_wording() -> None:
    assert "wording" not in read_sentence("40 lorries " * 20, called=CALLED, units=UNITS).answers

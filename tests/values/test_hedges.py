"""Wordings read back as qualifier and bounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.dossier.claims import bounds_of
from briefing.dossier.dossier import read_dossier
from briefing.values.bounds import ORDERS, QUALIFIERS
from briefing.values.hedges import Wording, blank_names, find_mentions, read_wording


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("at least 94", Wording("at_least", low=94)),
        ("no fewer than fifty helicopters", Wording("at_least", low=50)),
        ("100+ tanks", Wording("at_least", low=100)),
        ("more than 65,000 tons", Wording("more_than", low=65_000)),
        ("over a hundred", Wording("more_than", low=100)),
        ("up to 12,000", Wording("at_most", high=12_000)),
        ("as many as five battalions", Wording("at_most", high=5)),
        ("no more than a thousand", Wording("at_most", high=1_000)),
        ("less than 1,000 left", Wording("fewer_than", high=1_000)),
        ("nearly 5,000", Wording("nearly", high=5_000)),
        ("fast approaching 30,000", Wording("nearly", high=30_000)),
        ("some 150 helicopters", Wording("about", best=150)),
        ("20 or so", Wording("about", best=20)),
        ("36 to 44", Wording("range", low=36, high=44)),
        ("between three and five trains", Wording("range", low=3, high=5)),
        ("1.2 to 1.5 million crowns", Wording("range", low=1_200_000, high=1_500_000)),
        ("two to three thousand", Wording("range", low=2_000, high=3_000)),
        ("5-6k men", Wording("range", low=5_000, high=6_000)),
        ("800 to 1 thousand", Wording("range", low=800, high=1_000)),
        ("up to 3bn crowns", Wording("at_most", high=3_000_000_000)),
        ("about two billion crowns", Wording("about", best=2_000_000_000)),
        ("112,000–114,000", Wording("range", low=112_000, high=114_000)),
        ("dozens", Wording("order", low=12)),
        ("hundreds of men", Wording("order", low=100)),
        ("211", Wording("exact", low=211, best=211, high=211)),
        ("twenty-six echelons", Wording("exact", low=26, best=26, high=26)),
        ("24 T-72A on 9 October 2022", Wording("exact", low=24, best=24, high=24)),
        ("not a single one of them", Wording("exact", low=0, best=0, high=0)),
        ("до 11 000 [up to 11,000]", Wording("at_most", high=11_000)),
        ("30 mortars of 120 mm", Wording("exact", low=30, best=30, high=30)),
        ("some of the 40", Wording("exact", low=40, best=40, high=40)),
        ("NOT A SINGLE tank", Wording("exact", low=0, best=0, high=0)),
        ("\u017fome 40", Wording("about", best=40)),
        ("3 to a dozen", Wording("range", low=3, high=12)),
        ("c. 40 men", Wording("about", best=40)),
        ("> 40", Wording("more_than", low=40)),
    ],
)
def test_a_hedge_and_a_number_are_read(text: str, wording: Wording) -> None:
    assert read_wording(text) == wording


@pytest.mark.parametrize(
    "text",
    ["", "a batch of S-400", "40 tanks and 20 trucks", "might exceed 4,000", "tens of thousands", "several hundred",
     "one of the brigades", "a third of the fleet", "the first T-72A in May 2022"],
)  # fmt: skip
def test_words_that_leave_a_doubt_are_not_read(text: str) -> None:
    assert read_wording(text) is None


def test_may_the_month_is_no_doubt() -> None:
    assert read_wording("12 tanks in May") == Wording("exact", low=12, best=12, high=12)


def test_dates_and_designations_are_blanked_in_place() -> None:
    text = "98 T-72A and Tu-22M3 by 9–28 October 2022"
    assert len(blank_names(text)) == len(text)
    assert blank_names(text).split() == ["98", "and", "by"]


def test_the_shipped_wordings_agree_with_their_codes_but_for_one(shipped: Path) -> None:
    dossier = read_dossier(shipped)
    rows = [row for table in ("deployments", "transfers") for row in dossier.frames[table].to_dict("records")]
    read = {row["claim_id"]: read_wording(row["wording"]) for row in rows}
    apart = [
        row["claim_id"]
        for row in rows
        if (wording := read[row["claim_id"]]) and wording.bounds != replace(bounds_of(row), unit="")
    ]
    assert apart == ["dp-0076"]
    assert sum(wording is not None for wording in read.values()) > 150


# --- in a sentence ----------------------------------------------------------------------------------------------


def mentioned(text: str) -> list[Wording | None]:
    return [mention.wording for mention in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("It says that up to 12,000 men came", Wording("at_most", high=12_000)),
        ("The watch counted at least 94 of them in the port", Wording("at_least", low=94)),
        ("They lost between 36 and 44 lorries on 9 October 2031", Wording("range", low=36, high=44)),
        ("In 2031 about 3,200 guards came", Wording("about", best=3_200)),
        ("Dozens of S-400 arrived", Wording("order", low=12)),
        ("On 16 October three tanks were seen", Wording("exact", low=3, best=3, high=3)),
        ("Hundreds of shells", Wording("order", low=100)),
        ("A third of the fleet has sailed", Wording("unquantified")),
        ("Two-thirds of the men are gone", Wording("unquantified")),
        ("Several ferries came", Wording("unquantified")),
    ],
)
def test_the_number_of_a_sentence_is_found(text: str, wording: Wording) -> None:
    assert mentioned(text) == [wording]


@pytest.mark.parametrize(
    "text", ["40% of the men", "the 5th brigade", "half a million shells", "several hundred men", "in 2031", "at 10:30",
             "five of the tanks", "$500"],
)  # fmt: skip
def test_what_counts_no_things_is_no_number_of_a_sentence(text: str) -> None:
    assert mentioned(text) == []


def test_a_number_that_is_doubted_is_found_and_not_read() -> None:
    assert mentioned("It could have lost 500, and 20 lorries came") == [
        None,
        Wording("exact", low=20, best=20, high=20),
    ]
    assert mentioned("Tens of thousands of shells") == [None]


@pytest.mark.parametrize("text", ["40 tanks and 20 trucks", "$500 and 36–44 lorries", "about 500, at least 7"])
def test_each_number_of_a_sentence_is_found(text: str) -> None:
    assert len(mentioned(text)) == (1 if "$" in text else 2)


NUMBERS = st.integers(min_value=0, max_value=10**9).map(float)


@st.composite
def claimed_bounds(draw: st.DrawFn) -> Wording:
    qualifier = draw(st.sampled_from(sorted(QUALIFIERS)))
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    if qualifier == "order":
        return Wording("order", low=draw(st.sampled_from(sorted(ORDERS))))
    if qualifier == "range":
        return Wording("range", low=low, high=high + 1)
    if qualifier == "exact":
        return Wording("exact", low=low, best=low, high=low)
    needs = QUALIFIERS[qualifier]
    return Wording(qualifier, *(low if need else None for need in needs))


@given(claimed_bounds())
def test_bounds_in_our_own_words_are_read_back_as_they_were(wording: Wording) -> None:
    words = wording.bounds.words()
    assert mentioned(f"The watch reports {words} in the port") == [wording]
    assert wording.qualifier == "unquantified" or read_wording(words) == wording

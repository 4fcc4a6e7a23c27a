"""How values read in a sentence and in a table: bounds, rivals, factors, dates, names; each beside its input."""

from __future__ import annotations

import pytest

from briefing.values.bounds import Bounds, add_bounds, claimed
from briefing.values.dates import day_words, parse_date, say_date
from briefing.values.rivals import say_factor, say_spread, show_spread, spread
from briefing.values.words import count_words, counted, list_words, name_few, name_some, possessive, with_article


def exact(number: float) -> Bounds:
    return claimed("exact", best=number)


def about(number: float) -> Bounds:
    return claimed("about", best=number)


BOUNDS: dict[str, tuple[Bounds, str, str]] = {
    "unknown": (Bounds(), "an unstated number", "not quantified"),
    "none": (exact(0), "0", "0"),
    "one": (exact(1), "1", "1"),
    "many": (exact(65_089), "65,089", "65,089"),
    "about": (about(9_000), "about 9,000", "~9,000"),
    "at least": (claimed("at_least", low=94), "at least 94", "≥ 94"),
    "more than": (claimed("more_than", low=65_000), "more than 65,000", "> 65,000"),
    "at most": (claimed("at_most", high=12_000), "up to 12,000", "≤ 12,000"),
    "fewer than": (claimed("fewer_than", high=48), "fewer than 48", "< 48"),
    "nearly": (claimed("nearly", high=5_000), "nearly 5,000", "nearly 5,000"),
    "range": (claimed("range", low=36, high=44), "36–44", "36–44"),
    "range with a best": (claimed("range", low=36, best=40, high=44), "40 (36–44)", "40 (36–44)"),
    "dozens": (claimed("order", low=12), "dozens", "dozens"),
    "hundreds": (claimed("order", low=100), "hundreds", "hundreds"),
    "a sum with an open side": (
        add_bounds([exact(20), claimed("more_than", low=10), claimed("at_least", low=5)]), "more than 35", "> 35",
    ),
    "a sum of ends that are not reached": (
        add_bounds([claimed("range", low=1, high=2), claimed("more_than", low=5)]), "more than 6", "> 6",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("bounds", "words", "shown"), BOUNDS.values(), ids=BOUNDS)
def test_bounds_in_a_sentence_and_in_a_table(bounds: Bounds, words: str, shown: str) -> None:
    assert (bounds.words(), str(bounds)) == (words, shown)


SPREADS: dict[str, tuple[list[Bounds], str, str]] = {
    "one": ([exact(98)], "98", "98"),
    "two": ([exact(98), exact(122)], "98 to 122", "98–122"),
    "many": ([exact(98), exact(122), about(90)], "about 90 to 122", "~90–122"),
    "an end that is open": ([about(6_700), claimed("at_least", low=10_000)], "about 6,700 to 10,000 or more",
                            "~6,700–10,000 or more"),
    "an open side below a number": ([claimed("at_most", high=50), exact(90)], "up to 50, or 90", "≤ 50, or 90"),
    "nearly": ([claimed("nearly", high=5_000), about(30_000)], "nearly 5,000 to about 30,000",
               "nearly 5,000 to ~30,000"),
    "nearly, beside a floor": ([claimed("nearly", high=50), claimed("at_least", low=50)], "under 50, or at least 50",
                               "under 50, or ≥ 50"),
}  # fmt: skip


@pytest.mark.parametrize(("rivals", "words", "shown"), SPREADS.values(), ids=SPREADS)
def test_rivals_in_a_sentence_and_in_a_table(rivals: list[Bounds], words: str, shown: str) -> None:
    assert (say_spread(spread(rivals)), show_spread(spread(rivals))) == (words, shown)


@pytest.mark.parametrize(
    ("rivals", "factor"),
    [
        ([exact(98)], ""), ([exact(100), exact(149)], ""),
        ([exact(100), exact(200)], "twice the lower"), ([exact(100), exact(175)], "nearly twice the lower"),
        ([exact(100), exact(300)], "three times the lower"), ([exact(100), exact(250)], "2.5 times the lower"),
        ([exact(98), exact(238)], "about 2.4 times the lower"),
        ([about(100), exact(300)], "about three times the lower"),
        ([about(1_100), claimed("at_least", low=3_000)], "about 2.7 times the lower or more"),
        ([exact(1_100), claimed("at_least", low=3_000)], "at least 2.7 times the lower"),
        ([exact(100), claimed("more_than", low=300)], "more than three times the lower"),
    ],
)  # fmt: skip
def test_a_factor_has_one_hedge(rivals: list[Bounds], factor: str) -> None:
    assert say_factor(rivals) == factor


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022", "2022"), ("2022-10", "October 2022"), ("2022-10-09", "9 October 2022"),
        ("2022-10~", "about October 2022"), ("2022-10?", "October 2022 (uncertain)"),
        ("2022-10-09/2022-10-28", "9–28 October 2022"), ("2022-10-30/2022-11-02", "30 October to 2 November 2022"),
        ("2022-03/2022-09", "March to September 2022"), ("2022-10/2022-11-17", "October to 17 November 2022"),
        ("2021-12/2022-01", "December 2021 to January 2022"), ("2022-10/2022-10", "October 2022"),
        ("../2022-05", "until May 2022"), ("2022-05/..", "since May 2022"),
        ("../2022-05~", "until about May 2022"), ("2022-05-04~/..", "since about 4 May 2022"),
        ("2022-03~/2022-09", "about March to September 2022"),
    ],
)  # fmt: skip
def test_a_date_in_words(text: str, words: str) -> None:
    assert str(parse_date(text)) == words


def test_a_day_that_is_not_known_is_said() -> None:
    assert (say_date(""), say_date("2022-10"), day_words(parse_date("2022-10-09").first)) == (
        "day unknown", "October 2022", "9 October 2022",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "told", "prose"),
    [
        (0, "0 claims", "no claims"), (1, "1 claim", "one claim"), (2, "2 claims", "two claims"),
        (9, "9 claims", "nine claims"), (10, "10 claims", "10 claims"), (1_204, "1204 claims", "1,204 claims"),
    ],
)  # fmt: skip
def test_a_count_of_rows_is_spelt_below_ten(number: int, told: str, prose: str) -> None:
    assert (counted(number, "claim"), count_words(number, "claim")) == (told, prose)


NAMES = ("The Gazette", "Firefly", "Trentino", "Sylvania")


@pytest.mark.parametrize(
    ("names", "listed", "few", "some"),
    [
        (0, "", "", ""), (1, "The Gazette", "The Gazette", "The Gazette"),
        (2, "The Gazette and Firefly", "The Gazette and Firefly", "The Gazette, Firefly"),
        (3, "The Gazette, Firefly and Trentino", "The Gazette, Firefly and one more",
         "The Gazette, Firefly and 1 more"),
        (4, "The Gazette, Firefly, Trentino and Sylvania", "The Gazette, Firefly and two more",
         "The Gazette, Firefly and 2 more"),
    ],
)  # fmt: skip
def test_names_in_a_sentence_and_in_a_table(names: int, listed: str, few: str, some: str) -> None:
    given = NAMES[:names]
    assert (list_words(given), name_few(given, most=2), name_some(given, most=2)) == (listed, few, some)


@pytest.mark.parametrize(
    ("country", "inside"),
    [("Sylvania", "Sylvania"), ("United Kingdom", "the United Kingdom"), ("Netherlands", "the Netherlands"),
     ("Czech Republic", "the Czech Republic"), ("Marshall Islands", "the Marshall Islands"), ("", "")],
)  # fmt: skip
def test_a_country_has_its_article_inside_a_sentence(country: str, inside: str) -> None:
    assert with_article(country) == inside


def test_a_possessive_of_a_name_in_s_has_no_second_s() -> None:
    assert (possessive("Sylvania"), possessive("Armed Forces")) == ("Sylvania's", "Armed Forces'")

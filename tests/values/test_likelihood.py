import pytest

from briefing.errors import UsageError
from briefing.values.likelihood import ICD_203, ICD_203_ODDS, PHIA, find_term


def test_the_bands_of_icd_203_are_those_of_the_standard():
    assert [(band.term, band.low, band.high) for band in ICD_203.bands] == [
        ("almost no chance", 1, 5), ("very unlikely", 5, 20), ("unlikely", 20, 45), ("roughly even chance", 45, 55),
        ("likely", 55, 80), ("very likely", 80, 95), ("almost certain", 95, 99),
    ]  # fmt: skip


def test_the_second_row_has_other_words_for_the_same_bands():
    assert ICD_203_ODDS.terms == (
        "remote", "highly improbable", "improbable", "roughly even odds", "probable", "highly probable",
        "nearly certain",
    )  # fmt: skip
    assert [(band.low, band.high) for band in ICD_203_ODDS.bands] == [(band.low, band.high) for band in ICD_203.bands]


def test_no_word_is_of_both_rows():
    assert not set(ICD_203.terms) & set(ICD_203_ODDS.terms)


def test_the_bands_of_phia_are_those_of_the_yardstick():
    assert [(band.term, band.low, band.high) for band in PHIA.bands] == [
        ("remote chance", 0, 5), ("highly unlikely", 10, 20), ("unlikely", 25, 35), ("realistic possibility", 40, 50),
        ("likely", 55, 75), ("highly likely", 80, 90), ("almost certain", 95, 100),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "term"),
    [(1, "almost no chance"), (4.9, "almost no chance"), (5, "very unlikely"), (20, "unlikely"), (95, "almost certain"),
     (99, "almost certain"), (0.5, None), (99.5, None), (100, None)],
)  # fmt: skip
def test_a_number_on_a_shared_end_belongs_to_the_higher_band_and_the_last_is_closed(number, term):
    band = find_term(number)
    assert (band and band.term) == term


@pytest.mark.parametrize("number", [5.1, 7, 9.9, 20.5, 24, 36, 39.9, 50, 54, 76, 79, 91, 94.9])
def test_a_number_in_a_gap_of_phia_has_no_word(number):
    assert find_term(number, "phia") is None


@pytest.mark.parametrize(("number", "term"), [(5, "remote chance"), (20, "highly unlikely"), (49.9, "realistic "
                         "possibility"), (90, "highly likely"), (100, "almost certain")])  # fmt: skip
def test_a_number_on_an_end_of_phia_has_its_word(number, term):
    assert find_term(number, "phia").term == term


@pytest.mark.parametrize(
    ("scale", "term", "words"),
    [
        (ICD_203, "very unlikely", "very unlikely (5–20 %)"),
        (ICD_203, "almost no chance", "almost no chance (1–5 %)"),
        (PHIA, "remote chance", "remote chance (≤ 5 %)"),
        (PHIA, "almost certain", "almost certain (≥ 95 %)"),
        (PHIA, "probable", "probable (55–75 %)"),
    ],
)
def test_the_range_is_printed_with_the_term(scale, term, words):
    assert scale.find_band(term).words == words


@pytest.mark.parametrize("term", ["probable", "improbable", "highly likely", "possible", ""])
def test_a_term_of_another_row_is_refused(term):
    with pytest.raises(UsageError, match="is no term of ICD 203"):
        ICD_203.find_band(term)


def test_an_unknown_scale_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match='Did you mean "icd203"'):
        find_term(10, "icd-203")

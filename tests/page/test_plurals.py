"""A word of the page that counts has the form that its language asks for beside the number."""

from __future__ import annotations

import pytest

from briefing.page.words import read_words
from briefing.values.languages import plural_of

COUNTED = ("how_joined",)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 твердження, прочитане окремо"), (2, "2 твердження, прочитані разом"),
        (5, "5 тверджень, прочитаних разом"), (11, "11 тверджень, прочитаних разом"),
        (21, "21 твердження, прочитане окремо"), (22, "22 твердження, прочитані разом"),
        (25, "25 тверджень, прочитаних разом"),
    ],
)  # fmt: skip
def test_ukrainian_counts_claims_in_the_right_case(number: int, said: str) -> None:
    assert read_words("uk")("how_joined", n=number) == said


@pytest.mark.parametrize(("number", "said"), [(1, "1 claim, read alone"), (21, "21 claims, read together")])
def test_english_counts_one_claim_and_several(number: int, said: str) -> None:
    assert read_words("en")("how_joined", n=number) == said


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("key", COUNTED)
def test_a_word_that_counts_has_each_form_of_its_language_and_no_other(language: str, key: str) -> None:
    forms = {plural_of(number, language=language) for number in (*range(30), 1.5)}
    assert set(read_words(language).catalogue["words"][key]) == forms

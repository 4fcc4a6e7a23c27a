import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from briefing.dossier.cells import (
    CellError,
    Count,
    Country,
    Day,
    Id,
    Latitude,
    Listed,
    Longitude,
    QuotationCell,
    TextCell,
    Truth,
    Url,
    When,
    WordingCell,
)

KINDS = [Count, Country, Day, Id, Latitude, Listed, Longitude, QuotationCell, TextCell, Truth, Url, When, WordingCell]


def check(kind, text):
    return TypeAdapter(kind).validate_python(text)


def problem(kind, text):
    """Give what is wrong with a cell; ``None`` where nothing is."""
    try:
        check(kind, text)
    except ValidationError as error:
        cause = error.errors()[0]["ctx"]["error"]
        assert isinstance(cause, CellError)
        return cause
    return None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Count, "65089", 65_089.0),
        (Count, "2.5", 2.5),
        (Count, "0", 0.0),
        (Latitude, "-22.96", -22.96),
        (Longitude, "180", 180.0),
        (Truth, "true", True),
        (Truth, "false", False),
        (Country, "NO", "NO"),
        (Country, "NA", "NA"),
        (Id, "tr-0006", "tr-0006"),
        (TextCell, "nan", "nan"),
        (TextCell, "NULL", "NULL"),
        (TextCell, '=HYPERLINK("https://evil.example")', '=HYPERLINK("https://evil.example")'),
        (TextCell, "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        (TextCell, "Лукашенко, Ōsaka, naïve", "Лукашенко, Ōsaka, naïve"),
        (Listed, "a b|c", "a b|c"),
        (Url, "https://x.example/a?b=1&c=%20#d", "https://x.example/a?b=1&c=%20#d"),
        (Day, "2022-12-19", "2022-12-19"),
        (When, "2022-03/2022-09", "2022-03/2022-09"),
    ],
)
def test_a_cell_is_kept_as_it_stands(kind, text, value):
    assert check(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "what", "cure"),
    [
        (Count, "1,234", "is no number", "Write 1234"),
        (Count, "1 234", "is no number", "Write 1234"),
        (Count, "1\u00a0234", "is no number", "Write 1234"),
        (Count, "1\u202f234\u202f567", "is no number", "Write 1234567"),
        (Count, "1,234.5", "is no number", "Write 1234.5"),
        (Count, "12,5", "is no number", "Write 12.5"),
        (Count, "~9000", "is no number", "the hedge into `qualifier`"),
        (Count, "about 9000", "is no number", "the hedge into `qualifier`"),
        (Count, "unknown", "is no number", "Leave it empty"),
        (Count, "1e5", "is no number", "Write 100000"),
        (Count, "1.5E+06", "is no number", "Write 1500000"),
        (Count, "1,5e6", "is no number", "Write 1500000"),
        (Count, "2.5E-1", "is no number", "Write 0.25"),
        (Count, "3 million", "is no number", "Write 3000000"),
        (Count, "12.5k", "is no number", "Write 12500"),
        (Id, "https://example.com/article", "is a web address", "Give it an id"),
        (Count, "inf", "is no number", "Leave it empty"),
        (Count, "nan", "is no number", "Leave it empty"),
        (Count, "１２", "is no number", "the number alone"),
        (Count, "-5", "is below zero", "Leave the cell empty"),
        (Count, "-0", "is below zero", "Leave the cell empty"),
        (Count, "9" * 400, "is too large", "run together"),
        (Latitude, "530", "is not on the globe", "lost point"),
        (Longitude, "-181", "is not on the globe", "lost point"),
        (Truth, "TRUE", "neither true nor false", "Write true"),
        (Truth, "1", "neither true nor false", "Write true or false"),
        (Country, "no", "is no country code", "two capital letters"),
        (Country, "NOR", "is no country code", "two capital letters"),
        (Id, "Tr 0006", "is no id", "Write tr-0006"),
        (Id, "-x", "is no id", "Write x"),
        (Id, "№", "is no id", "Give it an id"),
        (Id, "a" * 101, "has 101 characters", "shorter"),
        (TextCell, " x", "space at an end", "Delete the space"),
        (TextCell, "x\u00a0", "space at an end", "Delete the space"),
        (TextCell, " ", "space at an end", "Delete the space"),
        (TextCell, "a\nb", "U+000A", "Delete the character"),
        (TextCell, "a\u202eb", "U+202E", "Delete the character"),
        (TextCell, "a\u200bb", "U+200B", "Delete the character"),
        (TextCell, "a\ue000b", "U+E000", "Delete the character"),
        (TextCell, "a\U000e01eeb", "U+E01EE", "Delete the character"),
        (TextCell, "a\ufffdb", "U+FFFD", "Delete the character"),
        (TextCell, "x" * 1_000_000, "1,000,000 characters", "missing quotation mark"),
        (WordingCell, "x" * 201, "201 characters", "Shorten"),
        (QuotationCell, "x" * 301, "301 characters", "Shorten"),
        (Listed, "a||b", "an empty part", "Write a|b"),
        (Listed, "a | b", "a space", "Write a|b"),
        (Listed, "|", "an empty part", "Keep what stands"),
        (Url, "javascript:alert(1)", "no web address", "address whole"),
        (Url, "https://x.example/a b", "no web address", "%20"),
        (Day, "2022-12", "is not one day", "year-month-day"),
        (Day, "2022-12-19~", "is not one day", "year-month-day"),
        (Day, "44912", "is not a date", "write 2022-12-17"),
        (When, "12/19/2022", "is not a date", "2022-12-19"),
    ],
)
def test_a_cell_that_breaks_its_rule_is_a_problem_with_a_cure(kind, text, what, cure):
    found = problem(kind, text)
    assert what in found.what
    assert cure in found.cure


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["\x00" * 50, "9" * 1_000_000, "/" * 10_000, "a\r\nb" * 500])
def test_whatever_stands_in_a_cell_its_message_is_one_short_line(kind, text):
    found = problem(kind, text)
    assert len(str(found)) < 300
    assert str(found).isprintable()


@pytest.mark.parametrize("kind", KINDS)
@given(st.text(max_size=30))
def test_any_text_is_a_value_or_a_problem(kind, text):
    found = problem(kind, text)
    assert found is None or found.what


def test_an_unreadable_date_has_the_id_of_its_rule():
    assert problem(When, "spring").id == problem(Day, "2022").id == "T08"
    assert problem(Count, "many").id == "D01"

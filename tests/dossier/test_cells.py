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
    Language,
    Latitude,
    Listed,
    Longitude,
    QuotationCell,
    TextCell,
    Truth,
    Url,
    When,
    WikidataId,
    WordingCell,
)
from briefing.dossier.dossier import check_dossier, read_dossier

KINDS = [
    Count, Country, Day, Id, Language, Latitude, Listed, Longitude, QuotationCell, TextCell, Truth, Url, When,
    WikidataId, WordingCell,
]  # fmt: skip


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
        (Language, "en", "en"),
        (Language, "zh-Hant", "zh-Hant"),
        (Language, "es-419", "es-419"),
        (Language, "qva", "qva"),
        (WikidataId, "Q42", "Q42"),
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
        (Language, "english", "is no language tag", "Write en"),
        (Language, "EN_us", "is no language tag", "Write en-US"),
        (Language, "Klingon", "is no language tag", "Write tlh"),
        (Language, "gibberish", "is no language tag", "Write its code"),
        (Language, "en|uk", "is no language tag", "Write its code"),
        (Language, "e\u200bn", "U+200B", "Delete the character"),
        (WikidataId, "lol", "is no id of Wikidata", "such as Q42"),
        (WikidataId, "q42", "is no id of Wikidata", "Write Q42"),
        (WikidataId, "https://www.wikidata.org/wiki/Q184", "is no id of Wikidata", "Write Q184"),
        (WikidataId, "Q0", "is no id of Wikidata", "such as Q42"),
        (WikidataId, "Q٤٢", "is no id of Wikidata", "such as Q42"),
        (Id, "n\u200borway", "is no id", "Write norway"),
        (Id, "nor\u202eway", "is no id", "Write norway"),
        (Id, "n\u043erway", "is no id", "U+043E, cyrillic small letter o"),
        (Id, "Łódź 1", "is no id", "U+0142, latin small letter l with stroke"),
        (Id, "Köln 1", "is no id", "Write koln-1"),
        (Id, "Минск", "is no id", "Give it an id"),
        (Count, "1.500.000", "is no number", "Write 1500000"),
        (Count, "1.500.000,5", "is no number", "Write 1500000.5"),
        (Latitude, "69.65N", "is no number of degrees", "Write 69.65"),
        (Longitude, "18.96° W", "is no number of degrees", "Write -18.96"),
        (Latitude, "69,65", "is no number of degrees", "Write 69.65"),
        (Latitude, "69°39'N", "is no number of degrees", "south and west are below zero"),
        (Count, "1_000", "is no number", "the number alone"),
        (Count, "0x10", "is no number", "the number alone"),
        (Count, "1e999", "is no number", "the number alone"),
        (Count, "Infinity", "is no number", "Leave it empty"),
        (Latitude, "nan", "is no number of degrees", "not known is empty"),
        (Latitude, "90.1", "is not on the globe", "swapped"),
        (Day, "2022-02-30", "not in the calendar", "a day that exists"),
        (Day, "2023-02-29", "not in the calendar", "a day that exists"),
        (Day, "0000-01-01", "not in the calendar", "a year from 0001"),
        (When, "2022-13", "not in the calendar", "a month from 01"),
        (When, "0000", "not in the calendar", "a year from 0001"),
        (When, "2022-12-19/2022-12-01", "runs backwards", "the earlier date first"),
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


@pytest.mark.parametrize(
    "url",
    [
        "https://www.nato.int@evil.example/", "https://user:pass@evil.example/", "https:///evil.example/",
        "https://[::1", "https://?", "https://..", "https://a:99999/", "https://a.example:/", "https://a.example:0/",
        "http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/",
        "http://localhost/", "http://intranet/", "https://-a.example/", "https://a..example/", "https://.example/",
        "https://a%2eexample.org/", "https://a.example,b.example/", "https://@a.example/", "https://a.1/",
        f"https://{'a' * 64}.example/", f"https://{'a.' * 130}example/",
    ],
)  # fmt: skip
def test_an_address_that_leads_elsewhere_or_nowhere_is_none(url):
    with pytest.raises(ValidationError, match=r"address|host|name|network"):
        TypeAdapter(Url).validate_python(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.nato.int/a?b=1#c", "http://a.example:8080/", "https://news_desk.example.co.uk/@user/1",
        "https://xn--80ak6aa92e.com/", "https://правда.укр/", "https://web.archive.org/web/1/https://a.example/",
        "http://93.184.216.34/", "https://a.example./", "https://a.example?mail=a@b.example",
    ],
)  # fmt: skip
def test_an_address_that_everybody_can_follow_is_one(url):
    assert TypeAdapter(Url).validate_python(url) == url


@pytest.mark.parametrize(
    ("cell", "cure"), [("1.500", "Write 1500, or 1.5000"), ("12.345", "Write 12345"), ("999.000", "Write 999000")]
)
def test_a_point_that_may_part_thousands_is_asked_about(cell, cure):
    with pytest.raises(ValidationError, match=cure):
        TypeAdapter(Count).validate_python(cell)


@pytest.mark.parametrize("cell", ["1.5", "0.125", "1.5000", "1234.567", "1500"])
def test_a_point_that_parts_a_fraction_stays(cell):
    assert TypeAdapter(Count).validate_python(cell) == float(cell)


@pytest.mark.parametrize("char", "\xad\u034f\u115f\u1160\u17b4\u180e\u200b\u2060\u2800\u3164\ufeff\uffa0")
def test_a_character_that_nobody_sees_is_no_part_of_a_name(char):
    with pytest.raises(ValidationError, match=f"U.{ord(char):04X}"):
        TypeAdapter(TextCell).validate_python(f"Nor{char}way")


@pytest.mark.parametrize("char", "\u200c\u200d\u200e\u200f\ufe0f")
def test_what_joins_letters_of_other_alphabets_is_hidden_between_these(char):
    assert f"U+{ord(char):04X}" in problem(TextCell, f"Nor{char}way").what
    assert f"U+{ord(char):04X}" in problem(TextCell, f"Нор{char}вегия").what


@pytest.mark.parametrize("text", ["می\u200cخواهم", "\U0001f3f3\ufe0f\u200d\U0001f308", "عربي \u200fand\u200e Latin"])
def test_what_joins_letters_of_other_alphabets_stays_between_those(text):
    assert check(TextCell, text) == text


@pytest.mark.parametrize("word", ["NaN", "nan", "None", "null", "NA", "N/A", "inf", "<NA>", "NaT", "true"])
def test_a_name_that_is_a_word_of_machines_is_a_name(edit, word):
    folder = edit("actors", "norway", name=word)
    assert check_dossier(folder) == [] and read_dossier(folder).name_of("norway") == word

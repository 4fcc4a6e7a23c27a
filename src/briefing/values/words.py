"""Counting and naming in prose: one origin, three documents; the first few by name and the others by number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def drop_accents(text: str) -> str:
    """Give a text with the letter alone of each letter and its accents.

    Examples
    --------
    >>> drop_accents("Ministère de la Défense")
    'Ministere de la Defense'
    """
    split = unicodedata.normalize("NFD", text)  # an accent is then a character of its own
    return "".join(char for char in split if not unicodedata.combining(char))


def counted(number: int, noun: str, plural: str = "") -> str:
    """Count a noun.

    Examples
    --------
    >>> counted(1, "origin"), counted(3, "document"), counted(2, "quantity", "quantities")
    ('1 origin', '3 documents', '2 quantities')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def count_words(number: int, noun: str, plural: str = "") -> str:
    """Count a noun as a newspaper does: in words below ten, in digits from there on.

    Examples
    --------
    >>> count_words(1, "origin"), count_words(9, "document"), count_words(1204, "quantity", "quantities")
    ('one origin', 'nine documents', '1,204 quantities')
    """
    return spell(number, noun, plural) if number < 10 else f"{number:,} {plural or noun + 's'}"


def within_sentence(words: str) -> str:
    """Write words that could open a sentence as they stand within one; a name in capitals stays.

    Examples
    --------
    >>> within_sentence("Up to 50"), within_sentence("NATO's")
    ('up to 50', "NATO's")
    """
    return words[:1].lower() + words[1:] if words[:1].isupper() and words[1:2].islower() else words


def name_some(names: Iterable[str], *, most: int = 3) -> str:
    """Name each once, the first few by name and the others by number.

    Examples
    --------
    >>> name_some(["Hay", "Carts", "Hay", "Lorries", "Guards"], most=2)
    'Hay, Carts and 2 more'
    """
    once = list(dict.fromkeys(names))
    more = len(once) - most
    return ", ".join(once[:most]) + (f" and {more} more" if more > 0 else "")


def possessive(name: str) -> str:
    """Give the possessive of a name.

    Examples
    --------
    >>> possessive("Sylvania"), possessive("Armed Forces")
    ("Sylvania's", "Armed Forces'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


#: Names of countries that a sentence writes with an article, by their first or their last word.
_WITH_ARTICLE = {"United", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives", "Comoros", "Seychelles"} | {
    "Republic", "Islands", "Emirates", "Union", "Federation",
}  # fmt: skip


def with_article(country: str) -> str:
    """Give the name of a country as it stands inside a sentence.

    Examples
    --------
    >>> with_article("United Kingdom"), with_article("Sylvania"), with_article("Czech Republic")
    ('the United Kingdom', 'Sylvania', 'the Czech Republic')
    """
    words = country.split()
    return f"the {country}" if words and {words[0], words[-1]} & _WITH_ARTICLE else country


def list_words(words: Sequence[str]) -> str:
    """List words as a sentence does.

    Examples
    --------
    >>> list_words(["H1", "H3", "H4"])
    'H1, H3 and H4'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def name_few(names: Iterable[str], *, most: int) -> str:
    """Name one or two as a sentence does; of more, the first few by name and the others by number.

    Examples
    --------
    >>> name_few(["Gazette", "Watch"], most=1), name_few(["Gazette", "Watch", "Mill"], most=1)
    ('Gazette and Watch', 'Gazette and two more')
    """
    once = list(dict.fromkeys(names))
    if len(once) <= max(most, 2):
        return list_words(once)
    return f"{', '.join(once[:most])} and {_spelt(len(once) - most)} more"


_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

#: Each small number by its word: read in the wordings of claims, and written in prose.
NUMBER_WORDS: dict[str, int] = {
    **{word: at for at, word in enumerate(_ONES)},
    **{word: 10 * at for at, word in enumerate(_TENS, start=2)},
}

#: What a number word before it multiplies.
MULTIPLIERS = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

#: A digit in a sentence is a figure, and a count of rows is none: prose spells it, and has "no cases", never "zero".
_SPELT = {number: word for word, number in NUMBER_WORDS.items()} | {0: "no"}


def spell(number: int, noun: str, plural: str = "") -> str:
    """Count a noun in prose, in words.

    Examples
    --------
    >>> spell(2, "origin"), spell(31, "row"), spell(1, "of them", "of them")
    ('two origins', 'thirty-one rows', 'one of them')
    >>> spell(0, "case"), spell(114, "claim")
    ('no cases', 'one hundred and fourteen claims')
    """
    return f"{_spelt(number)} {noun if number == 1 else plural or noun + 's'}"


def spell_times(number: int) -> str:
    """Say how often, in words.

    Examples
    --------
    >>> spell_times(1), spell_times(2), spell_times(31)
    ('once', 'twice', 'thirty-one times')
    """
    return {1: "once", 2: "twice"}.get(number) or spell(number, "time")


def _spelt(number: int) -> str:
    if number in _SPELT:
        return _SPELT[number]
    if number < 100:
        return f"{_SPELT[number - number % 10]}-{_SPELT[number % 10]}"
    hundreds, rest = f"{_spelt(number // 100)} hundred", number % 100
    return f"{hundreds} and {_spelt(rest)}" if rest else hundreds

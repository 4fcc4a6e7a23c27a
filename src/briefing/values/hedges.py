"""Reading a hedged number back from its words: "up to 12,000" is at most 12,000, and "dozens" is an order.

The dossier's rows are coded by people. This parser reads their wording again, so that a slip of coding is seen (F17).
It is modest: where the words leave any doubt, it answers ``None`` and nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.values.bounds import ORDERS, Bounds, claimed
from briefing.values.dates import MONTHS
from briefing.values.words import MULTIPLIERS, NUMBER_WORDS

_MONTH = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' if month[3:] else month for month in MONTHS)}|Sept)\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s?(?:[–-]|to|and|or)\s?{_DAY})?"
_YEAR = r"(?:19|20)\d\d"
_CALENDAR = "|".join((
    r"\d{4}-\d\d(?:-\d\d)?(?:/\d{4}-\d\d(?:-\d\d)?)?",
    rf"{_DAYS}(?:\s(?:of\s)?{_MONTH})(?:\s(?:to|and|[–-])\s{_DAY}\s{_MONTH})?(?:,?\s{_YEAR})?",
    rf"{_MONTH}\s{_DAYS}(?:,?\s{_YEAR})?(?!,?\d)",
    rf"{_MONTH}(?:\s(?:to|and|[–-])\s{_MONTH})?,?\s{_YEAR}",
))  # fmt: skip

#: A date in words or digits. A year that stands alone is no date here: "2000 tanks" is a count.
DATE = re.compile(rf"(?<![\w,.])(?:{_CALENDAR})(?![\w]|[,.]\d)")

#: A name that holds digits: T-72A, S-400, Tu-22M3, Tor-M2, Zapad-2021, 152 mm.
DESIGNATION = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)*-?\d[\w-]*|\b\d+(?:\.\d+)?[ -]?mm\b")

_WORD = "|".join(sorted([*NUMBER_WORDS, *MULTIPLIERS], key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[, \u00a0\u2009\u202f'’]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_IN_DIGITS = re.compile(_DIGITS)
_SHORT = {"k": 1_000, "bn": 1_000_000_000}
# Atomic: "twenty-six" is never read as twenty to six.
_NUMBER = (
    rf"(?>(?:{_DIGITS})(?:\s?(?:[kK]|bn)\b|\s(?:hundred|thousand|million|billion)\b)?|"
    rf"\b(?:an?\s)?(?:{_WORD})(?:[\s-](?:{_WORD}))*\b)"
)

_HEDGES = {
    "at_least": r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|≥",
    "at_most": r"up to|as (?:many|much) as|at most|(?:no|not) more than|a maximum of|not exceeding|≤",
    "nearly": r"nearly|almost|(?:fast )?approaching|just (?:under|short of)|slightly under",
    "fewer_than": r"(?:fewer|less) than|under|below|<",
    "more_than": r"more than|(?:slightly |just |well )?over|above|in excess of|exceeding|upwards of|>",
    "about": r"about|around|some|roughly|approximately|approx\.?|circa|ca?\.|near|in the region of|an estimated|~",
}
_HEDGE = "|".join(f"(?P<{name}>{words})" for name, words in _HEDGES.items())
_AFTER = r"(?P<more>\s?\+|\s(?:or|and) more)|(?P<less>\s(?:or|and) (?:less|fewer))|(?P<so>\s(?:or so))"
_RANGE = re.compile(rf"(?:between |from )?({_NUMBER})\s?(?:–|-|to|and)\s?({_NUMBER})", re.IGNORECASE)
_ONE = re.compile(rf"(?:(?<!\w)(?:{_HEDGE})\s?)?(?P<number>{_NUMBER})(?:{_AFTER})?", re.IGNORECASE)
_ORDER_OF = {word: low for low, word in ORDERS.items()}
_ORDER = re.compile(rf"(?<!\w)({'|'.join(_ORDER_OF)})\b(?! of (?:thousands|[mb]illions))", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:(?-i:may)|might|could|would|perhaps|maybe|several|few|half|third|quarter|one of|first|thousands|"
    r"[mb]illions)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bnot (?:\w+ )?a single\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]$")

#: What is looked for before the patterns above: words without which they find nothing, and digits in a row.
_TOKEN = re.compile(r"\w+|[<>~]")
_RUN = re.compile(r"\d+(?:[.,]\d+)*")
_NONE_WORDS = frozenset({"single"})
_UNSURE_WORDS = frozenset({
    "may", "might", "could", "would", "perhaps", "maybe", "several", "few", "half", "third", "quarter", "one", "first",
    "thousands", "millions", "billions",
})  # fmt: skip
_COUNTING_WORDS = frozenset({*NUMBER_WORDS, *MULTIPLIERS})
_HEDGING_WORDS = frozenset({
    "least", "fewer", "less", "minimum", "up", "many", "much", "most", "more", "maximum", "exceeding", "nearly",
    "almost", "approaching", "under", "short", "below", "over", "above", "excess", "upwards", "about", "around", "some",
    "roughly", "approximately", "approx", "circa", "c", "ca", "near", "region", "estimated", "<", ">", "~",
})  # fmt: skip
_LONGEST_HEDGE = 40
_EVERY_WORD = {*_NONE_WORDS, *_UNSURE_WORDS, *_COUNTING_WORDS, *_ORDER_OF}

#: What every date holds, and every designation that is none in millimetres.
_SIGN_OF_DATE = re.compile(rf"{'|'.join(month[:3] for month in MONTHS)}|\d-\d\d")
_SIGN_OF_DESIGNATION = re.compile(r"\d(?:(?<=[^\W\d_]\d)|(?<=[^\W\d_]-\d))")

#: Words of a sentence that count nothing closer: no number is read from them, and none is missing.
_VAGUE = re.compile(
    r"(?:\b(?:an? )?(?:unstated|unknown|undisclosed|unspecified|large|small) (?:number|quantity|amount)\b|"
    r"\b(?:(?:an?|one)[ -](?:third|half|quarter)|(?:two|three)[ -](?:thirds|quarters)|half|several|an? few|many|some)"
    r"\b)(?! (?:hundred|thousand|million|dozen|an? ))(?: of)?",
    re.IGNORECASE,
)
_DOUBT = re.compile(r"\b(?:(?-i:may)|might|could|would|perhaps|maybe|possibly)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:.,](?=\s|$)")
_SPOILT_BEFORE = re.compile(
    r"(?:\b(?:several|few|couple of|half|no|any|every|each|of (?:the|its|their|those))\s+|[$€£₴₽%/]|\d:|\w)$",
    re.IGNORECASE,
)
_SPOILT_AFTER = re.compile(
    r"(?:%|\s?per ?cent|\s?[ap]\.?m\b|:\d|/\d|st\b|nd\b|rd\b|th\b|[ -](?:third|half|quarter)s?\b|"
    r"\sof\s(?:the|its|their|his)\b)",
    re.IGNORECASE,
)
_LONE_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|of|by|until|till|from|during|early|late|mid|summer|autumn|winter|spring)[\s-]$", re.IGNORECASE
)
_MANY = re.compile(r"\b(?:(?:tens|hundreds|dozens) of )?(?:thousands|millions|billions)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """What words say of a number, as a row codes it."""

    qualifier: str  #: as in `bounds.QUALIFIERS`
    low: float | None = None
    best: float | None = None
    high: float | None = None

    @property
    def bounds(self) -> Bounds:
        """The same as bounds."""
        return claimed(self.qualifier, low=self.low, best=self.best, high=self.high)


def read_wording(text: str) -> Wording | None:
    """Read a hedged number from its words; where our rendering follows in square brackets, that is read.

    ``None`` where the words hold no number, more than one, or a doubt that is no hedge ("might exceed 4,000").

    Examples
    --------
    >>> read_wording("at least 94")
    Wording(qualifier='at_least', low=94.0, best=None, high=None)
    >>> read_wording("36 to 44 Ural trucks").bounds.stated
    (36.0, 44.0)
    >>> read_wording("40 tanks and 20 trucks") is None
    True
    """
    rendering = _IN_BRACKETS.search(text) if "]" in text else None
    plain = blank_names(rendering[1] if rendering else text)
    words, digits = _look_over(plain)
    if words & _NONE_WORDS and _NONE.search(plain):
        return _exact(0)
    if words & _UNSURE_WORDS and _UNSURE.search(plain):
        return None
    is_counted = bool(words & _COUNTING_WORDS)
    if (is_counted or len(digits) > 1) and (found := _RANGE.search(plain)):
        return _read_range(found, plain)
    numbers = list(_ONE.finditer(plain)) if is_counted or len(digits) > 1 else _find_lone(plain, words, digits)
    orders = _ORDER.findall(plain) if words & _ORDER_OF.keys() else []
    if len(numbers) == 1 and not orders:
        return _read_one(numbers[0])
    if len(orders) == 1 and not numbers:
        return Wording("order", low=_ORDER_OF[orders[0].lower()])
    return None


def _look_over(plain: str) -> tuple[set[str], list[re.Match[str]]]:
    """Give the words and signs of a text in small letters, and the numbers that it may hold in digits.

    A pattern that needs one of some words, or two numbers, is not looked for where there are none: most texts are
    plain, and there may be a hundred thousand of them.
    """
    if plain.isascii():
        return set(_TOKEN.findall(plain.lower())), list(_RUN.finditer(plain))
    return _EVERY_WORD, []  # letters of other alphabets have small ones that only a pattern knows to be alike


def _find_lone(plain: str, words: set[str], digits: list[re.Match[str]]) -> list[re.Match[str]]:
    """Find the numbers of a text that holds none in words, and in digits one at most."""
    if not digits:
        return []
    at, end = digits[0].span()
    found = _ONE.search(plain, max(at - _LONGEST_HEDGE, 0) if words & _HEDGING_WORDS else at)
    return [found] if found and found.end() >= end else list(_ONE.finditer(plain))


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a sentence: where its words begin and end, and what they say."""

    start: int
    end: int
    wording: Wording | None  #: ``None`` where the words leave a doubt.


def find_mentions(text: str) -> list[Mention]:
    """Find the numbers that a sentence gives, each with its hedge, in order; dates, names and shares count nothing.

    Where it gives none, but says "several" or "a third of", that is one, and unquantified.

    Examples
    --------
    >>> [mention.wording.qualifier for mention in find_mentions("40 tanks, and dozens of trucks")]
    ['exact', 'order']
    >>> find_mentions("It could have lost 500")[0].wording is None
    True
    """
    plain = blank_names(text)
    found: list[Mention] = []
    for pattern, read in ((_RANGE, _range_alone), (_MANY, _no_reading), (_ONE, _one_alone), (_ORDER, _order_alone)):
        for match in _find_all(pattern, plain):
            is_new = all(match.end() <= other.start or match.start() >= other.end for other in found)
            if is_new and (mention := read(match, plain)):
                found.append(mention)
    vague = [Mention(match.start(), match.end(), Wording("unquantified")) for match in _VAGUE.finditer(plain)]
    return sorted(found or vague[:1], key=lambda mention: mention.start)


def _find_all(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find what a pattern matches; the second number of what is no range may be the first of one."""
    at = 0
    while match := pattern.search(text, at):
        yield match
        is_list = pattern is _RANGE and _read_range(match, _alone(match)) is None
        at = match.end(1) if is_list else match.end()


def _range_alone(match: re.Match[str], text: str) -> Mention | None:
    wording = _read_range(match, _alone(match))
    return _mention(match, text, wording) if wording and _counts(match, text) else None


def _alone(match: re.Match[str]) -> str:
    """Give what was matched at its place, and nothing around it."""
    return " " * match.start() + match[0]


def _no_reading(match: re.Match[str], text: str) -> Mention | None:
    return Mention(match.start(), match.end(), None)


def _one_alone(match: re.Match[str], text: str) -> Mention | None:
    is_year = _LONE_YEAR.fullmatch(match[0]) and _BEFORE_YEAR.search(text[: match.start()])
    return None if is_year or not _counts(match, text) else _mention(match, text, _read_one(match))


def _order_alone(match: re.Match[str], text: str) -> Mention | None:
    return _mention(match, text, Wording("order", low=_ORDER_OF[match[1].lower()]))


def _counts(match: re.Match[str], text: str) -> bool:
    """Whether a number counts things: it is no share, sum of money, time, ordinal or part of a vaguer word."""
    return not (_SPOILT_BEFORE.search(text[: match.start()]) or _SPOILT_AFTER.match(text, match.end()))


def _mention(match: re.Match[str], text: str, wording: Wording) -> Mention:
    begin = max((end.end() for end in _CLAUSE.finditer(text, 0, match.start())), default=0)
    is_doubted = _DOUBT.search(text, begin, match.start()) is not None
    return Mention(match.start(), match.end(), None if is_doubted else wording)


def blank_names(text: str) -> str:
    """Blank out dates and designations, whose digits count nothing; the text keeps its length."""
    if ("-" in text or not text.islower()) and _SIGN_OF_DATE.search(text):
        text = DATE.sub(_blank, text)
    return DESIGNATION.sub(_blank, text) if "mm" in text or _SIGN_OF_DESIGNATION.search(text) else text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def read_number(text: str) -> float:
    """Read one number in digits or words.

    Examples
    --------
    >>> read_number("12,000"), read_number("three hundred"), read_number("10K"), read_number("twenty-six")
    (12000.0, 300.0, 10000.0, 26.0)
    """
    digits = _IN_DIGITS.match(text)
    if digits:
        number = float(digits[0] if digits[0].isdecimal() else re.sub(r"[^\d.]", "", digits[0]))
        rest = text[digits.end() :].strip().lower()
        return number * _SHORT.get(rest, MULTIPLIERS.get(rest, 1))
    total = part = 0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in MULTIPLIERS:
            part = max(part, 1) * MULTIPLIERS[word]
            if MULTIPLIERS[word] >= 1_000:
                total, part = total + part, 0
        else:
            part += NUMBER_WORDS.get(word, 0)
    return float(total + part)


def _exact(number: float) -> Wording:
    return Wording("exact", low=float(number), best=float(number), high=float(number))


def _read_shared(first: str, second: str) -> float:
    """Read the first number of two, which may leave its multiplier to the second: 1.2 to 1.5 million."""
    low, multiplier = read_number(first), _multiplier(second)
    is_shared = _multiplier(first) == 1 and low * multiplier < read_number(second)
    return low * multiplier if is_shared else low


def _multiplier(number: str) -> int:
    last = re.split(r"[\s-]+|(?<=\d)(?=[kb])", number.lower())[-1]
    return _SHORT.get(last, MULTIPLIERS.get(last, 1))


def _read_range(match: re.Match[str], text: str) -> Wording | None:
    low, high = _read_shared(match[1], match[2]), read_number(match[2])
    is_list = " and " in match[0] and not match[0].lower().startswith("between ")
    rest = text[: match.start()] + text[match.end() :]
    if is_list or low >= high or _ONE.search(rest):
        return None
    return Wording("range", low=low, high=high)


def _read_one(match: re.Match[str]) -> Wording:
    number = read_number(match["number"])
    if match[0] == match["number"]:
        return _exact(number)
    after = {"more": "at_least", "less": "at_most", "so": "about"}
    named = [name for name in _HEDGES if match[name]] + [hedge for name, hedge in after.items() if match[name]]
    match named[0] if named else "exact":
        case "at_least" | "more_than" as qualifier:
            return Wording(qualifier, low=number)
        case "at_most" | "fewer_than" | "nearly" as qualifier:
            return Wording(qualifier, high=number)
        case "about":
            return Wording("about", best=number)
    return _exact(number)

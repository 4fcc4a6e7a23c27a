"""A sentence read for a claim: its number, hedge, unit, item, day and claimant, by rules; nothing is guessed.

What a sentence leaves open is said, and asked. What is read is a proposal until the analyst has agreed to it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.intake.questions import Answers
from briefing.values.dates import MONTHS, DateError, parse_date
from briefing.values.hedges import DATE, Mention, Wording, blank_names, find_mentions

#: As many characters a claim's wording holds.
MOST_WORDING = 200

_MONTH_OF = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAYS = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:[–-]|to)\s?(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORDED = (
    re.compile(rf"{_DAYS}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?"),
    re.compile(rf"{_MONTH}\s{_DAYS}(?:,?\s{_YEAR})?"),
    re.compile(rf"{_MONTH},?\s{_YEAR}"),
)
_MONTH_ALONE = re.compile(rf"\b(?:in|during|throughout)\s{_MONTH}(?![\w,]|\s\d)")
_YEAR_ALONE = re.compile(rf"\b(?:in|during|throughout)\s{_YEAR}\b")
_NEAR_DAY = re.compile(r"\b(yesterday|today)\b", re.IGNORECASE)
_VAGUE_DAY = re.compile(
    r"\b(?:(?:last|this|past|previous|next)\s(?:night|week|month|year|weekend|summer|autumn|winter|spring|[A-Z]\w+day)"
    r"|recent(?:ly)?|overnight|on\s[A-Z]\w+day|(?:days|weeks|months)\sago)\b"
)

_SAID = (
    r"(?:says?|said|reports?|reported|announces?|announced|claims?|claimed|counts?|counted|puts?|estimates?|estimated|"
    r"writes?|wrote|notes?|noted|confirms?|confirmed|tells?|told|denies|denied|warns?|warned)"
)
_SAID_AFTER = re.compile(rf"[,\s]+(?:has\s|have\s|had\s|also\s)?{_SAID}\b")
_SAID_BEFORE = re.compile(rf"(?:\baccording to|\b{_SAID}|\bby)\s+(?:the\s+)?$", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w'’.-]*)(?:\s(?:of\s(?:the\s)?)?[A-Z][\w'’.-]*)*"
_NEW_CLAIMANT = (
    re.compile(rf"(?:^|[,;.]\s)(?:The\s|the\s)?(?P<name>{_NAME}){_SAID_AFTER.pattern}"),
    re.compile(rf"\b[Aa]ccording to\s(?:the\s)?(?P<name>{_NAME})"),
)

#: What names of a dossier are called, by table: the words, casefolded, and the id.
Called = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """What a sentence says, as answers to the questions of a claim, and what it leaves open, in words."""

    answers: Answers
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A row that a sentence names, and where."""

    id: str
    start: int
    end: int


def read_sentence(text: str, *, called: Called, units: Mapping[str, str], published: str = "") -> SentenceRead:
    """Read a sentence for a claim.

    `called` says what rows are called, `units` in what an item is counted, `published` on which day it was printed.

    Examples
    --------
    >>> called = {"items": {"shells": "shell"}, "units": {"rounds": "rounds"}, "actors": {"quay watch": "quay-watch"}}
    >>> read_sentence("Quay Watch counted at least 94 shells on 16 October 2031.", called=called,
    ...               units={"shell": "rounds"}).answers
    {'qualifier': 'at_least', 'low': '94', 'item': 'shell', 'unit': 'rounds', 'when': '2031-10-16', ...}
    """
    items = _find_named(text, called.get("items", {}), plural=True)
    mention, unclear = _choose_mention(text, items, _find_named(text, called.get("units", {})))
    answers = number_answers(mention.wording) if mention and mention.wording else {}
    answers |= _counted(text, mention, items, called.get("units", {}), units)
    days = find_days(text, published=published)
    answers |= {"when": days[0]} if len(days) == 1 else {}
    answers |= _parties(text, called.get("actors", {}))
    answers |= {"wording": text} if len(text) <= MOST_WORDING else {}
    return SentenceRead(answers, (*unclear, *_open_days(text, days), *_open_length(text)))


def _choose_mention(text: str, items: list[_Named], units: list[_Named]) -> tuple[Mention | None, tuple[str, ...]]:
    """Choose the number of the claim: the only one, or the only one that a known noun follows."""
    mentions = find_mentions(text)
    nouns = [*items, *units]
    followed = [each for each in mentions if _noun_behind(text, each, nouns)]
    chosen = mentions if len(mentions) == 1 else followed if len(followed) == 1 else []
    if chosen and chosen[0].wording is None:
        return None, (f'"{text[chosen[0].start : chosen[0].end]}" is said with a doubt, or too loosely to code',)
    if chosen or not mentions:
        return (chosen[0] if chosen else None), () if mentions else ("it gives no number",)
    several = ", ".join(f'"{text[each.start : each.end]}"' for each in mentions)
    return None, (f"it gives several numbers ({several}), and each claim has one",)


def _noun_behind(text: str, mention: Mention, nouns: Iterable[_Named]) -> _Named | None:
    """Find the noun that a number counts: no other number and no end of a clause lies between."""
    behind = sorted((noun for noun in nouns if noun.start >= mention.end), key=lambda noun: noun.start)
    nearest = behind[0] if behind else None
    if nearest is None:
        return None
    between = blank_names(text)[mention.end : nearest.start]
    return None if re.search(r"[\d,;.]|\band\b", between) else nearest


def number_answers(wording: Wording) -> dict[str, str]:
    """Give what words say of a number as answers: its qualifier and its sides.

    Examples
    --------
    >>> number_answers(Wording("at_least", low=94.0))
    {'qualifier': 'at_least', 'low': '94'}
    """
    sides = {"low": wording.low, "best": wording.best, "high": wording.high}
    return {"qualifier": wording.qualifier} | {
        name: f"{side:.0f}" if side == int(side) else str(side) for name, side in sides.items() if side is not None
    }


def _counted(
    text: str, mention: Mention | None, items: list[_Named], unit_names: Mapping[str, str], units: Mapping[str, str]
) -> dict[str, str]:
    """Say what is counted, and in what: the unit that follows the number, or else the item's own."""
    in_unit = _find_named(text, unit_names)
    behind = _noun_behind(text, mention, items) if mention else None
    distinct = {item.id for item in items}
    item = behind.id if behind else distinct.pop() if len(distinct) == 1 else ""
    first = _noun_behind(text, mention, [*in_unit, *items]) if mention else None
    unit = first.id if first in in_unit and first not in items else units.get(item, "")
    return ({"item": item} if item else {}) | ({"unit": unit} if unit and (item or first) else {})


def _parties(text: str, actors: Mapping[str, str]) -> dict[str, str]:
    """Say who asserts it, who gave and who got, where the sentence says so beside their names."""
    named = _find_named(text, actors)
    claimants = {
        each.id for each in named if _SAID_AFTER.match(text, each.end) or _SAID_BEFORE.search(text, 0, each.start)
    }
    told = {"claimant": claimants.pop()} if len(claimants) == 1 else {}
    if not told and not claimants:
        new = [match["name"] for pattern in _NEW_CLAIMANT for match in pattern.finditer(text)]
        told = {"claimant": new[0]} if len(set(new)) == 1 else {}
    for word, flag in (("from", "from-actor"), ("to", "to")):
        sides = {each.id for each in named if re.search(rf"\b{word}\s(?:the\s)?$", text[: each.start])}
        told |= {flag: sides.pop()} if len(sides) == 1 else {}
    return told


def _find_named(text: str, called: Mapping[str, str], *, plural: bool = False) -> list[_Named]:
    """Find the rows that a sentence names, the longer name where two begin alike."""
    found: list[_Named] = []
    for name in sorted(called, key=len, reverse=True):
        if not name:
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(name)}{'s?' if plural else ''}(?!\w)", re.IGNORECASE)
        for match in pattern.finditer(text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(_Named(called[name], match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def find_days(text: str, *, published: str = "") -> list[str]:
    """Find the days, months and periods that a text names, as partial dates, each once.

    "In October" and "yesterday" are read by the day of publication, where that leaves no doubt; "last week" never is.

    Examples
    --------
    >>> find_days("on 16 October 2031"), find_days("October 1-14, 2031"), find_days("2031-10/2031-11")
    (['2031-10-16'], ['2031-10-01/2031-10-14'], ['2031-10/2031-11'])
    >>> find_days("in October", published="2031-11-20"), find_days("in October", published="2032-01-02")
    (['2031-10'], [])
    """
    plain, found = text, list[str]()
    for match in DATE.finditer(text):
        found += _read_date(match[0], published)
        plain = plain[: match.start()] + " " * len(match[0]) + plain[match.end() :]
    for match in _MONTH_ALONE.finditer(plain):
        found += _in_year_of(published, match["month"])
    found += [match["year"] for match in _YEAR_ALONE.finditer(plain)]
    found += [_shifted(published, match[1].lower()) for match in _NEAR_DAY.finditer(plain)]
    return list(dict.fromkeys(day for day in found if day))


def _read_date(text: str, published: str) -> Iterator[str]:
    """Read one date in words or digits; one without a year by the day of publication."""
    if _is_date(text):
        yield text
        return
    for pattern in _WORDED:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            month = f"{_MONTH_OF[parts['month'][:3].lower()]:02}"
            year = parts.get("year") or next(iter(_in_year_of(published, parts["month"])), "")[:4]
            days = [f"{year}-{month}-{int(day):02}" for day in (parts.get("day"), parts.get("last")) if day]
            written = "/".join(days) or f"{year}-{month}"
            if year and _is_date(written) and not (published and not parts.get("year") and days[-1:] > [published]):
                yield written
            return


def _is_date(text: str) -> bool:
    try:
        return bool(parse_date(text))
    except DateError:
        return False


def _in_year_of(published: str, month: str) -> list[str]:
    """Give a month of the year of publication; nothing where that month was not over, or not begun, by then."""
    if not _is_date(published) or len(published) < 7:
        return []
    number = _MONTH_OF[month[:3].lower()]
    return [f"{published[:4]}-{number:02}"] if number <= int(published[5:7]) else []


def _shifted(published: str, word: str) -> str:
    if not _is_date(published) or not parse_date(published).is_day or parse_date(published).mark:
        return ""
    return str(dt.date.fromisoformat(published) - dt.timedelta(days=word == "yesterday"))


def _open_days(text: str, days: list[str]) -> Iterator[str]:
    if len(days) > 1:
        yield f"it names several days ({', '.join(days)}), and each claim has one day or period"
    elif not days:
        vague = _VAGUE_DAY.search(text) or _NEAR_DAY.search(text) or _MONTH_ALONE.search(text) or DATE.search(text)
        yield f'"{vague[0].strip()}" is no day that can be known from it' if vague else "it names no day"


def _open_length(text: str) -> Iterator[str]:
    if len(text) > MOST_WORDING:
        yield f"it has {len(text)} characters, and a wording at most {MOST_WORDING}: cut it to the words of the claim"
